"""Announcements from files: a saved page, a PDF, a text, a CSV of announcements; and rows typed by hand."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from pydantic import ValidationError

from connectors import catalogue
from connectors.announcements import pdfs
from connectors.announcements.dates import date_of_release
from connectors.announcements.facts import Found, ProjectFacts
from connectors.announcements.layout import Article, read_article
from connectors.announcements.markup import plain, plain_paragraphs
from connectors.replies import SourceError, decode
from connectors.tables import ANNOUNCEMENT_TEXTS, checked
from gapengine.arrivals.reading import Classify, read_texts
from gapengine.arrivals.tellings import COLUMNS, Telling, telling, telling_id
from gapengine.college_files import Row, read_rows
from gapengine.errors import SourceFailure, UsageError

FOLDER = "announcement_files"
"""Where imported files are kept in the college's folder, named by their hash."""
CSV_COLUMNS = (
    *("company", "published_date", "counties", "cities", "naics_code", "jobs", "jobs_max", "jobs_qualifier"),
    *(
        "investment_usd",
        "avg_wage_usd",
        "start_year",
        "by_year",
        "operational_year",
        "stage",
        "source_address",
        "quote",
    ),
)
"""Columns of a CSV of announcements; docs/announcements.md describes them."""
KINDS = (".html", ".htm", ".mhtml", ".pdf", ".txt", ".csv")
_ANY_PAGE = Article(site="imported", base="https://localhost", body=("//article", "//main", "//body"))


def added(row: Mapping[str, str], classify: Classify | None = None) -> tuple[Telling, ...]:
    """A row typed by hand. An industry that it names is certain; where it names none, its words are asked.

    Args:
        row: cells of a telling.
        classify: names the industry by the company's name and the quoted sentence; without it, it stays open.

    Raises:
        UsageError: a value is not what its field must be.
    """
    try:
        return (_typed({**row, **_industry(row, classify), "site": "added"}),)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise UsageError(f"{first['loc'][0]}: {first['msg']}, found {first['input']!r}.") from None


def _industry(row: Mapping[str, str], classify: Classify | None) -> dict[str, Any]:
    """Code and probability of the industry of a typed row; empty where neither the row nor its words tell it."""
    if row.get("naics_code"):
        return {"naics_probability": 1.0}
    words = row.get("quote", "")
    if classify is None or not words:
        return {}
    whole = (0, len(words), 0, len(words))
    told = classify(ProjectFacts(company=Found(row["company"], *whole), description=Found(words, *whole)))
    return {"naics_code": told[0], "naics_probability": round(told[1], 3)} if told else {}


def read_file(
    path: Path, source: str = "", published: str | None = None, classify: Classify | None = None
) -> tuple[Telling, ...]:
    """Tellings of a file; none where its text announces nothing.

    Args:
        path: a saved page, a PDF, a text (with or without header lines ``URL:``, ``DATE:`` above a line ``---``), or a
            CSV with ``CSV_COLUMNS``.
        source: web address; for a page or text that does not name its own, and for rows that name none.
        published: day; likewise. Without it the first lines of the text are asked for a dateline.
        classify: names the industry.

    Raises:
        DataContract: a cell of a CSV breaks its declaration; the message names line and column.
        SourceFailure: the file cannot be read; the message names what was found, a scanned page by its number.
        UsageError: there is no such file, it is of no kind that can be read, or no day of publication is known.
    """
    if not path.is_file():
        raise UsageError(f"{path}: no such file. Name a saved page, a PDF, a text or a CSV.")
    kind = path.suffix.lower()
    if kind not in KINDS:
        raise UsageError(f"{path}: expected a file that ends in {', '.join(KINDS)}, found {kind or 'no ending'}.")
    raw = path.read_bytes()
    digest = hashlib.sha256(raw).hexdigest()
    if kind == ".csv":
        return tuple(_of_row(row, source, published, digest) for row in read_rows(path, CSV_COLUMNS))
    try:
        texts = _texts(raw, path, kind)
    except SourceError as error:
        raise SourceFailure(str(error)) from None
    texts["address"] = texts["address"].where(texts["address"].notna(), source or None)
    for day in (published, texts["text"].map(date_of_release)):
        texts["published_date"] = texts["published_date"].where(texts["published_date"].notna(), day)
    if texts["published_date"].isna().any():
        raise UsageError(f"{path}: it does not say on which day it was published. Name it with --date.")
    return read_texts(texts, classify, digest)


def keep(folder: Path, path: Path) -> Path:
    """Keep an imported file as it is, beside the facts that were read from it."""
    raw = path.read_bytes()
    kept = folder / FOLDER / f"{hashlib.sha256(raw).hexdigest()}{path.suffix.lower()}"
    kept.parent.mkdir(exist_ok=True)
    if not kept.exists():
        temporary = kept.with_name(f".{kept.name}")
        temporary.write_bytes(raw)
        temporary.replace(kept)
    return kept


def _texts(raw: bytes, path: Path, kind: str) -> pd.DataFrame:
    """The file as rows of ``announcement_texts``."""
    if kind in (".html", ".htm", ".mhtml"):
        for connector in catalogue.connectors_of():
            for feed in connector.feeds:
                ours = feed.table is ANNOUNCEMENT_TEXTS and feed.recognise is not None
                if ours and feed.recognise is not None and feed.recognise(raw):
                    return feed.parse(raw, path.name)
        return read_article(raw, path.name, _ANY_PAGE)
    if kind == ".pdf":
        return _row("", path.stem, None, pdfs.text(raw, path.name), path.name)
    text = decode(raw, path.name)
    head, line, body = text.partition("\n---\n")
    if not line:
        return _row("", path.stem, None, text, path.name)
    facts = dict(row.split(": ", 1) for row in head.splitlines() if ": " in row)
    return _row(facts.get("URL", ""), path.stem, facts.get("DATE"), body, path.name)


def _row(address: str, title: str, day: str | None, text: str, name: str) -> pd.DataFrame:
    row = {
        "site": "imported",
        "address": address or None,
        "title": plain(title),
        "published_date": day,
        "text": plain_paragraphs(text),
        "links": None,
    }
    return checked(pd.DataFrame([row]), ANNOUNCEMENT_TEXTS, name)


def _of_row(row: Row, source: str, published: str | None, digest: str) -> Telling:
    cells: dict[str, Any] = dict(row.cells)
    cells["source_address"] = cells["source_address"] or source
    cells["published_date"] = cells["published_date"] or published or ""
    cells["stage"] = cells["stage"] or "announced"
    if not cells["company"]:
        raise row.fail("company", "who comes or grows", "Fill the cell.")
    try:
        return _typed({**cells, "site": "imported", "source_sha256": digest})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise row.fail(str(first["loc"][0]), first["msg"], "Correct the cell; leave it empty where unknown.") from None


def _typed(cells: Mapping[str, Any]) -> Telling:
    name = telling_id(f"{cells.get('source_address', '')}#{cells['company']}", str(cells["published_date"]), 0)
    return telling(**{key: cells[key] for key in COLUMNS if key in cells}, telling_id=name, event_id="new")
