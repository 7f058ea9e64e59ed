"""Publications on occupations and the programs that lead to them: projections, matrix, O*NET, crosswalks."""

from __future__ import annotations

from tools.datasets.publication import BLS, ETA, NCES, ONET_LICENCE, Publication

_EP = "https://www.bls.gov/emp/data/occupational-data.htm"

OCCUPATIONS: dict[str, Publication] = {
    "ep_2016_26": Publication(
        BLS,
        "Employment Projections, occupations (table 1.2)",
        "2016-26",
        "2016-12-31",
        _EP,
        ("official/ep/occupation_2016_26.xlsx",),
    ),
    "ep_2020_30_industry": Publication(
        BLS,
        "Employment Projections, industries (table 2.11)",
        "2020-30",
        "2020-12-31",
        "https://www.bls.gov/emp/data/industry-out-and-emp.htm",
        ("official/ep/industry_2020_30.xlsx",),
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
}
