"""Industry jobs by OEWS area: last history carried to the nowcast year, and growth against the nation's as draws.

Method sections 1-3. Two classifications (QCEW 2016, CBP 2017-21) meet at one level by their geometric mean, widened
by how far they usually lie apart; each industry grows as nationally projected to the date of the newest QCEW totals,
which set the sum. Growth is stated as a deviation from the nation's, because the national occupational projections
already carry the nation's.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from gapengine.assumptions import Assumptions
from gapengine.college import Area, College
from gapengine.demand.government import government_rows
from gapengine.snapshot import Snapshot
from models.nowcast import carry_to_totals
from models.panel_errors import ErrorScales, draw_paths
from models.pooling import pooled_growth

PRIVATE = "5"
_NOT_IN_OEWS = ("111", "112", "814")  # farms and private households: the occupational survey leaves them out


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
        years_carried: years between the newest totals and the nowcast.
        bridge_sd: pooled standard deviation of half the log gap between the two classifications.
    """

    rows: pd.DataFrame
    years: np.ndarray
    deviation: np.ndarray
    nowcast_year: int
    years_carried: float
    bridge_sd: float

    def total_error(self, assumptions: Assumptions) -> float:
        """Relative standard error of an area's jobs: of the total itself, and of the years it was carried forward."""
        carried = assumptions.value("nowcast_error_per_year") * np.sqrt(self.years_carried)
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
    private, bridge_sd = private_levels(snapshot, counties)
    growth = county_growth(snapshot, private, f"{college.state_fips}000", assumptions)
    private = private.join(growth)
    carried = years_carried(snapshot, nowcast_year)
    scales = ErrorScales.from_frame(snapshot["error_scales"])
    rows = pd.concat([_area_rows(snapshot, area, private, assumptions, scales, carried) for area in college.areas])
    rows = rows.reset_index(drop=True)
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
    return Industries(rows, years, errors.astype(np.float32), nowcast_year, carried, bridge_sd)


def private_levels(snapshot: Snapshot, counties: list[str]) -> tuple[pd.DataFrame, float]:
    """Level of each private county-industry on the CBP scale of its last year, bridged with QCEW 2016.

    Returns:
        Frame indexed by (county_fips, naics_code) with jobs, bridge_gap, imputed; and the pooled bridge deviation.
    """
    history = snapshot["industry_employment"]
    history = history[(history["own_code"] == PRIVATE) & history["county_fips"].isin(counties)]
    history = history[~history["naics_code"].str[:3].isin(_NOT_IN_OEWS)]
    wide = history.pivot_table(
        index=["county_fips", "naics_code"], columns=["source", "year"], values="employment", aggfunc="sum", min_count=1
    )
    cbp, qcew = (wide[[source]].droplevel("source", axis=1) for source in ("CBP", "QCEW"))
    years = [int(year) for year in cbp.columns]
    last = max(years)
    level = cbp[last]
    filled = cbp[[year for year in years if year >= last - 2]].ffill(axis=1)[last]
    imputed = level.isna() & filled.notna()
    level = level.fillna(filled)
    # QCEW's level, moved to the last CBP year by the county's own CBP growth of all industries from the first full year
    first = min(year for year in years if year > 2017)
    county_growth = cbp[last].groupby("county_fips").sum() / cbp[first].groupby("county_fips").sum()
    moved = qcew[2016] * level.index.get_level_values("county_fips").map(county_growth.to_dict()).to_numpy()
    gap = np.log(level.where(level > 0) / moved.where(moved > 0))
    big = np.fmin(level, moved) >= 50
    bridge_sd = float(1.4826 * (gap[big] - gap[big].median()).abs().median() / 2)
    centred = gap - gap[big].median()
    bridged = level * np.exp(-centred.fillna(0) / 2)
    only_qcew = level.isna() & moved.notna()
    jobs = bridged.fillna(moved)
    frame = pd.DataFrame({"jobs": jobs, "bridge_gap": gap, "imputed": imputed | only_qcew})
    return frame[frame["jobs"] > 0], bridge_sd


def county_growth(snapshot: Snapshot, private: pd.DataFrame, state_area: str, assumptions: Assumptions) -> pd.DataFrame:
    """Growth of each county-industry against the nation's (log points a year), and what its last level takes back.

    Columns growth_deviation (lasting local growth, the county's premium and the state's), shrink, settling.
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
    found = {"growth_deviation": deviation, "shrink": pooled.shrink, "settling": pooled.settling}
    return pd.DataFrame(found, index=private.index)


def county_premium(snapshot: Snapshot, state_area: str) -> pd.Series:
    """Growth of each county's covered jobs above the state's, in log points a year, over the longest QCEW span."""
    totals = snapshot["area_totals"]
    wide = totals[totals["own_code"] == "0"].pivot_table(index="area_fips", columns="year", values="employment")
    first, last = int(wide.columns.min()), int(wide.columns.max())
    growth = pd.Series(np.log((wide[last] / wide[first]).to_numpy(float)) / (last - first), index=wide.index)
    premium: pd.Series[float] = (growth - growth[state_area]).drop(state_area)
    return premium


def years_carried(snapshot: Snapshot, nowcast_year: int) -> float:
    """Years from the middle of the quarter of the newest totals to May of the nowcast year, when OEWS counts."""
    return nowcast_year + 4.5 / 12 - _newest_totals(snapshot)


def years_since_history(snapshot: Snapshot) -> float:
    """Years from the last industry history (mid-March) to the middle of the quarter of the newest totals."""
    history = snapshot["industry_employment"]
    return _newest_totals(snapshot) - (float(history["year"].max()) + 2.4 / 12)


def _newest_totals(snapshot: Snapshot) -> float:
    newest = snapshot["area_totals"].sort_values(["year", "quarter"]).iloc[-1]
    return float(newest["year"]) + (float(newest["quarter"]) - 0.5) / 4


def _area_rows(
    snapshot: Snapshot,
    area: Area,
    private: pd.DataFrame,
    assumptions: Assumptions,
    scales: ErrorScales,
    years: float,
) -> pd.DataFrame:
    """Industry rows of one area at the nowcast year; their sum is the newest QCEW total carried forward."""
    published = snapshot["area_totals"]
    newest = int(published["year"].max())
    totals = published[published["year"] == newest].set_index(["area_fips", "own_code"])["employment"]
    carried = np.exp(assumptions.value("nowcast_growth_per_year") * years)
    outlook = snapshot["industry_outlook"].set_index("naics_code")["growth_per_year"]
    since = years_since_history(snapshot)
    parts = []
    for county in area.counties:
        rows = private.xs(county, level="county_fips").copy()
        now = carry_to_totals(
            rows["jobs"].to_numpy(float),
            [county] * len(rows),
            {county: float(totals[(county, PRIVATE)])},
            years=since,
            growth=outlook.reindex(rows.index).fillna(outlook.mean()).to_numpy(float),
            once=rows["settling"].to_numpy(float),
            scales=scales,
        )
        rows["jobs"], rows["variance"] = now.levels * carried, scales.own_scale(now.levels, since + years) ** 2
        parts.append(rows.reset_index().assign(own_code=PRIVATE))
        parts.append(government_rows(snapshot, county, totals, assumptions).assign(jobs=lambda f: f["jobs"] * carried))
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
