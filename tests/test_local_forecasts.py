"""Short local series, against what happened: Georgia to 2018, North Carolina to 2021 (the agencies' own files)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from gapengine.benchmarks import local, panels
from gapengine.benchmarks.local_methods import Origin, ahead_of_parents, errors, parent_steps
from gapengine.benchmarks.local_scores import skill
from gapengine.benchmarks.panels import Nation, Panel


@pytest.fixture(scope="session")
def measured(shared_data: Path) -> dict[str, dict[str, Any]]:
    return {place["place"]: place for place in local.measure(shared_data)["places"]}


def against(place: dict[str, Any], half: str, method: str) -> dict[str, Any]:
    return next(item for item in place["skill"][half] if item["against"] == method)


@pytest.mark.parametrize("method", ["last value", "state industry", "own trend"])
@pytest.mark.parametrize("half", ["all", "confirmed_on"])
def test_georgia_is_forecast_better_than_by_each_simple_way_overall_and_in_most_sectors(
    measured: dict[str, dict[str, Any]], half: str, method: str
) -> None:
    found = against(measured["Georgia"], half, method)
    assert found["jobs"] > 0.05
    assert found["log"] > 0.01
    assert found["sectors_better"] > found["sectors"] / 2
    assert found["sectors_surely_better"] > found["sectors_surely_worse"]


def test_georgias_intervals_hold_at_every_origin(measured: dict[str, dict[str, Any]]) -> None:
    for line in measured["Georgia"]["coverage_by_origin"]:
        assert line["coverage80"] == pytest.approx(0.80, abs=0.03)
        assert line["coverage95"] == pytest.approx(0.95, abs=0.03)


def test_north_carolina_to_2021_is_no_worse_in_most_sectors_although_2020_lay_between(
    measured: dict[str, dict[str, Any]],
) -> None:
    carolina = measured["North Carolina"]
    state, last = (against(carolina, "all", method) for method in ("state industry", "last value"))
    assert last["n"] == 8640
    assert state["jobs"] > 0.02
    assert state["sectors_better"] > state["sectors"] / 2
    assert last["log"] > 0
    assert last["sectors_better_log"] > last["sectors"] / 2
    assert carolina["coverage"]["all"]["coverage80"] == pytest.approx(0.80, abs=0.035)
    without = carolina["coverage"]["without_2020"]
    assert 0 < without["n"] < carolina["coverage"]["all"]["n"]
    assert without["coverage95"] == pytest.approx(0.95, abs=0.03)


def test_what_happens_after_the_origin_changes_no_forecast(shared_data: Path) -> None:
    georgia = panels.georgia(shared_data)
    origin = Origin(2016, 2014, 1)
    before = errors(georgia, origin)
    georgia.local[2018] *= 3
    georgia.state[2017] *= 2
    georgia.total[2018] *= 2
    georgia.nation.lines[[2017, 2018]] *= 2
    pd.testing.assert_frame_equal(before, errors(georgia, origin))


def made_panel(n_counties: int = 12) -> Panel:
    """Two industries in every county; the nation's first one grows by 3% a year, the second shrinks by 1%."""
    years = list(range(2010, 2017))
    growth = {"1111": 0.03, "2222": -0.01}
    paths = {code: 1000 * np.exp(rate * np.arange(len(years))) for code, rate in growth.items()}
    lines = pd.DataFrame([paths["1111"], paths["2222"]], index=[101, 202], columns=years)
    state = pd.DataFrame(paths, index=years).T
    cells = pd.MultiIndex.from_product([[f"c{k:02}" for k in range(n_counties)], list(growth)])
    local_jobs = pd.DataFrame([paths[code] / 10 for _, code in cells], index=cells, columns=years)
    nation = Nation(lines * 50, lines, lines.sum() * 50, 0.01)
    return Panel("made", "made", local_jobs, state, state.sum(), nation, pd.Series({"1111": 101, "2222": 202}))


def test_the_nations_total_grows_as_projected_and_its_industries_keep_their_order() -> None:
    ahead = ahead_of_parents(made_panel(), Origin(2014, 2012, 2))
    assert ahead["1111"] > ahead["2222"]
    assert ahead["2222"] < 0.01 < ahead["1111"] + 0.03


def test_a_state_whose_year_does_not_join_takes_its_lines_growth() -> None:
    panel = made_panel()
    panel.state[2012] = np.nan
    steps = parent_steps(panel, Origin(2014, 2012, 1))
    np.testing.assert_allclose(steps.loc["1111"], 0.03, atol=1e-9)


def test_skill_compares_the_same_series_only() -> None:
    panel = made_panel()
    panel.local.loc[("c00", "1111"), 2012] = np.nan
    found = errors(panel, Origin(2014, 2012, 2))
    assert skill(found, "own trend").n == skill(found, "last value").n - 1
    assert skill(found, "last value").jobs > 0.3


def test_halves_share_no_county_and_miss_none() -> None:
    panel = made_panel()
    first, second = (set(panel.half(which).local.index.get_level_values(0)) for which in (False, True))
    assert not first & second
    assert len(first | second) == 12
