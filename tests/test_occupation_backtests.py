"""Occupations across a revision of the classification, and hit rates as BLS counts them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from gapengine.benchmarks import nowcasting, occupations
from gapengine.benchmarks.bridging import bridge, same
from gapengine.benchmarks.occupations import hits

PAIRS = pd.DataFrame(
    [
        ("11-1011", "11-1011"),
        ("15-1111", "15-1221"),
        ("15-1112", "15-1221"),
        ("15-1112", "15-1222"),
        ("25-3011", "25-3011"),
    ],
    columns=["soc_2010_code", "soc_2018_code"],
)


def jobs(**figures: float) -> pd.DataFrame:
    return pd.DataFrame({"jobs": {name.replace("_", "-")[1:]: value for name, value in figures.items()}})


def test_codes_that_a_revision_ties_together_are_compared_as_one_group() -> None:
    old = jobs(s11_1011=10.0, s15_1111=3.0, s15_1112=4.0)
    new = jobs(s11_1011=12.0, s15_1221=6.0, s15_1222=5.0)
    found = bridge(old, new, PAIRS).groups
    assert found.loc["15-1111", ["old_jobs", "new_jobs"]].tolist() == [7.0, 11.0]
    assert found.loc["11-1011", ["old_jobs", "new_jobs"]].tolist() == [10.0, 12.0]


def test_a_group_with_an_unknown_member_is_left_out_and_named() -> None:
    old = jobs(s11_1011=10.0, s15_1111=3.0, s15_1112=4.0)
    new = jobs(s11_1011=12.0, s15_1221=np.nan, s15_1222=5.0)
    found = bridge(old, new, PAIRS)
    assert found.groups.index.tolist() == ["11-1011"]
    assert {"15-1111", "15-1112", "15-1221", "15-1222"} <= set(found.left_out)
    assert found.share_old == pytest.approx(10 / 17)


def test_a_broad_code_of_the_matrix_stands_for_its_occupations() -> None:
    old = jobs(s25_3010=8.0)
    new = jobs(s25_3011=9.0)
    assert bridge(old, new, PAIRS).groups.loc["25-3010", ["old_jobs", "new_jobs"]].tolist() == [8.0, 9.0]


def test_two_editions_of_one_classification_need_no_concordance() -> None:
    found = same(jobs(s11_1011=1.0, s15_1111=2.0), jobs(s11_1011=3.0, s25_3011=4.0))
    assert found.groups.index.tolist() == ["11-1011"]
    assert found.left_out == ("15-1111", "25-3011")


def test_a_perfect_forecast_hits_everything() -> None:
    start, end = np.array([100.0, 200.0, 50.0, 80.0]), np.array([130.0, 180.0, 51.0, 60.0])
    found = hits("perfect", start, end, end, 8)
    assert (found.direction, found.faster, found.skill_same_share, found.skill_last_value) == (1.0, 1.0, 1.0, 1.0)
    assert found.slope == pytest.approx(1.0)
    assert found.always_growth == 0.5


def test_faster_than_average_takes_the_error_of_the_total_away() -> None:
    start, end = np.array([100.0, 200.0, 50.0, 80.0]), np.array([130.0, 180.0, 51.0, 60.0])
    too_high = hits("half as much again", start, end * 1.5, end, 8)
    assert too_high.faster == 1.0
    assert too_high.direction < 1.0
    assert too_high.bias == pytest.approx(-np.log(1.5) / 8)
    assert too_high.skill_same_share == pytest.approx(1.0)


def test_same_share_has_no_skill_against_itself() -> None:
    start, end = np.array([100.0, 200.0, 50.0]), np.array([130.0, 180.0, 51.0])
    wobble = np.array([1.0, 1.0, 1.0 + 1e-9])  # a regression needs some difference
    found = hits("same share", start, start * end.sum() / start.sum() * wobble, end, 8)
    assert found.skill_same_share == pytest.approx(0.0, abs=1e-6)


@pytest.fixture(scope="module")
def measured(shared_data: Path) -> dict[str, Any]:
    return occupations.measure(shared_data)


def test_each_edition_says_growth_and_order_better_than_chance(measured: dict[str, Any]) -> None:
    assert [line["edition"] for line in measured["national"]] == ["2016_26", "2019_29", "2020_30", "2022_32"]
    for line in measured["national"]:
        assert line["share_of_jobs"] > 0.94
        assert line["direction"] > line["always_growth"]
        assert line["faster"] > 0.6
        assert line["skill_same_share"] > 0.05


def test_north_carolinas_own_trend_is_no_guide_and_the_national_projection_is(measured: dict[str, Any]) -> None:
    national, trend = measured["north_carolina"]["methods"]
    assert national["skill_same_share"] > 0 > trend["skill_same_share"]
    assert national["faster"] > trend["faster"]
    assert measured["north_carolina"]["share_of_jobs"] > 0.9


def test_staffing_is_the_larger_error_in_schools_and_hospitals(measured: dict[str, Any]) -> None:
    for line in measured["schools_and_hospitals"]:
        assert line["staffing_error"] > line["industry_error"]
        assert line["whole_error"] < line["staffing_error"] + line["industry_error"] + 1e-9


def test_a_nowcast_beats_old_levels_and_its_intervals_hold_where_official_growth_is_used(shared_data: Path) -> None:
    for line in nowcasting.measure(shared_data)["places"]:
        if line["place"] != "North Carolina":
            assert line["skill_jobs_last_value"] > 0.05
            assert line["skill_jobs_total_alone"] > 0
        assert line["coverage80"] == pytest.approx(0.80, abs=0.05)
        assert line["coverage95"] == pytest.approx(0.95, abs=0.04)
