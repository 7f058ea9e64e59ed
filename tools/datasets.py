"""Publications that the snapshot is built from: agency, edition, address, licence, files, and what was re-encoded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

PUBLIC = "public domain (work of the United States government)"
ONET_LICENCE = "CC BY 4.0"
ONET_ATTRIBUTION = (
    "This product includes information from the O*NET 29.1 Database by the U.S. Department of Labor, Employment and "
    "Training Administration (USDOL/ETA). Used under the CC BY 4.0 license. O*NET is a trademark of USDOL/ETA."
)
BLS = "U.S. Bureau of Labor Statistics"
CENSUS = "U.S. Census Bureau"
NCES = "National Center for Education Statistics"
ETA = "U.S. Department of Labor, Employment and Training Administration"

_QCEW = "https://www.bls.gov/cew/downloadable-data-files.htm"
_OEWS = "https://www.bls.gov/oes/tables.htm"
_EP = "https://www.bls.gov/emp/data/occupational-data.htm"
_IPEDS = "https://nces.ed.gov/ipeds/datacenter/DataFiles.aspx"
_NAICS = "https://www.census.gov/naics/"


@dataclass(frozen=True)
class Publication:
    """One publication.

    Attributes:
        agency: who publishes it.
        title: the data set's name.
        vintage: which edition.
        covers_until: last day its newest figure describes (year-month-day).
        address: the agency's own page.
        files: patterns below the data folder, each of which must match at least one file.
        licence: terms of use.
        note: what differs from the agency's own file; empty where byte for byte the agency's.
    """

    agency: str
    title: str
    vintage: str
    covers_until: str
    address: str
    files: tuple[str, ...]
    licence: str = PUBLIC
    note: str = ""


QCEW_AREAS = ("37000", "37037", "37063", "37135", "37145", "37183", "C2050")
_COLLEGES = "integrated postsecondary education data system"

DATASETS: Mapping[str, Publication] = {
    "qcew_2016_areas": Publication(
        BLS,
        "Quarterly Census of Employment and Wages, by area",
        "2016",
        "2016-12-31",
        _QCEW,
        tuple(f"official/qcew/2016.q1-q4 {area} *.csv.gz" for area in QCEW_AREAS),
    ),
    "qcew_2016_counties": Publication(
        BLS,
        "Quarterly Census of Employment and Wages, counties by four-digit industry",
        "2016",
        "2016-12-31",
        _QCEW,
        ("benchmarks/qcew_us_2016_county_naics4.parquet",),
        note="re-encoded: private ownership, eight columns",
    ),
    "qcew_nc_annual": Publication(
        BLS,
        "Quarterly Census of Employment and Wages, annual averages, North Carolina",
        "2019 and 2020",
        "2020-12-31",
        _QCEW,
        ("official/qcew_api/2019_annual_37000.csv.gz", "official/qcew_api/2020_annual_37000.csv.gz"),
    ),
    "qcew_us_2024": Publication(
        BLS,
        "Quarterly Census of Employment and Wages, annual averages, United States",
        "2024",
        "2024-12-31",
        _QCEW,
        ("official/qcew_api/2024_annual_US000.csv.gz",),
    ),
    "qcew_2023q1_totals": Publication(
        BLS,
        "Quarterly Census of Employment and Wages, totals",
        "2023 Q1",
        "2023-03-31",
        _QCEW,
        ("tables/qcew_totals_2023q1.csv",),
        note="re-encoded: the mean of the quarter's three months, without disclosure codes",
    ),
    "qcew_georgia": Publication(
        BLS,
        "Quarterly Census of Employment and Wages, annual averages, counties of Georgia",
        "2015 to 2018",
        "2018-12-31",
        _QCEW,
        ("official/qcew_api/ga_2015_2018_annual_private.parquet",),
        note="re-encoded: years joined, private ownership; used for the sizes of forecast errors only",
    ),
    "bea_compensation": Publication(
        "U.S. Bureau of Economic Analysis",
        "Compensation of employees by industry (CAINC6N), seven counties",
        "2001 to 2018",
        "2018-12-31",
        "https://www.bea.gov/data/economic-accounts/regional",
        ("tables/bea_nc_compensation_durham_2001_2018.csv",),
        note="re-encoded long; used for the sizes of forecast errors only",
    ),
    "ep_2016_26": Publication(
        BLS,
        "Employment Projections, occupations (table 1.2)",
        "2016-26",
        "2016-12-31",
        _EP,
        ("official/ep/occupation_2016_26.xlsx",),
    ),
    "cbp_nc": Publication(
        CENSUS,
        "County Business Patterns",
        "2017 to 2021",
        "2021-03-12",
        "https://www.census.gov/programs-surveys/cbp/data/datasets.html",
        ("official/cbp/cbp_nc_counties_naics4_*.csv",),
        note="re-encoded: one wide file a year, four-digit industries, without noise flags",
    ),
    "oews_2025_national": Publication(
        BLS,
        "Occupational Employment and Wage Statistics, national",
        "May 2025",
        "2025-05-31",
        _OEWS,
        ("official/oews/national_M2025_dl.xlsx",),
    ),
    "oews_2025_areas": Publication(
        BLS,
        "Occupational Employment and Wage Statistics, metropolitan areas and states",
        "May 2025",
        "2025-05-31",
        _OEWS,
        ("tables/oews_all_metros_2025.parquet",),
        note="re-encoded: 779 of 830 detailed occupations ('all other' lines left out), without relative errors",
    ),
    "oews_2024_industry": Publication(
        BLS,
        "Occupational Employment and Wage Statistics, national by three-, five- and six-digit industry",
        "May 2024",
        "2024-05-31",
        _OEWS,
        ("official/oews/oews_nat3d_m2024_dl.csv", "official/oews/oews_nat5d_6d_m2024_dl.csv"),
        note="re-encoded: nine of 32 columns, total and detailed lines",
    ),
    "oews_2024_sector": Publication(
        BLS,
        "Occupational Employment and Wage Statistics, national by sector",
        "May 2024",
        "2024-05-31",
        _OEWS,
        ("official/oews/natsector_M2024_dl.xlsx",),
    ),
    "oews_2024_top_ten": Publication(
        BLS,
        "Occupational Employment and Wage Statistics, largest occupations of four-digit industries",
        "May 2024",
        "2024-05-31",
        _OEWS,
        ("tables/oews_role_mix_top10_naics4_2024.csv",),
        note="re-encoded: shares of the ten largest occupations of 214 four-digit industries",
    ),
    "oews_2019_owner": Publication(
        BLS,
        "Occupational Employment Statistics, schools and hospitals by ownership",
        "May 2019",
        "2019-05-31",
        _OEWS,
        ("official/oews/nat4d_M2019_owner_dl.xlsx",),
    ),
    "ep_2024_34": Publication(
        BLS,
        "Employment Projections, occupations (tables 1.2 and 1.10)",
        "2024-34",
        "2024-12-31",
        _EP,
        ("official/ep/occupation_2024_34.xlsx",),
    ),
    "ep_2022_32": Publication(
        BLS,
        "Employment Projections, educational attainment (table 5.3)",
        "2022-32",
        "2022-12-31",
        _EP,
        ("official/ep/occupation_2022_32.xlsx",),
        note="tables 5.3 and 5.4 were appended to the workbook of occupations by a third party",
    ),
    "nem_2024_34": Publication(
        BLS,
        "National Employment Matrix by industry",
        "2024-34",
        "2024-12-31",
        "https://www.bls.gov/emp/tables/industry-occupation-matrix-industry.htm",
        ("official/nem/us_staffing_*.csv",),
        note="two columns added (naics_code, source_url); 38 files of some 300 industries",
    ),
    "nem_crosswalk": Publication(
        BLS,
        "National Employment Matrix and O*NET-SOC crosswalk",
        "September 2023",
        "2023-09-06",
        "https://www.bls.gov/emp/documentation/crosswalks.htm",
        ("official/ep/nem-onet-to-soc-crosswalk.xlsx",),
    ),
    "onet_29_1": Publication(
        ETA,
        "O*NET Database",
        "29.1 (November 2024)",
        "2024-11-30",
        "https://www.onetcenter.org/db_releases.html",
        (
            "official/onet/Job Zones.txt",
            "official/onet/Education, Training, and Experience.txt",
            "official/onet/Related Occupations.txt",
        ),
        licence=ONET_LICENCE,
    ),
    "cip_soc": Publication(
        NCES,
        "CIP 2020 to SOC 2018 crosswalk",
        "2020",
        "2020-12-31",
        "https://nces.ed.gov/ipeds/cipcode/post3.aspx?y=56",
        ("official/cip_soc/CIP2020_SOC2018_Crosswalk.xlsx",),
    ),
    "cip_2020": Publication(
        NCES,
        "Classification of Instructional Programs",
        "2020",
        "2020-12-31",
        "https://nces.ed.gov/ipeds/cipcode/",
        ("official/cip2020/CIPCode2020.csv",),
    ),
    "naics": Publication(
        CENSUS,
        "North American Industry Classification System, titles and concordances",
        "2022, with 2012 to 2017 and 2017 to 2022",
        "2022-12-31",
        _NAICS,
        (
            "official/naics/2-6 digit_2022_Codes.xlsx",
            "official/naics/2012_to_2017_NAICS.csv",
            "official/naics/2017_to_2022_NAICS.csv",
        ),
    ),
    "ipeds_directory": Publication(
        NCES, f"Institutional directory, {_COLLEGES}", "2024", "2024-12-31", _IPEDS, ("official/ipeds/hd2024.csv.gz",)
    ),
    "ipeds_completions": Publication(
        NCES,
        f"Completions A, {_COLLEGES}",
        "2020 to 2024",
        "2024-06-30",
        _IPEDS,
        ("official/ipeds/c20*_a.parquet",),
        note="re-encoded: first majors, seven columns; provisional or revised is not stated",
    ),
    "ipeds_completers": Publication(
        NCES, f"Completions C, {_COLLEGES}", "2024", "2024-06-30", _IPEDS, ("official/ipeds/c2024_c.csv.gz",)
    ),
    "announcements": Publication(
        "Releases and news items, each row with its address",
        "Announced projects in North Carolina",
        "2008 to April 2026, a sample",
        "2026-04-22",
        "https://www.commerce.nc.gov/news/press-releases",
        ("tables/announcements_ledger_design.csv", "tables/announcement_outcomes.csv"),
        licence="facts only; no text of a release or article is included",
        note="typed from the cited pages by one reader, not double-coded; some outcomes are inferences",
    ),
    "warn_nc": Publication(
        "North Carolina Department of Commerce",
        "Worker Adjustment and Retraining Notification notices",
        "months of 2012 to February 2026, a sample",
        "2026-02-11",
        "https://www.commerce.nc.gov/data-tools-reports/labor-market-data-tools/workforce-warn-reports",
        ("tables/nc_warn_sample.csv",),
        licence="public records; facts only",
        note="typed from a third party's pages of the state's filings (each row with its address)",
    ),
}
