"""Builds the embedded snapshot: ``python -m tools.snapshot --data DATA --out gapengine/data/snapshot``.

Every table is built by its recipe from the files below DATA, written as Parquet with a fixed order of rows and no
clock, and listed in ``manifest.json`` with the hashes of what it came from: the same files give the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from gapengine.arrow import arrow_table
from tools import lines
from tools.datasets import DATASETS, ONET_ATTRIBUTION, Publication
from tools.recipe import AS_OF, Recipe
from tools.recipes import bridges, catalogue, industry

BUILDER = "1"
MAX_BYTES = 6_000_000


def build(data: Path, out: Path) -> dict[str, int]:
    """Build every table and the manifest.

    Args:
        data: folder of source files.
        out: folder to write; files of tables that no recipe makes any more are removed.

    Returns:
        Table -> rows.

    Raises:
        FileNotFoundError: a source file is missing.
        ValueError: a table breaks its declaration, or the snapshot is larger than 6 MB.
    """
    out.mkdir(parents=True, exist_ok=True)
    recipes = catalogue.RECIPES
    entries = {recipe.name: _write(recipe, data, out) for recipe in recipes}
    manifest = {
        "as_of": AS_OF,
        "status": "embedded",
        "builder": BUILDER,
        "writer": f"pyarrow {pa.__version__}",
        "retrieved_means": "the day on which the source files were read",
        "attributions": [ONET_ATTRIBUTION],
        "unmapped": bridges.unmapped(data, industry.qcew_private(data)),
        "datasets": {key: _listed(DATASETS[key], data) for key in _used(recipes)},
        "tables": entries,
    }
    (out / "manifest.json").write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    for stray in set(out.glob("*.parquet")) - {out / f"{name}.parquet" for name in entries}:
        stray.unlink()
    size = sum(path.stat().st_size for path in out.iterdir())
    if size > MAX_BYTES:
        raise ValueError(f"{out.name}: expected at most {MAX_BYTES:,} bytes, built {size:,}")
    return {name: int(entry["rows"]) for name, entry in entries.items()}


def _write(recipe: Recipe, data: Path, out: Path) -> dict[str, Any]:
    frame = recipe.rows(data)
    path = out / f"{recipe.name}.parquet"
    pq.write_table(arrow_table(frame), path, compression="zstd", compression_level=19)
    return {
        "meaning": recipe.meaning,
        "vintage": recipe.vintage,
        "covers_until": recipe.until,
        "coverage": recipe.coverage,
        "caveats": list(recipe.caveats),
        "datasets": list(recipe.datasets),
        "key": list(recipe.key),
        "rows": len(frame),
        "sha256": _sha256(path),
        "columns": dict(recipe.columns),
    }


def _listed(publication: Publication, data: Path) -> dict[str, Any]:
    files: dict[str, str] = {}
    rows = 0
    for pattern in publication.files:
        found = sorted(data.glob(pattern))
        if not found:
            raise FileNotFoundError(f"{data.name}: expected a file {pattern} of {publication.title}, found none")
        files |= {path.relative_to(data).as_posix(): _sha256(path) for path in found}
        rows += sum(lines.rows(path) for path in found)
    return {
        "agency": publication.agency,
        "title": publication.title,
        "vintage": publication.vintage,
        "covers_until": publication.covers_until,
        "address": publication.address,
        "licence": publication.licence,
        "retrieved": AS_OF,
        "note": publication.note,
        "rows": rows,
        "files": files,
    }


def _used(recipes: Iterable[Recipe]) -> list[str]:
    named = [key for recipe in recipes for key in recipe.datasets]
    return list(dict.fromkeys(named))


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _report(rows: Mapping[str, int], out: Path) -> str:
    sizes = {name: (out / f"{name}.parquet").stat().st_size for name in rows}
    lines = [f"{name:28} {rows[name]:>8,} rows {sizes[name]:>9,} bytes" for name in rows]
    return "\n".join([*lines, f"{'all files':28} {'':>13} {sum(p.stat().st_size for p in out.iterdir()):>9,} bytes"])


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Build the embedded snapshot.")
    parser.add_argument("--data", type=Path, required=True, help="folder of source files")
    parser.add_argument("--out", type=Path, default=Path("gapengine/data/snapshot"), help="folder to write")
    chosen = parser.parse_args(arguments)
    rows = build(chosen.data, chosen.out)
    sys.stdout.write(_report(rows, chosen.out) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
