"""Who can fill which openings, draw by draw: the most openings filled, and what one program more or less would change.

The matching is a maximum flow from programs to occupations with limits at both ends only. The flow as a function of
one program's supply x is min(A + x, B): A is the cheapest cut that leaves the program behind, B the cheapest that takes
it along. So the gap is B - F and the openings that nobody else would fill are F - A, without solving again for each
program.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from models.bipartite import Graph, graph
from models.fair import shares
from models.maxflow import Floats, Integers, augment, sent
from models.spare import spare

__all__ = ["Graph", "Matching", "flow_once", "graph", "match"]


@dataclass(frozen=True)
class Matching:
    """The maximum flow of every draw and what follows from it; all amounts in openings a year, K draws."""

    filled: Floats
    """(K,) openings filled."""
    by_component: Floats
    """(K, C) openings filled in each component."""
    gap: Floats
    """(K, P) further completers of the program who would still be placed. Never to be summed over linked programs."""
    least: Floats
    """(K, P) openings that nobody else would fill."""
    greatest: Floats
    """(K, P) its completers, or all openings that it can reach if these are fewer."""
    fair: Floats
    """(D, P) its placements in the max-min fair matching of the first D draws; they add up to `filled`."""
    joint_gap: Floats
    """(K, C) openings of the component that stay unfilled."""
    component_of_program: Integers
    """(P,) component of each program."""


def match(given: Graph, supply: Floats, demand: Floats, fair_draws: int | None = None) -> Matching:
    """Match completers to openings in every draw.

    Args:
        given: the map from programs to occupations.
        supply: (K, P) completers a year who look for work in the region and field, by draw and program.
        demand: (K, O) openings a year by draw and occupation.
        fair_draws: share fairly in the first so many draws only, which is nearly all of the work; all by default.

    Returns:
        The matching, exact to about 1e-12 of a component's total. A program without occupations places nobody and has
        no gap.

    Raises:
        ValueError: a shape does not fit the graph or an amount is negative, infinite or missing.
    """
    supply = _checked("supply", supply, given.n_programs)
    demand = _checked("demand", demand, given.n_occupations)
    draws = supply.shape[0]
    if demand.shape[0] != draws:
        raise ValueError(f"supply has {draws} draws and demand {demand.shape[0]}: expected the same number")
    by_component = np.zeros((draws, len(given.components)))
    joint_gap = np.zeros_like(by_component)
    gap, least, greatest = (np.zeros_like(supply) for _ in range(3))
    first = slice(0, draws if fair_draws is None else min(fair_draws, draws))
    fair = np.zeros_like(supply[first])
    for c, component in enumerate(given.components):
        if component is None:
            continue
        net = component.network
        has, wants = _sums(supply, component.programs), _sums(demand, component.occupations)
        reachable = sent(net, wants[:, net.occupation])
        if len(component.programs) == 1:  # all of them reach the same openings: no flow to solve
            behind, along = np.maximum(has - reachable, 0.0), np.maximum(reachable - has, 0.0)
            share = 1.0 - behind[first] / np.where(has[first] > 0, has[first], 1.0)
            by_component[:, c] = np.minimum(has, reachable)[:, 0]
        else:
            behind, along, filled = spare(component, has, wants)
            share = shares(net, has[first], wants[first], crowded=behind[first] > 0)
            by_component[:, c] = filled
        joint_gap[:, c] = np.maximum(wants.sum(axis=1) - by_component[:, c], 0.0)
        for i, members in enumerate(component.programs):
            own = supply[:, members]
            gap[:, members] = along[:, [i]]
            least[:, members] = np.maximum(own - behind[:, [i]], 0.0)
            greatest[:, members] = np.minimum(own, reachable[:, [i]])
            fair[:, members] = own[first] * share[:, [i]]
    return Matching(
        filled=by_component.sum(axis=1),
        by_component=by_component,
        gap=gap,
        least=least,
        greatest=greatest,
        fair=fair,
        joint_gap=joint_gap,
        component_of_program=given.component_of_program,
    )


def flow_once(supply: Floats, demand: Floats, edges: Iterable[tuple[int, int]]) -> Floats:
    """Who fills what in the max-min fair matching of a single draw.

    The placements are unique, the edges over which they go are not. Programs with the same occupations are served in
    proportion to their completers, occupations with the same programs in proportion to their openings.

    Args:
        supply: (P,) completers a year.
        demand: (O,) openings a year.
        edges: E pairs (program, occupation), each once.

    Returns:
        (E,) openings a year filled over each edge, in the order given.

    Raises:
        ValueError: as `graph` and `match`, or an edge is given twice.
    """
    pairs = [(int(p), int(o)) for p, o in edges]
    if len(set(pairs)) < len(pairs):
        raise ValueError("edges: a pair of program and occupation is given twice; its flow would be ambiguous")
    given = graph(len(supply), len(demand), pairs)
    fair = match(given, np.atleast_2d(supply), np.atleast_2d(demand)).fair
    wanted = np.atleast_2d(np.asarray(demand, dtype=np.float64))
    matrix = np.zeros((given.n_programs, given.n_occupations))
    for component in given.components:
        if component is None:
            continue
        net = component.network
        has, wants = _sums(fair, component.programs), _sums(wanted, component.occupations)
        for p, o, amount in zip(net.program, net.occupation, augment(net, has, wants)[0], strict=True):
            members, places = component.programs[p], component.occupations[o]
            if amount > 0:
                from_each = fair[0, members] / has[0, p]
                matrix[np.ix_(members, places)] = amount * np.outer(from_each, wanted[0, places] / wants[0, o])
    program, occupation = np.array(pairs, dtype=np.intp).reshape(-1, 2).T
    flow: Floats = matrix[program, occupation]
    return flow


def _sums(amounts: Floats, groups: tuple[Integers, ...]) -> Floats:
    """Add up columns of (K, N) by group: (K, G)."""
    starts = np.cumsum([0, *(len(group) for group in groups[:-1])])
    total: Floats = np.add.reduceat(amounts[:, np.concatenate(groups)], starts, axis=1)
    return total


def _checked(name: str, amounts: Floats, width: int) -> Floats:
    """The amounts as doubles, or an error that says which one cannot be used."""
    amounts = np.asarray(amounts, dtype=np.float64)
    if amounts.ndim != 2 or amounts.shape[1] != width:
        raise ValueError(f"{name} has shape {amounts.shape}: expected (draws, {width}), as the graph was made")
    bad = np.argwhere(~(np.isfinite(amounts) & (amounts >= 0)))
    if bad.size:
        draw, column = bad[0]
        raise ValueError(
            f"{name}, draw {draw}, column {column}: {amounts[draw, column]}; expected a finite amount of at least 0 "
            "(what is unknown must be left out or drawn before matching)"
        )
    return amounts
