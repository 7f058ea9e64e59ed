"""Who can fill which openings: the balance of one market under one education taxonomy, exact in every draw.

Method section 8. Programs of the college and groups of other institutions' programs (equal CIP and award class) feed
nodes of the market's demand, one per occupation and class of education. Every opening and every graduate counts once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from gapengine.college import College
from gapengine.demand.codes import Universe
from gapengine.demand.levels import CLASSES
from gapengine.demand.openings import Openings
from gapengine.program_map import ProgramMap
from gapengine.supply import Supply
from models.flows import Graph, Matching, graph, match


@dataclass(frozen=True)
class Market:
    """The structure of one market's matching: who competes for what.

    Attributes:
        name: shed, region or state.
        graph: the bipartite graph; programs of the college first, then groups of other institutions.
        nodes: (N) soc_code, award_class and position (of the occupation) of each demand node.
        edges: program (position), node (position); the same order as in the graph.
        n_own: number of the college's programs.
    """

    name: str
    graph: Graph
    nodes: pd.DataFrame
    edges: pd.DataFrame
    n_own: int

    def nodes_of(self, program: int) -> np.ndarray:
        """Positions of the demand nodes that a program feeds."""
        return self.edges.loc[self.edges["program"] == program, "node"].to_numpy()


@dataclass(frozen=True)
class Balance:
    """One market matched: people a year, (K, P) for the college's programs.

    Attributes:
        market: the structure.
        supply: (K, P + Q) people who look for work in their field.
        demand: (K, N) addressable openings that entrants fill, by node.
        matching: flows' result for all programs, the college's first.
    """

    market: Market
    supply: np.ndarray
    demand: np.ndarray
    matching: Matching

    @property
    def gap(self) -> np.ndarray:
        """Further completers who would still be placed."""
        return self.matching.gap[:, : self.market.n_own]

    @property
    def placed(self) -> np.ndarray:
        """(D, P) completers placed in the max-min fair matching of the first D draws."""
        return self.matching.fair[:, : self.market.n_own]

    @property
    def unplaced(self) -> np.ndarray:
        """Completers who stay in the field and the market but find no opening, in the fair matching."""
        return np.asarray(np.maximum(self.own - self.placed, 0.0))

    @property
    def own(self) -> np.ndarray:
        """(D, P) the college's completers who look for work, in the draws that were shared fairly."""
        return self.supply[: len(self.matching.fair), : self.market.n_own]


def market(
    name: str,
    college: College,
    supply: Supply,
    feeds: ProgramMap,
    universe: Universe,
    judged: Collection[int] | None = None,
) -> Market:
    """Lay out the graph of a market once; it is the same in every draw and under every taxonomy.

    Components without a program that is judged in this market are left out: nothing in them can move its balance.

    Args:
        name: shed, region or state.
        college: its programs.
        supply: completers of the market.
        feeds: the program map.
        universe: order of the occupations.
        judged: positions of the programs that are judged in this market; all of the college's by default.
    """
    own = [(program.cip_code, program.award_class) for program in college.programs]
    groups = list(zip(supply.groups["cip_code"], supply.groups["award_class"], strict=True))
    targets: dict[tuple[str, str], list[str]] = {
        (str(cip), str(of_class)): part["soc_code"].tolist()
        for (cip, of_class), part in feeds.edges.groupby(["cip_code", "award_class"])
    }
    wanted = sorted({(soc, pair[1]) for pair in [*own, *groups] for soc in targets.get(pair, [])})
    node_of = {node: index for index, node in enumerate(wanted)}
    edges = [
        (index, node_of[soc, pair[1]])
        for index, pair in enumerate([*own, *groups])
        for soc in targets.get(pair, [])
        if not (index < len(own) and college.programs[index].is_transfer)
    ]
    nodes = pd.DataFrame(wanted, columns=["soc_code", "award_class"])
    nodes["position"] = nodes["soc_code"].map(universe.position)
    everyone = graph(len(own) + len(groups), len(wanted), edges)
    wanted_here = range(len(own)) if judged is None else sorted(judged)
    near = set(everyone.component_of_program[list(wanted_here)].tolist())
    edges = [edge for edge in edges if everyone.component_of_program[edge[0]] in near]
    layout = pd.DataFrame(edges, columns=["program", "node"], dtype=int)
    return Market(name, graph(len(own) + len(groups), len(wanted), edges), nodes, layout, len(own))


def node_demand(of: Market, openings: np.ndarray, shares: np.ndarray, entrants: np.ndarray) -> np.ndarray:
    """(K, N) openings that entrants with the node's class of education fill.

    Args:
        of: the market.
        openings: (K, O) openings a year.
        shares: (O, 2) level shares in the order of CLASSES.
        entrants: (O,) or (O, 2) share of addressable openings that fresh completers fill.
    """
    position = of.nodes["position"].to_numpy(int)
    of_class = of.nodes["award_class"].map({name: index for index, name in enumerate(CLASSES)}).to_numpy(int)
    filled = entrants[position, of_class] if entrants.ndim == 2 else entrants[position]
    return np.asarray(openings[:, position] * shares[position, of_class] * filled)


def left(openings: Openings, supply: Supply) -> np.ndarray:
    """(K, O) openings a year that displaced workers leave to everybody else."""
    return np.asarray(np.maximum(openings.total - supply.displaced, 0.0))


def balance(
    of: Market,
    supply: Supply,
    openings: Openings,
    shares: np.ndarray,
    entrants: np.ndarray,
    fair_draws: int | None = None,
) -> Balance:
    """Match one market under one taxonomy.

    Args:
        of: the market.
        supply: its completers.
        openings: its openings.
        shares: (O, 2) level shares of the taxonomy.
        entrants: (O, 2) share of addressable openings that fresh completers fill.
        fair_draws: share fairly in the first so many draws; all by default.
    """
    people = np.concatenate([supply.own, supply.others], axis=1)
    demand = node_demand(of, left(openings, supply), shares, entrants)
    return Balance(of, people, demand, match(of.graph, people, demand, fair_draws))


def recurring_gap(
    of: Balance, supply: Supply, openings: Openings, shares: np.ndarray, entrants: np.ndarray
) -> np.ndarray:
    """(K, P) further completers who would still be placed if growth and announced jobs opened nothing.

    Shrinking occupations keep their loss: only what grows is left out.
    """
    lasting = np.maximum(np.minimum(openings.recurring, openings.total) - supply.displaced, 0.0)
    demand = node_demand(of.market, lasting, shares, entrants)
    return match(of.market.graph, of.supply, demand, 0).gap[:, : of.market.n_own]


@dataclass(frozen=True)
class Glance:
    """A look at one market under other assumptions, in a part of the draws: (D, P) for the college's programs.

    Attributes:
        gap: further completers who would still be placed.
        own: completers who look for work.
        placed: of these, placed in the max-min fair matching.
    """

    gap: np.ndarray
    own: np.ndarray
    placed: np.ndarray


def glances(
    of: Market,
    supply: Supply,
    openings: Openings,
    views: Mapping[str | float, tuple[np.ndarray, np.ndarray]],
    draws: int,
) -> dict[str | float, Glance]:
    """Match one market under several pairs of level shares and entrant shares, in the first draws, all in one go."""
    people = np.concatenate([supply.own, supply.others], axis=1)[:draws]
    total = left(openings, supply)[:draws]
    draws = len(people)
    demand = np.concatenate([node_demand(of, total, shares, entrants) for shares, entrants in views.values()])
    matched = match(of.graph, np.tile(people, (len(views), 1)), demand)
    own = people[:, : of.n_own]
    return {
        key: Glance(
            matched.gap[place * draws : (place + 1) * draws, : of.n_own],
            own,
            matched.fair[place * draws : (place + 1) * draws, : of.n_own],
        )
        for place, key in enumerate(views)
    }
