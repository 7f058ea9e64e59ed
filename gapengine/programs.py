"""A program of the college: what it is, whom it serves, and each of its numbers with its standing."""

from __future__ import annotations

from dataclasses import dataclass

from gapengine.assumptions import Assumptions
from gapengine.college_records import AwardLevel, Kind, Market, ProgramRow
from gapengine.figures import Assumed, Figure, Known, Unknown


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
        completers: completers a year, where the folder states them (IPEDS counts only credit programs).
        first_completers_year: first year with completers, or the year expected.
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
    completers: Figure
    first_completers_year: int | None
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


def from_row(row: ProgramRow, assumptions: Assumptions) -> Program:
    """Give each number of a line of programs.csv its standing.

    A stated number is known; a blank one is assumed where ``capacity.<column>.<award level>`` exists, else unknown.
    """

    def number(column: str) -> Figure:
        stated = getattr(row, column)
        if stated is not None:
            return Known(float(stated), row.source_address or _place(row))
        name = f"capacity.{column}.{row.award_level}"
        if name in assumptions:
            return Assumed.of(assumptions[name])
        return Unknown("Not public; the college can state it in programs.csv.")

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
        completers=_completers(row),
        first_completers_year=row.first_completers_year,
        source_address=row.source_address,
        note=row.note,
    )


def _completers(row: ProgramRow) -> Figure:
    low, high = row.completers_low, row.completers_high
    if low is None or high is None:
        return Unknown("Not stated in programs.csv; where IPEDS counts the program, its completions are used.")
    if low == high:
        return Known(low, row.source_address or _place(row))
    return Assumed((low + high) / 2, low, high, row.note)


def _place(row: ProgramRow) -> str:
    return f"programs.csv, {row.program_id}"
