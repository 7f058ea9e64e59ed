"""Text of PDF files (agendas, notices, reports), page by page; a page that holds a picture only is an error."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pdfplumber
from pdfplumber.utils.exceptions import PdfminerException

from connectors.replies import Reply, SourceError, load

MAX_BYTES = 60_000_000
MAX_PAGES = 600
LEAST_CHARACTERS = 10
"""A page with fewer characters and a picture is a scan."""


@contextmanager
def opened(reply: Reply, name: str) -> Iterator[Any]:
    """The PDF, opened; its pages are ``pdf.pages``.

    Raises:
        SourceError: not a PDF, encrypted, damaged, too large or with too many pages.
    """
    raw = load(reply, name)
    if b"%PDF-" not in raw[:1024]:
        raise SourceError(
            name, "expected a PDF file, found something else", "Open the address in a browser and see why"
        )
    if len(raw) > MAX_BYTES:
        raise SourceError(name, f"expected at most {MAX_BYTES:,} bytes, found {len(raw):,}", "Import the pages needed")
    try:
        with pdfplumber.open(io.BytesIO(raw)) as pdf:
            if len(pdf.pages) > MAX_PAGES:
                found = f"expected at most {MAX_PAGES} pages, found {len(pdf.pages)}"
                raise SourceError(name, found, "Import the pages needed as a file of their own")
            yield pdf
    except PdfminerException as error:
        found = f"expected a readable PDF ({type(error).__name__} {error})"
        raise SourceError(name, found, "Download it again, or save it without a password") from error


def pages(reply: Reply, name: str) -> list[str]:
    """Text of each page, in order.

    Raises:
        SourceError: a page holds no text (a scan), named with its number; or a fault as in :func:`opened`.
    """
    found = []
    with opened(reply, name) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            words = page.extract_text() or ""
            if _unreadable(page, words) or (not words.strip() and len(pdf.pages) == 1):
                raise _scan(name, number, bool(page.images))
            found.append(words)
    if not found:
        raise SourceError(name, "expected at least one page, found none", "Download it again")
    return found


def readable(reply: Reply, name: str) -> tuple[str, list[str]]:
    """Text of the pages that hold text, and a sentence for each that is a picture only.

    Raises:
        SourceError: no page holds text; or a fault as in :func:`opened`.
    """
    found, aside = [], []
    with opened(reply, name) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            words = page.extract_text() or ""
            if _unreadable(page, words):
                aside.append(f"{name}, page {number}: a scanned picture, not read")
            else:
                found.append(words)
    if not any(words.strip() for words in found):
        raise _scan(name, 1, bool(aside))
    return "\n\n".join(found), aside


def text(reply: Reply, name: str) -> str:
    """Text of all pages; a blank line parts them."""
    return "\n\n".join(pages(reply, name))


def _unreadable(page: Any, words: str) -> bool:
    return len(words.strip()) < LEAST_CHARACTERS and bool(page.images)


def _scan(name: str, number: int, picture: bool) -> SourceError:
    return SourceError(
        f"{name}, page {number}",
        f"expected text, found {'a scanned picture' if picture else 'an empty page'}",
        "Type its figures into a CSV, or run text recognition over the file first",
    )
