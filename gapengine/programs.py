"""A program of the college: what it is, whom it serves, and each of its numbers with its standing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gapengine.assumptions import Assumptions
from gapengine.capacity_records import CapacityRow, TermRow
from gapengine.college_records import AwardLevel, Kind, Market, ProgramRow
from gapengine.figures import Assumed, Figure, Known, Unknown
from gapengine.privacy import alone


def class_of(award_level: str) -> str:
    """Class of education of an award level: ``associate``, or ``certificate`` for everything under two years."""
    return "associate" if award_level == "associate" else "certificate"


@dataclass(frozen=True)
class Program:
    """One program: a CIP at an award level.

    Attributes:
        program_id: readable name.
        title: what the college calls it.
        cip_code: CIP 2020, six digits.
        award_level: certificate (under a year), diploma (one to two years), associate or noncredit.
        kind: career, transfer or noncredit.
        market: whose openings it serves; ``auto`` goes by how few institutions of the state offer the CIP.
        add_soc: occupations that its completers take and the official pairs lack (codes of the employment matrix).
        drop_soc: official pairs that its completers do not take.
        map_reason: why.
        stacks_into: program_id of the award that its credits count towards.
        seats: seats in all sections together.
        sections: sections running.
        seats_per_section: seats in one section.
        fill_rate: share of seats taken.
        completion_rate: share of entrants who complete.
        cost_per_section_usd: dollars a year for one section.
        faculty_per_section: full-time equivalents for one section.
        clinical_places: clinical or laboratory places.
        lead_quarters: quarters from a decision to the first completers.
        cohorts_per_year: cohorts that one section takes through in a year.
        start_cost_usd: dollars, once, for one further section.
        launch_cost_usd: dollars, once, to start the program where none runs.
        coaches_per_section: full-time equivalents of success coaches for one section.
        fte_per_section: funded full-time equivalents of students of one section a year.
        placement_rate: share of completers who stay that works in field, where the college states it.
        teach_out_terms: terms until the last student of a closed program is through.
        teach_out_cost_usd: dollars, once, that closing costs beyond its sections.
        enrolled: students of the newest year that the college counted; None where it did not.
        funding_tier: tier or sector under which the state pays; empty where unknown.
        completers: completers a year, where the folder states them (IPEDS counts only credit programs).
        first_completers_year: first year with completers, or the year expected.
        announced_year: year in which the college said that it will start it; None where it did not.
        source_address: where the facts come from.
        note: what a reader must know.
    """

    program_id: str
    title: str
    cip_code: str
    award_level: AwardLevel
    kind: Kind
    market: Market
    add_soc: tuple[str, ...]
    drop_soc: tuple[str, ...]
    map_reason: str
    stacks_into: str | None
    seats: Figure
    sections: Figure
    seats_per_section: Figure
    fill_rate: Figure
    completion_rate: Figure
    cost_per_section_usd: Figure
    faculty_per_section: Figure
    clinical_places: Figure
    lead_quarters: Figure
    cohorts_per_year: Figure
    start_cost_usd: Figure
    launch_cost_usd: Figure
    coaches_per_section: Figure
    fte_per_section: Figure
    placement_rate: Figure
    teach_out_terms: Figure
    teach_out_cost_usd: Figure
    enrolled: int | None
    funding_tier: str
    completers: Figure
    first_completers_year: int | None
    announced_year: int | None
    source_address: str
    note: str

    @property
    def is_transfer(self) -> bool:
        """True where the program prepares for a university: judged by transfer, not by openings."""
        return self.kind == "transfer"

    @property
    def award_class(self) -> str:
        """Class of education: ``associate``, or ``certificate`` for everything under two years, credit or not."""
        return class_of(self.award_level)

    @property
    def few_completers(self) -> bool:
        """Whether the folder states fewer completers than may be shown: nothing scaled from them is shown either."""
        most = self.completers_range
        return most is not None and alone(most[1]) is None

    @property
    def few_enrolled(self) -> bool:
        """Whether the college counts fewer students than may be shown: the share of seats taken would tell them."""
        return self.enrolled is not None and alone(self.enrolled) is None

    @property
    def label(self) -> str:
        """Title and award level, as printed."""
        level = {"associate": "associate degree", "noncredit": "non-credit"}.get(self.award_level, self.award_level)
        return f"{self.title}, {level}"

    @property
    def completers_range(self) -> tuple[float, float] | None:
        """Fewest and most completers a year as the folder states them; None where it states none."""
        if isinstance(self.completers, Assumed):
            return self.completers.low, self.completers.high
        return None if self.completers.value is None else (self.completers.value, self.completers.value)

    @property
    def figures(self) -> dict[str, Figure]:
        """Every number of the program by its column, for tables that mark what is known, assumed and unknown."""
        return {name: value for name, value in vars(self).items() if isinstance(value, Known | Assumed | Unknown)}


_UNKNOWN = Unknown("Not public; the college can state it in its folder.")


def from_row(
    row: ProgramRow, assumptions: Assumptions, capacity: CapacityRow | None = None, terms: Sequence[TermRow] = ()
) -> Program:
    """Give each number of a program its standing.

    A stated number is known; a blank one is assumed where ``capacity.<column>.<award level>`` exists, else unknown.

    Args:
        row: its line of programs.csv.
        assumptions: capacity.*.
        capacity: its line of capacity.csv, if any.
        terms: its newest year in sections.csv, which fills what programs.csv leaves blank of sections and seats.
    """
    more = capacity or CapacityRow(program_id=row.program_id)
    counted = _from_terms(terms)

    def number(column: str) -> Figure:
        if column in ProgramRow.model_fields:
            stated, place = getattr(row, column), row.source_address or f"programs.csv, {row.program_id}"
        else:
            stated, place = getattr(more, column), more.source_address or f"capacity.csv, {row.program_id}"
        if stated is not None:
            return Known(float(stated), place)
        if column in counted:
            return Known(counted[column], f"sections.csv, {row.program_id}, {terms[0].year}")
        if column == "seats_per_section" and row.seats is not None and row.sections:
            return Known(row.seats / row.sections, place)
        name = f"capacity.{column}.{row.award_level}"
        return Assumed.of(assumptions[name]) if name in assumptions else _UNKNOWN

    return Program(
        program_id=row.program_id,
        title=row.title,
        cip_code=row.cip_code,
        award_level=row.award_level,
        kind=row.kind,
        market=row.market,
        add_soc=row.add_soc,
        drop_soc=row.drop_soc,
        map_reason=row.map_reason,
        stacks_into=row.stacks_into,
        seats=number("seats"),
        sections=number("sections"),
        seats_per_section=number("seats_per_section"),
        fill_rate=number("fill_rate"),
        completion_rate=number("completion_rate"),
        cost_per_section_usd=number("cost_per_section_usd"),
        faculty_per_section=number("faculty_per_section"),
        clinical_places=number("clinical_places"),
        lead_quarters=number("lead_quarters"),
        cohorts_per_year=number("cohorts_per_year"),
        start_cost_usd=number("start_cost_usd"),
        launch_cost_usd=number("launch_cost_usd"),
        coaches_per_section=number("coaches_per_section"),
        fte_per_section=number("fte_per_section"),
        placement_rate=number("placement_rate"),
        teach_out_terms=number("teach_out_terms"),
        teach_out_cost_usd=number("teach_out_cost_usd"),
        enrolled=_enrolled(terms),
        funding_tier=more.funding_tier,
        completers=_completers(row),
        first_completers_year=row.first_completers_year,
        announced_year=row.announced_year,
        source_address=row.source_address,
        note=row.note,
    )


def _from_terms(terms: Sequence[TermRow]) -> dict[str, float]:
    """Sections and seats at once, seats a section and the share taken, from the terms of one year."""
    found: dict[str, float] = {}
    for column in ("sections", "seats"):
        stated = [float(value) for term in terms if (value := getattr(term, column)) is not None]
        if stated:
            found[column] = max(stated)
    sized = [term for term in terms if term.sections and term.seats is not None]
    if sized:
        found["seats_per_section"] = sum(term.seats or 0 for term in sized) / sum(term.sections or 0 for term in sized)
    filled = [term for term in terms if term.seats and term.enrolled is not None]
    if filled:
        share = sum(term.enrolled or 0 for term in filled) / sum(term.seats or 0 for term in filled)
        found["fill_rate"] = min(share, 1.0)
    return found


def _enrolled(terms: Sequence[TermRow]) -> int | None:
    counted = [term.enrolled for term in terms if term.enrolled is not None]
    return sum(counted) if counted else None


def _completers(row: ProgramRow) -> Figure:
    low, high = row.completers_low, row.completers_high
    if low is None or high is None:
        return Unknown("Not stated in programs.csv; where IPEDS counts the program, its completions are used.")
    if low == high:
        return Known(low, row.source_address or f"programs.csv, {row.program_id}")
    return Assumed((low + high) / 2, low, high, row.note)
