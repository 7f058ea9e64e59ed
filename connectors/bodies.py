"""Whether the body of a reply is of the kind that was asked for, and whole."""

from __future__ import annotations

import re

from connectors.source import CSV, EXCEL, HTML, JSON, PDF, TEXT, XML, ZIP, Wanted

_PAGE = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_STARTS = {
    ZIP: (b"PK\x03\x04", b"PK\x05\x06"),
    EXCEL: (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"),
    PDF: (b"%PDF",),
    JSON: (b"{", b"["),
    XML: (b"<",),
}
_WORDS = {
    CSV: "a table in CSV",
    TEXT: "a table as text",
    JSON: "JSON",
    XML: "XML",
    HTML: "a web page",
    PDF: "a PDF file",
    ZIP: "a zip archive",
    EXCEL: "an Excel workbook",
}


def wrong_kind(body: bytes, wanted: Wanted) -> str | None:
    """What is wrong with the kind of a body, as expected and found; None where it is what was asked for."""
    start = body[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    if wanted.kind != HTML and _PAGE.match(body[:512]):
        said = re.search(rb"<title[^>]*>\s*([^<]{1,120})", body[:20_000], re.IGNORECASE)
        title = f" ({' '.join(said[1].decode('utf-8', 'replace').split())!r})" if said else ""
        return f"expected {_WORDS[wanted.kind]}, found a web page{title}"
    due = _STARTS.get(wanted.kind)
    if due and not start.startswith(due):
        return f"expected {_WORDS[wanted.kind]}, found bytes that start with {body[:8].hex()}"
    return None


def cut(body: bytes, wanted: Wanted) -> str | None:
    """Why a body that came without a length seems cut; None where its end is the end of its kind.

    A reply without Content-Length that is not sent in chunks ends when the connection does, so only the content tells.
    """
    end = body.rstrip(b"\x00\r\n\t ")
    ends = {
        CSV: body.endswith((b"\n", b"\r")) or body.startswith(b"\x1f\x8b"),
        TEXT: body.endswith((b"\n", b"\r")) or body.startswith(b"\x1f\x8b"),
        JSON: end.endswith((b"}", b"]")),
        XML: end.endswith(b">"),
        HTML: end.lower().endswith((b"</html>", b"-->")),
        PDF: b"%%EOF" in body[-1024:],
        ZIP: b"PK\x05\x06" in body[-66_000:],
        EXCEL: b"PK\x05\x06" in body[-66_000:] or body.startswith(b"\xd0\xcf\x11\xe0"),
    }
    return (
        None
        if ends[wanted.kind]
        else f"expected {_WORDS[wanted.kind]} to its end, found it cut after {len(body):,} bytes"
    )


def declared_html(media_type: str, wanted: Wanted) -> bool:
    """Whether the reply calls itself a web page where none was asked for."""
    return wanted.kind not in {HTML, XML} and media_type.split(";", maxsplit=1)[0].strip().lower() in {
        "text/html",
        "application/xhtml+xml",
    }
