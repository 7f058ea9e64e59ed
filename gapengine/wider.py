"""Would a program with a surplus be in balance in a wider market? Looked at before anybody speaks of closing it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from gapengine.assumptions import Assumptions
from gapengine.college import MARKETS, College
from gapengine.decisions.rule import Rule
from gapengine.demand.codes import Universe
from gapengine.demand.openings import Openings
from gapengine.evidence import Evidence, surplus
from gapengine.matching import balance, market
from gapengine.program_map import ProgramMap
from gapengine.supply import Supply

DRAWS = 200


def look_wider(
    found: Sequence[Evidence],
    college: College,
    assumptions: Assumptions,
    openings: dict[str, Openings],
    supplies: dict[str, Supply],
    feeds: ProgramMap,
    universe: Universe,
    shares: np.ndarray,
    entrants: np.ndarray,
) -> list[Evidence]:
    """Add to every program with a surplus its P(surplus) in each wider market that the run computes.

    Args:
        found: evidence of all programs, in the college's order.
        college: its programs.
        assumptions: threshold.p_shortage_expand, threshold.p_surplus_review.
        openings: by market.
        supplies: by market.
        feeds: the program map.
        universe: order of the occupations.
        shares: (O, 2) combined level shares.
        entrants: (O, 2) share of addressable openings that fresh completers fill.
    """
    rule = Rule.of(assumptions)
    over = [place for place, item in enumerate(found) if rule.wanted(item.p_shortage, item.p_surplus) == "review"]
    out = list(found)
    for name in MARKETS[1:]:
        near = [place for place in over if MARKETS.index(found[place].market) < MARKETS.index(name)]
        if name not in openings or not near:
            continue
        layout = market(name, college, supplies[name], feeds, universe, near)
        seen = balance(layout, supplies[name], openings[name], shares, entrants, DRAWS)
        for place in near:
            chance = surplus(seen.own[:, place], seen.placed[:, place], found[place].tolerated)
            out[place] = replace(out[place], wider={**out[place].wider, name: chance})
    return out
