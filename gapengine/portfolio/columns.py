"""The college's choices as variables: sections from a quarter on, launches, sections dropped, closings, funds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from gapengine.college import College
from gapengine.college_records import Fund
from gapengine.portfolio.needs import MONEY, Need
from gapengine.portfolio.resources import bound_funds
from models.portfolio import Moves

Kind = Literal["add", "launch", "drop", "close", "fund"]


@dataclass(frozen=True)
class Column:
    """One variable: sections of a program from a quarter on, a launch, a section dropped, a closing, dollars of a fund.

    Attributes:
        kind: what one unit does.
        need: the program.
        start: position of the quarter from which it counts.
        fund: the fund whose dollars are units, for kind "fund".
        part: part of the gap period in which the move counts.
    """

    kind: Kind
    need: Need
    start: int
    fund: Fund | None = None
    part: float = 1.0

    @property
    def fund_term(self) -> str:
        """one_time or recurring; empty for what is no fund."""
        return "" if self.fund is None else self.fund.term


def columns(
    grow: Sequence[Need],
    shrink: Sequence[Need],
    college: College,
    ahead: Sequence[str],
    today: date,
    period: tuple[int, int],
    by_quarter: bool,
) -> tuple[Column, ...]:
    """Lay out the variables; starts later than the next quarter only where a limit changes by quarter."""
    starts = range(len(ahead)) if by_quarter else range(1)
    out = [
        Column("add", item, start, part=_part(item.lead_quarters + start, today, period))
        for item in grow
        for start in starts
    ]
    out += [Column("launch", item, 0) for item in grow if not _runs(item)]
    for item in shrink:
        part = _part(item.teach_out_quarters, today, period)
        out += [Column(kind, item, item.teach_out_quarters, part=part) for kind in ("drop", "close")]
    for fund in bound_funds(college, today):
        out += [Column("fund", item, 0, fund) for item in grow if item.program.program_id in fund.programs]
    return tuple(out)


def _runs(item: Need) -> bool:
    return item.now.value is not None and item.now.value > 0


def _part(quarters: float, today: date, period: tuple[int, int]) -> float:
    """Part of the gap period that lies after so many quarters from today."""
    first, last = period[0] * 4, (period[1] + 1) * 4
    since = today.year * 4 + (today.month - 1) // 3 + quarters
    return float(np.clip((last - max(since, first)) / (last - first), 0.0, 1.0))


def moves(cols: Sequence[Column], most: int, least: Mapping[str, int]) -> Moves:
    """Bounds and yearly net cost of a unit of each column."""
    top, cost = [], []
    for column in cols:
        item = column.need
        now = item.now.value or 0.0
        if column.kind == "add":
            top.append(float(max(most, least.get(item.program.program_id, 0))))
            cost.append(column.part * (item.recurring_usd - (item.revenue_usd.value or 0.0)))
        elif column.kind == "launch":
            top.append(1.0)
            cost.append(0.0)
        elif column.kind == "fund":
            top.append(float(column.fund.free_usd or 0.0) if column.fund else 0.0)
            cost.append(0.0)
        else:
            units = 1.0 if column.kind == "drop" else now
            top.append(max(now - 1.0, 0.0) if column.kind == "drop" else 1.0)
            cost.append(-column.part * units * item.saved * (item.recurring_usd - (item.revenue_usd.value or 0.0)))
    whole = np.array([column.kind != "fund" for column in cols], dtype=bool)
    return Moves(np.zeros(len(cols)), np.array(top), whole, np.array(cost))


def use(column: Column, limit: str, quarter: int) -> float:
    """What one unit takes of a limit in a quarter; negative where it frees some."""
    item = column.need
    one_time, recurring = MONEY
    if column.kind == "fund":
        return -1.0 if column.fund is not None and limit == f"{column.fund.term}_usd" else 0.0
    if limit == one_time:
        return {
            "add": item.start_usd,
            "launch": item.launch_usd - item.start_usd,
            "drop": 0.0,
            "close": item.teach_out_usd,
        }[column.kind]
    if column.kind == "launch" or quarter < column.start:
        return 0.0
    amount = item.recurring_usd if limit == recurring else item.uses.get(limit, 0.0)
    if column.kind == "add":
        return amount
    return -amount * item.saved * (1.0 if column.kind == "drop" else item.now.value or 0.0)
