"""Instructional programs, institutions and the awards they confer."""

from __future__ import annotations

import pandera.pandas as pa

from connectors.tables.declaring import CIP, SOC, number, table, text, whole

_PROVISIONAL = pa.Column(
    "boolean",
    nullable=True,
    coerce=True,
    metadata={"unit": "true or false"},
    description="the agency's flag; null where the file does not say",
)

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
        "provisional": _PROVISIONAL,
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

ENROLLMENT = table(
    "enrollment_12month",
    "Students enrolled within twelve months (IPEDS EFFY), unduplicated: one row per institution, level and year.",
    {
        "unit_id": text("IPEDS UNITID", pattern=r"^\d{6}$"),
        "level_code": text("IPEDS EFFYALEV: 1 all students, 2 undergraduates, 12 graduates; others in the dictionary"),
        "year": whole("July to June ending in this year", "year"),
        "students": number("people", "people", null=False),
        "men": number("of these men", "people"),
        "women": number("of these women", "people"),
        "provisional": _PROVISIONAL,
    },
    ("unit_id", "level_code", "year"),
    ("Level codes nest: never add them.", "People, not full-time equivalents; non-credit students are not counted."),
)

OUTCOMES = table(
    "outcome_measures",
    "What became of entering students within eight years (IPEDS OM): one row per institution, cohort and year.",
    {
        "unit_id": text("IPEDS UNITID", pattern=r"^\d{6}$"),
        "cohort_code": text("IPEDS OMCHRT: 10 and 20 first-time full-time and part-time, 30 and 40 others, 50 all"),
        "year": whole("collection year; the cohort is followed to 31 August of the year", "year"),
        "entry_year": whole("the cohort entered from July of this year to June of the next", "year"),
        "cohort": number("students of the cohort, exclusions taken out", "people", null=False),
        "awards_4_years": number("with an award after four years", "people"),
        "awards_6_years": number("with an award after six years", "people"),
        "awards_8_years": number("with an award after eight years", "people"),
        "certificates_8_years": number("of these, a certificate as the highest award", "people"),
        "associates_8_years": number("of these, an associate's degree", "people"),
        "bachelors_8_years": number("of these, a bachelor's degree", "people"),
        "still_enrolled": number("without an award, still enrolled here after eight years", "people"),
        "enrolled_elsewhere": number("without an award, enrolled at another institution", "people"),
        "unknown": number("without an award, and nobody knows where", "people"),
        "provisional": _PROVISIONAL,
    },
    ("unit_id", "cohort_code", "year"),
    (
        "Cohorts with Pell grants (11, 12, 21 ...) are parts of those without: never add them.",
        "Unknown is not the same as dropped out.",
        "Whole institution: no outcome by program.",
    ),
)

IPEDS_VARIABLES = table(
    "ipeds_variables",
    "Variables of a file of IPEDS and the codes they take (its dictionary): one row per variable and code.",
    {
        "file": text("the data file, as C2024_A"),
        "release": text("release of the data file", isin=["provisional", "final", "not stated"]),
        "variable": text("its column"),
        "title": text("what it is"),
        "code": text("value of a categorical variable; null for a number", null=True),
        "meaning": text("what the value means", null=True),
    },
    ("file", "variable", "code"),
)
