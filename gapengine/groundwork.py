"""A quarter up to the matching: openings by market, graduates by market and the map between them.

What :func:`gapengine.run.execute` and the employer brief share.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
import pandas as pd

from gapengine import arrivals, program_map, supply
from gapengine.assumptions import Assumptions
from gapengine.college import College
from gapengine.demand import openings as opening
from gapengine.demand.codes import Universe, universe
from gapengine.demand.industries import Industries, industries
from gapengine.demand.levels import level_shares, licensed_occupations
from gapengine.demand.occupations import AreaStaffing, Patterns, fit_area, national_patterns
from gapengine.demand.openings import Openings
from gapengine.demand.private import PRIVATE
from gapengine.errors import UsageError
from gapengine.snapshot import Snapshot


@dataclass(frozen=True, kw_only=True)
class Groundwork:
    """Both sides of a quarter's balance, before anything is matched.

    Attributes:
        as_of: the date that stands for today.
        seed: of all draws.
        college, snapshot, assumptions: what went in.
        universe: order of the occupations.
        period: first and last year of the gap period.
        industries, staffing, coming: demand's stages.
        shares: taxonomy -> (O, 2) level shares.
        served: market of each program, in the college's order.
        openings, supply: by market.
        feeds: the program map.
        seconds: wall time by stage; never written into a run's files.
    """

    as_of: date
    seed: int
    college: College
    snapshot: Snapshot
    assumptions: Assumptions
    universe: Universe
    period: tuple[int, int]
    industries: Industries
    staffing: dict[str, AreaStaffing]
    coming: arrivals.Arrivals
    shares: dict[str, np.ndarray]
    served: tuple[str, ...]
    openings: dict[str, Openings]
    supply: dict[str, supply.Supply]
    feeds: program_map.ProgramMap
    seconds: dict[str, float] = field(default_factory=dict)


def prepare(
    snapshot: Snapshot,
    college: College,
    assumptions: Assumptions,
    seed: int = 1,
    as_of: date | None = None,
    *,
    shed_only: bool = False,
) -> Groundwork:
    """Carry demand and supply up to the matching.

    Args:
        snapshot: every figure comes from it.
        college: programs, labor shed, limits.
        assumptions: every disputable number.
        seed: of all draws; the same seed gives the same numbers.
        as_of: the date that stands for today; default the snapshot's own.
        shed_only: leave the wider markets out, for whom only the labor shed matters.

    Raises:
        UsageError: the date lies before the snapshot's, whose figures were not known then.
    """
    today = as_of or snapshot.as_of
    if today < snapshot.as_of:
        raise UsageError(
            f"--as-of {today}: this snapshot holds figures known on {snapshot.as_of}, so an earlier date would use "
            f"what was not yet known. Choose a date from {snapshot.as_of} on."
        )
    seconds: dict[str, float] = {}
    codes = universe(snapshot)
    period = gap_period(today, assumptions)
    years = np.arange(nowcast_year(snapshot) + 1, period[1] + 1)

    with timed(seconds, "forecast"):
        patterns = national_patterns(snapshot, codes)
        jobs = industries(snapshot, college, assumptions, years, stage_rng(seed, "industries"))
        coming = _arrivals(snapshot, patterns, college, assumptions, years, seed)
    with timed(seconds, "staffing"):
        staffing = {
            area.area_code: fit_area(
                snapshot, codes, patterns, jobs, area.area_code, assumptions, stage_rng(seed, area.area_code)
            )
            for area in college.areas
        }
    with timed(seconds, "openings"):
        shares = level_shares(snapshot, codes, assumptions)
        served = college.markets(snapshot, assumptions)
        opened = _openings(
            snapshot,
            codes,
            college,
            assumptions,
            jobs,
            staffing,
            coming,
            period,
            set() if shed_only else set(served),
            seed,
        )
    with timed(seconds, "supply"):
        others = {name: supply.providers(snapshot, college, assumptions, name) for name in opened}
        feeds = program_map.build(snapshot, codes, shares["combined"], college, pd.concat(others.values()), assumptions)
        licensed = feeds.licensed(licensed_occupations(assumptions))
        kept = supply.kept_draws(assumptions, stage_rng(seed, "stay and work in field"))
        graduates = {
            name: supply.completers(
                snapshot,
                college,
                assumptions,
                name,
                table,
                licensed,
                stage_rng(seed, f"supply {name}"),
                kept,
                supply.displaced(coming, college.area_weights(name), years, period, len(codes.codes), assumptions),
            )
            for name, table in others.items()
        }
    return Groundwork(
        as_of=today,
        seed=seed,
        college=college,
        snapshot=snapshot,
        assumptions=assumptions,
        universe=codes,
        period=period,
        industries=jobs,
        staffing=staffing,
        coming=coming,
        shares=shares,
        served=served,
        openings=opened,
        supply=graduates,
        feeds=feeds,
        seconds=seconds,
    )


def gap_period(today: date, assumptions: Assumptions) -> tuple[int, int]:
    """First and last calendar year of the gap, from the first year in which a new certificate cohort can graduate."""
    quarters = (today.month - 1) // 3 + assumptions.whole("capacity.lead_quarters.certificate")
    first = today.year + -(-quarters // 4)
    return first, first + assumptions.whole("gap_years") - 1


def nowcast_year(snapshot: Snapshot) -> int:
    """Year of the newest occupational survey: what came before it is in the levels already."""
    return int(snapshot["oews"]["year"].max())


def _arrivals(
    snapshot: Snapshot, patterns: Patterns, college: College, assumptions: Assumptions, years: np.ndarray, seed: int
) -> arrivals.Arrivals:
    coming = arrivals.arrive(snapshot, college, assumptions, years, stage_rng(seed, "arrivals"))
    industries = {event.naics_code for event in coming.events if event.counted}
    industries |= {event.naics_code for event in coming.leaving if event.counted and event.naics_code}
    return replace(coming, patterns={code: patterns.of(code, PRIVATE) for code in sorted(industries)})


def _openings(
    snapshot: Snapshot,
    codes: Universe,
    college: College,
    assumptions: Assumptions,
    jobs: Industries,
    staffing: dict[str, AreaStaffing],
    coming: arrivals.Arrivals,
    period: tuple[int, int],
    served: set[str],
    seed: int,
) -> dict[str, Openings]:
    national = opening.rates(snapshot, codes)
    drift = opening.projection_drift(
        snapshot, codes, assumptions.whole("draws"), stage_rng(seed, "national projection")
    )
    paths = {code: opening.area_paths(fitted, jobs, coming, national, drift) for code, fitted in staffing.items()}
    out: dict[str, Openings] = {
        name: opening.openings(paths, college.area_weights(name), national, jobs, period)
        for name in ("shed", "region")
        if name in served or name == "shed"
    }
    if "state" in served:
        state = opening.state_paths(
            snapshot, codes, assumptions, jobs, national, drift, college.state_fips, stage_rng(seed, "state")
        )
        out["state"] = opening.openings({"state": state}, {"state": 1.0}, national, jobs, period)
    return out


def stage_rng(seed: int, stage: str) -> np.random.Generator:
    """A generator of its own for each stage, so that a change in one stage leaves the others' draws alone."""
    key = int.from_bytes(hashlib.blake2b(stage.encode(), digest_size=8).digest(), "big")
    return np.random.default_rng([seed, key])


@contextmanager
def timed(seconds: dict[str, float], stage: str) -> Iterator[None]:
    """Note the wall time of a stage."""
    start = time.perf_counter()
    yield
    seconds[stage] = round(time.perf_counter() - start, 3)
