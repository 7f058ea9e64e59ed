"""Tables of industry employment: counties of the labor shed, state and nation, government, totals."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd

from gapengine.composing.industry import annual, government, in_one_vintage, private_march, totals
from tools.converters import cbp_wide, qcew_county_parquet, qcew_totals
from tools.datasets import QCEW_AREAS
from tools.official import qcew_annual, qcew_area, qcew_area_2015
from tools.recipe import COUNTIES, Recipe
from tools.recipes import bridges

_BY_AREA = [county for county in COUNTIES if county in QCEW_AREAS]
_AREAS = [*COUNTIES, "C2050", "C3958", "37000", "US000"]
_SOURCE = {"source": "QCEW or CBP: two classifications of establishments, never one series"}


@cache
def cbp_counties(data: Path) -> pd.DataFrame:
    """Every county of the state, 2017-21."""
    return pd.concat([cbp_wide.read(path) for path in sorted(data.glob("official/cbp/cbp_nc_counties_naics4_*.csv"))])


@cache
def qcew_private(data: Path) -> pd.DataFrame:
    """March 2015 and 2016 of the shed's counties by four-digit industry as published (NAICS 2012)."""
    now = qcew_county_parquet.read(data / "benchmarks/qcew_us_2016_county_naics4.parquet", list(COUNTIES))
    return private_march(now, pd.concat([qcew_area_2015(data, county) for county in _BY_AREA]))


def industry_employment(data: Path) -> pd.DataFrame:
    """QCEW moved to NAICS 2017, and CBP with the cells that come and go."""
    summed = in_one_vintage(qcew_private(data), bridges.single_homes(data, "2012", "2017"))
    cbp = cbp_counties(data)
    cbp = cbp[cbp["county_fips"].isin(COUNTIES)].rename(columns={"county_fips": "area_fips"})
    cells = cbp[["area_fips", "naics_code"]].drop_duplicates()
    full = cells.merge(pd.DataFrame({"year": range(2017, 2022)}), how="cross")
    cbp = full.merge(cbp, how="left", on=["area_fips", "naics_code", "year"])
    known = cbp["suppressed"].map({True: "suppressed", False: "published"})
    cbp["status"] = known.where(known.notna(), "absent")
    both = pd.concat([summed.assign(source="QCEW"), cbp.assign(source="CBP")])
    both = both.rename(columns={"area_fips": "county_fips"}).assign(own_code="5")
    return both[[*_INDUSTRY.columns]]


def state_industry_employment(data: Path) -> pd.DataFrame:
    """Sums of CBP over the counties, and the annual QCEW files of state and nation."""
    cbp = cbp_counties(data)
    cbp = cbp[cbp["year"] >= 2018].groupby(["naics_code", "year"], as_index=False).agg(employment=("employment", "sum"))
    parts = [cbp.assign(area_fips="37000", source="CBP", naics_vintage="2017")]
    for name, vintage in (("2019_annual_37000", "2017"), ("2020_annual_37000", "2017"), ("2024_annual_US000", "2022")):
        parts.append(annual(qcew_annual(data, name), vintage))
    return pd.concat(parts)[[*_STATE.columns]]


def government_employment(data: Path) -> pd.DataFrame:
    """Public owners in 2016 Q1 as printed, at four levels; counties without a file have their totals of 2023 Q1."""
    rows = pd.concat([government(qcew_area(data, county)) for county in _BY_AREA])
    later = _totals_2023(data)
    later = later[later["area_fips"].isin(set(COUNTIES) - set(_BY_AREA)) & later["own_code"].isin(["1", "2", "3"])]
    later = later.rename(columns={"area_fips": "county_fips"})
    both = pd.concat([rows, later.assign(naics_code="10", level="total", status="published")])
    return both[[*_GOVERNMENT.columns]]


def _totals_2023(data: Path) -> pd.DataFrame:
    return qcew_totals.read(data / "tables/qcew_totals_2023q1.csv", _AREAS)


def area_totals(data: Path) -> pd.DataFrame:
    """All industries by ownership: 2023 Q1 of every area, 2016 Q1 where there is a file."""
    parts = [_totals_2023(data), *(totals(qcew_area(data, area)) for area in QCEW_AREAS)]
    return pd.concat(parts)[[*_TOTALS.columns]]


_INDUSTRY = Recipe(
    "industry_employment",
    "Private jobs in March by county of the labor shed and four-digit industry (NAICS 2017).",
    {
        "county_fips": "county",
        "own_code": "5 private",
        "naics_code": "four-digit industry, NAICS 2017; 9999 unclassified (QCEW)",
        "year": "year",
        "employment": "jobs in the pay period with 12 March; null where suppressed or absent",
        "establishments": "establishments",
        "status": "published, derived (2015), suppressed, or absent (CBP prints nothing under three establishments)",
        **_SOURCE,
    },
    ("county_fips", "naics_code", "year", "source"),
    ("qcew_2016_counties", "qcew_2016_areas", "cbp_nc", "naics"),
    "QCEW 2015-16, CBP 2017-21",
    "2021-03-12",
    "Industry history ends in March 2021.",
    industry_employment,
    (
        "QCEW 2015-16 and CBP 2017-21 assign establishments differently and break between 2016 and 2017: model them "
        "apart or rescale.",
        "2015 is 2016 less the published change, where both disclosure codes allow; Johnston and Franklin have none.",
        "CBP is noise-infused from 2018, and a county-industry with one or two establishments is absent.",
        "CBP leaves out government, railroads, farms and private households.",
    ),
)
_STATE = Recipe(
    "state_industry_employment",
    "Private jobs of North Carolina and of the nation by four-digit industry.",
    {
        "area_fips": "37000 North Carolina, US000 United States",
        "naics_code": "four-digit industry",
        "naics_vintage": "vintage of the industry code",
        "year": "year",
        "employment": "jobs: March (CBP) or annual average (QCEW)",
        "source": "CBP, summed over the counties, or QCEW annual: never one series",
    },
    ("area_fips", "source", "year", "naics_code"),
    ("cbp_nc", "qcew_nc_annual", "qcew_us_2024"),
    "CBP 2018-21, QCEW 2019-20 (state) and 2024 (nation)",
    "2024-12-31",
    "North Carolina March 2018 to March 2021 and 2019-20; United States 2024.",
    state_industry_employment,
    ("The sums over counties leave out cells under three establishments, so they lie below the state's own figure.",),
)
_GOVERNMENT = Recipe(
    "government_employment",
    "Government jobs by county, owner and industry as printed; levels nest, so add one level only.",
    {
        "county_fips": "county",
        "own_code": "1 federal, 2 state, 3 local government",
        "naics_code": "industry, NAICS 2012: 10 total, sectors, three and four digits",
        "level": "total, sector, three digits or four digits",
        "year": "year",
        "quarter": "quarter",
        "employment": "jobs in March (2023: mean of the quarter's months); null where suppressed",
        "establishments": "establishments",
        "status": "published or suppressed",
    },
    ("county_fips", "own_code", "year", "level", "naics_code"),
    ("qcew_2016_areas", "qcew_2023q1_totals"),
    "QCEW 2016 Q1 (two counties: 2023 Q1)",
    "2016-03-31",
    "Detail of 2016 Q1; Johnston and Franklin have totals of 2023 Q1 only.",
    government_employment,
    ("Most detail of government is suppressed.",),
)
_TOTALS = Recipe(
    "area_totals",
    "Covered jobs of all industries by area and ownership.",
    {
        "area_fips": "county, metropolitan area (C2050 Durham-Chapel Hill, C3958 Raleigh-Cary), 37000 or US000",
        "own_code": "0 all, 1 federal, 2 state, 3 local government, 5 private",
        "year": "year",
        "quarter": "quarter",
        "employment": "jobs, mean of the quarter's three months",
        "establishments": "establishments",
    },
    ("area_fips", "own_code", "year", "quarter"),
    ("qcew_2016_areas", "qcew_2023q1_totals"),
    "QCEW 2016 Q1 and 2023 Q1",
    "2023-03-31",
    "2023 Q1, with 2016 Q1 where there is a file (not Johnston, Franklin, C3958 and US000).",
    area_totals,
)
RECIPES = (_INDUSTRY, _STATE, _GOVERNMENT, _TOTALS)
