"""Maximum flows in many copies of one bipartite network at once, whatever its width.

All copies (draws) become one block-diagonal graph for Dinic's algorithm in `scipy.sparse.csgraph.maximum_flow`, which
counts in 32-bit integers. A first pass in units of about 2e-9 of a copy's flow is followed by a second pass over what
the first left, in units finer by another nine digits, so that the result is exact to the rounding of doubles.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Integers = NDArray[np.intp]

TOLERANCE = 1e-12
"""Share of a copy's total below which an amount counts as nothing."""

_TOP = float(1 << 29)  # residual capacities reach twice this and must stay below 2^31
_PASSES = 2
ROUGH = 1e-6
"""Share of a copy's total that one pass may leave out: as many roundings as a large network has edges."""

_CHUNK_CELLS = 1 << 20


@dataclass(frozen=True)
class Network:
    """One network's edges and where each capacity stands in the sparse rows of a copy; made by `network`."""

    n_programs: int
    n_occupations: int
    program: Integers
    """(E,) program of each edge; edges are sorted by program, then occupation."""
    occupation: Integers
    """(E,) occupation of each edge."""
    by_occupation: Integers
    """(E,) the edges sorted by occupation, then program."""
    program_starts: Integers
    occupation_starts: Integers
    columns: Integers
    """(L,) column of each entry of a copy's rows: -1 the source, -2 the sink, else a node of the copy."""
    row_lengths: Integers
    forward: Integers
    """(E,) entry of each edge from program to occupation."""
    backward: Integers
    """(E,) entry of each edge from occupation to program."""
    to_sink: Integers
    """(O,) entry of each occupation's edge to the sink."""


def network(n_programs: int, n_occupations: int, edges: Iterable[tuple[int, int]]) -> Network:
    """Lay out a network in which every program and every occupation has an edge.

    Args:
        n_programs: P, programs of the network.
        n_occupations: O, occupations of the network.
        edges: pairs (program, occupation), each once.

    Returns:
        The layout that `augment` and `reach` work on.
    """
    pairs = np.array(sorted(edges), dtype=np.intp).reshape(-1, 2)
    program, occupation = pairs[:, 0], pairs[:, 1]
    by_occupation = np.lexsort((program, occupation))
    program_degree = np.bincount(program, minlength=n_programs)
    occupation_degree = np.bincount(occupation, minlength=n_occupations)
    # Rows of programs: the source, then the occupations. Rows of occupations: the programs, then the sink.
    source_at = np.r_[0, np.cumsum(program_degree + 1)[:-1]]
    forward = np.arange(len(program)) + program + 1
    offset = len(program) + n_programs
    sink_at = offset + np.cumsum(occupation_degree + 1) - 1
    backward = np.empty(len(program), dtype=np.intp)
    backward[by_occupation] = offset + np.arange(len(program)) + occupation[by_occupation]
    columns = np.empty(2 * len(program) + n_programs + n_occupations, dtype=np.intp)
    columns[source_at], columns[sink_at] = -1, -2
    columns[forward], columns[backward] = n_programs + occupation, program
    return Network(
        n_programs=n_programs,
        n_occupations=n_occupations,
        program=program,
        occupation=occupation,
        by_occupation=by_occupation,
        program_starts=np.r_[0, np.cumsum(program_degree)[:-1]],
        occupation_starts=np.r_[0, np.cumsum(occupation_degree)[:-1]],
        columns=columns,
        row_lengths=np.r_[program_degree + 1, occupation_degree + 1],
        forward=forward,
        backward=backward,
        to_sink=sink_at,
    )


def sent(net: Network, flow: Floats) -> Floats:
    """Sum edge flows (n, E) by program: (n, P)."""
    total: Floats = np.add.reduceat(flow, net.program_starts, axis=1)
    return total


def received(net: Network, flow: Floats) -> Floats:
    """Sum edge flows (n, E) by occupation: (n, O)."""
    total: Floats = np.add.reduceat(flow[:, net.by_occupation], net.occupation_starts, axis=1)
    return total


def augment(
    net: Network,
    supply: Floats,
    demand: Floats,
    flow: Floats | None = None,
    usable: Flags | None = None,
    passes: int = _PASSES,
) -> Floats:
    """Add as much flow as still fits, on top of a flow that is there.

    Args:
        net: the layout of the network.
        supply: (n, P) what each program still has to place, by copy.
        demand: (n, O) openings still unfilled.
        flow: (n, E) edge flows that may be rerouted; none when left out.
        usable: (n, E) edges that may carry flow; all when left out.
        passes: two are exact to rounding; one leaves out up to ROUGH of a copy's flow, in half the time.

    Returns:
        (n, E) the change of edge flows, in the unit of the inputs; negative where flow was rerouted.
    """
    copies, n_edges = supply.shape[0], len(net.program)
    there = np.zeros((copies, n_edges)) if flow is None else flow
    added = np.zeros((copies, n_edges))
    step = max(1, _CHUNK_CELLS // len(net.columns))
    for start in range(0, copies, step):
        part = slice(start, start + step)
        open_edges = None if usable is None else usable[part]
        left = np.full((supply[part].shape[0], 1), np.inf)
        for _ in range(passes):
            room = np.maximum(supply[part] - sent(net, added[part]), 0.0)
            unfilled = np.maximum(demand[part] - received(net, added[part]), 0.0)
            bound = np.minimum(room.sum(axis=1, keepdims=True), unfilled.sum(axis=1, keepdims=True))
            unit = np.minimum(bound, left) / _TOP
            unit[unit <= np.finfo(float).tiny] = 1.0  # nothing left to place: every capacity rounds to zero
            now = (there[part] + added[part]) / unit
            added[part] += unit * _whole_units(net, room / unit, unfilled / unit, now, open_edges)
            left = unit * float(len(net.columns))
    return added


def reach(net: Network, first: Flags, flow: Floats, usable: Flags | None = None) -> tuple[Flags, Flags]:
    """Nodes that can be reached from some programs along edges forwards and along positive flows backwards.

    Args:
        net: the layout of the network.
        first: (n, P) programs to start from.
        flow: (n, E) edge flows.
        usable: (n, E) edges that count; all when left out.

    Returns:
        Flags of the programs (n, P) and occupations (n, O) reached.
    """
    limit = TOLERANCE * np.abs(flow).sum(axis=1, keepdims=True)
    carries = flow > limit
    order = net.by_occupation
    programs, occupations = first, np.zeros((first.shape[0], net.n_occupations), dtype=np.bool_)
    while True:
        touched = programs[:, net.program]
        if usable is not None:
            touched &= usable
        occupations = np.logical_or.reduceat(touched[:, order], net.occupation_starts, axis=1)
        back = occupations[:, net.occupation] & carries
        grown = programs | np.logical_or.reduceat(back, net.program_starts, axis=1)
        if np.array_equal(grown, programs):
            return programs, occupations
        programs = grown


def _whole_units(net: Network, room: Floats, unfilled: Floats, flow: Floats, usable: Flags | None) -> Floats:
    """Maximum flow with every capacity rounded down to a whole number: (n, E) net flow on each edge."""
    copies, n_nodes, n_entries = room.shape[0], net.n_programs + net.n_occupations, len(net.columns)
    sink = copies * n_nodes + 1
    capacity = np.zeros((copies, n_entries), dtype=np.int32)
    capacity[:, net.forward] = _TOP if usable is None else np.where(usable, _TOP, 0.0)
    capacity[:, net.backward] = np.clip(flow, 0.0, _TOP)
    capacity[:, net.to_sink] = np.minimum(unfilled, _TOP)
    first_node = 1 + n_nodes * np.arange(copies, dtype=np.int32)[:, None]
    columns = np.where(net.columns == -1, 0, np.where(net.columns == -2, sink, net.columns + first_node))
    programs = first_node + np.arange(net.n_programs, dtype=np.int32)
    occupations = first_node + np.arange(net.n_programs, n_nodes, dtype=np.int32)
    lengths = np.concatenate([[0, programs.size], np.tile(net.row_lengths, copies), [occupations.size]])
    from_source = np.minimum(room, _TOP).astype(np.int32)
    from_sink = np.zeros(occupations.size, dtype=np.int32)
    graph = csr_array(
        (
            np.concatenate([from_source.ravel(), capacity.ravel(), from_sink]),
            np.concatenate([programs.ravel(), columns.astype(np.int32).ravel(), occupations.ravel()]),
            np.cumsum(lengths).astype(np.int32),
        ),
        shape=(sink + 1, sink + 1),
    )
    units = maximum_flow(graph, 0, sink).flow.data[programs.size : programs.size + capacity.size]
    amounts: Floats = units.reshape(copies, n_entries)[:, net.forward].astype(np.float64)
    return amounts
