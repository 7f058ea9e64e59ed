"""Other worlds in which the same choice would have to stand: taxonomies, entrant shares, retention, no arrivals."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from gapengine.demand.levels import TAXONOMIES
from gapengine.demand.openings import Openings
from gapengine.matching import Balance, node_demand
from gapengine.portfolio.problem import Situation
from gapengine.supply import Supply

_TITLES = {
    "typical_entry": "education by typical entry alone",
    "attainment": "education by attainment alone",
    "required_education": "education by required education alone",
}


def worlds(
    base: Situation, openings: Mapping[str, Openings], shares: Mapping[str, np.ndarray], entrants: np.ndarray
) -> dict[str, Situation]:
    """What would be known if one thing were otherwise, by name.

    Args:
        base: the world of the run.
        openings: by market.
        shares: level shares by taxonomy.
        entrants: (O,) share of addressable openings that fresh completers fill.
    """
    settings = base.assumptions
    entrant, stays = settings["entrant_share.open"], settings["stays.shed.certificate"]

    def demanded(total: Callable[[Openings], np.ndarray], levels: np.ndarray, filled: np.ndarray) -> Situation:
        made = {
            name: replace(of, demand=node_demand(of.market, total(openings[name]), levels, filled))
            for name, of in base.balances.items()
        }
        return replace(base, balances=made)

    def all_openings(of: Openings) -> np.ndarray:
        return of.total

    found = {
        _TITLES.get(name, name): demanded(all_openings, shares[name], entrants)
        for name in TAXONOMIES
        if name != "combined"
    }
    for word, value in (("fewer", entrant.low), ("more", entrant.high)):
        title = f"{word} openings go to new graduates ({value:.0%} of open occupations)"
        found[title] = demanded(all_openings, shares["combined"], entrants * value / entrant.value)
    found["no announced project comes"] = demanded(
        lambda of: np.maximum(of.total - of.announced, 0.0), shares["combined"], entrants
    )
    for word, value in (("fewer", stays.low), ("more", stays.high)):
        found[f"{word} graduates stay ({value:.0%} of certificates)"] = _stay(base, value / stays.value)
    return found


def _stay(base: Situation, factor: float) -> Situation:
    def supplied(of: Supply) -> Supply:
        return replace(of, own=of.own * factor, others=of.others * factor, kept_draws=of.kept_draws * factor)

    def balanced(of: Balance) -> Balance:
        return replace(of, supply=of.supply * factor)

    return replace(
        base,
        balances={name: balanced(of) for name, of in base.balances.items()},
        supplies={name: supplied(of) for name, of in base.supplies.items()},
    )
