"""Frontier: what the best portfolio of each budget is worth, with the budget used here marked."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from reports.charts.svg import INK, RULE, SOFT, Svg, ticks
from reports.portfolio import FrontierPoint
from reports.wording import money, plural

_LINE = "#00706b"


def frontier(points: Sequence[FrontierPoint], budget: float | None, width: float = 440, height: float = 190) -> Markup:
    """Draw what the best portfolio is worth against money a year; the budget used here carries its numbers."""
    words = "; ".join(
        f"{money(point.budget)}: {plural(point.sections, 'section')}, {money(point.gain)} a year" for point in points
    )
    svg = Svg(width, height, f"Worth of the best portfolio by budget. {words}")
    left, right, top, bottom = 62.0, 24.0, 14.0, 30.0
    most = max([point.gain for point in points] + [1.0])
    across = ticks(max([point.budget for point in points] + [1.0]), 4)
    up = ticks(most, 3)

    def x(value: float) -> float:
        return left + value / across[-1] * (width - left - right)

    def y(value: float) -> float:
        return top + (1 - value / up[-1]) * (height - top - bottom)

    svg.lines([(left, y(mark), width - right, y(mark)) for mark in up], RULE)
    for mark in up:
        svg.text(left - 5, y(mark) + 3.5, money(mark), 9.5, SOFT, anchor="end")
    for mark in across:
        svg.text(x(mark), height - 16, money(mark), 9.5, SOFT, anchor="middle")
    svg.text(width - right, height - 3, "recurring dollars a year", 9.5, SOFT, anchor="end")
    places = [(x(point.budget), y(point.gain)) for point in points]
    svg.path(places, _LINE, 1.8)
    for place in places:
        svg.dot(*place, 2.4, _LINE)
    if budget is not None and points:
        here = min(points, key=lambda point: abs(point.budget - budget))
        svg.dot(x(here.budget), y(here.gain), 4.5, "#fff", stroke=INK, width=1.8)
        anchor = "end" if x(here.budget) > width / 2 else "start"
        step = -9 if anchor == "end" else 9
        svg.text(
            x(here.budget) + step,
            y(here.gain) + 15,
            f"this budget: {plural(here.sections, 'section')}",
            9.5,
            INK,
            anchor=anchor,
            bold=True,
        )
    return svg.markup()
