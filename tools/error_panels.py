"""Panels of past employment and of what would have been forecast for them, to measure errors on (not shipped)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from models.pooling import pooled_growth
from tools.converters import cbp_wide

METHODS = ("pooled", "pooled without counties", "state industry", "last value", "own trend")


@dataclass(frozen=True)
class Panel:
    """Private employment by county and four-digit industry, and by industry in the state.

    Attributes:
        local: jobs, indexed by (county, industry), one column a year, null where not published.
        state: jobs, indexed by industry, the same columns.
        total: jobs of all private industries of the state, the same columns.
    """

    local: pd.DataFrame
    state: pd.DataFrame
    total: pd.Series


def georgia(data: Path) -> Panel:
    """QCEW annual averages 2014-18; 2014 is 2015 less the published change, where both codes disclose it."""
    path = data / "official/qcew_api/ga_2015_2018_annual_private.parquet"
    raw = pd.read_parquet(path)
    text = ["area_fips", "industry_code", "disclosure_code", "oty_disclosure_code"]
    raw[text] = raw[text].astype("str")

    def wide(level: int) -> pd.DataFrame:
        rows = raw[(raw["agglvl_code"] == level) & (raw["disclosure_code"] == "")]
        jobs = rows["annual_avg_emplvl"].astype(float)
        now = rows.assign(year=rows["year"].astype(int), jobs=jobs)
        base = now[(now["year"] == 2015) & (now["oty_disclosure_code"] == "")]
        before = base.assign(year=2014, jobs=base["jobs"] - base["oty_annual_avg_emplvl_chg"])
        both = pd.concat([before, now])
        out = both.pivot_table(index=["area_fips", "industry_code"], columns="year", values="jobs", observed=True)
        return out.where(out > 0)

    return Panel(wide(76), wide(56).droplevel("area_fips"), wide(51).iloc[0])


def north_carolina(data: Path, years: Sequence[int] = (2018, 2019, 2020, 2021)) -> Panel:
    """County Business Patterns, March, 100 counties; the state is the sum of its published cells."""
    folder = data / "official/cbp"
    table = pd.concat([cbp_wide.read(folder / f"cbp_nc_counties_naics4_{year}.csv") for year in years])
    table = table[table["naics_code"].str.fullmatch(r"\d{4}")]
    local = table.pivot_table(index=["county_fips", "naics_code"], columns="year", values="employment").astype(float)
    local = local.where(local > 0)
    state = local.groupby("naics_code").sum(min_count=1)
    return Panel(local, state, state.sum())


def errors(panel: Panel, history: int, horizon: int, counties: Sequence[str] | None = None) -> pd.DataFrame:
    """Errors of each method from the first `history` years, `horizon` years ahead.

    Args:
        panel: the panel.
        history: years known at the origin.
        horizon: years ahead.
        counties: learn and score on these counties only; default all.

    Returns:
        One row per series and method: method, county, group (industry), origin (last known year), horizon, size and
        actual and forecast (jobs), error (log actual - log forecast).
    """
    local = panel.local
    if counties is not None:
        local = local[local.index.get_level_values(0).isin(counties)]
    known = local.iloc[:, :history]
    county, industry = known.index.get_level_values(0), known.index.get_level_values(1)
    steps = history - 1
    total = np.diff(np.log(panel.total.iloc[:history].to_numpy(float)))
    state = panel.state.iloc[:, :history].dropna()
    ahead = pooled_growth(state.to_numpy(float), np.tile(total, (len(state), 1)))
    expected = pd.Series(ahead.growth, state.index).reindex(industry).fillna(total.mean()).to_numpy()
    past = np.log(state).diff(axis=1).iloc[:, 1:].reindex(industry).to_numpy(float)
    past = np.where(np.isfinite(past), past, total)
    with_county = pooled_growth(known.to_numpy(float), past, groups=county)
    without = pooled_growth(known.to_numpy(float), past)
    first, last = known.iloc[:, 0], known.iloc[:, -1]
    growth = {
        "pooled": expected + with_county.growth - with_county.parent,
        "pooled without counties": expected + without.growth - without.parent,
        "state industry": past.mean(axis=1),
        "last value": np.zeros(len(known)),
        "own trend": np.log(last / first).to_numpy() / steps,
    }
    actual = local.iloc[:, history - 1 + horizon]
    use = (first.notna() & last.notna() & actual.notna()).to_numpy()
    parts = [
        pd.DataFrame(
            {
                "method": method,
                "county": county[use],
                "group": industry[use],
                "origin": int(known.columns[-1]),
                "horizon": float(horizon),
                "size": last[use].to_numpy(),
                "actual": actual[use].to_numpy(),
                "forecast": (last * np.exp(rate * horizon))[use].to_numpy(),
            }
        )
        for method, rate in growth.items()
    ]
    out = pd.concat(parts, ignore_index=True)
    return out.assign(error=np.log(out["actual"] / out["forecast"]))


def triangle_jobs(data: Path) -> pd.DataFrame:
    """Wage and salary jobs 2001-18 of seven counties: BEA compensation (line 1) / compensation per job (line 9)."""
    raw = pd.read_csv(data / "tables/bea_nc_compensation_durham_2001_2018.csv", dtype={"county_fips": "str"})
    line = {
        k: raw[raw["line_code"] == k].pivot_table(index="county_name", columns="year", values="compensation")
        for k in (1, 9)
    }
    return 1000.0 * line[1] / line[9]


def state_jobs(data: Path) -> pd.DataFrame:
    """Wage and salary jobs 2009-18 of the states (BEA SAEMP25N line 20)."""
    raw = pd.read_csv(data / "tables/bea_state_employment_2009_2018.csv")
    state = (raw["geo_fips"] % 1000 == 0) & raw["geo_fips"].between(1000, 56000) & (raw["line_code"] == 20)
    return raw[state].pivot_table(index="geo_name", columns="year", values="jobs")


def maryland_jobs(data: Path) -> pd.DataFrame:
    """First-quarter jobs 2011-19 by jurisdiction and sector; jurisdictions with a typing error are left out.

    Saint Mary's 2014 and 2019, Calvert, Charles and Garrett jump by 15% or more in a year and back: not employment.
    """
    raw = pd.read_csv(data / "benchmarks/qcew_md_quarterly.csv", dtype={"naics_sector": "str"})
    raw = raw[raw["quarter"] == 1]
    wide = raw.pivot_table(index=["area", "sector"], columns="year", values="employment")
    return wide.drop(["Saint Mary's", "Calvert", "Charles", "Garrett"], level="area")


def trend_errors(jobs: pd.DataFrame, horizons: Sequence[int]) -> pd.DataFrame:
    """Departures of h-year growth from the unit's own mean growth over all T years, corrected for having seen it.

    A random walk's h-year sum about the sample mean has variance h (1 - h / T) instead of h, hence the factor.
    """
    log = np.log(jobs.to_numpy(float))
    span = log.shape[1] - 1
    mean = (log[:, -1] - log[:, 0]) / span
    parts = []
    for h in horizons:
        away = log[:, h:] - log[:, :-h] - h * mean[:, None]
        parts.append(pd.DataFrame({"horizon": float(h), "error": away.ravel() / np.sqrt(1 - h / span)}))
    return pd.concat(parts, ignore_index=True)


def maryland_own_errors(data: Path) -> pd.DataFrame:
    """Own errors of Maryland's jurisdiction-sectors one to six years ahead: growth less the sector's in the state.

    Columns own (log points, about the median of its origin and horizon), size (jobs at the origin), horizon, origin.
    """
    jobs = maryland_jobs(data).drop(["Total", "Total Private", "Unclassified"], level="sector")
    local = jobs.drop("Statewide", level="area")
    local = local[(local > 0).all(axis=1)]
    state = jobs.xs("Statewide", level="area").reindex(local.index.get_level_values("sector"))
    above = pd.DataFrame(np.log(local.to_numpy()) - np.log(state.to_numpy()), index=local.index, columns=local.columns)
    above = above[np.isfinite(above).all(axis=1)]
    parts = []
    for h in range(1, 7):
        for origin in above.columns[:-h]:
            change = above[origin + h] - above[origin]
            own = (change - change.median()).to_numpy()
            size = local.loc[above.index, origin].to_numpy()
            parts.append(pd.DataFrame({"own": own, "size": size, "horizon": float(h), "origin": int(origin)}))
    return pd.concat(parts, ignore_index=True)
