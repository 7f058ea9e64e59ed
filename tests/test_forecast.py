"""The one entry to forecasting: every kind of series gets a named treatment, and the same seed the same numbers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import models
from models import forecasting


def _panel(rng: np.random.Generator, count: int = 40, length: int = 44) -> np.ndarray:
    time = np.arange(length)
    season = 10 * np.sin(np.pi * time / 2)[None] * rng.uniform(0, 1, (count, 1))
    steps = rng.normal(0.3, 2.0, (count, length)).cumsum(axis=1)
    return 100 + steps + season


def test_every_kind_of_series_has_a_named_treatment_and_no_missing_number() -> None:
    rng = np.random.default_rng(1)
    nothing = np.full((9, 44), np.nan)
    nothing[0] = 0.0
    nothing[1] = 7.0
    nothing[2, -5:] = [3, 4, 5, 6, 8]
    nothing[3, -1] = 12.0
    nothing[4] = rng.poisson(0.3, 44)
    nothing[5] = 50 + rng.normal(0, 1, 44)
    nothing[5, [3, 9, 10, 20]] = np.nan
    nothing[6] = 20 + rng.normal(0, 1, 44)
    nothing[6, -3:] = np.nan
    nothing[7, :20] = 5 + rng.normal(0, 1, 20)
    nothing[7, 20:] = 50 + rng.normal(0, 1, 24)
    found = models.forecast(np.vstack([nothing[:8], _panel(rng)]), 8, 4)
    kinds = found.diagnostics["treatment"].tolist()
    assert kinds[:6] == [
        "all zero",
        "constant",
        "short: shrunken damped growth",
        "short: shrunken damped growth",
        "intermittent: level",
        "combination",
    ]
    assert found.diagnostics["filled"].tolist()[5] == 4
    assert found.diagnostics["late"].tolist()[6] == 3
    assert np.isfinite(found.point).all()
    assert all(np.isfinite(found.lower[level]).all() and np.isfinite(found.upper[level]).all() for level in (80, 95))
    assert (found.point[0] == 0).all() and (found.point[1] == 7).all()


def test_a_lone_short_series_grows_less_than_it_did() -> None:
    grown = np.array([[100.0, 110.0, 121.0, 133.1]])
    found = models.forecast(grown, 3, 1)
    assert (np.diff(found.point[0]) > 0).all()
    assert found.point[0, 0] < 133.1 * 1.1
    assert found.lower[80][0, 0] < found.point[0, 0] < found.upper[80][0, 0]


def test_the_number_of_workers_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forecasting, "_BATCH", 16)
    panel = _panel(np.random.default_rng(2))
    one = models.forecast(panel, 4, 4, n_draws=20, seed=3, workers=1)
    two = models.forecast(panel, 4, 4, n_draws=20, seed=3, workers=2)
    other = models.forecast(panel, 4, 4, n_draws=20, seed=4, workers=1)
    assert one.draws is not None and two.draws is not None and other.draws is not None
    np.testing.assert_array_equal(one.draws, two.draws)
    np.testing.assert_array_equal(one.point, two.point)
    assert not np.array_equal(one.draws, other.draws)


def test_a_frame_and_a_matrix_give_the_same_numbers_in_any_order_of_rows() -> None:
    rng = np.random.default_rng(5)
    panel = _panel(rng, 6)
    units = [f"u{k}" for k in range(6)]
    wide = pd.DataFrame(panel, index=units).rename_axis("unit").reset_index()
    frame = wide.melt("unit", var_name="period", value_name="value").astype({"period": int})
    mixed = frame.sample(frac=1, random_state=1)
    found = models.forecast(mixed, 4, 4)
    assert found.units.tolist() == units
    np.testing.assert_allclose(found.point, models.forecast(panel, 4, 4).point)


def test_twice_the_same_period_is_refused() -> None:
    frame = pd.DataFrame({"unit": ["a", "a"], "period": [1, 1], "value": [1.0, 2.0]})
    with pytest.raises(ValueError, match="two rows for period 1"):
        models.forecast(frame, 2, 1)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.lists(st.floats(0, 1e6, width=32), min_size=1, max_size=40), min_size=1, max_size=6),
    st.sampled_from([1, 4, 12]),
    st.integers(1, 9),
)
def test_forecasts_of_any_counts_are_finite_ordered_and_not_negative(
    series: list[list[float]], season: int, horizon: int
) -> None:
    width = max(len(one) for one in series)
    panel = np.array([[np.nan] * (width - len(one)) + one for one in series])
    found = models.forecast(panel, horizon, season, n_draws=3)
    assert np.isfinite(found.point).all() and (found.point >= 0).all()
    assert found.draws is not None and np.isfinite(found.draws).all() and (found.draws >= 0).all()
    for level in (80, 95):
        assert (found.lower[level] <= found.point + 1e-9).all() and (found.point <= found.upper[level] + 1e-9).all()
    assert (found.lower[95] <= found.lower[80] + 1e-9).all()
