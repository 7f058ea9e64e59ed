"""Opens an agency's zip archive after a look at its listing: what is dangerous there is refused, not unpacked."""

from __future__ import annotations

import fnmatch
import io
import stat
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from connectors.replies import SourceError

MAX_UNPACKED = 2_000_000_000
MAX_RATIO = 200
MAX_FILES = 20_000
_SMALL = 1_000_000
_ENCRYPTED = 0x1


def is_archive(raw: bytes) -> bool:
    """Whether these are the bytes of a zip archive that is no workbook (which is a zip archive too)."""
    if not raw.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile:
        return True
    return not any(name == "[Content_Types].xml" or name.startswith("META-INF/") for name in names)


def members(raw: bytes, name: str, patterns: Sequence[str] = ("*",)) -> Iterator[tuple[str, bytes]]:
    """Files of an archive that match the first pattern that anything matches, with their own names.

    Args:
        raw: the archive.
        name: what to call it in messages.
        patterns: for the files' names without folders; compared without regard to case.

    Yields:
        File name, bytes; in the order of their names.

    Raises:
        SourceError: not a whole zip archive; an encrypted file, a link, a path that leads out of it, or sizes that only
            a bomb has, by the listing or while unpacking; no file that matches.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            listed = [info for info in archive.infolist() if not info.is_dir()]
            _check_listing(listed, name)
            chosen = _chosen(listed, name, patterns)
            for info in chosen:
                yield PurePosixPath(info.filename).name, _unpacked(archive, info, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as error:
        raise SourceError(name, f"expected a whole zip archive ({error})", "Download it again") from error


def _check_listing(listed: Sequence[zipfile.ZipInfo], name: str) -> None:
    remedy = "Do not unpack it: look at what was downloaded"
    if len(listed) > MAX_FILES:
        raise SourceError(name, f"expected at most {MAX_FILES:,} files, found {len(listed):,}", remedy)
    total = sum(info.file_size for info in listed)
    if total > MAX_UNPACKED:
        raise SourceError(name, f"expected at most {MAX_UNPACKED:,} bytes unpacked, its listing says {total:,}", remedy)
    for info in listed:
        path = PurePosixPath(info.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
            raise SourceError(name, f"expected files inside the archive, found {info.filename!r}", remedy)
        if stat.S_ISLNK(info.external_attr >> 16):
            raise SourceError(name, f"expected files, found the link {info.filename!r}", remedy)
        if info.flag_bits & _ENCRYPTED:
            raise SourceError(name, f"expected files anyone can read, found {info.filename!r} encrypted", remedy)
        if info.file_size > max(_SMALL, MAX_RATIO * info.compress_size):
            found = (
                f"expected figures, found {info.filename!r} packed {info.file_size // max(info.compress_size, 1)}-fold"
            )
            raise SourceError(name, found, remedy)


def _chosen(listed: Sequence[zipfile.ZipInfo], name: str, patterns: Sequence[str]) -> list[zipfile.ZipInfo]:
    for pattern in patterns:
        hits = [info for info in listed if fnmatch.fnmatchcase(_base(info).lower(), pattern.lower())]
        if hits:
            return sorted(hits, key=lambda info: info.filename)
    have = ", ".join(_base(info) for info in listed[:8]) or "nothing"
    raise SourceError(
        name, f"expected a file {' or '.join(patterns)} in the archive, found {have}", "Update the connector"
    )


def _base(info: zipfile.ZipInfo) -> str:
    return PurePosixPath(info.filename).name


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> bytes:
    """A file's bytes; the listing may lie, so never more than it says."""
    with archive.open(info) as packed:
        raw = packed.read(info.file_size + 1)
    if len(raw) != info.file_size:
        found = f"expected {info.file_size:,} bytes in {info.filename!r} as its listing says, found others"
        raise SourceError(name, found, "Download it again")
    return raw
