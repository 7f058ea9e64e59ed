"""Turns a report into one HTML document, for paper or for the screen, by the section templates in their order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Literal

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.exceptions import UndefinedError
from markupsafe import Markup, escape

from reports import arranging, charts, wording
from reports.background import Announcement, Assumption
from reports.charts.bullet import scale_end
from reports.charts.svg import ACTION_COLOUR, ticks
from reports.errors import ReportError
from reports.fitting import fitted, whole
from reports.quarterly import QuarterlyReport

Medium = Literal["print", "screen"]
KIND = "Program gap report"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class Section:
    """A rendered section.

    Attributes:
        id: its anchor, from the file name of its template.
        title: its name in the contents.
        body: its markup.
    """

    id: str
    title: str
    body: Markup


@dataclass(frozen=True)
class AttachedFile:
    """A file that travels inside the PDF.

    Attributes:
        name: file name.
        size: bytes.
        sha256: hash in hexadecimal.
    """

    name: str
    size: int
    sha256: str


def attached(name: str, content: bytes) -> AttachedFile:
    """Describe an attachment for the table of attached files."""
    return AttachedFile(name, len(content), sha256(content).hexdigest())


def document(report: QuarterlyReport, medium: Medium, attachments: Sequence[AttachedFile] = ()) -> str:
    """The whole report as HTML.

    Raises:
        ReportError: a value is undefined or None where a page prints it, two programs share an anchor,
            or the report's date is no date.
    """
    _check(report)
    fit = fitted if medium == "print" else whole
    pages = [fit(page) for page in report.pages]
    context: dict[str, object] = {
        "report": report,
        "medium": medium,
        "kind": KIND,
        "edition": _edition(report.edition),
        "attachments": attachments,
        "linked": {page.row.program_id for page in report.pages},
        "groups": arranging.by_action(report.programs),
        "pages": arranging.in_order(pages),
        "programs_scale": scale_end(report.programs),
        "unserved_scale": ticks(max([o.openings.p50 for o in report.unserved if o.openings] or [1.0]))[-1],
        "charted": arranging.charted(report.announcements),
        "overridden": sum(a.overridden for a in report.assumptions),
    }
    templates = environment()
    try:
        sections = [s for name in _section_names(templates) if (s := _section(templates, name, context))]
        page = templates.get_template("report.html")
        style = asset("base.css") + asset(f"{medium}.css")
        script = Markup(asset("page.js"))
        return page.render(context, sections=sections, style=Markup(style), script=script)
    except (UndefinedError, NothingToPrintError) as error:
        raise ReportError(f"A page of the report prints a value that is not there: {error}") from error


def email_fragment(report: QuarterlyReport) -> str:
    """Page 1 as an HTML fragment for an e-mail.

    Raises:
        ReportError: a value is undefined or None where the fragment prints it, or the date is no date.
    """
    _day(report.as_of)
    try:
        template = environment().get_template("email.html")
        return template.render(report=report, edition=_edition(report.edition), colours=ACTION_COLOUR)
    except (UndefinedError, NothingToPrintError) as error:
        raise ReportError(f"The e-mail prints a value that is not there: {error}") from error


def _edition(name: str) -> str:
    return re.sub(r"(\d{4})Q(\d)", r"\1 Q\2", name)


def anchor(program_id: str) -> str:
    """The anchor of a program's page."""
    return "program-" + re.sub(r"[^a-z0-9]+", "-", program_id.lower()).strip("-")


class NothingToPrintError(ValueError):
    """A template printed None."""


def _printed(value: object) -> object:
    if value is None:
        raise NothingToPrintError("None")
    if type(value) is str:
        return wording.clean(value)
    return value


@cache
def environment() -> Environment:
    """The templates of this package with their filters; whatever is undefined or None fails when it is printed."""
    made = Environment(
        loader=PackageLoader("reports"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_printed,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "anchor": anchor,
        "assumption_range": _assumption_range,
        "breakable": _breakable,
        "capital": wording.capital,
        "chance": wording.chance,
        "columns": arranging.columns,
        "day": _day,
        "exact": wording.exact,
        "figure_range": wording.figure_range,
        "money": wording.money,
        "money_range": wording.money_range,
        "number": wording.number,
        "people": wording.people,
        "plural": wording.plural,
        "promised": _promised,
        "quantity": wording.quantity,
        "sentences": wording.sentences,
        "share": wording.share,
        "shorten": wording.shorten,
        "spread": wording.spread,
        "stopped": wording.stopped,
        "web_address": wording.web_address,
    }
    made.tests |= {"left_over": arranging.left_over, "in_balance": arranging.in_balance}
    made.globals |= {
        "action_glyph": wording.ACTION_GLYPH,
        "action_label": wording.ACTION_LABEL,
        "action_meaning": wording.ACTION_MEANING,
        "action_order": wording.ACTION_ORDER,
        "charts": charts,
    }
    made.globals["ui"] = made.get_template("macros.html").module
    return made


def _section_names(environment: Environment) -> list[str]:
    return [name for name in environment.list_templates() if name.startswith("quarterly/")]


def _section(environment: Environment, name: str, context: dict[str, object]) -> Section | None:
    module = environment.get_template(name).make_module(context)
    if not module.shown:  # type: ignore[attr-defined]
        return None
    identifier = name.removeprefix("quarterly/").removesuffix(".html").split("_", 1)[1].replace("_", "-")
    return Section(identifier, module.title, Markup(module.body))  # type: ignore[attr-defined]


def asset(name: str) -> str:
    """Text of a file of the styles folder."""
    return (files("reports") / "styles" / name).read_text(encoding="utf-8")


def _check(report: QuarterlyReport) -> None:
    _day(report.as_of)
    seen: dict[str, str] = {}
    for page in report.pages:
        place = anchor(page.row.program_id)
        if place in seen:
            raise ReportError(
                f"Programs {seen[place]!r} and {page.row.program_id!r} share the anchor {place!r}; rename one."
            )
        seen[place] = page.row.program_id


def _promised(project: Announcement) -> str:
    low, high = project.promised_low, project.promised_high
    if low is None and high is None:
        return "not stated"
    if low is None or high is None or low == high:
        return wording.clean(f"{project.promised_qualifier} {wording.exact(high if high is not None else low)}")
    return wording.clean(f"{project.promised_qualifier} {wording.exact(low)}–{wording.exact(high)}")


def _assumption_range(item: Assumption) -> str:
    return wording.plain_range(item.low, item.high, item.unit)


def _breakable(name: str) -> Markup:
    # Long names may break after an underscore or a dot.
    return Markup(re.sub(r"([_.])", r"\1<wbr>", str(escape(wording.clean(name)))))


def _day(text: str) -> str:
    """A date as it is printed, "Oct 2, 2026"; parts of dates and other texts stay as they are."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return text or "–"
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise ReportError(f"{text!r} is no date; dates are written as 2026-10-02.") from error
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"
