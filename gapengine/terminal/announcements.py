"""Announced projects as a table in the terminal."""

from __future__ import annotations

from typing import Any

from rich.console import JustifyMethod
from rich.table import Table

from connectors.announcements.markup import plain
from gapengine.arrivals.history import promise, stated
from gapengine.arrivals.register import Entry, Register
from gapengine.arrivals.review import pending
from gapengine.terminal.console import console


def projects(known: Register) -> None:
    """Print every project: when it was announced, what it promises, where it stands, whether to look at it."""
    table = Table(box=None, pad_edge=False)
    for column in ("event", "company", "announced", "jobs promised", "counties", "industry", "stage", "to do"):
        justify: JustifyMethod = "right" if column == "jobs promised" else "left"
        table.add_column(column, justify=justify, overflow="fold", no_wrap=column in ("event", "announced"))
    waiting = {entry.event_id for entry in pending(known)}
    for entry in known.entries.values():
        to_do = "decide" if entry.doubts or entry.pending else "new"
        table.add_row(*_cells(entry), to_do if entry.event_id in waiting else "")
    shown = console()
    shown.print(table)
    if waiting:
        shown.print(f"\n{len(waiting)} to look at: gapengine announcements review --college DIR")


def _cells(entry: Entry) -> tuple[str, ...]:
    rows = [stated(row) for row in entry.rows]
    first: dict[str, Any] = rows[0] if rows else {}
    announced = str(first.get("announced_date", entry.history[0].date if entry.history else ""))
    stage = "rejected" if entry.rejected else entry.history[-1].stage if entry.history else str(first.get("stage", ""))
    return (
        entry.event_id,
        plain(entry.company),
        announced[:10],
        "; ".join(dict.fromkeys(promise(row).removesuffix(" jobs") for row in rows)) or "not told",
        ", ".join(str(row["county_fips"]) for row in rows),
        ", ".join(dict.fromkeys(str(row["naics_code"]) for row in rows if "naics_code" in row)) or "unsure",
        stage,
    )
