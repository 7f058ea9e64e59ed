"""The entrant share against the nation: what fresh completers can fill at most, and how many the matching then places.

Nationally everybody who completes a program is in the figures, so the openings that entrants fill cannot exceed the
completers who work in their field. That identity bounds the average entrant share; the matching shows what the map and
the level shares make of it. The calibration sees all years but the newest and is judged on that one, and on a state of
its own.
"""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pandas as pd

from gapengine import assumptions, college, program_map, snapshot
from gapengine.assumptions import Assumptions
from gapengine.benchmarks.machine import machine, peak_mb
from gapengine.college import College
from gapengine.demand.codes import Universe, universe
from gapengine.demand.levels import CLASSES, entrant_kinds, level_shares
from gapengine.demand.occupations import published
from gapengine.national import Field, Nation, calibrate, completions, layout
from gapengine.programs import class_of
from gapengine.snapshot import Snapshot
from gapengine.supply.awards import LEVEL_OF_IPEDS
from models.flows import graph, match

_FACTORS = (0.5, 0.75, 1.0, 1.5, 2.0, 3.0)
_TRANSFER = ("24.", "14.0102", "51.1105", "30.0101", "30.9999", "45.01", "42.01")  # judged by transfer everywhere


def measure() -> dict[str, Any]:
    """Compare completers in their field with the openings that entrants fill, in the nation and in one state.

    Returns:
        Per class: ``completers_in_field`` and ``reachable_openings`` (people and openings a year), ``identity`` (their
        ratio: the average entrant share cannot be higher); under ``stated`` and ``calibrated`` the ``entrant_openings``
        and the share of completers ``placed`` by the matching, by factor on the shares; ``state`` the same for the
        college's state, which the calibration has not seen apart.
    """
    start = time.perf_counter()
    chosen = assumptions.for_college(college.embedded())
    loaded, own = snapshot.load(), college.load(None, chosen)
    codes = universe(loaded)
    shares = level_shares(loaded, codes, chosen)["combined"]
    years = int(loaded["national_completions"]["year"].nunique())
    nation = calibrate(loaded, codes, shares, own, chosen, _careers(completions(loaded, years - 1)))
    stated, kinds = entrant_kinds(codes, loaded, chosen)
    both = {"stated": np.repeat(stated[:, None], len(CLASSES), axis=1), "calibrated": nation.entrants}
    newest = _careers(_newest(loaded["national_completions"]))
    whole = _field(loaded, codes, shares, newest, own, chosen)
    state = _in_state(_field(loaded, codes, shares, _state(loaded), own, chosen), loaded, codes, shares, own)
    return {
        "name": "entrants",
        "machine": machine(),
        "what": "completers below the bachelor's degree against openings, transfer programs apart; calibrated on the "
        "years before the newest, placed in the newest",
        "classes": _classes(whole, both),
        "state": _classes(state, both),
        "calibrated_occupations": int((kinds == "open").sum()),
        "fields_that_do_not_fit": _misfits(nation, newest),
        "seconds": round(time.perf_counter() - start, 2),
        "peak_mb": peak_mb(),
    }


def _classes(field: Field, both: dict[str, np.ndarray]) -> dict[str, Any]:
    of_class = field.groups["award_class"].to_numpy()
    column = np.arange(len(field.reachable)) % len(CLASSES)
    fed = np.isin(np.arange(len(field.reachable)), field.node)
    out: dict[str, Any] = {}
    for place, name in enumerate(CLASSES):
        own, nodes = of_class == name, (column == place) & fed
        out[name] = {
            "completers_in_field": round(float(field.people[own].sum())),
            "reachable_openings": round(float(field.reachable[nodes].sum())),
            "identity": round(float(field.people[own].sum() / field.reachable[nodes].sum()), 3),
        }
    for title, entrants in both.items():
        placed = _placed(field, entrants)
        for place, name in enumerate(CLASSES):
            own, nodes = of_class == name, column == place
            filled = (field.reachable * entrants.ravel())[nodes & fed]
            out[name][title] = {
                "entrant_openings": round(float(filled.sum())),
                "placed": {
                    str(factor): round(float(placed[row, own].sum() / field.people[own].sum()), 3)
                    for row, factor in enumerate(_FACTORS)
                },
            }
    return out


def _placed(field: Field, entrants: np.ndarray) -> np.ndarray:
    """(F, P) completers placed by the fair matching, by factor on the entrant shares."""
    nodes, where = np.unique(field.node, return_inverse=True)
    filled = (field.reachable * entrants.ravel())[nodes]
    scaled = np.array(_FACTORS)[:, None] * np.minimum(filled, field.reachable[nodes])
    people = np.tile(field.people, (len(_FACTORS), 1))
    edges = zip(field.program, where, strict=True)
    return match(graph(len(field.people), len(nodes), edges), people, scaled).fair


def _field(
    loaded: Snapshot, codes: Universe, shares: np.ndarray, groups: pd.DataFrame, own: College, chosen: Assumptions
) -> Field:
    feeds = program_map.build(loaded, codes, shares, own, groups, chosen)
    return layout(loaded, codes, shares, groups, feeds, chosen)


def _careers(groups: pd.DataFrame) -> pd.DataFrame:
    return groups[~groups["cip_code"].str.startswith(_TRANSFER)].reset_index(drop=True)


def _newest(table: pd.DataFrame) -> pd.DataFrame:
    table = table[table["year"] == table["year"].max()]
    table = table.assign(award_level=table["award_level_code"].map(LEVEL_OF_IPEDS)).dropna(subset=["award_level"])
    table["award_class"] = table["award_level"].map(class_of)
    return table.groupby(["cip_code", "award_class"], as_index=False).agg(awards=("awards", "sum"))


def _state(loaded: Snapshot) -> pd.DataFrame:
    return _careers(_newest(loaded["state_completions"]))


def _in_state(field: Field, loaded: Snapshot, codes: Universe, shares: np.ndarray, own: College) -> Field:
    """The same field with the state's openings: its jobs times the nation's openings a job."""
    table = loaded["occupations"].set_index("soc_code").reindex(list(codes.codes))
    each = (table["openings"] / table["employment_base"]).to_numpy(float)
    jobs = published(loaded, codes, own.state_fips)
    share = np.nansum(jobs) / float(table["employment_base"].to_numpy(float)[~np.isnan(jobs)].sum())
    jobs = np.where(np.isnan(jobs), table["employment_base"].to_numpy(float) * share, jobs)
    reachable = np.nan_to_num(jobs * each)[:, None] * shares
    return Field(field.groups, field.people, field.program, field.node, reachable.ravel())


def _misfits(nation: Nation, groups: pd.DataFrame) -> dict[str, float]:
    """Share of the nation's awards in fields for more than a fifth of whose completers there is no opening at all."""
    pairs = zip(groups["cip_code"], groups["award_class"], strict=True)
    groups = groups.assign(fits=[nation.fits.get(pair, 1.0) for pair in pairs])
    return {
        str(name): round(float(part.loc[part["fits"] < 0.8, "awards"].sum() / part["awards"].sum()), 3)
        for name, part in groups.groupby("award_class")
    }
