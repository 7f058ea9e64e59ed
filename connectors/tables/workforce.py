"""Workers by place: monthly jobs and unemployment, hires, commuting, and jobs of all kinds by county."""

from __future__ import annotations

from connectors.tables.declaring import FIPS5, flag, number, share, table, text, whole

AREA_TYPES = ["state", "metropolitan area", "county"]

LABOR_FORCE = table(
    "labor_force",
    "Residents at work and looking for work (Local Area Unemployment Statistics): one row per area and month.",
    {
        "area_code": text("two-digit state, five-digit metropolitan area or five-digit county, as area_type says"),
        "area_type": text("what area_code names", isin=AREA_TYPES),
        "seasonally_adjusted": flag("true where the agency took the season out"),
        "year": whole("year", "year"),
        "month": whole("1 to 12", "month", low=1),
        "labor_force": number("residents at work or looking for work", "people"),
        "employed": number("residents at work", "people"),
        "unemployed": number("residents looking for work", "people"),
        "unemployment_rate": share("unemployed over labor force"),
        "preliminary": flag("true where a figure of the month is marked preliminary (P)"),
    },
    ("area_code", "area_type", "seasonally_adjusted", "year", "month"),
    ("Counts residents, not jobs: never compare with jobs at workplaces.", "All figures are model estimates."),
)

MONTHLY_JOBS = table(
    "monthly_jobs",
    "Jobs on payrolls (Current Employment Statistics, State and Area): one row per area, industry and month.",
    {
        "area_code": text("two-digit state or five-digit metropolitan area, as area_type says"),
        "area_type": text("what area_code names", isin=AREA_TYPES),
        "ces_industry_code": text(
            "eight digits of the survey: 00000000 total nonfarm, 05000000 private", pattern=r"^\d{8}$"
        ),
        "seasonally_adjusted": flag("true where the agency took the season out"),
        "year": whole("year", "year"),
        "month": whole("1 to 12", "month", low=1),
        "jobs": number("jobs in the pay period with the 12th (printed in thousands)", "jobs"),
        "preliminary": flag("true where the figure is marked preliminary (P)"),
    },
    ("area_code", "area_type", "ces_industry_code", "seasonally_adjusted", "year", "month"),
    (
        "A sample of establishments, set to QCEW once a year: the months since then are estimates.",
        "No farms, no self-employed.",
    ),
)

WORKFORCE_INDICATORS = table(
    "workforce_indicators",
    "Hires, separations and earnings (Quarterly Workforce Indicators): one row per county, industry and quarter.",
    {
        "county_fips": text("county of the workplace", pattern=FIPS5),
        "own_code": text("0 all, 5 private", isin=["0", "5"]),
        "naics_code": text("industry, 2 to 4 digits; 00 is all"),
        "year": whole("year", "year"),
        "quarter": whole("1 to 4", "quarter", low=1),
        "employment": number("jobs held on the first day of the quarter", "jobs"),
        "hires": number("workers who started a job in the quarter", "people"),
        "separations": number("workers whose job ended in the quarter", "people"),
        "stable_earnings_usd": number(
            "average monthly earnings of those who worked the whole quarter", "dollars a month"
        ),
        "distorted": flag("true where the agency marks a figure as significantly distorted by its protection (9)"),
    },
    ("county_fips", "own_code", "naics_code", "year", "quarter"),
    (
        "Figures carry noise to protect employers; suppressed ones (status 5) are unknown, never zero.",
        "Hires and separations count job changes in the quarter, not openings: seasonal work repeats.",
    ),
)

COMMUTING = table(
    "commuting",
    "Jobs by county of home and county of work (LODES origin-destination): one row per pair and year.",
    {
        "home_county_fips": text("county of residence", pattern=FIPS5),
        "work_county_fips": text("county of the workplace", pattern=FIPS5),
        "job_type": text("JT00 all jobs, JT01 primary jobs ...", pattern=r"^JT\d\d$"),
        "part": text("main: both in the state; aux: home in another state", isin=["main", "aux"]),
        "year": whole("year", "year"),
        "jobs": number("jobs on 1 April", "jobs", null=False),
    },
    ("home_county_fips", "work_county_fips", "job_type", "part", "year"),
    (
        "A job is placed where its employer says; some employers report all workers at one site.",
        "Protected by synthesis at the home end: small flows are noisy, sums of counties hold.",
    ),
)

SHED_WEIGHTS = table(
    "shed_weights",
    "How much of a county belongs to a core area, by commuting: one row per county and year.",
    {
        "county_fips": text("county", pattern=FIPS5),
        "year": whole("year", "year"),
        "jobs": number("jobs in the county", "jobs", null=False),
        "jobs_held_from_core": number("of these, held by residents of the core area", "jobs", null=False),
        "jobs_weight": share("jobs_held_from_core over jobs: the share of its openings the core area's people fill"),
        "workers": number("jobs held by residents of the county, at workplaces in the state", "jobs", null=False),
        "workers_in_core": number("of these, in the core area", "jobs", null=False),
        "workers_weight": share("workers_in_core over workers: the share of its people who work in the core area"),
    },
    ("county_fips", "year"),
    (
        "Residents who work in another state are not in the state's files: workers leaves them out.",
        "Today's commuting, not what would happen if one county had more openings.",
    ),
)

BEA_EMPLOYMENT = table(
    "bea_employment",
    "Jobs of all kinds, proprietors included (BEA CAEMP25N): one row per area, line and year.",
    {
        "area_fips": text("county, state (37000) or nation (00000)", pattern=FIPS5),
        "area_title": text("the area's name"),
        "line_code": text("line of the table: 10 total, 70 farm proprietors, 90 private nonfarm ..."),
        "naics_code": text("industry as the agency writes it; null for sums of several", null=True),
        "description": text("what the line is"),
        "year": whole("year", "year"),
        "jobs": number("full-time and part-time jobs; null where withheld (D) or not available (NA)", "jobs"),
        "withheld": flag("true where the agency withholds the figure (D)"),
    },
    ("area_fips", "line_code", "year"),
    (
        "Lines nest: never add all of them.",
        "Counts the self-employed and farms, which QCEW leaves out: a level check, not one series with it.",
        "The agency ended the table with 2022.",
    ),
)

BEA_COMPENSATION = table(
    "bea_compensation",
    "Compensation of employees by industry (BEA CAINC6N): one row per area, line and year.",
    {
        "area_fips": text("county, state (37000) or nation (00000)", pattern=FIPS5),
        "area_title": text("the area's name"),
        "line_code": text("line of the table: 1 total, 5 wages and salaries ..."),
        "naics_code": text("industry as the agency writes it; null for sums of several", null=True),
        "description": text("what the line is"),
        "year": whole("year", "year"),
        "compensation_usd": number("printed in thousands; line 9 is dollars per job", "dollars", low=None),
        "withheld": flag("true where the agency withholds the figure (D)"),
    },
    ("area_fips", "line_code", "year"),
    ("Lines nest: never add all of them.", "Line 9 is an average per job, the others are sums."),
)
