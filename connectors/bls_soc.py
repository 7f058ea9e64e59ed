"""Read the Standard Occupational Classification: its 2018 structure, and the crosswalk from 2010 to 2018.

The input is the workbooks soc_structure_2018.xlsx of https://www.bls.gov/soc/2018/ and soc_2010_to_2018_crosswalk.xlsx
of https://www.bls.gov/soc/2018/crosswalks.htm.
"""

from __future__ import annotations

import pandas as pd

from connectors.cadence import IRREGULAR, Cadence
from connectors.headers import Header
from connectors.parts import Whole
from connectors.reading import Layout, Reply, SourceError, codes, excel_frame, excel_rows, titles
from connectors.source import EXCEL, Ask, Feed, Source, Wanted
from connectors.tables import SOC_CONCORDANCE, SOC_STRUCTURE, checked

SOURCE = Source(
    name="bls_soc",
    title="Standard Occupational Classification: 2018 structure, 2010 to 2018 crosswalk",
    publisher="US Bureau of Labor Statistics",
    address="https://www.bls.gov/soc/2018/crosswalks.htm",
    licence="Public domain",
    cadence="with each revision of the classification, about every ten years",
    document="Crosswalks between the 2018 SOC and systems used by other agencies (https://www.bls.gov/soc/2018/)",
    caveats=("The crosswalk is many-to-many and without weights: it says where content went, not how many jobs.",),
)

PAIRS = Layout(SOURCE.document, ("2010 SOC Code", "2010 SOC Title", "2018 SOC Code", "2018 SOC Title"))


def parse_crosswalk(reply: Reply, name: str) -> pd.DataFrame:
    """Pairs of a 2010 and a 2018 occupation.

    Args:
        reply: the workbook; title lines stand above its header.
        name: what to call it in messages.

    Returns:
        Table ``soc_concordance``, titles without the marks (#) and (##) that point to notes.

    Raises:
        SourceError: not the workbook, or a column is missing, renamed or out of order.
        TableError: a code is not of its form.
    """
    frame = excel_frame(reply, name, PAIRS)
    out = pd.DataFrame()
    for year in ("2010", "2018"):
        out[f"soc_{year}_code"] = codes(frame[f"{year} SOC Code"])
        out[f"soc_{year}_title"] = titles(frame[f"{year} SOC Title"].str.replace(r"\s*\(#+\)\s*$", "", regex=True))
    return checked(out, SOC_CONCORDANCE, name)


LEVELS = ("Major Group", "Minor Group", "Broad Group", "Detailed Occupation")


def parse_structure(reply: Reply, name: str) -> pd.DataFrame:
    """Every group and occupation of SOC 2018 with the group above it.

    Args:
        reply: the workbook; title lines stand above its header, and the column of titles has no name.
        name: what to call it in messages.

    Returns:
        Table ``soc_structure``.

    Raises:
        SourceError: not the workbook, the header is not there, or a row has no code or several.
        TableError: a code is not of its form.
    """
    rows = [[str(cell).strip() for cell in row] for row in excel_rows(reply, name)]
    due = [" ".join(level.split()).casefold() for level in LEVELS]
    top = next(
        (at for at, row in enumerate(rows) if [" ".join(cell.split()).casefold() for cell in row[:4]] == due), None
    )
    if top is None:
        found = f"expected a header {', '.join(LEVELS)}, found none"
        raise SourceError(name, found, f"Compare with {SOURCE.document}", column=LEVELS[0])
    above: list[str | None] = [None] * len(LEVELS)
    out = []
    for line, row in enumerate(rows[top + 1 :], start=top + 2):
        filled = [depth for depth in range(len(LEVELS)) if row[depth]]
        if not filled and not any(row):
            continue
        if len(filled) != 1 or len(row) < 5 or not row[4]:
            raise SourceError(name, f"expected one code and a title, found {row[:5]}", "Download it again", line=line)
        depth = filled[0]
        above[depth:] = [row[depth], *[None] * (len(LEVELS) - depth - 1)]
        parent = next((code for code in reversed(above[:depth]) if code), None)
        level = LEVELS[depth].split()[0].casefold()
        out.append({"soc_code": row[depth], "soc_title": row[4], "soc_level": level, "parent_soc_code": parent})
    frame = pd.DataFrame(out, columns=list(SOC_STRUCTURE.columns))
    frame["soc_title"] = titles(frame["soc_title"].astype("str"))
    return checked(frame, SOC_STRUCTURE, name)


_EVERY_DECADE = Cadence(IRREGULAR)
_FOLDER = "https://www.bls.gov/soc/2018"


def wanted_structure(_ask: Ask) -> tuple[Wanted, ...]:
    """The workbook of the 2018 structure."""
    name = "soc_structure_2018.xlsx"
    return (Wanted(f"{_FOLDER}/{name}", name, EXCEL, "2018", settled=True),)


def wanted_crosswalk(_ask: Ask) -> tuple[Wanted, ...]:
    """The workbook of the crosswalk."""
    name = "soc_2010_to_2018_crosswalk.xlsx"
    return (Wanted(f"{_FOLDER}/{name}", name, EXCEL, "2018", settled=True),)


FEEDS = (
    Feed(
        SOC_STRUCTURE,
        parse_structure,
        wanted_structure,
        (Header(LEVELS, sheet=""),),
        _EVERY_DECADE,
        parts=Whole(period="2018"),
    ),
    Feed(
        SOC_CONCORDANCE,
        parse_crosswalk,
        wanted_crosswalk,
        (Header(PAIRS.columns, sheet=""),),
        _EVERY_DECADE,
        parts=Whole(period="2018"),
    ),
)
