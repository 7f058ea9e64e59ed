"""IPEDS Completions A, awards by program and level, from Parquet files.

NCES publishes ``cYYYY_a.csv`` with imputation flags and race columns, first and second majors. These files keep
seven columns under their official names and first majors only, and add IS_CIP_6DIGIT. Whether a file is the
provisional or the revised edition is not said. As in the agency's file, CIPCODE 99 is the institution's total.
"""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from connectors.tables import COMPLETIONS, checked


def read(path: Path) -> pd.DataFrame:
    """Rows of ``COMPLETIONS`` of all institutions; the grand total (99) is dropped."""
    found = re.match(r"c(\d{4})_a", path.name)
    if not found:
        raise ValueError(f"{path.name}: expected a name such as c2024_a.parquet")
    rows = pd.read_parquet(path)
    rows = rows[rows["CIPCODE"].str.fullmatch(r"\d\d\.\d{4}") & (rows["CTOTALT"] > 0)]
    return checked(
        pd.DataFrame(
            {
                "unit_id": rows["UNITID"].astype("str"),
                "cip_code": rows["CIPCODE"],
                "award_level_code": rows["AWLEVEL"].astype("str"),
                "major_number": rows["MAJORNUM"].astype("str"),
                "year": int(found.group(1)),
                "awards": rows["CTOTALT"].astype("float64"),
                "awards_men": rows["CTOTALM"].astype("float64"),
                "awards_women": rows["CTOTALW"].astype("float64"),
                "provisional": None,
            }
        ),
        COMPLETIONS,
        path.name,
    )
