"""Staffing patterns: margins are met, hidden occupations come out near their seed, and the error is a measured one."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import staffing


def world(seed: int, industries: int = 30, occupations: int = 60, hidden: float = 0.4) -> tuple[np.ndarray, ...]:
    """A national seed, and true local jobs that differ from it by row, column and cell."""
    rng = np.random.default_rng(seed)
    national = rng.lognormal(3, 1.5, (industries, occupations)) * (rng.random((industries, occupations)) < 0.5)
    national[:, 0] += 1.0
    national[0, :] += 1.0
    row, column = rng.lognormal(0, 0.5, (industries, 1)), rng.lognormal(0, 0.4, (1, occupations))
    local = national * row * column * rng.lognormal(0, 0.2, national.shape)
    rows = local.sum(axis=1)
    scaled = national * (rows / national.sum(axis=1))[:, None]
    totals = local.sum(axis=0)
    published = np.where(rng.random(occupations) < hidden, np.nan, totals)
    return scaled, rows, published, totals


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([0.0, 0.3, 0.6, 1.0]))
def test_published_occupations_are_met_to_a_tenth_of_a_percent_at_every_pull(seed: int, pull: float) -> None:
    matrix, rows, published, _ = world(seed)
    fitted = staffing.fit(matrix, rows, published, pull)
    known = np.isfinite(published)
    np.testing.assert_allclose(fitted.column_totals[known], published[known], rtol=1e-3)
    assert (fitted.jobs >= 0).all()
    np.testing.assert_allclose(fitted.jobs.sum(axis=0), fitted.column_totals)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([0.5, 1.0]))
def test_rows_are_met_where_hidden_occupations_may_move(seed: int, pull: float) -> None:
    matrix, rows, published, _ = world(seed)
    fitted = staffing.fit(matrix, rows, published, pull)
    assert fitted.converged
    assert np.abs(fitted.row_gap).max() < 5e-3


def test_at_pull_zero_a_hidden_occupation_stays_at_its_seed_total_and_the_rows_show_the_slack() -> None:
    matrix, rows, published, _ = world(3)
    fitted = staffing.fit(matrix, rows * 1.2, published, pull=0.0)
    hidden = np.isnan(published)
    np.testing.assert_allclose(fitted.column_totals[hidden], matrix.sum(axis=0)[hidden], rtol=1e-6)
    assert fitted.row_gap.mean() < -0.05


def test_a_larger_pull_moves_hidden_occupations_further_from_their_seed() -> None:
    matrix, rows, published, _ = world(5)
    hidden = np.isnan(published)
    start = matrix.sum(axis=0)[hidden]
    moves = [
        np.abs(np.log(staffing.fit(matrix, rows * 1.3, published, p).column_totals[hidden] / start)).mean()
        for p in (0.0, 0.5, 1.0)
    ]
    assert moves[0] < moves[1] < moves[2]


def test_the_order_of_industries_and_occupations_does_not_matter() -> None:
    matrix, rows, published, _ = world(8)
    rng = np.random.default_rng(0)
    i, o = rng.permutation(matrix.shape[0]), rng.permutation(matrix.shape[1])
    one = staffing.fit(matrix, rows, published, 0.5).jobs[np.ix_(i, o)]
    other = staffing.fit(matrix[np.ix_(i, o)], rows[i], published[o], 0.5).jobs
    np.testing.assert_allclose(one, other, rtol=1e-8)


def test_a_published_occupation_that_no_industry_employs_is_spread_by_size_and_flagged() -> None:
    matrix, rows, published, _ = world(1)
    matrix[:, 7] = 0.0
    published[7] = 500.0
    fitted = staffing.fit(matrix, rows, published, 1.0)
    assert fitted.unseeded.nonzero()[0].tolist() == [7]
    assert fitted.column_totals[7] == pytest.approx(500.0)


def test_a_staffing_pattern_sums_to_one_for_every_industry_with_jobs() -> None:
    matrix, rows, published, _ = world(2)
    rows[4] = 0.0
    pattern = staffing.fit(matrix, rows, published, 1.0).pattern
    sums = pattern.sum(axis=1)
    assert sums[4] == 0
    np.testing.assert_allclose(np.delete(sums, 4), 1.0)


def test_holding_out_hides_every_published_occupation_once_and_reports_its_error_by_pull() -> None:
    matrix, rows, published, totals = world(4, occupations=100)
    held = staffing.hold_out(matrix, rows, published, np.random.default_rng(0), share=0.2, folds=5)
    assert held.error["pull"].tolist() == list(staffing.PULLS)
    once = held.detail[held.detail["pull"] == 1.0]
    assert once["column"].is_unique
    assert len(once) == 5 * round(0.2 * np.isfinite(published).sum())
    np.testing.assert_allclose(once["published"], totals[once["column"]])
    best = held.error.set_index("pull").loc[staffing.choose_pull(held)]
    assert 0 < best["median_abs_log_error"] < 0.8
    assert best["rank_correlation"] > 0.7


def test_a_seed_that_is_right_shows_no_error_before_fitting() -> None:
    matrix, _, _, _ = world(6)
    before = staffing.compare_before(matrix.sum(axis=0), matrix.sum(axis=0))
    assert before["rank_correlation"] == pytest.approx(1.0)
    assert before["weighted_error"] == pytest.approx(0.0)


def test_draws_keep_published_occupations_and_cover_the_hidden_truth() -> None:
    matrix, rows, published, totals = world(9, industries=40, occupations=300)
    rng = np.random.default_rng(1)
    held = staffing.hold_out(matrix, rows, published, rng, pulls=[1.0])
    own = staffing.own_error(held, 1.0)
    drawn = staffing.spread(matrix, rows, published, pull=1.0, own=own, n_draws=600, rng=rng)
    known = np.isfinite(published)
    np.testing.assert_allclose(drawn.draws[:, known], np.tile(published[known], (600, 1)), rtol=1e-3)
    low, high = np.quantile(drawn.draws[:, ~known], [0.1, 0.9], axis=0)
    inside = ((totals[~known] >= low) & (totals[~known] <= high)).mean()
    assert 0.68 < inside < 0.92
    assert (drawn.rows_high[~known] > drawn.rows_low[~known]).mean() > 0.9
    np.testing.assert_allclose(drawn.draws[:, ~known].mean(axis=0), drawn.central[~known], rtol=0.1)


def test_an_error_of_the_row_totals_reaches_hidden_occupations_even_where_they_stay_at_the_seed() -> None:
    matrix, rows, published, _ = world(9)
    rng = np.random.default_rng(1)
    own = staffing.own_error(staffing.hold_out(matrix, rows, published, rng, pulls=[0.0]), 0.0)
    drawn = staffing.spread(matrix, rows, published, pull=0.0, own=own, n_draws=10, rng=rng, row_error=0.03)
    hidden = np.isnan(published)
    np.testing.assert_allclose(drawn.rows_high[hidden] / drawn.central[hidden], 1.03, rtol=1e-6)
    np.testing.assert_allclose(drawn.rows_low[hidden] / drawn.central[hidden], 0.97, rtol=1e-6)


def test_rows_that_leave_nothing_over_do_not_make_draws_explode() -> None:
    matrix, rows, published, _ = world(9)
    rows = rows * (np.nansum(published) * 1.01 / rows.sum())
    rng = np.random.default_rng(1)
    own = staffing.own_error(staffing.hold_out(matrix, rows, published, rng, pulls=[0.5]), 0.5)
    drawn = staffing.spread(matrix, rows, published, pull=0.5, own=own, n_draws=300, rng=rng)
    hidden = np.isnan(published)
    assert np.isfinite(drawn.draws).all()
    assert drawn.draws[:, hidden].sum(axis=1).max() < 6 * drawn.central[hidden].sum()


def test_margins_that_cannot_be_are_refused() -> None:
    matrix, rows, published, _ = world(0)
    with pytest.raises(ValueError, match="unequal"):
        staffing.fit(matrix, rows[:-1], published, 1.0)
    with pytest.raises(ValueError, match="negative"):
        staffing.fit(-matrix, rows, published, 1.0)
    with pytest.raises(ValueError, match="pull"):
        staffing.fit(matrix, rows, published, 1.5)


def test_a_fit_of_300_industries_by_830_occupations_takes_under_three_tenths_of_a_second() -> None:
    matrix, rows, published, _ = world(0, industries=300, occupations=830)
    best = min(_timed(lambda: staffing.fit(matrix, rows, published, 0.5)) for _ in range(3))
    assert best < 0.3


def _timed(call: Callable[[], object]) -> float:
    start = time.process_time()  # the machine may be busy
    call()
    return time.process_time() - start
