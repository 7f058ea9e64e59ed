"""Which openings an award level reaches: shares by three education taxonomies, overridden by licence and practice.

Method section 6. Two classes below the bachelor's degree are told apart: ``certificate`` (under two years, credit or
not) and ``associate``. A share says which part of an occupation's openings people with that award can take; shares are
never 0 or 1, because no taxonomy is that certain.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from gapengine.assumptions import Assumptions
from gapengine.demand.codes import Universe
from gapengine.snapshot import Snapshot

CLASSES = ("certificate", "associate")
TAXONOMIES = ("typical_entry", "attainment", "required_education")
_ATTAINED = ("less_than_high_school", "high_school", "some_college", "associate", "bachelor", "master", "doctoral")
_FLOOR = 0.005


def level_shares(snapshot: Snapshot, universe: Universe, assumptions: Assumptions) -> dict[str, np.ndarray]:
    """Shares of each occupation's openings by class, one array per taxonomy and their mean.

    Args:
        snapshot: needs occupations (entry education), attainment (EP table 5.3), required_education (O*NET).
        universe: order of the occupations.
        assumptions: level_share.typical_entry.*, level_share.attainment.*, level_share.required_education.*,
            licensure.<soc>.<class>, hands_on.<soc>.<class>.

    Returns:
        Taxonomy name -> (O, 2) shares in the order of CLASSES; ``combined`` is the mean of the taxonomies that know
        the occupation. A taxonomy that does not know an occupation holds NaN there in its own array.
    """
    out = {
        "typical_entry": _typical_entry(snapshot, universe, assumptions),
        "attainment": _attainment(snapshot, universe, assumptions),
        "required_education": _required(snapshot, universe, assumptions),
    }
    stacked = np.stack([out[name] for name in TAXONOMIES])
    known = ~np.isnan(stacked)
    combined = np.where(known, stacked, 0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    out["combined"] = combined
    for name, shares in out.items():
        filled = np.where(np.isnan(shares), combined, shares)
        filled = _override(filled, universe, assumptions)
        out[name] = np.clip(filled, _FLOOR, 1 - _FLOOR)
    return out


def entrant_kinds(universe: Universe, snapshot: Snapshot, assumptions: Assumptions) -> tuple[np.ndarray, np.ndarray]:
    """Stated share of addressable openings that fresh completers fill, and the kind of occupation behind it.

    Higher where a credential decides who may enter, lower where BLS names years of work experience in a related
    occupation: those openings go to people who are promoted or change jobs.

    Args:
        universe: order of the occupations.
        snapshot: needs occupations (work experience, EP table 1.2).
        assumptions: entrant_share.*, and the occupations of licensure and hands_on.

    Returns:
        (O,) shares and (O,) kinds: licensed, practice, experienced or open.
    """
    licensed = np.isin(universe.codes, sorted(licensed_occupations(assumptions)))
    practice = np.isin(universe.codes, sorted(key.rsplit(".", 1)[0] for key in assumptions.group("hands_on")))
    needed = snapshot["occupations"].set_index("soc_code")["work_experience"].reindex(list(universe.codes))
    experienced = needed.isin(["Less than 5 years", "5 years or more"]).to_numpy()
    kinds = np.select([licensed, practice, experienced], ["licensed", "practice", "experienced"], "open")
    names = ("licensed", "practice", "experienced", "open")
    values = {name: assumptions.value(f"entrant_share.{name}") for name in names}
    return np.array([values[str(kind)] for kind in kinds]), kinds


def licensed_occupations(assumptions: Assumptions) -> set[str]:
    """Occupations that nobody enters without the credential."""
    return {key.rsplit(".", 1)[0] for key in assumptions.group("licensure")}


def _typical_entry(snapshot: Snapshot, universe: Universe, assumptions: Assumptions) -> np.ndarray:
    entry = snapshot["occupations"].set_index("soc_code")["entry_education"].reindex(list(universe.codes))
    groups = assumptions.group("level_share.typical_entry")
    columns = [
        entry.map(lambda name, c=name_of: groups[f"{name}.{c}"].value if pd.notna(name) else np.nan)
        for name_of in CLASSES
    ]
    return np.column_stack([column.to_numpy(float) for column in columns])


def _attainment(snapshot: Snapshot, universe: Universe, assumptions: Assumptions) -> np.ndarray:
    table = snapshot["attainment"].drop_duplicates("soc_code").set_index("soc_code").reindex(list(universe.codes))
    attained = table[list(_ATTAINED)].to_numpy(float)
    return np.column_stack([attained @ _weights("attainment", _ATTAINED, name, assumptions) for name in CLASSES])


def _required(snapshot: Snapshot, universe: Universe, assumptions: Assumptions) -> np.ndarray:
    table = snapshot["required_education"]
    table = table.assign(code=universe.map(table["soc_code"])).dropna(subset=["code"])
    wide = table.pivot_table(index="code", columns="category", values="share", aggfunc="mean", fill_value=0.0)
    categories = [str(category) for category in range(1, 13)]
    wide = wide.reindex(columns=range(1, 13), fill_value=0.0)
    required = wide.div(wide.sum(axis=1), axis=0).reindex(list(universe.codes)).to_numpy(float)
    return np.column_stack(
        [required @ _weights("required_education", categories, name, assumptions) for name in CLASSES]
    )


def _weights(taxonomy: str, names: tuple[str, ...] | list[str], of_class: str, assumptions: Assumptions) -> np.ndarray:
    group = assumptions.group(f"level_share.{taxonomy}")
    return np.array([group[f"{name}.{of_class}"].value for name in names])


def _override(shares: np.ndarray, universe: Universe, assumptions: Assumptions) -> np.ndarray:
    """Apply the stated shares of licensed and hands-on occupations, which no taxonomy places well."""
    out = shares.copy()
    position = universe.position
    for key, assumption in {**assumptions.group("licensure"), **assumptions.group("hands_on")}.items():
        soc_code, of_class = key.rsplit(".", 1)
        if soc_code not in position:
            continue  # a snapshot of fewer occupations than the nation's
        out[position[soc_code], CLASSES.index(of_class)] = assumption.value
    return out
