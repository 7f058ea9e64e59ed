"""Every table that leaves this package: its columns, types, units, meanings, keys and caveats, declared once.

A parser returns one of these tables and calls :func:`checked` on it. Codes are text, always. An unknown value is
null, never zero. Money is in dollars, employment in jobs (never thousands), rates and shares between 0 and 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
import pandera.pandas as pa


class TableError(ValueError):
    """A frame that breaks the declaration of its table: names the table, the column, the rows and what was expected."""


@dataclass(frozen=True)
class Table:
    """One declared table.

    Attributes:
        name: the table's name, as in the snapshot and in the docs.
        meaning: one sentence on what a row is.
        schema: pandera columns; each has a description (meaning) and, in its metadata, a unit.
        key: columns that identify a row.
        caveats: what a reader must know before using it.
    """

    name: str
    meaning: str
    schema: pa.DataFrameSchema
    key: tuple[str, ...]
    caveats: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Column names in their declared order."""
        return tuple(self.schema.columns)


def _text(meaning: str, *, pattern: str | None = None, null: bool = False, isin: list[str] | None = None) -> pa.Column:
    checks = []
    if pattern:
        checks.append(pa.Check.str_matches(pattern))
    if isin:
        checks.append(pa.Check.isin(isin))
    return pa.Column("str", checks, nullable=null, description=meaning, metadata={"unit": "text"}, coerce=True)


def _number(
    meaning: str, unit: str, *, null: bool = True, low: float | None = 0, high: float | None = None
) -> pa.Column:
    checks = []
    if low is not None:
        checks.append(pa.Check.ge(low))
    if high is not None:
        checks.append(pa.Check.le(high))
    return pa.Column("float64", checks, nullable=null, description=meaning, metadata={"unit": unit}, coerce=True)


def _whole(meaning: str, unit: str, *, null: bool = False, low: int | None = 0) -> pa.Column:
    checks = [pa.Check.ge(low)] if low is not None else []
    return pa.Column("Int64", checks, nullable=null, description=meaning, metadata={"unit": unit}, coerce=True)


def _flag(meaning: str) -> pa.Column:
    return pa.Column("bool", description=meaning, metadata={"unit": "true or false"}, coerce=True)


def _share(meaning: str, *, null: bool = True) -> pa.Column:
    return _number(meaning, "share of 1", null=null, low=0, high=1)


def _table(
    name: str, meaning: str, columns: dict[str, pa.Column], key: tuple[str, ...], caveats: tuple[str, ...] = ()
) -> Table:
    return Table(name, meaning, pa.DataFrameSchema(columns, strict=True, ordered=True, name=name), key, caveats)


_SOC = r"^\d\d-\d{4}$"
_CIP = r"^\d\d(\.\d{2}(\d{2})?)?$"
_FIPS5 = r"^\d{5}$"
_NAICS4 = r"^\d{4}$"

QCEW = _table(
    "qcew",
    "Employment covered by unemployment insurance: one row per area, ownership, industry and period.",
    {
        "area_fips": _text("county (37063), state (37000), nation (US000) or metropolitan area (C2050)"),
        "own_code": _text("0 all, 1 federal, 2 state, 3 local government, 5 private", pattern=r"^\d$"),
        "naics_code": _text("industry as the agency writes it: 10 total, 31-33, 3254, 102 ..."),
        "agglvl_code": _text("the agency's aggregation level"),
        "year": _whole("year", "year"),
        "quarter": _whole("1 to 4; null in annual files", "quarter", null=True),
        "establishments": _number("establishments in the quarter (annual: average)", "establishments"),
        "employment_month1": _number("jobs in the pay period with the 12th, month 1", "jobs"),
        "employment_month2": _number("the same, month 2", "jobs"),
        "employment_month3": _number("the same, month 3", "jobs"),
        "employment": _number("month 3 in quarterly files, annual average in annual ones", "jobs"),
        "total_wages_usd": _number("wages paid in the period", "dollars"),
        "avg_weekly_wage_usd": _number("average weekly wage", "dollars a week"),
        "disclosed": _flag("false where the agency suppressed the cell (code N): figures are then null"),
        "derived": _flag("true where computed as this year minus the published change over the year"),
    },
    ("area_fips", "own_code", "naics_code", "agglvl_code", "year", "quarter"),
    (
        "Suppressed cells (disclosure code N) are unknown, never zero.",
        "The year before is derived only where both disclosure codes allow: where the over-the-year code is N the "
        "agency prints a change of 0 that must not be used.",
    ),
)

CBP = _table(
    "cbp",
    "County Business Patterns: March employment, private sector, one row per county, industry and year.",
    {
        "county_fips": _text("county", pattern=_FIPS5),
        "naics_code": _text("industry, 2 to 6 digits (NAICS 2017); blank code is the total 00"),
        "year": _whole("year", "year"),
        "employment": _number("jobs in the pay period with 12 March", "jobs"),
        "establishments": _number("establishments", "establishments"),
        "annual_payroll_usd": _number("payroll of the year", "dollars"),
        "suppressed": _flag("true where employment is withheld (2017: employment and payroll both 0)"),
    },
    ("county_fips", "naics_code", "year"),
    (
        "Leaves out government, railroads, farms and private households.",
        "From 2018 cells under three establishments are absent and the rest carries noise.",
        "Classifies establishments differently from QCEW: never one series with it.",
    ),
)

INDUSTRY_EMPLOYMENT = _table(
    "industry_employment",
    "History of industry employment by county of the labor shed: four-digit industries, one row per year (March).",
    {
        "county_fips": _text("county", pattern=_FIPS5),
        "own_code": _text("1 federal, 2 state, 3 local government, 5 private", pattern=r"^\d$"),
        "naics_code": _text("four-digit industry, NAICS 2017 (government: as published, 2 to 4 digits)"),
        "year": _whole("year", "year"),
        "employment": _number("jobs in March", "jobs"),
        "establishments": _number("establishments", "establishments"),
        "status": _text("what the figure is", isin=["published", "derived", "suppressed", "absent"]),
        "source": _text("QCEW or CBP: two classifications, not one series", isin=["QCEW", "CBP"]),
    },
    ("county_fips", "own_code", "naics_code", "year", "source"),
    ("QCEW 2015-16 and CBP 2017-21 break between 2016 and 2017: model them apart or rescale.",),
)

AREA_TOTALS = _table(
    "area_totals",
    "All-industry employment by ownership: one row per area, ownership and period.",
    {
        "area_fips": _text("county, state (37000), nation (US000) or metropolitan area (C2050)"),
        "own_code": _text("0 all, 1 federal, 2 state, 3 local government, 5 private", pattern=r"^\d$"),
        "year": _whole("year", "year"),
        "quarter": _whole("quarter", "quarter"),
        "employment": _number("average of the quarter's three months", "jobs"),
        "establishments": _number("establishments", "establishments"),
    },
    ("area_fips", "own_code", "year", "quarter"),
)

OEWS = _table(
    "oews",
    "Occupational employment and wages: one row per area, industry, ownership and occupation.",
    {
        "area_code": _text("99 nation, two-digit state, five-digit metropolitan area"),
        "area_title": _text("the area's name", null=True),
        "naics_code": _text("industry as the agency writes it; 000000 is all industries"),
        "naics_title": _text("the industry's name", null=True),
        "own_code": _text("the agency's ownership code or combination (5, 1235, 35 ...)", null=True),
        "soc_code": _text("occupation, SOC 2018 (00-0000 is the total)", pattern=_SOC),
        "soc_title": _text("the occupation's name"),
        "occupation_group": _text("total, major, minor, broad or detailed"),
        "year": _whole("reference year (May)", "year"),
        "employment": _number("jobs; null where the agency prints **", "jobs"),
        "employment_rse": _number("relative standard error of employment", "share of 1"),
        "location_quotient": _number("the area's share of the occupation over the nation's", "ratio"),
        "wage_mean_usd": _number("mean annual wage", "dollars a year"),
        "wage_p10_usd": _number("10th percentile of the annual wage", "dollars a year"),
        "wage_p25_usd": _number("25th percentile", "dollars a year"),
        "wage_median_usd": _number("median annual wage", "dollars a year"),
        "wage_p75_usd": _number("75th percentile", "dollars a year"),
        "wage_p90_usd": _number("90th percentile", "dollars a year"),
        "wage_top_coded": _flag("true where a wage is at or above the agency's top code (#): the figure is null"),
    },
    ("area_code", "naics_code", "own_code", "soc_code", "occupation_group", "year"),
    (
        "Pools three years of the survey: not a time series.",
        "Leaves out farms, the self-employed and private households.",
        "** and * are unknown, never zero.",
        "Some occupations are printed twice, as broad and as detailed: filter occupation_group before adding.",
    ),
)

OCCUPATION_PROJECTIONS = _table(
    "occupation_projections",
    "National occupational projections (EP table 1.2): one row per occupation.",
    {
        "soc_code": _text("code of the National Employment Matrix", pattern=_SOC),
        "soc_title": _text("the occupation's name"),
        "occupation_type": _text("Summary or Line item", isin=["Summary", "Line item"]),
        "base_year": _whole("first year of the projection", "year"),
        "target_year": _whole("last year of the projection", "year"),
        "employment_base": _number("jobs in the base year", "jobs"),
        "employment_target": _number("jobs in the target year", "jobs"),
        "self_employed_share": _share("self-employed in the base year"),
        "openings": _number("occupational openings, annual average", "openings a year"),
        "median_wage_usd": _number("median annual wage", "dollars a year"),
        "entry_education": _text("typical education needed for entry", null=True),
        "work_experience": _text("work experience in a related occupation", null=True),
        "on_the_job_training": _text("typical on-the-job training to attain competency", null=True),
    },
    ("soc_code", "base_year"),
    ("The matrix combines some occupations: join OEWS through the NEM crosswalk.",),
)

SEPARATIONS = _table(
    "separations",
    "National separations (EP table 1.10): one row per occupation.",
    {
        "soc_code": _text("code of the National Employment Matrix", pattern=_SOC),
        "soc_title": _text("the occupation's name"),
        "occupation_type": _text("Summary or Line item", isin=["Summary", "Line item"]),
        "base_year": _whole("first year of the projection", "year"),
        "target_year": _whole("last year of the projection", "year"),
        "exit_rate": _share("labor-force exits a year, of employment"),
        "transfer_rate": _share("occupational transfers a year, of employment"),
        "exits": _number("labor-force exits, annual average", "jobs a year"),
        "transfers": _number("occupational transfers, annual average", "jobs a year"),
        "openings": _number("occupational openings, annual average", "openings a year"),
    },
    ("soc_code", "base_year"),
    ("The separations method changed with 2016-26: never mix vintages across it.",),
)

ATTAINMENT = _table(
    "attainment",
    "Educational attainment of workers aged 25 and over (EP table 5.3): one row per occupation.",
    {
        "soc_code": _text("code of the National Employment Matrix", pattern=_SOC),
        "soc_title": _text("the occupation's name"),
        "year": _whole("base year of the projections it was printed with", "year"),
        "less_than_high_school": _share("less than a high school diploma"),
        "high_school": _share("high school diploma or equivalent"),
        "some_college": _share("some college, no degree"),
        "associate": _share("associate's degree"),
        "bachelor": _share("bachelor's degree"),
        "master": _share("master's degree"),
        "doctoral": _share("doctoral or professional degree"),
    },
    ("soc_code", "year"),
)

INDUSTRY_STAFFING = _table(
    "industry_staffing",
    "National Employment Matrix by industry: one row per industry and occupation.",
    {
        "naics_code": _text("industry the agency publishes"),
        "soc_code": _text("code of the National Employment Matrix", pattern=_SOC),
        "soc_title": _text("the occupation's name"),
        "occupation_type": _text("Summary or Line item", isin=["Summary", "Line item"]),
        "base_year": _whole("first year of the projection", "year"),
        "target_year": _whole("last year of the projection", "year"),
        "employment_base": _number("jobs in the base year", "jobs"),
        "employment_target": _number("jobs in the target year", "jobs"),
        "industry_share_base": _share("share of the industry's jobs, base year"),
    },
    ("naics_code", "soc_code", "base_year"),
    ("Industries that the agency publishes combined are equal files: count once.",),
)

CIP_SOC = _table(
    "cip_soc",
    "The official crosswalk from instructional programs to occupations: one row per pair.",
    {
        "cip_code": _text("program, CIP 2020", pattern=r"^\d\d\.\d{4}$"),
        "cip_title": _text("the program's name"),
        "soc_code": _text("occupation, SOC 2018; 99-9999 means no match", pattern=_SOC),
        "soc_title": _text("the occupation's name"),
    },
    ("cip_code", "soc_code"),
    ("Many-to-many and without weights; education levels are not considered.",),
)

CIP_TITLES = _table(
    "cip_titles",
    "Titles of instructional programs: one row per code.",
    {
        "cip_code": _text("program, CIP 2020, 2, 4 or 6 digits", pattern=_CIP),
        "cip_title": _text("the program's name"),
        "vintage": _text("classification vintage"),
    },
    ("cip_code", "vintage"),
)

NEM_SOC = _table(
    "nem_soc",
    "National Employment Matrix occupations to SOC 2018 and O*NET: one row per pair.",
    {
        "nem_code": _text("code of the National Employment Matrix", pattern=_SOC),
        "nem_title": _text("the matrix occupation's name"),
        "soc_code": _text("occupation, SOC 2018", pattern=_SOC),
        "soc_title": _text("the occupation's name", null=True),
        "onet_code": _text("O*NET-SOC code, eight digits", null=True),
        "onet_title": _text("the O*NET occupation's name", null=True),
    },
    ("nem_code", "soc_code", "onet_code"),
)

SOC_CONCORDANCE = _table(
    "soc_concordance",
    "SOC 2010 to SOC 2018: one row per pair, without weights.",
    {
        "soc_2010_code": _text("occupation, SOC 2010", pattern=_SOC),
        "soc_2010_title": _text("its name"),
        "soc_2018_code": _text("occupation, SOC 2018", pattern=_SOC),
        "soc_2018_title": _text("its name"),
    },
    ("soc_2010_code", "soc_2018_code"),
)

INSTITUTIONS = _table(
    "institutions",
    "Postsecondary institutions (IPEDS HD): one row per institution and year.",
    {
        "unit_id": _text("IPEDS UNITID", pattern=r"^\d{6}$"),
        "name": _text("the institution's name"),
        "city": _text("city", null=True),
        "state": _text("postal code of the state", null=True),
        "county_fips": _text("county", null=True),
        "sector_code": _text("IPEDS sector: 1 public four-year, 4 public two-year ...", null=True),
        "control_code": _text("1 public, 2 private not-for-profit, 3 private for-profit", null=True),
        "level_code": _text("1 four or more years, 2 two to four years, 3 less than two years", null=True),
        "year": _whole("directory year", "year"),
    },
    ("unit_id", "year"),
)

COMPLETIONS = _table(
    "completions",
    "Awards conferred (IPEDS Completions A): one row per institution, program, award level, major and year.",
    {
        "unit_id": _text("IPEDS UNITID", pattern=r"^\d{6}$"),
        "cip_code": _text("program, CIP 2020, six digits", pattern=r"^\d\d\.\d{4}$"),
        "award_level_code": _text("IPEDS AWLEVEL: 20, 21 under a year, 2 one to two years, 3 associate's ..."),
        "major_number": _text("1 first major, 2 second major", isin=["1", "2"]),
        "year": _whole("awards from July to June ending in this year", "year"),
        "awards": _number("awards conferred", "awards", null=False),
        "awards_men": _number("of these to men", "awards"),
        "awards_women": _number("of these to women", "awards"),
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

COMPLETERS = _table(
    "completers",
    "People with at least one award (IPEDS C_C), unduplicated: one row per institution, level category and year.",
    {
        "unit_id": _text("IPEDS UNITID", pattern=r"^\d{6}$"),
        "award_level_category": _text("IPEDS AWLEVELC"),
        "year": _whole("awards from July to June ending in this year", "year"),
        "completers": _number("people", "people", null=False),
    },
    ("unit_id", "award_level_category", "year"),
)

JOB_ZONES = _table(
    "job_zones",
    "O*NET job zones: one row per O*NET occupation.",
    {
        "onet_code": _text("O*NET-SOC code, eight digits", pattern=r"^\d\d-\d{4}\.\d\d$"),
        "soc_code": _text("its SOC 2018 code", pattern=_SOC),
        "job_zone": _whole("1 little preparation to 5 extensive", "zone", low=1),
    },
    ("onet_code",),
    ("Some 93 occupations have no job zone.",),
)

REQUIRED_EDUCATION = _table(
    "required_education",
    "O*NET required level of education: one row per O*NET occupation and category.",
    {
        "onet_code": _text("O*NET-SOC code, eight digits", pattern=r"^\d\d-\d{4}\.\d\d$"),
        "soc_code": _text("its SOC 2018 code", pattern=_SOC),
        "category": _whole("1 less than high school to 12 post-doctoral", "category", low=1),
        "share": _share("share of respondents", null=False),
        "respondents": _number("respondents", "people"),
    },
    ("onet_code", "category"),
)

RELATED_OCCUPATIONS = _table(
    "related_occupations",
    "O*NET related occupations: one row per ordered pair.",
    {
        "onet_code": _text("O*NET-SOC code", pattern=r"^\d\d-\d{4}\.\d\d$"),
        "soc_code": _text("its SOC 2018 code", pattern=_SOC),
        "related_onet_code": _text("related O*NET-SOC code", pattern=r"^\d\d-\d{4}\.\d\d$"),
        "related_soc_code": _text("its SOC 2018 code", pattern=_SOC),
        "tier": _text("Primary-Short, Primary-Long or Supplemental"),
        "rank": _whole("1 is closest", "rank", low=1),
    },
    ("onet_code", "related_onet_code"),
)

NAICS_TITLES = _table(
    "naics_titles",
    "Titles of industries: one row per code.",
    {
        "naics_code": _text("industry, 2 to 6 digits; sectors may be ranges (31-33)"),
        "naics_title": _text("the industry's name"),
        "vintage": _text("classification vintage"),
    },
    ("naics_code", "vintage"),
)

NAICS_INDEX = _table(
    "naics_index",
    "The official index of activities: one row per entry.",
    {
        "naics_code": _text("six-digit industry", pattern=r"^\d{6}$"),
        "entry": _text("the activity's description"),
        "vintage": _text("classification vintage"),
    },
    ("naics_code", "entry", "vintage"),
)

NAICS_CONCORDANCE = _table(
    "naics_concordance",
    "Six-digit industries of one vintage to the next: one row per pair, without weights.",
    {
        "from_vintage": _text("older vintage"),
        "from_code": _text("six-digit industry of the older vintage", pattern=r"^\d{6}$"),
        "from_title": _text("its name"),
        "to_vintage": _text("newer vintage"),
        "to_code": _text("six-digit industry of the newer vintage", pattern=r"^\d{6}$"),
        "to_title": _text("its name"),
    },
    ("from_vintage", "from_code", "to_code"),
)

ANNOUNCEMENTS = _table(
    "announcements",
    "Announced projects, one row per event and county: what was promised, where, by when, and what became of it.",
    {
        "event_id": _text("stable name of the event"),
        "company": _text("company"),
        "project": _text("code name", null=True),
        "county_fips": _text("county of the site", pattern=_FIPS5),
        "city": _text("city as stated", null=True),
        "naics_code": _text("four-digit industry", pattern=_NAICS4),
        "jobs": _number("new jobs promised (low end of a range) in this county", "jobs"),
        "jobs_max": _number("high end of a range", "jobs"),
        "jobs_qualifier": _text("exact, about, up to, at least, more than, nearly, range ...", null=True),
        "investment_usd": _number("capital investment", "dollars"),
        "avg_wage_usd": _number("average wage of the project", "dollars a year"),
        "announced_date": _text("year-month-day, or year-month where the day is not known"),
        "start_year": _whole("first year of hiring as stated", "year", null=True),
        "by_year": _whole("year by which the jobs are due, as stated", "year", null=True),
        "horizon_years": _number("'over N years', as stated", "years"),
        "operational_year": _whole("year the site opens, as stated", "year", null=True),
        "stage": _text(
            "where the project stands",
            isin=["announced", "approved", "building", "hiring", "open", "amended", "delayed", "cancelled"],
        ),
        "stage_date": _text("when the stage was last known to change", null=True),
        "realised_jobs": _number("jobs known to exist, where somebody counted", "jobs"),
        "source_address": _text("web address of the main source"),
        "outcome_address": _text("web address of the source of the stage", null=True),
        "note": _text("what a reader must know", null=True),
    },
    ("event_id", "county_fips"),
    ("A sample, not a census, of announced projects.",),
)

LAYOFFS = _table(
    "layoffs",
    "Notices of layoffs and closures under the WARN Act: one row per notice.",
    {
        "company": _text("company"),
        "city": _text("city or cities as stated", null=True),
        "county_fips": _text("county where the city tells", null=True),
        "workers": _number("workers affected", "people"),
        "kind": _text("Layoff or Closure"),
        "notice_date": _text("year-month-day"),
        "source_address": _text("web address"),
    },
    ("company", "notice_date", "kind", "city", "workers"),
    ("A layoff and the later closure of one event are two rows: raw sums double count.", "A sample, not a census."),
)

TABLES: dict[str, Table] = {table.name: table for table in list(globals().values()) if isinstance(table, Table)}


def checked(frame: pd.DataFrame, table: Table, source: str) -> pd.DataFrame:
    """Return the frame in the table's column order and types, or raise naming source, column and rows.

    Args:
        frame: the candidate rows.
        table: the declaration to hold.
        source: what was read, for the message (a file or an address).

    Returns:
        The rows with a fresh index, columns ordered as declared. Identical duplicate rows are folded.

    Raises:
        TableError: a column is missing or unknown, a value has the wrong type or is outside its range, or two rows
            share a key but differ.
    """
    missing = [name for name in table.columns if name not in frame.columns]
    unknown = [name for name in frame.columns if name not in table.columns]
    if missing or unknown:
        raise TableError(f"{source}: table {table.name}: missing columns {missing}, unknown columns {unknown}")
    ordered = frame.loc[:, list(table.columns)].drop_duplicates().reset_index(drop=True)
    try:
        valid: Any = table.schema.validate(ordered, lazy=True)
    except pa.errors.SchemaErrors as error:
        cases = error.failure_cases.head(5)
        listed = "; ".join(
            f"column {row.column!r} row {row.index}: {row.failure_case!r} fails {row.check}"
            for row in cases.itertuples(index=False)
        )
        raise TableError(f"{source}: table {table.name}: {listed}") from None
    clash = valid.duplicated(list(table.key), keep=False)
    if clash.any():
        first = valid.loc[clash, list(table.key)].iloc[0].to_dict()
        raise TableError(f"{source}: table {table.name}: rows that share the key {first} differ")
    return pd.DataFrame(valid)
