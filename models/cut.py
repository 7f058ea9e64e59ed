"""Minimum cuts of one small bipartite network for all draws at once, by eliminating its nodes one after the other.

The maximum flow from programs to occupations equals the cheapest way to put every node on one of two sides: a program
left behind costs its supply, an occupation taken along costs its demand, and a program taken along takes along every
occupation that it feeds. The cheapest cost with one program held on either side (its min-marginals) answers what one
program more or less would change. Nodes are eliminated in min-fill order (Dechter 1999, "Bucket elimination",
Artificial Intelligence 113); one sweep up and one sweep down the tree of cliques give the min-marginals of every
program (Shafer and Shenoy 1990). The work grows as two to the width of the network, which is small for maps from
programs to occupations.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Index = tuple[int | slice, ...]

MAX_STATES = 1 << 16
"""A network whose cliques have more joint states than this in total is left to `models.maxflow`."""

_CHUNK_CELLS = 1 << 22
"""Cells of all tables of one chunk of draws (8 bytes each)."""


@dataclass(frozen=True)
class Bag:
    """One elimination step: a node, the neighbours it then has, and where its message goes."""

    node: int
    clique: tuple[int, ...]
    """The node itself, then its later neighbours in the order of their elimination: the axes of its table."""
    barred: tuple[Index, ...]
    """States in which a program is taken along and one of its occupations is not."""
    children: tuple[int, ...]
    parent: int
    """Position of the bag that receives the message; -1 for a root."""
    onto_parent: tuple[int, ...]
    """Shape of the message among the axes of the parent's table: 2 where shared, 1 where not."""
    dropped: tuple[int, ...]
    """Axes of the parent's table over which the answer is minimised."""


@dataclass(frozen=True)
class Plan:
    """The elimination of one network: programs are nodes 0..P-1, occupations P..P+O-1."""

    n_programs: int
    bags: tuple[Bag, ...]
    states: int
    """Joint states of all cliques: table cells a draw."""


def plan(n_programs: int, n_occupations: int, edges: Iterable[tuple[int, int]]) -> Plan | None:
    """Choose an elimination order and lay out its tables.

    Args:
        n_programs: P, programs of the network.
        n_occupations: O, occupations of the network.
        edges: pairs (program, occupation), each once.

    Returns:
        The plan, or None where its tables would exceed `MAX_STATES`.
    """
    feeds = {(p, n_programs + o) for p, o in edges}
    near: dict[int, set[int]] = {v: set() for v in range(n_programs + n_occupations)}
    for p, o in feeds:
        near[p].add(o)
        near[o].add(p)
    steps = _eliminate(near)
    if steps is None:
        return None
    rank = {v: i for i, (v, _) in enumerate(steps)}
    cliques = [(v, *sorted(later, key=rank.__getitem__)) for v, later in steps]
    parents = [rank[c[1]] if len(c) > 1 else -1 for c in cliques]
    bags = []
    for i, clique in enumerate(cliques):
        above = cliques[parents[i]] if parents[i] >= 0 else ()
        bags.append(
            Bag(
                node=clique[0],
                clique=clique,
                barred=tuple(_barred(clique, feeds)),
                children=tuple(j for j, parent in enumerate(parents) if parent == i),
                parent=parents[i],
                onto_parent=tuple(2 if v in clique else 1 for v in above),
                dropped=tuple(axis for axis, v in enumerate(above) if v not in clique),
            )
        )
    return Plan(n_programs=n_programs, bags=tuple(bags), states=sum(1 << len(c) for c in cliques))


def marginals(chosen: Plan, supply: Floats, demand: Floats) -> tuple[Floats, Floats]:
    """Cheapest cut with each program held on either side.

    Args:
        chosen: the plan of the network.
        supply: (P, K) completers by program and draw, not negative.
        demand: (O, K) openings by occupation and draw, not negative.

    Returns:
        `behind` and `along`, each (P, K), in the unit of the inputs: the cheapest cut that pays the program's supply,
        and the cheapest that takes it along at no cost. The smaller of the two is the maximum flow, for every program.
    """
    draws = supply.shape[1]
    behind, along = np.empty_like(supply), np.empty_like(supply)
    step = max(16, _CHUNK_CELLS // chosen.states)
    for start in range(0, draws, step):
        part = slice(start, start + step)
        _sweep(chosen, supply[:, part], demand[:, part], behind[:, part], along[:, part])
    return behind, along


def _sweep(chosen: Plan, supply: Floats, demand: Floats, behind: Floats, along: Floats) -> None:
    """Fill `behind` and `along` for one chunk of draws: messages up in elimination order, answers down in reverse."""
    draws = (supply.shape[1],)
    forbidden = supply.sum(axis=0) + demand.sum(axis=0)  # no cut need cost more, so this never wins against a valid one
    tables: list[Floats] = []
    messages: list[Floats] = []
    for bag in chosen.bags:
        table = np.zeros((2,) * len(bag.clique) + draws)
        if bag.node < chosen.n_programs:
            table[0] = supply[bag.node]
        else:
            table[1] = demand[bag.node - chosen.n_programs]
        for index in bag.barred:
            table[index] += forbidden
        for child in bag.children:
            table += messages[child].reshape(chosen.bags[child].onto_parent + draws)
        tables.append(table)
        messages.append(np.minimum(table[0], table[1]))
    for bag, table, message in zip(reversed(chosen.bags), reversed(tables), reversed(messages), strict=True):
        if bag.parent >= 0:
            rest = tables[bag.parent] - message.reshape(bag.onto_parent + draws)
            np.add(table, rest.min(axis=bag.dropped), out=table)
        if bag.node < chosen.n_programs:
            sides = table.reshape((2, -1, *draws)).min(axis=1)
            behind[bag.node], along[bag.node] = sides[0], sides[1]


def _eliminate(near: dict[int, set[int]]) -> list[tuple[int, frozenset[int]]] | None:
    """Eliminate the node that adds the fewest links, then the one with the fewest neighbours, then the first."""
    near = {v: set(others) for v, others in near.items()}

    def cost(v: int) -> tuple[int, int, int]:
        fill = sum(1 for a, b in combinations(near[v], 2) if b not in near[a])
        return fill, len(near[v]), v

    costs = {v: cost(v) for v in near}
    steps: list[tuple[int, frozenset[int]]] = []
    states = 0
    while near:
        v = min(costs.values())[2]
        del costs[v]
        later = near.pop(v)
        states += 2 << len(later)
        if states > MAX_STATES:
            return None
        for u in later:
            near[u] |= later
            near[u] -= {u, v}
        for u in later.union(*(near[u] for u in later)):
            costs[u] = cost(u)
        steps.append((v, frozenset(later)))
    return steps


def _barred(clique: tuple[int, ...], feeds: set[tuple[int, int]]) -> Iterable[Index]:
    """Table indices that break a link between the bag's node and a later neighbour."""
    node = clique[0]
    for axis, other in enumerate(clique[1:], start=1):
        between = (slice(None),) * (axis - 1)
        if (node, other) in feeds:
            yield (1, *between, 0)
        elif (other, node) in feeds:
            yield (0, *between, 1)
