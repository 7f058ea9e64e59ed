"""The register of announced projects: embedded events, tellings from texts and an analyst's decisions, as one table.

An embedded event keeps its facts; tellings add to its history, and where they contradict it a person decides. An event
made of tellings takes its facts from them by stated rules. Decisions come last and win.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from gapengine.arrivals.choices import LAYOFF, Choice, unknown_event
from gapengine.arrivals.consensus import Facts, from_tellings, typed
from gapengine.arrivals.history import Step, embedded_steps, told_steps
from gapengine.arrivals.tellings import Telling
from gapengine.rows import records


@dataclass(frozen=True)
class Entry:
    """One project.

    Attributes:
        event_id: its stable name.
        rows: one a county of its site, cells by the columns of the announcements table; empty where no county is told.
        history: oldest first.
        tellings: what texts say of it.
        doubts: what a person must decide first: it may be another project told again, or lacks a county; while there is
            one the project adds no jobs.
        pending: what a text says against the embedded facts, which stay until a person confirms it.
        embedded: whether it comes with the snapshot.
        confirmed: whether an analyst confirmed or corrected it.
        rejected: whether an analyst rejected it.
        company: who, for messages.
    """

    event_id: str
    rows: tuple[Mapping[str, Any], ...]
    history: tuple[Step, ...]
    tellings: tuple[Telling, ...] = ()
    doubts: tuple[str, ...] = ()
    pending: tuple[str, ...] = ()
    embedded: bool = False
    confirmed: bool = False
    rejected: bool = False
    company: str = ""


@dataclass(frozen=True)
class Register:
    """All projects, by event id."""

    entries: Mapping[str, Entry]

    def table(self) -> pd.DataFrame:
        """Rows in the columns of the declared table ``announcements``; rejected projects are left out."""
        rows = [row for entry in self.entries.values() if not entry.rejected for row in entry.rows]
        return typed(rows)

    def history(self) -> pd.DataFrame:
        """One row a step: event_id, date, stage, what, source_address, quote."""
        steps = [
            {"event_id": entry.event_id, **{name: getattr(step, name) for name in _STEP}}
            for entry in self.entries.values()
            if not entry.rejected
            for step in entry.history
        ]
        return pd.DataFrame(steps, columns=["event_id", *_STEP]).astype("str")

    def pending(self) -> dict[str, str]:
        """Event -> what a text says against its embedded facts."""
        return {entry.event_id: entry.pending[-1] for entry in self.entries.values() if entry.pending}

    def held(self) -> dict[str, str]:
        """Event -> the doubt for which it is not counted yet."""
        return {entry.event_id: entry.doubts[0] for entry in self.entries.values() if entry.doubts}


_STEP = ("date", "stage", "what", "source_address", "quote")


def register(table: pd.DataFrame, tellings: Sequence[Telling], choices: Sequence[Choice]) -> Register:
    """Put a snapshot's announcements, a college's tellings and its analysts' decisions together.

    Args:
        table: rows of the declared table ``announcements``.
        tellings: of the college's announcements.csv.
        choices: of its announcement_decisions.csv, applied in their order.

    Raises:
        DataContract: a decision names an event or a telling that there is not.
    """
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in records(table):
        rows.setdefault(str(row["event_id"]), []).append(row)
    assigned = {item.telling_id: item.event_id for item in tellings}
    state = _Decided(rows, assigned)
    for choice in choices:
        if not choice.decision.event.startswith(LAYOFF):
            state.apply(choice)
    by_event: dict[str, list[Telling]] = {event: [] for event in state.order}
    for item in sorted(tellings, key=lambda item: (item.published_date, item.telling_id)):
        if item.telling_id not in state.dropped:
            by_event.setdefault(assigned[item.telling_id], []).append(item)
    entries = {}
    for event, told in by_event.items():
        if event in rows or told:
            entry = _entry(event, rows.get(event, []), told, state)
            entries[event] = entry
    return Register(entries)


class _Decided:
    """What decisions have done so far: a working record of one call, never kept."""

    def __init__(self, rows: dict[str, list[dict[str, Any]]], assigned: dict[str, str]) -> None:
        self.rows, self.assigned = rows, assigned
        self.order = dict.fromkeys([*rows, *assigned.values()])
        self.merged: dict[str, str] = {}
        self.absorbed: dict[str, list[dict[str, Any]]] = {}
        self.dropped: set[str] = set()
        self.confirmed: set[str] = set()
        self.rejected: set[str] = set()
        self.corrections: dict[str, list[Choice]] = {}

    def apply(self, choice: Choice) -> None:
        decision = choice.decision
        event = self._known(choice, "event", decision.event)
        if decision.telling and self.assigned.get(decision.telling) is None:
            raise unknown_event(choice, "telling", decision.telling, list(self.assigned))
        if decision.decision == "merge":
            other = self._known(choice, "other", decision.other)
            if event == other:
                return
            self.merged[event] = other
            self.assigned.update({key: other for key, value in self.assigned.items() if value == event})
            if event in self.rows:
                moved = self.rows.pop(event)
                if other in self.rows:
                    self.absorbed.setdefault(other, []).extend(moved[:1])
                self.rows.setdefault(other, [{**row, "event_id": other} for row in moved])
            self.order.pop(event, None)
            self.confirmed.add(other)
        elif decision.decision == "split":
            name = decision.other or f"{event}-{decision.telling}"
            self.assigned[decision.telling] = name
            self.order.setdefault(name)
            self.confirmed.add(name)
        elif decision.decision == "reject" and decision.telling:
            self.dropped.add(decision.telling)
        elif decision.decision == "reject":
            self.rejected.add(event)
        elif decision.decision == "confirm":
            self.confirmed.add(event)
            self.rejected.discard(event)
        else:
            self.corrections.setdefault(event, []).append(choice)

    def _known(self, choice: Choice, column: str, name: str) -> str:
        seen = set()
        while name in self.merged and name not in seen:
            seen.add(name)
            name = self.merged[name]
        if name not in self.order:
            raise unknown_event(choice, column, name, list(self.order))
        return name


def _entry(event: str, rows: list[dict[str, Any]], told: list[Telling], state: _Decided) -> Entry:
    confirmed = event in state.confirmed
    embedded = bool(rows)
    steps = [step for row in [*rows[:1], *state.absorbed.get(event, ())] for step in embedded_steps(row)]
    doubts = [] if confirmed else [_doubt(item) for item in told if item.doubt]
    pending: list[str] = []
    if embedded:
        later = [item for item in told if item.stage != "announced"]
        if later and confirmed:
            rows = [_moved_on(row, later[-1], len(rows)) for row in rows]
        elif later and later[-1].stage != rows[0]["stage"]:
            said, known = later[-1], rows[0]["stage"]
            pending = [f"a text of {said.published_date} says {said.stage}, the snapshot says {known}: review it"]
    else:
        facts = from_tellings(event, told)
        rows, doubts = list(facts.rows), [*doubts, *([] if confirmed else _missing(facts))]
    steps += told_steps(told, rows, embedded)
    for choice in state.corrections.get(event, ()):
        rows = [_corrected(row, choice, len(rows)) for row in rows] or _placed(event, told, choice)
        steps.append(
            Step(
                choice.decision.decided_on.isoformat(),
                str(rows[0]["stage"]) if rows else "announced",
                f"corrected by {choice.decision.decided_by or 'an analyst'}: {choice.decision.field} is "
                f"{choice.decision.value}{f' ({choice.decision.why})' if choice.decision.why else ''}",
            )
        )
    name = str(rows[0]["company"]) if rows else next((item.name for item in told), event)
    return Entry(
        event,
        tuple(rows),
        tuple(sorted(steps, key=lambda step: step.date)),
        tuple(told),
        tuple(doubts),
        tuple(pending),
        embedded,
        confirmed or event in state.corrections,
        event in state.rejected,
        name,
    )


def _moved_on(row: Mapping[str, Any], last: Telling, counties: int) -> dict[str, Any]:
    """An embedded row after a person confirmed what a later text says: its stage, and an amended number of jobs."""
    out = {
        **row,
        "stage": last.stage,
        "stage_date": last.published_date,
        "outcome_address": last.source_address or None,
    }
    if last.stage == "amended" and last.jobs is not None and counties == 1:
        out |= {"jobs": last.jobs, "jobs_max": last.jobs_max, "jobs_qualifier": last.jobs_qualifier or "exact"}
    return out


def _doubt(item: Telling) -> str:
    return f"may be the same as {item.doubt} ({item.reasons})"


def _missing(facts: Facts) -> list[str]:
    return [] if facts.rows else ["no text names a county: correct county_fips"]


def _placed(event: str, told: list[Telling], choice: Choice) -> list[dict[str, Any]]:
    """Rows of an event without a county, once a correction names one."""
    if choice.decision.field != "county_fips":
        return []
    placed = [item.model_copy(update={"counties": (choice.decision.value,)}) for item in told]
    return [dict(row) for row in from_tellings(event, placed).rows]


def _corrected(row: Mapping[str, Any], choice: Choice, counties: int) -> dict[str, Any]:
    decision = choice.decision
    if decision.county and decision.county != row["county_fips"]:
        return dict(row)
    if counties > 1 and not decision.county and decision.field in ("jobs", "jobs_max", "county_fips", "realised_jobs"):
        raise choice.row.fail("county", "the county whose row is meant, since the event has several", "Name it.")
    out = {**row, decision.field: choice.parsed}
    if decision.field == "jobs" and pd.notna(row["jobs_max"]) and float(row["jobs_max"]) < float(out["jobs"]):
        out["jobs_max"] = None
    if decision.field == "stage":
        out["stage_date"] = decision.decided_on.isoformat()
    return out
