"""What the college brings: graduates by quarter, what it can start and by when, and what it asks of the employer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gapengine.employer.people import SHED, Needs
from gapengine.employer.request import EmployerPlan
from gapengine.figures import Assumed, Figure, Known
from gapengine.groundwork import Groundwork
from gapengine.programs import Program
from reports.employer_brief import CollegeOffer, PipelineProgram, Request
from reports.quantities import Range

QUARTERS = 8
_BASIS = {
    "completions": "graduates reported in recent years",
    "stated": "graduates as the college states them",
    "range": "a stated range",
    "capacity": "seats and completion",
}


@dataclass(frozen=True, order=True)
class Quarter:
    """A calendar quarter, as a count of quarters since year 0."""

    index: int

    @classmethod
    def of(cls, year: int, month: int) -> Quarter:
        """The quarter of a month."""
        return cls(year * 4 + (month - 1) // 3)

    def later(self, quarters: float) -> Quarter:
        """So many quarters later; a part of a quarter counts whole."""
        return Quarter(self.index + int(np.ceil(quarters)))

    @property
    def number(self) -> int:
        """1 to 4."""
        return self.index % 4 + 1

    def __str__(self) -> str:
        return f"{self.index // 4} Q{self.number}"


def relevant(ground: Groundwork, wanted: Needs) -> list[tuple[int, float]]:
    """Programs of the college that lead to listed occupations, with the jobs they lead to, most jobs first."""
    position = ground.universe.position
    listed = np.zeros(len(position), bool)
    listed[list(wanted.listed)] = True
    found = []
    for index, program in enumerate(ground.college.programs):
        if program.is_transfer:
            continue
        fed = {position[code] for code in ground.feeds.of(program.cip_code, program.award_class)["soc_code"]}
        jobs = float(sum(wanted.jobs[o] for o in fed if listed[o]))
        if jobs >= 0.5:
            found.append((index, jobs))
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def coming_quarters(ground: Groundwork) -> tuple[Quarter, ...]:
    """The eight quarters after the date of the figures."""
    now = Quarter.of(ground.as_of.year, ground.as_of.month)
    return tuple(now.later(step) for step in range(1, QUARTERS + 1))


def pipeline(ground: Groundwork, wanted: Needs) -> tuple[PipelineProgram, ...]:
    """Graduates by quarter of the relevant programs: a year's graduates spread over the quarters that confer awards."""
    supply = ground.supply[SHED]
    calendar = [ground.assumptions.value(f"conferral.quarter_{number}") for number in (1, 2, 3, 4)]
    shares = np.array(calendar) / sum(calendar)
    out = []
    for index, _ in relevant(ground, wanted):
        a_year = float(np.median(supply.own[:, index]))
        if a_year < 0.5:
            continue
        people = tuple(a_year * float(shares[quarter.number - 1]) for quarter in coming_quarters(ground))
        basis = supply.basis[index]
        out.append(PipelineProgram(ground.college.programs[index].label, people, _BASIS.get(basis, basis)))
    return tuple(sorted(out, key=lambda program: -sum(program.quarters)))


def offers(ground: Groundwork, plan: EmployerPlan, wanted: Needs) -> tuple[CollegeOffer, ...]:
    """One section of each relevant program: when it must be decided, when it brings its first graduates, its cost."""
    now = Quarter.of(ground.as_of.year, ground.as_of.month)
    last = Quarter.of(plan.by_year, 12)
    middle = Quarter((Quarter.of(plan.start_year, 1).index + last.index) // 2)
    found = []
    for index, _ in relevant(ground, wanted):
        program = ground.college.programs[index]
        lead = program.lead_quarters.value
        if lead is None:
            continue
        first = now.later(lead)
        decide_by = Quarter(middle.index - int(np.ceil(lead)))
        found.append(
            CollegeOffer(
                program=program.label,
                what=_what(ground, index, program),
                decide_by=str(decide_by) if decide_by > now else "now" if first <= last else "too late",
                first_graduates=str(first),
                graduates=_of_a_section(ground, index, program),
                cost=_range(program.cost_per_section_usd),
                in_time=first <= last,
                standing=_standing(program),
            )
        )
    return tuple(found)


def requests(ground: Groundwork, wanted: Needs) -> tuple[Request, ...]:
    """What the college needs from an employer to deliver, by what its programs lack."""
    programs = [ground.college.programs[index] for index, _ in relevant(ground, wanted)]
    hands_on = any(program.clinical_places.value is not None for program in programs)
    asked = [
        Request("A named contact", "Someone who sees the hiring plan and answers within a week."),
        Request(
            "The plan by quarter", "Jobs by title and quarter, with a note when it slips: sections are built on it."
        ),
        Request("Equipment and procedures like yours", "Students learn on what they will use; used machines help."),
        Request("Paid work-based learning", "Places for interns and apprentices from the first year of hiring on."),
    ]
    if hands_on:
        asked[2] = Request(
            "Laboratory or clinical places and equipment like yours", "They limit how many students can be taught."
        )
    return tuple(asked)


def _what(ground: Groundwork, index: int, program: Program) -> str:
    seats = program.seats_per_section.value
    size = f" of {seats:.0f}" if seats is not None else ""
    running = ground.supply[SHED].basis[index] != "none"
    return f"one more section{size}" if running else f"a first section{size}"


def _of_a_section(ground: Groundwork, index: int, program: Program) -> Range:
    """Graduates a year of one section who stay and work in the field: seats x fill x completion x cohorts x kept."""
    kept = float(ground.supply[SHED].kept[index])
    parts = (program.seats_per_section, program.fill_rate, program.completion_rate, program.cohorts_per_year)
    if any(part.value is None for part in parts):
        size = ground.assumptions[f"cohort_size.{program.award_level}"]
        return Range(size.low * kept, size.value * kept, size.high * kept)
    low, middle, high = (float(np.prod([_end(part, end) for part in parts])) * kept for end in ("low", "value", "high"))
    return Range(low, middle, high)


def _end(figure: Figure, end: str) -> float:
    value = getattr(figure, end, figure.value) if isinstance(figure, Assumed) else figure.value
    return float(value or 0.0)


def _range(figure: Figure) -> Range | None:
    if isinstance(figure, Assumed):
        return Range(figure.low, figure.value, figure.high)
    return Range(figure.value, figure.value, figure.value) if isinstance(figure, Known) else None


def _standing(program: Program) -> str:
    stated = [program.seats_per_section, program.lead_quarters, program.cost_per_section_usd]
    return "the college's figures" if all(isinstance(figure, Known) for figure in stated) else "assumed figures"
