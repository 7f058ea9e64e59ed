"""What the terminal shows of a run's tables: publisher, vintage, age, licence."""

from __future__ import annotations

from rich.console import JustifyMethod
from rich.table import Table

from gapengine.errors import UsageError
from gapengine.snapshot import Provenance, Snapshot
from gapengine.terminal.console import console


def chosen_sources(loaded: Snapshot, name: str | None) -> list[Provenance]:
    """All tables, or the one that was asked for.

    Raises:
        UsageError: no table of that name.
    """
    found = [item for item in loaded.provenance if name in (None, item.name)]
    if not found:
        raise UsageError(f"no table {name!r}. There are: {', '.join(item.name for item in loaded.provenance)}.")
    return found


def sources(loaded: Snapshot, name: str | None) -> None:
    """Print every table with its age; one table with its caveats."""
    found = chosen_sources(loaded, name)
    table = Table(box=None, pad_edge=False)
    for column in ("table", "publisher", "vintage", "figures to", "age", "rows", "status"):
        justify: JustifyMethod = "right" if column in ("age", "rows") else "left"
        table.add_column(column, justify=justify, overflow="fold", no_wrap=column == "table")
    for item in found:
        age = f"{item.age_days / 365.25:.1f} years" if item.age_days > 365 else f"{item.age_days} days"
        table.add_row(
            item.name, item.publisher, item.vintage, str(item.covers_until), age, f"{item.rows:,}", item.status
        )
    shown = console()
    shown.print(table)
    if name is not None:
        only = found[0]
        shown.print(f"\n{only.meaning} {only.coverage}")
        shown.print(f"Licence: {only.licence}")
        for caveat in only.caveats:
            shown.print(f"- {caveat}")
