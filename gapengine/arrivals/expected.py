"""Announced projects: which count, in which area and industry, and the jobs they add after the nowcast, as draws.

Method section 4. A promise is not a job: many projects deliver nothing, the rest deliver late and in part, and a trend
already holds the usual flow of arrivals.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from gapengine.arrivals.history import Step
from gapengine.arrivals.layoffs import Leaving, leaving
from gapengine.arrivals.promised import prior, projects, ramp
from gapengine.arrivals.register import Register, register
from gapengine.arrivals.usual import Usual, counted_overlap
from gapengine.assumptions import Assumptions
from gapengine.rows import records
from gapengine.snapshot import Snapshot
from models.delivery import delivered

if TYPE_CHECKING:
    from gapengine.college import College

_CBP_BREAK = 2017
"""Business patterns up to this year hide small cells otherwise, and are no part of the trend."""


@dataclass(frozen=True)
class Event:
    """One project in one county.

    Attributes:
        event_id, company, county_fips, area_code, naics_code, stage: as announced.
        increments: (K, Y) jobs added in each year after the nowcast, already discounted.
        counted: true where some of its jobs can still lie ahead.
        reason: why it counts, or why not.
        promised: (low, high) jobs promised in this county; None where no number is stated.
        history: what was told of it, oldest first.
    """

    event_id: str
    company: str
    county_fips: str
    area_code: str
    naics_code: str
    stage: str
    increments: np.ndarray
    counted: bool
    reason: str
    promised: tuple[float, float] | None = None
    history: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Arrivals:
    """All events of the labor shed, and the national staffing patterns of industries that are new to it.

    Attributes:
        events: one a project and county.
        patterns: industry -> (O,) staffing pattern of the nation.
        register: where they come from: facts, tellings, decisions, histories.
        usual: the flow that the trend holds; None where nothing is announced.
        leaving: layoffs and closures.
    """

    events: tuple[Event, ...]
    patterns: dict[str, np.ndarray] = field(default_factory=dict)
    register: Register = field(default_factory=lambda: Register({}))
    usual: Usual | None = None
    leaving: tuple[Leaving, ...] = ()

    def in_area(self, area_code: str) -> tuple[Event, ...]:
        """Events of an area that add jobs."""
        return tuple(event for event in self.events if event.area_code == area_code and event.counted)

    def leaving_area(self, area_code: str) -> tuple[Leaving, ...]:
        """Layoffs of an area that subtract jobs."""
        return tuple(event for event in self.leaving if event.area_code == area_code and event.counted)

    def expected(self) -> np.ndarray:
        """(K,) jobs that all counted events together add after the nowcast; one zero where none counts."""
        totals = [event.increments.sum(axis=1) for event in self.events if event.counted]
        return np.asarray(np.sum(totals, axis=0)) if totals else np.zeros(1)

    def pattern(self, naics_code: str) -> np.ndarray:
        """(O,) staffing pattern of an industry the area has no row for."""
        return self.patterns[naics_code]


def arrive(
    snapshot: Snapshot,
    college: College,
    assumptions: Assumptions,
    years: np.ndarray,
    rng: np.random.Generator,
) -> Arrivals:
    """Discount and ramp every announcement of the labor shed, and take its layoffs off.

    A project that a person still has to decide about (it may be another one told again) adds no jobs until then.

    Args:
        snapshot: needs announcements, layoffs, industry_employment.
        college: the labor shed, tellings read for it and its analysts' decisions.
        assumptions: announcement.*, stage.*, layoff.*, draws.
        years: (Y,) calendar years after the nowcast year.
        rng: the run's generator.

    Returns:
        Arrivals without staffing patterns, which the caller knows.
    """
    known = registered(snapshot, college)
    table = known.table()
    held = known.held()
    areas = {county: area.area_code for area in college.areas for county in area.counties}
    table = table[table["county_fips"].isin(areas)].sort_values(["announced_date", "event_id", "county_fips"])
    stated = assumptions["announcement.overlap"].draw(rng, assumptions.whole("draws"))
    if table.empty:
        gone = leaving(snapshot, college, assumptions, years, stated)
        return Arrivals((), {}, known, None, gone)
    given = prior(assumptions)
    promised = projects(table, assumptions, given)
    root = int(rng.integers(2**63))

    def jobs_added(span: np.ndarray) -> np.ndarray:
        """(K, A, Y) jobs added in a span of years, before overlap; the same draws whatever the span."""
        return delivered(
            promised,
            given,
            ramp(assumptions),
            span,
            nowcast_date=float(span[0]),
            overlap=0.0,
            n_draws=assumptions.whole("draws"),
            rng=np.random.default_rng(root),
        )

    ahead = jobs_added(years)
    usual = _usual(snapshot, assumptions, jobs_added, ahead, stated)
    ahead = ahead * (1.0 - usual.overlap)[:, None, None]
    ahead *= assumptions.value("announcement.same_shed_share") * (1 + assumptions.value("announcement.spillover"))
    found = tuple(
        _event(row, areas[row["county_fips"]], ahead[:, index], held, known) for index, row in enumerate(records(table))
    )
    return Arrivals(found, {}, known, usual, leaving(snapshot, college, assumptions, years, usual.overlap))


def events(
    snapshot: Snapshot,
    college: College,
    assumptions: Assumptions,
    years: np.ndarray,
    rng: np.random.Generator,
) -> tuple[Event, ...]:
    """The projects of :func:`arrive` alone."""
    return arrive(snapshot, college, assumptions, years, rng).events


def _usual(
    snapshot: Snapshot,
    assumptions: Assumptions,
    jobs_added: Callable[[np.ndarray], np.ndarray],
    ahead: np.ndarray,
    stated: np.ndarray,
) -> Usual:
    """The flow that the trend was measured with, beside the one ahead; and the overlap that follows."""
    history = snapshot["industry_employment"]
    window = sorted({int(year) for year in history.loc[history["source"] == "CBP", "year"] if int(year) > _CBP_BREAK})
    then = jobs_added(np.array(window)).sum(axis=(1, 2)) / len(window)
    coming = ahead.sum(axis=(1, 2)) / ahead.shape[2]
    complete = assumptions.value("announcement.list_complete") >= 0.5
    overlap = counted_overlap(then, coming) if complete else stated
    return Usual(window[0], window[-1], then, coming, overlap, complete)


def registered(snapshot: Snapshot, college: College) -> Register:
    """The register of a snapshot and a college's folder."""
    return register(snapshot["announcements"], college.tellings, college.choices)


def _event(row: dict[str, Any], area_code: str, increments: np.ndarray, held: dict[str, str], known: Register) -> Event:
    stage = str(row["stage"])
    expected = float(increments.sum(axis=1).mean())
    doubt = held.get(str(row["event_id"]), "")
    if stage == "cancelled":
        reason = "cancelled: adds nothing"
    elif doubt:
        reason = f"not counted until reviewed: {doubt}"
    elif pd.isna(row["naics_code"]):
        reason = "industry not known: not counted"
    elif pd.isna(row["jobs"]):
        reason = "no number of jobs stated: not counted"
    elif expected < 1:
        reason = "hired or due before the forecast starts"
    else:
        reason = "part still ahead, discounted"
    if stage != "cancelled" and (said := known.pending().get(str(row["event_id"]))):
        reason = f"{reason}; {said}"
    counted = expected >= 1 and stage != "cancelled" and not doubt and pd.notna(row["naics_code"])
    low = None if pd.isna(row["jobs"]) else float(row["jobs"])
    return Event(
        str(row["event_id"]),
        str(row["company"]),
        str(row["county_fips"]),
        area_code,
        "" if pd.isna(row["naics_code"]) else str(row["naics_code"]),
        stage,
        increments if counted else np.zeros_like(increments),
        counted,
        reason,
        None if low is None else (low, max(low, 0.0 if pd.isna(row["jobs_max"]) else float(row["jobs_max"]))),
        known.entries[str(row["event_id"])].history,
    )
