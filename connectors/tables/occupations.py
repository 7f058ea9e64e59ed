"""Occupations: jobs and wages, projections, staffing, education."""

from __future__ import annotations

from connectors.tables.declaring import SOC, flag, number, share, table, text, whole

OEWS = table(
    "oews",
    "Occupational employment and wages: one row per area, industry, ownership and occupation.",
    {
        "area_code": text("99 nation, two-digit state, five-digit metropolitan area"),
        "area_title": text("the area's name", null=True),
        "naics_code": text("industry as the agency writes it; 000000 is all industries"),
        "naics_title": text("the industry's name", null=True),
        "own_code": text("the agency's ownership code or combination (5, 1235, 35 ...)", null=True),
        "soc_code": text("occupation, SOC 2018 (00-0000 is the total)", pattern=SOC),
        "soc_title": text("the occupation's name"),
        "occupation_group": text("total, major, minor, broad or detailed"),
        "year": whole("reference year (May)", "year"),
        "employment": number("jobs; null where the agency prints **", "jobs"),
        "employment_rse": number("relative standard error of employment", "share of 1"),
        "location_quotient": number("the area's share of the occupation over the nation's", "ratio"),
        "wage_mean_usd": number("mean annual wage", "dollars a year"),
        "wage_p10_usd": number("10th percentile of the annual wage", "dollars a year"),
        "wage_p25_usd": number("25th percentile", "dollars a year"),
        "wage_median_usd": number("median annual wage", "dollars a year"),
        "wage_p75_usd": number("75th percentile", "dollars a year"),
        "wage_p90_usd": number("90th percentile", "dollars a year"),
        "wage_top_coded": flag("true where a wage is at or above the agency's top code (#): the figure is null"),
    },
    ("area_code", "naics_code", "own_code", "soc_code", "occupation_group", "year"),
    (
        "Pools three years of the survey: not a time series.",
        "Leaves out farms, the self-employed and private households.",
        "** and * are unknown, never zero.",
        "Some occupations are printed twice, as broad and as detailed: filter occupation_group before adding.",
    ),
)

OCCUPATION_PROJECTIONS = table(
    "occupation_projections",
    "National occupational projections (EP table 1.2): one row per occupation.",
    {
        "soc_code": text("code of the National Employment Matrix", pattern=SOC),
        "soc_title": text("the occupation's name"),
        "occupation_type": text("Summary or Line item", isin=["Summary", "Line item"]),
        "base_year": whole("first year of the projection", "year"),
        "target_year": whole("last year of the projection", "year"),
        "employment_base": number("jobs in the base year", "jobs"),
        "employment_target": number("jobs in the target year", "jobs"),
        "self_employed_share": share("self-employed in the base year"),
        "openings": number("occupational openings, annual average", "openings a year"),
        "median_wage_usd": number("median annual wage", "dollars a year"),
        "entry_education": text("typical education needed for entry", null=True),
        "work_experience": text("work experience in a related occupation", null=True),
        "on_the_job_training": text("typical on-the-job training to attain competency", null=True),
    },
    ("soc_code", "base_year"),
    ("The matrix combines some occupations: join OEWS through the NEM crosswalk.",),
)

SEPARATIONS = table(
    "separations",
    "National separations (EP table 1.10): one row per occupation.",
    {
        "soc_code": text("code of the National Employment Matrix", pattern=SOC),
        "soc_title": text("the occupation's name"),
        "occupation_type": text("Summary or Line item", isin=["Summary", "Line item"]),
        "base_year": whole("first year of the projection", "year"),
        "target_year": whole("last year of the projection", "year"),
        "exit_rate": share("labor-force exits a year, of employment"),
        "transfer_rate": share("occupational transfers a year, of employment"),
        "exits": number("labor-force exits, annual average", "jobs a year"),
        "transfers": number("occupational transfers, annual average", "jobs a year"),
        "openings": number("occupational openings, annual average", "openings a year"),
    },
    ("soc_code", "base_year"),
    ("The separations method changed with 2016-26: never mix vintages across it.",),
)

ATTAINMENT = table(
    "attainment",
    "Educational attainment of workers aged 25 and over (EP table 5.3): one row per occupation.",
    {
        "soc_code": text("code of the National Employment Matrix", pattern=SOC),
        "soc_title": text("the occupation's name"),
        "year": whole("base year of the projections it was printed with", "year"),
        "less_than_high_school": share("less than a high school diploma"),
        "high_school": share("high school diploma or equivalent"),
        "some_college": share("some college, no degree"),
        "associate": share("associate's degree"),
        "bachelor": share("bachelor's degree"),
        "master": share("master's degree"),
        "doctoral": share("doctoral or professional degree"),
    },
    ("soc_code", "year"),
)

INDUSTRY_STAFFING = table(
    "industry_staffing",
    "National Employment Matrix by industry: one row per industry and occupation.",
    {
        "naics_code": text("industry the agency publishes"),
        "soc_code": text("code of the National Employment Matrix", pattern=SOC),
        "soc_title": text("the occupation's name"),
        "occupation_type": text("Summary or Line item", isin=["Summary", "Line item"]),
        "base_year": whole("first year of the projection", "year"),
        "target_year": whole("last year of the projection", "year"),
        "employment_base": number("jobs in the base year", "jobs"),
        "employment_target": number("jobs in the target year", "jobs"),
        "industry_share_base": share("share of the industry's jobs, base year"),
    },
    ("naics_code", "soc_code", "base_year"),
    ("Industries that the agency publishes combined are equal files: count once.",),
)

NEM_SOC = table(
    "nem_soc",
    "National Employment Matrix occupations to SOC 2018 and O*NET: one row per pair.",
    {
        "nem_code": text("code of the National Employment Matrix", pattern=SOC),
        "nem_title": text("the matrix occupation's name"),
        "soc_code": text("occupation, SOC 2018", pattern=SOC),
        "soc_title": text("the occupation's name", null=True),
        "onet_code": text("O*NET-SOC code, eight digits", null=True),
        "onet_title": text("the O*NET occupation's name", null=True),
    },
    ("nem_code", "soc_code", "onet_code"),
)

SOC_CONCORDANCE = table(
    "soc_concordance",
    "SOC 2010 to SOC 2018: one row per pair, without weights.",
    {
        "soc_2010_code": text("occupation, SOC 2010", pattern=SOC),
        "soc_2010_title": text("its name"),
        "soc_2018_code": text("occupation, SOC 2018", pattern=SOC),
        "soc_2018_title": text("its name"),
    },
    ("soc_2010_code", "soc_2018_code"),
)

JOB_ZONES = table(
    "job_zones",
    "O*NET job zones: one row per O*NET occupation.",
    {
        "onet_code": text("O*NET-SOC code, eight digits", pattern=r"^\d\d-\d{4}\.\d\d$"),
        "soc_code": text("its SOC 2018 code", pattern=SOC),
        "job_zone": whole("1 little preparation to 5 extensive", "zone", low=1),
    },
    ("onet_code",),
    ("Some 93 occupations have no job zone.",),
)

REQUIRED_EDUCATION = table(
    "required_education",
    "O*NET required level of education: one row per O*NET occupation and category.",
    {
        "onet_code": text("O*NET-SOC code, eight digits", pattern=r"^\d\d-\d{4}\.\d\d$"),
        "soc_code": text("its SOC 2018 code", pattern=SOC),
        "category": whole("1 less than high school to 12 post-doctoral", "category", low=1),
        "share": share("share of respondents", null=False),
        "respondents": number("respondents", "people"),
    },
    ("onet_code", "category"),
)

RELATED_OCCUPATIONS = table(
    "related_occupations",
    "O*NET related occupations: one row per ordered pair.",
    {
        "onet_code": text("O*NET-SOC code", pattern=r"^\d\d-\d{4}\.\d\d$"),
        "soc_code": text("its SOC 2018 code", pattern=SOC),
        "related_onet_code": text("related O*NET-SOC code", pattern=r"^\d\d-\d{4}\.\d\d$"),
        "related_soc_code": text("its SOC 2018 code", pattern=SOC),
        "tier": text("Primary-Short, Primary-Long or Supplemental"),
        "rank": whole("1 is closest", "rank", low=1),
    },
    ("onet_code", "related_onet_code"),
)

SOC_STRUCTURE = table(
    "soc_structure",
    "The Standard Occupational Classification 2018: one row per group or occupation.",
    {
        "soc_code": text("group or occupation", pattern=SOC),
        "soc_title": text("its name"),
        "soc_level": text("depth", isin=["major", "minor", "broad", "detailed"]),
        "parent_soc_code": text("the group it belongs to; null for a major group", null=True),
    },
    ("soc_code",),
)

NEM_INDUSTRIES = table(
    "nem_industries",
    "Industries of the National Employment Matrix (EP table 1.9): one row per industry and NAICS code it holds.",
    {
        "nem_industry_code": text("the matrix's own code: 541700, 3250A1, TE1000"),
        "nem_industry_title": text("the industry's name"),
        "industry_type": text("Summary or Line item", isin=["Summary", "Line item"]),
        "naics_code": text("NAICS code as printed, without padding; null where the industry has none", null=True),
        "base_year": whole("first year of the projection", "year"),
    },
    ("nem_industry_code", "naics_code", "base_year"),
    ("Industries that the agency combines hold several NAICS codes: their jobs must be counted once.",),
)

INDUSTRY_PROJECTIONS = table(
    "industry_projections",
    "National employment and output by industry (EP table 2.11): one row per industry.",
    {
        "industry_title": text("the industry's name"),
        "naics_code": text("NAICS code or codes as printed (3131, 3132); null for sums", null=True),
        "past_year": whole("year ten years before the base year", "year"),
        "base_year": whole("first year of the projection", "year"),
        "target_year": whole("last year of the projection", "year"),
        "employment_past": number("jobs in the past year", "jobs"),
        "employment_base": number("jobs in the base year", "jobs"),
        "employment_target": number("jobs in the target year", "jobs"),
        "output_base_usd": number("real output in the base year", "chained dollars"),
        "output_target_usd": number("real output in the target year", "chained dollars"),
    },
    ("industry_title", "naics_code", "base_year"),
    ("Sums and parts stand together: never add all rows.", "Wage and salary jobs except where the title says so."),
)

JOB_TITLES = table(
    "job_titles",
    "Job titles that people use (O*NET alternate and reported titles): one row per occupation and title.",
    {
        "onet_code": text("O*NET-SOC code, eight digits", pattern=r"^\d\d-\d{4}\.\d\d$"),
        "soc_code": text("its SOC 2018 code", pattern=SOC),
        "job_title": text("title"),
        "kind": text("where it comes from", isin=["alternate", "reported"]),
        "short_title": text("abbreviation, where there is one", null=True),
    },
    ("onet_code", "kind", "job_title", "short_title"),
    ("One title may belong to several occupations.",),
)

ONET_OCCUPATIONS = table(
    "onet_occupations",
    "O*NET occupations: one row per occupation.",
    {
        "onet_code": text("O*NET-SOC code, eight digits", pattern=r"^\d\d-\d{4}\.\d\d$"),
        "soc_code": text("its SOC 2018 code", pattern=SOC),
        "onet_title": text("the occupation's name"),
        "description": text("what its people do"),
    },
    ("onet_code",),
)

EDUCATION_CATEGORIES = table(
    "education_categories",
    "Meaning of O*NET's categories of education, training and experience: one row per scale and category.",
    {
        "scale_id": text("RL required level of education, RW related work experience, PT and OJ training"),
        "category": whole("number of the category", "category", low=1),
        "meaning": text("what it means"),
    },
    ("scale_id", "category"),
)

JOB_ZONE_MEANINGS = table(
    "job_zone_meanings",
    "Meaning of O*NET's job zones: one row per zone.",
    {
        "job_zone": whole("1 little preparation to 5 extensive", "zone", low=1),
        "zone_title": text("its name"),
        "experience": text("experience that its occupations ask for"),
        "education": text("education that they ask for"),
        "training": text("training that they give"),
        "svp_range": text("range of specific vocational preparation"),
    },
    ("job_zone",),
)

ONET_RELEASE = table(
    "onet_release",
    "Which release of the O*NET database the files are: one row.",
    {
        "version": text("version", pattern=r"^\d+\.\d+$"),
        "released": text("month and year as printed"),
        "attribution": text("what everything built from it must print"),
    },
    ("version",),
)
