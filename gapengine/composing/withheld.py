"""Jobs that QCEW withholds, estimated from what it prints around them."""

from __future__ import annotations

import numpy as np
import pandas as pd

_PRIVATE = "5"
_CELL = ["area_fips", "naics_code"]
_IMPUTED_FROM = 2017
"""Before, other figures stand for withheld ones."""
_SPANS = {"31": "31-33", "32": "31-33", "33": "31-33", "44": "44-45", "45": "44-45", "48": "48-49", "49": "48-49"}


def estimates(published: pd.DataFrame, state: pd.DataFrame) -> pd.DataFrame:
    """Private jobs in March of suppressed cells: what their parent leaves after its disclosed parts.

    The rest is split by establishments times the state's jobs per establishment of the industry, from all industries
    down to four digits; a suppressed parent is estimated first. Years before the classification of 2017 are left as
    they are: other figures stand for them.

    Args:
        published: QCEW rows of counties.
        state: QCEW rows of their state; none: every establishment of a parent counts alike.

    Returns:
        area_fips, naics_code, year, employment (jobs, rounded to one decimal).
    """
    rows = _levels(published)
    whole_state = _levels(state).set_index(["level", "naics_code", "year"])
    size = (whole_state["employment"] / whole_state["establishments"].where(lambda count: count > 0)).dropna()
    known = rows.loc[rows["level"] == "71", [*_CELL, "year", "employment"]].dropna()
    for level in ("74", "75", "76"):
        parts = rows[rows["level"] == level]
        parts = parts.assign(parent=_parents(parts["naics_code"], level))
        group = [parts["area_fips"], parts["year"], parts["parent"]]
        per = size.reindex(pd.MultiIndex.from_frame(parts[["level", "naics_code", "year"]])).to_numpy(float)
        hidden = parts["employment"].isna()
        weight = (parts["establishments"] * per).where(hidden)
        of_parent = weight.fillna(parts["establishments"].where(hidden) * weight.groupby(group).transform("mean"))
        weight = of_parent.fillna(parts["establishments"].where(hidden))
        whole = known.rename(columns={"naics_code": "parent", "employment": "whole"})
        left = parts[["area_fips", "year", "parent"]].merge(whole, how="left", on=["area_fips", "year", "parent"])
        rest = left["whole"].to_numpy(float) - parts["employment"].groupby(group).transform("sum").to_numpy(float)
        share = (weight / weight.groupby(group).transform("sum").where(lambda total: total > 0)).to_numpy(float)
        estimate = pd.Series(np.maximum(rest, 0.0) * share, index=parts.index).round(1)
        known = parts.assign(employment=parts["employment"].fillna(estimate), estimated=hidden)
        known = known.dropna(subset=["employment"])[[*_CELL, "year", "employment", "estimated"]]
    return known[known["estimated"]].drop(columns="estimated")


def _levels(rows: pd.DataFrame) -> pd.DataFrame:
    """Private first quarters by level of the industry, from the classification of 2017 on; 7x county, 5x state."""
    rows = rows[(rows["quarter"] == 1) & (rows["own_code"] == _PRIVATE) & (rows["year"] >= _IMPUTED_FROM)]
    rows = rows.assign(level="7" + rows["agglvl_code"].str[1])
    jobs = rows["employment"].astype("float64")
    return rows.assign(employment=jobs, establishments=rows["establishments"].astype("float64"))


def _parents(codes: pd.Series[str], level: str) -> pd.Series[str]:
    if level == "74":
        return pd.Series("10", index=codes.index)
    if level == "76":
        return codes.str[:3]
    return codes.str[:2].replace(_SPANS)


def filled(rows: pd.DataFrame, estimated: pd.DataFrame) -> pd.DataFrame:
    """Rows of :func:`private_march` with suppressed cells that could be estimated, as ``imputed``."""
    named = estimated.rename(columns={"employment": "estimate"})
    out = rows.merge(named, how="left", on=[*_CELL, "year"])
    told = (out["status"] == "suppressed") & out["estimate"].notna()
    out["employment"] = out["employment"].astype("float64").mask(told, out["estimate"])
    out["status"] = out["status"].mask(told, "imputed")
    return out.drop(columns="estimate")
