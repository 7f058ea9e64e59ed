"""What a pull needs from the outside (college, contact, keys) and what it shows (progress, the table at its end)."""

from __future__ import annotations

import getpass
import json
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress as Bars
from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from connectors.catalogue import Connector, connectors_of
from connectors.http import Session
from connectors.source import Ask
from gapengine import __version__, assumptions, college
from gapengine.errors import UsageError
from gapengine.snapshot import Snapshot
from gapengine.store import describing, place
from gapengine.store.folder import FAR
from gapengine.store.manifest import Manifest
from gapengine.store.pull import Acceptance, Outcome
from gapengine.store.pulling import Pulled, chosen
from gapengine.tell import console

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


def releases() -> None:
    """Print what the store holds of each source, and when its next release is due."""
    store = place.store_folder()
    states = describing.states(store, chosen([]), datetime.now(UTC).date())
    table = Table(box=None, pad_edge=False, title="Sources that can be pulled", title_justify="left")
    for column in ("source", "figures to", "pulled", "last pull", "next release", "already out"):
        table.add_column(column, overflow="fold")
    for state in states:
        last = state.last_pull[1] if state.last_pull else "never"
        row = (state.covers_until, state.retrieved_at[:10], last, state.next_release)
        out = max((feed.behind for feed in state.feeds), default=0)
        table.add_row(state.source.name, *(str(cell) if cell else "-" for cell in row), f"{out} newer" if out else "-")
    shown = console()
    shown.print()
    shown.print(table)


def source(name: str, loaded: Snapshot, as_json: bool) -> None:
    """Print everything about one source.

    Raises:
        UsageError: neither a table nor a source has this name.
    """
    every = connectors_of()
    found = [connector for connector in every if connector.source.name == name]
    if not found:
        tables, names = (", ".join(names) for names in ((item.name for item in loaded.provenance), _names(every)))
        raise UsageError(f"no table and no source {name!r}. Tables: {tables}. Sources: {names}.")
    today = datetime.now(UTC).date()
    (state,) = describing.states(place.store_folder(), found, today)
    if as_json:
        sys.stdout.write(json.dumps([state.as_json(today)], indent=2) + "\n")
        return
    shown = console()
    facts = state.source
    shown.print(f"{facts.title}\n{facts.publisher}, {facts.address}\n", style="bold")
    for what, said in (("Licence", facts.licence), ("Published", facts.cadence), ("Layout", facts.document)):
        shown.print(f"{what}: {said}")
    table = Table(box=None, pad_edge=False)
    for column in ("feed", "table", "from", "to", "age", "rows", "next release"):
        table.add_column(column, justify="right" if column in {"age", "rows"} else "left", overflow="fold")
    for feed in state.feeds:
        age = f"{(today - feed.covers_until).days:,} days" if feed.covers_until else "-"
        due = str(feed.next_release) if feed.next_release else "-"
        due += f" ({feed.behind} newer are out)" if feed.behind else ""
        table.add_row(feed.feed, feed.table, *(word or "-" for word in feed.periods), age, f"{feed.rows:,}", due)
    shown.print()
    shown.print(table)
    notes = [*facts.caveats, *(gap for feed in state.feeds for gap in feed.gaps)]
    notes += [f"Accepted although it looked wrong: {why}" for feed in state.feeds for why in feed.accepted]
    notes += [state.last_pull[2]] if state.last_pull and state.last_pull[2] else []
    for note in notes:
        shown.print(f"- {note}")


def _names(every: Sequence[Connector]) -> list[str]:
    return [connector.source.name for connector in every]


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
