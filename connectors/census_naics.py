"""North American Industry Classification System: titles, the index of activities, and concordances of its vintages.

Input defined by the Census Bureau, "NAICS reference files": the workbook ``2-6 digit_2022_Codes.xlsx``, the workbook
``2022_NAICS_Index_File.xlsx`` and the full concordances ``2017_to_2022_NAICS`` (workbook, or the same as CSV), each
with its vintage in the header.
"""

from __future__ import annotations

import pandas as pd

from connectors.cadence import IRREGULAR, Cadence
from connectors.headers import Header
from connectors.parts import ByColumns
from connectors.reading import Layout, Reply, codes, noted, possible, table_frame, titles
from connectors.source import EXCEL, Ask, Feed, Source, Wanted
from connectors.tables import NAICS_CONCORDANCE, NAICS_INDEX, NAICS_TITLES, checked

SOURCE = Source(
    name="census_naics",
    title="North American Industry Classification System, reference files",
    publisher="U.S. Census Bureau",
    address="https://www.census.gov/naics/",
    licence="Public domain (work of the United States government); cite the agency and the vintage.",
    cadence="Every five years (2017, 2022, 2027).",
    document="NAICS reference files, https://www.census.gov/naics/?48967",
    caveats=(
        "A concordance has no weights: where a code splits, the shares are not known.",
        "Sectors of several two-digit codes are ranges: 31-33, 44-45, 48-49.",
    ),
)

_VINTAGES = ("2002", "2007", "2012", "2017", "2022", "2027")
_POINTER = "******"


def _titles_layout(vintage: str) -> Layout:
    return Layout(SOURCE.document, (f"{vintage} NAICS US Code", f"{vintage} NAICS US Title"))


def _index_layout(vintage: str) -> Layout:
    return Layout(
        SOURCE.document,
        (f"NAICS{vintage[2:]}", "INDEX ITEM DESCRIPTION"),
        spellings={f"{vintage} NAICS": f"NAICS{vintage[2:]}"},
    )


def _concordance_layout(older: str, newer: str) -> Layout:
    piece = f"(and specific piece of the {older} industry that is contained in the {newer} industry)"
    return Layout(
        SOURCE.document,
        (f"{older} NAICS Code", f"{older} NAICS Title", f"{newer} NAICS Code", f"{newer} NAICS Title"),
        spellings={f"{older} NAICS Title {piece}": f"{older} NAICS Title"},
    )


TITLES_LAYOUTS = tuple(map(_titles_layout, _VINTAGES))
INDEX_LAYOUTS = tuple(map(_index_layout, _VINTAGES))
CONCORDANCE_LAYOUTS = tuple(map(_concordance_layout, _VINTAGES[:-1], _VINTAGES[1:]))


def parse_titles(reply: Reply, name: str) -> pd.DataFrame:
    """Read the titles of one vintage, 2 to 6 digits.

    Returns:
        The table ``naics_titles``. The mark T that the agency sets behind titles shared with Canada and Mexico is
        dropped.

    Raises:
        SourceError: the file has none of the known vintages' headers.
        TableError: one code has two titles.
    """
    frame = table_frame(reply, name, TITLES_LAYOUTS)
    code, title = frame.columns
    table = pd.DataFrame(
        {
            "naics_code": codes(frame[code]),
            "naics_title": titles(frame[title]).str.replace(r"([a-z)])T$", r"\1", regex=True),
            "vintage": str(code)[:4],
        }
    )
    rules = {"code that is not 2 to 6 digits or a range": ~table["naics_code"].str.fullmatch(r"\d{2,6}|\d\d-\d\d")}
    table, aside = possible(table, rules, name)
    return noted(checked(table, NAICS_TITLES, name), aside)


def parse_index(reply: Reply, name: str) -> pd.DataFrame:
    """Read the index of activities of one vintage, without its pointers ("Repair -- see type ...", code ``******``).

    Returns:
        The table ``naics_index``, entries that repeat folded.

    Raises:
        SourceError: the file has none of the known vintages' headers.
    """
    frame = table_frame(reply, name, INDEX_LAYOUTS)
    code, entry = frame.columns
    frame = frame.loc[codes(frame[code]) != _POINTER]
    table = pd.DataFrame(
        {
            "naics_code": codes(frame[code]),
            "entry": frame[entry].str.replace(r"\s+", " ", regex=True).str.strip(),
            "vintage": f"20{str(code)[-2:]}",
        }
    )
    rules = {"code that is not six digits": ~table["naics_code"].str.fullmatch(r"\d{6}")}
    table, aside = possible(table, rules, name)
    return noted(checked(table, NAICS_INDEX, name), aside)


def parse_concordance(reply: Reply, name: str) -> pd.DataFrame:
    """Read the full concordance from one vintage to the next.

    Returns:
        The table ``naics_concordance``: one row per pair of codes; the older title names the piece that moved.

    Raises:
        SourceError: the file has none of the known headers.
        TableError: one pair has two titles.
    """
    frame = table_frame(reply, name, CONCORDANCE_LAYOUTS)
    from_code, from_title, to_code, to_title = frame.columns
    table = pd.DataFrame(
        {
            "from_vintage": str(from_code)[:4],
            "from_code": codes(frame[from_code]),
            "from_title": titles(frame[from_title]),
            "to_vintage": str(to_code)[:4],
            "to_code": codes(frame[to_code]),
            "to_title": titles(frame[to_title]),
        }
    )
    six = r"\d{6}"
    rules = {
        "older code that is not six digits": ~table["from_code"].str.fullmatch(six),
        "newer code that is not six digits": ~table["to_code"].str.fullmatch(six),
        "no title": (table["from_title"] == "") | (table["to_title"] == ""),
    }
    table, aside = possible(table, rules, name)
    return noted(checked(table, NAICS_CONCORDANCE, name), aside)


_EVERY_FIVE_YEARS = Cadence(IRREGULAR)
_CURRENT = "2022"
_FOLDER = "https://www.census.gov/naics"
_BY_VINTAGE = ByColumns((), ("vintage",))


def wanted_titles(_ask: Ask) -> tuple[Wanted, ...]:
    """Titles of the current vintage."""
    name = f"2-6 digit_{_CURRENT}_Codes.xlsx"
    address = f"{_FOLDER}/{_CURRENT}NAICS/2-6%20digit_{_CURRENT}_Codes.xlsx"
    return (Wanted(address, name, EXCEL, _CURRENT, settled=True),)


def wanted_index(_ask: Ask) -> tuple[Wanted, ...]:
    """Index of the current vintage."""
    name = f"{_CURRENT}_NAICS_Index_File.xlsx"
    return (Wanted(f"{_FOLDER}/{_CURRENT}NAICS/{name}", name, EXCEL, _CURRENT, settled=True),)


def wanted_concordances(_ask: Ask) -> tuple[Wanted, ...]:
    """Every concordance up to the current vintage."""
    older = [vintage for vintage in _VINTAGES if vintage < _CURRENT]
    names = [f"{older}_to_{newer}_NAICS.xlsx" for older, newer in zip(older, [*older[1:], _CURRENT], strict=True)]
    return tuple(Wanted(f"{_FOLDER}/concordances/{name}", name, EXCEL, name[8:12], settled=True) for name in names)


def _concordance_header(older: str, newer: str) -> Header:
    piece = f"(and specific piece of the {older} industry that is contained in the {newer} industry)"
    columns = (f"{older} NAICS Code", f"{older} NAICS Title {piece}", f"{newer} NAICS Code", f"{newer} NAICS Title")
    return Header(columns, sheet="")


FEEDS = (
    Feed(
        NAICS_TITLES,
        parse_titles,
        wanted_titles,
        tuple(Header(("Seq. No.", *layout.columns), sheet="") for layout in TITLES_LAYOUTS),
        _EVERY_FIVE_YEARS,
        parts=_BY_VINTAGE,
    ),
    Feed(
        NAICS_INDEX,
        parse_index,
        wanted_index,
        tuple(Header(layout.columns, sheet="") for layout in INDEX_LAYOUTS),
        _EVERY_FIVE_YEARS,
        parts=_BY_VINTAGE,
    ),
    Feed(
        NAICS_CONCORDANCE,
        parse_concordance,
        wanted_concordances,
        tuple(map(_concordance_header, _VINTAGES[:-1], _VINTAGES[1:])),
        _EVERY_FIVE_YEARS,
        parts=ByColumns(("from_vintage",), ("to_vintage",)),
    ),
)
