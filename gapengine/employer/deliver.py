"""From what was typed to brief.pdf and brief.html, with a quarter's figures prepared once for any number of briefs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from gapengine.employer.compose import compose
from gapengine.employer.request import plan
from gapengine.errors import MissingLibrary
from gapengine.groundwork import Groundwork, prepare
from gapengine.scenario import Inputs
from reports.employer_brief import EmployerBrief
from reports.errors import MissingLibraryError
from reports.html import write_brief_html
from reports.pdf import write_brief_pdf

DRAWS = "draws=200"
"""A brief prints medians and 80% ranges only, for which fewer draws than a report's are enough."""


@dataclass(frozen=True)
class Told:
    """What an employer told, as typed; :func:`gapengine.employer.request.plan` checks it.

    Attributes:
        company, naics_code, jobs, county_fips, start_year, by_year, wage, mix: as in the plan; mix is a CSV file.
    """

    company: str
    naics_code: str
    jobs: float
    county_fips: str
    start_year: int
    by_year: int
    wage: float | None = None
    mix: Path | None = None


@dataclass(frozen=True)
class WrittenBrief:
    """A brief and where it lies."""

    brief: EmployerBrief
    folder: Path

    def as_json(self) -> dict[str, Any]:
        """What ``gapengine brief --json`` prints."""
        brief = self.brief
        return {
            "brief": str(self.folder / "brief.pdf"),
            "html": str(self.folder / "brief.html"),
            "brief_id": brief.brief_id,
            "company": brief.company,
            "headline": brief.headline,
            "occupations": [
                {"soc_code": job.soc_code, "title": job.title, "jobs": round(job.jobs, 1)} for job in brief.occupations
            ],
            "pipeline": {
                program.title: dict(zip(brief.quarters, (round(people, 1) for people in program.quarters), strict=True))
                for program in brief.pipeline
            },
            "competing": [
                {"company": rival.company, "years": rival.years, "same_jobs": round(rival.same_jobs.p50, 1)}
                for rival in brief.competing
            ],
            "offers": [
                {"program": offer.program, "decide_by": offer.decide_by, "first_graduates": offer.first_graduates}
                for offer in brief.offers
            ],
        }


def groundwork(given: Inputs, seed: int = 1, as_of: date | None = None) -> Groundwork:
    """Prepare a college's figures for briefs.

    Args:
        given: the figures, the college and the assumptions, :data:`DRAWS` among those replaced.
        seed: of all draws.
        as_of: the date that stands for today.
    """
    return prepare(given.snapshot, given.college, given.assumptions, seed, as_of, shed_only=True)


def write(ground: Groundwork, told: Told, out: Path) -> WrittenBrief:
    """Write brief.pdf and brief.html; the HTML is written even where Pango is missing.

    Raises:
        UsageError, DataContract: what was told cannot be.
        MissingLibrary: Pango is not installed.
    """
    brief = compose(ground, plan(ground.snapshot, ground.college, ground.universe, **vars(told)))
    out.mkdir(parents=True, exist_ok=True)
    write_brief_html(brief, out / "brief.html")
    written = WrittenBrief(brief, out)
    (out / "brief.json").write_text(json.dumps(written.as_json(), indent=2) + "\n", encoding="utf-8")
    try:
        write_brief_pdf(brief, out / "brief.pdf")
    except MissingLibraryError as error:
        raise MissingLibrary(str(error)) from None
    return written
