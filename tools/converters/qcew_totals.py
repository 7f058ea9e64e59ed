"""QCEW totals of 2023 Q1 by ownership, from a cleaned CSV.

BLS publishes month1, month2 and month3 employment; this file has their mean only (avg_qtrly_employment, two
decimals), for the line of all industries, and no disclosure codes.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from connectors.tables import AREA_TOTALS, checked


def read(path: Path, areas: list[str]) -> pd.DataFrame:
    """Rows of ``AREA_TOTALS`` for these areas."""
    rows = pd.read_csv(path, dtype="str")
    rows = rows[rows["area_fips"].isin(areas) & rows["own_code"].isin(["0", "1", "2", "3", "5"])]
    rows = rows[rows["industry_code"] == "10"]
    return checked(
        pd.DataFrame(
            {
                "area_fips": rows["area_fips"],
                "own_code": rows["own_code"],
                "year": pd.to_numeric(rows["year"]),
                "quarter": pd.to_numeric(rows["qtr"]),
                "employment": pd.to_numeric(rows["avg_qtrly_employment"]),
                "establishments": pd.to_numeric(rows["qtrly_estabs"]),
            }
        ),
        AREA_TOTALS,
        path.name,
    )
