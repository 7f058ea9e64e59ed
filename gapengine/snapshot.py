"""Reads a snapshot: the folder of Parquet tables and their manifest from which a run takes every figure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from gapengine.arrow import frame_of
from gapengine.errors import DataContract

EMBEDDED = Path(__file__).parent / "data" / "snapshot"
MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Dataset:
    """One publication of an agency that tables of the snapshot were built from.

    Attributes:
        dataset_id: stable name.
        agency: who publishes it.
        title: the data set's name.
        vintage: which edition.
        covers_until: last day that its newest figure describes.
        address: the agency's own web address.
        licence: terms of use.
        retrieved: day on which its files were read.
        note: what differs from the agency's own file; empty where the file is byte for byte the agency's.
        files: file name -> SHA-256.
        status: ``embedded``, or ``pulled`` where the store gave it.
        rows: rows of its files, of which tables take what they need; None where nobody counted them.
    """

    dataset_id: str
    agency: str
    title: str
    vintage: str
    covers_until: date
    address: str
    licence: str
    retrieved: date
    note: str
    files: Mapping[str, str]
    status: str = "embedded"
    rows: int | None = None


@dataclass(frozen=True)
class Provenance:
    """Where one table comes from: a line of ``gapengine sources`` and of the report's page of sources.

    Attributes:
        name: the table.
        meaning: what a row is.
        publisher: the agencies, joined by semicolons.
        licence: terms of use of all of them.
        vintage: their editions, in a few words.
        retrieved_at: newest day on which a source file was read.
        covers_until: last day that the newest figure describes.
        age_days: days from ``covers_until`` to the snapshot's as-of date.
        rows: rows of the table.
        status: ``embedded``; ``pulled`` where rows come from the store (the caveats say how many do not).
        coverage: one sentence on how far the figures reach.
        caveats: what a reader must know before using it.
        datasets: ids of the data sets.
    """

    name: str
    meaning: str
    publisher: str
    licence: str
    vintage: str
    retrieved_at: date
    covers_until: date
    age_days: int
    rows: int
    status: str
    coverage: str
    caveats: tuple[str, ...]
    datasets: tuple[str, ...]

    def as_json(self) -> dict[str, str | int]:
        """The fields that ``gapengine sources --json`` prints."""
        return {
            "name": self.name,
            "publisher": self.publisher,
            "licence": self.licence,
            "vintage": self.vintage,
            "retrieved_at": self.retrieved_at.isoformat(),
            "rows": self.rows,
            "age_days": self.age_days,
            "status": self.status,
        }


@dataclass(frozen=True)
class Snapshot:
    """Every table of one as-of date, verified against the manifest. Treat the frames as read-only.

    Attributes:
        folder: where it was read.
        as_of: the date that stands for "today" in a run.
        sha256: hash of the manifest, which holds the hash of every table: names the snapshot as a whole.
        tables: name -> frame. Codes are text; an unknown value is null; years are whole numbers.
        columns: table -> column -> meaning and unit.
        provenance: one entry a table, in the manifest's order (all tables, also those not loaded).
        datasets: id -> publication.
        attributions: sentences that a report built from the snapshot must print.
        unmapped: codes that the official concordances split and that were left out, with the jobs concerned.
    """

    folder: Path
    as_of: date
    sha256: str
    tables: Mapping[str, pd.DataFrame]
    columns: Mapping[str, Mapping[str, str]]
    provenance: tuple[Provenance, ...]
    datasets: Mapping[str, Dataset]
    attributions: tuple[str, ...]
    unmapped: tuple[Mapping[str, Any], ...]

    def __getitem__(self, name: str) -> pd.DataFrame:
        """The table of that name.

        Raises:
            DataContract: the snapshot has no such table, or it was not loaded.
        """
        if name not in self.tables:
            have = ", ".join(sorted(self.tables))
            raise DataContract(f"{self.folder.name}: no table {name!r} was loaded. Loaded tables: {have}.")
        return self.tables[name]


def load(folder: Path | None = None, names: Iterable[str] | None = None) -> Snapshot:
    """Read a snapshot, checking every file that is read against the hash in its manifest.

    Args:
        folder: folder with ``manifest.json`` and the Parquet files; the embedded snapshot by default.
        names: tables to read; all by default.

    Raises:
        DataContract: no manifest, an unreadable one, an unknown table name, a missing or altered file, or columns
            that differ from the manifest.
    """
    folder = folder or EMBEDDED
    manifest, digest = _manifest(folder)
    entries: Mapping[str, Any] = manifest["tables"]
    wanted = list(entries) if names is None else list(names)
    unknown = [name for name in wanted if name not in entries]
    if unknown:
        raise DataContract(f"{folder / MANIFEST}: no tables {unknown}. It lists: {', '.join(entries)}.")
    as_of = date.fromisoformat(manifest["as_of"])
    datasets = {key: _dataset(key, fields) for key, fields in manifest["datasets"].items()}
    return Snapshot(
        folder=folder,
        as_of=as_of,
        sha256=digest,
        tables=MappingProxyType({name: _table(folder, name, entries[name]) for name in wanted}),
        columns=MappingProxyType({name: MappingProxyType(dict(entry["columns"])) for name, entry in entries.items()}),
        provenance=tuple(
            _provenance(name, entry, datasets, as_of, str(entry.get("status", "embedded")))
            for name, entry in entries.items()
        ),
        datasets=MappingProxyType(datasets),
        attributions=tuple(manifest["attributions"]),
        unmapped=tuple(MappingProxyType(dict(entry)) for entry in manifest["unmapped"]),
    )


def verify(folder: Path | None = None) -> tuple[str, ...]:
    """Names of the files of a snapshot that are missing or whose bytes differ from the manifest.

    Raises:
        DataContract: there is no readable manifest.
    """
    folder = folder or EMBEDDED
    manifest, _ = _manifest(folder)
    found = {path.name: path for path in folder.glob("*.parquet")}
    due = {f"{name}.parquet": entry["sha256"] for name, entry in manifest["tables"].items()}
    return tuple(
        name
        for name, expected in due.items()
        if name not in found or hashlib.sha256(found[name].read_bytes()).hexdigest() != expected
    )


def _manifest(folder: Path) -> tuple[Mapping[str, Any], str]:
    path = folder / MANIFEST
    try:
        raw = path.read_bytes()
        manifest = json.loads(raw)
    except FileNotFoundError:
        raise DataContract(f"{path}: no manifest. A snapshot is a folder made by `gapengine pull`.") from None
    except ValueError as error:
        raise DataContract(f"{path}: expected JSON ({error}). Restore the file or pull again.") from None
    missing = {"as_of", "tables", "datasets", "attributions", "unmapped"} - set(manifest)
    if missing:
        raise DataContract(f"{path}: expected the keys {sorted(missing)}, which are missing. Pull again.")
    return manifest, hashlib.sha256(raw).hexdigest()


def _table(folder: Path, name: str, entry: Mapping[str, Any]) -> pd.DataFrame:
    path = folder / f"{name}.parquet"
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise DataContract(f"{path}: the manifest lists it, but it is missing. Restore it or pull again.") from None
    digest = hashlib.sha256(raw).hexdigest()
    if digest != entry["sha256"]:
        raise DataContract(
            f"{path}: expected SHA-256 {entry['sha256'][:12]}..., found {digest[:12]}...: "
            "the file was altered. Restore it or pull again."
        )
    table = pq.read_table(pa.BufferReader(raw), use_threads=False)
    declared = list(entry["columns"])
    if table.column_names != declared:
        raise DataContract(f"{path}: expected the columns {declared}, found {table.column_names}. Pull again.")
    return frame_of(table)


def _dataset(key: str, fields: Mapping[str, Any]) -> Dataset:
    return Dataset(
        dataset_id=key,
        agency=fields["agency"],
        title=fields["title"],
        vintage=fields["vintage"],
        covers_until=date.fromisoformat(fields["covers_until"]),
        address=fields["address"],
        licence=fields["licence"],
        retrieved=date.fromisoformat(fields["retrieved"]),
        note=fields["note"],
        files=MappingProxyType(dict(fields["files"])),
        status=fields.get("status", "embedded"),
        rows=fields.get("rows"),
    )


def _provenance(
    name: str, entry: Mapping[str, Any], datasets: Mapping[str, Dataset], as_of: date, status: str
) -> Provenance:
    used = [datasets[key] for key in entry["datasets"]]
    until = date.fromisoformat(entry["covers_until"])
    return Provenance(
        name=name,
        meaning=entry["meaning"],
        publisher=_joined(dataset.agency for dataset in used),
        licence=_joined(dataset.licence for dataset in used),
        vintage=entry["vintage"],
        retrieved_at=max(dataset.retrieved for dataset in used),
        covers_until=until,
        age_days=(as_of - until).days,
        rows=entry["rows"],
        status=status,
        coverage=entry["coverage"],
        caveats=tuple(entry["caveats"]),
        datasets=tuple(entry["datasets"]),
    )


def _joined(words: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(words))
