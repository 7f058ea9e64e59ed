"""Fits the table error_scales on other places and past projections.

``python -m tools.fit_error_scales DATA`` prints it, and the common factor as other places have it. Georgia and Maryland
enter the product only as these scales; how well forecasts did is in the table backtests.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd

from connectors import bls_projections
from gapengine.benchmarks import local, panels
from gapengine.benchmarks.error_origins import common_errors, maryland_own_errors, trend_errors
from models.panel_errors import ErrorScales, fit_common
from models.size_noise import fit_size_noise

GEORGIA = "BLS QCEW, Georgia counties x NAICS 4-digit, private, annual 2014-18"
TRIANGLE = "BEA CAINC6N, jobs of the Durham and Raleigh areas 2001-18 (compensation / compensation per job)"
MARYLAND = "BLS QCEW, Maryland jurisdictions x sectors, first quarters 2011-19 (state open data)"
PROJECTED = "BLS Employment Projections 2016-26 against employment in 2024 (2024-34 edition)"


def error_scales(data: Path) -> pd.DataFrame:
    """Rows of the table error_scales.

    Args:
        data: folder of source files.

    Returns:
        name, value, unit, n, source, method: the numbers of ErrorScales and those of the occupational projections.
    """
    georgia = local.georgia_errors(data)
    scales = local.calibrated(data, georgia[georgia["method"] == "pooled"])
    rows = [
        *_scale_rows(scales, len(common_errors(data)), len(maryland_own_errors(data))),
        *_projection_rows(occupation_errors(data)),
    ]
    return pd.DataFrame(rows, columns=["name", "value", "unit", "n", "source", "method"])


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
        elif name == "own_exponent":
            how = "How own errors grow with the horizon: mean of Georgia's over three years and Maryland's over six"
            rows.append((name, value, units[name], n_long, f"{GEORGIA}; {MARYLAND}", how))
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
    ]


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
        sd, exponent = fit_common(trend_errors(jobs, (1, 2, 3, 4, 5)))
        print(f"common factor elsewhere, {name}: {sd:.4f} x years ** {exponent:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
