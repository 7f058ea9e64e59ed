"""Industry jobs by OEWS area: last history carried to the nowcast year, and growth against the nation's as draws.

Method sections 1-3. Each industry grows from its last level (gapengine.demand.private) as nationally projected to the
date of the newest QCEW totals, which set the sum; levels are widened by how far the two classifications lie apart.
Growth is stated as a deviation from the nation's, because the national occupational projections already carry the
nation's.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from gapengine.assumptions import Assumptions
from gapengine.college import Area, College
from gapengine.demand.government import government_rows
from gapengine.demand.private import PRIVATE, private_levels
from gapengine.errors import DataContract
from gapengine.snapshot import Snapshot
from models.nowcast import Nowcast, carry_to_totals
from models.panel_errors import ErrorScales, draw_paths
from models.pooling import pooled_growth

_MAY = 4.5 / 12  # when OEWS counts
_SHORTEST_SPAN = 5
"""Years of totals below which a county's growth against the state's counts as unknown."""


@dataclass(frozen=True)
class Industries:
    """Jobs by area and industry row at the nowcast, and log deviations from national growth afterwards.

    Attributes:
        rows: (N) area_code, naics_code, own_code, jobs (nowcast year), bridge_gap (log CBP over QCEW, null if only
            one is known), growth_deviation (log a year), shrink (share of the local signal kept), imputed,
            nowcast_error (scale of the log error since the last history; null for government, whose split is assumed).
        years: (Y,) calendar years after the nowcast year.
        deviation: (K, N, Y) log deviation of jobs from national growth since the nowcast year.
        nowcast_year: year to which levels were carried.
        years_carried: years between the newest totals and the nowcast; below zero where the totals are newer.
        bridge_sd: pooled standard deviation of half the log gap between the two classifications.
        origin: where the levels come from, in words.
    """

    rows: pd.DataFrame
    years: np.ndarray
    deviation: np.ndarray
    nowcast_year: int
    years_carried: float
    bridge_sd: float
    origin: str = ""

    def total_error(self, assumptions: Assumptions) -> float:
        """Relative standard error of an area's jobs: of the total itself, and of the years it was carried forward."""
        carried = assumptions.value("nowcast_error_per_year") * np.sqrt(abs(self.years_carried))
        return float(np.hypot(assumptions.value("row_total_error"), carried))

    def of_area(self, area_code: str) -> np.ndarray:
        """Positions of an area's rows."""
        return np.flatnonzero((self.rows["area_code"] == area_code).to_numpy())


def industries(
    snapshot: Snapshot, college: College, assumptions: Assumptions, years: np.ndarray, rng: np.random.Generator
) -> Industries:
    """Carry every industry row of every area to the nowcast year and draw its growth against the nation's.

    Args:
        snapshot: needs industry_employment, state_industry_employment, industry_outlook, government_employment,
            area_totals and error_scales.
        college: the labor shed (areas and their counties).
        assumptions: nowcast growth, premiums and the number of draws.
        years: (Y,) calendar years, the first one year after the nowcast year.
        rng: the run's generator.

    Returns:
        Levels in jobs, growth in log points a year, deviations as (K, N, Y) draws.
    """
    nowcast_year = int(years[0]) - 1
    counties = [county for area in college.areas for county in area.counties]
    levels = private_levels(snapshot, counties)
    private = levels.cells.join(county_growth(snapshot, levels.cells, f"{college.state_fips}000", assumptions))
    totals = newest_totals(snapshot, counties, assumptions)
    carried = nowcast_year + _MAY - totals.at
    scales = ErrorScales.from_frame(snapshot["error_scales"])
    parts = [_area_rows(snapshot, area, private, totals, assumptions, scales, carried) for area in college.areas]
    rows = pd.concat(parts).reset_index(drop=True)
    horizon = (years - nowcast_year).astype(float)
    errors = draw_paths(
        rows["growth_deviation"].to_numpy(),
        horizon,
        rows["jobs"].to_numpy(),
        scales,
        assumptions.whole("draws"),
        rng,
        groups=rows["naics_code"].to_numpy(),
    )
    return Industries(rows, years, errors.astype(np.float32), nowcast_year, carried, levels.bridge_sd, levels.origin)


def county_growth(snapshot: Snapshot, private: pd.DataFrame, state_area: str, assumptions: Assumptions) -> pd.DataFrame:
    """Growth of each county-industry against the nation's (log points a year), and what its last level takes back.

    Columns growth_deviation (lasting local growth, the county's premium and the state's), shrink, settling. Growth is
    that of County Business Patterns, the longest series in one classification.
    """
    history = snapshot["industry_employment"]
    cbp = history[(history["source"] == "CBP") & (history["year"] >= 2018)]
    wide = cbp.pivot_table(
        index=["county_fips", "naics_code"], columns="year", values="employment", aggfunc="sum", min_count=1
    ).reindex(private.index)
    state = snapshot["state_industry_employment"]
    state = state[(state["source"] == "CBP") & (state["year"] >= 2018)]
    parent = state.pivot_table(index="naics_code", columns="year", values="employment", aggfunc="sum")
    of_rows = parent.where(parent > 0).reindex(private.index.get_level_values("naics_code"))
    parent_rows = np.diff(np.log(of_rows.to_numpy(float)), axis=1)
    everything = np.diff(np.log(parent.sum().to_numpy(float)))
    parent_rows = np.where(np.isfinite(parent_rows), parent_rows, everything)
    pooled = pooled_growth(
        wide.to_numpy(float),
        parent_rows,
        groups=private.index.get_level_values("county_fips").to_numpy(),
        sizes=private["jobs"].to_numpy(),
    )
    local = pooled.growth - pooled.parent - pooled.group
    premium = county_premium(snapshot, state_area)
    kept = assumptions.value("county_premium_kept")
    county = premium.reindex(private.index.get_level_values("county_fips")).fillna(0).to_numpy() * kept
    deviation = assumptions.value("state_growth_premium") + county + local
    found = {"growth_deviation": deviation, "shrink": pooled.shrink, "settling": pooled.settling * private["settles"]}
    return pd.DataFrame(found, index=private.index)


def county_premium(snapshot: Snapshot, state_area: str) -> pd.Series:
    """Growth of each county's covered jobs above the state's, in log points a year, over the county's longest span."""
    totals = snapshot["area_totals"]
    wide = totals[totals["own_code"] == "0"].pivot_table(index="area_fips", columns="year", values="employment")
    years = wide.notna().mul(wide.columns).where(wide.notna())
    first, last = years.min(axis=1).astype(int), years.max(axis=1).astype(int)
    span = (last - first).where(last - first >= _SHORTEST_SPAN)
    ends = wide.bfill(axis=1).iloc[:, 0], wide.ffill(axis=1).iloc[:, -1]
    state: pd.Series[float] = wide.T[state_area]
    own, of_state = (
        pd.Series(np.log((then / before).to_numpy(float)) / span, index=wide.index)
        for before, then in (ends, (first.map(state), last.map(state)))
    )
    premium: pd.Series[float] = (own - of_state).drop(state_area)
    return premium


@dataclass(frozen=True)
class Totals:
    """Newest jobs of some counties, all at one date.

    Attributes:
        jobs: by (area_fips, own_code).
        at: the middle of the newest quarter that any of the counties has, in years.
    """

    jobs: pd.Series
    at: float


def newest_totals(snapshot: Snapshot, counties: list[str], assumptions: Assumptions) -> Totals:
    """Each county's own newest total, moved to the date of the newest of them as jobs are assumed to grow.

    Raises:
        DataContract: a county has no total of private jobs.
    """
    table = snapshot["area_totals"]
    table = table[table["area_fips"].isin(counties)].sort_values(["year", "quarter"])
    table = table.drop_duplicates(["area_fips", "own_code"], keep="last").set_index(["area_fips", "own_code"])
    missing = [county for county in counties if (county, PRIVATE) not in table.index]
    if missing:
        raise DataContract(
            f"area_totals: no total of private jobs (own_code 5) of county {', '.join(missing)}, which a run needs. "
            "Pull or add a first quarter of QCEW of it."
        )
    at = table["year"] + (table["quarter"] - 0.5) / 4
    newest = float(at.max())
    return Totals(table["employment"] * np.exp(assumptions.value("nowcast_growth_per_year") * (newest - at)), newest)


def nowcast(snapshot: Snapshot, cells: pd.DataFrame, totals: Totals, scales: ErrorScales) -> Nowcast:
    """Private cells at the date of the totals: grown as their industry does in the nation, and meeting their county's.

    Args:
        snapshot: needs industry_outlook.
        cells: indexed by (county_fips, naics_code): jobs, level_at, settling.
        totals: newest jobs of these counties.
        scales: own errors by size and horizon.
    """
    outlook = snapshot["industry_outlook"].set_index("naics_code")["growth_per_year"]
    names = cells.index.get_level_values("county_fips").astype(str)
    growth = outlook.reindex(cells.index.get_level_values("naics_code")).fillna(outlook.mean()).to_numpy(float)
    years = years_since(cells, totals)
    if np.ptp(years) > 0:  # older levels were moved to the newest as all jobs were: only the difference is left
        growth = growth - growth.mean()
    return carry_to_totals(
        cells["jobs"].to_numpy(float),
        names.tolist(),
        {county: float(totals.jobs[(county, PRIVATE)]) for county in names.unique()},
        years=years,
        growth=growth,
        once=cells["settling"].to_numpy(float),
        scales=scales,
    )


def years_since(cells: pd.DataFrame, totals: Totals) -> np.ndarray:
    """(N,) years from the last history of each cell to the totals; none where they are of one quarter."""
    return np.asarray(np.maximum(totals.at - cells["level_at"].to_numpy(float), 0.0))


def _area_rows(
    snapshot: Snapshot,
    area: Area,
    private: pd.DataFrame,
    totals: Totals,
    assumptions: Assumptions,
    scales: ErrorScales,
    years: float,
) -> pd.DataFrame:
    """Industry rows of one area at the nowcast year; their sum is the newest QCEW total carried there."""
    carried = np.exp(assumptions.value("nowcast_growth_per_year") * years)
    parts = []
    for county in area.counties:
        rows = private[private.index.get_level_values("county_fips") == county].copy()
        now = nowcast(snapshot, rows, totals, scales)
        since = years_since(rows, totals) + abs(years)
        rows["jobs"], rows["variance"] = now.levels * carried, scales.own_scale(now.levels, since) ** 2
        parts.append(rows.reset_index().assign(own_code=PRIVATE))
        government = government_rows(snapshot, county, totals.jobs, assumptions)
        parts.append(government.assign(jobs=lambda f: f["jobs"] * carried))
    rows = pd.concat(parts, ignore_index=True)
    rows["growth_deviation"] = rows["growth_deviation"].fillna(assumptions.value("state_growth_premium"))
    rows["weighted"] = rows["growth_deviation"] * rows["jobs"]
    rows["kept"] = rows["shrink"].fillna(0) * rows["jobs"]
    rows["squared"] = rows["variance"] * rows["jobs"] ** 2
    grouped = rows.groupby(["naics_code", "own_code"], sort=True)
    out = grouped.agg(jobs=("jobs", "sum"), imputed=("imputed", "any"), bridge_gap=("bridge_gap", "mean"))
    out["growth_deviation"] = grouped["weighted"].sum() / out["jobs"]
    out["shrink"] = grouped["kept"].sum() / out["jobs"]
    out["nowcast_error"] = np.sqrt(grouped["squared"].sum(min_count=1)) / out["jobs"]
    out = out[out["jobs"] > 0].reset_index()
    return out.assign(area_code=area.area_code)
