"""Single county-industries and the track record, as the commands print them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pytest
from typer.testing import CliRunner

from gapengine import assumptions, backtesting, college, snapshot, track_record
from gapengine.cli import app
from gapengine.errors import UsageError
from gapengine.forecasting import CountyIndustry, forecasts
from gapengine.terminal.forecasts import sparkline, write

CHOSEN = assumptions.for_college(college.embedded()).override(["draws=200"])
LOADED = snapshot.load()


def forecast(counties: list[str], industries: list[str], horizon: int = 5, seed: int = 1) -> tuple[CountyIndustry, ...]:
    shed = college.load(None, CHOSEN)
    rng = np.random.default_rng(seed)
    return forecasts(LOADED, shed, CHOSEN, counties=counties, industries=industries, horizon=horizon, rng=rng)


def test_intervals_nest_and_widen() -> None:
    for item in forecast(["Durham", "37135"], ["10", "62", "3254"]):
        first, last = item.years[0], item.years[-1]
        for year in item.years:
            assert year.lo95 < year.lo80 < year.p50 < year.hi80 < year.hi95
        assert last.hi95 / last.lo95 > first.hi95 / first.lo95
        assert [year.year for year in item.years] == list(range(first.year, first.year + 5))


def test_all_private_jobs_are_the_newest_total_and_surer_than_any_industry() -> None:
    whole, part = forecast(["Durham"], ["10", "3254"])
    totals = LOADED["area_totals"]
    newest = totals[(totals["area_fips"] == "37063") & (totals["own_code"] == "5") & (totals["year"] == 2023)]
    assert whole.nowcast == pytest.approx(float(newest["employment"].iloc[0]))
    spread = [item.years[0].hi80 / item.years[0].lo80 for item in (whole, part)]
    assert spread[0] < spread[1]


HEALTH = ["6211", "6212", "6213", "6214", "6215", "6216", "6219"]


def test_a_sector_is_the_sum_of_its_industries() -> None:
    sector, *parts = forecast(["Durham"], ["621", *HEALTH])
    assert sector.nowcast == pytest.approx(sum(item.nowcast for item in parts))
    assert sector.years[2].mean == pytest.approx(sum(item.years[2].mean for item in parts))


def test_history_stays_as_published_and_withheld_is_not_zero() -> None:
    (item,) = forecast(["Durham"], ["6221"])
    withheld = [point for point in item.history if point.jobs is None]
    assert {point.status for point in withheld} == {"suppressed"}
    assert {point.source for point in item.history} == {"QCEW", "CBP"}
    assert all(point.jobs is None or point.jobs > 0 for point in item.history)


def test_an_imputed_level_is_marked_and_named() -> None:
    imputed = [item for item in forecast(["Durham"], ["3341", "6221"]) if item.imputed]
    assert [item.naics_code for item in imputed] == ["3341"]
    assert "3341 was not published" in imputed[0].origins[-1]


def test_one_seed_gives_the_same_forecast_and_another_does_not() -> None:
    assert forecast(["Durham"], ["62"]) == forecast(["Durham"], ["62"])
    assert forecast(["Durham"], ["62"]) != forecast(["Durham"], ["62"], seed=2)


@pytest.mark.parametrize(
    ("counties", "industries", "horizon", "message"),
    [
        (["Mecklenburg"], [], 5, "not in the labor shed"),
        ([], ["9876"], 5, "no private industry"),
        ([], [], 0, "1 to 15 years"),
    ],
)
def test_what_cannot_be_forecast_is_refused(
    counties: list[str], industries: list[str], horizon: int, message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        forecast(counties, industries, horizon)


def test_the_files_hold_history_forecast_and_a_titled_chart(tmp_path: Path) -> None:
    written = write(forecast(["Durham"], ["3254"]), tmp_path / "new")
    table, chart = (path.read_text(encoding="utf-8") for path in written)
    assert table.startswith("county_fips,county,naics_code")
    assert ",published,2021," in table
    assert ",expected,2028," in table
    assert "<title>" in chart
    assert "80% between" in chart


def test_a_sparkline_leaves_a_gap_where_nothing_is_known() -> None:
    assert sparkline([1.0, None, 3.0]) == "▁ █"
    assert sparkline([None]) == ""
    assert sparkline([2.0, 2.0]) == "▁▁"


def test_every_finding_states_its_figures_and_its_data() -> None:
    found = track_record.findings(LOADED)
    assert {item.topic for item in found} == {"industries", "intervals", "nowcast", "occupations", "staffing"}
    for item in found:
        assert item.n > 50
        assert item.source
        assert item.sentence.endswith(".")
        assert any(character.isdigit() for character in item.sentence)
        assert all(np.isfinite(value) for value in item.values.values())


def test_a_result_that_turns_bad_turns_the_sentence() -> None:
    table = LOADED["backtests"].copy()
    worse = (table["measure"] == "skill_jobs") & (table["against"] == "last value") & (table["part"] == "all")
    table.loc[worse, "value"] = -0.25
    changed = replace(LOADED, tables=MappingProxyType({"backtests": table}))
    industries = [item for item in track_record.findings(changed) if item.topic == "industries"]
    assert all(item.good is False and "added 25.0%" in item.sentence for item in industries)


def test_the_snapshots_own_origins_look_back_only() -> None:
    scores = backtesting.rolling(LOADED)
    assert [(score.origin, score.years) for score in scores] == [(2019, 1), (2019, 2), (2020, 1)]
    assert [score.holds_2020 for score in scores] == [False, True, True]
    table = LOADED["industry_employment"].copy()
    table.loc[table["year"] == 2021, "employment"] *= 3
    changed = replace(LOADED, tables=MappingProxyType({**LOADED.tables, "industry_employment": table}))
    assert backtesting.rolling(changed)[0] == scores[0]
    assert backtesting.rolling(changed)[1] != scores[1]


def test_the_commands_print_json_that_scripts_can_read() -> None:
    runner = CliRunner()
    shown = runner.invoke(app, ["forecast", "--county", "Durham", "--industry", "62", "--set", "draws=100", "--json"])
    assert shown.exit_code == 0, shown.output
    assert json.loads(shown.stdout)[0]["naics_code"] == "62"
    shown = runner.invoke(app, ["backtest", "--json"])
    assert set(json.loads(shown.stdout)) == {"findings", "snapshot_origins", "cannot_be_tested"}
    plain = runner.invoke(app, ["backtest"])
    assert "Not tested" in plain.stdout


def test_the_page_of_backtests_prints_what_the_snapshot_holds() -> None:
    page = (Path(__file__).resolve().parents[1] / "docs" / "backtests.md").read_text(encoding="utf-8")
    rows = LOADED["backtests"].fillna({"against": ""})
    printed = rows[
        (rows["measure"].isin(["skill_jobs", "skill_log"]) & rows["part"].isin(["all", "confirmed_on"]))
        | rows["measure"].isin(["coverage80", "coverage95"])
        | rows["measure"].isin(["industry_error", "staffing_error", "whole_error"])
    ]
    printed = printed[
        ~printed["against"].isin(["nation", "last value"]) | ~printed["test"].str.startswith("occupations")
    ]
    printed = printed[printed["against"] != "nation"]
    printed = printed[(printed["measure"] != "skill_log") | ~printed["test"].str.startswith("nowcast")]
    shown = page.replace("|", " ").replace(",", " ").replace(". ", " ").split()
    missing = [
        (row.test, row.measure, row.against, row.part, row.value)
        for row in printed.itertuples()
        if not {f"{row.value + slip:.{digits}%}" for slip in (-1e-4, 0.0, 1e-4) for digits in (0, 1)} & set(shown)
    ]
    assert missing == []
