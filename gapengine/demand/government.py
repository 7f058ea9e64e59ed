"""Government jobs of a county by industry row: disclosed detail of 2016 where there is any, stated splits elsewhere."""

from __future__ import annotations

import pandas as pd

from gapengine.assumptions import Assumptions
from gapengine.snapshot import Snapshot

_OWNERS = {"1": "federal", "2": "state", "3": "local"}
# rows of the staffing seed for which an owner has a pattern of its own; everything else is general government
_ROWS = {"6111": "schools", "6113": "universities", "6221": "hospitals", "491": "postal"}
_REST = "999"


def government_rows(snapshot: Snapshot, county_fips: str, totals: pd.Series, assumptions: Assumptions) -> pd.DataFrame:
    """Split each owner's jobs of a county into the rows that have a national staffing pattern.

    Args:
        snapshot: needs government_employment (2016 Q1, month 3, as disclosed).
        county_fips: the county.
        totals: newest jobs by (area_fips, own_code).
        assumptions: government_split.<owner>.<schools|universities|hospitals|postal>, shares of the owner's jobs;
            government_split_of.<county>.<owner>.<...> where a county is known to differ.

    Returns:
        Rows naics_code, own_code, jobs, imputed; the jobs of an owner sum to its newest total.
    """
    detail = snapshot["government_employment"]
    detail = detail[detail["county_fips"] == county_fips]
    rows = []
    for own_code, owner in _OWNERS.items():
        total = float(totals.get((county_fips, own_code), 0.0))
        of_owner = detail[detail["own_code"] == own_code].set_index("naics_code")["employment"]
        base = _disclosed(of_owner, "10") or total
        left, assumed = 1.0, False
        for code, name in _ROWS.items():
            known = _disclosed(of_owner, code)
            if known is not None and base > 0:
                share = known / base
            else:
                share = _assumed(assumptions, county_fips, owner, name)
                assumed = assumed or share > 0
            share = min(share, left)
            left -= share
            rows.append((code, own_code, total * share, known is None and share > 0))
        rows.append((_REST, own_code, total * left, assumed))
    frame = pd.DataFrame(rows, columns=["naics_code", "own_code", "jobs", "imputed"])
    return frame[frame["jobs"] > 0].reset_index(drop=True)


def _assumed(assumptions: Assumptions, county_fips: str, owner: str, name: str) -> float:
    of_county = f"government_split_of.{county_fips}.{owner}.{name}"
    return assumptions.value(of_county if of_county in assumptions else f"government_split.{owner}.{name}")


def _disclosed(of_owner: pd.Series, code: str) -> float | None:
    """Jobs printed for a four-digit row, or for its three-digit parent where that is all there is."""
    for candidate in (code, code[:3]):
        value = of_owner.get(candidate)
        if value is not None and pd.notna(value):
            return float(value)
    return None
