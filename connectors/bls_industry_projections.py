"""Read the industries of the BLS Employment Projections: employment, output, and what the matrix is published for.

The input is ``industry.xlsx`` (table 2.11 of the editions seen), as described at
https://www.bls.gov/emp/documentation/.
"""

from __future__ import annotations

import re
from functools import partial

import pandas as pd

from connectors.cadence import YEARLY, Cadence
from connectors.parts import ByColumns
from connectors.projection_sheets import NOT_AVAILABLE, industry_rows, is_workbook_with, jobs, plain
from connectors.reading import Reply, SourceError, codes, excel_rows, numbers, titles
from connectors.source import EXCEL, Ask, Feed, Limits, Source, Wanted
from connectors.tables import INDUSTRY_PROJECTIONS, NEM_INDUSTRIES, checked

SOURCE = Source(
    name="bls_industry_projections",
    title="Employment Projections, industry tables",
    publisher="US Bureau of Labor Statistics",
    address="https://www.bls.gov/emp/data/industry-out-and-emp.htm",
    licence="Public domain",
    cadence="yearly, in late August or September, for the ten years from the year before",
    document="Employment Projections, industry data tables (https://www.bls.gov/emp/data/industry-out-and-emp.htm)",
    caveats=(
        "Sums and parts stand together: never add all rows.",
        "National figures. Output is in chained dollars of the workbook's own base year.",
    ),
)

SHEET, HEADING = "Table 2.11", "Employment and output by industry"
_BILLION = 1_000_000_000


def parse(reply: Reply, name: str) -> pd.DataFrame:
    """Employment and output of each industry in three years.

    Args:
        reply: the industry workbook.
        name: what to call it in messages.

    Returns:
        Table ``industry_projections``: jobs (the workbook prints thousands) and dollars (it prints billions). The
        agency's sums of industries that NAICS lacks have no code.

    Raises:
        SourceError: the sheet or a column is missing, or a cell is neither a number nor a dash.
        TableError: a value breaks the declaration of the table.
    """
    rows = excel_rows(reply, name, sheet=SHEET)
    top = next((at for at, row in enumerate(rows) if row and plain(row[0]) == "industry"), None)
    if top is None:
        raise SourceError(name, "expected a header 'Industry', found none", f"Compare with {SOURCE.document}")
    labels = [plain(cell) for cell in rows[top]]
    employment, output = (_dated(labels, rf"^{what},? (\d{{4}})") for what in ("employment", "output"))
    code = [at for at, label in enumerate(labels) if re.fullmatch(r"(\d{4} )?naics( code)?", label)]
    if len(employment) != 3 or len(output) != 3 or len(code) != 1:
        found = f"expected NAICS and employment and output in three years, found {labels}"
        raise SourceError(name, found, f"Compare with {SOURCE.document}", line=top + 1)
    kept = [at for at in range(top + 1, len(rows)) if str(rows[at][employment[0][1]]).strip()]
    places = {"title": 0, "code": code[0]} | {f"jobs{i}": employment[i][1] for i in range(3)}
    places |= {f"output{i}": output[i][1] for i in (1, 2)}
    data = {field: [str(rows[at][place]) for at in kept] for field, place in places.items()}
    frame = pd.DataFrame(data, index=pd.Index([at + 1 for at in kept], name="line"), dtype="str")
    naics = frame["code"].str.strip().str.replace(r"\.0$", "", regex=True)
    out = pd.DataFrame(
        {"industry_title": titles(frame["title"]), "naics_code": naics.mask(naics.isin(["", *NOT_AVAILABLE]))}
    )
    out["past_year"], out["base_year"], out["target_year"] = (year for year, _ in employment)
    for at, column in enumerate(("employment_past", "employment_base", "employment_target")):
        out[column] = jobs(frame, f"jobs{at}", name)
    for at, column in ((1, "output_base_usd"), (2, "output_target_usd")):
        out[column] = (numbers(frame, f"output{at}", name, unknown=NOT_AVAILABLE) * _BILLION).round()
    return checked(out, INDUSTRY_PROJECTIONS, name)


def parse_industries(reply: Reply, name: str) -> pd.DataFrame:
    """Industries that the matrix is published for (table 1.9 of the occupation workbook).

    Args:
        reply: the workbook.
        name: what to call it in messages.

    Returns:
        Table ``nem_industries``: a row for each NAICS code of an industry; ranges (31-33) stay as printed.

    Raises:
        SourceError: a sheet or column is missing.
        TableError: a value breaks the declaration of the table.
    """
    rows = excel_rows(reply, name, sheet="Table 1.9")
    frame, base = industry_rows(rows, name)
    listed = frame["naics"].str.split(r"\s*,\s*", regex=True)
    out = frame.assign(naics=listed).explode("naics")
    naics = codes(out["naics"].astype("str"))
    out = pd.DataFrame(
        {
            "nem_industry_code": codes(out["code"]),
            "nem_industry_title": titles(out["title"]),
            "industry_type": out["type"].str.strip().str.capitalize(),
            "naics_code": naics.mask(naics.isin(["", *NOT_AVAILABLE])),
            "base_year": base,
        }
    )
    return checked(out, NEM_INDUSTRIES, name)


def _dated(labels: list[str], rule: str) -> list[tuple[int, int]]:
    """Year and place of the columns that a rule finds, a year once, oldest first."""
    found: dict[int, int] = {}
    for at, label in enumerate(labels):
        hit = re.match(rule, label)
        if hit:
            found.setdefault(int(hit[1]), at)
    return sorted(found.items())


_AUTUMN = Cadence(YEARLY, lag_days=250)


def wanted(ask: Ask) -> tuple[Wanted, ...]:
    """The workbook as it stands: the agency keeps the newest projections only, under one address."""
    base = _AUTUMN.published(ask.as_of, str(ask.as_of.year - 3))[-1]
    return (Wanted("https://www.bls.gov/emp/ind-occ-matrix/industry.xlsx", "industry.xlsx", EXCEL, base),)


_WORKBOOK = "https://www.bls.gov/emp/ind-occ-matrix/occupation.xlsx"


def wanted_industries(ask: Ask) -> tuple[Wanted, ...]:
    """The workbook that lists the industries."""
    return (Wanted(_WORKBOOK, "occupation.xlsx", EXCEL, _AUTUMN.published(ask.as_of, str(ask.as_of.year - 3))[-1]),)


_BY_BASE = ByColumns((), ("base_year",))
FEEDS = (
    Feed(
        INDUSTRY_PROJECTIONS,
        parse,
        wanted,
        (),
        _AUTUMN,
        recognise=partial(is_workbook_with, sheet=SHEET, title=HEADING),
        parts=_BY_BASE,
        limits=Limits(rows=(0.9, 1.1), changed=1, next_rows=(0.9, 1.1)),
    ),
    Feed(
        NEM_INDUSTRIES,
        parse_industries,
        wanted_industries,
        (),
        _AUTUMN,
        recognise=partial(is_workbook_with, sheet="Table 1.9", title=""),
        parts=_BY_BASE,
    ),
)
