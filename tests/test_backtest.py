"""Rolling origins: what is known at an origin, skill, coverage, and what a correction may and may not do."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

import models
from gapengine.benchmarks import forecasting
from gapengine.cli import app
from gapengine.errors import UsageError
from models import scores
from models.backtest import backtest
from models.correction import correct
from models.intervals import Scores, half_widths, joint_draws


def _panel(count: int, length: int, seed: int = 0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    season = rng.normal(0, 6, (count, 4))[:, np.arange(length) % 4]
    return 200 + rng.normal(0.5, 2, (count, length)).cumsum(axis=1) + season


def test_the_engine_beats_naive_forecasts_and_covers_what_it_says() -> None:
    found = backtest(_panel(120, 60), 4, 4, 6)
    overall = found.overall.iloc[0]
    assert overall["skill_last"] > 0.3 and overall["skill_seasonal"] > 0.1
    assert 0.74 < overall["coverage80"] < 0.9 and 0.91 < overall["coverage95"] < 0.99
    assert found.errors.shape == (6, 120, 4)


def test_a_backtest_does_not_see_the_future() -> None:
    panel = _panel(80, 48)
    changed = panel.copy()
    changed[:, -4:] += 40
    plain, other = backtest(panel, 4, 4, 6), backtest(changed, 4, 4, 6)
    for place, back in enumerate(plain.origins["back"]):
        if back >= 8:
            np.testing.assert_allclose(plain.forecasts[place], other.forecasts[place], rtol=1e-3)


def test_years_left_out_are_those_that_forecast_steps_fall_into() -> None:
    frame = pd.DataFrame(_panel(40, 44)).rename_axis("unit").reset_index().melt("unit", var_name="k")
    quarters = pd.period_range("2011Q1", periods=44, freq="Q")
    frame = frame.assign(period=quarters[frame["k"].to_numpy(int)])[["unit", "period", "value"]]
    found = backtest(frame, 4, 4, 8, without=(2020,))
    assert found.overall["origins"].tolist() == ["all", "without 2020"]
    assert found.origins["period"].iloc[0] == "2020Q4"
    assert found.overall["n"].iloc[1] < found.overall["n"].iloc[0]


def test_a_correction_that_does_not_help_is_not_used() -> None:
    rng = np.random.default_rng(1)
    inputs, misses = rng.normal(0, 1, (4, 100, 3, 12)), rng.normal(0, 1, (4, 100, 3))
    base, units = rng.normal(0, 1, (4, 100, 3)), np.ones((4, 100))
    useless = correct(inputs, misses, units, base)
    assert useless.gain < 0.02
    helpful = correct(inputs, misses * 0.1 + inputs[..., 0], units, base)
    assert helpful.share == 0.5 and helpful.gain > 0.3
    moved = (helpful.mean[0] - base[0]).ravel()
    assert np.corrcoef(moved, inputs[0, :, :, 0].ravel())[0, 1] > 0.97


def test_half_widths_are_the_quantiles_of_past_scores() -> None:
    past = Scores(np.random.default_rng(2).normal(0, 2, (3, 2000, 2)), 6000)
    np.testing.assert_allclose(half_widths(past, (80, 95), 2), [[2.56, 2.56], [3.92, 3.92]], rtol=0.05)


def test_joint_draws_share_the_origin_of_a_recession() -> None:
    rng = np.random.default_rng(3)
    calm, slump = rng.normal(0, 0.3, (1, 200, 2)), rng.normal(-4, 0.3, (1, 200, 2))
    past = Scores(np.concatenate([calm, slump]), 400)
    draws = joint_draws(np.zeros((50, 2)), np.ones((50, 2)), past, rng.random(400), rng)
    totals = draws[:, :, 0].mean(axis=1)
    assert 0.4 < (totals < -3).mean() < 0.6
    assert ((totals < -3) | (totals > -1)).all()


def test_draws_agree_with_the_intervals() -> None:
    found = models.forecast(_panel(100, 60), 4, 4, n_draws=400, seed=1)
    assert found.draws is not None
    inside = (found.draws >= found.lower[80]) & (found.draws <= found.upper[80])
    assert 0.74 < inside.mean() < 0.86


def test_scores_by_hand() -> None:
    values, lengths = np.array([[1.0, 2.0, 4.0, 8.0]]), np.array([4])
    scale = scores.seasonal_scale(values, lengths, 1)
    np.testing.assert_allclose(scale, [7 / 3])
    actual, mean = np.array([[10.0, 12.0]]), np.array([[8.0, 12.0]])
    np.testing.assert_allclose(scores.mase(actual, mean, scale), [1 / (7 / 3)])
    np.testing.assert_allclose(scores.smape(actual, mean), [200 * (2 / 18) / 2])
    np.testing.assert_allclose(scores.msis(actual, mean - 1, mean + 1, scale, 80), [(2 + 10 * 1 / 2) / (7 / 3)])
    np.testing.assert_allclose(scores.naive2(values, lengths, 1, 2), [[8.0, 8.0]])


def _folder(tmp_path: Path) -> Path:
    rng = np.random.default_rng(4)
    rows = []
    for k, length in enumerate((30, 44, 7, 44)):
        y = np.zeros(length) if k == 3 else 50 + rng.normal(0, 2, length).cumsum()
        for t in range(length):
            rows.append(("made_up", f"s{k}", t + 1, y[t], "train" if t < length - 4 else "test", 4, 4))
    frame = pd.DataFrame(rows, columns=["dataset", "series_id", "t", "y", "split", "horizon", "season"])
    frame.to_parquet(tmp_path / "made_up.parquet")
    frame[frame["series_id"] == "s0"].assign(dataset="lone").to_csv(tmp_path / "lone.csv", index=False)
    pd.DataFrame({"method": ["x"]}).to_csv(tmp_path / "published.csv", index=False)
    return tmp_path


def test_the_benchmark_scores_any_tidy_folder_and_writes_its_forecasts(tmp_path: Path) -> None:
    out = tmp_path / "out" / "forecasts.parquet"
    done = CliRunner().invoke(app, ["bench", "forecast", "--data", str(_folder(tmp_path)), "--out", str(out), "--json"])
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert found["name"] == "forecast"
    assert [row["dataset"] for row in found["sets"]] == ["lone", "made_up"]
    wanted = {
        "n",
        "smape",
        "mase",
        "owa",
        "coverage80",
        "coverage95",
        "msis80",
        "msis95",
        "cpu_ms_per_series",
        "wall_s",
    }
    assert all(wanted <= row.keys() for row in found["sets"])
    table = pd.read_parquet(out)
    assert list(table.columns) == ["dataset", "series_id", "t", "mean", "lo80", "hi80", "lo95", "hi95"]
    assert len(table) == 20 and table.notna().all().all()
    assert table.loc[(table["dataset"] == "made_up") & (table["series_id"] == "s1"), "t"].tolist() == [41, 42, 43, 44]


def test_a_set_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no set named m9; it has lone, made_up"):
        forecasting.read_sets(_folder(tmp_path), ("m9",))
