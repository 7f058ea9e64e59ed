"""The map from programs to occupations, taken apart once: components, and nodes that differ only in size."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from models.cut import Plan, plan
from models.maxflow import Network, network

Floats = NDArray[np.float64]
Integers = NDArray[np.intp]


@dataclass(frozen=True)
class Component:
    """Programs and occupations that compete with each other, merged where their neighbours are the same."""

    programs: tuple[Integers, ...]
    """For each merged program, the programs in it."""
    occupations: tuple[Integers, ...]
    """For each merged occupation, the occupations in it."""
    network: Network
    plan: Plan | None
    """Elimination of the merged network; None where it is too wide."""


@dataclass(frozen=True)
class Graph:
    """A map from programs to occupations, made once by `graph` and used for any number of draws."""

    n_programs: int
    n_occupations: int
    program: Integers
    """(E,) program of each edge, sorted, each pair once."""
    occupation: Integers
    """(E,) occupation of each edge."""
    component_of_program: Integers
    """(P,) a program without occupations is a component of its own."""
    component_of_occupation: Integers
    """(O,) -1 for an occupation that no program feeds."""
    components: tuple[Component | None, ...]
    """By number; None for a program without occupations."""


def graph(n_programs: int, n_occupations: int, edges: Iterable[tuple[int, int]]) -> Graph:
    """Take a map apart into components and choose how to solve each.

    Args:
        n_programs: P, number of programs.
        n_occupations: O, number of occupations.
        edges: pairs (program, occupation), counted from 0; repetitions count once.

    Returns:
        The graph; components are numbered by their first program.

    Raises:
        ValueError: an edge names a program or an occupation that does not exist.
    """
    pairs = np.array(sorted({(int(p), int(o)) for p, o in edges}), dtype=np.intp).reshape(-1, 2)
    outside = (pairs < 0).any(axis=1) | (pairs >= [n_programs, n_occupations]).any(axis=1)
    if outside.any():
        p, o = pairs[outside][0]
        raise ValueError(
            f"edge ({p}, {o}): expected a program in 0..{n_programs - 1} and an occupation in 0..{n_occupations - 1}; "
            "number both by their position in supply and demand"
        )
    program, occupation = pairs[:, 0], pairs[:, 1]
    component_of = component_numbers(n_programs, n_occupations, pairs)
    components: list[Component | None] = [None] * (int(component_of[:n_programs].max(initial=-1)) + 1)
    for c in np.unique(component_of[program]):
        components[c] = _component(pairs[component_of[program] == c])
    return Graph(
        n_programs=n_programs,
        n_occupations=n_occupations,
        program=program,
        occupation=occupation,
        component_of_program=component_of[:n_programs],
        component_of_occupation=component_of[n_programs:],
        components=tuple(components),
    )


def component_numbers(n_programs: int, n_occupations: int, pairs: Integers) -> Integers:
    """Number of the component of every program, then of every occupation.

    Args:
        n_programs: P, number of programs.
        n_occupations: O, number of occupations.
        pairs: (E, 2) program and occupation of each edge.

    Returns:
        (P + O,) components are numbered by their first program; -1 for an occupation that no program feeds.
    """
    size = n_programs + n_occupations
    ends = (pairs[:, 0], n_programs + pairs[:, 1])
    links = coo_array((np.ones(len(pairs), dtype=np.int8), ends), shape=(size, size))
    labels = connected_components(links, directed=False)[1]
    _, first = np.unique(labels[:n_programs], return_index=True)
    number = np.full(size, -1, dtype=np.intp)
    number[labels[np.sort(first)]] = np.arange(len(first))
    found: Integers = number[labels]
    return found


def _component(pairs: Integers) -> Component:
    """Merge one component's programs, and its occupations, by equal neighbours."""
    programs, of_program = _merged(pairs[:, 0], pairs[:, 1])
    occupations, of_occupation = _merged(pairs[:, 1], pairs[:, 0])
    edges = {(of_program[int(p)], of_occupation[int(o)]) for p, o in pairs}
    return Component(
        programs=programs,
        occupations=occupations,
        network=network(len(programs), len(occupations), edges),
        plan=plan(len(programs), len(occupations), edges),
    )


def _merged(nodes: Integers, others: Integers) -> tuple[tuple[Integers, ...], dict[int, int]]:
    """Group nodes with equal neighbours, in the order of their first member; and the group of each node."""
    near: dict[int, set[int]] = {}
    for v, u in zip(nodes.tolist(), others.tolist(), strict=True):
        near.setdefault(v, set()).add(u)
    groups: dict[frozenset[int], list[int]] = {}
    for v in sorted(near):
        groups.setdefault(frozenset(near[v]), []).append(v)
    members = tuple(np.array(group, dtype=np.intp) for group in groups.values())
    return members, {v: i for i, group in enumerate(groups.values()) for v in group}
