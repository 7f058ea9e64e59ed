"""One quarter from a snapshot to a Run: reads top to bottom like the method page."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd

from gapengine import __version__, arrivals, placements, portfolio, program_map, scorecard, supply
from gapengine.assumptions import Assumptions
from gapengine.college import College
from gapengine.decisions import Advice, Context, advise
from gapengine.demand import openings as opening
from gapengine.demand.codes import Universe, universe
from gapengine.demand.industries import PRIVATE, Industries, industries
from gapengine.demand.levels import level_shares, licensed_occupations
from gapengine.demand.occupations import AreaStaffing, Patterns, entry_wages, fit_area, median_wages, national_patterns
from gapengine.demand.openings import Openings
from gapengine.errors import UsageError
from gapengine.evidence import gather
from gapengine.ledger import EMPTY, Ledger
from gapengine.matching import Balance
from gapengine.national import calibrate
from gapengine.snapshot import Snapshot
from gapengine.wider import look_wider


@dataclass(frozen=True)
class Run:
    """Everything one quarter found out.

    Attributes:
        run_id: hash of snapshot, college, assumptions, code version and seed; identical inputs, identical id.
        edition: year and quarter, as in 2026Q4.
        as_of: the date that stands for today.
        seed: of all draws.
        college, snapshot, assumptions: what went in.
        universe: order of the occupations.
        period: first and last year of the gap period.
        industries, staffing, coming: demand's stages.
        shares: taxonomy -> (O, 2) level shares.
        openings, supply, balances: by market.
        entrants: (O, 2) share of addressable openings that fresh completers fill.
        wages: (O,) median annual wage: the college's area, else the next one, the state, the nation.
        feeds: the program map.
        advice: one per program, in the college's order.
        portfolio: the best set of changes under the college's limits.
        context: what the advice rests on beside the evidence, with what earlier editions said.
        past: the earlier editions.
        outcomes: forecasts of earlier editions whose year has come, with what happened.
        what_if: title of the scenario; empty for a plain run.
        seconds: wall time by stage; never written into a run's files.
    """

    run_id: str
    edition: str
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
    openings: dict[str, Openings]
    supply: dict[str, supply.Supply]
    balances: dict[str, Balance]
    entrants: np.ndarray
    wages: np.ndarray
    feeds: program_map.ProgramMap
    advice: tuple[Advice, ...]
    portfolio: portfolio.Portfolio
    context: Context = field(default_factory=Context)
    past: Ledger = EMPTY
    outcomes: pd.DataFrame = field(default_factory=pd.DataFrame)
    what_if: str = ""
    seconds: dict[str, float] = field(default_factory=dict)


def execute(
    snapshot: Snapshot,
    college: College,
    assumptions: Assumptions,
    seed: int = 1,
    as_of: date | None = None,
    ledger: Ledger = EMPTY,
    what_if: tuple[str, str] = ("", ""),
) -> Run:
    """Run one quarter.

    Args:
        snapshot: every figure comes from it.
        college: programs, labor shed, limits.
        assumptions: every disputable number.
        seed: of all draws; the same seed gives the same numbers.
        as_of: the date that stands for today; default the snapshot's own.
        ledger: editions of this college; those before this one are heard.
        what_if: title and hash of the scenario that changed the inputs.

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

    with _timed(seconds, "forecast"):
        patterns = national_patterns(snapshot, codes)
        jobs = industries(snapshot, college, assumptions, years, _rng(seed, "industries"))
        coming = _arrivals(snapshot, patterns, college, assumptions, years, seed)
    with _timed(seconds, "staffing"):
        staffing = {
            area.area_code: fit_area(
                snapshot, codes, patterns, jobs, area.area_code, assumptions, _rng(seed, area.area_code)
            )
            for area in college.areas
        }
    with _timed(seconds, "openings"):
        shares = level_shares(snapshot, codes, assumptions)
        served = college.markets(snapshot, assumptions)
        opened = _openings(snapshot, codes, college, assumptions, jobs, staffing, coming, period, set(served), seed)
    with _timed(seconds, "supply"):
        others = {name: supply.providers(snapshot, college, assumptions, name) for name in opened}
        feeds = program_map.build(snapshot, codes, shares["combined"], college, pd.concat(others.values()), assumptions)
        licensed = feeds.licensed(licensed_occupations(assumptions))
        kept = supply.kept_draws(assumptions, _rng(seed, "stay and work in field"))
        graduates = {
            name: supply.completers(
                snapshot, college, assumptions, name, table, licensed, _rng(seed, f"supply {name}"), kept
            )
            for name, table in others.items()
        }
    with _timed(seconds, "matching"):
        places = (*(area.area_code for area in college.areas), college.state_fips)
        wages, entry = median_wages(snapshot, codes, places), entry_wages(snapshot, codes, places)
        nation = calibrate(snapshot, codes, shares["combined"], college, assumptions)
        entrants = nation.entrants
        balances, found = gather(
            college, assumptions, opened, graduates, feeds, codes, shares, nation, wages, entry, served
        )
        found = look_wider(found, college, assumptions, opened, graduates, feeds, codes, shares["combined"], entrants)
    with _timed(seconds, "decisions"):
        edition = edition_of(today)
        past = ledger.before(edition)
        context = Context(college, edition, completions_year(snapshot), vintages(snapshot), past.said)
        advice = advise(found, assumptions, context)
    with _timed(seconds, "portfolio"):
        situation = portfolio.Situation(college, assumptions, found, balances, graduates, wages, today, period, seed)
        best = portfolio.choose(situation, *portfolio.candidates(advice))
        advice = placements.place(portfolio.settled(advice, best), balances)
    return Run(
        run_id=run_id(snapshot, college, assumptions, seed, today, past, what_if[1]),
        edition=edition,
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
        openings=opened,
        supply=graduates,
        balances=balances,
        entrants=entrants,
        wages=wages,
        feeds=feeds,
        advice=advice,
        portfolio=best,
        context=context,
        past=past,
        outcomes=scorecard.outcomes(past, snapshot, college),
        what_if=what_if[0],
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


def edition_of(today: date) -> str:
    """Year and quarter, as in 2026Q4."""
    return f"{today.year}Q{(today.month + 2) // 3}"


def completions_year(snapshot: Snapshot) -> int:
    """Newest year of completions: the vintage of supply."""
    return int(snapshot["completions"]["year"].max())


def vintages(snapshot: Snapshot) -> tuple[tuple[str, str], ...]:
    """How far each table reaches, and the snapshot's hash: what tells a revision from newer figures."""
    periods = [(item.name, item.covers_until.isoformat()) for item in snapshot.provenance]
    return (*sorted(periods), ("snapshot", snapshot.sha256))


def run_id(
    snapshot: Snapshot,
    college: College,
    assumptions: Assumptions,
    seed: int,
    today: date,
    past: Ledger = EMPTY,
    scenario: str = "",
) -> str:
    """Twelve hexadecimal digits that name everything a run depends on."""
    parts = {
        "snapshot": snapshot.sha256,
        "college": college.sha256,
        "assumptions": {name: item.value for name, item in assumptions.items()},
        "version": __version__,
        "seed": seed,
        "as_of": today.isoformat(),
    }
    parts |= {"heard": past.sha256} if past.editions else {}
    parts |= {"scenario": scenario} if scenario else {}
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:12]


def _arrivals(
    snapshot: Snapshot, patterns: Patterns, college: College, assumptions: Assumptions, years: np.ndarray, seed: int
) -> arrivals.Arrivals:
    found = arrivals.events(snapshot, college, assumptions, years, _rng(seed, "arrivals"))
    return arrivals.Arrivals(found, {event.naics_code: patterns.of(event.naics_code, PRIVATE) for event in found})


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
    drift = opening.projection_drift(snapshot, codes, assumptions.whole("draws"), _rng(seed, "national projection"))
    paths = {code: opening.area_paths(fitted, jobs, coming, national, drift) for code, fitted in staffing.items()}
    out: dict[str, Openings] = {
        name: opening.openings(paths, college.area_weights(name), national, jobs, period)
        for name in ("shed", "region")
        if name in served or name == "shed"
    }
    if "state" in served:
        state = opening.state_paths(
            snapshot, codes, assumptions, jobs, national, drift, college.state_fips, _rng(seed, "state")
        )
        out["state"] = opening.openings({"state": state}, {"state": 1.0}, national, jobs, period)
    return out


def _rng(seed: int, stage: str) -> np.random.Generator:
    """A generator of its own for each stage, so that a change in one stage leaves the others' draws alone."""
    key = int.from_bytes(hashlib.blake2b(stage.encode(), digest_size=8).digest(), "big")
    return np.random.default_rng([seed, key])


@contextmanager
def _timed(seconds: dict[str, float], stage: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    seconds[stage] = round(time.perf_counter() - start, 3)
