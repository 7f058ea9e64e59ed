"""Four-digit industries of one vintage to the next, with the weights used where a code splits."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from tools.official import concordance, qcew_annual
from tools.recipe import COUNTIES, Recipe

_UNCLASSIFIED = "9999"
_ROUNDS = 3


@cache
def pairs(data: Path, first: str, last: str) -> pd.DataFrame:
    """Pairs of four-digit codes that share a six-digit industry: from_code, to_code."""
    six = concordance(data, first, last)
    four = pd.DataFrame({"from_code": six["from_code"].str[:4], "to_code": six["to_code"].str[:4]})
    return four.drop_duplicates().sort_values(["from_code", "to_code"], ignore_index=True)


@cache
def single_homes(data: Path, first: str, last: str) -> dict[str, str]:
    """Codes of the older vintage that go to one code of the newer; codes that split are left out."""
    four = pairs(data, first, last)
    whole = four[~four["from_code"].duplicated(keep=False)]
    return dict(zip(whole["from_code"], whole["to_code"], strict=True)) | {_UNCLASSIFIED: _UNCLASSIFIED}


def unmapped(data: Path, rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Codes of NAICS 2012 that split in 2017, with the jobs of the shed that were left out for it.

    Args:
        data: folder of source files.
        rows: area_fips, naics_code, year, employment in NAICS 2012.
    """
    four = pairs(data, "2012", "2017")
    split = four[four["from_code"].duplicated(keep=False)].groupby("from_code")["to_code"].agg(list)
    out = []
    hit = rows[rows["naics_code"].isin(split.index)]
    for (code, year), part in hit.groupby(["naics_code", "year"]):
        jobs = part["employment"].sum(min_count=1)
        out.append(
            {
                "table": "industry_employment",
                "from": f"NAICS 2012 {code}",
                "to": [f"NAICS 2017 {target}" for target in split[str(code)]],
                "year": int(str(year)),
                "counties": sorted(set(part["area_fips"]) & set(COUNTIES)),
                "published_jobs": None if pd.isna(jobs) else int(jobs),
            }
        )
    return out


def naics_bridge(data: Path) -> pd.DataFrame:
    """Both steps, 2012 to 2017 and 2017 to 2022, each with a weight."""
    older, newer = (_six_digit_jobs(data, name) for name in ("2020_annual_37000", "2024_annual_US000"))
    first, second = concordance(data, "2012", "2017"), concordance(data, "2017", "2022")
    equal = pd.Series(1.0, index=first.index)
    steps = [
        _step(first, equal, "2012", "2017", "equal parts of six-digit industries"),
        _step(second, _flows(second, older, newer), "2017", "2022", "jobs of the state 2020 and the nation 2024"),
    ]
    return pd.concat(steps, ignore_index=True)


def _six_digit_jobs(data: Path, name: str) -> pd.Series[float]:
    rows = qcew_annual(data, name)
    rows = rows[(rows["own_code"] == "5") & rows["naics_code"].str.fullmatch(r"\d{6}")]
    return rows.set_index("naics_code")["employment"]


def _flows(six: pd.DataFrame, older: pd.Series[float], newer: pd.Series[float]) -> pd.Series[float]:
    """Jobs of each pair of six-digit codes, fitted to the shares of the older and of the newer codes.

    Without the older side, an online shop (454110, which went to every kind of retailer) would take half of the
    supermarkets.
    """
    sides = []
    for column, jobs in (("to_code", newer), ("from_code", older)):
        goal = six[column].map(jobs)
        goal = goal.fillna(goal.median()).clip(lower=1.0)
        sides.append((six[column], goal / goal.groupby(six[column]).first().sum()))
    flow = pd.Series(1.0, index=six.index)
    for _ in range(_ROUNDS):
        for code, goal in sides:
            flow = flow * goal / flow.groupby(code).transform("sum")
    return flow


def _step(six: pd.DataFrame, flow: pd.Series[float], first: str, last: str, basis: str) -> pd.DataFrame:
    four = pd.DataFrame({"from_code": six["from_code"].str[:4], "to_code": six["to_code"].str[:4], "weight": flow})
    four = four.groupby(["from_code", "to_code"], as_index=False).agg(weight=("weight", "sum"))
    by_code = four.groupby("from_code")["weight"]
    four["basis"] = by_code.transform("size").gt(1).map({True: basis, False: "one code"})
    four["weight"] = (four["weight"] / by_code.transform("sum")).round(4)
    return four.assign(from_vintage=first, to_vintage=last)


RECIPES = (
    Recipe(
        "naics_bridge",
        "Four-digit industries of one NAICS vintage to the next, with the weight used where a code splits.",
        {
            "from_vintage": "older vintage",
            "from_code": "four-digit industry of the older vintage",
            "to_vintage": "newer vintage",
            "to_code": "four-digit industry of the newer vintage",
            "weight": "share of the older code's jobs that goes to the newer code, share of 1",
            "basis": "how the weight was found",
        },
        ("from_vintage", "from_code", "to_code"),
        ("naics", "qcew_nc_annual", "qcew_us_2024"),
        "NAICS 2012 to 2022",
        "2022-12-31",
        "2012 to 2017 and 2017 to 2022.",
        naics_bridge,
        (
            "The official concordances carry no weights: these are ours. From 2017 to 2022 the pairs of six-digit "
            "codes are fitted to the jobs of North Carolina in 2020 and of the nation in 2024; from 2012 to 2017 they "
            "count equally.",
        ),
    ),
)
