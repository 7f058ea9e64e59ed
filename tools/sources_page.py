"""Print docs/sources.md: every source with its address, cadence, licence, caveats and feeds, from the connectors."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date

from connectors.catalogue import Connector, connectors_of
from connectors.source import Ask, Feed, Place

OPENING = """\
# Sources

Every source that `gapengine pull` asks, generated from `connectors/` by `make docs`; do not edit it by hand. The tables
are described in [tables.md](tables.md). The example of an address is what Durham's labor shed asks for.
"""
_EXAMPLE = Ask(Place("37", ("37063",), ("20500",)), date(2026, 1, 15), frozenset())


def _feed(feed: Feed) -> str:
    wanted = feed.wanted(_EXAMPLE)
    asked = f"`{wanted[0].address}`" if wanted else "files given by hand"
    if wanted and feed.follow is not None:
        asked += ", and what it leads to"
    words = feed.cadence.every
    words += f", {feed.cadence.lag_days} days after the period" if feed.cadence.lag_days else ""
    return f"| {feed.title} | [`{feed.table.name}`](tables.md#{feed.table.name}) | {words} | {asked} |\n"


def _section(connector: Connector) -> Iterator[str]:
    source = connector.source
    yield f"\n## {source.name}\n\n**{source.title}** ({source.publisher}, {source.address})\n\n"
    yield f"- Published: {source.cadence}\n- Licence: {source.licence}\n- Layout: {source.document}\n"
    if source.attribution and source.attribution != source.licence:
        yield f"- To be printed: {source.attribution}\n"
    yield "".join(f"- Caveat: {caveat}\n" for caveat in source.caveats)
    if connector.feeds:
        yield "\n| feed | table | published | first address |\n|---|---|---|---|\n"
        yield "".join(_feed(feed) for feed in connector.feeds)


def page() -> str:
    """The whole page as Markdown."""
    return OPENING + "".join(part for connector in connectors_of() for part in _section(connector))


if __name__ == "__main__":
    sys.stdout.write(page())
