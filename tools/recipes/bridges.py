"""Four-digit industries of one vintage to the next, with the weights used where a code splits."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from tools.official import concordance, qcew_annual
from tools.recipe import COUNTIES, Recipe

_UNCLASSIFIED = "9999"


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
    for code, part in rows[rows["naics_code"].isin(split.index)].groupby(["naics_code", "year"]):
        jobs = part["employment"].sum(min_count=1)
        out.append(
            {
                "table": "industry_employment",
                "from": f"NAICS 2012 {code[0]}",
                "to": [f"NAICS 2017 {target}" for target in split[code[0]]],
                "year": int(code[1]),
                "counties": sorted(set(part["area_fips"]) & set(COUNTIES)),
                "published_jobs": None if pd.isna(jobs) else int(jobs),
            }
        )
    return out


def naics_bridge(data: Path) -> pd.DataFrame:
    """Both steps, 2012 to 2017 and 2017 to 2022, each with a weight."""
    nation = qcew_annual(data, "2024_annual_US000")
    nation = nation[(nation["own_code"] == "5") & nation["naics_code"].str.fullmatch(r"\d{6}")]
    jobs = nation.set_index("naics_code")["employment"]
    return pd.concat([_step(data, "2012", "2017", None), _step(data, "2017", "2022", jobs)])


def _step(data: Path, first: str, last: str, jobs: pd.Series[float] | None) -> pd.DataFrame:
    six = concordance(data, first, last)
    shared = six.groupby("to_code")["from_code"].transform("count")
    mass = (six["to_code"].map(jobs).fillna(0) if jobs is not None else 1.0) / shared
    four = pd.DataFrame({"from_code": six["from_code"].str[:4], "to_code": six["to_code"].str[:4], "mass": mass})
    four = four.groupby(["from_code", "to_code"], as_index=False)["mass"].sum()
    whole = four.groupby("from_code")["mass"].transform("sum")
    parts = four.groupby("from_code")["to_code"].transform("count")
    four["weight"] = (four["mass"] / whole).where(whole > 0, 1 / parts).round(4)
    basis = "equal parts of six-digit industries" if jobs is None else "national jobs of 2024 by six-digit industry"
    four["basis"] = four["from_code"].map(parts.groupby(four["from_code"]).first()).gt(1).map(
        {True: basis, False: "one code"}
    )
    return four.drop(columns="mass").assign(from_vintage=first, to_vintage=last)


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
        ("naics", "qcew_us_2024"),
        "2012 to 2017 and 2017 to 2022.",
        naics_bridge,
        (
            "The official concordances carry no weights: these are ours. National jobs of a newer six-digit industry "
            "are shared equally among the older ones that feed it.",
        ),
    ),
)
