"""Puts an employer brief together: the finding, the key figures, the caveats, the sources."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict

import numpy as np

from gapengine.employer.college_side import coming_quarters, offers, pipeline, requests
from gapengine.employer.crowding import competing
from gapengine.employer.people import Needs, needs, occupations
from gapengine.employer.request import EmployerPlan
from gapengine.groundwork import Groundwork
from gapengine.run import run_id
from reports.employer_brief import CollegeOffer, CompetingProject, EmployerBrief, KeyFigure, OccupationNeeded
from reports.quantities import Range
from reports.wording import clean, money, number, share

_TABLES = {"oews": "Jobs and pay", "completions": "Graduates", "announcements": "Projects", "staffing_seed": "Staffing"}


def compose(ground: Groundwork, plan: EmployerPlan) -> EmployerBrief:
    """The brief of one company.

    Args:
        ground: a quarter's figures up to the matching.
        plan: what the company tells.
    """
    wanted = needs(ground, plan)
    people = occupations(ground, plan, wanted)
    rivals, crowd = competing(ground, plan, wanted)
    coming = pipeline(ground, wanted)
    can_start = offers(ground, plan, wanted)
    county = f"{ground.college.county_names[plan.county_fips]} County"
    graduates = sum(sum(program.quarters) for program in coming)
    return EmployerBrief(
        college=ground.college.name,
        partner=ground.college.profile.partner,
        company=plan.company,
        industry=f"{plan.industry} (NAICS {plan.naics_code})",
        place=county,
        plan=_plan(plan),
        as_of=ground.as_of.isoformat(),
        brief_id=_identity(ground, plan),
        headline=_headline(plan, people, county),
        standfirst=_standfirst(plan, wanted, people, graduates),
        key_figures=_key_figures(plan, wanted, people, crowd, graduates),
        occupations=people,
        other_jobs=float(plan.jobs - sum(job.jobs for job in people)),
        wage_offered=plan.wage,
        mix="Occupations follow the company's own mix."
        if plan.mix
        else "Occupations follow the national staffing pattern of the industry; the company's own mix would be better.",
        quarters=tuple(str(quarter) for quarter in coming_quarters(ground)),
        pipeline=coming,
        pipeline_note=(
            "Medians; other employers hire them too. Other institutions' graduates are in the table on page 1. "
            f"{_not_counted(ground)}"
        ),
        competing=rivals,
        competing_finding=_crowding(rivals, crowd),
        offers=can_start,
        requests=requests(ground, wanted),
        caveats=_caveats(ground, can_start),
        sources=_sources(ground),
        attributions=ground.snapshot.attributions,
    )


def _plan(plan: EmployerPlan) -> str:
    pay = f", average pay {money(plan.wage)}" if plan.wage is not None else ", pay not told"
    return f"{plan.jobs:,.0f} jobs from {plan.start_year} to {plan.by_year}{pay}."


def _headline(plan: EmployerPlan, people: Sequence[OccupationNeeded], county: str) -> str:
    """The tightest of the larger occupations that the college trains for, else how many are here."""
    tight = _tightest(plan, people)
    if tight is None:
        return f"Few of {plan.company}'s occupations are trained for near {county} below the bachelor's degree"
    a_year = tight.jobs / plan.years
    grads = tight.completers.p50 if tight.completers else 0.0
    everybody = a_year + (tight.openings.p50 if tight.openings else 0.0)
    who = tight.title.partition(",")[0]
    return (
        f"{who} will be the scarcest the college trains: {number(everybody)} openings a year with yours, "
        f"{number(grads)} graduates"
    )


def _tightest(plan: EmployerPlan, people: Sequence[OccupationNeeded]) -> OccupationNeeded | None:
    """Of the occupations that the college trains for with at least a fiftieth of the jobs, the least supplied."""
    trained = [job for job in people if job.trained_here and job.jobs >= 0.02 * plan.jobs]

    def supplied(job: OccupationNeeded) -> float:
        wanted = job.jobs / plan.years + (job.openings.p50 if job.openings else 0.0)
        return (job.completers.p50 if job.completers else 0.0) / max(wanted, 1e-9)

    return min(trained, key=lambda job: (supplied(job), -job.jobs, job.soc_code), default=None)


def _standfirst(plan: EmployerPlan, wanted: Needs, people: Sequence[OccupationNeeded], graduates: float) -> str:
    trained = float(wanted.jobs[wanted.trained].sum())
    here = sum(job.jobs_here.p50 for job in people if job.jobs_here)
    return (
        f"Of {plan.jobs:,.0f} jobs about {number(trained)} are in occupations that a program of the college leads to. "
        f"The area has about {number(here)} people in the occupations that it needs most, most of them employed. "
        f"The college will bring about {number(graduates)} graduates in the next 24 months who can take these jobs."
    )


def _key_figures(
    plan: EmployerPlan,
    wanted: Needs,
    people: Sequence[OccupationNeeded],
    crowd: Range | None,
    graduates: float,
) -> tuple[KeyFigure, ...]:
    trained = float(wanted.jobs[wanted.trained].sum()) / plan.jobs
    figures = [
        KeyFigure(share(trained), "of the jobs in occupations the college trains for"),
        KeyFigure(number(graduates), "graduates of the college in 24 months"),
        KeyFigure(number(crowd.p50 if crowd else 0.0), "similar jobs expected at other projects"),
    ]
    if plan.wage is not None:
        known = [(job.jobs, job.wages.p50) for job in people if job.wages and job.wages.p50 is not None]
        if known:
            jobs, pay = np.array(known, float).T
            typical = float((jobs * pay).sum() / jobs.sum())
            figures.append(
                KeyFigure(f"{plan.wage / typical - 1:+.0%}".replace("-", "−"), "your pay against medians here")
            )
    return tuple(figures)


def _crowding(rivals: Sequence[CompetingProject], crowd: Range | None) -> str:
    if crowd is None:
        return ""
    projects = "One other announced project is" if len(rivals) == 1 else f"{len(rivals)} other announced projects are"
    return f"{projects} expected to add about {number(crowd.p50)} similar jobs"


def _not_counted(ground: Groundwork) -> str:
    missing = [
        program.title
        for index, program in enumerate(ground.college.programs)
        if program.kind == "noncredit" and ground.supply["shed"].basis[index] == "none"
    ]
    return (
        f"Not counted, since nobody publishes them: non-credit completers of {', '.join(missing)}." if missing else ""
    )


def _caveats(ground: Groundwork, can_start: Sequence[CollegeOffer]) -> tuple[str, ...]:
    outer = [area for area in ground.college.areas if area.weight < 1]
    area = "; ".join(f"{area.title} counts {share(area.weight)}" for area in outer)
    out = [
        "A graduate who can take several of these occupations is counted in each of them.",
        f"“Here” is the labor shed of the college{f' ({area})' if area else ''}.",
        "Announced jobs of others are discounted: many projects deliver less, later or nothing.",
    ]
    if any(offer.standing == "assumed figures" for offer in can_start):
        out.append("Seats, lead times and costs are assumptions until the college states its own.")
    return tuple(out)


def _sources(ground: Groundwork) -> tuple[str, ...]:
    """Tables behind the brief, each once, with publisher and vintage."""
    by_name = {item.name: item for item in ground.snapshot.provenance}
    found = [(said, by_name[table]) for table, said in _TABLES.items() if table in by_name]
    return tuple(clean(f"{said}: {item.publisher.split(';')[0]}, {item.vintage}") for said, item in found)


def _identity(ground: Groundwork, plan: EmployerPlan) -> str:
    """Twelve hexadecimal digits that name the figures and the plan."""
    of_figures = run_id(ground.snapshot, ground.college, ground.assumptions, ground.seed, ground.as_of)
    told = json.dumps({"figures": of_figures, **asdict(plan)}, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:12]
