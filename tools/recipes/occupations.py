"""Tables of occupations: employment and wages, projections, education, similarity, titles."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from connectors import bls_projections, onet
from gapengine.composing.occupations import joined, related, required, titled, zones
from tools.converters import oews_areas
from tools.official import cip_soc, crosswalk, oews, projections, separations
from tools.recipe import Recipe

_AREAS = {"20500": "20500", "39580": "39580", "NC": "37"}
_ATTAINED = {
    "less_than_high_school": "less than a high school diploma, share of 1",
    "high_school": "high school diploma or equivalent, share of 1",
    "some_college": "some college, no degree, share of 1",
    "associate": "associate's degree, share of 1",
    "bachelor": "bachelor's degree, share of 1",
    "master": "master's degree, share of 1",
    "doctoral": "doctoral or professional degree, share of 1",
}


def oews_2025(data: Path) -> pd.DataFrame:
    """Detailed occupations of the two metropolitan areas, the state and the nation."""
    nation = oews(data, "national_M2025_dl.xlsx")
    nation = nation[nation["occupation_group"] == "detailed"]
    titles = dict(zip(nation["soc_code"], nation["soc_title"], strict=True))
    areas = oews_areas.read(data / "tables/oews_all_metros_2025.parquet", _AREAS, titles)
    return pd.concat([areas, nation])[[*_OEWS.columns]]


def occupations(data: Path) -> pd.DataFrame:
    """Line items of tables 1.2 and 1.10, joined."""
    return joined(projections(data), separations(data))[[*_OCCUPATIONS.columns]]


def nem_soc(data: Path) -> pd.DataFrame:
    """Pairs of matrix and SOC codes, O*NET codes folded."""
    return crosswalk(data)[["nem_code", "soc_code"]].drop_duplicates()


def attainment(data: Path) -> pd.DataFrame:
    """Table 5.3, without the line of all occupations."""
    path = data / "official/ep/occupation_2022_32.xlsx"
    rows = bls_projections.parse_attainment(path, path.name)
    return rows[rows["soc_code"] != "00-0000"][[*_ATTAINMENT.columns]]


def required_education(data: Path) -> pd.DataFrame:
    """O*NET occupations of one SOC code count equally: their numbers of respondents are sample sizes, not jobs."""
    path = data / "official/onet/Education, Training, and Experience.txt"
    return required(onet.parse_required_education(path, path.name))


def job_zones(data: Path) -> pd.DataFrame:
    """Lowest, middle and highest zone of the O*NET occupations of a SOC code."""
    path = data / "official/onet/Job Zones.txt"
    return zones(onet.parse_job_zones(path, path.name))


def related_occupations(data: Path) -> pd.DataFrame:
    """Primary tiers, folded to SOC codes; the closest O*NET pair stands for the pair of SOC codes."""
    path = data / "official/onet/Related Occupations.txt"
    return related(onet.parse_related_occupations(path, path.name))


def soc_titles(data: Path) -> pd.DataFrame:
    """Titles as the newest OEWS writes them, then the matrix, the CIP crosswalk and O*NET."""
    return titled(oews(data, "national_M2025_dl.xlsx"), projections(data), cip_soc(data), crosswalk(data))


_OEWS = Recipe(
    "oews",
    "Jobs and wages of detailed occupations: metropolitan areas 20500 and 39580, North Carolina and the nation.",
    {
        "area_code": "20500 Durham-Chapel Hill, 39580 Raleigh-Cary, 37 North Carolina, 99 nation",
        "soc_code": "occupation, SOC 2018 as OEWS combines it",
        "year": "May of this year",
        "employment": "jobs; null where suppressed",
        "employment_rse": "relative standard error of employment, share of 1 (nation only)",
        "location_quotient": "the area's share of the occupation over the nation's, ratio",
        "wage_mean_usd": "mean annual wage, dollars (nation only)",
        "wage_p10_usd": "10th percentile of the annual wage, dollars",
        "wage_p25_usd": "25th percentile, dollars",
        "wage_median_usd": "median, dollars",
        "wage_p75_usd": "75th percentile, dollars",
        "wage_p90_usd": "90th percentile, dollars",
    },
    ("area_code", "soc_code", "year"),
    ("oews_2025_areas", "oews_2025_national"),
    "May 2025",
    "2025-05-31",
    "May 2025.",
    oews_2025,
    (
        "Suppressed occupations are null, registered nurses in Durham among them.",
        "For the areas and the state, 51 of the nation's 830 detailed occupations (most of them 'all other' lines) are "
        "not in the file at all: unknown, not zero.",
        "The survey pools three years and leaves out the self-employed, farms and private households.",
    ),
)
_OCCUPATIONS = Recipe(
    "occupations",
    "National projections and separations of an occupation (line item of the National Employment Matrix).",
    {
        "soc_code": "code of the National Employment Matrix",
        "soc_title": "the occupation's name",
        "base_year": "first year of the projection",
        "target_year": "last year of the projection",
        "employment_base": "national jobs in the base year",
        "employment_target": "national jobs in the target year",
        "exit_rate": "labor-force exits a year, share of employment",
        "transfer_rate": "occupational transfers a year, share of employment",
        "exits": "labor-force exits a year, jobs",
        "transfers": "occupational transfers a year, jobs",
        "openings": "openings a year, annual average",
        "self_employed_share": "self-employed in the base year, share of 1",
        "median_wage_usd": "national median annual wage, dollars",
        "entry_education": "typical education needed for entry",
        "work_experience": "work experience in a related occupation",
        "on_the_job_training": "typical on-the-job training to attain competency",
    },
    ("soc_code",),
    ("ep_2024_34",),
    "2024-34",
    "2024-12-31",
    "2024 to 2034.",
    occupations,
)
_NEM = Recipe(
    "nem_soc",
    "A code of the National Employment Matrix and a SOC 2018 code that it holds.",
    {"nem_code": "code of the National Employment Matrix", "soc_code": "occupation, SOC 2018"},
    ("nem_code", "soc_code"),
    ("nem_crosswalk",),
    "September 2023",
    "2023-09-06",
    "SOC 2018.",
    nem_soc,
)
_ATTAINMENT = Recipe(
    "attainment",
    "Education that workers aged 25 and over of an occupation have attained, in the nation.",
    {"soc_code": "code of the National Employment Matrix", "soc_title": "the occupation's name"}
    | {"year": "base year of the projections it was printed with"}
    | _ATTAINED,
    ("soc_code",),
    ("ep_2022_32",),
    "2022-32",
    "2022-12-31",
    "Printed with the projections of 2022-32.",
    attainment,
)
_REQUIRED = Recipe(
    "required_education",
    "Share of O*NET respondents who name a category as the education required for the occupation.",
    {
        "soc_code": "occupation, SOC 2018",
        "category": "1 less than high school to 12 post-doctoral",
        "share": "share of respondents, share of 1",
        "onet_occupations": "O*NET occupations averaged, each with equal weight",
    },
    ("soc_code", "category"),
    ("onet_29_1",),
    "O*NET 29.1",
    "2024-11-30",
    "O*NET 29.1, surveys of several years.",
    required_education,
)
_ZONES = Recipe(
    "job_zones",
    "O*NET job zone of an occupation.",
    {
        "soc_code": "occupation, SOC 2018",
        "job_zone": "middle zone of its O*NET occupations, 1 little preparation to 5 extensive",
        "lowest": "lowest zone",
        "highest": "highest zone",
    },
    ("soc_code",),
    ("onet_29_1",),
    "O*NET 29.1",
    "2024-11-30",
    "O*NET 29.1.",
    job_zones,
    ("Some 93 O*NET occupations have no job zone.",),
)
_RELATED = Recipe(
    "related_occupations",
    "Pair of occupations that O*NET lists as related in its primary tiers.",
    {
        "soc_code": "occupation, SOC 2018",
        "related_soc_code": "related occupation, SOC 2018",
        "tier": "Primary-Short (closest) or Primary-Long",
        "rank": "1 is closest",
    },
    ("soc_code", "related_soc_code"),
    ("onet_29_1",),
    "O*NET 29.1",
    "2024-11-30",
    "O*NET 29.1.",
    related_occupations,
)
_TITLES = Recipe(
    "soc_titles",
    "Title of an occupation.",
    {
        "soc_code": "occupation, SOC 2018, with the combined codes of OEWS and the matrix",
        "soc_title": "its name",
        "occupation_group": "major or detailed",
    },
    ("soc_code",),
    ("oews_2025_national", "ep_2024_34", "cip_soc", "nem_crosswalk"),
    "SOC 2018",
    "2025-05-31",
    "SOC 2018.",
    soc_titles,
)
RECIPES = (_OEWS, _OCCUPATIONS, _NEM, _ATTAINMENT, _REQUIRED, _ZONES, _RELATED, _TITLES)
