"""Fits the table error_scales on other places and past projections, and tests it.

``python -m tools.fit_error_scales DATA`` prints it. Georgia, Maryland and North Carolina enter the product only as
these scales; the skill of each way to forecast and the coverage of intervals on what was held out are rows too.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd

from connectors import bls_projections
from models.panel_errors import ErrorScales, draw_paths, fit_common, fit_exponent, fit_scales, remove_origin_error
from models.size_noise import fit_size_noise
from tools import error_panels as panels

GEORGIA = "BLS QCEW, Georgia counties x NAICS 4-digit, private, annual 2014-18"
CAROLINA = "Census County Business Patterns, North Carolina counties x NAICS 4-digit, 2018-21"
TRIANGLE = "BEA CAINC6N, jobs of the Durham and Raleigh areas 2001-18 (compensation / compensation per job)"
MARYLAND = "BLS QCEW, Maryland jurisdictions x sectors, first quarters 2011-19 (state open data)"
PROJECTED = "BLS Employment Projections 2016-26 against employment in 2024 (2024-34 edition)"
_GEORGIA_RUNS = ((2, 1), (2, 2), (2, 3), (3, 1), (3, 2), (4, 1))
_CAROLINA_RUNS = ((2, 1), (2, 2), (3, 1))
_HORIZONS = (1, 2, 3, 4, 5, 6, 7)
_AREAS = {"Durham area": ["Durham", "Orange", "Chatham", "Person"], "Raleigh area": ["Wake"]}
_MAIN_RUN = (3, 2)


def error_scales(data: Path) -> pd.DataFrame:
    """Rows of the table error_scales.

    Args:
        data: folder of source files.

    Returns:
        name, value, unit, n, source, method: the numbers of ErrorScales, those of the occupational projections, and
        how the parts did on what they had not seen (names with skill or coverage).
    """
    georgia, carolina = panels.georgia(data), panels.north_carolina(data)
    common = common_errors(data)
    long = panels.maryland_own_errors(data)
    exponent = fit_exponent(long)
    errors = pd.concat([panels.errors(georgia, *run) for run in _GEORGIA_RUNS])
    scales = fit_scales(errors[errors["method"] == "pooled"], common, own_exponent=exponent)
    rows = [
        *_scale_rows(scales, len(common), len(long)),
        *_projection_rows(occupation_errors(data)),
        *_skill_rows(errors, "georgia", GEORGIA, _MAIN_RUN),
        *_coverage_rows(georgia, carolina, common, exponent),
    ]
    return pd.DataFrame(rows, columns=["name", "value", "unit", "n", "source", "method"])


def common_errors(data: Path) -> pd.DataFrame:
    """Departures of the two areas' jobs from their mean growth over 2001-18, one to seven years ahead."""
    jobs = panels.triangle_jobs(data)
    areas = pd.DataFrame({name: jobs.loc[counties].sum() for name, counties in _AREAS.items()}).T
    return panels.trend_errors(areas, _HORIZONS)


def occupation_errors(data: Path) -> pd.DataFrame:
    """Annual log growth 2016-24 less what the 2016-26 projection implied, for occupations with one code and title."""
    files = {year: data / f"official/ep/occupation_{year}.xlsx" for year in ("2016_26", "2024_34")}
    old, new = (bls_projections.parse_projections(path, path.name) for path in files.values())
    both = old.merge(new, on="soc_code", suffixes=("", "_new"))
    both = both[(both["occupation_type"] == "Line item") & (both["occupation_type_new"] == "Line item")]
    same = both["soc_title"].map(_plain) == both["soc_title_new"].map(_plain)
    both = both[same & (both["employment_base"] > 0) & (both["employment_base_new"] > 0)]
    projected = np.log(both["employment_target"] / both["employment_base"]) / 10
    actual = np.log(both["employment_base_new"] / both["employment_base"]) / 8
    return pd.DataFrame(
        {"soc_code": both["soc_code"], "size": both["employment_base"], "projected": projected, "actual": actual}
    )


def coverage(
    scored: pd.DataFrame, scales: ErrorScales, *, common: bool, seed: int = 0, n_draws: int = 1000
) -> dict[str, float]:
    """Share of series inside their 80% and 95% intervals; without the common factor, origins' errors are removed."""
    log_error = (scored["error"] if common else remove_origin_error(scored)["own"]).to_numpy(float)
    inside = {80: np.zeros(len(scored), bool), 95: np.zeros(len(scored), bool)}
    for horizon in np.unique(scored["horizon"]):
        here = (scored["horizon"] == horizon).to_numpy()
        size = scored["size"].to_numpy(float)[here]
        rng = np.random.default_rng(seed)
        drawn = draw_paths(np.zeros(here.sum()), [horizon], size, scales, n_draws, rng, common=common)[:, :, 0]
        for level, hit in inside.items():
            low, high = np.quantile(drawn, [(100 - level) / 200, (100 + level) / 200], axis=0)
            hit[here] = (log_error[here] >= low) & (log_error[here] <= high)
    return {f"coverage{level}": float(hit.mean()) for level, hit in inside.items()}


def _plain(title: str) -> str:
    return "".join(letter for letter in title.lower() if letter.isalpha())


def _scale_rows(scales: ErrorScales, n_common: int, n_long: int) -> list[tuple[object, ...]]:
    units = {
        "common_sd": "log points, one year ahead",
        "common_exponent": "power of years",
        "common_df": "degrees of freedom",
        "own_floor": "squared log points, one year ahead",
        "own_per_job": "squared log points x jobs, one year ahead",
        "own_exponent": "power of years",
        "own_group_share": "correlation",
        "n_own": "errors",
        "origins": "forecast origins",
    }
    rows: list[tuple[object, ...]] = []
    for name, value in scales.to_numbers().items():
        if name == "common_df":
            how = "Tails of the common factor: stated, not fitted (two areas and one recession cannot tell)"
            rows.append((name, value, units[name], 0, "assumption", how))
        elif name.startswith("common"):
            how = "Departures of a whole area's jobs from its mean growth, root mean square by years ahead"
            rows.append((name, value, units[name], n_common, TRIANGLE, how))
        else:
            how = (
                "Own errors of county-industries about each origin's aggregate error: variance by size, then quantiles"
            )
            rows.append((name, value, units.get(name, "scales"), int(scales.n_own), GEORGIA, how))
    return rows


def _projection_rows(found: pd.DataFrame) -> list[tuple[object, ...]]:
    error = (found["actual"] - found["projected"]).to_numpy(float)
    weight = found["size"].to_numpy(float)
    mean = float(np.average(error, weights=weight))
    noise = fit_size_noise(error - mean, weight)
    typical = float(np.sqrt(np.average(np.clip(error - mean, -0.2, 0.2) ** 2, weights=weight)))
    same_sign = float(np.average(np.sign(found["actual"]) == np.sign(found["projected"])))
    middle = [np.average(found[name], weights=weight) for name in ("actual", "projected")]
    same_side = float(np.average((found["actual"] > middle[0]) == (found["projected"] > middle[1])))
    n, unit = len(found), "log points a year"
    how = "Actual less projected annual growth over eight years, occupations whose code and title did not change"
    return [
        (
            "occupation_projection_sd",
            typical,
            unit,
            n,
            PROJECTED,
            f"{how}; jobs-weighted root mean square about the mean",
        ),
        ("occupation_projection_mean", mean, unit, n, PROJECTED, f"{how}; jobs-weighted mean (not applied)"),
        (
            "occupation_projection_floor",
            noise.floor,
            "squared log points a year",
            n,
            PROJECTED,
            f"{how}; variance by size",
        ),
        (
            "occupation_projection_per_job",
            noise.per_job,
            "squared log points a year x jobs",
            n,
            PROJECTED,
            f"{how}; by size",
        ),
        ("occupation_projection_df", noise.df, "degrees of freedom", n, PROJECTED, f"{how}; Student tails"),
        (
            "occupation_direction_skill",
            same_sign,
            "share of occupations",
            n,
            PROJECTED,
            "National projections: direction of growth right",
        ),
        (
            "occupation_faster_skill",
            same_side,
            "share of occupations",
            n,
            PROJECTED,
            "National projections: faster or slower than average right",
        ),
    ]


def _skill_rows(errors: pd.DataFrame, place: str, source: str, run: tuple[int, int]) -> list[tuple[object, ...]]:
    """Skill of pooled growth: 1 - its jobs-weighted absolute error / that of another method."""
    part = errors[(errors["origin"] == 2013 + run[0]) & (errors["horizon"] == run[1])]
    size = part["size"] * part["error"].abs()
    loss = size.groupby(part["method"]).sum() / part.groupby("method")["size"].sum()
    n = int((part["method"] == "pooled").sum())
    rows: list[tuple[object, ...]] = []
    for method in ("last value", "state industry", "own trend"):
        how = f"Industry forecast on {place.title()}, {run[1]} years ahead: error saved against {method}"
        value = float(1 - loss["pooled"] / loss[method])
        rows.append((f"growth_skill_{place}_{method.replace(' ', '_')}", value, "share of 1", n, source, how))
    return rows


def _coverage_rows(
    georgia: panels.Panel, carolina: panels.Panel, common: pd.DataFrame, exponent: float
) -> list[tuple[object, ...]]:
    """Fit on half of Georgia's counties, score on the other half and on North Carolina."""
    counties = sorted(georgia.local.index.get_level_values(0).unique())
    half = fit_scales(_pooled(georgia, _GEORGIA_RUNS, counties[::2]), common, own_exponent=exponent)
    tests = {
        "georgia": (
            _pooled(georgia, _GEORGIA_RUNS, counties[1::2]),
            GEORGIA,
            "counties of Georgia left out of the fit",
        ),
        "north_carolina": (_pooled(carolina, _CAROLINA_RUNS), CAROLINA, "North Carolina 2020-21, fitted on Georgia"),
    }
    rows: list[tuple[object, ...]] = []
    for place, (scored, source, what) in tests.items():
        for common_too in (False, True):
            part = "with common factor" if common_too else "own error"
            for name, value in coverage(scored, half, common=common_too).items():
                how = f"Intervals of {name[-2:]}% held, {part}: {what}"
                key = f"{name}_{place}_{'joint' if common_too else 'own'}"
                rows.append((key, value, "share of series", len(scored), source, how))
    return rows


def _pooled(panel: panels.Panel, runs: tuple[tuple[int, int], ...], counties: list[str] | None = None) -> pd.DataFrame:
    found = pd.concat([panels.errors(panel, *run, counties=counties) for run in runs], ignore_index=True)
    return found[found["method"] == "pooled"].reset_index(drop=True)


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print("usage: python -m tools.fit_error_scales DATA", file=sys.stderr)
        return 2
    data = Path(arguments[0])
    print(error_scales(data).drop(columns=["source", "method"]).to_string(index=False))
    checks = {
        "BEA states 2009-18": panels.state_jobs(data),
        "Maryland 2011-19": panels.maryland_jobs(data).xs("Total", level="sector"),
    }
    for name, jobs in checks.items():
        sd, exponent = fit_common(panels.trend_errors(jobs, (1, 2, 3, 4, 5)))
        print(f"common factor elsewhere, {name}: {sd:.4f} x years ** {exponent:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
