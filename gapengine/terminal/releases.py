"""What the terminal shows of sources that can be pulled: what the store holds of each, when the next release is due."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from rich.table import Table

from connectors.catalogue import Connector, connectors_of
from gapengine.errors import UsageError
from gapengine.snapshot import Snapshot
from gapengine.store import describing, place
from gapengine.store.pulling import chosen
from gapengine.terminal.console import console


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
        raise UsageError(f"no table and no source {name!r}. There are: {tables}; and the sources {names}.")
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
