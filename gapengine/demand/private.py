"""Last known jobs of every private county-industry, from the newest series that tells enough of them.

Method section 1. Where a Quarterly Census is newer than County Business Patterns and discloses enough, it is the level
and the two are not mixed; elsewhere both meet at their geometric mean, because they classify employers differently.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from gapengine.snapshot import Snapshot

PRIVATE = "5"
MARCH = 2.4 / 12
"""Both series count the pay period with 12 March."""
_NOT_IN_OEWS = ("111", "112", "814")  # farms and private households: the occupational survey leaves them out
_ENOUGH = 0.4
"""Share of a county's four-digit cells that must be disclosed; the sparsest county of 2016 had 0.45."""
_CELL = ["county_fips", "naics_code"]
_CBP_BREAK = 2017
"""Figures of this year hold another kind of noise than later ones."""


@dataclass(frozen=True)
class Levels:
    """Jobs of private county-industries at their last history.

    Attributes:
        cells: indexed by (county_fips, naics_code): jobs, bridge_gap (log CBP over QCEW, null if only one is known),
            imputed, level_at (date of the level in years), settles (whether the last step of CBP is in the level).
        bridge_sd: pooled standard deviation of half the log gap between the two classifications.
        origin: where the levels come from, in words.
    """

    cells: pd.DataFrame
    bridge_sd: float
    origin: str


def private_levels(snapshot: Snapshot, counties: list[str]) -> Levels:
    """Level of each private county-industry of some counties."""
    history = snapshot["industry_employment"]
    history = history[(history["own_code"] == PRIVATE) & history["county_fips"].isin(counties)]
    history = history[~history["naics_code"].str[:3].isin(_NOT_IN_OEWS)]
    wide = history.pivot_table(index=_CELL, columns=["source", "year"], values="employment", aggfunc="sum", min_count=1)
    cbp, qcew = (wide[[source]].droplevel("source", axis=1) for source in ("CBP", "QCEW"))
    bridged = _bridged(cbp, qcew)
    newer = history[(history["source"] == "QCEW") & (history["year"] > cbp.columns.max())]
    newest = _told(newer)
    return bridged if newest.empty else _newest(newest, bridged, cbp)


def _bridged(cbp: pd.DataFrame, qcew: pd.DataFrame) -> Levels:
    """CBP of its last year and the newest QCEW that is not younger, moved to that year, at their geometric mean."""
    years = [int(year) for year in cbp.columns]
    last = max(years)
    level = cbp[last]
    filled = cbp[[year for year in years if year >= last - 2]].ffill(axis=1)[last]
    imputed = level.isna() & filled.notna()
    level = level.fillna(filled)
    # QCEW's level, moved to the last CBP year by the county's own CBP growth of all industries from the first full year
    old = max(int(year) for year in qcew.columns if int(year) <= last)
    first = min(year for year in years if year >= max(old, _CBP_BREAK + 1))
    county_growth = cbp[last].groupby("county_fips").sum() / cbp[first].groupby("county_fips").sum()
    moved = qcew[old] * level.index.get_level_values("county_fips").map(county_growth.to_dict()).to_numpy()
    gap = np.log(level.where(level > 0) / moved.where(moved > 0))
    big = np.fmin(level, moved) >= 50
    bridge_sd = _spread(gap[big])
    centred = gap - gap[big].median()
    jobs = (level * np.exp(-centred.fillna(0) / 2)).fillna(moved)
    only_qcew = level.isna() & moved.notna()
    cells = pd.DataFrame({"jobs": jobs, "bridge_gap": gap, "imputed": imputed | only_qcew})
    origin = (
        f"County Business Patterns of March {last} and the Quarterly Census of {old}, which classify employers "
        f"differently: their geometric mean is used (spread {bridge_sd:.2f} log points)"
    )
    return Levels(cells[cells["jobs"] > 0].assign(level_at=last + MARCH, settles=True), bridge_sd, origin)


def _told(newer: pd.DataFrame) -> pd.DataFrame:
    """Rows of each county's newest QCEW with enough disclosed cells."""
    there = newer[newer["status"] != "absent"]
    share = (there["status"] == "published").groupby([there["county_fips"], there["year"]]).mean()
    year = share[share >= _ENOUGH].reset_index().groupby("county_fips")["year"].max()
    return newer[newer["year"] == newer["county_fips"].map(year)].set_index(_CELL)


def _newest(newest: pd.DataFrame, bridged: Levels, cbp: pd.DataFrame) -> Levels:
    """QCEW's level; industries that it does not tell keep the bridged one, moved as the county's others did."""
    old = bridged.cells
    jobs = newest["employment"].mask(newest["status"] == "absent", 0.0)
    both = pd.DataFrame({"old": old["jobs"], "new": jobs[jobs > 0]}).dropna().groupby("county_fips").sum()
    ratio = (both["new"] / both["old"]).reindex(old.index.get_level_values("county_fips")).fillna(1.0).to_numpy()
    untold = old.assign(jobs=old["jobs"] * ratio, imputed=True)
    untold = untold[~untold.index.isin(jobs.dropna().index)]
    behind = ~untold.index.get_level_values("county_fips").isin(newest.index.get_level_values("county_fips"))
    untold.loc[behind, "imputed"] = old["imputed"].reindex(untold.index[behind])
    told = pd.DataFrame({"jobs": jobs, "imputed": newest["status"] == "imputed", "level_at": newest["year"] + MARCH})
    told = told[told["jobs"] > 0].assign(settles=False)
    last = cbp[cbp.columns.max()].reindex(told.index)
    moves = (both["new"] / both["old"]).reindex(told.index.get_level_values("county_fips")).to_numpy()
    told["bridge_gap"] = np.log(last.where(last > 0) * moves / told["jobs"])
    big = np.fmin(last, told["jobs"]) >= 50
    bridge_sd = _spread(told["bridge_gap"][big & ~told["imputed"]])
    cells = pd.concat([told, untold])[list(old.columns)].sort_index()
    year = int(newest["year"].max())
    origin = (
        f"the Quarterly Census of March {year} ({int(told['imputed'].sum()):,} county-industries that it withholds "
        "are what their parent leaves, split by establishments). "
        f"{len(untold):,} county-industries that it does not tell come from {bridged.origin}. "
        f"Half the distance between the census and the patterns widens every level (spread {bridge_sd:.2f} log points)"
    )
    return Levels(cells, bridge_sd, origin)


def _spread(gap: pd.Series[float]) -> float:
    return float(1.4826 * (gap - gap.median()).abs().median() / 2)
