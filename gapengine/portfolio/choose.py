"""The base portfolio: which programs get sections, are launched, shrink or close under the college's limits."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np

from gapengine.portfolio import reasons
from gapengine.portfolio.needs import Need
from gapengine.portfolio.problem import Problem, Situation, pose
from gapengine.portfolio.result import Choice, Portfolio
from models.portfolio import Solution, shortfalls

__all__ = ["choose", "describe"]


def choose(
    situation: Situation,
    grow: Collection[str],
    shrink: Collection[str],
    changed: Mapping[str, float] | None = None,
    least: Mapping[str, int] | None = None,
) -> Portfolio:
    """Find the best portfolio.

    Args:
        situation: what the run knows.
        grow: program_ids that may get sections or be launched.
        shrink: program_ids that may lose sections or be closed, where the college states its own numbers.
        changed: limits set for this question instead of the folder's.
        least: program_id -> sections that must be added.
    """
    problem = pose(situation, grow, shrink, changed, least)
    if not problem.columns:
        return Portfolio((), used=reasons.used(problem, np.zeros(0)), left_out=problem.left_out)
    solution = problem.solve()
    if solution is None:
        firm = {name for name in problem.limits.names if name not in problem.resources}
        return Portfolio((), left_out=problem.left_out, infeasible=shortfalls(problem.moves, problem.limits, firm))
    return describe(situation, problem, solution, bool(least))


def describe(situation: Situation, problem: Problem, solution: Solution, required: bool) -> Portfolio:
    """Score a solution in all draws and say what it means; nothing at all is chosen where nothing is better.

    Args:
        situation: what the run knows.
        problem: the question.
        solution: the solver's answer.
        required: whether sections were required, so that doing nothing is no way out.
    """
    units = solution.units
    idle = problem.levels(problem.blocks)
    after = problem.levels(problem.blocks, units)
    if problem.worth(idle, after) < 0 and not required:
        units, after = np.zeros_like(units), idle
    needs = {column.need.program.program_id: column.need for column in problem.columns}
    blocked: dict[str, tuple[str, ...]] = {}
    choices = tuple(
        _choice(situation, problem, units, item, after, blocked)
        for item in sorted(needs.values(), key=lambda item: item.index)
    )
    even = np.full(len(idle), 1 / len(idle))
    gain = problem.worth(idle, after, even)
    mean = float((after - idle).mean())
    return Portfolio(
        choices,
        reasons.used(problem, units),
        tuple(sorted({name for names in blocked.values() for name in names})),
        problem.left_out,
        gain,
        mean,
        (gain - (1 - problem.risk) * mean) / problem.risk if problem.risk > 0 else 0.0,
        sum(
            float((reasons.living(block, units) - reasons.living(block, np.zeros_like(units))).mean())
            for block in problem.blocks
        ),
        len(problem.chosen),
        solution.gap,
        solution.nodes,
        solution.proven,
    )


def _choice(
    situation: Situation,
    problem: Problem,
    units: np.ndarray,
    item: Need,
    after: np.ndarray,
    blocked: dict[str, tuple[str, ...]],
) -> Choice:
    cols = problem.columns
    mine = [number for number, column in enumerate(cols) if column.need is item]
    without = units.copy()
    without[mine] = 0.0
    block = problem.blocks[problem.block_of[item.program.program_id]]
    changed = bool(units[mine].any())
    lost = problem.worth(reasons.swapped(problem, block, after, units, without), after) if changed else 0.0
    placed = float((reasons.living(block, units) - reasons.living(block, without)).mean()) if changed else 0.0
    added = {problem.quarters[cols[n].start]: round(units[n]) for n in mine if cols[n].kind == "add" and units[n] > 0}
    dropped = sum(units[n] for n in mine if cols[n].kind == "drop")
    closes = any(units[n] > 0 for n in mine if cols[n].kind == "close")
    sections = sum(added.values()) - round(dropped) - (round(item.now.value or 0) if closes else 0)
    more, limits_hit = reasons.one_more(problem, units, item, mine, after)
    if more is not None and more > 0 and limits_hit:
        blocked[item.program.program_id] = limits_hit
    supply = situation.supplies[situation.found[item.index].market]
    kept = float(supply.kept[item.index])
    below, above = (
        reasons.flip_kept(problem, block, supply.own[:, item.index], units, without, after, kept)
        if sections > 0
        else (None, None)
    )
    return Choice(
        program_id=item.program.program_id,
        now=item.now,
        added=added,
        sections=sections,
        launch=any(units[n] > 0 for n in mine if cols[n].kind == "launch"),
        close=closes,
        recurring_usd=sections * item.recurring_usd * (1.0 if sections > 0 else item.saved),
        one_time_usd=reasons.once(problem, units, mine),
        revenue=item.revenue_usd,
        placed=placed,
        gain_usd=lost,
        one_more_usd=more,
        blocked_by=limits_hit if more is not None and more > 0 else (),
        unchecked=reasons.unchecked(problem, item, max(sections, 0)),
        assumed=item.assumed,
        kept=kept,
        kept_below=below,
        kept_above=above,
    )
