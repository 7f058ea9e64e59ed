"""The nowcast where the truth is known: industry history stops, totals go on, and later the industries are published.

Georgia 2015 and 2016 to 2018, North Carolina 2018 to 2021 (the county's total is the sum of its cells there), and two
counties of Ohio 2020 and 2021 to 2022 and 2023: the only one with official growth by industry, as a run uses it.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from connectors import bls_industry_projections
from gapengine.benchmarks import local, panels
from gapengine.benchmarks.local_methods import Origin, ahead_of_parents
from gapengine.benchmarks.machine import machine, peak_mb
from gapengine.demand.outlook import projected_growth
from models.nowcast import carry_to_totals
from models.panel_errors import LEVELS, ErrorScales

_OHIO = ("39041", "39049")


def measure(data: Path) -> dict[str, Any]:
    """Error saved by the nowcast, and how often its intervals held.

    Returns:
        ``places``: per place and span n, skill of the nowcast in jobs and in logs against the last value and against
        the total alone (every industry at the county's pace), coverage of 80% and 95% intervals of the own error.
    """
    start = time.perf_counter()
    georgia, carolina = panels.georgia(data), panels.north_carolina(data)
    found = local.georgia_errors(data)
    scales = local.calibrated(data, found[found["method"] == "pooled"])
    ohio, ohio_totals = _ohio(data)
    outlook = _outlook(data, ohio.index.get_level_values(1))
    georgia_totals = _georgia_totals(data)
    cells = carolina.local.groupby(level=0).sum()
    lines = []
    for year in (2015, 2016):
        growth = _of_panel(georgia, Origin(year, 2014, 2018 - year))
        lines.append(_scored("Georgia", georgia.local, georgia_totals, (year, 2018), growth, scales))
    growth = _of_panel(carolina, Origin(2018, 2017, 3))
    lines.append(_scored("North Carolina", carolina.local, cells, (2018, 2021), growth, scales))
    for span in ((2020, 2022), (2020, 2023), (2021, 2023)):
        lines.append(_scored("Ohio", ohio, ohio_totals, span, outlook, scales))
    return {
        "name": "nowcast",
        "machine": machine(),
        "what": "industry levels carried to the newest county totals, against the levels published later",
        "places": lines,
        "seconds": round(time.perf_counter() - start, 2),
        "peak_mb": peak_mb(),
    }


def _scored(
    place: str,
    jobs: pd.DataFrame,
    totals: pd.DataFrame,
    span: tuple[int, int],
    growth: np.ndarray,
    scales: ErrorScales,
) -> dict[str, Any]:
    first, last = span
    pace = totals[last] / totals[first]
    county = jobs.index.get_level_values(0)
    use = (jobs[first].notna() & jobs[last].notna()).to_numpy() & np.isfinite(pace.reindex(county).to_numpy(float))
    known, actual, county = jobs.loc[use, first].to_numpy(float), jobs.loc[use, last].to_numpy(float), county[use]
    sums = pd.Series(known).groupby(np.asarray(county)).sum()
    target = {
        str(name): float(value * ratio) for name, value, ratio in zip(sums.index, sums, pace[sums.index], strict=True)
    }
    years = float(last - first)
    now = carry_to_totals(known, list(county), target, years=years, growth=growth[use], scales=scales)
    alone = known * pace.reindex(county).to_numpy(float)
    error = np.log(actual / now.levels) / now.error
    line: dict[str, Any] = {"place": place, "from": first, "to": last, "n": int(use.sum())}
    for name, other in (("last_value", known), ("total_alone", alone)):
        line[f"skill_jobs_{name}"] = float(1 - np.abs(actual - now.levels).sum() / np.abs(actual - other).sum())
        ours, theirs = np.abs(np.log(actual / now.levels)), np.abs(np.log(actual / other))
        line[f"skill_log_{name}"] = float(1 - ours.sum() / theirs.sum())
    for level in (80, 95):
        ends = [(100 - level) / 200, (100 + level) / 200]
        low, high = np.interp(ends, LEVELS, scales.own_quantiles)
        line[f"coverage{level}"] = float(((error >= low) & (error <= high)).mean())
    return {key: round(value, 4) if isinstance(value, float) else value for key, value in line.items()}


def _of_panel(panel: panels.Panel, origin: Origin) -> np.ndarray:
    return ahead_of_parents(panel, origin).loc[panel.local.index.get_level_values(1)].to_numpy(float)


def _georgia_totals(data: Path) -> pd.DataFrame:
    raw = pd.read_parquet(data / "official/qcew_api/ga_2015_2018_annual_private.parquet")
    raw = raw[(raw["agglvl_code"].astype(int) == 71) & (raw["own_code"].astype(int) == 5)]
    raw = raw.assign(area=raw["area_fips"].astype("str"), year=raw["year"].astype(int))
    raw = raw.assign(jobs=raw["annual_avg_emplvl"].astype(float))
    return raw.pivot_table(index="area", columns="year", values="jobs")


def _ohio(data: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Jobs by county and four-digit industry 2020-23, and the counties' private totals."""
    folder = data / "official/qcew_api"
    files = [folder / f"oh_{year}_annual_{fips}.csv.gz" for year in range(2020, 2024) for fips in _OHIO]
    raw = pd.concat([pd.read_csv(path, dtype="str") for path in files], ignore_index=True)
    raw = raw[(raw["own_code"] == "5") & raw["disclosure_code"].isna()]
    raw = raw.assign(year=raw["year"].astype(int), jobs=raw["annual_avg_emplvl"].astype(float))
    detail = raw[raw["agglvl_code"] == "76"]
    jobs = detail.pivot_table(index=["area_fips", "industry_code"], columns="year", values="jobs")
    totals = raw[raw["agglvl_code"] == "71"].pivot_table(index="area_fips", columns="year", values="jobs")
    return jobs.where(jobs > 0), totals


def _outlook(data: Path, industries: pd.Index) -> np.ndarray:
    """Official growth a year of each industry (EP 2020-30), from the most detailed line that holds it."""
    name = "industry_2020_30.xlsx"
    lines = bls_industry_projections.parse(data / "official/ep" / name, name)
    return projected_growth(lines, list(industries))["growth_per_year"].to_numpy(float)
