"""Percentiles of draws, as printed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.quantiles import quantiles


def test_percentiles_lie_between_draws_by_linear_interpolation() -> None:
    found = quantiles(np.arange(11.0))
    assert [found.p10.item(), found.p50.item(), found.p90.item()] == [1.0, 5.0, 9.0]


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=30), st.randoms(use_true_random=False))
def test_percentiles_are_ordered_and_do_not_depend_on_the_order_of_draws(draws: list[float], shuffle: object) -> None:
    once = quantiles(np.array(draws)[:, None])
    shuffle.shuffle(draws)  # type: ignore[attr-defined]
    again = quantiles(np.array(draws)[:, None])
    assert once.p10.shape == (1,)
    assert once.p10 <= once.p50 <= once.p90
    assert (once.p10, once.p50, once.p90) == (again.p10, again.p50, again.p90)


@pytest.mark.parametrize(("draws", "message"), [([], "at least one draw"), ([1.0, float("nan")], "missing values")])
def test_nothing_and_missing_values_have_no_percentile(draws: list[float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        quantiles(np.array(draws))
