"""The ledger: forecasts and advice of every edition, frozen with hashes, where the next edition finds them.

One SQLite file (standard library), append-only. Each entry is a JSON document whose hash covers the entry before it,
so that a word changed afterwards is found. An edition that is run again with other inputs is appended beside the first
one; the newest entry of an edition counts, the older ones stay readable.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gapengine.decisions.past import Said
from gapengine.errors import DataContract, Locked

FILE = "ledger.sqlite"
_SCHEMA = 1
_WAIT_S = 10.0
_TABLE = """
CREATE TABLE IF NOT EXISTS editions (
    number INTEGER PRIMARY KEY,
    college TEXT NOT NULL,
    edition TEXT NOT NULL,
    run_id TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    document TEXT NOT NULL
)
"""
_LAST = "SELECT sha256 FROM editions WHERE college = ? ORDER BY number DESC LIMIT 1"
_ALL = "SELECT number, edition, run_id, sha256, document FROM editions WHERE college = ? ORDER BY number"


@dataclass(frozen=True)
class Edition:
    """One frozen edition.

    Attributes:
        edition: year and quarter, as in 2026Q4.
        run_id: of the run that froze it.
        sha256: hash of the document and of the entry before it.
        document: what was frozen, as :func:`gapengine.frozen.freeze` made it.
    """

    edition: str
    run_id: str
    sha256: str
    document: dict[str, Any]


@dataclass(frozen=True)
class Ledger:
    """The editions of one college, one entry an edition, oldest first.

    Attributes:
        editions: the newest entry of each.
        superseded: earlier entries of the same editions.
    """

    editions: tuple[Edition, ...] = ()
    superseded: tuple[Edition, ...] = ()

    def before(self, edition: str) -> Ledger:
        """What was said in earlier editions than this one."""
        return Ledger(tuple(item for item in self.editions if item.edition < edition))

    @property
    def sha256(self) -> str:
        """Names the editions that a run has heard; empty where there are none."""
        if not self.editions:
            return ""
        return hashlib.sha256("\n".join(item.sha256 for item in self.editions).encode()).hexdigest()

    @property
    def said(self) -> dict[str, tuple[Said, ...]]:
        """Program -> what each edition said of it, oldest first."""
        found: dict[str, list[Said]] = {}
        for item in self.editions:
            vintages = tuple((str(name), str(value)) for name, value in item.document["vintages"])
            for row in item.document["programs"]:
                found.setdefault(row["program"], []).append(
                    Said(
                        item.edition,
                        row["action"],
                        row["signal"],
                        row["p_shortage"],
                        row["p_surplus"],
                        item.document["completions_year"],
                        vintages,
                    )
                )
        return {name: tuple(rows) for name, rows in found.items()}


EMPTY = Ledger()


def read(path: Path, college: str) -> Ledger:
    """Read the editions of a college; an absent file is an empty ledger.

    Raises:
        DataContract: the file is no ledger, of a newer schema, or an entry was changed after it was written.
    """
    if not path.is_file():
        return EMPTY
    with _opened(path) as base:
        rows = base.execute(_ALL, (college,)).fetchall()
    before, found = "", []
    for number, edition, run_id, sha256, document in rows:
        if _hash(before, document) != sha256:
            raise DataContract(
                f"{path}, entry {number} ({edition}): its hash does not fit its text or the entry before it, so the "
                "ledger was changed after it was written. Restore it from a copy, or set it aside to start a new one."
            )
        found.append(Edition(edition, run_id, sha256, json.loads(document)))
        before = sha256
    newest = {item.edition: item for item in found}
    return Ledger(
        tuple(newest[name] for name in sorted(newest)), tuple(item for item in found if newest[item.edition] != item)
    )


def record(path: Path, college: str, document: dict[str, Any]) -> bool:
    """Append an edition; nothing happens where the newest entry of that edition says the same.

    Args:
        path: the ledger; made where it is absent.
        college: short name.
        document: from :func:`gapengine.frozen.freeze`.

    Returns:
        True where an entry was written.

    Raises:
        DataContract: as :func:`read`.
        Locked: another process holds the ledger.
    """
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    known = {item.edition: item for item in read(path, college).editions}
    same = known.get(document["edition"])
    if same is not None and same.document == json.loads(text):
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    with _opened(path) as base, base:
        base.execute("BEGIN IMMEDIATE")
        last = base.execute(_LAST, (college,)).fetchone()
        entry = (college, document["edition"], document["run_id"], _hash(last[0] if last else "", text), text)
        base.execute("INSERT INTO editions (college, edition, run_id, sha256, document) VALUES (?, ?, ?, ?, ?)", entry)
    return True


def place(out: Path, college: str, store: Path | None) -> Path:
    """Where a college's ledger lies: in the store where there is one, else beside its runs."""
    return store / FILE if store is not None else out / college / FILE


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    try:
        with closing(sqlite3.connect(path, timeout=_WAIT_S, isolation_level=None)) as base:
            version = base.execute("PRAGMA user_version").fetchone()[0]
            if version > _SCHEMA:
                raise DataContract(f"{path}: schema {version}, this program knows {_SCHEMA}. Install a newer one.")
            if version < _SCHEMA:
                base.execute(_TABLE)
                base.execute(f"PRAGMA user_version = {_SCHEMA}")
            yield base
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise Locked(f"{path}: another run holds the ledger. Wait for it to end, then run again.") from None
        raise DataContract(f"{path}: {error}. Restore the ledger from a copy, or set it aside.") from None
    except sqlite3.DatabaseError as error:
        raise DataContract(f"{path}: no ledger ({error}). Restore it from a copy, or set it aside.") from None


def _hash(before: str, document: str) -> str:
    return hashlib.sha256(f"{before}\n{document}".encode()).hexdigest()
