"""Finds the agencies' files in a folder by their header, whatever they are called, and says why others are none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from connectors.archives import is_archive, members
from connectors.catalogue import Connector
from connectors.headers import Verdict, compared, is_text_or_workbook, top_of
from connectors.replies import SourceError
from connectors.source import MAX_BYTES
from gapengine.errors import UsageError
from gapengine.store.gathering import Offered

FAR = "no connector knows its header"


@dataclass(frozen=True)
class Unrecognised:
    """A file that no connector takes, and why."""

    name: str
    why: str


@dataclass
class Found:
    """What a folder holds.

    Attributes:
        offered: source -> its files, in the order of their paths.
        unrecognised: the rest.
    """

    offered: dict[str, list[Offered]] = field(default_factory=dict)
    unrecognised: list[Unrecognised] = field(default_factory=list)


def search(folder: Path, connectors: Sequence[Connector]) -> Found:
    """Look at every file of a folder and its subfolders, and into zip archives.

    Args:
        folder: what to search.
        connectors: whose headers to look for.

    Raises:
        UsageError: there is no such folder.
    """
    if not folder.is_dir():
        raise UsageError(f"--from {folder}: no such folder. Name the folder that holds the agencies' files.")
    out = Found()
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.is_symlink():
            continue
        shown = path.relative_to(folder).as_posix()
        if path.stat().st_size > MAX_BYTES:
            out.unrecognised.append(Unrecognised(shown, f"larger than {MAX_BYTES:,} bytes"))
            continue
        try:
            for name, raw in _files(path.read_bytes(), shown):
                _file(out, name, raw, connectors)
        except SourceError as error:
            out.unrecognised.append(Unrecognised(shown, error.expected))
    return out


def _files(raw: bytes, shown: str) -> Iterator[tuple[str, bytes]]:
    if is_archive(raw):
        for name, inner in members(raw, shown):
            yield f"{shown}/{name}", inner
    else:
        yield shown, raw


def _file(out: Found, shown: str, raw: bytes, connectors: Sequence[Connector]) -> None:
    why, near = FAR, 0.0
    taken = False
    try:
        top = top_of(raw, shown) if is_text_or_workbook(shown, raw) else None
    except SourceError as error:
        top, why = None, error.expected
    for connector in connectors:
        feeds = []
        for feed in connector.feeds:
            verdict = compared(top, feed.headers) if top is not None else Verdict(0.0, "")
            if verdict.why is None or (feed.recognise is not None and feed.recognise(raw)):
                feeds.append(feed)
            elif verdict.why and verdict.near > near:
                why, near = f"like {connector.source.name} {feed.title}, but {verdict.why}", verdict.near
        if feeds:
            taken = True
            base = shown.rpartition("/")[2]
            out.offered.setdefault(connector.source.name, []).append(Offered(base, raw, tuple(feeds)))
    if not taken:
        out.unrecognised.append(Unrecognised(shown, why))
