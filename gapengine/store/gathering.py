"""Gets a source's replies, from the agency or from files given by hand, and reads them into parts of tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from connectors.archives import members
from connectors.catalogue import Connector
from connectors.fetched import Known, NotPublished
from connectors.http import Session
from connectors.parts import Part
from connectors.replies import SourceError
from connectors.source import Ask, Feed, Wanted
from connectors.tables import TableError, checked
from gapengine.store.files import keep_reply, read_reply
from gapengine.store.listed import ReplyRow
from gapengine.store.manifest import Manifest

Step = Callable[[str], None]


@dataclass(frozen=True)
class Offered:
    """A file given by hand: its bytes, its name, and the feeds that recognise its header."""

    name: str
    raw: bytes
    feeds: tuple[Feed, ...]


@dataclass
class Gathered:
    """What a source gave in one pull, before it is compared with what the store has.

    Attributes:
        replies: as the manifest will list them.
        readings: (reply, source, feed, version).
        parts: (feed, part) -> rows, set aside, replies they came from.
        unread: replies that were read before, by feed: nothing new in them.
        missing: sentences about periods that are not yet published.
        sidecars: reply -> hash of the sidecar written with it.
        absent: requests that were answered so.
    """

    replies: list[ReplyRow] = field(default_factory=list)
    readings: list[tuple[str, str, str, str]] = field(default_factory=list)
    parts: dict[tuple[str, Part], PartRows] = field(default_factory=dict)
    unread: int = 0
    missing: list[str] = field(default_factory=list)
    sidecars: dict[str, str] = field(default_factory=dict)
    absent: set[tuple[str, bytes | None]] = field(default_factory=set)


@dataclass
class PartRows:
    """Rows of one part from all replies of a pull."""

    feed: Feed
    rows: pd.DataFrame
    set_aside: list[str]
    replies: list[str]
    names: list[str]


def from_files(
    connector: Connector,
    files: Iterable[Offered],
    store: Path,
    manifest: Manifest,
    now: str,
    version: str,
    step: Step,
) -> Gathered:
    """Read files given by hand.

    Args:
        connector: the source and its feeds.
        files: what the folder offers it.
        store: folder that keeps the replies.
        manifest: what is known already.
        now: time of the pull, UTC.
        version: of the program.
        step: told each file's name before it is read.

    Raises:
        SourceError: a file cannot be read, or two files contradict each other.
        TableError: rows break the declaration of their table.
        SourceFailure: no room in the store.
    """
    out = Gathered()
    for file in files:
        step(file.name)
        digest, sidecar = keep_reply(store, file.raw, {"address": f"file:{file.name}", "retrieved_at": now})
        out.sidecars |= {digest: sidecar} if sidecar else {}
        out.replies.append(ReplyRow(digest, f"file:{file.name}", file.name, len(file.raw), "", "", "", now))
        for feed in file.feeds:
            _read(out, connector, feed, digest, [(file.name, file.raw)], manifest, version)
    return out


def from_agency(
    connector: Connector,
    ask: Ask,
    session: Session,
    store: Path,
    manifest: Manifest,
    now: str,
    version: str,
    step: Step,
) -> Gathered:
    """Ask an agency for everything a source wants.

    Args:
        connector: the source and its feeds.
        ask: place and day.
        session: fetches.
        store: folder that keeps the replies.
        manifest: what is known already.
        now: time of the pull, UTC.
        version: of the program.
        step: told each request's name before it is made.

    Raises:
        FetchError: an address did not give what was asked for.
        SourceError, TableError, SourceFailure: as :func:`from_files`.
    """
    out = Gathered()
    had: dict[tuple[str, bytes | None], ReplyRow] = {}
    for feed in connector.feeds:
        for wanted, body, row in _walk(connector, feed, ask, session, store, manifest, now, had, out, step):
            if not wanted.listing:
                files = members(body, wanted.name, wanted.members) if wanted.members else [(wanted.name, body)]
                _read(out, connector, feed, row.sha256, files, manifest, version)
    return out


def _walk(
    connector: Connector,
    feed: Feed,
    ask: Ask,
    session: Session,
    store: Path,
    manifest: Manifest,
    now: str,
    had: dict[tuple[str, bytes | None], ReplyRow],
    out: Gathered,
    step: Step,
) -> Iterator[tuple[Wanted, bytes, ReplyRow]]:
    queue = list(feed.wanted(ask))
    seen: set[tuple[str, bytes | None]] = set()
    for wanted in queue:
        key = (wanted.address, wanted.body)
        if key in seen or key in out.absent:
            continue
        seen.add(key)
        listed = manifest.known(_address(wanted))
        if wanted.settled and listed and read_reply(store, listed.sha256) is not None:
            had.setdefault(key, listed)
        if key not in had:
            step(wanted.name)
            try:
                had[key] = _fetch(connector, wanted, session, store, listed, now, out)
            except NotPublished as error:
                out.missing.append(error.expected)
                out.absent.add(key)
                continue
            out.replies.append(had[key])
        body = read_reply(store, had[key].sha256)
        if body is None:
            raise SourceError(
                wanted.name, "expected the reply that was just stored, found none", "Run gapengine verify"
            )
        yield wanted, body, had[key]
        if feed.follow is not None:
            queue.extend(feed.follow(wanted, body))


def _fetch(
    connector: Connector,
    wanted: Wanted,
    session: Session,
    store: Path,
    listed: ReplyRow | None,
    now: str,
    out: Gathered,
) -> ReplyRow:
    known = None
    if listed and read_reply(store, listed.sha256) is not None:
        known = Known(listed.sha256, listed.etag, listed.last_modified)
    got = session.fetch(wanted, known, connector.source.hosts)
    facts = {
        "address": _address(wanted),
        "found_at": got.address,
        "name": wanted.name,
        "retrieved_at": now,
        "etag": got.etag,
        "last_modified": got.last_modified,
        "media_type": got.media_type,
    }
    size = listed.bytes if got.body is None and listed else len(got.body or b"")
    if got.body is not None:
        digest, sidecar = keep_reply(store, got.body, facts)
        out.sidecars |= {digest: sidecar} if sidecar else {}
    return ReplyRow(got.sha256, _address(wanted), wanted.name, size, got.media_type, got.etag, got.last_modified, now)


def _address(wanted: Wanted) -> str:
    """The address as the manifest lists it; a request with a body is told apart by it (secrets are still names)."""
    return wanted.address if wanted.body is None else f"{wanted.address} {wanted.body.decode()}"


def _read(
    out: Gathered,
    connector: Connector,
    feed: Feed,
    digest: str,
    files: Iterable[tuple[str, bytes]],
    manifest: Manifest,
    version: str,
) -> None:
    """Parse a reply into parts, unless this version of the program has read it into this feed before."""
    source = connector.source.name
    if manifest.was_read(digest, source, feed.title, version):
        out.unread += 1
        return
    for name, raw in files:
        frame = feed.parse(raw, name)
        aside = [str(sentence) for sentence in frame.attrs.get("quarantined", [])]
        for at, (part, rows) in enumerate(feed.parts(frame)):
            _add(out, feed, part, PartRows(feed, rows, aside if at == 0 else [], [digest], [name]))
    out.readings.append((digest, source, feed.title, version))


def _add(out: Gathered, feed: Feed, part: Part, more: PartRows) -> None:
    """Put rows beside those of the same part from another file; identical ones fold, contradictions are an error."""
    key = (feed.title, part)
    if key not in out.parts:
        out.parts[key] = more
        return
    have = out.parts[key]
    names = [*have.names, *more.names]
    try:
        rows = checked(pd.concat([have.rows, more.rows], ignore_index=True), feed.table, " and ".join(names[-4:]))
    except TableError as error:
        found = f"two files that say the same of {' '.join(part).strip() or feed.title}, but they differ ({error})"
        raise SourceError(names[-1], f"expected {found}", f"Keep one of {', '.join(names[-4:])}") from None
    out.parts[key] = PartRows(
        feed, rows, [*have.set_aside, *more.set_aside], list(dict.fromkeys([*have.replies, *more.replies])), names
    )
