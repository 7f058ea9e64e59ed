"""Fan chart: openings by year with their 50% and 80% ranges, against what the program supplies."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

from markupsafe import Markup

from reports.charts.svg import FAINT, INK, RULE, SOFT, Svg, apart, ticks
from reports.programs import DemandFan
from reports.wording import number, people

_LIGHT, _DARK, _LINE, _SUPPLY = "#d5e6e5", "#9fccc9", "#00706b", "#b23a14"


def fan(chart: DemandFan, width: float = 398, height: float = 178) -> Markup:
    """Draw the fan with direct labels; the history of completions runs into it from the left."""
    left, right, top, bottom = 30.0, 96.0, 12.0, 18.0
    known = [(h.year, h.count) for h in chart.history if h.count is not None]
    years = sorted({*chart.years, *(h.year for h in chart.history)})
    highest = max([*chart.p90, *(c for _, c in known), chart.capacity or 0.0, 1.0])
    marks = ticks(highest, 3)
    first, last = years[0], max(years[-1], years[0] + 1)

    def x(year: float) -> float:
        return left + (year - first) / (last - first) * (width - left - right)

    def y(value: float) -> float:
        return top + (1 - value / marks[-1]) * (height - top - bottom)

    svg = Svg(width, height, _words(chart))
    svg.lines([(left, y(mark), width - right, y(mark)) for mark in marks], RULE)
    for mark in marks:
        svg.text(left - 5, y(mark) + 3.5, number(mark), 9.5, SOFT, anchor="end")
    step = max(1, round((last - first) / 4))
    for year in range(first, last + 1, step):
        svg.text(x(year), height - 4, str(year), 9.5, SOFT, anchor="middle")

    labels: list[tuple[float, str, str, bool]] = []
    if chart.years:
        _bands(svg, chart, x, y)
        labels += [
            (y(chart.p90[-1]), "high", SOFT, False),
            (y(chart.p50[-1]), f"median {number(chart.p50[-1])} ({chart.years[-1]})", _LINE, True),
            (y(chart.p10[-1]), "low", SOFT, False),
        ]
    for present, run in groupby(chart.history, key=lambda h: h.count is not None):
        points = [(x(h.year), y(h.count)) for h in run if h.count is not None]
        if present and len(points) > 1:
            svg.path(points, INK)
        elif present:
            svg.dot(*points[0], 2, INK)
    if known:
        year = known[0][0]
        above = y(max(count for _, count in known[:3])) - 6
        svg.text(x(year) + 1, max(above, top + 4), chart.history_label, 9.5, INK)
    if chart.capacity is not None:
        start = chart.years[0] if chart.years else first
        svg.line(x(start), y(chart.capacity), width - right, y(chart.capacity), _SUPPLY, width=1.6)
        labels.append((y(chart.capacity), f"{chart.capacity_label} {people(chart.capacity)}", _SUPPLY, True))
    for place, (_, words, colour, bold) in zip(
        apart([at for at, *_ in labels], 11.5, top, height - bottom), labels, strict=True
    ):
        svg.text(width - right + 5, place + 3.5, words, 9.5, colour, bold=bold)
    return svg.markup()


def _bands(svg: Svg, chart: DemandFan, x: Callable[[float], float], y: Callable[[float], float]) -> None:
    at = [x(year) for year in chart.years]
    if len(at) == 1:  # a single year is drawn as a short column
        at = [at[0] - 4, at[0] + 4]
    twice = len(chart.years) == 1

    def line(values: tuple[float, ...]) -> list[tuple[float, float]]:
        return [(place, y(v)) for place, v in zip(at, values * 2 if twice else values, strict=True)]

    svg.line(at[0], 10, at[0], y(0), FAINT, width=0.8, dash="2 2")
    svg.text(at[0] + 3, 9, "forecast", 9, SOFT)
    svg.area(line(chart.p90) + line(chart.p10)[::-1], _LIGHT)
    svg.area(line(chart.p75) + line(chart.p25)[::-1], _DARK)
    svg.path(line(chart.p50), _LINE, 1.8)


def _words(chart: DemandFan) -> str:
    words = [chart.title or "Openings by year"]
    if chart.years:
        words.append(
            f"Openings in {chart.years[-1]}: median {number(chart.p50[-1])}, "
            f"80% range {number(chart.p10[-1])} to {number(chart.p90[-1])} people"
        )
    if chart.capacity is not None:
        words.append(f"{chart.capacity_label}: {people(chart.capacity)} a year")
    return ". ".join(w.rstrip(".") for w in words) + "."
