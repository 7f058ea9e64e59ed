"""Growth of short series: kept where it lasts, dropped where it is noise, never further from its parent than it was."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from models.pooling import pooled_growth

Floats = NDArray[np.float64]


def panel(seed: int, *, lasting: float, noise: float, years: int = 4, n: int = 1500) -> tuple[Floats, Floats, Floats]:
    """Levels of n series whose residual growth is lasting + yearly noise (larger for small ones), parents, truth."""
    rng = np.random.default_rng(seed)
    size = rng.lognormal(5, 1.5, n)
    parent = rng.normal(0.02, 0.02, (n, years - 1))
    truth = rng.normal(0, lasting, n)
    scale = noise * np.sqrt(0.2 + 100 / size)
    steps = parent + truth[:, None] + rng.normal(size=(n, years - 1)) * scale[:, None]
    log = np.log(size)[:, None] + np.concatenate([np.zeros((n, 1)), steps.cumsum(axis=1)], axis=1)
    return np.exp(log), parent, truth


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 8), st.floats(0, 0.1), st.floats(0.001, 0.3), st.floats(0, 0.5))
def test_pooled_growth_lies_between_the_parent_and_the_series_own_and_is_never_missing(
    seed: int, years: int, lasting: float, noise: float, gaps: float
) -> None:
    levels, parent, _ = panel(seed, lasting=lasting, noise=noise, years=years, n=60)
    levels[np.random.default_rng(seed).random(levels.shape) < gaps] = np.nan
    pooled = pooled_growth(levels, parent)
    assert np.isfinite(pooled.growth).all()
    assert ((pooled.shrink >= 0) & (pooled.shrink <= 1)).all()
    away = pooled.growth - pooled.parent
    known = np.isfinite(pooled.own)
    assert (away[~known] == 0).all()
    assert (np.abs(away[known]) <= np.abs(pooled.own[known]) + 1e-12).all()


def test_both_variances_are_recovered() -> None:
    levels, parent, _ = panel(1, lasting=0.04, noise=0.1, n=4000)
    pooled = pooled_growth(levels, parent)
    assert np.sqrt(pooled.variance_between) == pytest.approx(0.04, rel=0.15)
    size = np.exp(np.log(levels).mean(axis=1))
    expected = 0.01 * (0.2 + 100 / size) / 3
    assert np.median(pooled.variance_within / expected) == pytest.approx(1.0, abs=0.2)


def test_shrunk_growth_is_nearer_the_truth_than_the_parent_and_than_the_series_own() -> None:
    levels, parent, truth = panel(2, lasting=0.04, noise=0.1)
    pooled = pooled_growth(levels, parent)
    local = pooled.growth - pooled.parent
    assert np.mean((local - truth) ** 2) < 0.9 * np.mean(truth**2)
    assert np.mean((local - truth) ** 2) < 0.7 * np.mean((pooled.own - truth) ** 2)


def test_small_series_are_shrunk_more_than_large_ones() -> None:
    levels, parent, _ = panel(3, lasting=0.04, noise=0.1)
    shrink = pooled_growth(levels, parent).shrink
    order = np.argsort(levels.mean(axis=1))
    assert shrink[order[:100]].mean() < 0.5 * shrink[order[-100:]].mean()


def test_noise_that_reverts_leaves_the_parents_growth_alone() -> None:
    rng = np.random.default_rng(5)
    levels = np.exp(5 + rng.normal(0, 0.1, (4000, 4)))
    pooled = pooled_growth(levels, np.zeros((4000, 3)))
    assert pooled.variance_between == 0.0
    np.testing.assert_array_equal(pooled.growth, 0.0)
    # half of a step between two noisy levels goes back, and the forecast says so, once and not a year
    step = np.diff(np.log(levels[:, -2:]), axis=1)[:, 0]
    small = np.abs(step) < 0.15
    np.testing.assert_allclose(pooled.settling[small], -0.5 * step[small], atol=0.02)
    ahead = pooled.ahead(np.full(4000, 0.02), [1.0, 3.0])
    np.testing.assert_allclose(ahead[:, 1] - ahead[:, 0], 0.04)


def test_a_yearly_average_that_was_still_moving_goes_on_once() -> None:
    rng = np.random.default_rng(8)
    monthly = 5 + rng.normal(0, 0.02, (3000, 60)).cumsum(axis=1)
    yearly = np.exp(monthly).reshape(3000, 5, 12).mean(axis=2)
    pooled = pooled_growth(yearly[:, :4], np.zeros((3000, 3)))
    assert 0.15 < float(np.median(pooled.carry.share(150.0))) < 0.35
    error = np.log(yearly[:, 4] / yearly[:, 3])
    assert np.mean((error - pooled.ahead(np.zeros(3000), [1.0])[:, 0]) ** 2) < 0.97 * np.mean(error**2)


def test_a_countys_lasting_lead_is_carried_to_all_of_its_industries() -> None:
    levels, parent, _ = panel(5, lasting=0.01, noise=0.05, n=2000)
    county = np.repeat(np.arange(20), 100)
    lead = np.linspace(-0.03, 0.03, 20)
    levels *= np.exp(lead[county][:, None] * np.arange(levels.shape[1]))
    pooled = pooled_growth(levels, parent, groups=county)
    by_county = np.array([pooled.group[county == c][0] for c in range(20)])
    assert np.corrcoef(by_county, lead)[0, 1] > 0.9
    assert np.abs(by_county).max() <= 0.05


def test_one_relocation_moves_the_variances_of_the_others_little() -> None:
    levels, parent, _ = panel(6, lasting=0.03, noise=0.1)
    before = pooled_growth(levels, parent)
    levels[7, -1] *= 100
    after = pooled_growth(levels, parent)
    assert after.variance_between == pytest.approx(before.variance_between, rel=0.15)


def test_two_years_cannot_tell_lasting_growth_from_noise_and_keep_the_parent() -> None:
    levels, parent, _ = panel(7, lasting=0.05, noise=0.1, years=2)
    pooled = pooled_growth(levels, parent)
    np.testing.assert_array_equal(pooled.growth, pooled.parent)


@pytest.mark.parametrize("levels", [np.full((5, 4), 7.0), np.zeros((5, 4)), np.full((5, 4), np.nan)])
def test_constant_empty_and_unknown_series_get_a_number(levels: Floats) -> None:
    pooled = pooled_growth(levels, np.full((5, 3), 0.01))
    assert np.isfinite(pooled.growth).all()


def test_a_missing_parent_is_refused() -> None:
    with pytest.raises(ValueError, match="parent_growth"):
        pooled_growth(np.ones((2, 3)), np.array([[0.1, np.nan], [0.1, 0.1]]))
