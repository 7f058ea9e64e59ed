"""Occupations against what happened: national projections against 2024, North Carolina's survey 2013 against 2025.

Scored as BLS scores itself (https://www.bls.gov/emp/evaluations/): was growth or decline projected as it came; did
groups that were projected to grow faster than the projected average grow faster than the actual one (which takes the
error of the total away); and the sum of absolute differences against the occupational-share naive model, in which each
occupation keeps its share of all jobs. Each group of occupations counts once, as there; weighted by jobs too.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import statsmodels.api as sm

from connectors import bls_projections, bls_soc
from gapengine.benchmarks.bridging import Bridged, bridge, same
from gapengine.benchmarks.machine import machine, peak_mb

EDITIONS: Mapping[str, int] = {"2016_26": 2016, "2019_29": 2019, "2020_30": 2020, "2022_32": 2022}
_SHORTEST_TREND = 8


@dataclass(frozen=True)
class Hits:
    """Hit rates of one forecast of occupations, in shares of 1.

    Attributes:
        method: how it was forecast.
        n: groups of occupations.
        direction, direction_jobs: growth or decline right; each group once, and weighted by jobs at the start.
        always_growth: share of groups that grew: what "everything grows" would have scored.
        faster, faster_jobs: on the right side of the average.
        skill_same_share: 1 - sum of absolute differences / that of the same-share forecast given the same total.
        skill_last_value: the same against no change.
        bias: actual less projected growth of the total, log points a year.
        slope, slope_error: regression of actual on projected growth (both a year, about their means, weighted by jobs,
            robust error): 1 where projected differences come in full, 0 where they say nothing.
    """

    method: str
    n: int
    direction: float
    direction_jobs: float
    always_growth: float
    faster: float
    faster_jobs: float
    skill_same_share: float
    skill_last_value: float
    bias: float
    slope: float
    slope_error: float


def measure(data: Path) -> dict[str, Any]:
    """Score every past edition against 2024, and forecasts for North Carolina from 2013 against 2025."""
    start = time.perf_counter()
    return {
        "name": "occupations",
        "machine": machine(),
        "what": "occupational forecasts against what happened, scored as BLS scores itself",
        "national": national(data),
        "north_carolina": north_carolina(data),
        "schools_and_hospitals": schools_and_hospitals(data),
        "cannot_be_tested": CANNOT,
        "seconds": round(time.perf_counter() - start, 2),
        "peak_mb": peak_mb(),
    }


CANNOT = (
    "Openings: no agency counts them by occupation in a county or a metropolitan area.",
    "Durham's occupations: its survey is at hand for May 2025 only.",
    "North Carolina between 2014 and 2024: the state's survey is at hand until 2013 and for 2025.",
    "A projection over its full ten years: the oldest edition at hand starts in 2016 and is scored after eight.",
)


def national(data: Path) -> list[dict[str, Any]]:
    """Each edition of the Employment Projections, projected to 2024 at its yearly rate, against the jobs of 2024."""
    actual = _edition(data, "2024_34")[["base"]].rename(columns={"base": "jobs"})
    out = []
    for name, year in EDITIONS.items():
        found = bridged_edition(data, name, actual)
        groups, years = found.groups, 2024 - year
        start, end = groups["old_base"].to_numpy(float), groups["new_jobs"].to_numpy(float)
        forecast = start * (groups["old_target"].to_numpy(float) / start) ** (years / 10)
        out.append(
            {
                "edition": name,
                "years": years,
                "spans_2020": year < 2020 or year == 2020,
                "share_of_jobs": found.share_old,
            }
            | asdict(hits("official projection", start, forecast, end, years))
        )
    return [_rounded(line) for line in out]


def bridged_edition(data: Path, name: str, actual: pd.DataFrame) -> Bridged:
    """An edition's base and target beside the jobs of 2024 (column jobs), over whole groups of occupations."""
    old = _edition(data, name)
    if name == "2016_26":
        path = data / "official/soc/soc_2010_to_2018_crosswalk.xlsx"
        return bridge(old, actual, bls_soc.parse_crosswalk(path, path.name))
    return same(old, actual)


def north_carolina(data: Path) -> dict[str, Any]:
    """The state's occupations of May 2013 carried to May 2025 in five ways."""
    survey = _survey(data)
    old = survey.loc[2013].to_frame("jobs")
    trend = _own_trend(survey)
    projected = _edition(data, "2016_26")
    ratio = projected["target"] / projected["base"]
    old["national"] = old["jobs"] * (_of_codes(ratio, old.index) ** 1.2)
    old["trend"] = old["jobs"] * np.exp(12 * trend.reindex(old.index))
    new = pd.read_csv(data / "tables/oews_nc_2025.csv", dtype={"soc": "str"}).set_index("soc")[["employment"]]
    path = data / "official/soc/soc_2010_to_2018_crosswalk.xlsx"
    pairs = bls_soc.parse_crosswalk(path, path.name)
    lines = []
    share = 0.0
    for method, column in (("national projection 2016-26", "national"), ("own trend 2003-13", "trend")):
        found = bridge(old[["jobs", column]], new, pairs)
        start, end = (found.groups[name].to_numpy(float) for name in ("old_jobs", "new_employment"))
        line = hits(method, start, found.groups[f"old_{column}"].to_numpy(float), end, 12)
        lines.append(_rounded(asdict(line)))
        share = max(share, found.share_old)
    return {
        "from": "OEWS May 2013",
        "to": "OEWS May 2025",
        "share_of_jobs": round(share, 3),
        "methods": lines,
        "note": "the projection was made in 2017, so its forecasters knew the state of 2016: not a forecast of 2013",
    }


def schools_and_hospitals(data: Path) -> list[dict[str, Any]]:
    """Errors from 2019 to 2024 split into the industry's total and its staffing, for NAICS 611 and 622 of all owners.

    The forecast carries the pattern of 2019 and no growth. An occupation's error is pattern 2019 x (total 2024 - total
    2019), which a right total would remove, plus the change of its share x total 2024, which is staffing. Sums of
    absolute parts, as shares of jobs in 2024. Owners and four-digit industries cannot be split: 2024 has three digits.
    """
    before = pd.read_excel(data / "official/oews/nat4d_M2019_owner_dl.xlsx", engine="calamine", dtype="str")
    before = before[before["o_group"] == "detailed"]
    jobs = pd.to_numeric(before["tot_emp"].str.replace(",", ""), errors="coerce")
    old = before.assign(jobs=jobs, stem=before["naics"].str[:3]).groupby(["stem", "occ_code"])["jobs"].sum(min_count=1)
    after = pd.read_csv(data / "official/oews/oews_nat3d_m2024_dl.csv", dtype="str").rename(columns=str.lower)
    after = after[after["o_group"] == "detailed"]
    after = after.assign(jobs=pd.to_numeric(after["tot_emp"].str.replace(",", ""), errors="coerce"))
    out = []
    for naics in ("611", "622"):
        new = after[after["naics"] == f"{naics}000"].set_index("occ_code")["jobs"]
        both = pd.concat([old[naics].rename("old"), new.rename("new")], axis=1).dropna()
        totals = both.sum()
        share_old, share_new = both["old"] / totals["old"], both["new"] / totals["new"]
        industry = share_old * (totals["new"] - totals["old"])
        staffing = (share_new - share_old) * totals["new"]
        out.append(
            _rounded(
                {
                    "naics": naics,
                    "n": len(both),
                    "jobs_2019": float(totals["old"]),
                    "jobs_2024": float(totals["new"]),
                    "share_of_jobs_2024": float(totals["new"] / new.sum()),
                    "industry_error": float(industry.abs().sum() / totals["new"]),
                    "staffing_error": float(staffing.abs().sum() / totals["new"]),
                    "whole_error": float((both["new"] - both["old"]).abs().sum() / totals["new"]),
                }
            )
        )
    return out


def hits(method: str, start: np.ndarray, forecast: np.ndarray, end: np.ndarray, years: float) -> Hits:
    """Score one forecast; arrays of jobs by group of occupations, all above zero where they are used.

    Args:
        method: its name.
        start: (G,) jobs at the start.
        forecast: (G,) jobs forecast for the end.
        end: (G,) jobs at the end.
        years: between them.
    """
    use = (start > 0) & (forecast > 0) & (end > 0)
    start, forecast, end = start[use], forecast[use], end[use]
    projected, actual = np.log(forecast / start), np.log(end / start)
    mean_projected, mean_actual = np.log(forecast.sum() / start.sum()), np.log(end.sum() / start.sum())
    right, side = np.sign(projected) == np.sign(actual), (projected > mean_projected) == (actual > mean_actual)
    error = np.abs(end - forecast).sum()
    # what BLS calls the naive model: base-year shares of the actual total; ours is put on that total too
    naive, scaled = start * end.sum() / start.sum(), forecast * end.sum() / forecast.sum()
    design = sm.add_constant((projected - mean_projected) / years)
    fitted = sm.WLS((actual - mean_actual) / years, design, weights=start).fit(cov_type="HC1")
    return Hits(
        method,
        len(start),
        float(right.mean()),
        float(np.average(right, weights=start)),
        float((actual > 0).mean()),
        float(side.mean()),
        float(np.average(side, weights=start)),
        float(1 - np.abs(end - scaled).sum() / np.abs(end - naive).sum()),
        float(1 - error / np.abs(end - start).sum()),
        float((mean_actual - mean_projected) / years),
        float(fitted.params[1]),
        float(fitted.bse[1]),
    )


def _edition(data: Path, name: str) -> pd.DataFrame:
    """Line items of one edition: base and target, jobs, by code of the matrix."""
    book, export = (data / f"official/ep/occupation_{middle}{name}" for middle in ("", "web_export_"))
    if book.with_suffix(".xlsx").is_file():
        path = book.with_suffix(".xlsx")
        table = bls_projections.parse_projections(path, path.name)
    else:
        path = export.with_suffix(".csv")
        table = bls_projections.parse_web_export(path, path.name)
    lines = table[table["occupation_type"] == "Line item"].set_index("soc_code")
    lines = lines.rename(columns={"employment_base": "base", "employment_target": "target"})
    return lines[["base", "target"]].astype(float)


def _survey(data: Path) -> pd.Series:
    """Jobs of the state's detailed occupations by year of survey and code."""
    raw = pd.read_csv(data / "official/oews/state_nc_2000_2013.csv.gz", dtype="str")
    year = raw["year"].fillna("20" + raw["srcfile"].str.extract(r"(\d\d)st", expand=False))
    jobs = pd.to_numeric(raw["tot_emp"].str.replace(",", ""), errors="coerce")
    kind = raw["occ_group"].fillna(raw["group"])
    detailed = (kind.isna() | (kind == "detailed")) & ~raw["occ_code"].str.endswith("0000")
    table = pd.DataFrame({"year": year, "code": raw["occ_code"], "jobs": jobs})[detailed & year.notna()]
    return table.astype({"year": int}).drop_duplicates(["year", "code"]).set_index(["year", "code"])["jobs"]


def _own_trend(survey: pd.Series) -> pd.Series:
    """Log growth a year of each code over 2003-13, by regression where it is known in at least eight of these years."""
    wide = survey.reset_index().pivot_table(index="code", columns="year", values="jobs")
    wide = wide[[year for year in wide.columns if 2003 <= int(year) <= 2013]]
    logs = np.log(wide.where(wide > 0).to_numpy(float))
    years = np.asarray(wide.columns, float)
    known = np.isfinite(logs)
    count = known.sum(axis=1)
    mean_year = np.where(known, years, 0).sum(axis=1) / np.maximum(count, 1)
    mean_log = np.where(known, logs, 0).sum(axis=1) / np.maximum(count, 1)
    x = np.where(known, years - mean_year[:, None], 0)
    y = np.where(known, logs - mean_log[:, None], 0)
    slope = (x * y).sum(axis=1) / np.maximum((x**2).sum(axis=1), 1e-9)
    return pd.Series(np.where(count >= _SHORTEST_TREND, slope, np.nan), wide.index)


def _of_codes(ratio: pd.Series, codes: pd.Index) -> np.ndarray:
    """A number of each code, or of the broad occupation that the matrix prints in its place."""
    broad = ratio.reindex([f"{code[:-1]}0" for code in codes]).to_numpy(float)
    own = ratio.reindex(codes).to_numpy(float)
    return np.where(np.isfinite(own), own, broad)


def _rounded(line: Mapping[str, Any]) -> dict[str, Any]:
    return {key: round(value, 4) if isinstance(value, float) else value for key, value in line.items()}
