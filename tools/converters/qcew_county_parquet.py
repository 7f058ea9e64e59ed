"""QCEW 2016 by quarter, private ownership, every county by four-digit industry, from a Parquet file.

BLS publishes one CSV per area or industry (columns as in the by-area layout). This file keeps eight of them
(area_fips, industry_code, qtr, disclosure_code, qtrly_estabs, month1-3_emplvl) for ownership 5 at the county
four-digit level; wages, location quotients and changes over the year are gone, so 2015 cannot be derived from it.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

from connectors.tables import QCEW, checked


def read(path: Path, counties: list[str]) -> pd.DataFrame:
    """Rows of ``QCEW`` for these counties. Code N is unknown; code ``-`` (no establishment) is a true zero."""
    rows = pq.read_table(path, filters=[("area_fips", "in", counties)]).to_pandas()
    text = rows[["area_fips", "industry_code", "disclosure_code"]].astype("str")
    disclosed = text["disclosure_code"] != "N"
    jobs = {f"employment_month{m}": rows[f"month{m}_emplvl"].where(disclosed) for m in (1, 2, 3)}
    return checked(
        pd.DataFrame(
            {
                "area_fips": text["area_fips"],
                "own_code": "5",
                "naics_code": text["industry_code"],
                "agglvl_code": "76",
                "year": 2016,
                "quarter": rows["qtr"],
                "establishments": rows["qtrly_estabs"],
                **jobs,
                "employment": jobs["employment_month3"],
                "total_wages_usd": float("nan"),
                "avg_weekly_wage_usd": float("nan"),
                "disclosed": disclosed,
                "derived": False,
            }
        ),
        QCEW,
        path.name,
    )
