"""Files of the store: written whole or not at all, named by their hash."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import io
import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from gapengine.arrow import arrow_table, frame_of
from gapengine.errors import DataContract, SourceFailure

PARTIAL = ".partial"
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def sha256(raw: bytes) -> str:
    """Hash of bytes as 64 hexadecimal digits."""
    return hashlib.sha256(raw).hexdigest()


def write(path: Path, raw: bytes) -> None:
    """Write a file so that it is there whole or not at all, even if the machine stops.

    Raises:
        SourceFailure: no room, or no right to write there.
    """
    partial = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, partial = tempfile.mkstemp(suffix=PARTIAL, prefix=path.name[:8], dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        Path(partial).replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        raise trouble(path, error) from None
    finally:
        with contextlib.suppress(OSError):
            if partial:
                Path(partial).unlink(missing_ok=True)


def trouble(path: Path, error: OSError) -> SourceFailure:
    """What went wrong when writing, as a message."""
    if error.errno in _FULL:
        return SourceFailure(
            f"{path}: no room to write it. What was stored before is intact: free some space, pull again."
        )
    return SourceFailure(f"{path}: cannot write it ({error.strerror}). Choose another folder with GAPENGINE_STORE.")


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def reply_path(store: Path, digest: str) -> Path:
    """Where a reply lies."""
    return store / "replies" / digest[:2] / digest


def keep_reply(store: Path, raw: bytes, facts: Mapping[str, Any]) -> tuple[str, str]:
    """Keep a reply with a sidecar of facts about it; one that is there already is left alone.

    Returns:
        Its hash, and that of the sidecar; the latter is empty where none was written.
    """
    digest = sha256(raw)
    path = reply_path(store, digest)
    if path.exists():
        return digest, ""
    sidecar = json.dumps({"sha256": digest, "bytes": len(raw), **facts}, indent=1).encode()
    write(sidecar_path(store, digest), sidecar)
    write(path, raw)
    return digest, sha256(sidecar)


def sidecar_path(store: Path, digest: str) -> Path:
    """Where the facts about a reply lie."""
    return store / "replies" / digest[:2] / f"{digest}.json"


def read_reply(store: Path, digest: str) -> bytes | None:
    """A reply's bytes; None where it is gone or altered."""
    try:
        raw = reply_path(store, digest).read_bytes()
    except FileNotFoundError:
        return None
    return raw if sha256(raw) == digest else None


def vintage_path(store: Path, table: str, digest: str) -> Path:
    """Where the rows of a part lie."""
    return store / "vintages" / table / f"{digest}.parquet"


def parquet(frame: pd.DataFrame) -> bytes:
    """Rows as Parquet; the same rows give the same bytes."""
    out = io.BytesIO()
    pq.write_table(arrow_table(frame), out, compression="zstd", compression_level=9)
    return out.getvalue()


def keep_vintage(store: Path, table: str, raw: bytes) -> str:
    """Keep a part's rows.

    Returns:
        Their hash.
    """
    digest = sha256(raw)
    path = vintage_path(store, table, digest)
    if not path.exists():
        write(path, raw)
    return digest


def read_vintage(store: Path, table: str, digest: str) -> pd.DataFrame:
    """Rows of a part, checked against their hash.

    Raises:
        DataContract: the file is missing or altered.
    """
    path = vintage_path(store, table, digest)
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise DataContract(f"{path}: the manifest names it, but it is missing. Restore it, or pull again.") from None
    if sha256(raw) != digest:
        raise DataContract(
            f"{path}: the file was altered (its SHA-256 is another). Restore it, or remove it and pull again."
        )
    return frame_of(pq.read_table(pa.BufferReader(raw), use_threads=False))


def named_files(store: Path) -> Iterator[Path]:
    """Every reply, sidecar and vintage that lies in the store."""
    for folder in ("replies", "vintages"):
        yield from sorted(path for path in (store / folder).rglob("*") if path.is_file())


def sweep(store: Path, kept: Iterable[Path]) -> int:
    """Remove what a pull that died left behind: files that the manifest does not name.

    Returns:
        How many.
    """
    named = set(kept)
    strays = [path for path in named_files(store) if path not in named]
    for path in strays:
        path.unlink(missing_ok=True)
    return len(strays)
