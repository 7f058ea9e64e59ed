"""OEWS May 2025 of metropolitan areas and states, from a Parquet file of all of them.

BLS publishes two workbooks (metropolitan, state) in the 32-column layout. This file keeps detailed occupations only
(779 of 830: the 'all other' lines and a few paid by the hour are not in it), employment, location quotient and five
wage percentiles; relative errors, means, totals, the top-code marker and titles of occupations are gone. The agency's
combined lines (29-2010, 47-4090, 53-1047 ...) are as in its national workbook.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

from connectors.tables import OEWS, checked

_WAGES = {"p10": "wage_p10_usd", "p25": "wage_p25_usd", "median": "wage_median_usd"} | {
    "p75": "wage_p75_usd",
    "p90": "wage_p90_usd",
}


def read(path: Path, areas: dict[str, str], titles: dict[str, str]) -> pd.DataFrame:
    """Rows of ``OEWS``.

    Args:
        path: the Parquet file.
        areas: the file's name of an area ("NC") -> the agency's area code ("37").
        titles: occupation code -> title, for the titles that the file lacks.
    """
    rows = pq.read_table(path, filters=[("area", "in", list(areas))]).to_pandas()
    text = rows[["area", "area_title", "soc"]].astype("str")
    wages = {new: rows[old].astype("float64") for old, new in _WAGES.items()}
    return checked(
        pd.DataFrame(
            {
                "area_code": text["area"].map(areas),
                "area_title": text["area_title"],
                "naics_code": "000000",
                "naics_title": "Cross-industry",
                "own_code": "1235",
                "soc_code": text["soc"],
                "soc_title": text["soc"].map(titles),
                "occupation_group": "detailed",
                "year": 2025,
                "employment": rows["employment"].astype("float64"),
                "employment_rse": float("nan"),
                "location_quotient": rows["lq"].astype("float64").round(2),
                "wage_mean_usd": float("nan"),
                **wages,
                "wage_top_coded": False,
            }
        ),
        OEWS,
        path.name,
    )
