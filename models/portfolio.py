"""The best set of moves under limits when the future is uncertain: a two-stage stochastic program, solved by HiGHS.

First stage: how many units of each move (a section more, a program closed, dollars of a fund), whole or continuous,
under linear limits. Second stage, in each draw: a flow from programs to occupations that maximises the value of what is
filled. The objective is (1 - risk) times the mean plus risk times the mean of the worst draws (Rockafellar and Uryasev
2000, Journal of Risk 2) of value less cost, as a gain over doing nothing. The search ends by gap and number of nodes,
never by time, so that the same input gives the same bytes.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, hstack, vstack

from models.portfolio_value import Block, values, worst_mean

Floats = NDArray[np.float64]

__all__ = ["Block", "Limits", "Moves", "Solution", "shortfalls", "solve", "values", "worst_mean"]

_GAP = 1e-4
_NODES = 4000
_EPSILON = 1e-6


@dataclass(frozen=True)
class Moves:
    """M first-stage variables.

    Attributes:
        least: (M,) fewest units, usually 0.
        most: (M,) most units.
        whole: (M,) true where only whole units exist.
        cost: (M,) cost of a unit a year, in the unit of the value; negative where a move saves.
    """

    least: Floats
    most: Floats
    whole: NDArray[np.bool_]
    cost: Floats


@dataclass(frozen=True)
class Limits:
    """R linear limits: what the units use must not exceed what there is.

    Attributes:
        names: (R,) name of each; several rows may share one (a limit in each quarter).
        uses: (R, M) use of a unit.
        there: (R,) what there is.
    """

    names: tuple[str, ...]
    uses: Floats
    there: Floats


@dataclass(frozen=True)
class Solution:
    """The best moves found.

    Attributes:
        units: (M,) units of each move; whole ones are exact integers.
        gain: objective over doing nothing in the draws that were solved.
        gap: relative distance to the best bound that is still possible.
        nodes: nodes of the search tree.
        proven: whether the gap was reached before the node limit.
    """

    units: Floats
    gain: float
    gap: float
    nodes: int
    proven: bool


def solve(
    moves: Moves,
    limits: Limits,
    blocks: Sequence[Block],
    weights: Floats,
    risk: float,
    worst: float = 0.2,
    gap: float = _GAP,
    nodes: int = _NODES,
) -> Solution | None:
    """Find the best units.

    Args:
        moves: the first-stage variables.
        limits: what they may use.
        blocks: the second stage, K draws each; blocks are independent given the moves.
        weights: (K,) weight of each draw; they add up to 1.
        risk: weight of the worst draws, 0 to 1.
        worst: share of draws that count as the worst.
        gap: relative gap at which the search ends.
        nodes: nodes at which it ends.

    Returns:
        The solution; None where no units satisfy the limits (:func:`shortfalls` tells why).
    """
    draws, n_moves = len(weights), len(moves.cost)
    stages = [_second_stage(block, n_moves) for block in blocks]
    idle = sum((values(block, np.zeros(n_moves)) for block in blocks), np.zeros(draws))
    floor = worst_mean(idle, weights, worst)
    # columns: units, flows of every block, threshold above its idle value, shortfall below it by draw, a constant 1
    sizes = [n_moves, *(stage.flows for stage in stages), 1, draws, 1]
    starts = np.cumsum([0, *sizes])
    width, at, below = int(starts[-1]), int(starts[-4]), int(starts[-3])
    value = np.zeros(width)
    by_draw = csr_array((draws, width))
    for stage, start in zip(stages, starts[1:], strict=False):
        value[start : start + stage.flows] = stage.value * weights[stage.draw]
        by_draw = by_draw + _placed(
            csr_array((stage.value, (stage.draw, np.arange(stage.flows))), shape=(draws, stage.flows)),
            int(start),
            draws,
            width,
        )
    rows, tops = [], []
    for stage, start in zip(stages, starts[1:], strict=False):
        rows += [
            _placed(stage.units, 0, len(stage.there), width) + _placed(stage.rows, int(start), len(stage.there), width)
        ]
        tops += [stage.there]
    rows += [_placed(csr_array(limits.uses), 0, len(limits.there), width)]
    tops += [limits.there]
    # threshold + floor - shortfall <= value - cost, in every draw
    costs = _placed(csr_array(np.tile(moves.cost, (draws, 1))), 0, draws, width)
    threshold = _placed(csr_array(np.ones((draws, 1))), at, draws, width)
    shortfall = _placed(csr_array((-np.ones(draws), (np.arange(draws), np.arange(draws)))), below, draws, width)
    rows += [threshold + shortfall - by_draw + costs]
    tops += [np.full(draws, -floor)]
    objective = (1 - risk) * value
    objective[:n_moves] -= (1 - risk) * moves.cost
    objective[at] = risk
    objective[below:-1] = -risk * weights / worst
    objective[-1] = -(1 - risk) * (weights @ idle)  # so that the objective is a gain, and the gap is of the gain
    lower = np.zeros(width)
    lower[:n_moves], lower[at], lower[-1] = moves.least, -np.inf, 1.0
    upper = np.full(width, np.inf)
    upper[:n_moves], upper[-1] = moves.most, 1.0
    integrality = np.zeros(width)
    integrality[:n_moves] = moves.whole
    found = milp(
        -objective,
        integrality=integrality,
        bounds=Bounds(lower, upper),
        constraints=LinearConstraint(vstack(rows, format="csc"), -np.inf, np.concatenate(tops)),
        options={"mip_rel_gap": gap, "node_limit": nodes},
    )
    if found.x is None:
        return None
    units = np.where(moves.whole, np.round(found.x[:n_moves]), found.x[:n_moves])
    reached = float(found.mip_gap) if found.mip_gap is not None else 0.0
    return Solution(units, float(-found.fun), reached, int(found.mip_node_count or 0), found.status == 0)


def shortfalls(moves: Moves, limits: Limits, firm: Collection[str] = ()) -> dict[str, float]:
    """Say which limits make the moves impossible, and by how much at least.

    Args:
        moves: with `least` units that must be.
        limits: what there is.
        firm: names of rows that cannot be raised, as what is required or follows from the meaning of the moves.

    Returns:
        Name of each limit that must be raised to the amount that is missing, where their sum relative to their size is
        smallest; empty where the moves are possible.
    """
    names = [name for name in dict.fromkeys(limits.names) if name not in firm]
    soft = np.array([row for row, name in enumerate(limits.names) if name not in firm], dtype=np.intp)
    column = np.array([names.index(limits.names[row]) for row in soft], dtype=np.intp)
    scale = np.ones(len(names))
    np.maximum.at(scale, column, np.abs(limits.there[soft]))
    n_moves = len(moves.cost)
    lack = csr_array((-np.ones(len(soft)), (soft, column)), shape=(len(limits.names), len(names)))
    found = milp(
        np.r_[np.zeros(n_moves), 1 / scale],
        integrality=np.r_[moves.whole.astype(float), np.zeros(len(names))],
        bounds=Bounds(np.r_[moves.least, np.zeros(len(names))], np.r_[moves.most, np.full(len(names), np.inf)]),
        constraints=LinearConstraint(hstack([csr_array(limits.uses), lack], format="csc"), -np.inf, limits.there),
        options={"node_limit": _NODES},
    )
    if found.x is None:
        raise ValueError(
            "no amount of the limits makes the moves possible: the rows that are firm contradict each other"
        )
    missing = found.x[n_moves:]
    return {name: float(amount) for name, amount in zip(names, missing, strict=True) if amount > _EPSILON}


@dataclass(frozen=True)
class _Stage:
    """One block's rows: units @ x + rows @ flows <= there; each flow with its draw and value."""

    flows: int
    draw: NDArray[np.intp]
    value: Floats
    units: csr_array
    rows: csr_array
    there: Floats


def _second_stage(block: Block, n_moves: int) -> _Stage:
    draws, n_programs = block.supply.shape
    n_occupations, n_edges = block.demand.shape[1], len(block.program)
    draw = np.repeat(np.arange(draws), n_edges)
    flow = np.arange(draws * n_edges)
    at_program = draw * n_programs + np.tile(block.program, draws)
    at_occupation = draws * n_programs + draw * n_occupations + np.tile(block.occupation, draws)
    height = draws * (n_programs + n_occupations)
    rows = csr_array(
        (np.ones(2 * len(flow)), (np.r_[at_program, at_occupation], np.r_[flow, flow])), shape=(height, len(flow))
    )
    moved, where = block.effect_move, block.effect_program
    every = np.repeat(np.arange(draws), len(moved))
    units = csr_array(
        (-block.effect.ravel(), (every * n_programs + np.tile(where, draws), np.tile(moved, draws))),
        shape=(height, n_moves),
    )
    value = np.tile(block.value[block.occupation], draws)
    return _Stage(len(flow), draw, value, units, rows, np.concatenate([block.supply.ravel(), block.demand.ravel()]))


def _placed(part: csr_array, column: int, height: int, width: int) -> csr_array:
    """The part at a column of a wider matrix of zeros."""
    part = csr_array(part).tocoo()
    return csr_array((part.data, (part.row, part.col + column)), shape=(height, width))
