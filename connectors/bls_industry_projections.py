"""Read table 2.11 of the BLS Employment Projections: the nation's jobs by industry, past, base and target year.

The input is ``industry.xlsx`` of https://www.bls.gov/emp/data/industry-out-and-emp.htm. Its column of NAICS codes is
written for people: one code, a list ("313,314"), a range ("31-33") or an abbreviated range ("442-4" is 442 to 444).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from connectors.reading import Reply, SourceError, excel_rows
from connectors.source import Source
from connectors.tables import INDUSTRY_PROJECTIONS, checked

SOURCE = Source(
    name="bls_industry_projections",
    title="Employment Projections, employment and output by industry",
    publisher="US Bureau of Labor Statistics",
    address="https://www.bls.gov/emp/data/industry-out-and-emp.htm",
    licence="Public domain",
    cadence="yearly, in late August or September, for the ten years from the year before",
    document="Employment Projections, table 2.11 (https://www.bls.gov/emp/data/industry-out-and-emp.htm)",
    caveats=(
        "National figures, wage and salary jobs; government and owner-occupied dwellings carry no NAICS code and are "
        "left out here.",
        "2020-30 starts from the pandemic year: its growth holds the recovery.",
    ),
)

_YEARS = re.compile(r"^Employment, (\d{4})$")


def parse(reply: Reply, name: str) -> pd.DataFrame:
    """Jobs by industry line in the base and the target year (table 2.11).

    Args:
        reply: the workbook.
        name: what to call it in messages.

    Returns:
        Table ``industry_projections``: jobs (the workbook prints thousands).

    Raises:
        SourceError: the sheet or a column is missing, or employment is not a number.
    """
    rows = excel_rows(reply, name, sheet="Table 2.11")
    top = next((at for at, row in enumerate(rows) if row and str(row[0]).strip() == "Industry"), None)
    if top is None:
        raise SourceError(name, "expected a header that starts with 'Industry', found none", _REMEDY)
    years = [(at, int(hit.group(1))) for at, cell in enumerate(rows[top]) if (hit := _YEARS.match(str(cell).strip()))]
    if len(years) != 3 or "NAICS" not in str(rows[top][1]):
        found = [str(cell).strip() for cell in rows[top]]
        raise SourceError(
            name, f"expected NAICS codes and employment in three years, found {found}", _REMEDY, line=top + 1
        )
    (base_at, base_year), (target_at, target_year) = years[1:]
    out = []
    for line, row in enumerate(rows[top + 1 :], start=top + 2):
        codes = _codes(str(row[1]).strip().removesuffix(".0"))
        if not codes:
            continue
        numbers = [row[base_at], row[target_at]]
        if not all(isinstance(value, int | float) for value in numbers):
            raise SourceError(name, f"expected employment as numbers, found {numbers}", _REMEDY, line=line)
        title = re.sub(r"\s*\(\d+\)", "", str(row[0])).strip()
        out.append((";".join(codes), title, base_year, target_year, *(1000.0 * float(value) for value in numbers)))
    if not out:
        raise SourceError(name, "expected industries below the header, found none", "Download it again")
    return checked(pd.DataFrame(out, columns=list(INDUSTRY_PROJECTIONS.columns)), INDUSTRY_PROJECTIONS, name)


_REMEDY = f"Compare with {SOURCE.document}"


def _codes(text: str) -> list[str]:
    """Codes of a cell: '442-4, 451' is 442, 443, 444, 451; empty where the cell names no industry."""
    codes = []
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        hit = re.fullmatch(r"(\d{2,6})(?:-(\d{1,6}))?", part)
        if hit is None:
            return []
        low, high = hit.group(1), hit.group(2) or hit.group(1)
        high = low[: len(low) - len(high)] + high
        codes += [str(code) for code in range(int(low), int(high) + 1)]
    return codes


def growth_of(lines: pd.DataFrame, industries: Sequence[str]) -> pd.DataFrame:
    """Projected growth of four-digit industries, each from the most detailed line that holds it.

    Args:
        lines: table ``industry_projections`` of one edition.
        industries: NAICS codes.

    Returns:
        One row per industry in their order: naics_code, growth_per_year (log points), line, base_year, target_year;
        the all-industry median and an empty line where no line holds the industry.
    """
    ratio = (lines["employment_target"] / lines["employment_base"]).to_numpy(float)
    span = (lines["target_year"] - lines["base_year"]).to_numpy(float)
    growing = ratio > 0
    table = lines[growing].assign(growth_per_year=np.log(ratio[growing]) / span[growing])
    stems = [
        (len(stem), -len(row["naics_codes"]), stem, row["naics_codes"], float(row["growth_per_year"]))
        for row in table.to_dict("records")
        for stem in row["naics_codes"].split(";")
        if len(stem) <= 4
    ]
    middle = float(table["growth_per_year"].median())
    found = []
    for code in industries:
        fits = [entry for entry in stems if code.startswith(entry[2])]
        found.append((code, max(fits)[4], max(fits)[3]) if fits else (code, middle, ""))
    out = pd.DataFrame(found, columns=["naics_code", "growth_per_year", "line"])
    return out.assign(base_year=int(lines["base_year"].iloc[0]), target_year=int(lines["target_year"].iloc[0]))
