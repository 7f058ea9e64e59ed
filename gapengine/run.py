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

from gapengine import __version__, arrivals, program_map, supply
from gapengine.assumptions import Assumptions
from gapengine.college import College
from gapengine.decisions import Advice, Evidence, decide, taxonomy_probabilities
from gapengine.demand import openings as opening
from gapengine.demand.codes import Universe, universe
from gapengine.demand.industries import Industries, industries
from gapengine.demand.levels import TAXONOMIES, entrant_shares, level_shares, licensed_occupations
from gapengine.demand.occupations import AreaStaffing, fit_area
from gapengine.demand.openings import Openings
from gapengine.errors import UsageError
from gapengine.matching import Balance, balance, market
from gapengine.snapshot import Snapshot

GLANCE = slice(0, 80)  # draws used where only a probability is wanted: taxonomies and flip values
FAIR_DRAWS = 250  # draws in which the openings of a market are shared fairly, for P(surplus)
_SCALES = (0.75, 1.5)


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
        entrants: (O,) share of addressable openings that fresh completers fill.
        feeds: the program map.
        advice: one per program, in the college's order.
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
    feeds: program_map.ProgramMap
    advice: tuple[Advice, ...]
    seconds: dict[str, float] = field(default_factory=dict)


def execute(
    snapshot: Snapshot, college: College, assumptions: Assumptions, seed: int = 1, as_of: date | None = None
) -> Run:
    """Run one quarter.

    Args:
        snapshot: every figure comes from it.
        college: programs, labor shed, limits.
        assumptions: every disputable number.
        seed: of all draws; the same seed gives the same numbers.
        as_of: the date that stands for today; default the snapshot's own.

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
        jobs = industries(snapshot, college, assumptions, years, _rng(seed, "industries"))
        coming = _arrivals(snapshot, codes, college, assumptions, years, seed)
    with _timed(seconds, "staffing"):
        staffing = {
            area.area_code: fit_area(snapshot, codes, jobs, area.area_code, assumptions, _rng(seed, area.area_code))
            for area in college.areas
        }
    with _timed(seconds, "openings"):
        shares = level_shares(snapshot, codes, assumptions)
        served = college.markets(snapshot, assumptions)
        opened = _openings(snapshot, codes, college, assumptions, jobs, staffing, coming, period, set(served), seed)
    with _timed(seconds, "supply"):
        others = pd.concat([supply.providers(snapshot, college, assumptions, name) for name in opened])
        feeds = program_map.build(snapshot, codes, shares["combined"], college, others, assumptions)
        licensed = feeds.licensed(licensed_occupations(assumptions))
        graduates = {
            name: supply.completers(snapshot, college, assumptions, name, licensed, _rng(seed, f"supply {name}"))
            for name in opened
        }
    with _timed(seconds, "matching"):
        balances, evidence = _match(college, assumptions, codes, opened, graduates, feeds, shares, served)
    with _timed(seconds, "decisions"):
        advice = tuple(decide(item, assumptions) for item in evidence)
    return Run(
        run_id(snapshot, college, assumptions, seed, today),
        f"{today.year}Q{(today.month + 2) // 3}",
        today,
        seed,
        college,
        snapshot,
        assumptions,
        codes,
        period,
        jobs,
        staffing,
        coming,
        shares,
        opened,
        graduates,
        balances,
        entrant_shares(codes, assumptions),
        feeds,
        advice,
        seconds,
    )


def gap_period(today: date, assumptions: Assumptions) -> tuple[int, int]:
    """First and last calendar year of the gap, from the first year in which a new certificate cohort can graduate."""
    quarters = (today.month - 1) // 3 + assumptions.whole("capacity.lead_quarters.certificate")
    first = today.year + -(-quarters // 4)
    return first, first + assumptions.whole("gap_years") - 1


def nowcast_year(snapshot: Snapshot) -> int:
    """Year of the newest occupational survey: what came before it is in the levels already."""
    return int(snapshot["oews"]["year"].max())


def run_id(snapshot: Snapshot, college: College, assumptions: Assumptions, seed: int, today: date) -> str:
    """Twelve hexadecimal digits that name everything a run depends on."""
    parts = {
        "snapshot": snapshot.sha256,
        "college": college.sha256,
        "assumptions": {name: item.value for name, item in assumptions.items()},
        "version": __version__,
        "seed": seed,
        "as_of": today.isoformat(),
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:12]


def _arrivals(
    snapshot: Snapshot, codes: Universe, college: College, assumptions: Assumptions, years: np.ndarray, seed: int
) -> arrivals.Arrivals:
    found = arrivals.events(snapshot, college, assumptions, years, _rng(seed, "arrivals"))
    patterns = {
        code: opening.national_pattern(snapshot, codes, code) for code in sorted({event.naics_code for event in found})
    }
    return arrivals.Arrivals(found, patterns)


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
    out = {
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


def _match(
    college: College,
    assumptions: Assumptions,
    codes: Universe,
    opened: dict[str, Openings],
    graduates: dict[str, supply.Supply],
    feeds: program_map.ProgramMap,
    shares: dict[str, np.ndarray],
    served: tuple[str, ...],
) -> tuple[dict[str, Balance], list[Evidence]]:
    """Match every market under every taxonomy and at every scale, and gather each program's evidence from its own."""
    entrant = assumptions["entrant_share.open"]
    ends = (entrant.low / entrant.value, entrant.high / entrant.value)
    entrants = entrant_shares(codes, assumptions)
    scales = sorted({*(scale for scale in _SCALES if ends[0] < scale < ends[1]), *ends})
    balances, evidence = {}, {}
    for name, market_openings in opened.items():
        layout = market(name, college, graduates[name], feeds, codes)
        people = graduates[name]
        main = balance(layout, people, market_openings, shares["combined"], entrants, fair_draws=FAIR_DRAWS)
        balances[name] = main
        views = {
            taxonomy: balance(layout, people, market_openings, shares[taxonomy], entrants, GLANCE)
            for taxonomy in TAXONOMIES
        }
        scaled = {
            scale: balance(layout, people, market_openings, shares["combined"], entrants * scale, GLANCE)
            for scale in scales
        }
        for index, program in enumerate(college.programs):
            if served[index] != name:
                continue
            nodes = layout.nodes_of(index)
            cohort = assumptions.value(f"cohort_size.{program.award_level}") * float(people.kept[index])
            layers = feeds.of(program.cip_code, program.award_class)["layer"]
            matched = main.matching
            evidence[index] = Evidence(
                program,
                name,
                market_openings.total[:, np.unique(layout.nodes["position"].to_numpy()[nodes])].sum(axis=1),
                main.demand[:, nodes].sum(axis=1),
                people.graduates[:, index],
                people.own[:, index],
                matched.gap[:, index],
                matched.fair[:, index],
                matched.least[:, index],
                matched.greatest[:, index],
                cohort,
                {key: taxonomy_probabilities(view, index, cohort) for key, view in views.items()},
                {key: taxonomy_probabilities(view, index, cohort) for key, view in scaled.items()}
                | {1.0: taxonomy_probabilities(main, index, cohort)},
                people.basis[index],
                len(nodes),
                int((layers != "inferred").sum()),
            )
    return balances, [evidence[index] for index in range(len(college.programs))]


def _rng(seed: int, stage: str) -> np.random.Generator:
    """A generator of its own for each stage, so that a change in one stage leaves the others' draws alone."""
    key = int.from_bytes(hashlib.blake2b(stage.encode(), digest_size=8).digest(), "big")
    return np.random.default_rng([seed, key])


@contextmanager
def _timed(seconds: dict[str, float], stage: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    seconds[stage] = round(time.perf_counter() - start, 3)
