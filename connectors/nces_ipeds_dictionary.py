"""Read the dictionary of an IPEDS data file: its variables, what their codes mean, and whether the file is provisional.

The input is the workbook that NCES offers beside each data file (``C2024_A_Dict.zip``), with the sheets Introduction,
Varlist and Frequencies.
"""

from __future__ import annotations

import re

import pandas as pd

from connectors.headers import Header
from connectors.ipeds_files import AWARDED, LICENCE, dictionaries
from connectors.parts import ByColumns
from connectors.reading import Layout, Reply, SourceError, codes, excel_frame, excel_rows, titles
from connectors.source import Feed, Source
from connectors.tables import IPEDS_VARIABLES, checked

SOURCE = Source(
    name="nces_ipeds_dictionary",
    title="Integrated Postsecondary Education Data System: dictionaries of the data files",
    publisher="National Center for Education Statistics",
    address="https://nces.ed.gov/ipeds/datacenter/DataFiles.aspx",
    licence=LICENCE,
    cadence="with each release of each file",
    document="sheet Introduction of each dictionary (https://nces.ed.gov/ipeds/datacenter/DataFiles.aspx)",
    caveats=("A dictionary describes one file of one year: codes may change between years.",),
)

VARIABLES = Layout(SOURCE.document, ("varName", "varTitle"))
FREQUENCIES = Layout(SOURCE.document, ("VarName", "CodeValue", "ValueLabel"))


def parse(reply: Reply, name: str) -> pd.DataFrame:
    """Variables of one file with the codes that occur in it.

    Args:
        reply: the dictionary workbook.
        name: what to call it in messages.

    Returns:
        Table ``ipeds_variables``: one row for each code of a categorical variable, one for each other variable.

    Raises:
        SourceError: not a dictionary, a sheet or column is missing, or the introduction does not name the file.
        TableError: one code of a variable has two meanings.
    """
    intro = excel_rows(reply, name, sheet="Introduction")
    file = next((str(row[1]).strip() for row in intro if str(row[0]).strip() == "Filename" and len(row) > 1), "")
    if not re.fullmatch(r"[A-Z]+[\dA-Z_]*", file):
        raise SourceError(
            name, f"expected 'Filename' and the file's name, found {file!r}", f"Compare with {SOURCE.document}"
        )
    listed = excel_frame(reply, name, VARIABLES, sheet="Varlist")
    variables = pd.DataFrame({"variable": codes(listed["varName"]), "title": titles(listed["varTitle"])})
    coded = excel_frame(reply, name, FREQUENCIES, sheet="Frequencies")
    values = pd.DataFrame({"variable": codes(coded["VarName"]), "code": codes(coded["CodeValue"])})
    values["meaning"] = titles(coded["ValueLabel"])
    table = variables.merge(values, on="variable", how="left")
    table["file"], table["release"] = file, release_of(intro)
    return checked(table, IPEDS_VARIABLES, name)


def release_of(intro: list[list[object]]) -> str:
    """Release that a dictionary's introduction states: provisional, final (or revised), or not stated."""
    text = " ".join(str(cell) for row in intro[:6] for cell in row).casefold()
    if "final release" in text or "revised" in text:
        return "final"
    return "provisional" if "provisional release" in text else "not stated"


_COLUMNS = ("varNumber", "varName", "DataType", "FieldWidth", "format", "imputationvar", "varTitle")
FEEDS = (
    Feed(
        IPEDS_VARIABLES,
        parse,
        dictionaries,
        (
            Header(
                ("varNumber", "varName", "DataType", "FieldWidth", "format", "imputationvar", "varTitle"),
                sheet="Varlist",
            ),
        ),
        AWARDED,
        parts=ByColumns(("file",), ()),
    ),
)
