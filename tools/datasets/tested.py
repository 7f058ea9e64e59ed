"""Publications that forecasts were tested on; none of them feeds a run, only the measured results do."""

from __future__ import annotations

from tools.datasets.publication import BLS, Publication

_QCEW = "https://www.bls.gov/cew/downloadable-data-files.htm"
_EP = "https://www.bls.gov/emp/data/occupational-data.htm"
_TESTS = "used for tests of forecasts only"

TESTED: dict[str, Publication] = {
    "qcew_ohio": Publication(
        BLS,
        "Quarterly Census of Employment and Wages, annual averages, two counties of Ohio",
        "2020 to 2023",
        "2023-12-31",
        _QCEW,
        ("official/qcew_api/oh_*_annual_*.csv.gz",),
        note=_TESTS,
    ),
    "qcew_maryland": Publication(
        "Maryland Department of Labor, from the Bureau of Labor Statistics",
        "Quarterly Census of Employment and Wages, jurisdictions by sector",
        "2011 to 2019",
        "2019-09-30",
        "https://opendata.maryland.gov/",
        ("benchmarks/qcew_md_quarterly.csv",),
        licence="state open data; figures of a federal program",
        note=f"re-encoded; {_TESTS}",
    ),
    "bea_states": Publication(
        "U.S. Bureau of Economic Analysis",
        "Total employment by industry (SAEMP25N), states and nation",
        "2009 to 2018",
        "2018-12-31",
        "https://www.bea.gov/data/economic-accounts/regional",
        ("tables/bea_state_employment_2009_2018.csv", "tables/bea_line_codes.csv"),
        note=f"re-encoded long; {_TESTS}",
    ),
    "ep_2019_29": Publication(
        BLS,
        "Employment Projections, occupations (web export)",
        "2019-29",
        "2019-12-31",
        _EP,
        ("official/ep/occupation_web_export_2019_29.csv",),
        note=_TESTS,
    ),
    "ep_2020_30": Publication(
        BLS,
        "Employment Projections, occupations (web export)",
        "2020-30",
        "2020-12-31",
        _EP,
        ("official/ep/occupation_web_export_2020_30.csv",),
        note=_TESTS,
    ),
    "oews_nc_2003_13": Publication(
        BLS,
        "Occupational Employment Statistics, North Carolina",
        "2000 to 2013",
        "2013-05-31",
        "https://www.bls.gov/oes/tables.htm",
        ("official/oews/state_nc_2000_2013.csv.gz",),
        note=f"re-encoded: rows of one state stacked; {_TESTS}",
    ),
    "oews_nc_2025": Publication(
        BLS,
        "Occupational Employment and Wage Statistics, North Carolina",
        "May 2025",
        "2025-05-31",
        "https://www.bls.gov/oes/tables.htm",
        ("tables/oews_nc_2025.csv",),
        note=f"re-encoded: detailed occupations, without relative errors; {_TESTS}",
    ),
    "soc_2010_2018": Publication(
        BLS,
        "Crosswalk from the 2010 to the 2018 Standard Occupational Classification",
        "2018",
        "2018-12-31",
        "https://www.bls.gov/soc/2018/crosswalks.htm",
        ("official/soc/soc_2010_to_2018_crosswalk.xlsx",),
        note=_TESTS,
    ),
}
