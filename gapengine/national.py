"""The nation as a yardstick: how full each occupation's openings are with completers, and which fields do not fit.

Method section 6: the entrant share is calibrated where everybody who completes is in the figures. Completers in their
field are spread over the occupations that their field feeds; what they fill of an occupation's reachable openings is
its entrant share, drawn towards the stated one where few openings speak, never below the range that is defended: that
few train for an occupation does not mean that a graduate could not enter it. So a local shortage or surplus is one
against the nation's ratio of completers to openings. Where a licence or local practice decides (and non-credit
programs, which nobody counts, train most), and where experience is asked for, the stated share stays.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from gapengine import program_map
from gapengine.assumptions import Assumptions
from gapengine.college import College
from gapengine.demand.codes import Universe
from gapengine.demand.levels import CLASSES, entrant_kinds, licensed_occupations
from gapengine.program_map import ProgramMap
from gapengine.programs import class_of
from gapengine.snapshot import Snapshot
from gapengine.supply.awards import LEVEL_OF_IPEDS

ROUNDS = 40


@dataclass(frozen=True)
class Field:
    """Completers of the nation and the openings that they reach.

    Attributes:
        groups: cip_code, award_class and awards a year.
        people: (P,) completers a year who work in their field.
        program: (E,) group of each edge.
        node: (E,) node of each edge, numbered as position * len(CLASSES) + class.
        reachable: (O * C,) openings a year that the class of education reaches.
    """

    groups: pd.DataFrame
    people: np.ndarray
    program: np.ndarray
    node: np.ndarray
    reachable: np.ndarray


@dataclass(frozen=True)
class Nation:
    """What the nation says.

    Attributes:
        entrants: (O, C) share of reachable openings that fresh completers fill.
        filled: (O, C) completers per reachable opening; above 1 more people than openings.
        fits: (cip_code, award_class) -> most of its completers in field for whom there are openings in the nation, as
            a share; below 1 the map, the level shares or the field share cannot be right for it.
    """

    entrants: np.ndarray
    filled: np.ndarray
    fits: dict[tuple[str, str], float]


def completions(snapshot: Snapshot, years: int | None = None) -> pd.DataFrame:
    """Awards a year by CIP and award class, all institutions of the nation.

    Args:
        snapshot: needs national_completions.
        years: only the first so many years of the table; all by default.
    """
    table = snapshot["national_completions"]
    chosen = sorted(table["year"].unique())[:years]
    table = table[table["year"].isin(chosen)]
    table = table.assign(award_level=table["award_level_code"].map(LEVEL_OF_IPEDS)).dropna(subset=["award_level"])
    table["award_class"] = table["award_level"].map(class_of)
    grouped = table.groupby(["cip_code", "award_class"], as_index=False).agg(awards=("awards", "sum"))
    return grouped.assign(awards=grouped["awards"] / len(chosen))


def calibrate(
    snapshot: Snapshot,
    universe: Universe,
    shares: np.ndarray,
    college: College,
    assumptions: Assumptions,
    awards: pd.DataFrame | None = None,
) -> Nation:
    """Calibrate the entrant shares on the nation.

    Args:
        snapshot: needs national_completions, occupations and what the map needs.
        universe: order of the occupations.
        shares: (O, C) combined level shares.
        college: its corrections of the map hold for the same CIP and class everywhere.
        assumptions: entrant_share.*, works_in_field.*, map.*.
        awards: from :func:`completions`; all years by default.
    """
    groups = completions(snapshot) if awards is None else awards
    own = {(program.cip_code, program.award_class) for program in college.programs if program.is_transfer}
    pairs = list(zip(groups["cip_code"], groups["award_class"], strict=True))
    groups = groups[[pair not in own for pair in pairs]].reset_index(drop=True)
    feeds = program_map.build(snapshot, universe, shares, college, groups, assumptions)
    field = layout(snapshot, universe, shares, groups, feeds, assumptions)
    flow = spread(field)
    filled = np.bincount(field.node, flow, len(field.reachable)) / np.maximum(field.reachable, 1e-9)
    stated, kinds = entrant_kinds(universe, snapshot, assumptions)
    weight = assumptions.value("entrant_share.prior_openings")
    reachable, filled = field.reachable.reshape(-1, len(CLASSES)), filled.reshape(-1, len(CLASSES))
    drawn = (filled * reachable + weight * stated[:, None]) / (reachable + weight)
    least = assumptions["entrant_share.open"].low
    entrants = np.where((kinds == "open")[:, None], np.clip(drawn, least, 1.0), stated[:, None])
    most = np.where(kinds == "experienced", assumptions["entrant_share.experienced"].high, 1.0)
    return Nation(entrants, filled, _fits(field, flow, filled.ravel(), np.repeat(most, len(CLASSES))))


def layout(
    snapshot: Snapshot,
    universe: Universe,
    shares: np.ndarray,
    groups: pd.DataFrame,
    feeds: ProgramMap,
    assumptions: Assumptions,
) -> Field:
    """Completers in their field and the edges of the map, for the nation."""
    licensed = feeds.licensed(licensed_occupations(assumptions))
    pairs = list(zip(groups["cip_code"], groups["award_class"], strict=True))
    works = [assumptions.value(f"works_in_field.{'licensed' if pair in licensed else pair[1]}") for pair in pairs]
    place = {pair: index for index, pair in enumerate(pairs)}
    edges = feeds.edges
    edges = edges[[pair in place for pair in zip(edges["cip_code"], edges["award_class"], strict=True)]]
    program = np.array([place[pair] for pair in zip(edges["cip_code"], edges["award_class"], strict=True)], dtype=int)
    position = edges["soc_code"].map(universe.position).to_numpy(int)
    of_class = edges["award_class"].map({name: index for index, name in enumerate(CLASSES)}).to_numpy(int)
    linked = np.isin(np.arange(len(groups)), program)
    people = groups["awards"].to_numpy(float) * np.array(works, dtype=float) * linked
    openings = snapshot["occupations"].set_index("soc_code")["openings"].reindex(list(universe.codes)).to_numpy(float)
    reachable = np.nan_to_num(openings)[:, None] * shares
    return Field(groups, people, program, position * len(CLASSES) + of_class, reachable.ravel())


def spread(field: Field) -> np.ndarray:
    """(E,) completers over each edge: in proportion to openings, then away from crowded occupations to free ones.

    Each round lowers the pull of an occupation that holds more people than openings by the root of its excess.
    """
    pull = field.reachable.copy()
    flow = np.zeros(len(field.node))
    for _ in range(ROUNDS):
        offered = np.bincount(field.program, pull[field.node], len(field.people))
        flow = field.people[field.program] * pull[field.node] / np.maximum(offered[field.program], np.finfo(float).tiny)
        held = np.bincount(field.node, flow, len(pull)) / np.maximum(field.reachable, 1e-9)
        pull = pull / np.sqrt(np.maximum(held, 1.0))
    return flow


def _fits(field: Field, flow: np.ndarray, filled: np.ndarray, most: np.ndarray) -> dict[tuple[str, str], float]:
    part = np.minimum(1.0, most / np.maximum(filled, 1e-9))
    held = np.bincount(field.program, flow * part[field.node], len(field.people))
    share = np.divide(held, field.people, out=np.ones_like(held), where=field.people > 0)
    pairs = zip(field.groups["cip_code"], field.groups["award_class"], strict=True)
    return {(str(cip), str(of_class)): float(value) for (cip, of_class), value in zip(pairs, share, strict=True)}
