"""Print docs/tables.md: every table that leaves the connectors, from its declaration in connectors/tables/."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import connectors.tables
from connectors.tables import Table

OPENING = """\
# Tables

Every table that leaves `connectors/`, generated from `connectors/tables/` by `make docs`; do not edit it by hand.
Codes are text. An unknown value is null, never zero.
"""


def tables() -> list[Table]:
    """The declared tables, in the order of their names."""
    declared = (item for item in vars(connectors.tables).values() if isinstance(item, Table))
    return sorted(declared, key=lambda table: table.name)


def _section(table: Table) -> Iterator[str]:
    key = ", ".join(f"`{name}`" for name in table.key)
    yield f"\n## {table.name}\n\n{table.meaning}\n\nOne row for each: {key}.\n\n"
    yield "| column | unit | may be null | meaning |\n|---|---|---|---|\n"
    for name, column in table.schema.columns.items():
        meaning = (column.description or "").replace("|", "\\|")
        unit = (column.metadata or {}).get("unit", "")
        yield f"| `{name}` | {unit} | {'yes' if column.nullable else ''} | {meaning} |\n"
    if table.caveats:
        yield "\n" + "".join(f"- {caveat}\n" for caveat in table.caveats)


def page() -> str:
    """The whole page as Markdown."""
    return OPENING + "".join(line for table in tables() for line in _section(table))


if __name__ == "__main__":
    sys.stdout.write(page())
