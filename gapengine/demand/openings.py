"""Openings by occupation: growth, exits and transfers over the gap period, for a market, as draws.

Method section 6. Employment paths come from the nowcast, the national occupational projection, the local deviation of
the industries that employ the occupation, and announced jobs; separations rates from the Employment Projections.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from gapengine.arrivals import Arrivals
from gapengine.assumptions import Assumptions
from gapengine.demand.codes import Universe
from gapengine.demand.industries import Industries
from gapengine.demand.occupations import AreaStaffing, published, sampling_error
from gapengine.demand.private import PRIVATE
from gapengine.snapshot import Snapshot
from models.size_noise import SizeNoise

_MEAN_HORIZON = 5.0  # years ahead at which jobs, not their logs, are right on average


@dataclass(frozen=True)
class Openings:
    """Openings a year by occupation in one market.

    Attributes:
        recurring: (K, O) exits and transfers, yearly average over the gap period.
        one_off: (K, O) growth and announced jobs, yearly average; recurring + one_off is never below zero.
        announced: (K, O) the announced part of one_off.
        paths: (K, O, Y + 1) jobs from the nowcast year on, weighted by the market.
        separations: (O,) exits and transfers a year, share of jobs.
        years: (Y,) calendar years after the nowcast year.
        period: first and last year of the gap period.
    """

    recurring: np.ndarray
    one_off: np.ndarray
    announced: np.ndarray
    paths: np.ndarray
    separations: np.ndarray
    years: np.ndarray
    period: tuple[int, int]

    @property
    def total(self) -> np.ndarray:
        """(K, O) all openings a year."""
        return np.asarray(self.recurring + self.one_off)

    @property
    def jobs(self) -> np.ndarray:
        """(O,) jobs at the nowcast, mean over draws."""
        return np.asarray(self.paths[:, :, 0].mean(axis=0, dtype=float))

    def by_year(self, positions: np.ndarray) -> np.ndarray:
        """(K, N, Y) openings of some occupations in each calendar year."""
        jobs = self.paths[:, positions]
        middle = (jobs[:, :, 1:] + jobs[:, :, :-1]) / 2
        separations = self.separations[positions].astype(np.float32)[None, :, None]
        return np.asarray(np.maximum(np.diff(jobs, axis=2) + separations * middle, 0))


@dataclass(frozen=True)
class Rates:
    """National rates by occupation, (O,) each: exits and transfers a year, log growth a year."""

    exits: np.ndarray
    transfers: np.ndarray
    growth: np.ndarray


def rates(snapshot: Snapshot, universe: Universe) -> Rates:
    """Read separations rates and projected growth (EP tables 1.10 and 1.2, one vintage) in the universe's order."""
    table = snapshot["occupations"].set_index("soc_code").reindex(list(universe.codes))
    span = (table["target_year"] - table["base_year"]).to_numpy(float)
    growth = np.log((table["employment_target"] / table["employment_base"]).to_numpy(float)) / span
    return Rates(table["exit_rate"].to_numpy(float), table["transfer_rate"].to_numpy(float), growth)


@dataclass(frozen=True)
class AreaPaths:
    """Occupational jobs of one area: (K, O, Y + 1) from the nowcast year on, announced jobs included and alone.

    Attributes:
        jobs: with announced jobs.
        announced: announced jobs alone; None where no event adds any.
    """

    jobs: np.ndarray
    announced: np.ndarray | None


def area_paths(
    staffing: AreaStaffing,
    industries: Industries,
    arrivals: Arrivals,
    national: Rates,
    drift: np.ndarray,
) -> AreaPaths:
    """Carry the area's occupational jobs through the years.

    Args:
        staffing: the area's fitted staffing.
        industries: deviations of its industries from national growth.
        arrivals: announced jobs after the nowcast, by event.
        national: separations rates and growth.
        drift: (K, O) error of the national projection, log points a year.

    Returns:
        Jobs at the nowcast year and at the end of each later year.
    """
    positions = industries.of_area(staffing.area_code)
    horizon = industries.years - industries.nowcast_year
    weights = staffing.jobs / np.maximum(staffing.jobs.sum(axis=0, keepdims=True), 1e-9)
    n_draws, n_occupations = staffing.draws.shape
    start = staffing.draws.astype(np.float32)
    base = np.empty((n_draws, n_occupations, len(horizon) + 1), dtype=np.float32)
    base[:, :, 0] = start
    pace = (national.growth + drift).astype(np.float32)
    mix = weights.astype(np.float32)
    for index, years_ahead in enumerate(horizon):
        local = np.exp(industries.deviation[:, positions, index]) @ mix
        base[:, :, index + 1] = start * np.exp(pace * np.float32(years_ahead)) * local
    announced = _announced(staffing, industries, arrivals, positions)
    if announced is not None:
        base += announced
        np.maximum(base, 0, out=base)
    return AreaPaths(base, announced)


def _announced(
    staffing: AreaStaffing, industries: Industries, arrivals: Arrivals, positions: np.ndarray
) -> np.ndarray | None:
    """(K, O, Y + 1) announced jobs by occupation, by the staffing pattern of each project's industry."""
    events, gone = arrivals.in_area(staffing.area_code), arrivals.leaving_area(staffing.area_code)
    if not events and not gone:
        return None
    by_code: dict[str, np.ndarray] = {}
    for event in events:
        by_code[event.naics_code] = by_code.get(event.naics_code, 0) + np.cumsum(event.increments, axis=1)
    for layoff in gone:
        by_code[layoff.naics_code] = by_code.get(layoff.naics_code, 0) - np.cumsum(layoff.losses, axis=1)
    n_draws, n_years = next(iter(by_code.values())).shape
    out = np.zeros((n_draws, staffing.shares.shape[1], n_years + 1), dtype=np.float32)
    for naics_code, jobs in by_code.items():
        pattern = local_pattern(staffing, industries, arrivals, positions, naics_code)
        staffed = np.flatnonzero(pattern > 0)
        out[:, staffed, 1:] += (pattern[staffed][None, :, None] * jobs[:, None, :]).astype(np.float32)
    return out


def local_pattern(
    staffing: AreaStaffing, industries: Industries, arrivals: Arrivals, positions: np.ndarray, naics_code: str
) -> np.ndarray:
    """(O,) shares of an industry's jobs by occupation: the area's own, else the nation's.

    Without a code (industry not known) the shares of all the area's private jobs.
    """
    private = industries.rows["own_code"].to_numpy()[positions] == PRIVATE
    if not naics_code:
        jobs = staffing.jobs[private].sum(axis=0)
        return np.asarray(jobs / max(float(jobs.sum()), 1e-9))
    codes = industries.rows["naics_code"].to_numpy()[positions]
    row = np.flatnonzero((codes == naics_code) & private)
    return staffing.shares[row[0]] if len(row) else arrivals.pattern(naics_code)


def openings(
    paths: Mapping[str, AreaPaths],
    weights: Mapping[str, float],
    national: Rates,
    industries: Industries,
    period: tuple[int, int],
) -> Openings:
    """Turn employment paths into openings for a market, one weight per area.

    openings = growth (signed) + exits + transfers, floored at zero per occupation after summing over areas.
    """
    total = _weighted({code: path.jobs for code, path in paths.items()}, weights)
    coming = {code: path.announced for code, path in paths.items() if path.announced is not None}
    announced = _weighted(coming, weights) if coming else None
    separations = national.exits + national.transfers
    years = np.concatenate([[industries.nowcast_year], industries.years])
    first, last = int(np.flatnonzero(years == period[0])[0]), int(np.flatnonzero(years == period[1])[0])
    length = last - first + 1
    # mean over the period of each year's middle jobs: a weight for each end of a year
    ends = np.zeros(len(years), dtype=np.float32)
    ends[first - 1 : last] += 0.5 / length
    ends[first : last + 1] += 0.5 / length
    recurring = (total @ ends) * separations
    growth = (total[:, :, last] - total[:, :, first - 1]).astype(float) / length
    one_off = np.maximum(growth, -recurring)
    added = np.zeros_like(one_off)
    if announced is not None:
        added = (announced[:, :, last] - announced[:, :, first - 1]).astype(float) / length
    return Openings(
        recurring, one_off, np.minimum(added, np.maximum(one_off, 0)), total, separations, industries.years, period
    )


def _weighted(arrays: Mapping[str, np.ndarray], weights: Mapping[str, float]) -> np.ndarray:
    out = np.zeros_like(next(iter(arrays.values())))
    for code, array in arrays.items():
        out += np.float32(weights[code]) * array
    return out


def state_paths(
    snapshot: Snapshot,
    universe: Universe,
    assumptions: Assumptions,
    industries: Industries,
    national: Rates,
    drift: np.ndarray,
    state_code: str,
    rng: np.random.Generator,
) -> AreaPaths:
    """Occupational jobs of the whole state, for programs that serve it: OEWS levels and national growth plus premium.

    Suppressed occupations take the nation's jobs at the state's share of all jobs, with the error of suppressed ones.
    """
    levels = published(snapshot, universe, state_code)
    nation = snapshot["occupations"].set_index("soc_code")["employment_base"].reindex(list(universe.codes)).to_numpy()
    known = ~np.isnan(levels)
    share = levels[known].sum() / nation[known].sum()
    filled = np.where(known, levels, nation * share)
    spread = np.where(known, sampling_error(filled, assumptions), assumptions.value("suppressed_occupation_error"))
    n_draws = drift.shape[0]
    noise = rng.standard_normal((n_draws, len(filled)))
    start = filled * np.exp(noise * spread - spread**2 / 2)
    ahead = np.concatenate([[0.0], industries.years - industries.nowcast_year])
    pace = national.growth + assumptions.value("state_growth_premium") + drift
    jobs = start[:, :, None].astype(np.float32) * np.exp((pace[:, :, None] * ahead).astype(np.float32))
    return AreaPaths(jobs, None)


def projection_drift(snapshot: Snapshot, universe: Universe, n_draws: int, rng: np.random.Generator) -> np.ndarray:
    """(K, O) error of the national occupational projection, in log points a year, as an earlier edition missed.

    Student errors whose variance falls with the occupation's national jobs: floor + per_job / jobs.
    """
    scales = snapshot["error_scales"].set_index("name")["value"]
    jobs = snapshot["occupations"].set_index("soc_code")["employment_base"].reindex(list(universe.codes)).to_numpy()
    noise = SizeNoise(
        float(scales["occupation_projection_floor"]),
        float(scales["occupation_projection_per_job"]),
        0.0,
        float(scales["occupation_projection_df"]),
        0,
    )
    drift = noise.draw(jobs, n_draws, rng)
    return np.asarray(drift - drift.var(axis=0) * _MEAN_HORIZON / 2)
