"""Read the BLS National Employment Matrix: which occupations an industry employs, and how its codes relate to O*NET.

The input is the matrix by industry, as web page or as its CSV export (https://data.bls.gov/projections/nationalMatrix);
the list of its industries, table 1.9 of the workbook occupation.xlsx; and the workbook "O*NET-SOC to National
Employment Matrix crosswalk" of https://www.bls.gov/emp/documentation/crosswalks.htm.
"""

from __future__ import annotations

import re

import pandas as pd

from connectors.cadence import IRREGULAR, YEARLY, Cadence
from connectors.headers import Header
from connectors.parts import ByColumns, Whole
from connectors.projection_sheets import industry_rows
from connectors.reading import (
    Layout,
    Reply,
    SourceError,
    codes,
    csv_frame,
    decode,
    excel_frame,
    excel_rows,
    load,
    numbers,
    titles,
)
from connectors.source import EXCEL, HTML, Ask, Feed, Limits, Source, Wanted, none
from connectors.tables import INDUSTRY_STAFFING, NEM_SOC, checked
from connectors.web_tables import page_table

SOURCE = Source(
    name="bls_matrix",
    title="National Employment Matrix",
    publisher="US Bureau of Labor Statistics",
    address="https://data.bls.gov/projections/nationalMatrixHome",
    licence="Public domain",
    cadence="yearly, in late August or September, with the Employment Projections",
    document="National Employment Matrix by industry (https://www.bls.gov/emp/data/industry-occupation.htm)",
    caveats=(
        "Summary and line-item rows stand together: add one kind only.",
        "Industries that the agency publishes combined come as equal files: count them once.",
        "Employment is printed in thousands with one decimal: small cells are coarse.",
        "Small cells are withheld: line items add up to less than the total (91% to 99.8% in the industries seen).",
    ),
)

CROSSWALK = Layout(
    "O*NET-SOC to National Employment Matrix crosswalk (https://www.bls.gov/emp/documentation/crosswalks.htm)",
    ("O*NET-SOC Code", "O*NET-SOC Title", "NEM Code", "National Employment Matrix Occupational Title"),
)


def parse_staffing(reply: Reply, name: str, *, naics_code: str | None = None) -> pd.DataFrame:
    """Occupations of one industry, base and target year.

    Args:
        reply: the CSV; codes may be wrapped as ``="11-0000"`` and figures may carry thousands separators.
        name: what to call it in messages; the web export states its industry only here (``..._IND_510000...``).
        naics_code: the industry, where neither a column ``naics_code`` nor the name tells.

    Returns:
        Table ``industry_staffing``: jobs and shares of the industry's jobs. Industry codes are in NAICS form, without
        the zeros that the matrix appends (541700 is 5417); codes that are no NAICS (TE1000, 999300) stay as printed.

    Raises:
        SourceError: a column is missing or renamed, the industry is not stated, or a figure is no number.
        TableError: a code or a value breaks the declaration of the table.
    """
    raw = load(reply, name)
    layout, base, target = _layout(decode(raw, name)[:4000], name)
    return _staffing(csv_frame(raw, name, layout), base, target, name, naics_code)


def parse_page(reply: Reply, name: str, *, naics_code: str | None = None) -> pd.DataFrame:
    """Occupations of one industry, from the web page that shows them.

    Args:
        reply: the page.
        name: what to call it in messages; states the industry (``nationalMatrix_IND_541700.html``).
        naics_code: the industry, where the name does not tell.

    Returns:
        As :func:`parse_staffing`.

    Raises:
        SourceError: the page has no table with a column of occupation codes, and as :func:`parse_staffing`.
        TableError: a code or a value breaks the declaration of the table.
    """
    text = page_table(load(reply, name), name, "Occupation Code")
    layout, base, target = _layout(text[:4000], name)
    return _staffing(csv_frame(text.encode(), name, layout), base, target, name, naics_code)


def _staffing(frame: pd.DataFrame, base: int, target: int, name: str, naics_code: str | None) -> pd.DataFrame:
    out = pd.DataFrame({"soc_code": codes(frame["Occupation Code"]), "soc_title": titles(frame["Occupation Title"])})
    out["naics_code"] = _industry(frame, name, naics_code)
    out["occupation_type"] = frame["Occupation Type"].str.strip().str.capitalize()
    out["base_year"], out["target_year"] = base, target
    out["employment_base"] = _jobs(frame, f"{base} Employment", name)
    out["employment_target"] = _jobs(frame, f"Projected {target} Employment", name)
    out["industry_share_base"] = (numbers(frame, f"{base} Percent of Industry", name, unknown=("—",)) / 100).round(6)
    return checked(out, INDUSTRY_STAFFING, name)


def parse_crosswalk(reply: Reply, name: str) -> pd.DataFrame:
    """Matrix occupations with the SOC and O*NET occupations they hold.

    Args:
        reply: the crosswalk workbook (its first sheet).
        name: what to call it in messages.

    Returns:
        Table ``nem_soc``. The SOC code is the first six digits of the O*NET code (O*NET-SOC 2019 extends SOC 2018);
        its title is that of the O*NET occupation ending in .00, null where there is none.

    Raises:
        SourceError: not the workbook, or a column is missing or renamed.
        TableError: a code breaks the declaration of the table.
    """
    frame = excel_frame(reply, name, CROSSWALK)
    onet = codes(frame["O*NET-SOC Code"])
    onet_title = titles(frame["O*NET-SOC Title"])
    soc = onet.str[:7]
    whole = onet.str.endswith(".00")
    soc_titles = dict(zip(soc[whole], onet_title[whole], strict=True))
    out = pd.DataFrame(
        {
            "nem_code": codes(frame["NEM Code"]),
            "nem_title": titles(frame["National Employment Matrix Occupational Title"]),
            "soc_code": soc,
            "soc_title": soc.map(soc_titles),
            "onet_code": onet,
            "onet_title": onet_title,
        }
    )
    return checked(out, NEM_SOC, name)


def _layout(head: str, name: str) -> tuple[Layout, int, int]:
    """The columns, with the years that the header names."""
    base = re.search(r"\b(\d{4}) Employment\b", re.sub(r"Projected \d{4} Employment", "", head))
    target = re.search(r"\bProjected (\d{4}) Employment\b", head)
    if not base or not target:
        column = "YEAR Employment" if not base else "Projected YEAR Employment"
        raise SourceError(
            name, f"expected a column {column!r}, found none", f"Compare with {SOURCE.document}", line=1, column=column
        )
    first, last = int(base.group(1)), int(target.group(1))
    columns = (
        "Occupation Title",
        "Occupation Code",
        "Occupation Type",
        f"{first} Employment",
        f"{first} Percent of Industry",
        f"{first} Percent of Occupation",
        f"Projected {last} Employment",
    )
    whole = _export_header(first, last).columns
    editions = (whole, ("naics_code", *whole))
    return Layout(SOURCE.document, columns, optional=("naics_code",), whole=editions), first, last


def _export_header(base: int, target: int) -> Header:
    """Header of the web export of one edition."""
    columns = (
        *("Occupation Title", "Occupation Code", "Occupation Type", f"{base} Employment"),
        *(f"{base} Percent of Industry", f"{base} Percent of Occupation", f"Projected {target} Employment"),
        *(f"Projected {target} Percent of Industry", f"Projected {target} Percent of Occupation"),
        *(f"Employment Change, {base}-{target}", f"Employment Percent Change, {base}-{target}"),
        *("Occupation Sort", "Display Level"),
    )
    return Header(columns, quoted=True)


def _industry(frame: pd.DataFrame, name: str, naics_code: str | None) -> pd.Series[str]:
    stated = codes(frame["naics_code"])
    if (stated == "").any():
        hit = re.search(r"_IND_([0-9A-Z]{6})", name)
        known = naics_code or (hit.group(1) if hit else None)
        if known is None:
            remedy = "Keep the export's own name (..._IND_541700...) or give naics_code"
            raise SourceError(name, "expected the industry in a column or in the file's name, found none", remedy)
        stated = stated.mask(stated == "", known)
    is_naics = stated.str.fullmatch(r"\d{6}") & ~stated.str.startswith("99")
    return stated.where(~is_naics, stated.str.replace(r"^(\d{2}\d*?)0+$", r"\1", regex=True))


def _jobs(frame: pd.DataFrame, column: str, name: str) -> pd.Series[float]:
    """Thousands with one decimal, as whole jobs."""
    return (numbers(frame, column, name, unknown=("—",)) * 1000).round()


_AUTUMN = Cadence(YEARLY, lag_days=250)
_WORKBOOK = "https://www.bls.gov/emp/ind-occ-matrix/occupation.xlsx"
_PAGE = "https://data.bls.gov/projections/nationalMatrix?queryParams={}&ioType=i"


def wanted_staffing(ask: Ask) -> tuple[Wanted, ...]:
    """The workbook that lists the industries, to be followed to the page of each."""
    base = _AUTUMN.published(ask.as_of, str(ask.as_of.year - 3))[-1]
    return (Wanted(_WORKBOOK, "occupation.xlsx", EXCEL, base, listing=True),)


def pages(listing: Wanted, raw: bytes) -> tuple[Wanted, ...]:
    """The page of every industry that the workbook lists as a line item: parts without their sums."""
    frame, base = industry_rows(excel_rows(raw, listing.name, sheet="Table 1.9"), listing.name)
    lines = frame.loc[frame["type"].str.strip().str.casefold() == "line item", "code"].str.strip()
    return tuple(Wanted(_PAGE.format(code), f"nationalMatrix_IND_{code}.html", HTML, str(base)) for code in lines)


def wanted_crosswalk(_ask: Ask) -> tuple[Wanted, ...]:
    """The crosswalk's workbook as it stands."""
    name = "nem-onet-to-soc-crosswalk.xlsx"
    return (Wanted(f"https://www.bls.gov/emp/classifications-crosswalks/{name}", name, EXCEL),)


def _is_page(raw: bytes) -> bool:
    """Whether a file is a page of the matrix by industry."""
    return b"<html" in raw[:2000].lower() and b"Percent of Industry" in raw and b"Occupation Code" in raw


_OUTLOOK = (
    *("OOH Profile Code", "OOH Profile Title", "OOH Occupation Group", "OOH Occupation Group (brief)"),
    "OOH Profile Website",
)
_CROSSWALK_LIMITS = Limits(rows=(0.9, 1.1), changed=0.3)
FEEDS = (
    Feed(
        INDUSTRY_STAFFING,
        parse_page,
        wanted_staffing,
        (),
        _AUTUMN,
        recognise=_is_page,
        parts=ByColumns(("naics_code",), ("base_year",)),
        limits=Limits(rows=(0.7, 1.4), lost_keys=0.2, changed=1, next_rows=(0.7, 1.4)),
        follow=pages,
    ),
    Feed(
        INDUSTRY_STAFFING,
        parse_staffing,
        none,
        tuple(_export_header(base, base + 10) for base in range(2016, 2035)),
        _AUTUMN,
        name="industry_staffing_export",
        parts=ByColumns(("naics_code",), ("base_year",)),
    ),
    Feed(
        NEM_SOC,
        parse_crosswalk,
        wanted_crosswalk,
        (Header(("Sort Order", *CROSSWALK.columns, *_OUTLOOK), sheet=""),),
        Cadence(IRREGULAR),
        parts=Whole(),
        limits=_CROSSWALK_LIMITS,
    ),
)
