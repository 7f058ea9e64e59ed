"""Long panels behind the error scales: departures of whole areas from their trend, and of sectors from their state."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import special

from gapengine.benchmarks import panels
from models.panel_errors import ErrorScales

HORIZONS = (1, 2, 3, 4, 5, 6, 7)
_AREAS = {"Durham area": ["Durham", "Orange", "Chatham", "Person"], "Raleigh area": ["Wake"]}


def common_errors(data: Path) -> pd.DataFrame:
    """Departures of the two areas' jobs from their mean growth over 2001-18, one to seven years ahead."""
    jobs = panels.triangle_jobs(data)
    areas = pd.DataFrame({name: jobs.loc[counties].sum() for name, counties in _AREAS.items()}).T
    return trend_errors(areas, HORIZONS)


def trend_errors(jobs: pd.DataFrame, horizons: Sequence[int]) -> pd.DataFrame:
    """Departures of h-year growth from the unit's own mean growth over all T years, corrected for having seen it.

    A random walk's h-year sum about the sample mean has variance h (1 - h / T) instead of h, hence the factor.
    Columns horizon, error (log points), origin (year).
    """
    log = np.log(jobs.to_numpy(float))
    years = np.asarray(jobs.columns, int)
    span = log.shape[1] - 1
    mean = (log[:, -1] - log[:, 0]) / span
    parts = []
    for h in horizons:
        away = log[:, h:] - log[:, :-h] - h * mean[:, None]
        frame = pd.DataFrame({"horizon": float(h), "error": away.ravel() / np.sqrt(1 - h / span)})
        parts.append(frame.assign(origin=np.tile(years[:-h], len(log))))
    return pd.concat(parts, ignore_index=True)


def common_coverage(data: Path, scales: ErrorScales) -> list[dict[str, float | int | str]]:
    """How often departures of whole areas' jobs lay inside the 80% and 95% intervals of the common factor.

    The two areas it was fitted on, with and without the spans that hold 2008-09 (each interval is fitted on all), and
    others that it was not fitted on: the states 2009-18 and Maryland's jurisdictions 2011-19, where no recession was.
    """
    triangle = common_errors(data)
    crash = (triangle["origin"] <= 2008) & (triangle["origin"] + triangle["horizon"] > 2008)
    maryland = panels.maryland_jobs(data).xs("Total", level="sector")
    places = {
        "two metropolitan areas 2001-18": triangle,
        "the same, spans without 2008-09": triangle[~crash],
        "the same, spans with 2008-09": triangle[crash],
        "states 2009-18": trend_errors(panels.state_jobs(data), (1, 2, 3, 4, 5)),
        "Maryland jurisdictions 2011-19": trend_errors(pd.DataFrame(maryland), (1, 2, 3, 4, 5)),
    }
    out: list[dict[str, float | int | str]] = []
    for place, errors in places.items():
        spread = scales.common_sd * errors["horizon"].to_numpy(float) ** scales.common_exponent
        standard = np.abs(errors["error"].to_numpy(float)) / (
            spread * np.sqrt((scales.common_df - 2) / scales.common_df)
        )
        line: dict[str, float | int | str] = {"place": place, "n": len(errors)}
        for level in (80, 95):
            edge = special.stdtrit(scales.common_df, (100 + level) / 200)
            line[f"coverage{level}"] = round(float((standard <= edge).mean()), 4)
        out.append(line)
    return out


def maryland_own_errors(data: Path) -> pd.DataFrame:
    """Own errors of Maryland's jurisdiction-sectors one to six years ahead: growth less the sector's in the state.

    Columns own (log points, about the median of its origin and horizon), size (jobs at the origin), horizon, origin.
    """
    jobs = panels.maryland_jobs(data).drop(["Total", "Total Private", "Unclassified"], level="sector")
    local = jobs.drop("Statewide", level="area")
    local = local[(local > 0).all(axis=1)]
    state = jobs.xs("Statewide").reindex(local.index.get_level_values("sector"))
    above = pd.DataFrame(np.log(local.to_numpy()) - np.log(state.to_numpy()), index=local.index, columns=local.columns)
    above = above.loc[np.isfinite(above.to_numpy()).all(axis=1)]
    parts = []
    for h in range(1, 7):
        for origin in [int(year) for year in above.columns[:-h]]:
            change = above[origin + h] - above[origin]
            own = (change - change.median()).to_numpy()
            size = local.loc[above.index, origin].to_numpy()
            parts.append(pd.DataFrame({"own": own, "size": size, "horizon": float(h), "origin": origin}))
    return pd.concat(parts, ignore_index=True)
