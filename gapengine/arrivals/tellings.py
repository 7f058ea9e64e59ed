"""Tellings: what one text says of one project, one row each in the college's announcements.csv.

A telling is never changed or dropped by a pull; what an analyst thinks of it stands in announcement_decisions.csv.
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from gapengine import college_checks as checks
from gapengine.college_records import Address, Number, Record, Share, Slug, Year

FILE = "announcements.csv"
Stage = Literal["announced", "approved", "building", "hiring", "open", "amended", "delayed", "cancelled"]
STAGES: tuple[str, ...] = ("announced", "approved", "building", "hiring", "open", "amended", "delayed", "cancelled")

_DATE = r"^\d{4}(-\d\d(-\d\d)?)?$"


def _listed(value: Any) -> Any:
    return tuple(part.strip() for part in value.split(";") if part.strip()) if isinstance(value, str) else value


County = Annotated[str, Field(pattern=r"^\d{5}$")]
Industry = Annotated[str, Field(pattern=r"^(\d{4})?$")]


class Telling(Record):
    """One project as one text tells it; an empty cell: the text does not say.

    Attributes:
        telling_id: hash of the text's address, title and place in it; the same text gives the same id.
        event_id: the project that it was taken for when it was read.
        site: connector that read it, ``imported`` or ``added``.
        source_address, title, published_date: of the text.
        company, project: who; the code name without the word Project.
        counties, cities: county codes and names of municipalities.
        naics_code, naics_probability: industry and how sure the classifier is; empty code where it is unsure.
        jobs, jobs_max, jobs_qualifier, grant_jobs, realised_jobs: new jobs; the grant's, those known to exist.
        investment_usd, avg_wage_usd: dollars; dollars a year.
        start_year, by_year, horizon_years, operational_year: as stated.
        share_below_bachelor: share of the jobs that need no bachelor's degree.
        stage: where the text puts the project.
        quote: the sentence behind the jobs, or behind the company.
        stage_quote: the sentence behind the stage.
        score, reasons: how strongly it was joined to the event, and why.
        doubt: the event that it may belong to; empty where there is no doubt.
        source_sha256: of the file or page as received.
    """

    telling_id: Slug
    event_id: Slug
    site: Annotated[str, Field(min_length=1)]
    source_address: Address
    title: str
    published_date: Annotated[str, Field(pattern=_DATE)]
    company: str
    project: str
    counties: Annotated[tuple[County, ...], BeforeValidator(_listed)]
    cities: Annotated[tuple[str, ...], BeforeValidator(_listed)]
    naics_code: Industry
    naics_probability: Share
    jobs: Number
    jobs_max: Number
    jobs_qualifier: str
    grant_jobs: Number
    realised_jobs: Number
    investment_usd: Number
    avg_wage_usd: Number
    start_year: Year
    by_year: Year
    horizon_years: Number
    operational_year: Year
    share_below_bachelor: Share
    stage: Stage
    quote: str
    stage_quote: str
    score: Number
    reasons: str
    doubt: Annotated[str, Field(pattern=r"^([a-z0-9]+(-[a-z0-9]+)*)?$")]
    source_sha256: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")]

    @property
    def name(self) -> str:
        """Company, else code name, as a reader knows it."""
        return self.company or (f"Project {self.project}" if self.project else "an unnamed company")


COLUMNS = tuple(Telling.model_fields)
_EMPTY = dict.fromkeys(COLUMNS, "")


def telling(**cells: Any) -> Telling:
    """A telling from some of its cells; the others are empty, the stage is announced."""
    return Telling.model_validate({**_EMPTY, "stage": "announced", **cells})


def telling_id(address: str, title: str, index: int) -> str:
    """Name of the project at a place (0, 1, ...) of a text: the same text gives the same name on every pull."""
    text = address.split("?", maxsplit=1)[0].rstrip("/") or title
    return "t" + hashlib.sha256(f"{text}\n{index}".encode()).hexdigest()[:12]


def read(folder: Path) -> tuple[Telling, ...]:
    """Tellings of a college's folder; none where it has no such file.

    Raises:
        DataContract: a cell breaks the declaration, or a telling stands there twice; the message names the line.
    """
    path = folder / FILE
    if not path.exists():
        return ()
    found, rows = checks.table(path, Telling)
    checks.unique(rows, "telling_id")
    return found


def write(folder: Path, tellings: Iterable[Telling]) -> None:
    """Write the file whole: to a temporary file, then renamed."""
    write_rows(folder / FILE, COLUMNS, [cells(item) for item in tellings])


def cells(item: Record) -> dict[str, str]:
    """A record as the texts of its cells."""
    return {name: _cell(value) for name, value in item.model_dump().items()}


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ";".join(map(str, value))
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return " ".join(str(value).split())


def write_rows(path: Path, columns: tuple[str, ...], rows: Iterable[Mapping[str, str]]) -> None:
    """Write a CSV file that appears whole or not at all. A text that a spreadsheet would run gets an apostrophe."""
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _harmless(value) for name, value in row.items()} for row in rows)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    with temporary.open("w", encoding="utf-8", newline="") as file:
        file.write(stream.getvalue())
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def _harmless(value: str) -> str:
    return f"'{value}" if value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
