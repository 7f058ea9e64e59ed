"""Read the official crosswalk from instructional programs to occupations, and the titles of programs.

The input is the NCES/BLS workbook "CIP 2020 to SOC 2018 Crosswalk" (sheet CIP-SOC) and the NCES file CIPCode2020.csv,
both of https://nces.ed.gov/ipeds/cipcode/resources.aspx?y=56.
"""

from __future__ import annotations

import pandas as pd

from connectors.cadence import IRREGULAR, Cadence
from connectors.headers import Header
from connectors.parts import Whole
from connectors.reading import Layout, Reply, codes, csv_frame, excel_frame, load, titles
from connectors.source import EXCEL, Ask, Feed, Source, Wanted
from connectors.tables import CIP_SOC, CIP_TITLES, checked

SOURCE = Source(
    name="nces_cip_soc",
    title="CIP 2020 to SOC 2018 Crosswalk; Classification of Instructional Programs 2020",
    publisher="National Center for Education Statistics and US Bureau of Labor Statistics",
    address="https://nces.ed.gov/ipeds/cipcode/resources.aspx?y=56",
    licence="Public domain",
    cadence="with each revision of the classifications, about every ten years",
    document="CIP 2020 to SOC 2018 Crosswalk, sheet File Guide (https://nces.ed.gov/ipeds/cipcode/)",
    caveats=(
        "Many-to-many and without weights: ratios of linked programs must not be added.",
        "A pair says that the program prepares for the occupation, not at which level of education.",
        "99-9999 and 99.9999 mean that there is no match; they are kept as printed.",
    ),
)

NO_MATCH_SOC = "99-9999"
NO_MATCH_CIP = "99.9999"

PAIRS = Layout(SOURCE.document, ("CIP2020Code", "CIP2020Title", "SOC2018Code", "SOC2018Title"))
_TITLE_COLUMNS = (
    *("CIPFamily", "CIPCode", "Action", "TextChange", "CIPTitle", "CIPDefinition"),
    *("CrossReferences", "Examples"),
)
TITLES = Layout(
    "CIPCode2020.csv (https://nces.ed.gov/ipeds/cipcode/resources.aspx?y=56)",
    ("CIPCode", "CIPTitle"),
    spellings={"CIP_Code": "CIPCode", "CIP_Title": "CIPTitle"},
    whole=(_TITLE_COLUMNS,),
)


def parse_pairs(reply: Reply, name: str) -> pd.DataFrame:
    """The official pairs of program and occupation.

    Args:
        reply: the workbook, or its sheet CIP-SOC saved as CSV.
        name: what to call it in messages.

    Returns:
        Table ``cip_soc``; pairs without a match have soc_code 99-9999 or cip_code 99.9999, as printed.

    Raises:
        SourceError: no such sheet, or a column is missing, renamed or out of order.
        TableError: a code is not of its form.
    """
    raw = load(reply, name)
    is_workbook = raw.startswith(b"PK")
    frame = excel_frame(raw, name, PAIRS, sheet="CIP-SOC") if is_workbook else csv_frame(raw, name, PAIRS)
    out = pd.DataFrame(
        {
            "cip_code": codes(frame["CIP2020Code"]),
            "cip_title": _title(frame["CIP2020Title"]),
            "soc_code": codes(frame["SOC2018Code"]),
            "soc_title": titles(frame["SOC2018Title"]),
        }
    )
    return checked(out, CIP_SOC, name)


def parse_titles(reply: Reply, name: str) -> pd.DataFrame:
    """Titles of programs at two, four and six digits.

    Args:
        reply: CIPCode2020.csv; codes are wrapped as ``="01.0101"`` so that Excel keeps their zeros.
        name: what to call it in messages.

    Returns:
        Table ``cip_titles``, vintage 2020, titles without the full stop that ends them in the file.

    Raises:
        SourceError: a column is missing, renamed or out of order.
        TableError: a code is not of its form.
    """
    frame = csv_frame(reply, name, TITLES)
    out = pd.DataFrame({"cip_code": codes(frame["CIPCode"]), "cip_title": _title(frame["CIPTitle"])})
    out["vintage"] = "2020"
    return checked(out, CIP_TITLES, name)


def _title(column: pd.Series[str]) -> pd.Series[str]:
    return titles(column).str.removesuffix(".")


_EVERY_DECADE = Cadence(IRREGULAR)
_FOLDER = "https://nces.ed.gov/ipeds/cipcode/Files"


def wanted_pairs(_ask: Ask) -> tuple[Wanted, ...]:
    """The workbook of the crosswalk."""
    name = "CIP2020_SOC2018_Crosswalk.xlsx"
    return (Wanted(f"{_FOLDER}/{name}", name, EXCEL, "2020", settled=True),)


def wanted_titles(_ask: Ask) -> tuple[Wanted, ...]:
    """The file of titles and definitions."""
    return (Wanted(f"{_FOLDER}/CIPCode2020.csv", "CIPCode2020.csv", period="2020", settled=True),)


FEEDS = (
    Feed(
        CIP_SOC,
        parse_pairs,
        wanted_pairs,
        (Header(PAIRS.columns, sheet="CIP-SOC"),),
        _EVERY_DECADE,
        parts=Whole(period="2020"),
    ),
    Feed(
        CIP_TITLES,
        parse_titles,
        wanted_titles,
        (Header(_TITLE_COLUMNS, quoted=True),),
        _EVERY_DECADE,
        parts=Whole(period="2020"),
    ),
)
