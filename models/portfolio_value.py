"""What a set of moves is worth in every draw: the most valuable way to fill openings, by maximum flows.

Values stand on occupations only, so the best filling is found greedily from the dearest occupations down (the sets of
openings that can be filled together form a polymatroid; Edmonds 1970): the value is the sum over classes of value of
the step down to the next class times the maximum flow into all classes above it.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from models.cut import Plan, cheapest, plan
from models.maxflow import augment, network

Floats = NDArray[np.float64]
Integers = NDArray[np.intp]


@dataclass(frozen=True)
class Block:
    """Programs and occupations that compete with each other, in K draws.

    Attributes:
        program, occupation: (E,) ends of each edge.
        supply: (K, P) completers before any move.
        demand: (K, O) openings.
        value: (O,) value of a filled opening, not negative.
        effect_move, effect_program: (J,) which move changes the supply of which program.
        effect: (K, J) change of supply for one unit.
        plan: how to find minimum cuts of these edges; None for flows, which give the same.
    """

    program: Integers
    occupation: Integers
    supply: Floats
    demand: Floats
    value: Floats
    effect_move: Integers
    effect_program: Integers
    effect: Floats
    plan: Plan | None = None

    def draws(self, chosen: Integers) -> "Block":
        """The same block in some of the draws."""
        return replace(self, supply=self.supply[chosen], demand=self.demand[chosen], effect=self.effect[chosen])


def merged(block: Block) -> Block:
    """A smaller block of the same value: what reaches the same, at the same value, is added up.

    Programs that a move changes are merged like all others: what they add goes to the same openings.
    """
    by_occupation = _groups(block.occupation, block.program, block.demand.shape[1], block.value)
    by_program = _groups(block.program, block.occupation, block.supply.shape[1], np.zeros(block.supply.shape[1]))
    kept = np.unique(np.c_[by_program[block.program], by_occupation[block.occupation]], axis=0)
    value = np.zeros(int(by_occupation.max()) + 1)
    value[by_occupation] = block.value
    return Block(
        kept[:, 0],
        kept[:, 1],
        _added(block.supply, by_program),
        _added(block.demand, by_occupation),
        value,
        block.effect_move,
        by_program[block.effect_program],
        block.effect,
        plan(int(by_program.max()) + 1, len(value), zip(kept[:, 0].tolist(), kept[:, 1].tolist(), strict=True)),
    )


def _groups(ends: Integers, others: Integers, count: int, value: Floats) -> Integers:
    """(count,) number of the group of each node: equal neighbours and equal value."""
    near: list[set[int]] = [set() for _ in range(count)]
    for end, other in zip(ends.tolist(), others.tolist(), strict=True):
        near[end].add(other)
    numbers: dict[tuple[frozenset[int], float], int] = {}
    keys = [(frozenset(near[node]), float(value[node])) for node in range(count)]
    return np.array([numbers.setdefault(key, len(numbers)) for key in keys], dtype=np.intp)


def _added(amounts: Floats, groups: Integers) -> Floats:
    total = np.zeros((len(amounts), int(groups.max()) + 1))
    for column, group in enumerate(groups):
        total[:, group] += amounts[:, column]
    return total


def supplied(block: Block, units: Floats) -> Floats:
    """(K, P) completers after the moves; never below zero."""
    moved = np.zeros((len(block.effect_move), block.supply.shape[1]))
    moved[np.arange(len(moved)), block.effect_program] = units[block.effect_move]
    return np.maximum(block.supply + block.effect @ moved, 0.0)


def values(block: Block, units: Floats) -> Floats:
    """Value of the best filling after the moves.

    Args:
        block: programs and occupations.
        units: (M,) units of every move.

    Returns:
        (K,) value by draw, before any cost.
    """
    return _filled_value(block, supplied(block, units))


def _filled_value(block: Block, supply: Floats) -> Floats:
    classes = np.unique(block.value[block.value > 0])[::-1]
    steps = classes - np.append(classes, 0.0)[1:]
    counted = [block.value >= least for least in classes]
    if block.plan is None or not counted:
        return sum(
            (step * _most_filled(block, supply, among) for step, among in zip(steps, counted, strict=True)),
            np.zeros(len(supply)),
        )
    wants = np.concatenate([np.where(among, block.demand, 0.0) for among in counted])
    flows = cheapest(block.plan, np.tile(supply, (len(counted), 1)).T.copy(), wants.T.copy())
    total: Floats = steps @ flows.reshape(len(counted), -1)
    return total


def _most_filled(block: Block, supply: Floats, counted: NDArray[np.bool_]) -> Floats:
    """(K,) the most openings of some occupations that can be filled."""
    edges = np.flatnonzero(counted[block.occupation])
    if not edges.size:
        return np.zeros(len(supply))
    programs, source = np.unique(block.program[edges], return_inverse=True)
    occupations, sink = np.unique(block.occupation[edges], return_inverse=True)
    has, wants = supply[:, programs], block.demand[:, occupations]
    if len(edges) == len(programs) * len(occupations):  # everyone reaches everything
        filled: Floats = np.minimum(has.sum(axis=1), wants.sum(axis=1))
        return filled
    net = network(len(programs), len(occupations), zip(source.tolist(), sink.tolist(), strict=True))
    flow: Floats = augment(net, has, wants).sum(axis=1)
    return flow


def worst_mean(value: Floats, weights: Floats, worst: float) -> float:
    """Mean of the worst draws, the last one counted in part.

    Args:
        value: (K,) by draw.
        weights: (K,) weight of each draw; they add up to 1.
        worst: share of the weight that counts, above 0.
    """
    order = np.argsort(value, kind="stable")
    left = np.clip(worst - np.r_[0.0, np.cumsum(weights[order])[:-1]], 0.0, weights[order])
    return float(left @ value[order] / worst)
