"""Why a portfolio holds what it holds: one section more, one program less, the share at which it would not pay."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from gapengine.portfolio.columns import use
from gapengine.portfolio.needs import Need
from gapengine.portfolio.problem import Problem
from gapengine.portfolio.result import Used
from models.portfolio import Block, values

_TINY = 1e-6
_HALVINGS = 8


def living(block: Block, units: np.ndarray) -> np.ndarray:
    """(K,) openings at or above a living wage that are filled."""
    one = replace(block, value=(block.value > 0).astype(float))
    return values(one, units)


def swapped(problem: Problem, block: Block, after: np.ndarray, units: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Levels after other units that differ in one block only."""
    return after - values(block, units) + values(block, other) + float(problem.moves.cost @ (units - other))


def one_more(
    problem: Problem, units: np.ndarray, item: Need, mine: list[int], after: np.ndarray
) -> tuple[float | None, tuple[str, ...]]:
    """Gain of one section more, and the limits that it would break."""
    adding = [n for n in mine if problem.columns[n].kind == "add"]
    if not adding:
        return None, ()
    more = units.copy()
    more[adding[0]] += 1
    launching = [n for n in mine if problem.columns[n].kind == "launch"]
    more[launching] = 1.0
    for n in (number for number in mine if problem.columns[number].fund is not None):
        money = f"{problem.columns[n].fund_term}_usd"
        price = sum(float(more[m]) * use(problem.columns[m], money, 0) for m in [*adding, *launching])
        more[n] = min(float(problem.moves.most[n]), price)
    block = problem.blocks[problem.block_of[item.program.program_id]]
    gain = problem.worth(after, swapped(problem, block, after, units, more))
    over = problem.limits.uses @ more > problem.limits.there + _TINY
    broken = (name for name, hit in zip(problem.limits.names, over, strict=True) if hit)
    return gain, tuple(dict.fromkeys("sections at once" if name.startswith("sections at") else name for name in broken))


def flip_kept(
    problem: Problem,
    block: Block,
    own: np.ndarray,
    units: np.ndarray,
    without: np.ndarray,
    after: np.ndarray,
    kept: float,
) -> tuple[float | None, float | None]:
    """Shares who stay and work in field below and above which the program's new sections are worth nothing.

    The share moves the graduates of today's sections as well as those of the new ones: with few who stay a section
    places few, with many the openings are filled already.

    Args:
        problem: the question.
        block: the program's.
        own: (K,) its graduates of today's sections in field and market.
        units: the solution.
        without: the solution without this program's changes.
        after: (K,) levels of the solution.
        kept: the share now.

    Returns:
        The two shares, each None where no share between 0 and 1 turns it.
    """
    movers = np.isin(block.effect_move, np.flatnonzero(units != without))
    if not movers.any():
        return None, None
    at = int(block.effect_program[movers][0])
    cost = float(problem.moves.cost @ (units - without))
    rest = (after - values(block, units))[problem.chosen]

    def worth(share: float) -> float:
        supply = block.supply.copy()
        supply[:, at] = np.maximum(supply[:, at] + (share / kept - 1) * own, 0.0)
        effect = np.where(movers, block.effect * share / kept, block.effect)
        few = replace(block, supply=supply, effect=effect).draws(problem.chosen)
        return problem.worth(rest + values(few, without) + cost, rest + values(few, units), problem.weights)

    return _turn(worth, kept, 0.0), _turn(worth, kept, 1.0)


def _turn(worth: Callable[[float], float], now: float, end: float) -> float | None:
    """Where the worth turns negative on the way from now to an end, by bisection; None where it does not."""
    if worth(now) <= 0 or worth(end) >= 0:
        return None
    good, bad = now, end
    for _ in range(_HALVINGS):
        middle = (good + bad) / 2
        good, bad = (middle, bad) if worth(middle) > 0 else (good, middle)
    return bad


def once(problem: Problem, units: np.ndarray, mine: list[int]) -> float:
    """One-time dollars of some columns, funds apart."""
    return sum(
        float(units[n]) * use(problem.columns[n], "one_time_usd", 0) for n in mine if problem.columns[n].kind != "fund"
    )


def unchecked(problem: Problem, item: Need, sections: int) -> dict[str, float]:
    """What the program's new sections need of limits that nobody states."""
    open_limits = {name for name, resource in problem.resources.items() if not resource.amounts}
    unstated = {name for name in item.uses if name not in problem.resources}
    return {
        name: sections * amount for name, amount in item.uses.items() if name in open_limits | unstated and sections
    }


def used(problem: Problem, units: np.ndarray) -> tuple[Used, ...]:
    """Use of every limit, in the quarter in which least of it is left."""
    out = []
    for name, resource in problem.resources.items():
        rows = [n for n, row in enumerate(problem.limits.names) if row == name]
        if not rows:
            needed = sum(
                units[n] * column.need.uses.get(name, 0.0)
                for n, column in enumerate(problem.columns)
                if column.kind == "add"
            )
            out.append(Used(resource, float(needed), resource.amounts[0] if resource.amounts else None))
            continue
        used = problem.limits.uses[rows] @ units if units.size else np.zeros(len(rows))
        tight = int(np.argmin(problem.limits.there[rows] - used))
        out.append(Used(resource, float(used[tight]), float(problem.limits.there[rows][tight])))
    return tuple(out)
