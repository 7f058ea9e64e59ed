"""The benchmarks' results as rows of one flat table, so that a report can print them without the files behind them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from gapengine.benchmarks import local, nowcasting, occupations, panels

COLUMNS = ("test", "measure", "against", "part", "value", "n", "unit", "source")
_SHARE = "share of 1"
_EP = "BLS Employment Projections"


def backtests(data: Path) -> pd.DataFrame:
    """Every measured figure: columns as COLUMNS."""
    rows = [*_industries(data), *_nowcasts(data), *_occupations(data)]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _industries(data: Path) -> Iterator[tuple[Any, ...]]:
    found = local.measure(data)
    sources = {panel.name: panel.source for panel in (panels.georgia(data), panels.north_carolina(data))}
    for place in found["places"]:
        test, source = f"industries {place['place']} {place['main']}", sources[place["place"]]
        for half, lines in place["skill"].items():
            for line in lines:
                yield from _skills(test, half, line, source)
        for part, line in place["coverage"].items():
            yield from _coverages(test, part, line, source)
        for line in place["coverage_by_origin"]:
            part = f"{line['origin']} + {line['horizon']}"
            yield from _coverages(test, part, line, source)
            yield test, "aggregate_error", "", part, line["aggregate_error"], line["n"], "log points", source
    for line in found["common_factor"]:
        yield from _coverages("common factor", line["place"], line, "BEA; Maryland QCEW")


def _skills(test: str, half: str, line: dict[str, Any], source: str) -> Iterator[tuple[Any, ...]]:
    against, n = line["against"], line["n"]
    for measure in ("jobs", "log"):
        yield test, f"skill_{measure}", against, half, line[measure], n, _SHARE, source
    for measure in ("sectors", "sectors_better", "sectors_better_log"):
        yield test, measure, against, half, line[measure], n, "sectors", source
    if half == "all":
        for sector, value in line["by_sector"].items():
            series = line["series_by_sector"][sector]
            yield test, "skill_jobs", against, f"sector {sector}", value, series, _SHARE, source


def _coverages(test: str, part: str, line: dict[str, Any], source: str) -> Iterator[tuple[Any, ...]]:
    for level in (80, 95):
        yield test, f"coverage{level}", "", part, line[f"coverage{level}"], line["n"], _SHARE, source


def _nowcasts(data: Path) -> Iterator[tuple[Any, ...]]:
    for line in nowcasting.measure(data)["places"]:
        test = f"nowcast {line['place']} {line['from']} to {line['to']}"
        for name in ("last_value", "total_alone"):
            for measure in ("skill_jobs", "skill_log"):
                value = line[f"{measure}_{name}"]
                yield test, measure, name.replace("_", " "), "all", value, line["n"], _SHARE, "QCEW; CBP"
        yield from _coverages(test, "all", line, "QCEW; CBP")


def _occupations(data: Path) -> Iterator[tuple[Any, ...]]:
    found = occupations.measure(data)
    tests = []
    for line in found["national"]:
        edition = line["edition"].replace("_", "-")
        tests.append((f"occupations EP {edition} against 2024", line, f"{_EP} {edition}, 2024-34"))
    for line in found["north_carolina"]["methods"]:
        tests.append((f"occupations North Carolina 2013 to 2025, {line['method']}", line, "BLS OEWS 2013, 2025"))
    for test, line, source in tests:
        for measure in ("direction", "direction_jobs", "always_growth", "faster", "faster_jobs"):
            yield test, measure, "", "all", line[measure], line["n"], "share of groups of occupations", source
        yield test, "skill_jobs", "same share", "all", line["skill_same_share"], line["n"], _SHARE, source
        yield test, "skill_jobs", "last value", "all", line["skill_last_value"], line["n"], _SHARE, source
        yield test, "bias", "", "all", line["bias"], line["n"], "log points a year", source
        for measure in ("slope", "slope_error"):
            yield test, measure, "", "all", line[measure], line["n"], "ratio", source
    for line in found["schools_and_hospitals"]:
        for measure in ("industry_error", "staffing_error", "whole_error"):
            test = f"staffing {line['naics']} 2019 to 2024"
            yield test, measure, "", "all", line[measure], line["n"], "share of jobs", "BLS OEWS May 2019, May 2024"
