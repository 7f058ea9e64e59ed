"""What the store holds of each source: newest figures, age, gaps, when the next release is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from connectors.catalogue import Connector
from connectors.source import Feed, Source
from gapengine.store import manifest
from gapengine.store.listed import Vintage
from gapengine.store.manifest import Manifest


@dataclass(frozen=True)
class FeedState:
    """What the store holds of one feed.

    Attributes:
        feed: its name.
        table: the declared table.
        periods: oldest and newest period; empty where it has none.
        parts: parts held.
        rows: their rows.
        covers_until: last day that the newest figure describes; None where periods do not tell.
        next_release: when the next one is due after today; None where no day can be expected.
        behind: releases since the newest period held that should be out today.
        gaps: periods between the oldest and the newest that are missing, by series.
        accepted: "why (who)" of vintages that somebody had to accept.
    """

    feed: str
    table: str
    periods: tuple[str, str]
    parts: int
    rows: int
    covers_until: date | None
    next_release: date | None
    behind: int
    gaps: tuple[str, ...]
    accepted: tuple[str, ...]


@dataclass(frozen=True)
class SourceState:
    """What the store holds of one source, and how its last pull ended."""

    source: Source
    feeds: tuple[FeedState, ...]
    retrieved_at: str
    last_pull: tuple[str, str, str] | None

    @property
    def covers_until(self) -> date | None:
        """Last day that the newest figure of any feed describes."""
        return max((feed.covers_until for feed in self.feeds if feed.covers_until), default=None)

    @property
    def next_release(self) -> date | None:
        """The first release that is due."""
        return min((feed.next_release for feed in self.feeds if feed.next_release), default=None)

    def as_json(self, today: date) -> dict[str, Any]:
        """The fields of the contract, and what else is known."""
        until = self.covers_until
        spans = [f"{feed.feed} {' to '.join(dict.fromkeys(feed.periods))}".strip() for feed in self.feeds if feed.parts]
        return {
            "name": self.source.name,
            "publisher": self.source.publisher,
            "licence": self.source.licence,
            "vintage": ", ".join(spans),
            "retrieved_at": self.retrieved_at[:10],
            "rows": sum(feed.rows for feed in self.feeds),
            "age_days": (today - until).days if until else None,
            "status": "pulled" if spans else "not pulled",
            "next_release": self.next_release.isoformat() if self.next_release else None,
            "releases_behind": max((feed.behind for feed in self.feeds), default=0),
            "caveats": list(self.source.caveats),
            "gaps": [gap for feed in self.feeds for gap in feed.gaps],
            "accepted": [why for feed in self.feeds for why in feed.accepted],
            "last_pull": self.last_pull[1] if self.last_pull else None,
        }


def states(store: Path, connectors: Sequence[Connector], today: date) -> tuple[SourceState, ...]:
    """The state of every source; all empty where there is no store.

    Args:
        store: the store's folder.
        connectors: the sources.
        today: releases are expected after this day.

    Raises:
        DataContract: the store's manifest is damaged.
    """
    if not (store / manifest.FILE).exists():
        return tuple(_state(connector, [], None, today) for connector in connectors)
    with manifest.opened(store) as kept:
        held = kept.newest()
        return tuple(_state(connector, held, kept, today) for connector in connectors)


def _state(connector: Connector, held: Sequence[Vintage], kept: Manifest | None, today: date) -> SourceState:
    name = connector.source.name
    mine = [vintage for vintage in held if vintage.source == name]
    feeds = tuple(_feed(feed, [item for item in mine if item.feed == feed.title], today) for feed in connector.feeds)
    retrieved = max((vintage.retrieved_at for vintage in mine), default="")
    return SourceState(connector.source, feeds, retrieved, kept.last_pull(name) if kept else None)


def _feed(feed: Feed, held: Sequence[Vintage], today: date) -> FeedState:
    periods = sorted({vintage.period for vintage in held})
    newest = periods[-1] if periods else ""
    due, behind = feed.cadence.next_after(newest, today)
    return FeedState(
        feed=feed.title,
        table=feed.table.name,
        periods=(periods[0], newest) if periods else ("", ""),
        parts=len(held),
        rows=sum(vintage.rows for vintage in held),
        covers_until=feed.cadence.period_end(newest),
        next_release=due,
        behind=behind,
        gaps=gaps(feed, held),
        accepted=tuple(dict.fromkeys(f"{item.why} ({item.accepted_by})" for item in held if item.why)),
    )


def gaps(feed: Feed, held: Sequence[Vintage]) -> tuple[str, ...]:
    """Periods that are missing between the oldest and the newest of a series, as sentences."""
    out = []
    for series in sorted({vintage.series for vintage in held}):
        absent = feed.cadence.missing([vintage.period for vintage in held if vintage.series == series])
        if absent:
            what = " ".join(word for word in (feed.title, series) if word)
            out.append(f"{what}: nothing for {', '.join(absent)}")
    return tuple(out)
