"""Hires, separations and earnings by county and industry: Quarterly Workforce Indicators, through the Census API.

Input defined by the Census Bureau, "Quarterly Workforce Indicators (QWI) API, sex by age" (``timeseries/qwi/sa``):
JSON, a row of names and then rows of text; a status flag ``sEmp`` beside each figure ``Emp`` (1 published, 5
suppressed, 9 published but significantly distorted).

Of LEHD's products this one is read, not Job-to-Job Flows: QWI goes down to the county, the unit of the labor shed,
while J2J stops at metropolitan areas and states, and QWI's hires and separations of an industry stand beside the
openings that the engine derives from national rates.
"""

from __future__ import annotations

import json
from typing import Any

import pandas as pd

from connectors.cadence import QUARTERLY, Cadence
from connectors.parts import ByColumns
from connectors.reading import Reply, SourceError, codes, decode, load, noted, numbers, possible
from connectors.source import JSON, Ask, Feed, Limits, Source, Wanted
from connectors.tables import WORKFORCE_INDICATORS, checked

SOURCE = Source(
    name="lehd_qwi",
    title="Quarterly Workforce Indicators, sex by age",
    publisher="U.S. Census Bureau",
    address="https://www.census.gov/data/developers/data-sets/qwi.html",
    licence="Public domain (work of the United States government); cite the agency and the vintage.",
    cadence="Quarterly, about nine months after the quarter.",
    document="QWI API, variables of timeseries/qwi/sa, https://api.census.gov/data/timeseries/qwi/sa/variables.html",
    caveats=(
        "Every figure carries noise; flag 9 marks those that it distorts significantly, flag 5 those withheld.",
        "The last quarters lack separations and stable earnings: the agency needs later quarters to see them.",
        "This product uses the Census Bureau Data API but is not endorsed or certified by the Census Bureau.",
    ),
)

FIGURES = {"Emp": "employment", "HirA": "hires", "Sep": "separations", "EarnS": "stable_earnings_usd"}
SECTORS = (
    "00",
    *("11", "21", "22", "23", "31-33", "42", "44-45", "48-49", "51", "52"),
    *("53", "54", "55", "56", "61", "62", "71", "72", "81", "92"),
)
KEY = "GAPENGINE_CENSUS_KEY"
_OWNERS = {"A00": "0", "A05": "5"}
_SUPPRESSED, _DISTORTED, _KNOWN = ("5", "-1", "-2"), "9", ("1", "5", "9", "-1", "-2", "")


def address(county_fips: str, first: str, last: str, *, has_key: bool) -> str:
    """Address of one county's sectors from one quarter to another (``2019-Q1``), private employers."""
    get = ",".join([*FIGURES, *(f"s{figure}" for figure in FIGURES)])
    industries = "".join(f"&industry={code}" for code in SECTORS)
    key = f"&key={{{KEY}}}" if has_key else ""
    return (
        f"https://api.census.gov/data/timeseries/qwi/sa?get={get}&for=county:{county_fips[2:]}&in=state:{county_fips[:2]}"
        f"&time=from+{first}+to+{last}&ownercode=A05&sex=0&agegrp=A00&seasonadj=U{industries}{key}"
    )


def is_reply(raw: bytes) -> bool:
    """Whether a file is a reply of this API."""
    return raw.lstrip().startswith(b"[[") and b'"EarnS"' in raw[:2000] and b'"industry"' in raw[:2000]


def parse(reply: Reply, name: str) -> pd.DataFrame:
    """Read a reply of the API.

    Args:
        reply: the JSON.
        name: what to call it in messages.

    Returns:
        Table ``workforce_indicators``; figures that the agency suppressed are null. Rows with impossible values are
        set aside and named in ``attrs["quarantined"]``; "line" there is the row of the reply.

    Raises:
        SourceError: no JSON table, a column is missing, or a value is no number.
        TableError: a value breaks the declaration of the table, or two rows of one cell differ.
    """
    frame = _frame(decode(load(reply, name), name), name)
    when = frame["time"].str.extract(r"^(\d{4})-Q([1-4])$")
    table = pd.DataFrame(
        {
            "county_fips": codes(frame["state"]).str.zfill(2) + codes(frame["county"]).str.zfill(3),
            "own_code": codes(frame["ownercode"]).map(_OWNERS),
            "naics_code": codes(frame["industry"]),
            "year": pd.to_numeric(when[0]),
            "quarter": pd.to_numeric(when[1]),
        }
    )
    flags = pd.DataFrame({figure: codes(frame[f"s{figure}"]) for figure in FIGURES})
    for figure, column in FIGURES.items():
        table[column] = numbers(frame, figure, name).mask(flags[figure].isin(_SUPPRESSED))
    table["distorted"] = (flags == _DISTORTED).any(axis=1)
    rules = {f"{column} below zero": table[column] < 0 for column in FIGURES.values()}
    rules["owner other than A00 and A05"] = table["own_code"].isna()
    rules["time that is not a quarter"] = table["year"].isna()
    rules["unknown status flag"] = ~flags.isin(_KNOWN).all(axis=1)
    table, aside = possible(table, rules, name)
    return noted(checked(table, WORKFORCE_INDICATORS, name), aside)


def _frame(text: str, name: str) -> pd.DataFrame:
    remedy = f"Compare with {SOURCE.document}"
    try:
        rows: Any = json.loads(text)
    except json.JSONDecodeError as error:
        raise SourceError(name, f"expected JSON ({error.msg})", "Ask again", line=error.lineno) from None
    if not isinstance(rows, list) or len(rows) < 2 or not all(isinstance(row, list) for row in rows):
        raise SourceError(name, "expected a row of names and rows of figures, found none", "The quarter may be coming")
    header = [str(cell) for cell in rows[0]]
    due = [*FIGURES, *(f"s{figure}" for figure in FIGURES), "time", "ownercode", "industry", "state", "county"]
    for column in due:
        if header.count(column) != 1:
            found = f"expected one column {column!r}, found {header}"
            raise SourceError(name, found, remedy, line=1, column=column)
    if short := next((at for at, row in enumerate(rows, start=1) if len(row) != len(header)), None):
        raise SourceError(name, f"expected {len(header)} cells a row", remedy, line=short)
    body = [["" if cell is None else str(cell) for cell in row] for row in rows[1:]]
    return pd.DataFrame(body, columns=header, index=pd.RangeIndex(2, len(rows) + 1, name="line"), dtype="str")


_CADENCE = Cadence(QUARTERLY, lag_days=270)
_YEARS = 10


def wanted(ask: Ask) -> tuple[Wanted, ...]:
    """One request a county: its sectors, every quarter of the last ten years."""
    quarters = _CADENCE.published(ask.as_of, f"{ask.as_of.year - _YEARS}Q1")
    first, last = (quarter.replace("Q", "-Q") for quarter in (quarters[0], quarters[-1]))
    return tuple(
        Wanted(address(county, first, last, has_key=KEY in ask.keys), f"qwi_sa_{county}.json", JSON, quarters[-1])
        for county in ask.place.county_fips
    )


FEEDS = (
    Feed(
        WORKFORCE_INDICATORS,
        parse,
        wanted,
        (),
        _CADENCE,
        recognise=is_reply,
        parts=ByColumns(("county_fips",), ("year", "quarter")),
        limits=Limits(totals={"employment": (0.9, 1.1)}, next_totals={"employment": (0.8, 1.25)}),
    ),
)
