"""What the college can spend, by quarter: money, teachers, coaches, rooms, clinical places; the unknown apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gapengine.college import College
from gapengine.college_records import Fund, Limit
from gapengine.figures import Figure, Known, Unknown
from gapengine.portfolio.needs import MONEY


@dataclass(frozen=True)
class Resource:
    """One limit of the college.

    Attributes:
        name: its key in college.toml.
        title, unit: as printed.
        figure: its amount with its standing.
        amounts: in each quarter ahead; empty where unknown.
    """

    name: str
    title: str
    unit: str
    figure: Figure
    amounts: tuple[float, ...]


def quarters(today: date, count: int) -> tuple[str, ...]:
    """Names of the quarters after that of a date, as in 2027Q1."""
    first = today.year * 4 + (today.month - 1) // 3 + 1
    return tuple(f"{number // 4}Q{number % 4 + 1}" for number in range(first, first + count))


def resources(college: College, ahead: Sequence[str], changed: Mapping[str, float]) -> dict[str, Resource]:
    """Every limit of the college by name.

    Money that a fund leaves free for any program is added to the budget of its term.

    Args:
        college: budget, limits and funds.
        ahead: the quarters.
        changed: limits set for this question instead of the folder's; they hold in every quarter.
    """
    found = {}
    for name, limit in {**college.profile.budget, **college.profile.limits}.items():
        term = name.removesuffix("_usd")
        free = sum(fund.free_usd or 0.0 for fund in college.funding if fund.term == term and not fund.programs)
        found[name] = _resource(name, limit, ahead, changed, free if name in MONEY else 0.0)
    return found


def _resource(name: str, limit: Limit, ahead: Sequence[str], changed: Mapping[str, float], free: float) -> Resource:
    if name in changed:
        value = changed[name]
        return Resource(name, limit.title, limit.unit, Known(value, "set for this question"), (value,) * len(ahead))
    figure = limit.figure
    if isinstance(figure, Unknown):
        if limit.by_quarter and all(quarter in limit.by_quarter for quarter in ahead):
            stated = tuple(limit.by_quarter[quarter] for quarter in ahead)
            return Resource(name, limit.title, limit.unit, Known(min(stated), "college.toml"), stated)
        return Resource(name, limit.title, limit.unit, figure, ())
    amounts = tuple(limit.by_quarter.get(quarter, figure.value) + free for quarter in ahead)
    return Resource(name, limit.title, limit.unit, figure, amounts)


def bound_funds(college: College, today: date) -> tuple[Fund, ...]:
    """Funds with free money for some programs only, that have not ended."""
    return tuple(
        fund
        for fund in college.funding
        if fund.programs and fund.free_usd and (fund.last_year is None or fund.last_year >= today.year)
    )
