"""Hierarchies add up, change least where they are surest, and agree with the reference implementation."""

from __future__ import annotations

import importlib.util

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.reconcile import Hierarchy, hierarchy, reconcile

COUNTIES = ("Durham", "Durham", "Orange", "Orange")
INDUSTRIES = ("health", "laboratories", "health", "laboratories")
TREE = hierarchy(
    ["Durham health", "Durham laboratories", "Orange health", "Orange laboratories"],
    [["all"] * 4, COUNTIES, INDUSTRIES],
)


def assert_adds_up(tree: Hierarchy, values: np.ndarray) -> None:
    bottom = values[..., tree.n_wholes :]
    np.testing.assert_allclose(values[..., : tree.n_wholes], bottom @ tree.wholes.T, rtol=1e-9, atol=1e-9)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 100_000), st.integers(1, 5), st.floats(0.1, 100))
def test_every_sum_holds_for_every_draw_and_nothing_is_negative(seed: int, n_draws: int, spread: float) -> None:
    rng = np.random.default_rng(seed)
    draws = rng.normal(10, spread, (n_draws, len(TREE.names)))
    found = reconcile(TREE, draws, rng.uniform(0.1, 9, len(TREE.names)))
    assert_adds_up(TREE, found)
    assert (found >= 0).all()


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 100_000))
def test_no_other_sums_that_hold_are_nearer(seed: int) -> None:
    rng = np.random.default_rng(seed)
    y, w = rng.normal(50, 40, len(TREE.names)), rng.uniform(0.5, 4, len(TREE.names))
    found = reconcile(TREE, y, w)
    distance = ((found - y) ** 2 / w).sum()
    for _ in range(30):
        other = TREE.summing @ np.maximum(found[TREE.n_wholes :] + rng.normal(0, 3, 4), 0.0)
        assert ((other - y) ** 2 / w).sum() >= distance - 1e-6


def test_forecasts_that_add_up_stay() -> None:
    y = TREE.summing @ np.array([3.0, 1.0, 4.0, 1.5])
    np.testing.assert_allclose(reconcile(TREE, y, np.arange(1.0, 10.0)), y)


def test_a_known_total_stays_and_the_least_sure_part_takes_most_of_the_difference() -> None:
    tree = hierarchy(["hospital", "shops"], [["county", "county"]])
    found = reconcile(tree, [110.0, 60.0, 40.0], [0.0, 1.0, 3.0])
    np.testing.assert_allclose(found, [110.0, 62.5, 47.5])


def test_a_known_total_is_met_although_a_part_would_fall_below_zero() -> None:
    tree = hierarchy(["hospital", "shops"], [["county", "county"]])
    found = reconcile(tree, [50.0, 60.0, 1.0], [0.0, 1.0, 9.0])
    np.testing.assert_allclose(found, [50.0, 50.0, 0.0], atol=1e-2)


def test_an_empty_label_leaves_a_series_out_of_a_grouping() -> None:
    tree = hierarchy(["a", "b", "c"], [["half", "half", ""]])
    np.testing.assert_array_equal(tree.wholes, [[1.0, 1.0, 0.0]])


@pytest.mark.parametrize(
    ("forecasts", "variances", "message"),
    [
        ([1.0, 2.0], [1.0, 1.0, 1.0], "forecasts are"),
        ([1.0, 2.0, np.nan], [1.0, 1.0, 1.0], "must be known"),
        ([1.0, 2.0, 3.0], [1.0, -1.0, 1.0], "negative"),
        ([1.0, 2.0, 3.0], [0.0, 0.0, 0.0], "without error"),
    ],
)
def test_what_cannot_be_reconciled_is_refused(forecasts: list[float], variances: list[float], message: str) -> None:
    tree = hierarchy(["a", "b"], [["all", "all"]])
    with pytest.raises(ValueError, match=message):
        reconcile(tree, forecasts, variances)


def test_labels_of_another_length_are_refused() -> None:
    with pytest.raises(ValueError, match="as many labels"):
        hierarchy(["a", "b"], [["all"]])


@pytest.mark.skipif(
    importlib.util.find_spec("hierarchicalforecast") is None,
    reason="hierarchicalforecast (extra `peers`) is not installed",
)
@pytest.mark.parametrize("nonnegative", [False, True])
def test_it_agrees_with_hierarchicalforecast(nonnegative: bool) -> None:
    from hierarchicalforecast.methods import MinTrace  # noqa: PLC0415 - an optional peer

    rng = np.random.default_rng(3)
    n = len(TREE.names)
    steps, horizon = 40, 3
    actual = rng.normal(20, 5, (n, steps))
    fitted = actual + rng.normal(0, 1, (n, steps)) * np.linspace(0.5, 3, n)[:, None]
    y = np.abs(rng.normal(6 if nonnegative else 20, 8, (n, horizon)))  # the peer sets negative ones to zero beforehand
    y[0] *= 0.2  # a total far below its parts pushes some of them below zero
    peer = MinTrace(method="wls_var", nonnegative=nonnegative).fit_predict(
        S=TREE.summing, y_hat=y, y_insample=actual, y_hat_insample=fitted
    )["mean"]
    variances = np.mean((actual - fitted) ** 2, axis=1)
    ours = reconcile(TREE, y.T, variances, nonnegative=nonnegative).T
    np.testing.assert_allclose(ours, peer, atol=0.02 if nonnegative else 1e-6)
