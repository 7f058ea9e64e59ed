"""The partners' shared scoreboard: the engine's own figures where it has them, theirs with period and age elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pandas as pd

from gapengine.college_records import Indicator as Stated
from gapengine.privacy import alone
from gapengine.run import Run
from reports.background import Indicator

OLD_YEARS = 2
"""A value is marked as old when its period ended this many years, or more, before the edition's."""


def indicators(run: Run) -> tuple[Indicator, ...]:
    """Every indicator of the college, in its order; a value that nobody supplied stays unknown."""
    return tuple(_indicator(run, item) for item in run.college.indicators)


def finding(shown: tuple[Indicator, ...]) -> str:
    """How much of the scoreboard is fresh, as the title of its page."""
    unknown = sum(not item.value for item in shown)
    old = sum(bool(item.value and item.stale) for item in shown)
    fresh = len(shown) - unknown - old
    return f"Of {len(shown)} shared indicators {fresh} are up to date, {old} old or undated, {unknown} not known yet"


def _indicator(run: Run, item: Stated) -> Indicator:
    own = _computed(run, item.computed)
    if own is not None:
        value, period = own
        return Indicator(item.title, item.definition, item.unit, item.owner, value, period=period)
    if item.value is None:
        return Indicator(item.title, item.definition, item.unit, item.owner)
    stale = _stale(item.period, run.as_of.year)
    people = set(item.unit.split()) & {"people", "persons", "students", "graduates", "completers", "entrants"}
    value = f"{item.value:,g}%" if item.unit == "percent" else f"{item.value:,g}"
    if people and alone(item.value) is None:
        value = "under 10"
    return Indicator(item.title, item.definition, item.unit, item.owner, value, period=item.period, stale=stale)


def _stale(period: str, year: int) -> str:
    """How old a value is ("5 years old"), "date not stated", or nothing for a recent one."""
    years = [int(found) for found in re.findall(r"(?:19|20)\d\d", period)]
    if not years:
        return "date not stated"
    short = re.search(r"(\d\d)(\d\d)\s*[-–/]\s*(\d\d)$", period)
    last = int(short[1] + short[3]) if short and len(years) == 1 else max(years)
    return f"{year - last} years old" if year - last >= OLD_YEARS else ""


def _computed(run: Run, name: str) -> tuple[str, str] | None:
    """The engine's own figure with its period; None where it has none of that name."""
    kind, _, which = name.partition(".")
    make = _OWN.get(name) or (_gap_of(which) if kind == "gap" else None)
    return make(run) if make else None


def _growing(run: Run) -> tuple[str, str]:
    return str(sum(advice.action in ("expand", "launch") for advice in run.advice)), "this edition"


def _living_wage(run: Run) -> tuple[str, str]:
    reached = run.openings["shed"].total * np.minimum(run.shares["combined"].sum(axis=1), 1.0)
    paid = reached[:, run.wages >= run.assumptions.value("living_wage")]
    return f"{np.median(paid.sum(axis=1)):,.0f}", f"a year, {run.period[0]}–{run.period[1]}"


def _awards(run: Run) -> tuple[str, str]:
    career = [not program.is_transfer for program in run.college.programs]
    history = run.supply["shed"].history.loc[career].iloc[:, -3:]
    return f"{history.sum().mean():,.0f}", f"a year, {history.columns[0]}–{history.columns[-1]}"


def _promised(run: Run) -> tuple[str, str]:
    """Jobs promised in the college's own county in the year before the run's date, where a number was stated."""
    table = run.coming.register.table()
    since = (pd.Timestamp(run.as_of) - pd.DateOffset(years=1)).date()
    new = table[
        (table["announced_date"] > since.isoformat()) & (table["county_fips"] == run.college.profile.county_fips)
    ]
    return (
        f"{new.loc[new['stage'] != 'cancelled', 'jobs'].sum():,.0f}",
        f"after {since:%b} {since.day}, {since.year}, from this report’s list",
    )


def _gap_of(program_id: str) -> Callable[[Run], tuple[str, str] | None]:
    def gap(run: Run) -> tuple[str, str] | None:
        found = [advice.evidence for advice in run.advice if advice.evidence.program.program_id == program_id]
        if not found or found[0].basis == "none":
            return None
        short = float(np.median(found[0].addressable - found[0].supply))
        period = f"a year, {run.period[0]}–{run.period[1]}"
        if round(short) < 0:
            return f"{-short:,.0f} too many", f"more graduates than openings, {period}"
        return f"{abs(short):,.0f}", period

    return gap


_OWN: dict[str, Callable[[Run], tuple[str, str]]] = {
    "advice.expand": _growing,
    "openings.living_wage": _living_wage,
    "awards.career": _awards,
    "announcements.promised": _promised,
}
