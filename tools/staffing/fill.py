"""Suppressed cells of three-digit OEWS, estimated from the row's remaining total and the sector's workbook."""

from __future__ import annotations

import pandas as pd

SECTORS = {"31": ("31", "32", "33"), "44": ("44", "45"), "48": ("48", "49")}
_LEAST = 5.0
"""Jobs given to a suppressed cell at the least: the agency rounds to 10, so a published row can leave nothing over."""


def filled(rows: pd.DataFrame, sectors: pd.DataFrame) -> pd.DataFrame:
    """Give every suppressed cell an estimate.

    A row's remaining total (its total less its published cells) is shared over its suppressed cells in proportion to
    what the sector has left of each occupation (the sector's figure less the published cells of its industries).

    Args:
        rows: naics_code (three digits), own_code, soc_code, employment (null where suppressed), with the line
            00-0000 of each industry.
        sectors: naics_code (sector), soc_code, employment.

    Returns:
        naics_code, own_code, soc_code, jobs, estimated.
    """
    total = rows[rows["soc_code"] == "00-0000"].set_index("naics_code")["employment"]
    cells = rows[rows["soc_code"] != "00-0000"].copy()
    cells["sector"] = cells["naics_code"].map(_sector)
    cells["estimated"] = cells["employment"].isna()
    known = cells.groupby("naics_code")["employment"].sum()
    hidden = cells.groupby("naics_code")["estimated"].sum()
    left = (total - known).clip(lower=_LEAST * hidden)
    published = cells.groupby(["sector", "soc_code"])["employment"].sum()
    whole = sectors.set_index(["naics_code", "soc_code"])["employment"]
    over = (whole.reindex(published.index) - published).clip(lower=_LEAST).fillna(_LEAST)
    weight = pd.Series(over.reindex(pd.MultiIndex.from_frame(cells[["sector", "soc_code"]])).to_numpy(), cells.index)
    weight = weight.where(cells["estimated"], 0.0)
    share = weight / weight.groupby(cells["naics_code"]).transform("sum")
    estimate = share * cells["naics_code"].map(left)
    cells["jobs"] = cells["employment"].fillna(estimate)
    return cells[["naics_code", "own_code", "soc_code", "jobs", "estimated"]].reset_index(drop=True)


def _sector(naics_code: str) -> str:
    two = naics_code[:2]
    return next((sector for sector, members in SECTORS.items() if two in members), two)
