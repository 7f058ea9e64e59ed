"""Occupational jobs by OEWS area: national staffing patterns fitted to the area's published occupations.

Method section 5. Published occupations are met; suppressed ones stay near seed x industries with the error that the
hold-out shows, and move with the uncertain total of the area.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gapengine.assumptions import Assumptions
from gapengine.demand.codes import Universe
from gapengine.demand.industries import Industries
from gapengine.rows import records
from gapengine.snapshot import Snapshot
from models import staffing


@dataclass(frozen=True)
class AreaStaffing:
    """The fitted staffing of one area at the nowcast.

    Attributes:
        area_code: OEWS area.
        jobs: (I, O) jobs by industry row and occupation, central fit.
        draws: (K, O) jobs by occupation.
        published: (O,) jobs as OEWS prints them, NaN where suppressed.
        seed_totals: (O,) seed x industries before fitting.
        low, high: (O,) central fit with the area's total 3% (the assumption) lower and higher.
        pull: how far suppressed occupations may leave the seed, chosen by hold-out.
    """

    area_code: str
    jobs: np.ndarray
    draws: np.ndarray
    published: np.ndarray
    seed_totals: np.ndarray
    low: np.ndarray
    high: np.ndarray
    pull: float

    @property
    def shares(self) -> np.ndarray:
        """(I, O) staffing pattern of each row: its occupations' shares of its jobs."""
        totals = self.jobs.sum(axis=1, keepdims=True)
        return np.asarray(np.divide(self.jobs, totals, out=np.zeros_like(self.jobs), where=totals > 0))


@dataclass(frozen=True)
class Patterns:
    """National staffing patterns: (O,) shares of jobs by industry row and owner."""

    by_row: dict[tuple[str, str], np.ndarray]

    def of(self, naics_code: str, own_code: str) -> np.ndarray:
        """The most detailed pattern there is: four digits and owner, then four digits, three, and the sector's mean.

        A row never takes another owner's pattern where its own owner has one.
        """
        for digits in (4, 3):
            stem = naics_code[:digits]
            exact = self.by_row.get((stem, own_code))
            if exact is not None:
                return exact
            near = [pattern for (code, _), pattern in self.by_row.items() if code == stem]
            if near:
                return np.asarray(np.mean(near, axis=0))
        near = [pattern for (code, _), pattern in self.by_row.items() if code[:2] == naics_code[:2]]
        return np.asarray(np.mean(near or list(self.by_row.values()), axis=0))


def national_patterns(snapshot: Snapshot, universe: Universe) -> Patterns:
    """Read the staffing seed (national jobs by industry row, owner and SOC) as shares of each row's jobs."""
    seed = snapshot["staffing_seed"]
    codes = universe.map(seed["soc_code"])
    seed = seed.assign(position=codes.map(universe.position)).dropna(subset=["position"])
    patterns: dict[tuple[str, str], np.ndarray] = {}
    for (naics_code, own_code), part in seed.groupby(["naics_code", "own_code"]):
        total = np.zeros(len(universe.codes))
        np.add.at(total, part["position"].astype(int).to_numpy(), part["jobs"].to_numpy(float))
        patterns[(str(naics_code), str(own_code))] = total / total.sum()
    return Patterns(patterns)


def published(snapshot: Snapshot, universe: Universe, area_code: str, column: str = "employment") -> np.ndarray:
    """(O,) figure of an area's occupations in matrix order, NaN where any of its parts is suppressed.

    Jobs are added over the SOC codes that the matrix combines; wages take their mean weighted by jobs.
    """
    oews = snapshot["oews"]
    part = oews[oews["area_code"] == area_code]
    part = part.assign(code=universe.map(part["soc_code"])).dropna(subset=["code"])
    if column == "employment":
        values = part.groupby("code")["employment"].agg(lambda jobs: jobs.sum(skipna=False))
    else:
        known = part.dropna(subset=[column, "employment"])
        weighted = (known[column] * known["employment"]).groupby(known["code"]).sum()
        values = weighted / known.groupby("code")["employment"].sum()
        single = part.dropna(subset=[column]).drop_duplicates("code").set_index("code")[column]
        values = values.combine_first(single)
    return values.reindex(list(universe.codes)).to_numpy(float)


def fit_area(
    snapshot: Snapshot,
    universe: Universe,
    patterns: Patterns,
    industries: Industries,
    area_code: str,
    assumptions: Assumptions,
    rng: np.random.Generator,
) -> AreaStaffing:
    """Fit the staffing of one area and draw its occupational jobs.

    Args:
        snapshot: needs oews.
        universe: order of the occupations.
        patterns: national staffing patterns.
        industries: the area's rows at the nowcast.
        area_code: OEWS area.
        assumptions: staffing_pull, row_total_error, nowcast_error_per_year, oews_sampling_error, draws.
        rng: the run's generator.

    Returns:
        Jobs at the nowcast; draws carry the survey's sampling error for published occupations, and for suppressed
        ones the error that a hold-out of published ones shows at their size and the error of the area's total.
    """
    seed, totals, target = margins(snapshot, universe, patterns, industries, area_code)
    pull = assumptions.value("staffing_pull")
    held = staffing.hold_out(seed, totals, target, rng, pulls=(pull,))
    spread = staffing.spread(
        seed,
        totals,
        target,
        pull=pull,
        own=staffing.own_error(held, pull),
        n_draws=assumptions.whole("draws"),
        rng=rng,
        row_error=industries.total_error(assumptions),
    )
    fitted = staffing.fit(seed, totals, target, pull)
    sampling = sampling_error(spread.central, assumptions)
    known = ~np.isnan(target)
    noise = rng.standard_normal(spread.draws.shape) * sampling - sampling**2 / 2
    draws = np.where(known, spread.draws * np.exp(noise), spread.draws)
    return AreaStaffing(
        area_code, fitted.jobs, draws, target, seed.sum(axis=0), spread.rows_low, spread.rows_high, pull
    )


def margins(
    snapshot: Snapshot, universe: Universe, patterns: Patterns, industries: Industries, area_code: str
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Seed (I, O), row totals (I,) and published occupations (O,) of one area, in jobs."""
    rows = industries.rows.iloc[industries.of_area(area_code)]
    return (
        np.array([patterns.of(row["naics_code"], row["own_code"]) * row["jobs"] for row in records(rows)]),
        rows["jobs"].to_numpy(float),
        published(snapshot, universe, area_code),
    )


def sampling_error(jobs: np.ndarray, assumptions: Assumptions) -> np.ndarray:
    """Relative standard error of a published occupation, which falls with the root of its jobs."""
    return np.asarray(np.minimum(assumptions.value("oews_sampling_error") / np.sqrt(np.maximum(jobs, 1.0)), 0.4))


def median_wages(snapshot: Snapshot, universe: Universe, area_codes: Sequence[str]) -> np.ndarray:
    """(O,) median annual wage in dollars: of the first area that prints it, else of the nation; NaN where none does."""
    nation = snapshot["occupations"].set_index("soc_code")["median_wage_usd"].reindex(list(universe.codes))
    out = nation.to_numpy(float)
    for area_code in reversed(area_codes):
        printed = published(snapshot, universe, area_code, "wage_median_usd")
        out = np.where(np.isnan(printed), out, printed)
    return out


def entry_wages(snapshot: Snapshot, universe: Universe, area_codes: Sequence[str]) -> np.ndarray:
    """(O,) annual wage at entry, dollars: mean of the 10th and 25th percentiles, about that of the lower third.

    Of the first area that prints both; NaN where none does, for the projections print no percentiles.
    """
    out = np.full(len(universe.codes), np.nan)
    for area_code in reversed(area_codes):
        lower, upper = (published(snapshot, universe, area_code, f"wage_{name}_usd") for name in ("p10", "p25"))
        out = np.where(np.isnan(lower) | np.isnan(upper), out, (lower + upper) / 2)
    return out
