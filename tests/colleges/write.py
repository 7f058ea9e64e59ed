"""Writes an invented college's snapshot as the engine reads it: Parquet tables and their manifest."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tests.colleges.figures import Edition, tables

LAKEPORT = Path(__file__).parent / "lakeport"


def folder(target: Path) -> Path:
    """A copy of the college's folder, to be changed by a test."""
    shutil.copytree(LAKEPORT, target)
    return target


def snapshot(target: Path, edition: Edition) -> Path:
    """Write the snapshot of an edition and return its folder."""
    target.mkdir(parents=True)
    until = {"completions": f"{edition.completions_to}-06-30", "oews": edition.surveyed_to}
    entries = {}
    for name, frame in tables(edition).items():
        path = target / f"{name}.parquet"
        pq.write_table(pa.Table.from_pandas(frame, preserve_index=False), path)
        entries[name] = {
            "meaning": f"Invented {name.replace('_', ' ')}.",
            "vintage": "invented",
            "covers_until": until.get(name, "2026-03-31"),
            "coverage": "Invented.",
            "caveats": [],
            "datasets": ["invented"],
            "key": [],
            "rows": len(frame),
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            "columns": {str(column): "invented" for column in frame.columns},
        }
    dataset = {
        "agency": "Nobody",
        "title": "Invented figures",
        "vintage": "invented",
        "covers_until": edition.surveyed_to,
        "address": "https://lakeport.example/figures",
        "licence": "public domain",
        "retrieved": edition.as_of,
        "note": "Every number is made up.",
        "files": {},
    }
    manifest = {
        "as_of": edition.as_of,
        "status": "invented",
        "attributions": [],
        "unmapped": [],
        "datasets": {"invented": dataset},
        "tables": entries,
    }
    (target / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    return target
