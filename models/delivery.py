"""Announced jobs to delivered jobs over time, as draws: many projects deliver nothing, the rest late and in part."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Prior:
    """What share of its promised jobs a project delivers: a zero-inflated Beta, itself uncertain.

    Attributes:
        share_zero: share of projects that deliver nothing.
        mean_if_any: mean delivered share among the others.
        effective_sample: projects that the two numbers above are worth as evidence; small, it widens every draw.
        concentration: a + b of the Beta of single projects that deliver something (2 is nearly flat).
    """

    share_zero: float
    mean_if_any: float
    effective_sample: float
    concentration: float = 4.0

    def __post_init__(self) -> None:
        for name in ("share_zero", "mean_if_any"):
            if not 0 < getattr(self, name) < 1:
                raise ValueError(f"Prior: {name} is {getattr(self, name)}; expected a share between 0 and 1")
        for name in ("effective_sample", "concentration"):
            if not getattr(self, name) > 0:
                raise ValueError(f"Prior: {name} is {getattr(self, name)}; expected a positive number")

    @classmethod
    def from_mean(cls, share_zero: float, mean: float, effective_sample: float, concentration: float = 4.0) -> Prior:
        """The prior whose mean over all projects, those with nothing included, is `mean`."""
        return cls(share_zero, mean / (1.0 - share_zero), effective_sample, concentration)


@dataclass(frozen=True)
class Ramp:
    """How long hiring takes, in years; each project draws its own values, evenly between low and high.

    Attributes:
        years_low: shortest time from the first to the last hire.
        years_high: longest time.
        slip_low: smallest delay of the stated start.
        slip_high: largest delay.
    """

    years_low: float
    years_high: float
    slip_low: float = 0.0
    slip_high: float = 0.0

    def __post_init__(self) -> None:
        if not (0 < self.years_low <= self.years_high and 0 <= self.slip_low <= self.slip_high):
            raise ValueError(f"Ramp: {self}; expected 0 < years_low <= years_high and 0 <= slip_low <= slip_high")


@dataclass(frozen=True)
class Projects:
    """Announced projects, one entry each in arrays of one length A.

    Attributes:
        ids: stable names; a project keeps its own random numbers whatever others are listed with it.
        jobs_low: fewest new jobs promised (retained and construction jobs are not new jobs).
        jobs_high: most new jobs promised; equal to jobs_low where the release gives one number.
        start_year: stated first hires, as a decimal year.
        by_year: stated end of hiring, as a decimal year; NaN where not stated.
        zero_odds: factor on the odds of delivering nothing (stage effect; infinite for a cancelled project).
        share_odds: factor on the odds of the delivered share, given that something is delivered.
        slips: false where hiring has begun, so that the start can no longer slip.
        realised: jobs known to exist, NaN where not known.
        realised_at: decimal year of that count, NaN where there is none.
    """

    ids: Sequence[str]
    jobs_low: Floats
    jobs_high: Floats
    start_year: Floats
    by_year: Floats
    zero_odds: Floats
    share_odds: Floats
    slips: NDArray[np.bool_]
    realised: Floats
    realised_at: Floats

    def __post_init__(self) -> None:
        lengths = {name: len(value) for name, value in vars(self).items()}
        if len(set(lengths.values())) > 1:
            raise ValueError(f"Projects: arrays differ in length: {lengths}")
        if len(set(self.ids)) < len(self.ids):
            raise ValueError("Projects: ids repeat; one entry per project is expected (fold amendments first)")
        bad = ~((np.asarray(self.jobs_low) >= 0) & (np.asarray(self.jobs_high) >= np.asarray(self.jobs_low)))
        if bad.any():
            name = self.ids[int(np.flatnonzero(bad)[0])]
            raise ValueError(f"Projects: {name}: expected 0 <= jobs_low <= jobs_high")


def delivered(
    projects: Projects,
    prior: Prior,
    ramp: Ramp,
    years: ArrayLike,
    *,
    nowcast_date: float,
    overlap: ArrayLike,
    n_draws: int,
    rng: np.random.Generator,
) -> Floats:
    """Jobs that each project adds in each year, counted only after the nowcast date.

    In draw k the prior's share_zero and mean_if_any are themselves drawn (Beta with the effective sample), common to
    all projects; each project then draws whether it delivers, its share, its promise between low and high, its slip
    and its ramp. Jobs grow evenly from the (slipped) start to the end, which is the stated one plus the slip or the
    drawn ramp, whichever is later. A known count anchors the path: it passes through that count at its date, and the
    total never falls below it. What the levels already hold (before the nowcast date) is left out, and the rest is
    multiplied by 1 - overlap. Overlap and the prior are common to all projects of a draw. A project whose drawn
    start lies in the past without a known count counts with what its path adds from now on.

    Args:
        projects: the announcements.
        prior: delivered share.
        ramp: hiring time and slip.
        years: (Y,) calendar years; entry y covers the decimal years y to y + 1.
        nowcast_date: decimal year to which industry levels are carried.
        overlap: share already contained in the trend, a number or (K,) draws, 0 to 1.
        n_draws: K.
        rng: source of the root of all random numbers; projects branch from it by their ids.

    Returns:
        (K, A, Y) jobs added, never negative; over years they sum to at most the jobs promised (or known to exist).

    Raises:
        ValueError: overlap outside 0 to 1.
    """
    share_taken = np.broadcast_to(np.asarray(overlap, float), (n_draws,))
    if not ((share_taken >= 0) & (share_taken <= 1)).all():
        raise ValueError("delivered: overlap must lie between 0 and 1")
    root = int(rng.integers(2**63))
    common = np.random.default_rng(root)
    n = prior.effective_sample
    p_zero = common.beta(prior.share_zero * n, (1 - prior.share_zero) * n, n_draws)
    mean = common.beta(prior.mean_if_any * n, (1 - prior.mean_if_any) * n, n_draws)
    starts = np.asarray(years, float)
    edges = np.maximum(np.stack([starts, starts + 1.0]), nowcast_date)[:, None, :]
    out = np.zeros((n_draws, len(projects.ids), len(starts)))
    for a in range(len(projects.ids)):
        own = np.random.default_rng([root, _key(projects.ids[a])])
        u = own.random((5, n_draws))
        zero = u[0] < _shift(p_zero, float(projects.zero_odds[a]))
        m = np.clip(_shift(mean, float(projects.share_odds[a])), 1e-3, 1 - 1e-3)
        share = np.where(zero, 0.0, own.beta(m * prior.concentration, (1 - m) * prior.concentration))
        low, high = float(projects.jobs_low[a]), float(projects.jobs_high[a])
        total = share * (low + (high - low) * u[1])
        slip = (ramp.slip_low + (ramp.slip_high - ramp.slip_low) * u[2]) * bool(projects.slips[a])
        begin = float(projects.start_year[a]) + slip
        end = np.fmax(begin + ramp.years_low + (ramp.years_high - ramp.years_low) * u[3], projects.by_year[a] + slip)
        path = _Path(begin, end, total, float(projects.realised[a]), float(projects.realised_at[a]))
        out[:, a, :] = path.at(edges[1]) - path.at(edges[0])
    return np.maximum(out, 0.0) * (1.0 - share_taken)[:, None, None]


@dataclass(frozen=True)
class _Path:
    """Jobs in place over time, per draw: even growth to a known count, then even growth to the total."""

    begin: Floats
    end: Floats
    total: Floats
    known: float
    known_at: float

    def at(self, t: Floats) -> Floats:
        """(K, Y) jobs at the decimal years t (1, Y)."""
        if np.isnan(self.known) or np.isnan(self.known_at):
            return self.total[:, None] * _progress(t, self.begin, self.end)
        first = np.minimum(self.begin, self.known_at - 1.0)
        rest = np.maximum(self.begin, self.known_at)
        last = np.maximum(self.end, rest + 1.0)
        before = self.known * _progress(t, first, np.full_like(first, self.known_at))
        return before + np.maximum(self.total - self.known, 0.0)[:, None] * _progress(t, rest, last)


def _progress(t: Floats, begin: Floats, end: Floats) -> Floats:
    width = np.maximum(end - begin, 1e-9)
    return np.clip((t - begin[:, None]) / width[:, None], 0.0, 1.0)


def _shift(share: Floats, odds: float) -> Floats:
    if np.isinf(odds):
        return np.ones_like(share)
    return odds * share / (1.0 - share + odds * share)


def _key(name: str) -> int:
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "big")
