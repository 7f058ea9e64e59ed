"""Who else is hiring the same people: other announced projects, their expected jobs in the occupations of a brief."""

from __future__ import annotations

import re

import numpy as np

from gapengine.briefing.words import spread
from gapengine.employer.people import Needs
from gapengine.employer.request import EmployerPlan
from gapengine.groundwork import Groundwork
from gapengine.rows import records
from reports.employer_brief import CompetingProject
from reports.quantities import Range

_SMALLEST = 0.5  # expected jobs
_LEGAL = re.compile(r"\b(inc|llc|ltd|corp|corporation|company|co|plc|gmbh|sa|ag|the)\b|[^a-z0-9 ]")


def competing(
    ground: Groundwork, plan: EmployerPlan, wanted: Needs
) -> tuple[tuple[CompetingProject, ...], Range | None]:
    """Other projects with the jobs they are expected to add in the listed occupations while the employer hires.

    A project's jobs in an occupation count up to the share that the employer needs of it: (K,) jobs added in the years
    of hiring x the part of its staffing pattern that lies in the listed occupations.

    Returns:
        The projects, and the jobs of all together, to which their medians do not add up; None where there is none.
    """
    facts = {(row["event_id"], row["county_fips"]): row for row in records(ground.coming.register.table())}
    years = ground.openings["shed"].years
    during = (years >= plan.start_year) & (years <= plan.by_year)
    listed = list(wanted.listed)
    own = _plain(plan.company)
    found = []
    together = np.zeros(ground.coming.expected().shape)
    for event in ground.coming.events:
        if not event.counted or _plain(event.company) == own:
            continue
        part = float(ground.coming.pattern(event.naics_code)[listed].sum())
        jobs = event.increments[:, during].sum(axis=1) * part
        if float(jobs.mean()) < _SMALLEST:
            continue
        row = facts.get((event.event_id, event.county_fips), {})
        together += jobs
        hires = years[during & (event.increments.mean(axis=0) >= _SMALLEST / 10)]
        found.append(
            CompetingProject(
                company=event.company,
                place=f"{ground.college.county_names.get(event.county_fips, event.county_fips)} County",
                stage=event.stage,
                years=_years(hires),
                same_jobs=spread(jobs),
                source=str(row.get("source_address") or ""),
            )
        )
    order = sorted(found, key=lambda project: (-project.same_jobs.p50, project.company))
    return tuple(order), spread(together) if found else None


def _years(years: np.ndarray) -> str:
    if not len(years):
        return "not stated"
    first, last = int(years.min()), int(years.max())
    return str(first) if first == last else f"{first}–{last}"


def _plain(company: str) -> str:
    return " ".join(_LEGAL.sub(" ", company.lower()).split())
