"""Makes the snapshot of a day from a store: a folder like the embedded one, named by everything it depends on."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import astuple
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from gapengine import __version__, snapshot
from gapengine.composing import events, industry, occupations, programs
from gapengine.composing.held import Derived, Held, Shed, overlaid
from gapengine.errors import SourceFailure
from gapengine.snapshot import MANIFEST, Snapshot
from gapengine.store import manifest as manifests
from gapengine.store.files import PARTIAL, parquet, sha256, trouble, write
from gapengine.store.listed import Vintage

COMPOSER = "2"
DERIVED: tuple[Derived, ...] = (*industry.DERIVED, *occupations.DERIVED, *programs.DERIVED, *events.DERIVED)


def folder_of(store: Path, shed: Shed, as_of: date | None = None) -> Path:
    """The snapshot of a day: the embedded one where the store has nothing from then, else one made from the store.

    Args:
        store: the store's folder; it need not exist.
        shed: the labor shed.
        as_of: the day whose end counts (UTC); None takes everything that the store has.

    Raises:
        DataContract: the store's manifest or a file it names is damaged.
        SourceFailure: no room.
    """
    if not (store / manifests.FILE).exists():
        return snapshot.EMBEDDED
    with manifests.opened(store) as kept:
        vintages = kept.newest(as_of)
        described = kept.described()
        pulled = kept.last_day(as_of)
    if not vintages:
        return snapshot.EMBEDDED
    embedded = snapshot.load()
    day = max(embedded.as_of, pulled or embedded.as_of)
    named = [__version__, COMPOSER, embedded.sha256, day.isoformat(), *map(str, astuple(shed))]
    named += [f"{' '.join(item.part)} {item.sha256} {item.accepted_at}" for item in vintages]
    target = store / "snapshots" / hashlib.sha256("\n".join(named).encode()).hexdigest()[:16]
    if not (target / MANIFEST).exists():
        _make(target, embedded, Held(store, tuple(vintages)), shed, day, described)
    return target


def _make(
    target: Path, embedded: Snapshot, held: Held, shed: Shed, day: date, described: Mapping[str, Mapping[str, Any]]
) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = Path(tempfile.mkdtemp(suffix=PARTIAL, dir=target.parent))
    except OSError as error:
        raise trouble(target, error) from None
    try:
        said = json.loads((snapshot.EMBEDDED / MANIFEST).read_text(encoding="utf-8"))
        attributions = list(said["attributions"])
        for derived in DERIVED:
            mine = Held(held.store, held.vintages)
            built = derived.build(mine, shed, embedded)
            if built is not None and len(built):
                entry = said["tables"][derived.name]
                said["tables"][derived.name] = _table(partial, derived, built, mine, embedded, entry)
                said["datasets"] |= _datasets(mine, described)
        for source in {item.source for item in held.vintages}:
            attribution = described.get(source, {}).get("attribution", "")
            if attribution and attribution not in attributions:
                attributions.append(attribution)
        for name in said["tables"]:
            path = partial / f"{name}.parquet"
            if not path.exists():
                write(path, (snapshot.EMBEDDED / path.name).read_bytes())
        used = {name for entry in said["tables"].values() for name in entry["datasets"]}
        said["datasets"] = {name: facts for name, facts in said["datasets"].items() if name in used}
        said["unmapped"] += industry.left_out(held, shed, embedded)
        said |= {"as_of": day.isoformat(), "status": "pulled", "attributions": attributions}
        write(partial / MANIFEST, (json.dumps(said, indent=1, ensure_ascii=False) + "\n").encode())
        try:
            partial.rename(target)
        except OSError as error:
            if not (target / MANIFEST).exists():
                raise trouble(target, error) from None
    except SourceFailure:
        raise
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _table(
    partial: Path, derived: Derived, built: pd.DataFrame, held: Held, embedded: Snapshot, entry: Mapping[str, Any]
) -> dict[str, Any]:
    """Write one table, and say in its entry what came from where."""
    rows = overlaid(built, embedded[derived.name], derived.blocks, tuple(entry["key"]))
    rows = rows if derived.finish is None else derived.finish(rows)
    raw = parquet(rows)
    write(partial / f"{derived.name}.parquet", raw)
    used = list(held.used.values())
    kept = len(rows) - len(built)
    until = _until(derived, built, used, str(entry["covers_until"]), kept)
    vintage = _spans(used)
    same = until == entry["covers_until"]
    coverage = str(entry["coverage"]) if same else f"Pulled figures reach {until}. Embedded: {entry['coverage']}"
    caveats = list(entry["caveats"])
    if kept:
        caveats.append(f"{len(built):,} rows were pulled; {kept:,} are embedded ones that the store does not replace.")
        vintage = f"{vintage}; embedded: {entry['vintage']}"
    caveats += behind(used)
    return {
        **entry,
        "status": "pulled",
        "vintage": vintage,
        "covers_until": until,
        "coverage": coverage,
        "caveats": caveats,
        "datasets": [*_names(used), *(entry["datasets"] if kept else [])],
        "rows": len(rows),
        "sha256": sha256(raw),
    }


def behind(used: Sequence[Vintage]) -> list[str]:
    """Which areas of a feed have no figures yet of the newest period that others have."""
    out = []
    for name in _names(used):
        mine = [item for item in used if f"{item.source}:{item.feed}" == name]
        last = {item.series: max(other.period for other in mine if other.series == item.series) for item in mine}
        newest = max(last.values())
        late = ", ".join(f"{series} ({period})" for series, period in sorted(last.items()) if period < newest)
        if late:
            out.append(f"Not yet of {newest}, and taken as of their own newest: {late}.")
    return out


def _until(derived: Derived, built: pd.DataFrame, used: Sequence[Vintage], embedded: str, kept: int) -> str:
    """Last day that the newest figure of a table describes."""
    if derived.until is not None:
        known = derived.until(built).isoformat()
    else:
        known = max((item.covers_until for item in used), default="")
    return max(known, embedded) if kept or not known else known


def _spans(used: Sequence[Vintage]) -> str:
    """Feeds and periods in a few words: qcew 2016Q1 to 2016Q4."""
    out = []
    for feed in dict.fromkeys(item.feed for item in used):
        periods = sorted({item.period for item in used if item.feed == feed})
        span = periods[0] if len(periods) == 1 else f"{periods[0]} to {periods[-1]}"
        out.append(f"{feed} {span}".strip())
    return ", ".join(out)


def _names(used: Sequence[Vintage]) -> list[str]:
    return list(dict.fromkeys(f"{item.source}:{item.feed}" for item in used))


def _datasets(held: Held, described: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """One entry a feed, as the embedded manifest lists publications."""
    out = {}
    for name in _names(list(held.used.values())):
        source, _, feed = name.partition(":")
        mine = [item for item in held.used.values() if (item.source, item.feed) == (source, feed)]
        facts = described[source]
        late = behind(mine)
        last = max(item.retrieved_at for item in mine)[:10]
        accepted = [f"{item.why} ({item.accepted_by})" for item in mine if item.why]
        out[name] = {
            "agency": facts["publisher"],
            "title": f"{facts['title']}: {feed}",
            "vintage": _spans(mine).removeprefix(feed).strip() or "current",
            "covers_until": max((item.covers_until for item in mine if item.covers_until), default=last),
            "address": facts["address"],
            "licence": facts["licence"],
            "retrieved": last,
            "status": "pulled",
            "note": "; ".join([*dict.fromkeys(f"accepted although it looked wrong: {why}" for why in accepted), *late]),
            "rows": sum(item.rows for item in mine),
            "files": {digest[:12]: digest for item in mine for digest in item.replies.split()},
        }
    return out
