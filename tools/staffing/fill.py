"""Suppressed cells of three-digit OEWS, estimated from what rows, sectors and the nation have left over."""

from __future__ import annotations

import pandas as pd

SECTORS = {"31": ("31", "32", "33"), "44": ("44", "45"), "48": ("48", "49")}
_TOTAL = "00-0000"
_LEAST = 5.0
"""Jobs given to a suppressed cell at the least: the agency rounds to 10, so a published row can leave nothing over."""
_ROUNDS = 50


def filled(rows: pd.DataFrame, sectors: pd.DataFrame, nation: pd.Series[float]) -> pd.DataFrame:
    """Give every suppressed cell an estimate.

    Suppressed cells start at what the sector has left of the occupation (its figure less the published cells of its
    industries), where the sector publishes it, and at an equal part of what the nation has left otherwise. They are
    then fitted to what each industry and each occupation of the nation have left, ending on the industry, so that a
    row adds up to its published total.

    Args:
        rows: naics_code (three digits), own_code, soc_code, employment (null where suppressed), with the line
            00-0000 of each industry.
        sectors: naics_code (sector), soc_code, employment.
        nation: jobs of all industries by occupation, the same year.

    Returns:
        naics_code, own_code, soc_code, jobs, estimated.
    """
    total = rows[rows["soc_code"] == _TOTAL].set_index("naics_code")["employment"]
    cells = rows[rows["soc_code"] != _TOTAL].reset_index(drop=True)
    cells["estimated"] = cells["employment"].isna()
    hidden = cells[cells["estimated"]].copy()
    of_row = (total - cells.groupby("naics_code")["employment"].sum()).rename("left")
    of_nation = (nation - cells.groupby("soc_code")["employment"].sum()).rename("left")
    margins = []
    for column, left in (("soc_code", of_nation), ("naics_code", of_row)):
        size = hidden.groupby(column)[column].transform("size")
        margins.append((hidden[column], hidden[column].map(left).fillna(0.0).clip(lower=_LEAST * size)))
    by_sector = _left_in_sector(cells, hidden, sectors)
    occupation, goal = margins[0]
    jobs = by_sector.fillna(goal / occupation.groupby(occupation).transform("size"))
    for _ in range(_ROUNDS):
        for code, goal in margins:
            jobs = jobs * goal / jobs.groupby(code).transform("sum")
    cells["jobs"] = cells["employment"].fillna(jobs)
    return cells[["naics_code", "own_code", "soc_code", "jobs", "estimated"]]


def _left_in_sector(cells: pd.DataFrame, hidden: pd.DataFrame, sectors: pd.DataFrame) -> pd.Series[float]:
    """What the sector has left of each hidden cell's occupation; null where the sector does not publish it."""
    published = cells.groupby([cells["naics_code"].map(_sector), "soc_code"])["employment"].sum()
    whole = sectors.set_index(["naics_code", "soc_code"])["employment"]
    left = (whole.reindex(published.index) - published).clip(lower=_LEAST)
    at = pd.MultiIndex.from_arrays([hidden["naics_code"].map(_sector), hidden["soc_code"]])
    return pd.Series(left.reindex(at).to_numpy(), index=hidden.index)


def _sector(naics_code: str) -> str:
    two = naics_code[:2]
    return next((sector for sector, members in SECTORS.items() if two in members), two)
