"""From an agency's reply to text: gzip, byte-order marks, Windows encodings, and the one error of this package."""

from __future__ import annotations

import codecs
import gzip
import io
import re
import zlib
from pathlib import Path

Reply = bytes | Path

MAX_BYTES = 1 << 30
_GZIP = b"\x1f\x8b"


class SourceError(ValueError):
    """What was read, where, what was expected there, and what to do.

    Attributes:
        source: file or address.
        expected: what was expected and what was found instead.
        remedy: what the reader of the message can do.
        line: line of the text or row of the sheet, from 1, where known.
        column: name of the column, where one is to blame.
    """

    def __init__(
        self, source: str, expected: str, remedy: str, *, line: int | None = None, column: str | None = None
    ) -> None:
        place = source
        place += f", line {line}" if line is not None else ""
        place += f", column {column!r}" if column is not None else ""
        super().__init__(f"{place}: {expected}. {remedy}.")
        self.source, self.expected, self.remedy, self.line, self.column = source, expected, remedy, line, column


def load(reply: Reply, name: str) -> bytes:
    """The reply's bytes, unpacked where they are gzip.

    Raises:
        SourceError: the reply is empty, its gzip is cut or damaged, or it unpacks to more than ``MAX_BYTES``.
    """
    raw = reply.read_bytes() if isinstance(reply, Path) else reply
    if raw.startswith(_GZIP):
        try:
            with gzip.GzipFile(fileobj=io.BytesIO(raw)) as packed:
                raw = packed.read(MAX_BYTES + 1)
        except (EOFError, OSError, zlib.error) as error:
            raise SourceError(name, f"expected a whole gzip file ({error})", "Download it again") from error
        if len(raw) > MAX_BYTES:
            raise SourceError(name, f"expected at most {MAX_BYTES:,} bytes unpacked", "Look at what was downloaded")
    if not raw.strip(b"\x00\r\n\t "):
        raise SourceError(name, "expected a table, found an empty file", "The period may not be published yet")
    return raw


def decode(raw: bytes, name: str) -> str:
    """Text of bytes in UTF-8 or UTF-16 (by their byte-order mark), UTF-8 without a mark, or else Windows cp1252.

    Raises:
        SourceError: a NUL character, or a byte that none of these encodings has, with its line; or a web page.
    """
    marks = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
    encodings = [encoding for mark, encoding in marks if raw.startswith(mark)] or ["utf-8", "cp1252"]
    text = ""
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
            break
        except UnicodeDecodeError as error:
            if encoding == encodings[-1]:
                line = raw.count(b"\n", 0, error.start) + 1
                found = f"expected {encoding} text, found byte {raw[error.start : error.start + 1].hex()}"
                raise SourceError(name, found, "Download it again, or save it as UTF-8", line=line) from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise SourceError(name, "expected text, found a NUL character", "Download it again", line=line)
    if re.match(r"\s*<(!doctype|html|\?xml)", text[:200], re.IGNORECASE):
        raise SourceError(name, "expected a table, found a web page", "Open the address in a browser and see why")
    return text
