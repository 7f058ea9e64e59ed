"""Announced jobs: discounted, ramped, counted after the nowcast date only, and never more than was promised."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.delivery import Prior, Projects, Ramp, delivered

PRIOR = Prior.from_mean(share_zero=0.36, mean=0.55, effective_sample=8)
RAMP = Ramp(years_low=4, years_high=7, slip_low=1, slip_high=2)
YEARS = np.arange(2015, 2060)


def projects(jobs: list[float], *, start: float = 2024.0, upto: float = 1.0) -> Projects:
    n = len(jobs)
    low = np.array(jobs, float)
    unknown = np.full(n, np.nan)
    return Projects(
        ids=[f"project-{i}" for i in range(n)],
        jobs_low=low,
        jobs_high=low * upto,
        start_year=np.full(n, start),
        by_year=unknown.copy(),
        zero_odds=np.ones(n),
        share_odds=np.ones(n),
        slips=np.ones(n, bool),
        realised=unknown.copy(),
        realised_at=unknown.copy(),
    )


def draw(which: Projects, *, nowcast: float = 2020.0, overlap: float = 0.0, n: int = 400, seed: int = 0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return delivered(which, PRIOR, RAMP, YEARS, nowcast_date=nowcast, overlap=overlap, n_draws=n, rng=rng)


def without(which: Projects, gone: int) -> Projects:
    keep = [i for i in range(len(which.ids)) if i != gone]
    arrays = {name: np.asarray(value)[keep] for name, value in vars(which).items() if name != "ids"}
    return Projects(ids=[which.ids[i] for i in keep], **arrays)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(0, 5000), min_size=2, max_size=6), st.integers(0, 1), st.integers(0, 1000))
def test_removing_an_announcement_never_raises_demand_and_leaves_the_others_as_they_were(
    jobs: list[float], gone: int, seed: int
) -> None:
    every = projects(jobs, upto=1.3)
    full, fewer = draw(every, n=40, seed=seed), draw(without(every, gone), n=40, seed=seed)
    assert (fewer.sum(axis=1) <= full.sum(axis=1) + 1e-9).all()
    np.testing.assert_array_equal(np.delete(full, gone, axis=1), fewer)


@settings(max_examples=30, deadline=None)
@given(st.floats(0, 5000), st.floats(1, 2), st.floats(2010, 2045), st.floats(0, 1), st.integers(0, 1000))
def test_increments_are_never_negative_and_never_sum_above_the_promise(
    jobs: float, upto: float, nowcast: float, overlap: float, seed: int
) -> None:
    which = projects([jobs], upto=upto)
    out = draw(which, nowcast=nowcast, overlap=overlap, n=40, seed=seed)
    assert (out >= 0).all()
    assert (out.sum(axis=2) <= which.jobs_high * (1 - overlap) + 1e-6).all()


def test_the_share_that_delivers_nothing_and_the_mean_are_those_of_the_prior() -> None:
    shares = draw(projects([1000.0] * 60), n=1000).sum(axis=2) / 1000.0
    assert (shares == 0).mean() == pytest.approx(0.36, abs=0.03)
    assert shares.mean() == pytest.approx(0.55, abs=0.03)


def test_what_all_projects_share_does_not_average_out() -> None:
    total = draw(projects([100.0] * 200), n=1000).sum(axis=(1, 2)) / 20_000
    assert total.std() > 0.10


def test_jobs_before_the_nowcast_date_are_in_the_levels_and_not_counted_again() -> None:
    which = projects([1000.0], start=2018.0)
    early, late = draw(which, nowcast=2015.0), draw(which, nowcast=2022.5)
    assert late[:, :, YEARS < 2022].sum() == 0
    assert late.sum() < early.sum()
    np.testing.assert_allclose(late[:, :, YEARS > 2022], early[:, :, YEARS > 2022])


def test_a_cancelled_project_delivers_nothing_more() -> None:
    which = replace(projects([500.0, 500.0]), zero_odds=np.array([np.inf, 1.0]))
    out = draw(which)
    assert out[:, 0].sum() == 0
    assert out[:, 1].sum() > 0


def test_a_known_count_anchors_the_path() -> None:
    base = projects([878.0], start=2020.0)
    known = replace(base, realised=np.array([173.0]), realised_at=np.array([2024.25]), zero_odds=np.array([np.inf]))
    assert draw(known, nowcast=2024.25).sum() == pytest.approx(0.0, abs=1e-9)
    np.testing.assert_allclose(draw(known, nowcast=2015.0).sum(axis=2), 173.0)
    idle = replace(base, realised=np.array([0.0]), realised_at=np.array([2025.0]))
    assert draw(idle, nowcast=2015.0)[:, :, YEARS < 2025].sum() == 0


def test_an_open_project_neither_slips_nor_fails_as_often() -> None:
    base = projects([1000.0])
    opened = replace(base, zero_odds=np.array([0.1]), share_odds=np.array([2.0]), slips=np.array([False]))
    assert draw(opened)[:, :, YEARS == 2024].sum() > 0
    assert draw(base)[:, :, YEARS == 2024].sum() == 0
    assert draw(opened).sum() > 1.3 * draw(base).sum()


def test_hiring_lasts_until_the_stated_year_plus_the_slip() -> None:
    stated = replace(projects([1000.0]), by_year=np.array([2040.0]))
    assert draw(stated)[:, :, YEARS == 2040].sum() > 0
    assert draw(stated)[:, :, YEARS > 2042].sum() == 0


def test_faulty_announcements_are_refused_by_name() -> None:
    with pytest.raises(ValueError, match="project-1"):
        projects([10.0, -5.0])
    with pytest.raises(ValueError, match="repeat"):
        replace(projects([10.0, 5.0]), ids=["same", "same"])
    with pytest.raises(ValueError, match="overlap"):
        draw(projects([10.0]), overlap=1.5)
    with pytest.raises(ValueError, match="share_zero"):
        Prior(share_zero=1.2, mean_if_any=0.5, effective_sample=5)
