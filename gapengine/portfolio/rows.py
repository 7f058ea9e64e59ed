"""The limits of the college as rows: money with its restrictions, staff and places by quarter, launches, equity."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from gapengine.college import College
from gapengine.portfolio.columns import Column, use
from gapengine.portfolio.resources import Resource
from models.portfolio import Limits

_END = 10_000  # a quarter after every start
Row = tuple[str, np.ndarray, float]


def limits(
    cols: Sequence[Column],
    known: Mapping[str, Resource],
    college: College,
    most: int,
    least: Mapping[str, int],
    floor: float,
) -> Limits:
    """Put every row together.

    Args:
        cols: the variables.
        known: the college's limits; those whose amounts are unknown make no row.
        college: its equity counts.
        most: sections that one program may add at once.
        least: program -> sections that must be added.
        floor: part of each group's present seats that must stay.
    """
    found = [
        *(row for resource in known.values() for row in _resource(cols, resource)),
        *_launches_and_closings(cols, most, least),
        *_totals(cols, most, least),
        *_funds(cols),
        *_equity(cols, college, floor),
    ]
    names, uses, there = zip(*found, strict=True) if found else ((), (), ())
    return Limits(
        tuple(names), np.array(uses, dtype=float).reshape(len(found), len(cols)), np.array(there, dtype=float)
    )


def _resource(cols: Sequence[Column], resource: Resource) -> Iterator[Row]:
    """A row for each quarter in which a limit is not already implied by the quarter before."""
    before, least = None, np.inf
    for quarter, amount in enumerate(resource.amounts):
        uses = np.array([use(column, resource.name, quarter) for column in cols])
        if before is None or not np.array_equal(uses, before) or amount < least:
            yield resource.name, uses, amount
            least = amount
        before = uses


def _launches_and_closings(cols: Sequence[Column], most: int, least: Mapping[str, int]) -> Iterator[Row]:
    for number, column in enumerate(cols):
        same = [n for n, other in enumerate(cols) if other.need is column.need]
        unit = np.zeros(len(cols))
        if column.kind == "launch":
            unit[[n for n in same if cols[n].kind == "add"]] = 1.0
            unit[number] = -float(max(most, least.get(column.need.program.program_id, 0)))
            yield "a launch before its sections", unit, 0.0
        elif column.kind == "close":
            now = column.need.now.value or 0.0
            unit[number] = now
            unit[next(n for n in same if cols[n].kind == "drop")] = 1.0
            yield "sections that run", unit, now


def _totals(cols: Sequence[Column], most: int, least: Mapping[str, int]) -> Iterator[Row]:
    """At most so many sections of a program over all quarters, and at least those that are required."""
    for program in dict.fromkeys(column.need.program.program_id for column in cols if column.kind == "add"):
        unit = np.array([float(c.kind == "add" and c.need.program.program_id == program) for c in cols])
        required = least.get(program, 0)
        yield f"sections at once of {program}", unit, float(max(most, required))
        if required > 0:
            yield f"sections required of {program}", -unit, -float(required)


def _funds(cols: Sequence[Column]) -> Iterator[Row]:
    """A fund pays for nothing but its programs, and not more than it has or they cost."""
    for fund in {column.fund.fund_id: column.fund for column in cols if column.fund is not None}.values():
        yield fund.fund_id, np.array([float(column.fund is fund) for column in cols]), float(fund.free_usd or 0.0)
    for term in ("one_time", "recurring"):
        payers = [column for column in cols if column.fund is not None and column.fund.term == term]
        for item in {column.need.index: column.need for column in payers}.values():
            paid = [float(c.need is item and c.fund is not None and c.fund.term == term) for c in cols]
            cost = [use(c, f"{term}_usd", _END) if c.need is item and c.fund is None else 0.0 for c in cols]
            yield f"cost of {item.program.program_id}", np.array(paid) - np.array(cost), 0.0


def _equity(cols: Sequence[Column], college: College, floor: float) -> Iterator[Row]:
    for group, counts in equity(college).items():
        lost = [counts.get(column.need.program.program_id, 0.0) * _lost(column) for column in cols]
        yield f"seats of {group}", np.array(lost), (1 - floor) * sum(counts.values())


def _lost(column: Column) -> float:
    """Part of a program's seats that one unit takes away."""
    if column.kind == "drop":
        return 1.0 / (column.need.now.value or 1.0)
    return 1.0 if column.kind == "close" else 0.0


def equity(college: College) -> dict[str, dict[str, float]]:
    """People of each group by program, in the newest year that the college states; a blank is not counted."""
    newest = max((row.year for row in college.capacity.equity), default=0)
    out: dict[str, dict[str, float]] = {}
    for row in college.capacity.equity:
        count = row.enrolled if row.enrolled is not None else row.completers
        if row.year == newest and count is not None:
            out.setdefault(row.group, {})[row.program_id] = float(count)
    return out
