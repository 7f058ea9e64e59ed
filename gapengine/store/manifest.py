"""The manifest: a SQLite database of replies, readings, vintages, pulls and calls. Only this module speaks SQL."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import astuple, fields
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

from connectors.source import Quota
from gapengine.errors import DataContract, SourceFailure
from gapengine.store.listed import ReplyRow, Vintage

FILE = "manifest.sqlite"
SCHEMA = 1
_TABLES = """
CREATE TABLE replies (
    sha256 TEXT NOT NULL, address TEXT NOT NULL, name TEXT NOT NULL, bytes INTEGER NOT NULL, media_type TEXT NOT NULL,
    etag TEXT NOT NULL, last_modified TEXT NOT NULL, retrieved_at TEXT NOT NULL,
    PRIMARY KEY (address, sha256)
);
CREATE TABLE readings (
    sha256 TEXT NOT NULL, source TEXT NOT NULL, feed TEXT NOT NULL, version TEXT NOT NULL,
    PRIMARY KEY (sha256, source, feed, version)
);
CREATE TABLE vintages (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    source TEXT NOT NULL, feed TEXT NOT NULL, table_name TEXT NOT NULL, series TEXT NOT NULL, period TEXT NOT NULL,
    covers_until TEXT NOT NULL,
    sha256 TEXT NOT NULL, rows INTEGER NOT NULL, set_aside INTEGER NOT NULL, replies TEXT NOT NULL,
    retrieved_at TEXT NOT NULL, accepted_at TEXT NOT NULL, accepted_by TEXT NOT NULL, why TEXT NOT NULL,
    difference TEXT NOT NULL, version TEXT NOT NULL
);
CREATE INDEX vintages_of_part ON vintages (source, feed, series, period, number);
CREATE TABLE pulls (
    source TEXT NOT NULL, at TEXT NOT NULL, status TEXT NOT NULL, message TEXT NOT NULL
);
CREATE TABLE sidecars (reply TEXT PRIMARY KEY, sha256 TEXT NOT NULL);
CREATE TABLE seal (sha256 TEXT NOT NULL);
CREATE TABLE sources (name TEXT PRIMARY KEY, facts TEXT NOT NULL);
CREATE TABLE calls (name TEXT NOT NULL, at TEXT NOT NULL);
"""


_VINTAGE = ", ".join(field.name for field in fields(Vintage))
_REPLY = ", ".join(field.name for field in fields(ReplyRow))


class Manifest:
    """An open manifest. It is the ledger of calls too (:class:`connectors.fetched.Ledger`)."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def known(self, address: str) -> ReplyRow | None:
        """The newest reply from an address."""
        row = self._db.execute(
            f"SELECT {_REPLY} FROM replies WHERE address = ? ORDER BY retrieved_at DESC, rowid DESC LIMIT 1", (address,)
        ).fetchone()
        return ReplyRow(*row) if row else None

    def was_read(self, sha256: str, source: str, feed: str, version: str) -> bool:
        """Whether a version of the program has read a reply into a feed that counts."""
        query = "SELECT 1 FROM readings WHERE sha256 = ? AND source = ? AND feed = ? AND version = ?"
        return self._db.execute(query, (sha256, source, feed, version)).fetchone() is not None

    def newest(self, as_of: date | None = None) -> list[Vintage]:
        """The newest vintage of every part, as of the end of a day (UTC), in the order in which they were accepted."""
        until = (as_of + timedelta(days=1)).isoformat() if as_of else "9999"
        rows = self._db.execute(
            f"SELECT {_VINTAGE} FROM vintages WHERE number IN (SELECT max(number) FROM vintages WHERE accepted_at < ? "
            "GROUP BY source, feed, series, period) ORDER BY number",
            (until,),
        )
        return [Vintage(*row) for row in rows]

    def last(self, source: str, feed: str, series: str, period: str) -> Vintage | None:
        """The newest vintage of one part."""
        row = self._db.execute(
            f"SELECT {_VINTAGE} FROM vintages WHERE source = ? AND feed = ? AND series = ? AND period = ? "
            "ORDER BY number DESC LIMIT 1",
            (source, feed, series, period),
        ).fetchone()
        return Vintage(*row) if row else None

    def periods(self, source: str, feed: str, series: str) -> list[str]:
        """Periods that a series has, sorted."""
        query = "SELECT DISTINCT period FROM vintages WHERE source = ? AND feed = ? AND series = ? ORDER BY period"
        return [row[0] for row in self._db.execute(query, (source, feed, series))]

    def all_vintages(self) -> list[Vintage]:
        """Every vintage ever accepted, oldest first."""
        return [Vintage(*row) for row in self._db.execute(f"SELECT {_VINTAGE} FROM vintages ORDER BY number")]

    def all_replies(self) -> list[ReplyRow]:
        """Every reply."""
        return [ReplyRow(*row) for row in self._db.execute(f"SELECT {_REPLY} FROM replies ORDER BY rowid")]

    def last_pull(self, source: str) -> tuple[str, str, str] | None:
        """When a source was pulled last, how it ended, and its message."""
        query = "SELECT at, status, message FROM pulls WHERE source = ? ORDER BY rowid DESC LIMIT 1"
        row = self._db.execute(query, (source,)).fetchone()
        return (row[0], row[1], row[2]) if row else None

    def count(
        self,
        pull: tuple[str, str, str, str],
        facts: Mapping[str, Any],
        replies: Sequence[ReplyRow] = (),
        readings: Sequence[tuple[str, str, str, str]] = (),
        vintages: Sequence[Vintage] = (),
        sidecars: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Make one source's pull count, whole or not at all.

        Args:
            pull: source, time, status, message.
            facts: what the source states about itself, so that a run can cite it without loading its connector.
            replies: replies kept; one that is listed is listed anew with its newest ETag and time.
            readings: (reply, source, feed, version) that were read.
            vintages: parts that are new.
            sidecars: reply -> hash of its sidecar, for those written.
        """
        execute, many = self._db.execute, self._db.executemany
        with self._transaction():
            many(f"INSERT OR REPLACE INTO replies ({_REPLY}) VALUES ({_marks(ReplyRow)})", map(astuple, replies))
            many("INSERT OR REPLACE INTO sidecars VALUES (?, ?)", sidecars.items())
            many("INSERT OR IGNORE INTO readings VALUES (?, ?, ?, ?)", readings)
            many(f"INSERT INTO vintages ({_VINTAGE}) VALUES ({_marks(Vintage)})", map(astuple, vintages))
            execute("INSERT OR REPLACE INTO sources VALUES (?, ?)", (pull[0], json.dumps(facts, sort_keys=True)))
            execute("INSERT INTO pulls VALUES (?, ?, ?, ?)", pull)
            execute("DELETE FROM seal")
            execute("INSERT INTO seal VALUES (?)", (self._content(),))

    def _content(self) -> str:
        """Hash of everything listed, calls apart."""
        out = hashlib.sha256()
        for table in ("replies", "sidecars", "readings", "vintages", "sources", "pulls"):
            for row in self._db.execute(f"SELECT * FROM {table} ORDER BY rowid"):
                out.update(repr(row).encode())
        return out.hexdigest()

    def all_sidecars(self) -> dict[str, str]:
        """Reply -> hash of its sidecar."""
        return dict(self._db.execute("SELECT reply, sha256 FROM sidecars"))

    def described(self) -> dict[str, dict[str, Any]]:
        """Source -> what it states about itself."""
        return {name: json.loads(facts) for name, facts in self._db.execute("SELECT name, facts FROM sources")}

    def last_day(self, as_of: date | None = None) -> date | None:
        """The last day, up to a day, on which a pull ended well."""
        until = (as_of + timedelta(days=1)).isoformat() if as_of else "9999"
        query = "SELECT max(at) FROM pulls WHERE status IN ('new', 'unchanged') AND at < ?"
        (at,) = self._db.execute(query, (until,)).fetchone()
        return date.fromisoformat(at[:10]) if at else None

    def check(self) -> None:
        """Check the database's own pages, and what they list against the seal of the last pull.

        Raises:
            DataContract: a page is damaged, or an entry was altered.
        """
        said = [row[0] for row in self._db.execute("PRAGMA integrity_check(5)")]
        seal = self._db.execute("SELECT sha256 FROM seal").fetchone()
        if said == ["ok"] and seal is not None and seal[0] != self._content():
            said = ["an entry was altered"]
        if said != ["ok"]:
            raise DataContract(
                f"{FILE}: the manifest is damaged ({'; '.join(said)}). Restore it, or pull into a new store."
            )

    def spend(self, quota: Quota) -> bool:
        """Note one call under a quota; false where the last 24 hours hold as many as the agency allows."""
        now = datetime.now(UTC)
        with self._transaction():
            since = (now - timedelta(days=1)).isoformat()
            self._db.execute("DELETE FROM calls WHERE at < ?", (since,))
            (used,) = self._db.execute("SELECT count(*) FROM calls WHERE name = ?", (quota.name,)).fetchone()
            if used < quota.per_day:
                self._db.execute("INSERT INTO calls VALUES (?, ?)", (quota.name, now.isoformat()))
        return bool(used < quota.per_day)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        whole = False
        try:
            yield
            whole = True
        finally:
            self._db.execute("COMMIT" if whole else "ROLLBACK")


def _marks(row: type[ReplyRow] | type[Vintage]) -> str:
    return ", ".join("?" * len(fields(row)))


@contextmanager
def opened(store: Path, *, create: bool = False) -> Iterator[Manifest]:
    """Open a store's manifest.

    Args:
        store: the folder.
        create: make it where there is none.

    Raises:
        DataContract: there is none, it is no manifest, or it was written by a newer program.
        SourceFailure: no room.
    """
    path = store / FILE
    if not create and not path.exists():
        raise DataContract(
            f"{path}: there is no store here. Fill one: gapengine pull, or gapengine pull --from FOLDER."
        )
    try:
        connection = sqlite3.connect(path, isolation_level=None, timeout=30)
        try:
            _prepare(connection, path)
            yield Manifest(connection)
        finally:
            connection.close()
    except sqlite3.OperationalError as error:
        if "full" in str(error) or "disk I/O" in str(error):
            raise SourceFailure(f"{path}: no room to write it ({error}). Free some space and pull again.") from None
        raise DataContract(
            f"{path}: cannot be used ({error}). Restore it, or move the store away and pull again."
        ) from None
    except sqlite3.DatabaseError as error:
        raise DataContract(
            f"{path}: expected a manifest ({error}). Restore it, or move the store away and pull again."
        ) from None


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > SCHEMA:
        raise DataContract(
            f"{path}: written by a newer gapengine (schema {version}, this one knows {SCHEMA}). Update gapengine."
        )
    if version == SCHEMA:
        return
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if version == 0 and tables:
        raise DataContract(f"{path}: a store of an unknown kind. Move it away and pull again.")
    connection.executescript(f"BEGIN IMMEDIATE;{_TABLES}PRAGMA user_version = {SCHEMA};COMMIT;")
