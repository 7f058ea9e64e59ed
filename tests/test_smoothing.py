"""The batched recursions against statsmodels, and against themselves one origin at a time."""

from __future__ import annotations

import numpy as np
import pytest
from statsmodels.tsa.exponential_smoothing.ets import ETSModel
from statsmodels.tsa.forecasting.theta import ThetaModel

from models.components import components
from models.grids import Grid, point
from models.recursion import run, units
from models.seasonality import indices, is_seasonal, slopes
from models.smoothing import Average, fit, smooth
from models.theta import ThetaGrid, dynamic_theta

TOLERANCE = 1e-3  # of a forecast, relative: both sides minimise the same sum of squares numerically


def _series(seed: int, length: int = 44) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return 100 + rng.normal(0.5, 2, length).cumsum() + np.resize([5.0, -3.0, 1.0, -3.0], length)


def _fixed(grid: Grid, y: np.ndarray, season: int, horizon: int) -> tuple[float, np.ndarray]:
    """Sum of squares and forecasts of one model with the best initial states, without a ridge."""
    shift = y[0]
    count = 1 + int(grid.slope) + (season - 1 if season > 1 else 0)
    unit = units(grid, season, len(y), horizon, ridge=np.full(count, 1e-9))
    (origin,) = run(unit, (y - shift)[None], np.array([len(y)]), (0,), np.float64)
    fitted = fit(unit, origin)
    return float(fitted.sse[0, 0]), fitted.ahead[0, :, 0] + shift


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize(
    ("season", "alpha", "beta", "gamma", "phi"),
    [(4, 0.4, 0.1, 0.2, 0.9), (4, 0.7, 0.05, 0.05, 0.97), (1, 0.5, 0.2, 0.0, 0.88)],
)
def test_a_single_model_agrees_with_statsmodels(
    seed: int, season: int, alpha: float, beta: float, gamma: float, phi: float
) -> None:
    y = _series(seed)
    seasonal = {"seasonal": "add", "seasonal_periods": season} if season > 1 else {}
    model = ETSModel(y, error="add", trend="add", damped_trend=True, **seasonal)
    fixed = {"smoothing_level": alpha, "smoothing_trend": beta, "damping_trend": phi}
    if season > 1:
        fixed["smoothing_seasonal"] = gamma
    with model.fix_params(fixed):
        theirs = model.fit(disp=False, maxiter=2000)
    sse, ahead = _fixed(point(alpha, beta, gamma, phi), y, season, 8)
    np.testing.assert_allclose(ahead, theirs.forecast(8), rtol=TOLERANCE)
    assert sse <= theirs.sse * (1 + 1e-6)
    np.testing.assert_allclose(sse, theirs.sse, rtol=0.01)


@pytest.mark.parametrize("seed", [3, 4])
def test_theta_with_half_the_drift_agrees_with_statsmodels(seed: int) -> None:
    y = _series(seed, 60)
    theirs = ThetaModel(y, period=1, deseasonalize=False).fit()
    alpha = float(theirs.params["alpha"])
    unit = units(point(alpha, 0.0, 0.0, 1.0, slope=False), 1, len(y), 6)
    slope = slopes(y[None], np.array([len(y)]), 1)[None]
    half = Average("half", drifts=(0.5,))
    own = smooth((y - y[0])[None], np.array([len(y)]), (0,), unit, (half,), slope)["half"].mean[0, 0] + y[0]
    np.testing.assert_allclose(own, theirs.forecast(6, theta=2), rtol=TOLERANCE)


def test_dynamic_theta_follows_the_paper_step_by_step() -> None:
    y, alpha, theta, horizon = _series(5, 30), 0.4, 3.0, 4
    found = dynamic_theta(y[None], np.array([30]), horizon, ThetaGrid((alpha,), (theta,), 1.0)).mean[0]

    def forecasts(start: float) -> tuple[float, list[float]]:
        level = alpha * y[0] + (1 - alpha) * start
        values, sse = [y[0]], 0.0
        ahead = []
        for t in range(1, 30 + horizon):
            time = np.arange(1, t + 1)
            slope, intercept = np.polyfit(time, values, 1) if t > 1 else (0.0, values[0])
            left = (1 - alpha) ** t
            mean = level + (1 - 1 / theta) * (left * intercept + (1 - left * (1 - alpha)) / alpha * slope)
            value = y[t] if t < 30 else mean
            sse += (value - mean) ** 2
            ahead += [mean] if t >= 30 else []
            level = alpha * value + (1 - alpha) * level
            values.append(value)
        return sse, ahead

    starts = np.linspace(0, 200, 4001)
    best = min(starts, key=lambda start: forecasts(float(start))[0])
    np.testing.assert_allclose(found, forecasts(float(best))[1], rtol=1e-4)


def test_an_earlier_origin_knows_nothing_of_what_came_after() -> None:
    panel = np.stack([_series(seed) for seed in range(6)])
    lengths = np.full(6, 44)
    whole = components(panel, lengths, 4, 8, (0, 8))
    changed = panel.copy()
    changed[:, 36:] *= 1.5
    other = components(changed, lengths, 4, 8, (0, 8))
    cut = components(panel[:, :36], lengths - 8, 4, 8, (0,))
    np.testing.assert_allclose(whole.mean[:, 1], cut.mean[:, 0], rtol=1e-3)
    np.testing.assert_allclose(whole.mean[:, 1], other.mean[:, 1], rtol=1e-3)
    assert not np.allclose(whole.mean[:, 0], other.mean[:, 0], rtol=0.1)


def test_lengths_in_one_batch_do_not_touch_each_other() -> None:
    long, short = _series(7, 44), _series(8, 20)
    both = np.zeros((2, 44))
    both[0], both[1, :20] = long, short
    together = components(both, np.array([44, 20]), 4, 6, (0,)).mean[:, 0]
    alone = components(short[None], np.array([20]), 4, 6, (0,)).mean[:, 0]
    np.testing.assert_allclose(together[:, 1], alone[:, 0], rtol=1e-4)


def test_a_pure_season_is_found_and_its_indices_are_right() -> None:
    pattern = np.array([1.2, 0.8, 1.1, 0.9])
    y = (np.linspace(100, 140, 40) * np.resize(pattern, 40))[None]
    assert is_seasonal(y, np.array([40]), 4)[0]
    np.testing.assert_allclose(indices(y, np.array([40]), 4, ratio=True)[0], pattern, rtol=0.01)
    flat = np.random.default_rng(1).normal(0, 1, (1, 40)).cumsum(axis=1)
    assert not is_seasonal(flat, np.array([40]), 4)[0]


def test_forecasts_move_and_stretch_with_the_series() -> None:
    y = _series(9)[None]
    lengths = np.array([44])
    names = components(y, lengths, 4, 4, (0,)).names
    raw = [k for k, name in enumerate(names) if name.endswith("raw")]
    plain = components(y, lengths, 4, 4, (0,)).mean[raw]
    moved = components(y * 3 + 50, lengths, 4, 4, (0,)).mean[raw]
    np.testing.assert_allclose(moved, plain * 3 + 50, rtol=1e-4)
