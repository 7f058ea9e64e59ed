"""Read IPEDS 12-month enrollment: how many different people studied at an institution within a year.

The input is the complete data file EFFY of https://nces.ed.gov/ipeds/datacenter/DataFiles.aspx (``effy2023.csv``,
revised ``effy2023_rv.csv``), laid out as in the dictionary beside it. Until 2019 the level stood in EFFYLEV alone.
"""

from __future__ import annotations

from functools import partial

import pandas as pd

from connectors.headers import Header
from connectors.ipeds_files import (
    AWARDED,
    BY_YEAR,
    LICENCE,
    RACES,
    RELEASE,
    counts,
    provisional_flag,
    wanted_files,
    year_of,
)
from connectors.reading import Layout, Reply, codes, csv_frame, noted, numbers, possible
from connectors.source import Feed, Source
from connectors.tables import ENROLLMENT, checked

SOURCE = Source(
    name="nces_ipeds_enrollment",
    title="Integrated Postsecondary Education Data System: 12-month enrollment (EFFY)",
    publisher="National Center for Education Statistics",
    address="https://nces.ed.gov/ipeds/datacenter/DataFiles.aspx",
    licence=LICENCE,
    cadence="yearly; provisional about fifteen months after the year ends, revised a year later",
    document="the dictionary beside each file (https://nces.ed.gov/ipeds/datacenter/DataFiles.aspx)",
    caveats=(
        "People, each once a level: levels nest and must not be added.",
        "Non-credit students are not in IPEDS.",
        "Figures of institutions that did not respond are imputed by NCES.",
    ),
)

_GENDERS = ("EFYGUUN", "EFYGUAN", "EFYGUTOT", "EFYGUKN")
_HEADER = Header(
    (
        *("UNITID", "EFFYALEV", "EFFYLEV", "LSTUDY"),
        *(name for stem in ("TOTL", *RACES) for sex in "TMW" for name in (f"XEY{stem}{sex}", f"EFY{stem}{sex}")),
        *counts(_GENDERS),
    ),
    grows=True,
)
STUDENTS = Layout(SOURCE.document, ("UNITID", "EFFYALEV", "EFYTOTLT", "EFYTOTLM", "EFYTOTLW"), whole=(_HEADER.columns,))


def parse(reply: Reply, name: str, *, year: int | None = None, provisional: bool | None = None) -> pd.DataFrame:
    """Students by institution and level.

    Args:
        reply: the EFFY file.
        name: what to call it in messages; tells the year (effy2023.csv), and by ``_rv`` that it is the revised release.
        year: July to June ending in this year, where the name does not tell.
        provisional: the release; null when not known.

    Returns:
        Table ``enrollment_12month``. Rows with impossible counts are set aside and named in ``attrs["quarantined"]``.

    Raises:
        SourceError: a column is missing, renamed or out of order, a count is no number, or the year is not stated.
        TableError: a code or a count breaks the declaration of the table.
    """
    frame = csv_frame(reply, name, STUDENTS)
    table = pd.DataFrame({"unit_id": codes(frame["UNITID"]), "level_code": codes(frame["EFFYALEV"])})
    table["year"] = year_of(name, year)
    for column, counted in (("students", "EFYTOTLT"), ("men", "EFYTOTLM"), ("women", "EFYTOTLW")):
        table[column] = numbers(frame, counted, name)
    table["provisional"] = provisional_flag(name, provisional, len(table))
    rules = {
        "students below zero": table["students"] < 0,
        "men and women above the total": table["men"] + table["women"] > table["students"],
    }
    table, aside = possible(table, rules, name)
    return noted(checked(table, ENROLLMENT, name), aside)


FEEDS = (
    Feed(
        ENROLLMENT,
        parse,
        partial(wanted_files, cadence=AWARDED, stem="EFFY{}", count=5),
        (_HEADER,),
        AWARDED,
        parts=BY_YEAR,
        limits=RELEASE,
    ),
)
