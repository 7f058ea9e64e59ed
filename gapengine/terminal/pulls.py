"""What the terminal shows of a pull: progress, then the table at its end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress as Bars
from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from gapengine.store.folder import FAR
from gapengine.store.pull import Outcome
from gapengine.store.pulling import Pulled
from gapengine.terminal.console import console

_COLUMNS = ("source", "status", "new rows", "figures to", "age")


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
    shown = console()
    table = Table(box=None, pad_edge=False)
    for column in _COLUMNS:
        table.add_column(column, justify="right" if column in {"new rows", "age"} else "left")
    for outcome in result.outcomes:
        rows = f"{outcome.rows:,}" if outcome.rows else "-"
        age = "-" if outcome.age_days is None else f"{outcome.age_days:,} days"
        until = str(outcome.covers_until) if outcome.covers_until else "-"
        table.add_row(outcome.source, outcome.status, rows, until, age)
    shown.print(table)
    for outcome in result.outcomes:
        if outcome.message:
            shown.print(f"\n{outcome.message}")
        if outcome.missing:
            named = "; ".join(outcome.missing[:6])
            more = f"; and {len(outcome.missing) - 6} more" if len(outcome.missing) > 6 else ""
            shown.print(f"\n{outcome.source}: {named}{more}")
    if result.unrecognised:
        shown.print(f"\nNot recognised as any agency's file: {len(result.unrecognised)}")
        near = sorted(result.unrecognised, key=lambda file: (file.why == FAR, file.name))
        for file in near:
            shown.print(f"- {file.name}: {file.why}")
    shown.print(f"\nStore: {store}")
