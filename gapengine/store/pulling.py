"""Pulls many sources, one after the other, each whole or not at all, while holding the store's lock."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Protocol

from connectors.catalogue import Connector, connectors_of
from connectors.http import Session
from connectors.source import Ask
from gapengine import __version__
from gapengine.errors import UsageError
from gapengine.store import lock, manifest
from gapengine.store.files import PARTIAL, reply_path, sidecar_path, sweep, vintage_path
from gapengine.store.folder import Unrecognised, search
from gapengine.store.gathering import from_agency, from_files
from gapengine.store.pull import FAILED, NOT_OFFERED, REFUSED, Acceptance, Outcome, pull

_DAY = 86_400.0


class Progress(Protocol):
    """Hears how a pull goes."""

    def begins(self, source: str) -> None:
        """A source is about to be pulled."""

    def step(self, name: str) -> None:
        """A request of it is about to be made, or a file to be read."""

    def ends(self, outcome: Outcome) -> None:
        """It is done."""


@dataclass(frozen=True)
class Pulled:
    """How a whole pull ended.

    Attributes:
        outcomes: one a source, in the order of their names.
        unrecognised: files of the folder that are no agency's.
    """

    outcomes: tuple[Outcome, ...]
    unrecognised: tuple[Unrecognised, ...] = ()

    @property
    def exit_code(self) -> int:
        """0 where all is well, 4 where an agency failed, 6 where its content broke its declaration or looks wrong."""
        if any(outcome.fetch_failed for outcome in self.outcomes):
            return 4
        return 6 if any(outcome.status in {FAILED, REFUSED} for outcome in self.outcomes) else 0


def chosen(names: Sequence[str], connectors: Sequence[Connector] | None = None) -> tuple[Connector, ...]:
    """Connectors of these names that have something to pull; all of them where none is named.

    Raises:
        UsageError: a name that is no source's.
    """
    every = tuple(connectors if connectors is not None else connectors_of())
    able = tuple(connector for connector in every if connector.feeds)
    unknown = [name for name in names if name not in {connector.source.name for connector in able}]
    if unknown:
        have = ", ".join(connector.source.name for connector in able)
        raise UsageError(f"no source {', '.join(unknown)}. The sources are: {have}.")
    return tuple(connector for connector in able if not names or connector.source.name in names)


def from_folder(
    store: Path,
    folder: Path,
    connectors: Sequence[Connector],
    progress: Progress,
    accept: Acceptance | None = None,
    now: datetime | None = None,
) -> Pulled:
    """Take the agencies' files of a folder.

    Args:
        store: the folder of the store.
        folder: the folder of the files.
        connectors: the sources to pull.
        progress: hears how it goes.
        accept: accepts what looks wrong.
        now: time of the pull, UTC; the clock's by default.

    Raises:
        UsageError: no such folder.
        Locked: another pull is at work.
        SourceFailure: no room.
    """
    at = now or datetime.now(UTC)
    found = search(folder, connectors)
    with lock.held(store), manifest.opened(store, create=True) as kept:
        _sweep(store, kept)
        outcomes = []
        for connector in connectors:
            progress.begins(connector.source.name)
            files = found.offered.get(connector.source.name)
            if files is None:
                outcome = Outcome(connector.source.name, NOT_OFFERED)
            else:
                stamp = at.isoformat(timespec="seconds")
                gather = partial(from_files, connector, files, store, kept, stamp, __version__, progress.step)
                outcome = pull(connector, gather, store, kept, __version__, accept, at)
            progress.ends(outcome)
            outcomes.append(outcome)
    return Pulled(tuple(outcomes), tuple(found.unrecognised))


def from_agencies(
    store: Path,
    ask: Ask,
    connectors: Sequence[Connector],
    session: Callable[[manifest.Manifest], Session],
    progress: Progress,
    accept: Acceptance | None = None,
    now: datetime | None = None,
) -> Pulled:
    """Ask the agencies.

    Args:
        store: the folder of the store.
        ask: place and day.
        connectors: the sources to pull.
        session: makes the session, given the ledger of calls.
        progress: hears how it goes.
        accept: accepts what looks wrong.
        now: time of the pull, UTC; the clock's by default.

    Raises:
        Locked: another pull is at work.
        SourceFailure: no room.
    """
    at = now or datetime.now(UTC)
    stamp = at.isoformat(timespec="seconds")
    with lock.held(store), manifest.opened(store, create=True) as kept, session(kept) as asking:
        _sweep(store, kept)
        outcomes = []
        for connector in connectors:
            progress.begins(connector.source.name)
            gather = partial(from_agency, connector, ask, asking, store, kept, stamp, __version__, progress.step)
            outcome = pull(connector, gather, store, kept, __version__, accept, at)
            progress.ends(outcome)
            outcomes.append(outcome)
    return Pulled(tuple(outcomes))


def _sweep(store: Path, kept: manifest.Manifest) -> None:
    """Remove what pulls and runs that died left behind."""
    named = [sidecar_path(store, reply) for reply in kept.all_sidecars()]
    named += [reply_path(store, row.sha256) for row in kept.all_replies()]
    named += [vintage_path(store, vintage.table_name, vintage.sha256) for vintage in kept.all_vintages()]
    sweep(store, named)
    for folder in (store / "snapshots").glob(f"*{PARTIAL}"):
        if time.time() - folder.stat().st_mtime > _DAY:
            shutil.rmtree(folder, ignore_errors=True)
