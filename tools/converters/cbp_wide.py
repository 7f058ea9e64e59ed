"""County Business Patterns of North Carolina's counties, from wide files.

The Census Bureau publishes one long file a year (``cbpYYco.txt``: fipstate, fipscty, naics, emp_nf, emp, ap, est).
These files, one a year, have one row per county and three columns per four-digit industry: Emp-CODE, Est-CODE and
Pay-CODE (payroll in $1,000). They drop the noise flags, the other levels of NAICS and the size classes, and add
columns of their own (population, position, area) that are wrong for some counties and are passed over here.
"""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from connectors.tables import CBP, checked

_YEAR = re.compile(r"_(\d{4})\.csv$")


def read(path: Path) -> pd.DataFrame:
    """Rows of ``CBP``: cells that are in the file. A blank cell is no row; 2017's double zero is suppressed."""
    found = _YEAR.search(path.name)
    if not found:
        raise ValueError(f"{path.name}: expected a name that ends in the year, such as _2018.csv")
    year = int(found.group(1))
    wide = pd.read_csv(path, dtype="str")
    long = wide.melt(
        id_vars=["Fips"],
        value_vars=[name for name in wide.columns if re.fullmatch(r"(Emp|Est|Pay)-\d{4}", name)],
    )
    long[["measure", "naics_code"]] = long["variable"].str.split("-", expand=True)
    cells = long.pivot_table(index=["Fips", "naics_code"], columns="measure", values="value", aggfunc="first")
    cells = cells.apply(pd.to_numeric).dropna(how="all").reset_index()
    suppressed = (cells["Emp"] == 0) & (cells["Pay"] == 0) if year == 2017 else cells["Emp"].isna()
    return checked(
        pd.DataFrame(
            {
                "county_fips": cells["Fips"],
                "naics_code": cells["naics_code"],
                "year": year,
                "employment": cells["Emp"].mask(suppressed),
                "establishments": cells["Est"],
                "annual_payroll_usd": (cells["Pay"] * 1000).mask(suppressed),
                "suppressed": suppressed,
            }
        ),
        CBP,
        path.name,
    )
