"""The history of a project: what was told of it, when and by whom, oldest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from gapengine.arrivals.tellings import Telling


@dataclass(frozen=True)
class Step:
    """One entry of an event's history.

    Attributes:
        date: year-month-day, or less.
        stage: where the project stood then.
        what: what was told, in a few words.
        source_address: who told it; empty where unknown.
        quote: the sentence it was read from; empty for embedded events.
        telling_id: the telling; empty for embedded facts and decisions.
    """

    date: str
    stage: str
    what: str
    source_address: str = ""
    quote: str = ""
    telling_id: str = ""


def embedded_steps(row: Mapping[str, Any]) -> list[Step]:
    """The announcement, and the stage that is known since."""
    known = {name: value for name, value in row.items() if pd.notna(value)}
    first = Step(str(row["announced_date"]), "announced", promise(known), str(row["source_address"]))
    if row["stage"] == "announced":
        return [first]
    dated = str(known.get("stage_date", row["announced_date"]))
    return [first, Step(dated, str(row["stage"]), str(known.get("note", "")), str(known.get("outcome_address", "")))]


def stated(row: Mapping[str, Any]) -> dict[str, Any]:
    """The cells of a row that are known."""
    return {name: value for name, value in row.items() if pd.notna(value) and value != ""}


def promise(known: Mapping[str, Any]) -> str:
    """'up to 1,200 jobs' from the known cells of a row."""
    if "jobs" not in known:
        return "no number of jobs stated"
    qualifier = str(known.get("jobs_qualifier", ""))
    low, high = float(known["jobs"]), float(known.get("jobs_max", known["jobs"]))
    number = f"{low:,.0f}" if high <= low else f"{low:,.0f} to {high:,.0f}"
    return f"{qualifier + ' ' if qualifier not in ('', 'exact', 'range') else ''}{number} jobs"


def told_steps(told: Sequence[Telling], rows: Sequence[Mapping[str, Any]], embedded: bool) -> list[Step]:
    """One step a telling; each says what it changed: a name for a code name, another number of jobs.

    Args:
        told: tellings in the order of their dates.
        rows: the embedded rows, which stand before the first telling.
        embedded: whether there are such rows.
    """
    return [_step(item, earlier) for item, earlier in zip(told, _earlier(told, rows, embedded), strict=True)]


def _earlier(told: Sequence[Telling], rows: Sequence[Mapping[str, Any]], embedded: bool) -> list[Telling | None]:
    """What had been told before each telling; the embedded facts stand before the first."""
    before: list[Telling | None] = [None]
    if embedded and rows and told:
        row = {name: value for name, value in rows[0].items() if pd.notna(value)}
        before = [
            told[0].model_copy(
                update={"company": row["company"], "project": row.get("project", "")}
                | {"jobs": row.get("jobs"), "jobs_max": row.get("jobs_max")}
            )
        ]
    for item in told:
        last = before[-1]
        before.append(item if last is None else item.model_copy(update=_kept(item, last)))
    return before[:-1]


def _kept(item: Telling, last: Telling) -> dict[str, Any]:
    names = ("company", "project", "jobs", "jobs_max")
    return {name: getattr(item, name) or getattr(last, name) for name in names}


def _step(item: Telling, before: Telling | None) -> Step:
    parts = []
    if before is not None:
        if item.company and not before.company and before.project:
            parts.append(f"Project {before.project} is {item.company}")
        if item.jobs and before.jobs and item.jobs != before.jobs:
            parts.append(f"jobs {before.jobs:,.0f} then, {item.jobs:,.0f} now")
    if before is None or not parts:
        parts.append(promise({k: v for k, v in item.model_dump().items() if v not in (None, "")}))
    return Step(
        item.published_date,
        item.stage,
        "; ".join(parts),
        item.source_address,
        item.stage_quote if item.stage != "announced" and item.stage_quote else item.quote,
        item.telling_id,
    )
