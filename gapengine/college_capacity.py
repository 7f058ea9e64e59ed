"""The part of a college's folder about capacity: sections, limits, terms, shared courses, equity, state rates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from gapengine import college_checks as checks
from gapengine.capacity_records import AlternativeRow, CapacityRow, EquityRow, Rate, SharedRow, TermRow, Use
from gapengine.college_files import Row, nearest
from gapengine.college_records import Record

FILES = ("capacity.csv", "uses.csv", "sections.csv", "shared.csv", "equity.csv", "rates.csv", "alternatives.csv")

_R = TypeVar("_R", bound=Record)


@dataclass(frozen=True)
class Capacity:
    """The rows of the optional files, in their order; empty where the folder has no such file.

    Attributes:
        by_program: program_id -> its line of capacity.csv.
        uses: what a section of a program takes of which shared limit.
        terms: sections and seats by term.
        shared: courses and instructors that programs share.
        equity: people by group, counts only.
        rates: the state's money for a full-time equivalent, by tier and year.
        alternatives: what was tried instead of closing a program.
    """

    by_program: dict[str, CapacityRow] = field(default_factory=dict)
    uses: tuple[Use, ...] = ()
    terms: tuple[TermRow, ...] = ()
    shared: tuple[SharedRow, ...] = ()
    equity: tuple[EquityRow, ...] = ()
    rates: tuple[Rate, ...] = ()
    alternatives: tuple[AlternativeRow, ...] = ()

    def of(self, program_id: str) -> CapacityRow:
        """The line of a program; a line of blanks where the file has none."""
        return self.by_program.get(program_id) or CapacityRow(program_id=program_id)

    def terms_of(self, program_id: str) -> tuple[TermRow, ...]:
        """A program's terms in the newest year that states any."""
        own = [row for row in self.terms if row.program_id == program_id]
        newest = max((row.year for row in own), default=0)
        return tuple(row for row in own if row.year == newest)

    def rate(self, tier: str) -> Rate | None:
        """The newest stated rate of a tier; None where the file states no dollars for it."""
        stated = [row for row in self.rates if row.tier == tier and row.usd_per_fte is not None]
        return max(stated, key=lambda row: row.year or 0, default=None)


def load(folder: Path, program_ids: Sequence[str], limits: Sequence[str]) -> Capacity:
    """Read the optional files of a college's folder.

    Args:
        folder: the folder.
        program_ids: of programs.csv; every other name is refused.
        limits: the keys of [limits] in college.toml.

    Raises:
        DataContract: a file breaks its declaration or names a program or a limit that does not exist.
    """
    rows, places = _table(folder / "capacity.csv", CapacityRow, program_ids)
    checks.unique(places, "program_id")
    rates, _ = _rows(folder / "rates.csv", Rate)
    tiers = sorted({rate.tier for rate in rates})
    for row, place in zip(rows, places, strict=True):
        if row.funding_tier and row.funding_tier not in tiers:
            raise place.fail("funding_tier", "a tier of rates.csv, or an empty cell", nearest(row.funding_tier, tiers))
    uses, use_places = _table(folder / "uses.csv", Use, program_ids)
    for use, place in zip(uses, use_places, strict=True):
        if use.limit not in limits:
            raise place.fail("limit", "a key of [limits] in college.toml", nearest(use.limit, limits))
    shared, shared_places = _table(folder / "shared.csv", SharedRow, program_ids)
    checks.refer(shared_places, [(row.with_program,) for row in shared], "with_program", program_ids)
    return Capacity(
        by_program={row.program_id: row for row in rows},
        uses=uses,
        terms=_table(folder / "sections.csv", TermRow, program_ids)[0],
        shared=shared,
        equity=_table(folder / "equity.csv", EquityRow, program_ids)[0],
        rates=rates,
        alternatives=_table(folder / "alternatives.csv", AlternativeRow, program_ids)[0],
    )


def _rows(path: Path, model: type[_R]) -> tuple[tuple[_R, ...], tuple[Row, ...]]:
    return checks.table(path, model) if path.is_file() else ((), ())


def _table(path: Path, model: type[_R], program_ids: Sequence[str]) -> tuple[tuple[_R, ...], tuple[Row, ...]]:
    rows, places = _rows(path, model)
    checks.refer(places, [(place.cells["program_id"],) for place in places], "program_id", program_ids)
    return rows, places
