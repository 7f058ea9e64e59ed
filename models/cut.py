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
Integers = NDArray[np.intp]
Halving = tuple[Integers, Integers]
"""For each state that remains when one node is dropped: the first and the last row that agrees with it."""

MAX_STATES = 1 << 16
"""A network whose cliques have more valid joint states than this in total is left to `models.maxflow`."""

_MAX_WIDTH = 40  # states are written as bits of one integer; cliques near this width hold too many of them anyway
_CHUNK_CELLS = 1 << 19
_CHUNK_DRAWS = 32


@dataclass(frozen=True)
class Bag:
    """One elimination step: a node with the neighbours it then has (its clique), and where its message goes.

    A state says which nodes of the clique are taken along; only states that break no link have a row in the table.
    """

    node: int
    on: Integers
    """Rows in which the node itself is taken along."""
    off: Integers
    """Rows in which it is not."""
    message: Halving
    """From the rows of the table to the rows of the message, which is about the node's neighbours only."""
    row_of_message: Integers
    """(rows,) message row that each table row agrees with."""
    parent: int
    """Position of the bag that receives the message; -1 for a root."""
    row_at_parent: Integers
    """(rows of the parent,) message row that each of the parent's rows agrees with."""
    asked: bool
    """Whether this bag or one below it is about a program, so that the answer must come down to it."""
    from_parent: tuple[Halving, ...]
    """From the rows of the parent's table to the rows of the message, dropping one node after the other."""


@dataclass(frozen=True)
class Plan:
    """The elimination of one network: programs are nodes 0..P-1, occupations P..P+O-1."""

    n_programs: int
    bags: tuple[Bag, ...]
    states: int
    """Valid joint states of all cliques: table cells a draw."""


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
    rank = {v: i for i, (v, _) in enumerate(steps)}
    cliques = [(v, *sorted(later, key=rank.__getitem__)) for v, later in steps]
    total = 0
    for clique in sorted(cliques, key=len, reverse=True):
        total += len(_valid_states(clique, feeds, MAX_STATES - total))
        if total >= MAX_STATES or len(clique) > _MAX_WIDTH:
            return None
    valid = [_valid_states(clique, feeds, MAX_STATES) for clique in cliques]
    members = [frozenset(clique) for clique in cliques]
    parents = [-1] * len(cliques)
    for i, (_, later) in enumerate(steps):
        if later:  # any bag that knows all later neighbours will do, until the first of them goes: take the smallest
            above = range(i + 1, rank[cliques[i][1]] + 1)
            parents[i] = min((len(valid[j]), j) for j in above if later <= members[j])[1]
    asked = [clique[0] < n_programs for clique in cliques]
    for i, parent in enumerate(parents):
        if parent >= 0:
            asked[parent] |= asked[i]
    bags = tuple(_bag(i, cliques, valid, parents[i], asked[i]) for i in range(len(cliques)))
    return Plan(n_programs=n_programs, bags=bags, states=total)


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
    step = max(_CHUNK_DRAWS, _CHUNK_CELLS // chosen.states)
    for start in range(0, draws, step):
        part = slice(start, start + step)
        _sweep(chosen, supply[:, part], demand[:, part], behind[:, part], along[:, part])
    return behind, along


def cheapest(chosen: Plan, supply: Floats, demand: Floats) -> Floats:
    """Cheapest cut, which is the maximum flow: the sweep up alone.

    Args:
        chosen: the plan of the network.
        supply: (P, K) completers by program and draw, not negative.
        demand: (O, K) openings by occupation and draw, not negative.

    Returns:
        (K,) in the unit of the inputs.
    """
    total = np.zeros(supply.shape[1])
    step = max(_CHUNK_DRAWS, _CHUNK_CELLS // chosen.states)
    for start in range(0, len(total), step):
        part = slice(start, start + step)
        messages = _up(chosen, supply[:, part], demand[:, part])[1]
        total[part] = sum(message[0] for bag, message in zip(chosen.bags, messages, strict=True) if bag.parent < 0)
    return total


def _sweep(chosen: Plan, supply: Floats, demand: Floats, behind: Floats, along: Floats) -> None:
    """Fill `behind` and `along` for one chunk of draws: messages up in elimination order, answers down in reverse."""
    tables, messages = _up(chosen, supply, demand)
    for bag, table, message in zip(reversed(chosen.bags), reversed(tables), reversed(messages), strict=True):
        if not bag.asked:
            continue
        if bag.parent >= 0:
            rest = tables[bag.parent]
            for halving in bag.from_parent:
                rest = _halved(rest, halving)
            np.add(table, (rest - message)[bag.row_of_message], out=table)
        if bag.node < chosen.n_programs:
            behind[bag.node], along[bag.node] = table[bag.off].min(axis=0), table[bag.on].min(axis=0)


def _up(chosen: Plan, supply: Floats, demand: Floats) -> tuple[list[Floats], list[Floats]]:
    """Tables and messages of every bag, in elimination order."""
    tables = [np.zeros((len(bag.row_of_message), supply.shape[1])) for bag in chosen.bags]
    messages: list[Floats] = []
    for bag, table in zip(chosen.bags, tables, strict=True):
        if bag.node < chosen.n_programs:
            table[bag.off] += supply[bag.node]
        else:
            table[bag.on] += demand[bag.node - chosen.n_programs]
        messages.append(_halved(table, bag.message))
        if bag.parent >= 0:
            tables[bag.parent] += messages[-1][bag.row_at_parent]
    return tables, messages


def _halved(table: Floats, halving: Halving) -> Floats:
    """The cheaper of the rows that agree once a node is dropped."""
    first, last = halving
    cheaper: Floats = np.minimum(table[first], table[last])
    return cheaper


def _eliminate(near: dict[int, set[int]]) -> list[tuple[int, frozenset[int]]]:
    """Eliminate the node that adds the fewest links, then the one with the fewest neighbours, then the first."""
    near = {v: set(others) for v, others in near.items()}

    def cost(v: int) -> tuple[int, int, int]:
        fill = sum(1 for a, b in combinations(near[v], 2) if b not in near[a])
        return fill, len(near[v]), v

    costs = {v: cost(v) for v in near}
    steps: list[tuple[int, frozenset[int]]] = []
    while near:
        v = min(costs.values())[2]
        del costs[v]
        later = near.pop(v)
        for u in later:
            near[u] |= later
            near[u] -= {u, v}
        for u in later.union(*(near[u] for u in later)):
            costs[u] = cost(u)
        steps.append((v, frozenset(later)))
    return steps


def _valid_states(clique: tuple[int, ...], feeds: set[tuple[int, int]], enough: int) -> Integers:
    """States of a clique, ascending, bit i for its i-th node; stops counting at `enough`."""
    states = np.zeros(1, dtype=np.intp)
    for i, node in enumerate(clique):
        taken = states | (1 << i)
        left = states
        for j, other in enumerate(clique[:i]):
            if (node, other) in feeds:
                taken = taken[(taken >> j) & 1 == 1]
            elif (other, node) in feeds:
                left = left[(left >> j) & 1 == 0]
        states = np.concatenate([left, taken])
        if len(states) > enough:
            break
    return np.sort(states)


def _bag(i: int, cliques: list[tuple[int, ...]], valid: list[Integers], parent: int, asked: bool) -> Bag:
    """Index arrays between the table of bag i, its message and its parent's table."""
    states = valid[i]
    remaining, halving = _dropped(states, 0)
    from_parent: list[Halving] = []
    at_parent = np.zeros(0, dtype=np.intp)
    if parent >= 0:
        above = valid[parent]
        kept = [k for k, v in enumerate(cliques[parent]) if v in cliques[i]]
        shared = sum((((above >> k) & 1) << bit for bit, k in enumerate(kept)), np.zeros_like(above))
        at_parent = np.searchsorted(remaining, shared)
        for k in reversed([k for k in range(len(cliques[parent])) if asked and k not in kept]):
            above, step = _dropped(above, k)
            from_parent.append(step)
    return Bag(
        node=cliques[i][0],
        on=np.flatnonzero(states & 1),
        off=np.flatnonzero(~states & 1),
        message=halving,
        row_of_message=np.searchsorted(remaining, states >> 1),
        parent=parent,
        row_at_parent=at_parent,
        asked=asked,
        from_parent=tuple(from_parent),
    )


def _dropped(states: Integers, bit: int) -> tuple[Integers, Halving]:
    """States without one bit, ascending, and the first and last row that agrees with each."""
    low = states & ((1 << bit) - 1)
    shorter = ((states >> (bit + 1)) << bit) | low
    remaining, first = np.unique(shorter, return_index=True)
    _, from_end = np.unique(shorter[::-1], return_index=True)
    return remaining, (first, len(states) - 1 - from_end)
