"""What a pull needs from the outside (college, contact, keys) and what it shows (progress, the table at its end)."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress as Bars
from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from connectors.http import Session
from connectors.source import Ask
from gapengine import __version__, assumptions, college
from gapengine.errors import UsageError
from gapengine.store import place
from gapengine.store.manifest import Manifest
from gapengine.store.pull import Acceptance, Outcome
from gapengine.store.pulling import Pulled

_COLUMNS = ("source", "status", "new rows", "figures to", "age")


def acceptance(why: str | None) -> Acceptance | None:
    """Who accepts, and why.

    Raises:
        UsageError: no reason is given.
    """
    if why is None:
        return None
    if not why.strip():
        raise UsageError("--accept: say why the vintage is right; the reason is recorded with it.")
    return Acceptance(getpass.getuser(), why.strip())


def asking(folder: Path | None) -> tuple[Ask, Callable[[Manifest], Session]]:
    """What to ask for a college, and the session to ask with.

    Raises:
        UsageError: no contact address is set.
    """
    contact, secrets = place.contact(), place.secrets()
    home = college.embedded() if folder is None else folder
    loaded = college.load(home, assumptions.for_college(home))
    ask = place.ask_of(loaded, datetime.now(UTC).date())
    return ask, lambda ledger: Session(contact, secrets, __version__, ledger)


class Progress:
    """Progress on standard error: one line for the source at work; nothing where that is no terminal."""

    def __init__(self) -> None:
        console = Console(stderr=True, markup=False, emoji=False, highlight=False)
        columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
        self._bars = Bars(*columns, console=console, transient=True, disable=not console.is_terminal)
        self._task = self._bars.add_task("", total=None)
        self._source = ""

    def __enter__(self) -> Progress:
        self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bars.stop()

    def begins(self, source: str) -> None:
        """Name the source at work."""
        self._source = source
        self._bars.update(self._task, description=source)

    def step(self, name: str) -> None:
        """Name the request or file at work."""
        self._bars.update(self._task, description=f"{self._source}: {name}")

    def ends(self, outcome: Outcome) -> None:
        """Leave a line about the source."""
        self._bars.console.print(f"{outcome.source}: {outcome.status}") if self._bars.console.is_terminal else None


def as_json(pulled: Pulled, store: Path) -> dict[str, Any]:
    """The object of ``gapengine pull --json``."""
    return {
        "store": store.name,
        "sources": [outcome.as_json() for outcome in pulled.outcomes],
        "unrecognised": [{"file": file.name, "why": file.why} for file in pulled.unrecognised],
        "exit_code": pulled.exit_code,
    }


def pulled(result: Pulled, store: Path) -> None:
    """Print the table at the end of a pull, then what went wrong, then what was not recognised."""
    console = Console(width=None if Console().is_terminal else 110, markup=False, emoji=False, highlight=False)
    table = Table(box=None, pad_edge=False)
    for column in _COLUMNS:
        table.add_column(column, justify="right" if column in {"new rows", "age"} else "left")
    for outcome in result.outcomes:
        rows = f"{outcome.rows:,}" if outcome.rows else "-"
        age = "-" if outcome.age_days is None else f"{outcome.age_days:,} days"
        until = str(outcome.covers_until) if outcome.covers_until else "-"
        table.add_row(outcome.source, outcome.status, rows, until, age)
    console.print(table)
    for outcome in result.outcomes:
        if outcome.message:
            console.print(f"\n{outcome.message}")
        if outcome.missing:
            named = "; ".join(outcome.missing[:6])
            more = f"; and {len(outcome.missing) - 6} more" if len(outcome.missing) > 6 else ""
            console.print(f"\n{outcome.source}: {named}{more}")
    if result.unrecognised:
        console.print(f"\nNot recognised as any agency's file: {len(result.unrecognised)}")
        for file in result.unrecognised:
            console.print(f"- {file.name}: {file.why}")
    console.print(f"\nStore: {store}")
