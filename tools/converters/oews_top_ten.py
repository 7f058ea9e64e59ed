"""The ten largest occupations of 214 four-digit industries, OEWS May 2024, from a CSV of shares.

BLS publishes the whole four-digit workbook (``nat4d``). This file has, for each industry, ten occupations with their
share of the industry's jobs (four decimals) and of its wages; the rest of the industry is not in it.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd


def read(path: Path) -> pd.DataFrame:
    """naics_code (four digits), soc_code, share (of 1). Lines of several owners are kept with the others."""
    rows = pd.read_csv(path, dtype="str")
    out = pd.DataFrame(
        {"naics_code": rows["naics4"], "soc_code": rows["soc"], "share": pd.to_numeric(rows["emp_share"])}
    )
    if not out["share"].between(0, 1).all() or (out.groupby("naics_code")["share"].sum() > 1.001).any():
        raise ValueError(f"{path.name}: expected shares between 0 and 1 that add up to at most 1 an industry")
    return out.dropna().drop_duplicates(["naics_code", "soc_code"])
