"""One quarter from a snapshot to a Run: reads top to bottom like the method page."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd

from gapengine import __version__, placements, portfolio, scorecard
from gapengine.assumptions import Assumptions
from gapengine.college import College
from gapengine.decisions import Advice, Context, advise
from gapengine.demand.occupations import entry_wages, median_wages
from gapengine.evidence import gather
from gapengine.groundwork import Groundwork, prepare, timed
from gapengine.ledger import EMPTY, Ledger
from gapengine.matching import Balance
from gapengine.national import calibrate
from gapengine.portfolio import Portfolio, Situation
from gapengine.snapshot import Snapshot
from gapengine.wider import look_wider


@dataclass(frozen=True, kw_only=True)
class Run(Groundwork):
    """Everything one quarter found out, on top of its groundwork.

    Attributes:
        run_id: hash of snapshot, college, assumptions, code version and seed; identical inputs, identical id.
        edition: year and quarter, as in 2026Q4.
        balances: by market.
        entrants: (O, 2) share of addressable openings that fresh completers fill.
        wages: (O,) median annual wage: the college's area, else the next one, the state, the nation.
        advice: one per program, in the college's order.
        portfolio: the best set of changes under the college's limits.
        situation: what the portfolio was chosen from.
        movable: program_ids that the portfolio might enlarge, and those that it might reduce.
        context: what the advice rests on beside the evidence, with what earlier editions said.
        past: the earlier editions.
        outcomes: forecasts of earlier editions whose year has come, with what happened.
        what_if: title of the scenario; empty for a plain run.
    """

    run_id: str
    edition: str
    balances: dict[str, Balance]
    entrants: np.ndarray
    wages: np.ndarray
    advice: tuple[Advice, ...]
    portfolio: Portfolio
    situation: Situation
    movable: tuple[tuple[str, ...], tuple[str, ...]]
    context: Context = field(default_factory=Context)
    past: Ledger = EMPTY
    outcomes: pd.DataFrame = field(default_factory=pd.DataFrame)
    what_if: str = ""


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
    ground = prepare(snapshot, college, assumptions, seed, as_of)
    codes, graduates, feeds, seconds = ground.universe, ground.supply, ground.feeds, ground.seconds
    combined = ground.shares["combined"]
    with timed(seconds, "matching"):
        places = (*(area.area_code for area in college.areas), college.state_fips)
        wages, entry = median_wages(snapshot, codes, places), entry_wages(snapshot, codes, places)
        nation = calibrate(snapshot, codes, combined, college, assumptions)
        entrants = nation.entrants
        balances, found = gather(
            college,
            assumptions,
            ground.openings,
            graduates,
            feeds,
            codes,
            ground.shares,
            nation,
            wages,
            entry,
            ground.served,
        )
        found = look_wider(found, college, assumptions, ground.openings, graduates, feeds, codes, combined, entrants)
    with timed(seconds, "decisions"):
        edition = edition_of(ground.as_of)
        past = ledger.before(edition)
        context = Context(college, edition, completions_year(snapshot), vintages(snapshot), past.said)
        advice = advise(found, assumptions, context)
    with timed(seconds, "portfolio"):
        situation = Situation(
            college, assumptions, found, balances, graduates, wages, ground.as_of, ground.period, seed
        )
        movable = portfolio.candidates(advice)
        best = portfolio.choose(situation, *movable)
        advice = placements.place(portfolio.settled(advice, best), balances)
    return Run(
        **vars(ground),
        run_id=run_id(snapshot, college, assumptions, seed, ground.as_of, past, what_if[1]),
        edition=edition,
        balances=balances,
        entrants=entrants,
        wages=wages,
        advice=advice,
        portfolio=best,
        situation=situation,
        movable=movable,
        context=context,
        past=past,
        outcomes=scorecard.outcomes(past, snapshot, college),
        what_if=what_if[0],
    )


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
