"""Forecast errors of a panel: the common and the own part are told apart, and drawn paths have the fitted scales."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import special

from models.panel_errors import (
    LEVELS,
    ErrorScales,
    draw_paths,
    fit_common,
    fit_exponent,
    fit_scales,
    remove_origin_error,
)

NORMAL = ErrorScales(
    common_sd=0.02,
    common_exponent=0.6,
    common_df=6.0,
    own_floor=0.004,
    own_per_job=0.3,
    own_exponent=0.5,
    own_group_share=0.3,
    own_quantiles=tuple(float(q) for q in special.ndtri(LEVELS)),
    n_own=1000.0,
    origins=3.0,
)


def made_errors(seed: int, *, floor: float = 0.004, per_job: float = 0.3, n: int = 3000) -> pd.DataFrame:
    """Own errors of a known law, on top of an aggregate error of each origin."""
    rng = np.random.default_rng(seed)
    parts = []
    for origin, horizon in ((2015, 1.0), (2015, 2.0), (2015, 3.0), (2016, 1.0), (2016, 2.0)):
        size = rng.lognormal(5, 1.3, n)
        own = rng.standard_normal(n) * np.sqrt(floor + per_job / size) * horizon**0.6
        error = own + rng.normal(0, 0.03)
        frame = {"error": error, "size": size, "actual": size * np.exp(error), "forecast": size}
        parts.append(pd.DataFrame(frame).assign(origin=origin, horizon=horizon, group=rng.integers(0, 50, n)))
    return pd.concat(parts, ignore_index=True)


def made_common(seed: int, sd: float = 0.02) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    h = np.repeat([1.0, 2.0, 4.0], 400)
    return pd.DataFrame({"horizon": h, "error": rng.standard_normal(len(h)) * sd * h**0.7})


def test_the_scales_that_made_the_errors_are_found_again() -> None:
    found = fit_scales(made_errors(0), made_common(0))
    assert found.common_sd == pytest.approx(0.02, rel=0.1)
    assert found.common_exponent == pytest.approx(0.7, abs=0.07)
    assert found.own_exponent == pytest.approx(0.6, abs=0.05)
    for size in (30.0, 300.0, 5000.0):
        truth = np.sqrt(0.004 + 0.3 / size) * 2**0.6
        upper = found.own_quantiles[LEVELS.index(0.9)] / special.ndtri(0.9)
        assert found.own_scale(size, 2.0) * upper == pytest.approx(truth, rel=0.1)


def test_an_origins_common_error_is_removed_before_own_errors_are_measured() -> None:
    errors = made_errors(1)
    own = remove_origin_error(errors)
    moved = remove_origin_error(errors.assign(error=errors["error"] + 0.2, actual=errors["actual"] * np.exp(0.2)))
    np.testing.assert_allclose(own["own"], moved["own"], atol=1e-12)


def test_intervals_fitted_on_one_half_cover_the_other() -> None:
    errors = made_errors(2)
    half = fit_scales(errors.iloc[::2], made_common(0))
    scored = remove_origin_error(errors.iloc[1::2])
    scored = scored[scored["horizon"] == 2.0]
    rng = np.random.default_rng(0)
    drawn = draw_paths(np.zeros(len(scored)), [2.0], scored["size"].to_numpy(), half, 800, rng, common=False)[:, :, 0]
    for level in (0.8, 0.95):
        low, high = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2], axis=0)
        inside = ((scored["own"] >= low) & (scored["own"] <= high)).mean()
        assert inside == pytest.approx(level, abs=0.03)


def test_paths_widen_with_the_horizon_and_narrow_with_size() -> None:
    horizon = np.array([1.0, 2.0, 4.0, 8.0])
    drawn = draw_paths([0.0, 0.0], horizon, [20.0, 5000.0], NORMAL, 4000, np.random.default_rng(0))
    spread = drawn.std(axis=0)
    assert (np.diff(spread, axis=1) > 0).all()
    assert (spread[0] > spread[1]).all()
    expected = np.sqrt(NORMAL.own_scale(5000.0, horizon) ** 2 + (0.02 * horizon**0.6) ** 2)
    np.testing.assert_allclose(spread[1], expected, rtol=0.06)


def test_jobs_are_right_on_average_whatever_the_size() -> None:
    growth = np.array([0.01, -0.02, 0.0])
    drawn = draw_paths(growth, [1.0, 5.0], [5.0, 100.0, 9000.0], NORMAL, 2000, np.random.default_rng(1), common=False)
    np.testing.assert_allclose(np.exp(drawn).mean(axis=0), np.exp(growth[:, None] * [1.0, 5.0]), rtol=1e-5)


def test_the_common_factor_hits_all_series_and_does_not_average_out() -> None:
    n = 400
    rng = np.random.default_rng(2)
    with_it = draw_paths(np.zeros(n), [2.0], np.full(n, 300.0), NORMAL, 1000, rng).mean(axis=1).std()
    without = draw_paths(np.zeros(n), [2.0], np.full(n, 300.0), NORMAL, 1000, rng, common=False).mean(axis=1).std()
    assert with_it == pytest.approx(0.02 * 2**0.6, rel=0.15)
    assert without < 0.3 * with_it


def test_own_errors_of_one_industry_move_together_by_the_fitted_share() -> None:
    groups = np.repeat(np.arange(200), 2)
    drawn = draw_paths(
        np.zeros(400), [1.0], np.full(400, 50.0), NORMAL, 600, np.random.default_rng(3), groups=groups, common=False
    )[:, :, 0]
    pairs = [np.corrcoef(drawn[:, k], drawn[:, k + 1])[0, 1] for k in range(0, 400, 2)]
    strangers = [np.corrcoef(drawn[:, k], drawn[:, k + 2])[0, 1] for k in range(0, 398, 2)]
    assert np.mean(pairs) == pytest.approx(0.3, abs=0.05)
    assert np.mean(strangers) == pytest.approx(0.0, abs=0.02)


def test_the_correlation_within_industries_is_found_again() -> None:
    rng = np.random.default_rng(4)
    shared = rng.standard_normal(300)
    group = np.repeat(np.arange(300), 10)
    error = 0.1 * (np.sqrt(0.4) * shared[group] + np.sqrt(0.6) * rng.standard_normal(3000))
    frame = pd.DataFrame({"error": error, "size": 1e4, "actual": 1e4 * np.exp(error), "forecast": 1e4, "group": group})
    found = fit_scales(frame.assign(origin=2016, horizon=1.0), made_common(0))
    assert found.own_group_share == pytest.approx(0.4, abs=0.07)


def test_one_seed_gives_the_same_paths() -> None:
    one, two = (draw_paths([0.01], [1.0, 2.0], [80.0], NORMAL, 50, np.random.default_rng(9)) for _ in range(2))
    np.testing.assert_array_equal(one, two)


def test_scales_survive_the_table_they_are_stored_in() -> None:
    numbers = NORMAL.to_numbers() | {"occupation_projection_sd": 0.03}
    frame = pd.DataFrame({"name": list(numbers), "value": list(numbers.values())})
    assert ErrorScales.from_frame(frame) == NORMAL
    with pytest.raises(ValueError, match="own_floor"):
        ErrorScales.from_frame(frame[frame["name"] != "own_floor"])


def test_a_single_horizon_is_taken_for_a_random_walk() -> None:
    common = made_common(0)
    assert fit_common(common[common["horizon"] == 4.0])[1] == 0.5
    errors = remove_origin_error(made_errors(3))
    assert fit_exponent(errors[errors["horizon"] == 2.0]) == 0.5


def test_horizons_that_do_not_increase_are_refused() -> None:
    with pytest.raises(ValueError, match="increasing"):
        draw_paths([0.0], [2.0, 1.0], [10.0], NORMAL, 5, np.random.default_rng(0))
