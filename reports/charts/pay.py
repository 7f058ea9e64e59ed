"""Pay strip of one occupation: what it pays here, p10 to p90, with the employer's average wage as a line."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from reports.charts.svg import GROUND, INK, SOFT, Svg, ticks
from reports.wording import money

WIDTH, HEIGHT = 150.0, 16.0
_LIGHT, _DARK, _OFFER = "#d5e6e5", "#9fccc9", "#b23a14"


def pay_end(tops: Iterable[float | None], offered: float | None) -> float:
    """End of the common scale in dollars a year: the third quartile of the printed tops, and the offer."""
    known = sorted(top for top in tops if top is not None)
    typical = known[int((len(known) - 1) * 0.75)] if known else 100_000.0
    return ticks(max(typical, (offered or 0.0) * 1.05), 3)[-1]


def pay_axis(end: float) -> Markup:
    """The scale above a column of pay strips."""
    svg = Svg(WIDTH, 14, f"Scale from $0 to {money(end)} a year")
    for mark in (0.0, end / 2, end):
        x = mark / end * (WIDTH - 2)
        anchor = "start" if mark == 0 else "end" if mark == end else "middle"
        svg.line(max(x, 0.5), 10, max(x, 0.5), 14, SOFT)
        svg.text(x, 8, f"${mark / 1000:,.0f}k", 9, SOFT, anchor=anchor)
    return svg.markup()


def pay(
    low: float | None,
    lower: float | None,
    middle: float | None,
    upper: float | None,
    high: float | None,
    end: float,
    offered: float | None = None,
) -> Markup:
    """Draw one strip from the percentiles 10, 25, 50, 75 and 90; what is not printed is not drawn."""
    words = (
        f"pay {money(low)} to {money(high)} from the 10th to the 90th percentile, median {money(middle)}"
        if middle is not None
        else "pay not published"
    )
    svg = Svg(WIDTH, HEIGHT, words + (f"; offered {money(offered)}" if offered is not None else ""))
    svg.rect(0, 3, WIDTH - 2, 10, GROUND)

    def x(value: float) -> float:
        return min(max(value, 0.0), end) / end * (WIDTH - 2)

    for start, stop, colour in ((low, high, _LIGHT), (lower, upper, _DARK)):
        if start is not None and stop is not None:
            svg.rect(x(start), 3, max(x(stop) - x(start), 1.5), 10, colour)
    if middle is not None:
        svg.line(x(middle), 2, x(middle), 14, INK, width=1.8)
    if offered is not None:
        svg.line(x(offered), 0, x(offered), HEIGHT, _OFFER, width=1.4, dash="2 1.5")
    return svg.markup()
