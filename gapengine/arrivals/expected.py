"""Announced projects: which count, in which area and industry, and the jobs they add after the nowcast, as draws.

Method section 4. A promise is not a job: many projects deliver nothing, the rest deliver late and in part, and a trend
already holds the usual flow of arrivals.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from gapengine.arrivals.history import Step
from gapengine.arrivals.register import Register, register
from gapengine.arrivals.when import decimal_date
from gapengine.assumptions import Assumptions
from gapengine.rows import records
from gapengine.snapshot import Snapshot
from models.delivery import Prior, Projects, Ramp, delivered

if TYPE_CHECKING:
    from gapengine.college import College


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
    """

    events: tuple[Event, ...]
    patterns: dict[str, np.ndarray] = field(default_factory=dict)
    register: Register = field(default_factory=lambda: Register({}))

    def in_area(self, area_code: str) -> tuple[Event, ...]:
        """Events of an area that add jobs."""
        return tuple(event for event in self.events if event.area_code == area_code and event.counted)

    def expected(self) -> np.ndarray:
        """(K,) jobs that all counted events together add after the nowcast; one zero where none counts."""
        totals = [event.increments.sum(axis=1) for event in self.events if event.counted]
        return np.asarray(np.sum(totals, axis=0)) if totals else np.zeros(1)

    def pattern(self, naics_code: str) -> np.ndarray:
        """(O,) staffing pattern of an industry the area has no row for."""
        return self.patterns[naics_code]


def events(
    snapshot: Snapshot,
    college: College,
    assumptions: Assumptions,
    years: np.ndarray,
    rng: np.random.Generator,
    known: Register | None = None,
) -> tuple[Event, ...]:
    """Discount and ramp every announcement of the labor shed.

    A project that a person still has to decide about (it may be another one told again) adds no jobs until then.

    Args:
        snapshot: needs announcements.
        college: the labor shed, tellings read for it and its analysts' decisions.
        assumptions: announcement.*, stage.*, draws.
        years: (Y,) calendar years after the nowcast year.
        rng: the run's generator.
        known: the register, where it is at hand; put together from snapshot and college otherwise.
    """
    known = known or registered(snapshot, college)
    table = known.table()
    held = known.held()
    areas = {county: area.area_code for area in college.areas for county in area.counties}
    table = table[table["county_fips"].isin(areas)].sort_values(["announced_date", "event_id", "county_fips"])
    if table.empty:
        return ()
    nowcast = float(years[0])
    projects = _projects(table, assumptions)
    increments = delivered(
        projects,
        Prior.from_mean(
            assumptions.value("announcement.share_delivering_nothing"),
            assumptions.value("announcement.mean_share_delivered"),
            assumptions.value("announcement.effective_sample"),
            assumptions.value("announcement.concentration"),
        ),
        Ramp(
            assumptions["announcement.ramp_years"].low,
            assumptions["announcement.ramp_years"].high,
            assumptions["announcement.slip_years"].low,
            assumptions["announcement.slip_years"].high,
        ),
        years,
        nowcast_date=nowcast,
        overlap=assumptions["announcement.overlap"].draw(rng, assumptions.whole("draws")),
        n_draws=assumptions.whole("draws"),
        rng=rng,
    )
    increments *= assumptions.value("announcement.same_shed_share") * (1 + assumptions.value("announcement.spillover"))
    return tuple(
        _event(row, areas[row["county_fips"]], increments[:, index], held, known)
        for index, row in enumerate(records(table))
    )


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


def _projects(table: pd.DataFrame, assumptions: Assumptions) -> Projects:
    low = table["jobs"].fillna(0).to_numpy(float)
    high = np.fmax(table["jobs_max"].to_numpy(float), low)
    upper_only = table["jobs_qualifier"].eq("up to").to_numpy()
    low = np.where(upper_only, low * assumptions.value("announcement.up_to_low_share"), low)
    announced = table["announced_date"].map(decimal_date).to_numpy(float)
    start = table["start_year"].to_numpy(float)
    opening = table["operational_year"].to_numpy(float)
    begin = np.where(np.isnan(start), np.where(np.isnan(opening), announced + 0.5, opening), start)
    by_year = table["by_year"].to_numpy(float) + 1.0
    horizon = table["horizon_years"].to_numpy(float)
    by_year = np.where(np.isnan(by_year), begin + horizon, by_year)
    stages = table["stage"]
    return Projects(
        ids=[f"{event}/{county}" for event, county in zip(table["event_id"], table["county_fips"], strict=True)],
        jobs_low=low,
        jobs_high=high,
        start_year=begin,
        by_year=by_year,
        zero_odds=stages.map(lambda stage: _odds(assumptions, stage, "zero_odds")).to_numpy(float),
        share_odds=stages.map(lambda stage: _odds(assumptions, stage, "share_odds")).to_numpy(float),
        slips=(~stages.isin(["hiring", "open"])).to_numpy(bool),
        realised=table["realised_jobs"].to_numpy(float),
        realised_at=table["stage_date"].map(decimal_date).to_numpy(float),
    )


def _odds(assumptions: Assumptions, stage: str, kind: str) -> float:
    return assumptions.value(f"stage.{stage}.{kind}")
