"""Levels carried to newer totals: sums are met, order is kept, and the wider the older the history."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.nowcast import carry_to_totals
from models.panel_errors import LEVELS, ErrorScales

SCALES = ErrorScales(0.02, 0.6, 6.0, 0.005, 0.4, 0.6, 0.1, tuple(np.linspace(-4, 4, len(LEVELS))), 100.0, 3.0)


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 100_000), st.integers(1, 40), st.floats(0, 6))
def test_every_group_meets_its_total_and_no_series_vanishes(seed: int, n: int, years: float) -> None:
    rng = np.random.default_rng(seed)
    levels, groups = rng.lognormal(4, 2, n), rng.choice(["Durham", "Orange", "Person"], n)
    totals = {name: float(rng.uniform(10, 1e5)) for name in ("Durham", "Orange", "Person")}
    found = carry_to_totals(levels, groups.tolist(), totals, years=years, growth=rng.normal(0, 0.1, n), scales=SCALES)
    for name in set(groups):
        assert found.levels[groups == name].sum() == pytest.approx(totals[name])
    assert (found.levels > 0).all()


def test_expected_growth_moves_industries_apart_and_the_total_moves_them_together() -> None:
    found = carry_to_totals([100.0, 100.0], ["a", "a"], {"a": 220.0}, years=2.0, growth=[0.05, -0.05], scales=SCALES)
    assert found.levels[0] / found.levels[1] == pytest.approx(np.exp(0.2))
    assert found.moved["a"] == pytest.approx(np.log(220 / (100 * np.exp(0.1) + 100 * np.exp(-0.1))))


def test_growth_common_to_all_changes_nothing_but_the_surprise() -> None:
    none, some = (
        carry_to_totals([10.0, 30.0], ["a", "a"], {"a": 50.0}, years=1.0, growth=growth, scales=SCALES)
        for growth in (0.0, 0.1)
    )
    np.testing.assert_allclose(none.levels, some.levels)
    assert none.moved["a"] - some.moved["a"] == pytest.approx(0.1)


def test_older_history_and_smaller_series_are_less_sure() -> None:
    near, far = (
        carry_to_totals([20.0, 2000.0], ["a", "a"], {"a": 2100.0}, years=years, scales=SCALES).error
        for years in (1.0, 4.0)
    )
    assert (far > near).all()
    assert near[0] > near[1]
    now = carry_to_totals([20.0], ["a"], {"a": 20.0}, years=0.0, scales=SCALES)
    assert now.error[0] == 0.0


@pytest.mark.parametrize(
    ("levels", "totals", "years"),
    [([1.0], {}, 1.0), ([0.0], {"a": 5.0}, 1.0), ([1.0], {"a": 0.0}, 1.0), ([1.0], {"a": 5.0}, -1.0)],
)
def test_what_cannot_be_carried_is_refused(levels: list[float], totals: dict[str, float], years: float) -> None:
    with pytest.raises(ValueError, match="carry_to_totals"):
        carry_to_totals(levels, ["a"], totals, years=years, scales=SCALES)
