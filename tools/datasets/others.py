"""Publications of the Census Bureau, the Bureau of Economic Analysis, NCES and the state; typed samples."""

from __future__ import annotations

from tools.datasets.publication import CENSUS, NCES, Publication

_IPEDS = "https://nces.ed.gov/ipeds/datacenter/DataFiles.aspx"
_COLLEGES = "Integrated Postsecondary Education Data System"
_NAICS = "https://www.census.gov/naics/"

OTHERS: dict[str, Publication] = {
    "bea_compensation": Publication(
        "U.S. Bureau of Economic Analysis",
        "Compensation of employees by industry (CAINC6N), seven counties",
        "2001 to 2018",
        "2018-12-31",
        "https://www.bea.gov/data/economic-accounts/regional",
        ("tables/bea_nc_compensation_durham_2001_2018.csv",),
        note="re-encoded long; used for the sizes of forecast errors only",
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
    "naics": Publication(
        CENSUS,
        "North American Industry Classification System, titles, index and concordances",
        "2022, with 2012 to 2017 and 2017 to 2022",
        "2022-12-31",
        _NAICS,
        (
            "official/naics/2-6 digit_2022_Codes.xlsx",
            "official/naics/2022_NAICS_Index_File.xlsx",
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
