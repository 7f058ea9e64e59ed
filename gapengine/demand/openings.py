"""Openings by occupation: growth, exits and transfers over the gap period, for a market, as draws.

Method section 6. Employment paths come from the nowcast, the national occupational projection, the local deviation of
the industries that employ the occupation, and announced jobs; separations rates from the Employment Projections.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from gapengine.arrivals import Arrivals
from gapengine.assumptions import Assumptions
from gapengine.demand.codes import Universe
from gapengine.demand.industries import Industries
from gapengine.demand.occupations import AreaStaffing, published, sampling_error, seed_matrix
from gapengine.snapshot import Snapshot


@dataclass(frozen=True)
class Openings:
    """Openings a year by occupation in one market.

    Attributes:
        recurring: (K, O) exits and transfers, yearly average over the gap period.
        one_off: (K, O) growth and announced jobs, yearly average; recurring + one_off is never below zero.
        announced: (K, O) the announced part of one_off.
        by_year: (K, O, Y) openings in each calendar year.
        jobs: (O,) jobs at the nowcast, weighted by the labor shed.
        years: (Y,) calendar years of by_year.
        period: first and last year of the gap period.
    """

    recurring: np.ndarray
    one_off: np.ndarray
    announced: np.ndarray
    by_year: np.ndarray
    jobs: np.ndarray
    years: np.ndarray
    period: tuple[int, int]

    @property
    def total(self) -> np.ndarray:
        """(K, O) all openings a year."""
        return self.recurring + self.one_off


@dataclass(frozen=True)
class Rates:
    """National rates by occupation, (O,) each: exits and transfers a year, log growth a year."""

    exits: np.ndarray
    transfers: np.ndarray
    growth: np.ndarray


def rates(snapshot: Snapshot, universe: Universe) -> Rates:
    """Read separations rates and projected growth (EP tables 1.10 and 1.2, one vintage) in the universe's order."""
    table = snapshot["occupations"].set_index("soc_code").reindex(list(universe.codes))
    span = (table["target_year"] - table["base_year"]).astype(float)
    growth = np.log(table["employment_target"] / table["employment_base"]) / span
    return Rates(
        table["exit_rate"].to_numpy(float),
        table["transfer_rate"].to_numpy(float),
        growth.to_numpy(float),
    )


@dataclass(frozen=True)
class AreaPaths:
    """Occupational jobs of one area: (K, O, Y + 1) from the nowcast year on, with and without announced jobs."""

    base: np.ndarray
    announced: np.ndarray


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
    base = np.empty((n_draws, n_occupations, len(horizon) + 1), dtype=np.float32)
    base[:, :, 0] = staffing.draws
    pace = (national.growth + drift).astype(np.float32)
    mix = weights.astype(np.float32)
    for index, years_ahead in enumerate(horizon):
        local = np.exp(industries.deviation[:, positions, index]) @ mix
        base[:, :, index + 1] = staffing.draws * np.exp(pace * years_ahead) * local
    announced = np.zeros_like(base)
    shares = staffing.shares
    codes = industries.rows["naics_code"].to_numpy()[positions]
    private = industries.rows["own_code"].to_numpy()[positions] == "5"
    for event in arrivals.in_area(staffing.area_code):
        row = np.flatnonzero((codes == event.naics_code) & private)
        pattern = shares[row[0]] if len(row) else arrivals.pattern(event.naics_code)
        announced[:, :, 1:] += pattern[None, :, None] * np.cumsum(event.increments, axis=1)[:, None, :]
    return AreaPaths(base, announced)


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
    first = next(iter(paths.values())).base
    jobs = np.zeros(first.shape[1])
    base = np.zeros_like(first)
    announced = np.zeros_like(first)
    for area_code, path in paths.items():
        base += np.float32(weights[area_code]) * path.base
        announced += np.float32(weights[area_code]) * path.announced
        jobs += weights[area_code] * path.base[:, :, 0].mean(axis=0)
    separations = (national.exits + national.transfers).astype(np.float32)[None, :, None]
    total = base + announced
    middle = (total[:, :, 1:] + total[:, :, :-1]) / 2
    by_year = np.maximum(np.diff(total, axis=2) + separations * middle, 0)
    inside = (industries.years >= period[0]) & (industries.years <= period[1])
    recurring = (separations * middle)[:, :, inside].mean(axis=2)
    coming = np.diff(announced, axis=2)[:, :, inside].mean(axis=2)
    growth = np.diff(base, axis=2)[:, :, inside].mean(axis=2) + coming
    one_off = np.maximum(growth, -recurring)
    return Openings(
        recurring.astype(float),
        one_off.astype(float),
        np.minimum(coming, np.maximum(one_off, 0)).astype(float),
        by_year,
        jobs,
        industries.years,
        period,
    )


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
    base = (start[:, :, None] * np.exp(pace[:, :, None] * ahead)).astype(np.float32)
    return AreaPaths(base, np.zeros_like(base))


def projection_drift(snapshot: Snapshot, universe: Universe, n_draws: int, rng: np.random.Generator) -> np.ndarray:
    """(K, O) error of the national occupational projection, in log points a year, as past editions missed."""
    scales = snapshot["error_scales"].set_index("name")["value"]
    spread = float(scales["occupation_projection_sd"])
    return rng.standard_normal((n_draws, len(universe.codes))) * spread


def national_pattern(snapshot: Snapshot, universe: Universe, naics_code: str) -> np.ndarray:
    """(O,) national staffing pattern of one private industry."""
    row = pd.DataFrame({"naics_code": [naics_code], "own_code": ["5"], "jobs": [1.0]})
    return np.asarray(seed_matrix(snapshot, universe, row)[0])
