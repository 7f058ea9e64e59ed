"""The seed of staffing patterns: national jobs by four-digit industry, owner and detailed occupation."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from tools.official import oews, qcew_annual
from tools.recipe import Recipe
from tools.recipes import bridges
from tools.staffing import evidence
from tools.staffing.fill import filled
from tools.staffing.hybrid import HYBRID_2019
from tools.staffing.split import Evidence, Vector, fitted, starting

_BY_OWNER = ("611", "622")
_AS_PUBLISHED = {"999": "123", "491": "1"}
_LEAST_JOBS = 0.5
_OLDER_JOBS = 100_000


@cache
def three_digit(data: Path) -> pd.DataFrame:
    """OEWS May 2024 by three-digit industry with estimates in the suppressed cells: jobs, and whether estimated."""
    rows = oews(data, "oews_nat3d_m2024_dl.csv")
    rows = rows.assign(naics_code=rows["naics_code"].str[:3])
    sectors = oews(data, "natsector_M2024_dl.xlsx")
    sectors = sectors[sectors["occupation_group"] == "detailed"]
    nation = oews(data, "national_M2024_dl.xlsx")
    detailed = nation[nation["occupation_group"] == "detailed"].set_index("soc_code")["employment"]
    return filled(rows, sectors.assign(naics_code=sectors["naics_code"].str[:2]), detailed)


def staffing_seed(data: Path) -> pd.DataFrame:
    """Rows of every three-digit industry, then rows of NAICS 2017 codes that no longer exist."""
    cells = three_digit(data)
    wide = cells.pivot_table(index="naics_code", columns="soc_code", values="jobs", fill_value=0.0)
    guessed = cells[cells["estimated"]]
    estimated = set(zip(guessed["naics_code"], guessed["soc_code"], strict=True))
    parts = []
    for code, totals in zip(wide.index, wide.to_numpy(dtype="float64"), strict=True):
        for naics_code, own_code, jobs, source in _rows(data, str(code), totals, wide.columns):
            part = pd.DataFrame({"soc_code": wide.columns, "jobs": jobs.round(1)})
            flags = [(code, soc) in estimated for soc in wide.columns]
            parts.append(part.assign(naics_code=naics_code, own_code=own_code, source=source, estimated=flags))
    seed = pd.concat(parts).assign(naics_vintage="2022")
    seed = seed[seed["jobs"] >= _LEAST_JOBS]
    return pd.concat([seed, _older_codes(data, seed)])


def _rows(data: Path, code: str, totals: Vector, occupations: pd.Index[str]) -> Iterator[tuple[str, str, Vector, str]]:
    """Rows of one three-digit industry: naics_code, own_code, jobs by occupation, source."""
    if code in _AS_PUBLISHED:
        yield code, _AS_PUBLISHED[code], totals, "OEWS 2024, three digits"
    elif code in _BY_OWNER:
        yield from _by_owner(data, code, totals, occupations)
    else:
        yield from _by_industry(data, code, totals)


def _by_industry(data: Path, code: str, totals: Vector) -> Iterator[tuple[str, str, Vector, str]]:
    jobs = _private(data)
    children = [child for child in jobs.index if len(child) == 4 and child.startswith(code) and jobs[child] > 0]
    parent = totals / totals.sum()
    if not children:
        yield f"{code}1", "5", totals, "OEWS 2024, three digits"
        return
    known = _published(data)
    found = {child: evidence.of_child(child, known, jobs, parent) for child in children}
    start = np.array([starting(found[child].pattern, parent) for child in children])
    rows = np.array([float(jobs[child]) for child in children])
    fit = fitted(start, rows, totals)
    for child, row in zip(children, fit, strict=True):
        yield child, "5", row, _words(found[child], alone=len(children) == 1)


def _words(found: Evidence, *, alone: bool) -> str:
    if alone:
        return "OEWS 2024, three digits (one industry)"
    return f"{found.source}; fitted to OEWS 2024, three digits"


@cache
def _published(data: Path) -> evidence.Published:
    return evidence.read(data, pd.Index(sorted(three_digit(data)["soc_code"].unique())))


@cache
def _private(data: Path) -> pd.Series[float]:
    nation = qcew_annual(data, "2024_annual_US000")
    nation = nation[(nation["own_code"] == "5") & nation["naics_code"].str.fullmatch(r"\d{4,6}")]
    return nation.set_index("naics_code")["employment"].fillna(0.0)


def _by_owner(
    data: Path, code: str, totals: Vector, occupations: pd.Index[str]
) -> Iterator[tuple[str, str, Vector, str]]:
    """Schools and hospitals: the owners' patterns of 2019, fitted to the three-digit row of 2024."""
    owners = oews(data, "nat4d_M2019_owner_dl.xlsx")
    owners = owners[owners["naics_code"].str.startswith(code)]
    whole = owners[owners["occupation_group"] == "total"]
    detail = owners[owners["occupation_group"] == "detailed"].dropna(subset=["employment"])
    parent = totals / totals.sum()
    start, rows, keys = [], [], []
    for naics_code, own_code, jobs in whole[["naics_code", "own_code", "employment"]].itertuples(index=False):
        cells = detail[(detail["naics_code"] == naics_code) & (detail["own_code"] == own_code)]
        pattern = _of_2019(cells.set_index("soc_code")["employment"], parent, occupations)
        start.append(starting(pattern / pattern.sum(), parent))
        keys.append((str(naics_code)[:4], str(own_code)))
        rows.append(float(jobs))
    fit = fitted(np.array(start), _owners_2024(data, keys, np.array(rows)), totals)
    for (naics_code, own_code), row in zip(keys, fit, strict=True):
        yield naics_code, own_code, row, "OES 2019 by owner, fitted to OEWS 2024, three digits"


def _of_2019(cells: pd.Series[float], parent: Vector, occupations: pd.Index[str]) -> Vector:
    """Jobs of 2019 in the occupations of 2024: combined ones are shared as the three-digit row of 2024 has them."""
    weight = pd.Series(parent, index=occupations)
    out = pd.Series(0.0, index=occupations)
    for soc_code, jobs in cells.items():
        parts = [part for part in HYBRID_2019.get(str(soc_code), (str(soc_code),)) if part in out.index]
        mass = weight[parts].sum()
        if parts and mass > 0:
            out[parts] += float(jobs) * weight[parts] / mass
    return np.asarray(out, dtype="float64")


def _owners_2024(data: Path, keys: list[tuple[str, str]], of_2019: Vector) -> Vector:
    """QCEW jobs of 2024 by industry and owner; the figure of 2019 where QCEW 2024 suppresses one."""
    nation = qcew_annual(data, "2024_annual_US000").drop_duplicates(["naics_code", "own_code"])
    jobs = nation.set_index(["naics_code", "own_code"])["employment"]
    now = np.array([float(jobs.get(key, np.nan)) for key in keys])
    known = np.isfinite(now) & (now > 0)
    out = of_2019.copy()
    out[known] = now[known]
    return out


def _older_codes(data: Path, seed: pd.DataFrame) -> pd.DataFrame:
    """Rows of NAICS 2017 codes that 2022 dropped: mixes of the newer rows, in the bridge's proportions."""
    steps = bridges.naics_bridge(data)
    steps = steps[(steps["from_vintage"] == "2017") & ~steps["from_code"].isin(seed["naics_code"])]
    private = seed[seed["own_code"] == "5"].drop(columns=["source", "naics_vintage"])
    rows = steps.merge(private, left_on="to_code", right_on="naics_code")
    total = rows.groupby(["from_code", "to_code"])["jobs"].transform("sum")
    rows["jobs"] = rows["jobs"] / total * rows["weight"] * _OLDER_JOBS
    out = rows.groupby(["from_code", "own_code", "soc_code"], as_index=False).agg(
        jobs=("jobs", "sum"), estimated=("estimated", "any")
    )
    out["jobs"] = out["jobs"].round(1)
    out = out[out["jobs"] >= _LEAST_JOBS].rename(columns={"from_code": "naics_code"})
    return out.assign(naics_vintage="2017", source="mix of NAICS 2022 rows, 100,000 jobs in all")


_SEED = Recipe(
    "staffing_seed",
    "National jobs of an occupation in a four-digit industry of an owner: the start of the local staffing patterns.",
    {
        "naics_code": "four-digit industry; 999 government without schools, hospitals and mail; 491 postal service",
        "own_code": "5 private, 2 state, 3 local; 123 all government; 1 federal",
        "soc_code": "occupation, SOC 2018 as OEWS combines it",
        "jobs": "national jobs, May 2024",
        "estimated": "true where the three-digit cell is suppressed and was estimated",
        "naics_vintage": "2022; 2017 for dropped codes: mixes of 100,000 jobs that repeat others, for shares only",
        "source": "what the row's pattern rests on",
    },
    ("naics_vintage", "naics_code", "own_code", "soc_code"),
    (
        "oews_2024_industry",
        "oews_2024_sector",
        "oews_2024_national",
        "oews_2024_top_ten",
        "nem_2024_34",
        "oews_2019_owner",
        "qcew_us_2024",
        "naics",
    ),
    "OEWS May 2024, NEM 2024-34, OES May 2019 by owner",
    "2024-05-31",
    "May 2024.",
    staffing_seed,
    (
        "Rows of NAICS 2022 add up to OEWS 2024 by three-digit industry: each job is counted once.",
        "Below three digits the split rests on partial evidence (column source), fitted to both margins.",
        "Suppressed three-digit cells are fitted to what the industry, its sector and the nation have left over.",
        "Leaves out farms, private households and the self-employed.",
    ),
)
RECIPES = (_SEED,)
