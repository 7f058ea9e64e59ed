"""What one further section of each program takes and yields, each number with its standing."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np

from gapengine.college import College
from gapengine.evidence import Evidence
from gapengine.figures import Assumed, Figure, Known, Unknown
from gapengine.programs import Program
from gapengine.supply.sections import section_draws, section_yield, students_at_once

MONEY = ("one_time_usd", "recurring_usd")
STAFF = {"faculty_fte": "faculty_per_section", "coaches_fte": "coaches_per_section"}
_QUARTERS_PER_TERM = 4 / 3  # three terms make a year


@dataclass(frozen=True)
class Need:
    """One program as the portfolio sees it.

    Attributes:
        program: the program.
        index: its position among the college's programs.
        now: sections running; assumed from its completers where nobody states them.
        completers: (K,) completers a year of one further section.
        uses: limit -> amount that one section takes of it, money apart.
        recurring_usd: dollars a year for one section.
        start_usd: dollars, once, for one further section.
        launch_usd: dollars, once, for the first section of a program that does not run.
        revenue_usd: dollars a year that the state pays for one section; unknown where rate or hours are not stated.
        lead_quarters: quarters from decision to the first completers.
        teach_out_quarters: quarters until what a dropped section used is free.
        teach_out_usd: dollars, once, for closing.
        saved: part of a dropped section's cost and staff that is saved; programs that share courses need the rest.
        assumed: names of the embedded assumptions behind these numbers.
        missing: what nobody states and the portfolio needs.
    """

    program: Program
    index: int
    now: Figure
    completers: np.ndarray
    uses: dict[str, float]
    recurring_usd: float
    start_usd: float
    launch_usd: float
    revenue_usd: Figure
    lead_quarters: float
    teach_out_quarters: int
    teach_out_usd: float
    saved: float
    assumed: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def own_numbers(self) -> bool:
        """True where the college states its sections, seats and cost: only then may a section be dropped."""
        figures = self.program.figures
        return all(
            isinstance(figures[name], Known) for name in ("sections", "seats_per_section", "cost_per_section_usd")
        )


def need(evidence: Evidence, index: int, college: College, draws: int, seed: int) -> Need:
    """Gather what the portfolio must know of a program.

    Args:
        evidence: its balance.
        index: its position among the college's programs.
        college: uses of shared limits, shared courses, rates.
        draws: K.
        seed: of the draws of seats, fill and completion.
    """
    program = evidence.program
    figures = program.figures
    needed = ["cost_per_section_usd", "start_cost_usd" if evidence.running else "launch_cost_usd", "lead_quarters"]
    parts = ["seats_per_section", "fill_rate", "completion_rate", "cohorts_per_year"]
    asked = [*needed, *parts, *STAFF.values()]
    uses, unknown_uses = _uses(program, college)
    yield_now = section_yield(program)
    missing = [name for name in (*needed, *parts) if isinstance(figures[name], Unknown)]

    def number(name: str) -> float:
        value = figures[name].value
        return 0.0 if value is None else float(value)

    return Need(
        program=program,
        index=index,
        now=_now(program, evidence, yield_now),
        completers=section_draws(program, draws, _rng(seed, program.program_id)),
        uses=uses,
        recurring_usd=number("cost_per_section_usd"),
        start_usd=number("start_cost_usd"),
        launch_usd=number("launch_cost_usd"),
        revenue_usd=_revenue(program, college),
        lead_quarters=number("lead_quarters"),
        teach_out_quarters=int(np.ceil(number("teach_out_terms") * _QUARTERS_PER_TERM)),
        teach_out_usd=number("teach_out_cost_usd"),
        saved=1.0
        - min(1.0, sum(row.share or 0.0 for row in college.capacity.shared if row.program_id == program.program_id)),
        assumed=tuple(
            item.assumption for name in asked if isinstance(item := figures[name], Assumed) and item.assumption
        ),
        missing=(*missing, *unknown_uses),
    )


def _uses(program: Program, college: College) -> tuple[dict[str, float], list[str]]:
    """Amounts of shared limits that one section takes, and what is not known of them."""
    uses: dict[str, float] = {}
    unknown: list[str] = []
    for limit, column in STAFF.items():
        value = program.figures[column].value
        if value is None:
            unknown.append(column)
        else:
            uses[limit] = value
    for row in college.capacity.uses:
        if row.program_id == program.program_id:
            amount = students_at_once(program) if row.per_section is None else row.per_section
            if amount is None:
                unknown.append(row.limit)
            else:
                uses[row.limit] = uses.get(row.limit, 0.0) + amount
    return uses, unknown


def _now(program: Program, evidence: Evidence, yield_now: float | None) -> Figure:
    if not isinstance(program.sections, Unknown):
        return program.sections
    completers = float(np.mean(evidence.graduates))
    if not yield_now or completers <= 0:
        return Unknown("Sections running are not public.")
    sections = max(1.0, float(round(completers / yield_now)))
    why = f"About {completers:.0f} completers a year over {yield_now:.1f} of one section."
    return Assumed(sections, 1.0, max(sections, 2 * sections), why)


def _revenue(program: Program, college: College) -> Figure:
    rate = college.capacity.rate(program.funding_tier) if program.funding_tier else None
    hours = program.fte_per_section
    if rate is None or rate.usd_per_fte is None or hours.value is None:
        return Unknown(
            "State money for a section: its tier, the tier's rate or its full-time equivalents are not stated."
        )
    place = rate.source_address or f"rates.csv, {rate.tier}, {rate.year}"
    return Known(rate.usd_per_fte * hours.value, place)


def _rng(seed: int, name: str) -> np.random.Generator:
    key = int.from_bytes(hashlib.blake2b(f"section {name}".encode(), digest_size=8).digest(), "big")
    return np.random.default_rng([seed, key])
