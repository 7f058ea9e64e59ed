"""Who is placed where: the occupations that the students of added sections would enter."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from gapengine.decisions import Advice
from gapengine.matching import Balance
from models.flows import flow_once


def place(advice: tuple[Advice, ...], balances: dict[str, Balance]) -> tuple[Advice, ...]:
    """Add to each expansion and launch the occupations of its added graduates, most people first.

    The mean of supply and demand is matched once with the added graduates; the flow of the program is scaled to them.
    Flows are not unique, sums are: where two occupations stand for each other, the split is one of several.
    """
    return tuple(_placed(item, index, balances) if item.sections else item for index, item in enumerate(advice))


def _placed(advice: Advice, index: int, balances: dict[str, Balance]) -> Advice:
    of = balances[advice.evidence.market]
    edges = of.market.edges
    near = _component(edges["program"].to_numpy(int), edges["node"].to_numpy(int), index)
    edges = edges[near]
    programs, people = np.unique(edges["program"].to_numpy(int), return_inverse=True)
    nodes, where = np.unique(edges["node"].to_numpy(int), return_inverse=True)
    supply, demand = of.supply[:, programs].mean(axis=0), of.demand[:, nodes].mean(axis=0)
    more = advice.sections * advice.evidence.cohort
    own = people == int(np.flatnonzero(programs == index)[0])
    supply[people[own][0]] += more
    flow = flow_once(supply, demand, zip(people, where, strict=True))[own]
    if flow.sum() <= 0:
        return advice
    codes = of.market.nodes["soc_code"].to_numpy()[nodes[where[own]]]
    shares = sorted(zip(codes, more * flow / flow.sum(), strict=True), key=lambda pair: (-pair[1], pair[0]))
    placed = tuple((str(code), float(count)) for code, count in shares if count >= 0.05)
    return replace(advice, growth=replace(advice.growth, placed=placed))


def _component(programs: np.ndarray, nodes: np.ndarray, start: int) -> np.ndarray:
    """Edges linked with a program, directly or through others."""
    reached = programs == start
    while True:
        wider = np.isin(nodes, nodes[reached])
        wider = np.isin(programs, programs[wider])
        if (wider == reached).all():
            return np.asarray(reached)
        reached = wider
