"""Timeline of announced projects: from the announcement to the year by which the jobs are promised."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import Markup

from reports.background import Announcement
from reports.charts.svg import FAINT, INK, RULE, SOFT, Svg
from reports.wording import number, shorten

_SURE, _LIGHT = "#1c5fa8", "#a9c6e6"
_ROW = 19.0
_LETTERS = 40


def timeline(projects: Sequence[Announcement], width: float = 672) -> Markup:
    """One line a project: thin to the first promised jobs, a bar over the promised years, jobs in words beside it."""
    rows = [(p, int(p.announced[:4])) for p in projects if p.announced[:4].isdigit()]
    if not rows:
        return Markup("")
    first = min(start for _, start in rows)
    last = max(max(p.by_year or 0, p.start_year or 0, start + 1) for p, start in rows)
    left, right, top = 214.0, 190.0, 18.0
    height = top + _ROW * len(rows) + 4
    svg = Svg(width, height, _words(projects))

    def x(year: float) -> float:
        return left + (year - first) / (last + 1 - first) * (width - left - right)

    step = max(1, round((last + 1 - first) / 8))
    for year in range(first, last + 2, step):
        svg.line(x(year), top - 4, x(year), height - 2, RULE, width=0.6)
        svg.text(x(year), 10, str(year), 9.5, SOFT, anchor="middle")
    for index, (project, start) in enumerate(rows):
        middle = top + _ROW * (index + 0.5)
        _line(svg, project, start, x, (middle, width - right))
    return svg.markup()


def _line(svg: Svg, project: Announcement, start: int, x: Callable[[float], float], at: tuple[float, float]) -> None:
    middle, end = at
    idle = project.cancelled or not project.counted
    svg.text(0, middle + 3.5, _name(project), 10.5, SOFT if idle else INK)
    begin = start + _part_of_year(project.announced)
    close = max(max(project.by_year or 0, project.start_year or 0, 0) or start + 1, start) + 1
    opening = min(max(project.start_year or begin, begin), close)
    if project.cancelled:
        svg.line(x(begin), middle, x(close), middle, FAINT, width=1.2, dash="2 3")
    else:
        svg.line(x(begin), middle, x(opening), middle, SOFT, width=1)
        svg.rect(
            x(opening),
            middle - 4,
            max(x(close) - x(opening), 3),
            8,
            "#ffffff" if idle else _LIGHT,
            stroke=FAINT if idle else "",
        )
    svg.dot(x(begin), middle, 2.6, "#ffffff" if idle else _SURE, stroke=SOFT if idle else "")
    svg.text(end + 8, middle + 3.5, _jobs(project), 10, SOFT if idle else INK)


def _name(project: Announcement) -> str:
    """Company and place; where that is too long the place or the project's name is left out, never cut in two."""
    company, plain = project.company, project.company.split(" (")[0]
    city = project.place.split(",")[0]
    forms = (f"{company}, {project.place}", f"{company}, {city}", company, f"{plain}, {city}", plain)
    return next((form for form in forms if len(form) <= _LETTERS), shorten(plain, _LETTERS))


def _part_of_year(date: str) -> float:
    month = date[5:7]
    return (int(month) - 1) / 12 if month.isdigit() else 0.0


def _jobs(project: Announcement) -> str:
    promised = f"{number(project.promised_high)} promised" if project.promised_high is not None else "jobs not stated"
    if project.cancelled:
        return f"{promised}, cancelled"
    if not project.counted:
        return f"{promised}, not counted"
    if project.expected is None:
        return promised
    # a median of nothing hides that much may come
    high = f" (to {number(project.expected.p90)})" if project.expected.p50 < 0.5 <= project.expected.p90 else ""
    return f"{promised}, {number(project.expected.p50)} expected{high}"


def _words(projects: Sequence[Announcement]) -> str:
    return "Announced projects by year. " + "; ".join(f"{p.company}: {_jobs(p)}" for p in projects) + "."
