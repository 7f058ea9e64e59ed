"""Turns an employer brief into one HTML document, for paper or for the screen."""

from __future__ import annotations

from dataclasses import replace

from jinja2.exceptions import UndefinedError
from markupsafe import Markup

from reports import charts
from reports.employer_brief import EmployerBrief
from reports.errors import ReportError
from reports.render import Medium, NothingToPrintError, asset, environment
from reports.wording import shorten

KIND = "Employer brief"
MOST_OCCUPATIONS = 11
MOST_COMPETING = 5
MOST_OFFERS = 4


def brief_document(brief: EmployerBrief, medium: Medium) -> str:
    """The whole brief as HTML; on paper cut to what two sheets hold.

    Raises:
        ReportError: a value is undefined or None where a page prints it, or the date is no date.
    """
    if medium == "print":
        brief = _on_two_sheets(brief)
    tops = [job.wages.p90 for job in brief.occupations if job.wages]
    context = {
        "brief": brief,
        "medium": medium,
        "kind": KIND,
        "end": charts.pay_end(tops, brief.wage_offered),
        "series": [(program.title, program.quarters) for program in brief.pipeline],
        "style": Markup(asset("base.css") + asset(f"{medium}.css") + asset(f"brief_{medium}.css")),
    }
    try:
        return environment().get_template("employer_brief.html").render(context)
    except (UndefinedError, NothingToPrintError) as error:
        raise ReportError(f"A page of the brief prints a value that is not there: {error}") from error


def _on_two_sheets(brief: EmployerBrief) -> EmployerBrief:
    listed = brief.occupations[:MOST_OCCUPATIONS]
    more = sum(job.jobs for job in brief.occupations[MOST_OCCUPATIONS:])
    return replace(
        brief,
        company=shorten(brief.company, 80),
        headline=shorten(brief.headline, 130),
        standfirst=shorten(brief.standfirst, 330),
        plan=shorten(brief.plan, 160),
        occupations=listed,
        other_jobs=brief.other_jobs + more,
        competing=brief.competing[:MOST_COMPETING],
        offers=brief.offers[:MOST_OFFERS],
        requests=brief.requests[:4],
        caveats=tuple(shorten(caveat, 150) for caveat in brief.caveats[:4]),
        sources=tuple(shorten(source, 110) for source in brief.sources[:4]),
        pipeline_note=shorten(brief.pipeline_note, 270),
    )
