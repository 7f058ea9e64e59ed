"""Publications of the Bureau of Labor Statistics on jobs: QCEW and OEWS."""

from __future__ import annotations

from tools.datasets.publication import BLS, Publication

_QCEW = "https://www.bls.gov/cew/downloadable-data-files.htm"
_QCEW_TITLE = "Quarterly Census of Employment and Wages"
_OEWS = "https://www.bls.gov/oes/tables.htm"
_OEWS_TITLE = "Occupational Employment and Wage Statistics"
QCEW_AREAS = ("37000", "37037", "37063", "37135", "37145", "37183", "C2050")

EMPLOYMENT: dict[str, Publication] = {
    "qcew_2016_areas": Publication(
        BLS,
        f"{_QCEW_TITLE}, by area",
        "2016",
        "2016-12-31",
        _QCEW,
        tuple(f"official/qcew/2016.q1-q4 {area} *.csv.gz" for area in QCEW_AREAS),
    ),
    "qcew_2016_counties": Publication(
        BLS,
        f"{_QCEW_TITLE}, counties by four-digit industry",
        "2016",
        "2016-12-31",
        _QCEW,
        ("benchmarks/qcew_us_2016_county_naics4.parquet",),
        note="re-encoded: private ownership, eight columns",
    ),
    "qcew_nc_annual": Publication(
        BLS,
        f"{_QCEW_TITLE}, annual averages, North Carolina",
        "2019 and 2020",
        "2020-12-31",
        _QCEW,
        ("official/qcew_api/2019_annual_37000.csv.gz", "official/qcew_api/2020_annual_37000.csv.gz"),
    ),
    "qcew_us_2024": Publication(
        BLS,
        f"{_QCEW_TITLE}, annual averages, United States",
        "2024",
        "2024-12-31",
        _QCEW,
        ("official/qcew_api/2024_annual_US000.csv.gz",),
    ),
    "qcew_2023q1_totals": Publication(
        BLS,
        f"{_QCEW_TITLE}, totals",
        "2023 Q1",
        "2023-03-31",
        _QCEW,
        ("tables/qcew_totals_2023q1.csv",),
        note="re-encoded: the mean of the quarter's three months, without disclosure codes",
    ),
    "qcew_georgia": Publication(
        BLS,
        f"{_QCEW_TITLE}, annual averages, counties of Georgia",
        "2015 to 2018",
        "2018-12-31",
        _QCEW,
        ("official/qcew_api/ga_2015_2018_annual_private.parquet",),
        note="re-encoded: years joined, private ownership; used for the sizes of forecast errors only",
    ),
    "oews_2025_national": Publication(
        BLS,
        f"{_OEWS_TITLE}, national",
        "May 2025",
        "2025-05-31",
        _OEWS,
        ("official/oews/national_M2025_dl.xlsx",),
    ),
    "oews_2025_areas": Publication(
        BLS,
        f"{_OEWS_TITLE}, metropolitan areas and states",
        "May 2025",
        "2025-05-31",
        _OEWS,
        ("tables/oews_all_metros_2025.parquet",),
        note="re-encoded: 779 of 830 detailed occupations ('all other' lines left out), without relative errors",
    ),
    "oews_2024_industry": Publication(
        BLS,
        f"{_OEWS_TITLE}, national by three-, five- and six-digit industry",
        "May 2024",
        "2024-05-31",
        _OEWS,
        ("official/oews/oews_nat3d_m2024_dl.csv", "official/oews/oews_nat5d_6d_m2024_dl.csv"),
        note="re-encoded: nine of 32 columns, total and detailed lines",
    ),
    "oews_2024_national": Publication(
        BLS, f"{_OEWS_TITLE}, national", "May 2024", "2024-05-31", _OEWS, ("official/oews/national_M2024_dl.xlsx",)
    ),
    "oews_2024_sector": Publication(
        BLS,
        f"{_OEWS_TITLE}, national by sector",
        "May 2024",
        "2024-05-31",
        _OEWS,
        ("official/oews/natsector_M2024_dl.xlsx",),
    ),
    "oews_2024_top_ten": Publication(
        BLS,
        f"{_OEWS_TITLE}, largest occupations of four-digit industries",
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
}
