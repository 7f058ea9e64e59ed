"""Writes the report as one PDF that is archival (PDF/A-3a) and accessible (PDF/UA-1), with its data attached.

The same report gives the same bytes: dates come from the report, the identifier from its run, the faces from the
packages that ship them. Nothing is fetched but those faces, and any warning of the renderer fails.
"""

from __future__ import annotations

import gc
import logging
import re
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from reports.brief_page import brief_document
from reports.employer_brief import EmployerBrief
from reports.errors import MissingLibraryError, ReportError
from reports.quarterly import QuarterlyReport
from reports.render import attached, document

INSTALL = "sudo apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"

_AMBIGUOUS_END = b"\r\nendstream"

_DRAWING = re.compile(
    r'<svg [^>]*?width="(?P<width>[\d.]+)" height="(?P<height>[\d.]+)"[^>]*><title>(?P<title>[^<]*)</title>.*?</svg>',
    re.S,
)

# PDF/A allows foreign XMP properties only with a description of their schema.
_UA_MARK = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Indicates which part of ISO 14289 is followed</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""


def write_pdf(report: QuarterlyReport, attachments: Mapping[str, bytes], path: Path) -> int:
    """Write the edition for paper; returns its number of pages.

    Args:
        report: what it says.
        attachments: files to attach by name, in the order in which they are listed; CSV and JSON.
        path: the file, replaced if it exists.

    Raises:
        MissingLibraryError: Pango or HarfBuzz is not installed on this machine.
        ReportError: the report lacks a value that a page prints, or the renderer warned about something.
    """
    listed = [attached(name, content) for name, content in attachments.items()]
    page = document(report, "print", listed)
    content, pages = _rendered(page, report.as_of, report.run_id, attachments)
    path.write_bytes(content)
    return pages


def write_brief_pdf(brief: EmployerBrief, path: Path) -> None:
    """Write an employer brief for paper.

    Raises:
        MissingLibraryError: Pango or HarfBuzz is not installed on this machine.
        ReportError: the brief lacks a value that a page prints, or the renderer warned about something.
    """
    path.write_bytes(render_pdf(brief_document(brief, "print"), brief.as_of, brief.brief_id, {}))


def render_pdf(page: str, as_of: str, identity: str, attachments: Mapping[str, bytes]) -> bytes:
    """The PDF of one HTML document, with a date (ISO text) and an identity that make its bytes repeatable."""
    return _rendered(page, as_of, identity, attachments)[0]


def _rendered(page: str, as_of: str, identity: str, attachments: Mapping[str, bytes]) -> tuple[bytes, int]:
    weasyprint = _weasyprint()
    when = datetime.fromisoformat(as_of)
    page, drawings = _drawings_apart(page)
    fetcher = _fetcher(drawings)

    def enclosed() -> list[Any]:
        return [
            weasyprint.Attachment(
                string=content, name=name, created=when, modified=when, relationship="Data", url_fetcher=fetcher
            )
            for name, content in attachments.items()
        ]

    with _no_warnings(), _no_collection():
        try:
            rendered = weasyprint.HTML(string=page, url_fetcher=fetcher, base_url="asset:").render(
                pdf_variant="pdf/a-3a", pdf_tags=True
            )
            for padding in range(4):
                content: bytes = rendered.write_pdf(
                    finisher=partial(_finish, padding=padding),
                    pdf_variant="pdf/a-3a",
                    pdf_tags=True,
                    pdf_identifier=sha256(identity.encode()).digest()[:16],
                    attachments=enclosed(),
                )
                if _AMBIGUOUS_END not in content:
                    break
        except weasyprint.urls.FatalURLFetchingError as error:
            raise ReportError(str(error)) from error
    return content, len(rendered.pages)


def prepare() -> None:
    """Load the renderer ahead of its use.

    Raises:
        MissingLibraryError: Pango or HarfBuzz is not installed on this machine.
    """
    _weasyprint()


def _weasyprint() -> Any:
    try:
        import weasyprint  # noqa: PLC0415  (heavy, and its system libraries may be absent)
        from weasyprint.text.ffi import harfbuzz_subset  # noqa: PLC0415
    except OSError as error:
        raise MissingLibraryError(f"PDF needs the Pango library, which is not installed. Run: {INSTALL}") from error
    if harfbuzz_subset is None:
        raise MissingLibraryError(f"PDF needs the HarfBuzz subset library, which is not installed. Run: {INSTALL}")
    return weasyprint


def _drawings_apart(page: str) -> tuple[str, dict[str, bytes]]:
    """The page with its drawings as images: one box each instead of one for every line and label of a chart."""
    drawings: dict[str, bytes] = {}

    def image(match: re.Match[str]) -> str:
        name = f"asset:chart-{len(drawings)}.svg"
        drawings[name] = match[0].encode()
        return f'<img src="{name}" width="{match["width"]}" height="{match["height"]}" alt="{match["title"]}">'

    return _DRAWING.sub(image, page), drawings


def _fetcher(drawings: Mapping[str, bytes]) -> Any:
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse  # noqa: PLC0415

    faces = {
        face.name: face
        for package in ("font_source_sans_pro", "font_source_serif_pro")
        for face in files(package).joinpath("files").iterdir()
    }

    class AssetFetcher(URLFetcher):  # type: ignore[misc]
        """Serves the drawings of this report and the faces that are installed with it; stops at any other address."""

        def fetch(self, url: str, headers: object = None) -> object:
            if url in drawings:
                return URLFetcherResponse(url, drawings[url], {"Content-Type": "image/svg+xml"})
            face = faces.get(url.removeprefix("asset:"))
            if not url.startswith("asset:") or face is None:
                raise FatalURLFetchingError(
                    f"The report asks for {url!r}; only its own fonts and drawings may be read."
                )
            return URLFetcherResponse(url, face.read_bytes(), {"Content-Type": "font/ttf"})

    return AssetFetcher()


def _finish(document: object, pdf: Any, padding: int) -> None:
    """Complete the file before it is written: accessibility mark, streams with an unambiguous end."""
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    metadata.stream = [metadata.stream[0].replace(b"</rdf:RDF>", _UA_MARK + b"</rdf:RDF>")]
    metadata.compress = False
    for item in pdf.objects:
        if getattr(item, "compress", False):
            _compress(item)
    for _ in range(padding):  # shifts the bytes of the streams that the writer itself makes
        pdf.add_object(type(pdf.catalog)())


def _compress(stream: Any) -> None:
    """Compress once (the writer would do it twice), unless the result ends with CR.

    PDF/A wants the length of a stream to be what a reader counts up to the end of line before "endstream"; after a
    final CR that count is ambiguous.
    """
    stream.compress = False
    raw = stream.data.partition(b"\nstream\n")[2].removesuffix(b"\nendstream")
    packed = zlib.compress(raw, 6)
    if not packed.endswith(b"\r"):
        stream.stream = [packed]
        stream.extra["Filter"] = "/FlateDecode"


@contextmanager
def _no_collection() -> Iterator[None]:
    """Keep the garbage collector from walking the hundred thousand boxes of a page tree again and again."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


@contextmanager
def _no_warnings() -> Iterator[None]:
    heard: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            heard.append(record.getMessage())

    ear = Ear(logging.WARNING)
    loggers = [logging.getLogger(name) for name in ("weasyprint", "fontTools")]
    for logger in loggers:
        logger.addHandler(ear)
    try:
        yield
    finally:
        for logger in loggers:
            logger.removeHandler(ear)
    if heard:
        raise ReportError("The renderer warned: " + "; ".join(dict.fromkeys(heard)))
