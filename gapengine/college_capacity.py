"""The part of a college's folder about capacity: sections, limits, terms, shared courses, equity, state rates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from gapengine import college_checks as checks
from gapengine.capacity_records import AlternativeRow, CapacityRow, EquityRow, Rate, SharedRow, TermRow, Use
from gapengine.college_files import Row, nearest, present
from gapengine.college_records import Record
from gapengine.problems import Findings, together

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


def load(folder: Path, program_ids: Sequence[str], limits: Sequence[str] | None) -> Capacity:
    """Read the optional files of a college's folder.

    Args:
        folder: the folder.
        program_ids: of programs.csv; every other name is refused.
        limits: the keys of [limits] in college.toml; None where that could not be read.

    Raises:
        DataContract: a file breaks its declaration or names a program or a limit that does not exist.
    """
    found = Findings()

    def read(name: str, model: type[_R], *columns: str) -> tuple[tuple[_R, ...], tuple[Row, ...]]:
        """The rows of a file, empty where it is not there; names of programs in the columns must exist."""
        path = folder / f"{name}.csv"
        records, places = checks.gathered(found, path, model) if present(path) else ((), ())
        for column in columns:
            found.of(partial(checks.refer, places, checks.listed(places, column), column, program_ids))
        return records or (), places

    rates, _ = read("rates", Rate)
    rows, places = read("capacity", CapacityRow, "program_id")
    found.of(partial(checks.unique, places, "program_id"))
    uses, use_places = read("uses", Use, "program_id")
    tiers = sorted({rate.tier for rate in rates})
    found.of(partial(_among, places, "funding_tier", tiers, "a tier of rates.csv, or an empty cell"))
    if limits is not None:
        found.of(partial(_among, use_places, "limit", limits, "a key of [limits] in college.toml"))
    shared, _ = read("shared", SharedRow, "program_id", "with_program")
    capacity = Capacity(
        by_program={row.program_id: row for row in rows},
        uses=uses,
        terms=read("sections", TermRow, "program_id")[0],
        shared=shared,
        equity=read("equity", EquityRow, "program_id")[0],
        rates=rates,
        alternatives=read("alternatives", AlternativeRow, "program_id")[0],
    )
    found.tell()
    return capacity


def _among(rows: Sequence[Row], column: str, known: Sequence[str], expected: str) -> None:
    """Refuse cells that name none of the known ones; an empty cell names nothing."""
    together(
        row.fail(column, expected, nearest(name, known))
        for row in rows
        if (name := row.cells.get(column, "")) and name not in known
    )
