"""The employer brief as plain data: what an incoming company needs, what it finds here, and what the college can start.

Build one :class:`EmployerBrief` and hand it to :func:`reports.pdf.write_brief_pdf` and
:func:`reports.html.write_brief_html`. Two pages. Text is plain; jobs are jobs, people are people, money is dollars a
year, shares lie between 0 and 1, quarters are written "2027 Q3".
"""

from __future__ import annotations

from dataclasses import dataclass

from reports.quantities import Range
from reports.quarterly import KeyFigure

__all__ = [
    "CollegeOffer",
    "CompetingProject",
    "EmployerBrief",
    "KeyFigure",
    "OccupationNeeded",
    "PipelineProgram",
    "Request",
    "Wages",
]


@dataclass(frozen=True)
class Wages:
    """What an occupation pays here, dollars a year; None where the survey prints nothing.

    Attributes:
        p10, p25, p50, p75, p90: percentiles over workers.
        place: where they were surveyed, the area's name or the state's.
    """

    p10: float | None
    p25: float | None
    p50: float | None
    p75: float | None
    p90: float | None
    place: str


@dataclass(frozen=True)
class OccupationNeeded:
    """One occupation of the company's staffing pattern, and what is here.

    Attributes:
        soc_code: SOC 2018 code.
        title: its name.
        jobs: jobs of the company in this occupation once it is fully staffed.
        jobs_here: jobs of the occupation in the labor shed today.
        concentration: location quotient, 1 where it is as common as in the nation; None where not published.
        wages: what it pays here.
        openings: openings a year from everybody else, before this company.
        completers: graduates a year of every institution of the labor shed who can take it and stay.
        entry_education: typical entry education.
        trained_here: whether a program of the college leads to it.
    """

    soc_code: str
    title: str
    jobs: float
    jobs_here: Range | None
    concentration: float | None
    wages: Wages | None
    openings: Range | None
    completers: Range | None
    entry_education: str
    trained_here: bool


@dataclass(frozen=True)
class PipelineProgram:
    """Graduates of one program of the college who can take the company's jobs, quarter by quarter.

    Attributes:
        title: the program's name with its award.
        quarters: people by quarter, in the order of the brief's quarters.
        standing: "graduates reported" or "a stated range": where the numbers come from.
    """

    title: str
    quarters: tuple[float, ...]
    standing: str


@dataclass(frozen=True)
class CompetingProject:
    """Another announced project that hires the same people.

    Attributes:
        company: its name.
        place: where.
        stage: announced, building, hiring ...
        years: when it hires, "2026–2029".
        same_jobs: jobs expected in the occupations of this brief, discounted, over those years.
        source: web address of the announcement.
    """

    company: str
    place: str
    stage: str
    years: str
    same_jobs: Range
    source: str = ""


@dataclass(frozen=True)
class CollegeOffer:
    """What the college can start for this employer.

    Attributes:
        program: the program's name with its award.
        what: "one more section of 16", "a first section", "a non-credit class".
        decide_by: last quarter in which to decide, so that graduates come by the middle of the hiring.
        first_graduates: quarter of the first graduates, decided now.
        graduates: graduates a year of one section who stay and work in the field.
        cost: dollars a year of one section.
        in_time: true where its first graduates come before the hiring ends.
        standing: "the college's figures" or "assumed figures".
    """

    program: str
    what: str
    decide_by: str
    first_graduates: str
    graduates: Range
    cost: Range | None
    in_time: bool
    standing: str


@dataclass(frozen=True)
class Request:
    """Something that the college asks of the employer.

    Attributes:
        what: "A named contact", "Equipment like yours" ...
        why: what it makes possible, one sentence.
    """

    what: str
    why: str


@dataclass(frozen=True)
class EmployerBrief:
    """One brief for one company.

    Attributes:
        college: the college's full name.
        partner: who hands it over, a chamber of commerce; empty for none.
        company: the company's name as given.
        industry: its industry with the code, "Pharmaceutical and Medicine Manufacturing (NAICS 3254)".
        place: the county of the site.
        plan: jobs and dates as given, a short sentence.
        as_of: date of the figures, ISO text.
        brief_id: identifies the brief; identical inputs, identical id.
        headline: the finding, one sentence without a full stop.
        standfirst: two or three sentences below it.
        key_figures: up to four.
        occupations: the largest occupations needed, most jobs first.
        other_jobs: the company's jobs in occupations that are not listed.
        wage_offered: the company's average wage, dollars a year; None where not given.
        mix: where the occupations come from: national pattern of the industry, or the company's own mix.
        quarters: the next eight quarters, oldest first.
        pipeline: by program of the college.
        pipeline_note: what the pipeline counts and leaves out.
        competing: other announced projects.
        competing_finding: finding of that table, a sentence.
        offers: what the college can start.
        requests: what it asks.
        caveats: what a reader must know.
        sources: sources with vintage, each a short line.
        attributions: notices that sources require.
    """

    college: str
    partner: str
    company: str
    industry: str
    place: str
    plan: str
    as_of: str
    brief_id: str
    headline: str
    standfirst: str
    key_figures: tuple[KeyFigure, ...] = ()
    occupations: tuple[OccupationNeeded, ...] = ()
    other_jobs: float = 0.0
    wage_offered: float | None = None
    mix: str = ""
    quarters: tuple[str, ...] = ()
    pipeline: tuple[PipelineProgram, ...] = ()
    pipeline_note: str = ""
    competing: tuple[CompetingProject, ...] = ()
    competing_finding: str = ""
    offers: tuple[CollegeOffer, ...] = ()
    requests: tuple[Request, ...] = ()
    caveats: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    attributions: tuple[str, ...] = ()
