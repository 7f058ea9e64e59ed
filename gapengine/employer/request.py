"""What an incoming employer tells: company, industry, jobs, place, dates, pay and, where known, its own mix of jobs."""

from __future__ import annotations

import csv
import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from gapengine.college import College
from gapengine.demand.codes import Universe
from gapengine.errors import DataContract, UsageError
from gapengine.snapshot import Snapshot
from reports.wording import clean

MOST_JOBS = 100_000
_LONGEST_NAME = 120
_LAST_YEAR = 2060


@dataclass(frozen=True)
class EmployerPlan:
    """One company's plan, checked.

    Attributes:
        company: its name, visible characters only.
        naics_code: four-digit industry.
        industry: its title.
        jobs: new jobs once fully staffed.
        county_fips: county of the site, one of the labor shed.
        start_year: first year of hiring.
        by_year: last year of hiring.
        wage: average pay, dollars a year; None where not told.
        mix: matrix occupation -> share of the jobs; empty where the national pattern stands in.
    """

    company: str
    naics_code: str
    industry: str
    jobs: float
    county_fips: str
    start_year: int
    by_year: int
    wage: float | None = None
    mix: Mapping[str, float] = field(default_factory=dict)

    @property
    def years(self) -> int:
        """Years of hiring."""
        return self.by_year - self.start_year + 1


def plan(
    snapshot: Snapshot,
    college: College,
    codes: Universe,
    *,
    company: str,
    naics_code: str,
    jobs: float,
    county_fips: str,
    start_year: int,
    by_year: int,
    wage: float | None = None,
    mix: Path | None = None,
) -> EmployerPlan:
    """Check what was typed.

    Args:
        snapshot: needs naics_titles.
        college: its labor shed says which counties can be asked about.
        codes: order of the occupations.
        company: any name.
        naics_code: two to six digits; the first four count, fewer are refused.
        jobs: new jobs.
        county_fips: county of the site.
        start_year: first year of hiring.
        by_year: last year of hiring.
        wage: average pay, dollars a year.
        mix: CSV file with the columns soc_code and either jobs or share.

    Raises:
        UsageError: a value that cannot be, with what was expected.
        DataContract: the mix cannot be read, with its line.
    """
    name = clean(company)[:_LONGEST_NAME]
    if not name:
        raise UsageError("--company: expected a name.")
    if not 1 <= jobs <= MOST_JOBS:
        raise UsageError(f"--jobs {jobs:g}: expected 1 to {MOST_JOBS:,} new jobs.")
    first = snapshot.as_of.year
    if not first - 1 <= start_year <= by_year <= _LAST_YEAR:
        raise UsageError(
            f"--start {start_year} --by {by_year}: expected first and last year of hiring from {first - 1} to "
            f"{_LAST_YEAR}, in that order."
        )
    if wage is not None and not 10_000 <= wage <= 1_000_000:
        raise UsageError(f"--wage {wage:g}: expected an average in dollars a year, as 72000.")
    names = college.county_names
    if county_fips not in names:
        known = ", ".join(f"{code} {title}" for code, title in names.items())
        raise UsageError(f"--county {county_fips}: expected a county of the labor shed: {known}.")
    titles = dict(zip(snapshot["naics_titles"]["naics_code"], snapshot["naics_titles"]["naics_title"], strict=True))
    industry = naics_code.strip()[:4]
    if industry not in titles or len(industry) != 4:
        near = difflib.get_close_matches(industry, [code for code in titles if len(code) == 4], 3, 0.5)
        hint = "; ".join(f"{code} {titles[code]}" for code in near)
        raise UsageError(f"--naics {naics_code}: expected a four-digit industry of NAICS 2022. Near: {hint or 'none'}.")
    shares = {} if mix is None else read_mix(mix, codes)
    return EmployerPlan(
        name, industry, str(titles[industry]), float(jobs), county_fips, start_year, by_year, wage, shares
    )


def read_mix(path: Path, codes: Universe) -> dict[str, float]:
    """A company's own mix of occupations as shares that add up to 1.

    Args:
        path: CSV with soc_code and jobs, or soc_code and share; other columns are passed over.
        codes: the occupations; a SOC code is carried to the line of the employment matrix that holds it.

    Raises:
        DataContract: no such file or columns, an unknown code, or an amount that is no positive number.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataContract(f"{path.name}: cannot be read as CSV ({error}). Save it as CSV in UTF-8.") from None
    columns = set(rows[0]) if rows else set()
    amount = "jobs" if "jobs" in columns else "share"
    if not {"soc_code", amount} <= columns:
        raise DataContract(f"{path.name}, line 1: expected the columns soc_code and jobs (or share). Add them.")
    found: dict[str, float] = {}
    for line, row in enumerate(rows, start=2):
        soc_code = (row["soc_code"] or "").strip()
        code = codes.to_matrix.get(soc_code)
        if code is None:
            raise DataContract(
                f"{path.name}, line {line}, column 'soc_code': {soc_code!r} is no detailed SOC 2018 code. "
                "Write it as 51-9011."
            )
        try:
            value = float((row[amount] or "").replace(",", ""))
        except ValueError:
            value = -1.0
        if not 0 <= value < float("inf"):
            raise DataContract(f"{path.name}, line {line}, column {amount!r}: expected a number of 0 or more.")
        found[code] = found.get(code, 0.0) + value
    total = sum(found.values())
    if total <= 0:
        raise DataContract(f"{path.name}, column {amount!r}: expected at least one amount above zero.")
    return {code: value / total for code, value in found.items()}
