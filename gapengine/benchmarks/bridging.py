"""Occupations of two classifications side by side: whole groups that the concordance ties together, added up.

The official SOC 2010 to 2018 concordance is many-to-many and has no weights. So no code is split: codes that it ties to
each other, directly or through others, form one group, and a group is compared as a whole. BLS does the same when it
evaluates projections across a revision ("occupational groups").
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components


@dataclass(frozen=True)
class Bridged:
    """Groups of occupations that both classifications can be added up to.

    Attributes:
        groups: one row per group, indexed by its smallest old code: columns of old (as `old_...`) and new (`new_...`),
            sums of their codes; old_codes and new_codes, joined by semicolons.
        share_old, share_new: share of the first column of each side (jobs) that the groups hold.
        left_out: codes that are in no whole group: one of the group's codes is unknown on its side.
    """

    groups: pd.DataFrame
    share_old: float
    share_new: float
    left_out: tuple[str, ...]


def bridge(old: pd.DataFrame, new: pd.DataFrame, pairs: pd.DataFrame) -> Bridged:
    """Add two tables of occupations up to the groups that tie them together.

    Args:
        old: indexed by SOC 2010 code (or a matrix code that stands for the broad occupation, as 25-9040), numbers that
            may be added; null where unknown. The first column is jobs.
        new: the same by SOC 2018 code.
        pairs: concordance, columns soc_2010_code and soc_2018_code.
    """
    left = [_holder(code, old.index) for code in pairs["soc_2010_code"]]
    right = [_holder(code, new.index) for code in pairs["soc_2018_code"]]
    nodes = {name: at for at, name in enumerate(dict.fromkeys([*map(_old, left), *map(_new, right)]))}
    tied = [(nodes[_old(a)], nodes[_new(b)]) for a, b in zip(left, right, strict=True)]
    row, column = np.array(tied).T
    graph = coo_matrix((np.ones(len(tied)), (row, column)), shape=(len(nodes), len(nodes)))
    member = pd.Series(connected_components(graph, directed=False)[1], index=list(nodes))
    sides = {"old": old, "new": new}
    parts, known = {}, pd.Series(True, index=sorted(set(member)))
    for side, table in sides.items():
        names = [name for name in nodes if name.startswith(f"{side} ")]
        rows = table.reindex([name.split(" ", 1)[1] for name in names])
        group = member[names].to_numpy()
        whole = rows.notna().all(axis=1).groupby(group).all()
        known &= whole.reindex(known.index, fill_value=False)
        sums = rows.groupby(group).sum().add_prefix(f"{side}_")
        codes = pd.Series(rows.index, dtype="str").groupby(group).agg(lambda found: ";".join(sorted(set(found))))
        parts[side] = sums.assign(**{f"{side}_codes": codes})
    groups = parts["old"].join(parts["new"], how="inner")
    groups = groups[known.reindex(groups.index)]
    groups = groups.set_index(groups["old_codes"].str.split(";").str[0].rename("group")).sort_index()
    used = set(";".join([*groups["old_codes"], *groups["new_codes"]]).split(";"))
    shares = [
        float(groups[f"{side}_{table.columns[0]}"].sum() / table.iloc[:, 0].sum()) for side, table in sides.items()
    ]
    return Bridged(groups, shares[0], shares[1], tuple(sorted((set(old.index) | set(new.index)) - used)))


def same(old: pd.DataFrame, new: pd.DataFrame) -> Bridged:
    """Two editions of one classification: every code that both have stands for itself."""
    codes = sorted(set(old.index) & set(new.index))
    return bridge(old, new, pd.DataFrame({"soc_2010_code": codes, "soc_2018_code": codes}))


def _holder(code: str, index: pd.Index) -> str:
    """The code itself where the table has it, else the broad occupation that a matrix prints in its place."""
    broad = f"{code[:-1]}0"
    return broad if code not in index and broad in index else code


def _old(code: str) -> str:
    return f"old {code}"


def _new(code: str) -> str:
    return f"new {code}"
