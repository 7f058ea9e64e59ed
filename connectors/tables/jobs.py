"""Jobs by area and industry, and the classification of industries."""

from __future__ import annotations

from connectors.tables.declaring import FIPS5, flag, number, table, text, whole

QCEW = table(
    "qcew",
    "Employment covered by unemployment insurance: one row per area, ownership, industry and period.",
    {
        "area_fips": text("county (37063), state (37000), nation (US000) or metropolitan area (C2050)"),
        "own_code": text("0 all, 1 federal, 2 state, 3 local government, 5 private", pattern=r"^\d$"),
        "naics_code": text("industry as the agency writes it: 10 total, 31-33, 3254, 102 ..."),
        "agglvl_code": text("the agency's aggregation level"),
        "year": whole("year", "year"),
        "quarter": whole("1 to 4; null in annual files", "quarter", null=True),
        "establishments": number("establishments in the quarter (annual: average)", "establishments"),
        "employment_month1": number("jobs in the pay period with the 12th, month 1", "jobs"),
        "employment_month2": number("the same, month 2", "jobs"),
        "employment_month3": number("the same, month 3", "jobs"),
        "employment": number("month 3 in quarterly files, annual average in annual ones", "jobs"),
        "total_wages_usd": number("wages paid in the period", "dollars"),
        "avg_weekly_wage_usd": number("average weekly wage", "dollars a week"),
        "disclosed": flag("false where the agency suppressed the cell (code N): figures are then null"),
        "derived": flag("true where computed as this year minus the published change over the year"),
    },
    ("area_fips", "own_code", "naics_code", "agglvl_code", "year", "quarter"),
    (
        "Suppressed cells (disclosure code N) are unknown, never zero.",
        "The year before is derived only where both disclosure codes allow: where the over-the-year code is N the "
        "agency prints a change of 0 that must not be used.",
    ),
)

CBP = table(
    "cbp",
    "County Business Patterns: March employment, private sector, one row per county, industry and year.",
    {
        "county_fips": text("county", pattern=FIPS5),
        "naics_code": text("industry, 2 to 6 digits (NAICS 2017); blank code is the total 00"),
        "year": whole("year", "year"),
        "employment": number("jobs in the pay period with 12 March", "jobs"),
        "establishments": number("establishments", "establishments"),
        "annual_payroll_usd": number("payroll of the year", "dollars"),
        "suppressed": flag("true where employment is withheld (2017: employment and payroll both 0)"),
    },
    ("county_fips", "naics_code", "year"),
    (
        "Leaves out government, railroads, farms and private households.",
        "From 2018 cells under three establishments are absent and the rest carries noise.",
        "Classifies establishments differently from QCEW: never one series with it.",
    ),
)

INDUSTRY_EMPLOYMENT = table(
    "industry_employment",
    "History of industry employment by county of the labor shed: four-digit industries, one row per year (March).",
    {
        "county_fips": text("county", pattern=FIPS5),
        "own_code": text("1 federal, 2 state, 3 local government, 5 private", pattern=r"^\d$"),
        "naics_code": text("four-digit industry, NAICS 2017 (government: as published, 2 to 4 digits)"),
        "year": whole("year", "year"),
        "employment": number("jobs in March", "jobs"),
        "establishments": number("establishments", "establishments"),
        "status": text("what the figure is", isin=["published", "derived", "suppressed", "absent"]),
        "source": text("QCEW or CBP: two classifications, not one series", isin=["QCEW", "CBP"]),
    },
    ("county_fips", "own_code", "naics_code", "year", "source"),
    ("QCEW 2015-16 and CBP 2017-21 break between 2016 and 2017: model them apart or rescale.",),
)

AREA_TOTALS = table(
    "area_totals",
    "All-industry employment by ownership: one row per area, ownership and period.",
    {
        "area_fips": text("county, state (37000), nation (US000) or metropolitan area (C2050)"),
        "own_code": text("0 all, 1 federal, 2 state, 3 local government, 5 private", pattern=r"^\d$"),
        "year": whole("year", "year"),
        "quarter": whole("quarter", "quarter"),
        "employment": number("average of the quarter's three months", "jobs"),
        "establishments": number("establishments", "establishments"),
    },
    ("area_fips", "own_code", "year", "quarter"),
)

NAICS_TITLES = table(
    "naics_titles",
    "Titles of industries: one row per code.",
    {
        "naics_code": text("industry, 2 to 6 digits; sectors may be ranges (31-33)"),
        "naics_title": text("the industry's name"),
        "vintage": text("classification vintage"),
    },
    ("naics_code", "vintage"),
)

NAICS_INDEX = table(
    "naics_index",
    "The official index of activities: one row per entry.",
    {
        "naics_code": text("six-digit industry", pattern=r"^\d{6}$"),
        "entry": text("the activity's description"),
        "vintage": text("classification vintage"),
    },
    ("naics_code", "entry", "vintage"),
)

NAICS_CONCORDANCE = table(
    "naics_concordance",
    "Six-digit industries of one vintage to the next: one row per pair, without weights.",
    {
        "from_vintage": text("older vintage"),
        "from_code": text("six-digit industry of the older vintage", pattern=r"^\d{6}$"),
        "from_title": text("its name"),
        "to_vintage": text("newer vintage"),
        "to_code": text("six-digit industry of the newer vintage", pattern=r"^\d{6}$"),
        "to_title": text("its name"),
    },
    ("from_vintage", "from_code", "to_code"),
)

NAICS_DESCRIPTIONS = table(
    "naics_descriptions",
    "What an industry comprises: one row per code.",
    {
        "naics_code": text("industry, 2 to 6 digits; sectors may be ranges (31-33)"),
        "description": text("what it comprises"),
        "vintage": text("classification vintage"),
    },
    ("naics_code", "vintage"),
)

NAICS_CROSS_REFERENCES = table(
    "naics_cross_references",
    "What does not belong to an industry, and where it belongs: one row per code and sentence.",
    {
        "naics_code": text("industry, 5 or 6 digits, that does not comprise it"),
        "cross_reference": text("what does not belong, and the industry it belongs to"),
        "vintage": text("classification vintage"),
    },
    ("naics_code", "cross_reference", "vintage"),
)

NAICS_COUNTS = table(
    "naics_counts",
    "How many industries a sector has at each depth: one row per sector; the check of a complete list of titles.",
    {
        "sector_code": text("sector, as printed (31-33); Total for all"),
        "subsectors": whole("three-digit subsectors", "codes"),
        "industry_groups": whole("four-digit industry groups", "codes"),
        "naics_industries": whole("five-digit industries", "codes"),
        "national_industries": whole("six-digit industries", "codes"),
        "vintage": text("classification vintage"),
    },
    ("sector_code", "vintage"),
)
