"""Short, annual, local panels: Georgia 2014-16 to 2018, North Carolina 2018 to 2021, calibrated on Georgia.

The first half of the counties (every other one, by code) chose the one number of local_methods; what counts is the
second half. Error scales fitted on one half of Georgia are scored on the other, and those of all Georgia on North
Carolina.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pandas as pd

from gapengine.benchmarks import panels
from gapengine.benchmarks.error_origins import common_coverage, common_errors, maryland_own_errors
from gapengine.benchmarks.local_methods import Origin, crossed, errors_at
from gapengine.benchmarks.local_scores import inside_intervals, skills, spans_2020, summary
from gapengine.benchmarks.machine import machine, peak_mb
from models.panel_errors import ErrorScales, fit_exponent, fit_scales, remove_origin_error

GEORGIA = tuple(Origin(*run) for run in ((2016, 2014, 2), (2015, 2014, 1), (2015, 2014, 2), (2015, 2014, 3)))
GEORGIA += tuple(Origin(*run) for run in ((2016, 2014, 1), (2017, 2014, 1)))
CAROLINA = tuple(Origin(*run) for run in ((2018, 2017, 3), (2018, 2017, 1), (2018, 2017, 2)))
CAROLINA += tuple(Origin(*run) for run in ((2019, 2018, 1), (2019, 2018, 2), (2020, 2018, 1)))
LEARN = Origin(2020, 2018, 1)


def measure(data: Path) -> dict[str, Any]:
    """Skill and coverage of both places.

    Args:
        data: folder of the agencies' files.

    Returns:
        ``places``: per place ``skill`` (all, chosen on, confirmed on; against each method, at the main origin and at
        all of them) and ``coverage`` (per origin; with and without the spans that hold 2020); ``seconds``.
    """
    start, cpu = time.perf_counter(), time.process_time()
    georgia, carolina = georgia_errors(data), carolina_errors(data)
    pooled = georgia[georgia["method"] == "pooled"]
    halves = {second: pooled[pooled["second_half"] == second] for second in (False, True)}
    of_half = {second: calibrated(data, part) for second, part in halves.items()}
    other_half = [(halves[second], of_half[not second]) for second in (False, True)]
    in_carolina = [(carolina[carolina["method"] == "pooled"], calibrated(data, pooled))]
    places = [
        _place("Georgia", georgia, GEORGIA[0], other_half),
        _place("North Carolina", carolina, CAROLINA[0], in_carolina),
    ]
    return {
        "name": "local",
        "machine": machine(),
        "what": "county x NAICS 4-digit jobs, annual: skill of pooled growth, coverage of its intervals",
        "calibrated_on": "own error: Georgia, each half of its counties on the other; common: Durham, Raleigh 2001-18",
        "places": places,
        "common_factor": common_coverage(data, in_carolina[0][1]),
        "seconds": round(time.perf_counter() - start, 2),
        "cpu_seconds": round(time.process_time() - cpu, 2),
        "peak_mb": peak_mb(),
    }


def georgia_errors(data: Path) -> pd.DataFrame:
    """Errors of every method at Georgia's origins; each half of the counties learns by itself."""
    panel = panels.georgia(data)
    parts = [errors_at(panel.half(second), GEORGIA).assign(second_half=second) for second in (False, True)]
    return pd.concat(parts, ignore_index=True)


def carolina_errors(data: Path) -> pd.DataFrame:
    """Errors of every method at North Carolina's origins."""
    return crossed(panels.north_carolina(data), CAROLINA, LEARN)


def calibrated(data: Path, pooled: pd.DataFrame) -> ErrorScales:
    """Error scales from some errors of pooled growth; the common factor from longer panels.

    How own errors grow with the horizon is the mean of two answers: these errors over three years, and Maryland's
    sectors over six.
    """
    exponents = (fit_exponent(remove_origin_error(pooled)), fit_exponent(maryland_own_errors(data)))
    return fit_scales(pooled, common_errors(data), own_exponent=sum(exponents) / 2)


def _place(
    name: str, found: pd.DataFrame, main: Origin, scored: list[tuple[pd.DataFrame, ErrorScales]]
) -> dict[str, Any]:
    at_main = found[(found["origin"] == main.year) & (found["horizon"] == main.horizon)]
    second = at_main["second_half"]
    halves = {"all": at_main, "chosen_on": at_main[~second], "confirmed_on": at_main[second]}
    lines = pd.concat([inside_intervals(part, scales) for part, scales in scored], ignore_index=True)
    lines["recession"] = spans_2020(lines["origin"], lines["horizon"])
    by_origin = [
        {"origin": int(part["origin"].iloc[0]), "horizon": int(part["horizon"].iloc[0])} | summary(part)
        for _, part in lines.groupby(["origin", "horizon"])
    ]
    return {
        "place": name,
        "main": f"{main.first}-{main.year} to {main.year + main.horizon}",
        "skill": {half: [item.as_json() for item in skills(part)] for half, part in halves.items()},
        "skill_all_origins": [_brief(item.as_json()) for item in skills(found)],
        "coverage": {"all": summary(lines), "without_2020": summary(lines[~lines["recession"]])},
        "coverage_by_origin": by_origin,
    }


def _brief(item: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in item.items() if "by_sector" not in key}
