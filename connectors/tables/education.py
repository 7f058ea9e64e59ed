"""Instructional programs, institutions and the awards they confer."""

from __future__ import annotations

import pandera.pandas as pa

from connectors.tables.declaring import CIP, SOC, number, table, text, whole

CIP_SOC = table(
    "cip_soc",
    "The official crosswalk from instructional programs to occupations: one row per pair.",
    {
        "cip_code": text("program, CIP 2020", pattern=r"^\d\d\.\d{4}$"),
        "cip_title": text("the program's name"),
        "soc_code": text("occupation, SOC 2018; 99-9999 means no match", pattern=SOC),
        "soc_title": text("the occupation's name"),
    },
    ("cip_code", "soc_code"),
    ("Many-to-many and without weights; education levels are not considered.",),
)

CIP_TITLES = table(
    "cip_titles",
    "Titles of instructional programs: one row per code.",
    {
        "cip_code": text("program, CIP 2020, 2, 4 or 6 digits", pattern=CIP),
        "cip_title": text("the program's name"),
        "vintage": text("classification vintage"),
    },
    ("cip_code", "vintage"),
)

INSTITUTIONS = table(
    "institutions",
    "Postsecondary institutions (IPEDS HD): one row per institution and year.",
    {
        "unit_id": text("IPEDS UNITID", pattern=r"^\d{6}$"),
        "name": text("the institution's name"),
        "city": text("city", null=True),
        "state": text("postal code of the state", null=True),
        "county_fips": text("county", null=True),
        "sector_code": text("IPEDS sector: 1 public four-year, 4 public two-year ...", null=True),
        "control_code": text("1 public, 2 private not-for-profit, 3 private for-profit", null=True),
        "level_code": text("1 four or more years, 2 two to four years, 3 less than two years", null=True),
        "year": whole("directory year", "year"),
    },
    ("unit_id", "year"),
)

COMPLETIONS = table(
    "completions",
    "Awards conferred (IPEDS Completions A): one row per institution, program, award level, major and year.",
    {
        "unit_id": text("IPEDS UNITID", pattern=r"^\d{6}$"),
        "cip_code": text("program, CIP 2020, six digits", pattern=r"^\d\d\.\d{4}$"),
        "award_level_code": text("IPEDS AWLEVEL: 20, 21 under a year, 2 one to two years, 3 associate's ..."),
        "major_number": text("1 first major, 2 second major", isin=["1", "2"]),
        "year": whole("awards from July to June ending in this year", "year"),
        "awards": number("awards conferred", "awards", null=False),
        "awards_men": number("of these to men", "awards"),
        "awards_women": number("of these to women", "awards"),
        "provisional": pa.Column(
            "boolean",
            nullable=True,
            coerce=True,
            metadata={"unit": "true or false"},
            description="the agency's flag; null where the file does not say",
        ),
    },
    ("unit_id", "cip_code", "award_level_code", "major_number", "year"),
    (
        "Counts awards, not people: short certificates stack.",
        "The institution total (CIPCODE 99) is dropped on reading: it would count every award twice.",
        "Non-credit programs are not in IPEDS.",
    ),
)

COMPLETERS = table(
    "completers",
    "People with at least one award (IPEDS C_C), unduplicated: one row per institution, level category and year.",
    {
        "unit_id": text("IPEDS UNITID", pattern=r"^\d{6}$"),
        "award_level_category": text("IPEDS AWLEVELC"),
        "year": whole("awards from July to June ending in this year", "year"),
        "completers": number("people", "people", null=False),
    },
    ("unit_id", "award_level_category", "year"),
)
