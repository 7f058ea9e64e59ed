"""Tables of programs: the official pairs, titles, awards, institutions, completers."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd

from connectors import nces_cip_soc, nces_ipeds
from gapengine.composing.programs import in_shed, of_nation, of_shed, of_state, with_awards
from tools.converters import ipeds_completions
from tools.official import cip_soc, directory
from tools.recipe import COUNTIES, Recipe

DURHAM_TECH = "198455"
_LEVEL = "20 under 12 weeks, 21 under a year, 2 one to two years, 3 associate's, 4 two to four years, 5 bachelor's"


@cache
def _awards(data: Path) -> pd.DataFrame:
    """Awards of every institution, first majors."""
    return pd.concat([ipeds_completions.read(path) for path in sorted(data.glob("official/ipeds/c20*_a.parquet"))])


def _state(data: Path) -> pd.DataFrame:
    places = directory(data)
    return places[places["state"] == "NC"]


def _shed(data: Path) -> set[str]:
    return in_shed(_state(data), tuple(COUNTIES), DURHAM_TECH)


def pairs(data: Path) -> pd.DataFrame:
    """All pairs, codes only: titles are in tables of their own."""
    return cip_soc(data)[["cip_code", "soc_code"]]


def cip_titles(data: Path) -> pd.DataFrame:
    """Titles of six-digit programs."""
    path = data / "official/cip2020/CIPCode2020.csv"
    rows = nces_cip_soc.parse_titles(path, path.name)
    return rows.loc[rows["cip_code"].str.len() == 7, ["cip_code", "cip_title"]]


def completions(data: Path) -> pd.DataFrame:
    """Awards up to the bachelor's degree of institutions located in the shed."""
    return of_shed(_awards(data), _shed(data))[[*_COMPLETIONS.columns]]


def state_completions(data: Path) -> pd.DataFrame:
    """Awards below the bachelor's degree of all institutions of the state, and how many offer each."""
    return of_state(_awards(data), set(_state(data)["unit_id"]))


def national_completions(data: Path) -> pd.DataFrame:
    """Awards of the nation by program and level, recent years."""
    return of_nation(_awards(data))


def institutions(data: Path) -> pd.DataFrame:
    """Institutions of the state with an award in the tables above."""
    return with_awards(_state(data), _awards(data))[[*_INSTITUTIONS.columns]]


def completers(data: Path) -> pd.DataFrame:
    """Unduplicated people of the shed's institutions."""
    path = data / "official/ipeds/c2024_c.csv.gz"
    rows = nces_ipeds.parse_completers(path, path.name)
    return rows[rows["unit_id"].isin(_shed(data))][[*_COMPLETERS.columns]]


_PAIRS = Recipe(
    "cip_soc",
    "Pair of a program and an occupation in the official crosswalk.",
    {"cip_code": "program, CIP 2020", "soc_code": "occupation, SOC 2018; 99-9999 means no match"},
    ("cip_code", "soc_code"),
    ("cip_soc",),
    "2020",
    "2020-12-31",
    "CIP 2020 and SOC 2018.",
    pairs,
    ("Many-to-many and without weights; education levels are not considered.",),
)
_TITLES = Recipe(
    "cip_titles",
    "Title of a program.",
    {"cip_code": "program, CIP 2020, six digits", "cip_title": "its name"},
    ("cip_code",),
    ("cip_2020",),
    "CIP 2020",
    "2020-12-31",
    "CIP 2020.",
    cip_titles,
)
_COMPLETIONS = Recipe(
    "completions",
    "Awards of an institution located in the labor shed by program, level and year.",
    {
        "unit_id": "IPEDS UNITID",
        "cip_code": "program, CIP 2020",
        "award_level_code": f"IPEDS AWLEVEL: {_LEVEL}",
        "year": "awards from July to June ending in this year",
        "awards": "awards, first majors",
    },
    ("unit_id", "cip_code", "award_level_code", "year"),
    ("ipeds_completions", "ipeds_directory"),
    "2020 to 2024",
    "2024-06-30",
    "Awards of 2019-20 to 2023-24.",
    completions,
    (
        "Counts awards, not people: short certificates stack and are conferred in batches.",
        "Non-credit programs (BioWork, nurse aide, EMT) are not in IPEDS.",
    ),
)
_STATE = Recipe(
    "state_completions",
    "Awards below the bachelor's degree of all institutions of North Carolina by program, level and year.",
    {
        "cip_code": "program, CIP 2020",
        "award_level_code": f"IPEDS AWLEVEL: {_LEVEL}",
        "year": "awards from July to June ending in this year",
        "awards": "awards, first majors",
        "institutions": "institutions with an award at this level in 2022-24 (the same in every year's row)",
        "institutions_any_level": "institutions with an award at any level below the bachelor's degree in 2022-24",
    },
    ("cip_code", "award_level_code", "year"),
    ("ipeds_completions", "ipeds_directory"),
    "2020 to 2024",
    "2024-06-30",
    "Awards of 2019-20 to 2023-24.",
    state_completions,
)
_NATION = Recipe(
    "national_completions",
    "Awards of all institutions of the nation by program, level and year, to calibrate the share of fresh completers.",
    {
        "cip_code": "program, CIP 2020",
        "award_level_code": f"IPEDS AWLEVEL: {_LEVEL}; 6, 7, 8 post-baccalaureate, master's, 17-19 doctoral",
        "year": "awards from July to June ending in this year",
        "awards": "awards, first majors",
    },
    ("cip_code", "award_level_code", "year"),
    ("ipeds_completions",),
    "2022 to 2024",
    "2024-06-30",
    "Awards of 2021-22 to 2023-24.",
    national_completions,
)
_INSTITUTIONS = Recipe(
    "institutions",
    "Institution of North Carolina with awards up to the bachelor's degree in 2020-24.",
    {
        "unit_id": "IPEDS UNITID",
        "name": "the institution's name",
        "city": "city",
        "county_fips": "county",
        "sector_code": "IPEDS sector: 1 public four-year, 4 public two-year ...",
    },
    ("unit_id",),
    ("ipeds_directory", "ipeds_completions"),
    "2024",
    "2024-12-31",
    "Directory of 2024: institutions that closed before are not in it.",
    institutions,
)
_COMPLETERS = Recipe(
    "completers_unduplicated",
    "People with at least one award of a level category, each counted once, by institution of the labor shed.",
    {
        "unit_id": "IPEDS UNITID",
        "award_level_category": "IPEDS AWLEVELC: 12 under a year, 2 one to four years, 3 associate's, 5 bachelor's ...",
        "year": "awards from July to June ending in this year",
        "completers": "people",
    },
    ("unit_id", "award_level_category", "year"),
    ("ipeds_completers", "ipeds_directory"),
    "2024",
    "2024-06-30",
    "Awards of 2023-24.",
    completers,
    ("A person with awards in two level categories is in both rows.",),
)
RECIPES = (_PAIRS, _TITLES, _COMPLETIONS, _STATE, _NATION, _INSTITUTIONS, _COMPLETERS)
