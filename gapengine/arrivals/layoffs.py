"""WARN notices as negative events: one event per layoff, only after the nowcast, subtracting jobs on their date.

Method section 4: the same rule as for arrivals. A trend holds the usual flow of layoffs too, so the same overlap is
taken off; what a notice says of workers who leave before the nowcast is in the levels already.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from gapengine.arrivals.choices import LAYOFF
from gapengine.arrivals.names import likeness, slug
from gapengine.arrivals.when import days_between, decimal_date
from gapengine.assumptions import Assumptions
from gapengine.rows import records
from gapengine.snapshot import Snapshot

if TYPE_CHECKING:
    from gapengine.college import College

_SAME_DAYS = 120
"""Notices of one company at one place within these days are one event."""


@dataclass(frozen=True)
class Leaving:
    """One layoff or closure.

    Attributes:
        event_id: stable name.
        company, city, county_fips, area_code: who and where; area empty where the county is outside the shed.
        naics_code: industry of the company; empty where nobody told.
        workers: people notified; None where not stated.
        kind: Layoff or Closure.
        notice_date, effective_date: year-month-day; the second is the notice's own, else the notice plus the days of
            notice that the law asks for.
        notices: rows of the table that are this event.
        losses: (K, Y) jobs lost in each year after the nowcast, positive; zeros where not counted.
        counted: whether it subtracts jobs.
        reason: why it counts, or why not.
        source_address: where it was notified.
    """

    event_id: str
    company: str
    city: str
    county_fips: str
    area_code: str
    naics_code: str
    workers: float | None
    kind: str
    notice_date: str
    effective_date: str
    notices: int
    losses: np.ndarray
    counted: bool
    reason: str
    source_address: str


def leaving(
    snapshot: Snapshot, college: College, assumptions: Assumptions, years: np.ndarray, overlap: np.ndarray
) -> tuple[Leaving, ...]:
    """Layoffs and closures of the labor shed.

    Args:
        snapshot: needs layoffs.
        college: the labor shed, and decisions that name an industry (``correct warn-... naics_code=4811``).
        assumptions: layoff.notice_days, layoff.share_carried_out.
        years: (Y,) calendar years after the nowcast year.
        overlap: (K,) share that the trend already holds.
    """
    areas = {county: area.area_code for area in college.areas for county in area.counties}
    table = snapshot["layoffs"]
    inside = table[table["county_fips"].isin(areas)]
    industries = {
        choice.decision.event: choice.decision.value
        for choice in college.choices
        if choice.decision.event.startswith(LAYOFF)
    }
    found = [_event(rows, areas, assumptions, years, overlap, industries) for rows in folded(inside)]
    return tuple(sorted(found, key=lambda item: (item.notice_date, item.event_id)))


def folded(table: pd.DataFrame) -> list[list[dict[str, Any]]]:
    """Notices grouped into events: one company at one place, each notice within some months of another."""
    out: list[list[dict[str, Any]]] = []
    for row in records(table.sort_values(["notice_date", "company", "kind", "workers"])):
        home = next((group for group in reversed(out) if _same(group[-1], row)), None)
        if home is None:
            out.append([row])
        else:
            home.append(row)
    return out


def _same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    near = days_between(one["notice_date"], other["notice_date"]) <= _SAME_DAYS
    place = one["county_fips"] == other["county_fips"] and one["city"] == other["city"]
    temporary = _temporary(one["kind"]) == _temporary(other["kind"])
    return near and place and temporary and likeness(str(one["company"]), str(other["company"])) >= 0.75


def _temporary(kind: str) -> bool:
    return "temporary" in kind.lower()


def workers(rows: list[dict[str, Any]]) -> float | None:
    """People of an event: the greater of its layoffs and its closures, each counted once.

    Notices of one kind and day are of different groups and add up; one repeated with the same number on another day is
    one; a closure that follows a layoff takes in the same people.
    """
    totals = []
    for kind in sorted({str(row["kind"]) for row in rows}):
        mine = [row for row in rows if row["kind"] == kind and pd.notna(row["workers"])]
        seen: dict[float, set[str]] = {}
        total = 0.0
        for row in mine:
            days = seen.setdefault(float(row["workers"]), set())
            if not days or row["notice_date"] in days:
                total += float(row["workers"])
            days.add(row["notice_date"])
        if mine:
            totals.append(total)
    return max(totals) if totals else None


def _event(
    rows: list[dict[str, Any]],
    areas: dict[str, str],
    assumptions: Assumptions,
    years: np.ndarray,
    overlap: np.ndarray,
    industries: dict[str, str],
) -> Leaving:
    first, last = rows[0], rows[-1]
    people = workers(rows)
    event_id = f"{LAYOFF}{slug(str(first['company']))}-{first['notice_date']}"
    effective = _effective(rows, assumptions)
    losses = np.zeros((len(overlap), len(years)))
    if all(_temporary(str(row["kind"])) for row in rows):
        reason = "temporary: not counted"
    elif all(row.get("repeated") for row in rows):
        reason = "counted with a later closure of the same place"
    elif people is None:
        reason = "no number of workers stated: not counted"
    elif decimal_date(effective) < float(years[0]):
        reason = "before the forecast starts: in the levels already"
    elif decimal_date(effective) >= float(years[-1]) + 1:
        reason = "after the forecast ends"
    else:
        reason = "subtracted on its date"
        carried = people * assumptions.value("layoff.share_carried_out") * (1.0 - overlap)
        losses[:, int(decimal_date(effective)) - int(years[0])] = carried
    city = first["city"]
    return Leaving(
        event_id,
        str(last["company"]),
        "" if pd.isna(city) else str(city),
        str(first["county_fips"]),
        areas.get(str(first["county_fips"]), ""),
        industries.get(event_id, ""),
        people,
        "Closure" if any(row["kind"] == "Closure" for row in rows) else str(last["kind"]),
        str(first["notice_date"]),
        effective,
        len(rows),
        losses,
        bool(losses.any()),
        reason,
        str(last["source_address"]),
    )


def _effective(rows: list[dict[str, Any]], assumptions: Assumptions) -> str:
    stated = [str(row["effective_date"]) for row in rows if pd.notna(row.get("effective_date"))]
    if stated:
        return min(stated)
    notice = date.fromisoformat(str(rows[0]["notice_date"]))
    return (notice + timedelta(days=assumptions.whole("layoff.notice_days"))).isoformat()
