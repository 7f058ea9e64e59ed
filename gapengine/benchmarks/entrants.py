"""The entrant share against the nation: what fresh completers can fill at most, and how many the matching then places.

Nationally everybody who completes a program is in the figures, so the openings that entrants fill cannot exceed the
completers who work in their field. That identity bounds the average entrant share; the matching shows what the map and
the level shares make of it.
"""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pandas as pd

from gapengine import assumptions, college, program_map, snapshot
from gapengine.assumptions import Assumptions
from gapengine.benchmarks.machine import machine, peak_mb
from gapengine.demand.codes import Universe, universe
from gapengine.demand.levels import CLASSES, entrant_shares, level_shares, licensed_occupations
from gapengine.program_map import ProgramMap
from gapengine.programs import class_of
from gapengine.rows import records
from gapengine.snapshot import Snapshot
from gapengine.supply import LEVEL_OF_IPEDS
from models.flows import graph, match

_FACTORS = (0.5, 0.75, 1.0, 1.5, 2.0, 3.0)
_TRANSFER = ("24.", "14.0102", "51.1105", "30.0101", "30.9999", "45.01", "42.01")  # judged by transfer everywhere


def measure() -> dict[str, Any]:
    """Compare completers in their field with the openings that entrants fill, for the United States.

    Returns:
        Per class: ``completers_in_field`` and ``reachable_openings`` (people and openings a year),
        ``identity`` (their ratio: the average entrant share cannot be higher), ``entrant_openings`` (at the
        assumptions); ``placed``: share of the completers placed by the matching, by factor on the entrant shares.
    """
    start = time.perf_counter()
    chosen = assumptions.for_college(college.embedded())
    loaded, codes = snapshot.load(), universe(snapshot.load())
    shares = level_shares(loaded, codes, chosen)["combined"]
    groups = _groups(loaded)
    feeds = program_map.build(loaded, codes, shares, college.load(None, chosen), groups, chosen)
    supply = _in_field(groups, feeds, chosen)
    nodes, edges = _layout(groups, feeds, supply)
    position = nodes["soc_code"].map(codes.position).to_numpy(int)
    column = nodes["award_class"].map({name: place for place, name in enumerate(CLASSES)}).to_numpy(int)
    openings = _openings(loaded, codes)[position]
    reachable = openings * shares[position, column]
    filled = reachable * entrant_shares(codes, loaded, chosen)[position]
    scaled = np.array(_FACTORS)[:, None] * filled
    matched = match(graph(len(groups), len(nodes), edges), np.tile(supply, (len(_FACTORS), 1)), scaled)
    of_class = groups["award_class"].to_numpy()
    classes = {}
    for place, name in enumerate(CLASSES):
        own = of_class == name
        classes[name] = {
            "completers_in_field": round(float(supply[own].sum())),
            "reachable_openings": round(float(reachable[column == place].sum())),
            "identity": round(float(supply[own].sum() / reachable[column == place].sum()), 3),
            "entrant_openings": round(float(filled[column == place].sum())),
            "placed": {
                str(factor): round(float(matched.fair[row, own].sum() / supply[own].sum()), 3)
                for row, factor in enumerate(_FACTORS)
            },
        }
    return {
        "name": "entrants",
        "machine": machine(),
        "what": "completers below the bachelor's degree against openings of the United States, transfer programs apart",
        "classes": classes,
        "seconds": round(time.perf_counter() - start, 2),
        "peak_mb": peak_mb(),
    }


def _groups(loaded: Snapshot) -> pd.DataFrame:
    """Completions a year by CIP and award class, transfer programs left out."""
    table = loaded["national_completions"]
    table = table.assign(award_level=table["award_level_code"].map(LEVEL_OF_IPEDS)).dropna(subset=["award_level"])
    table = table[~table["cip_code"].str.startswith(_TRANSFER)]
    table["award_class"] = table["award_level"].map(class_of)
    grouped = table.groupby(["cip_code", "award_class"], as_index=False).agg(awards=("awards", "sum"))
    return grouped.assign(awards=grouped["awards"] / table["year"].nunique())


def _in_field(groups: pd.DataFrame, feeds: ProgramMap, chosen: Assumptions) -> np.ndarray:
    licensed = feeds.licensed(licensed_occupations(chosen))
    pairs = list(zip(groups["cip_code"], groups["award_class"], strict=True))
    share = [chosen.value(f"works_in_field.{'licensed' if pair in licensed else pair[1]}") for pair in pairs]
    linked = set(zip(feeds.edges["cip_code"], feeds.edges["award_class"], strict=True))
    return np.asarray(groups["awards"].to_numpy(float) * share * [pair in linked for pair in pairs])


def _layout(groups: pd.DataFrame, feeds: ProgramMap, supply: np.ndarray) -> tuple[pd.DataFrame, list[tuple[int, int]]]:
    pairs = zip(groups["cip_code"], groups["award_class"], strict=True)
    program = {pair: index for index, pair in enumerate(pairs) if supply[index] > 0}
    used = feeds.edges[
        [pair in program for pair in zip(feeds.edges["cip_code"], feeds.edges["award_class"], strict=True)]
    ]
    nodes = used[["soc_code", "award_class"]].drop_duplicates().reset_index(drop=True)
    place = {pair: index for index, pair in enumerate(nodes.itertuples(index=False, name=None))}
    edges = [
        (program[row["cip_code"], row["award_class"]], place[row["soc_code"], row["award_class"]])
        for row in records(used)
    ]
    return nodes, edges


def _openings(loaded: Snapshot, codes: Universe) -> np.ndarray:
    return loaded["occupations"].set_index("soc_code")["openings"].reindex(list(codes.codes)).to_numpy(float)
