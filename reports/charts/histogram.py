"""Histogram of a gap over the draws, split at one cohort."""

from __future__ import annotations

from itertools import pairwise

from markupsafe import Markup

from reports.charts.svg import FAINT, INK, SOFT, Svg
from reports.programs import GapHistogram
from reports.wording import number, share

_BELOW, _ABOVE = "#c3cad1", "#00706b"


def histogram(chart: GapHistogram, width: float = 252, height: float = 98) -> Markup:
    """Draw the distribution; draws with a gap of at least one cohort are dark."""
    left, right, top, bottom = 1.0, 1.0, 16.0, 14.0
    low, high = chart.edges[0], max(chart.edges[-1], chart.edges[0] + 1)
    tallest = max([*chart.shares, 1e-9])
    floor = height - bottom

    def x(value: float) -> float:
        return left + (value - low) / (high - low) * (width - left - right)

    beyond = sum(s for edge, s in zip(chart.edges, chart.shares, strict=False) if _beyond(edge, chart.cohort))
    words = chart.title or "Distribution of the gap"
    if chart.cohort is not None:
        words = (
            f"{words.rstrip('.')}. {share(beyond)} of the draws lie at or beyond one cohort of {number(chart.cohort)}."
        )
    svg = Svg(width, height, words)
    for beyond_cohort, colour in ((False, _BELOW), (True, _ABOVE)):
        svg.bars(
            [
                (
                    x(start),
                    floor - part / tallest * (floor - top),
                    x(end) - x(start) - 0.8,
                    part / tallest * (floor - top),
                )
                for (start, end), part in zip(pairwise(chart.edges), chart.shares, strict=True)
                if part > 0 and _beyond(start, chart.cohort) is beyond_cohort
            ],
            colour,
        )
    svg.line(left, floor, width - right, floor, SOFT, width=0.7)
    for value in (low, (low + high) / 2, high):
        anchor = "start" if value == low else "end" if value == high else "middle"
        svg.text(x(value), floor + 11, number(value), 9.5, SOFT, anchor=anchor)
    if chart.cohort is not None and low < chart.cohort < high:
        at = x(chart.cohort)
        svg.line(at, 12, at, floor, FAINT, width=0.8, dash="2 2")
        late = at > width * 0.55
        svg.text(
            at - 4 if late else at + 4,
            11,
            f"{number(chart.cohort)} or more: {share(beyond)}",
            9.5,
            INK,
            anchor="end" if late else "start",
            bold=True,
        )
    return svg.markup()


def _beyond(edge: float, cohort: float | None) -> bool:
    return cohort is not None and edge >= cohort - 1e-9
