"""Jobs of one industry in one county: published points, and the 80% and 95% fan of the years ahead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from reports.charts.svg import INK, RULE, SOFT, Svg, apart, ticks
from reports.wording import number

_LIGHT, _DARK, _LINE = "#d5e6e5", "#9fccc9", "#00706b"


@dataclass(frozen=True)
class Outlook:
    """What the chart shows, in jobs.

    Attributes:
        title: the finding, which becomes the alternative text.
        points: year, jobs and source of each published figure; sources are never joined by a line.
        nowcast: date in years and jobs.
        years: years of the forecast.
        p50, lo80, hi80, lo95, hi95: one number a year.
    """

    title: str
    points: Sequence[tuple[int, float, str]]
    nowcast: tuple[float, float]
    years: Sequence[int]
    p50: Sequence[float]
    lo80: Sequence[float]
    hi80: Sequence[float]
    lo95: Sequence[float]
    hi95: Sequence[float]


def outlook(chart: Outlook, width: float = 398, height: float = 178) -> Markup:
    """Draw it, with labels at the right instead of a legend."""
    left, right, top, bottom = 46.0, 100.0, 14.0, 18.0
    first = min([*(year for year, _, _ in chart.points), *chart.years])
    last = max(*chart.years, first + 1)
    marks = ticks(max([*chart.hi95, *(jobs for _, jobs, _ in chart.points), 1.0]), 3)

    def x(year: float) -> float:
        return left + (year - first) / (last - first) * (width - left - right)

    def y(value: float) -> float:
        return top + (1 - value / marks[-1]) * (height - top - bottom)

    svg = Svg(width, height, chart.title)
    svg.lines([(left, y(mark), width - right, y(mark)) for mark in marks], RULE)
    for mark in marks:
        svg.text(left - 5, y(mark) + 3.5, number(mark), 9.5, SOFT, anchor="end")
    for year in range(first, last + 1, max(1, round((last - first) / 5))):
        svg.text(x(year), height - 4, str(year), 9.5, SOFT, anchor="middle")
    for low, high, fill in ((chart.lo95, chart.hi95, _LIGHT), (chart.lo80, chart.hi80, _DARK)):
        up = [(x(year), y(value)) for year, value in zip(chart.years, high, strict=True)]
        down = [(x(year), y(value)) for year, value in zip(chart.years, low, strict=True)]
        svg.area(up + down[::-1], fill)
    svg.path([(x(year), y(value)) for year, value in zip(chart.years, chart.p50, strict=True)], _LINE, 1.8)
    for source in dict.fromkeys(name for _, _, name in chart.points):
        run = [(x(year), y(jobs)) for year, jobs, name in chart.points if name == source]
        if len(run) > 1:
            svg.path(run, INK)
        for place in run:
            svg.dot(*place, 2, INK)
        svg.text(run[0][0], max(min(at for _, at in run) - 5, 9.0), source, 9, INK)
    svg.dot(x(chart.nowcast[0]), y(chart.nowcast[1]), 2.4, _LINE)
    svg.text(x(chart.nowcast[0]) - 5, y(chart.nowcast[1]) - 6, "nowcast", 9, _LINE, anchor="end")
    ends = (
        (chart.hi95[-1], "95% high", SOFT),
        (chart.hi80[-1], "80% high", SOFT),
        (chart.p50[-1], f"median {number(chart.p50[-1])}", _LINE),
        (chart.lo80[-1], "80% low", SOFT),
        (chart.lo95[-1], "95% low", SOFT),
    )
    places = apart([y(value) for value, _, _ in ends], 11.5, top, height - bottom)
    for at, (_, words, colour) in zip(places, ends, strict=True):
        svg.text(width - right + 5, at + 3.5, words, 9.5, colour, bold=colour == _LINE)
    return svg.markup()
