"""Questions around the base portfolio: budgets (frontier), one unit more (shadow prices), other worlds (regret)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import numpy as np

from gapengine.portfolio.needs import MONEY
from gapengine.portfolio.problem import Problem, Situation, pose
from models.portfolio import Solution

SHARES_OF_BUDGET = (0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0)
UNITS = {"one_time_usd": 10_000.0, "recurring_usd": 10_000.0}


@dataclass(frozen=True)
class Point:
    """The best portfolio of one budget.

    Attributes:
        share: of today's one-time and recurring money.
        one_time_usd, recurring_usd: the money.
        gain_usd: objective over doing nothing, in all draws.
        sections: program_id -> sections added or dropped.
    """

    share: float
    one_time_usd: float
    recurring_usd: float
    gain_usd: float
    sections: dict[str, int]


@dataclass(frozen=True)
class Price:
    """What one unit more of a limit would gain, by solving again.

    Attributes:
        limit, title, unit: the limit.
        more: how much more was tried.
        gain_usd: further gain a year; None where the limit's amount is unknown.
        sections: what would change: program_id -> sections more or fewer.
    """

    limit: str
    title: str
    unit: str
    more: float
    gain_usd: float | None
    sections: dict[str, int]


@dataclass(frozen=True)
class World:
    """The best portfolio if one assumption were otherwise, and what the base portfolio would lose there.

    Attributes:
        name: of the world.
        gain_usd: of the best portfolio of that world, in it.
        base_usd: of the base portfolio in that world.
        own_at_home_usd: of that world's portfolio in the base world.
        sections: of that world's portfolio.
    """

    name: str
    gain_usd: float
    base_usd: float
    own_at_home_usd: float
    sections: dict[str, int]

    @property
    def regret_usd(self) -> float:
        """What is lost by choosing for the base world and living in this one."""
        return max(self.gain_usd - self.base_usd, 0.0)


def sections(problem: Problem, units: np.ndarray) -> dict[str, int]:
    """Sections added, less those dropped, by program; programs without a change are left out."""
    out: dict[str, float] = {}
    for column, amount in zip(problem.columns, units, strict=True):
        now = column.need.now.value or 0.0
        change = {"add": amount, "drop": -amount, "close": -amount * now}.get(column.kind, 0.0)
        out[column.need.program.program_id] = out.get(column.need.program.program_id, 0.0) + change
    return {name: round(change) for name, change in out.items() if round(change)}


def frontier(situation: Situation, problem: Problem, least: Mapping[str, int]) -> tuple[Point, ...]:
    """The best portfolio at parts and multiples of today's budget, all other limits unchanged."""
    money = {name: problem.resources[name].amounts[0] for name in MONEY if problem.resources[name].amounts}
    points: list[Point] = []
    before: list[np.ndarray] = []  # what a smaller budget allows, a larger one allows as well
    for share in SHARES_OF_BUDGET:
        budget = {name: amount * share for name, amount in money.items()}
        other = problem.limited(budget, situation, least)
        found = other.solve(before)
        if found is not None:
            before = [found.units]
            points.append(
                Point(
                    share,
                    budget.get("one_time_usd", float("nan")),
                    budget.get("recurring_usd", float("nan")),
                    found.gain,
                    sections(other, found.units),
                )
            )
    return tuple(points)


def prices(problem: Problem, base: Solution) -> tuple[Price, ...]:
    """What one unit more of each limit would gain: 10,000 dollars, one instructor, one coach, one room, one place."""
    out = []
    before = sections(problem, base.units)
    for name, resource in problem.resources.items():
        more = UNITS.get(name, 1.0)
        if not resource.amounts:
            out.append(Price(name, resource.title, resource.unit, more, None, {}))
            continue
        rows = replace(
            problem.limits,
            there=problem.limits.there + np.array([more if row == name else 0.0 for row in problem.limits.names]),
        )
        found = replace(problem, limits=rows).solve([base.units])
        gain = 0.0 if found is None else max(found.gain - base.gain, 0.0)
        after = before if found is None or gain <= _noise(base) else sections(problem, found.units)
        out.append(
            Price(
                name, resource.title, resource.unit, more, gain if gain > _noise(base) else 0.0, _changes(before, after)
            )
        )
    return tuple(out)


def without_unknown(
    situation: Situation, problem: Problem, least: Mapping[str, int]
) -> tuple[Point, tuple[str, ...]] | None:
    """The best portfolio if nothing were to be had of the limits that nobody states; None where all are stated."""
    unknown = {name: 0.0 for name, resource in problem.resources.items() if not resource.amounts}
    if not unknown:
        return None
    other = problem.limited(unknown, situation, least)
    found = other.solve()
    if found is None:
        return None
    money = [other.resources[name].amounts for name in MONEY]
    amounts = [amount[0] if amount else float("nan") for amount in money]
    return Point(1.0, amounts[0], amounts[1], found.gain, sections(other, found.units)), tuple(unknown)


def regret(
    home: Problem,
    base: Solution,
    worlds: Mapping[str, Situation],
    grow: Collection[str],
    shrink: Collection[str],
    changed: Mapping[str, float],
    least: Mapping[str, int],
) -> tuple[World, ...]:
    """Compare the base portfolio with the best one of every other world.

    Args:
        home: the base question; every world has its columns.
        base: its solution.
        worlds: name -> what would be known there.
        grow: of the base question, as all below.
        shrink: program_ids that may shrink.
        changed: limits set for the question.
        least: program_id -> sections that must be added.
    """
    out = []
    for name, situation in worlds.items():
        problem = pose(situation, grow, shrink, changed, least)
        found = problem.solve()
        if found is None or len(problem.columns) != len(home.columns):
            continue
        best, stays = found.gain, problem.scores.gain(base.units)
        units = found.units if best >= stays else base.units
        out.append(World(name, max(best, stays), stays, home.scores.gain(units), sections(problem, units)))
    return tuple(out)


def _noise(base: Solution) -> float:
    """Gains under the gap at which the search ends are none."""
    return 2e-4 * max(abs(base.gain), 1.0)


def _changes(before: Mapping[str, int], after: Mapping[str, int]) -> dict[str, int]:
    names = sorted({*before, *after})
    return {
        name: after.get(name, 0) - before.get(name, 0) for name in names if after.get(name, 0) != before.get(name, 0)
    }
