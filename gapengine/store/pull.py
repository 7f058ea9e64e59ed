"""One source's pull, whole or not at all: gather, compare with the last vintages, accept or refuse, make it count."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from connectors.catalogue import Connector
from connectors.fetched import FetchError
from connectors.replies import SourceError
from connectors.tables import TableError
from gapengine.store.compare import revision, succession
from gapengine.store.describing import gaps
from gapengine.store.files import keep_vintage, parquet, read_vintage, sha256
from gapengine.store.gathering import Gathered, PartRows
from gapengine.store.listed import Vintage
from gapengine.store.manifest import Manifest

NEW, UNCHANGED, REFUSED, FAILED, NOT_OFFERED = "new", "unchanged", "refused", "failed", "not offered"


@dataclass(frozen=True)
class Acceptance:
    """Who accepts vintages that look wrong, and why."""

    by: str
    why: str


@dataclass(frozen=True)
class Outcome:
    """How one source's pull ended.

    Attributes:
        source: its name.
        status: new, unchanged, refused, failed or not offered.
        rows: rows of the new vintages.
        vintages: how many parts are new.
        set_aside: impossible rows set aside.
        covers_until: last day that the store's newest figure of the source describes; null where unknown.
        age_days: days from then to the pull.
        message: what went wrong, or what is noteworthy.
        fetch_failed: true where the agency could not be reached or did not answer as asked (exit code 4).
        missing: periods that are not yet published, and gaps between periods.
    """

    source: str
    status: str
    rows: int = 0
    vintages: int = 0
    set_aside: int = 0
    covers_until: date | None = None
    age_days: int | None = None
    message: str = ""
    fetch_failed: bool = False
    missing: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """The line of ``gapengine pull --json``."""
        return {
            "name": self.source,
            "status": self.status,
            "rows": self.rows,
            "vintages": self.vintages,
            "set_aside": self.set_aside,
            "covers_until": self.covers_until.isoformat() if self.covers_until else None,
            "age_days": self.age_days,
            "message": self.message,
            "missing": list(self.missing),
        }


def pull(
    connector: Connector,
    gather: Callable[[], Gathered],
    store: Path,
    manifest: Manifest,
    version: str,
    accept: Acceptance | None = None,
    now: datetime | None = None,
) -> Outcome:
    """Pull one source; its last vintages stay in use unless everything new is accepted.

    Args:
        connector: the source.
        gather: gets and reads its replies.
        store: the folder.
        manifest: of the store.
        version: of the program.
        accept: accepts what looks wrong.
        now: time of the pull, UTC; the clock's by default.

    Raises:
        SourceFailure: no room in the store.
    """
    at = (now or datetime.now(UTC)).isoformat(timespec="seconds")
    name = connector.source.name
    facts = asdict(connector.source)
    try:
        gathered = gather()
        fresh, doubts, replaced = _compared(gathered, name, store, manifest)
    except (SourceError, TableError) as error:
        message = f"{name}: {error}"
        manifest.count((name, at, FAILED, message), facts)
        failed = Outcome(name, FAILED, message=message, fetch_failed=isinstance(error, FetchError))
        return _aged(failed, manifest, connector, at)
    if doubts and accept is None:
        message = f"{name}: the new vintage looks wrong and is not used: " + "; ".join(doubts[:6])
        message += f"; and {len(doubts) - 6} more" if len(doubts) > 6 else ""
        message += f". If it is right, pull again with: gapengine pull {name} --accept WHY"
        manifest.count((name, at, REFUSED, message), facts)
        return _aged(Outcome(name, REFUSED, message=message), manifest, connector, at)
    vintages = [
        _vintage(part, name, store, accept if part.feed.title in replaced else None, doubts, at, version, key[1])
        for key, part in fresh.items()
    ]
    status = NEW if vintages else UNCHANGED
    rows = sum(vintage.rows for vintage in vintages)
    ended = (name, at, status, "; ".join(doubts))
    manifest.count(ended, facts, gathered.replies, gathered.readings, vintages, gathered.sidecars)
    aside = [sentence for part in fresh.values() for sentence in part.set_aside]
    notes = [f"{len(aside)} impossible rows set aside ({aside[0]})"] if aside else []
    notes += [f"accepted by {accept.by}: {accept.why}"] if accept and doubts else []
    out = Outcome(
        name, status, rows, len(vintages), len(aside), message="; ".join(notes), missing=tuple(gathered.missing)
    )
    return _aged(out, manifest, connector, at)


Fresh = dict[tuple[str, tuple[str, str]], PartRows]


def _compared(gathered: Gathered, name: str, store: Path, manifest: Manifest) -> tuple[Fresh, list[str], set[str]]:
    """Parts that are new, what looks wrong in them, and the feeds concerned."""
    fresh: Fresh = {}
    doubts: list[str] = []
    doubted: set[str] = set()
    for (feed, (series, period)), part in sorted(gathered.parts.items(), key=lambda item: item[0]):
        last = manifest.last(name, feed, series, period)
        rows = part.rows
        where = f"{part.feed.table.name} {series} {period}".strip()
        found: list[str] = []
        if last is not None:
            if sha256(parquet(rows)) == last.sha256:
                continue
            found = revision(rows, read_vintage(store, last.table_name, last.sha256), part.feed)
        else:
            earlier = [known for known in manifest.periods(name, feed, series) if known < period]
            if earlier:
                before = manifest.last(name, feed, series, earlier[-1])
                if before is not None:
                    old = read_vintage(store, before.table_name, before.sha256)
                    found = succession(rows, old, earlier[-1], part.feed)
        fresh[feed, (series, period)] = part
        if found:
            doubts += [f"{where}: {sentence}" for sentence in found]
            doubted.add(feed)
    return fresh, doubts, doubted


def _vintage(
    part: PartRows,
    source: str,
    store: Path,
    accept: Acceptance | None,
    doubts: list[str],
    at: str,
    version: str,
    key: tuple[str, str],
) -> Vintage:
    end = part.feed.cadence.period_end(key[1])
    return Vintage(
        source=source,
        feed=part.feed.title,
        table_name=part.feed.table.name,
        series=key[0],
        period=key[1],
        covers_until=end.isoformat() if end else "",
        sha256=keep_vintage(store, part.feed.table.name, parquet(part.rows)),
        rows=len(part.rows),
        set_aside=len(part.set_aside),
        replies=" ".join(part.replies),
        retrieved_at=at,
        accepted_at=at,
        accepted_by=accept.by if accept else "",
        why=accept.why if accept else "",
        difference="; ".join(doubts) if accept else "",
        version=version,
    )


def _aged(outcome: Outcome, manifest: Manifest, connector: Connector, at: str) -> Outcome:
    """The outcome with the age of what the store has of the source, and the gaps in it."""
    ends: list[date] = []
    absent: list[str] = []
    held = [vintage for vintage in manifest.newest() if vintage.source == connector.source.name]
    for feed in connector.feeds:
        mine = [vintage for vintage in held if vintage.feed == feed.title]
        ends += [end for vintage in mine if (end := feed.cadence.period_end(vintage.period)) is not None]
        absent += gaps(feed, mine)
    until = max(ends, default=None)
    age = (date.fromisoformat(at[:10]) - until).days if until else None
    return replace(outcome, covers_until=until, age_days=age, missing=(*outcome.missing, *absent))
