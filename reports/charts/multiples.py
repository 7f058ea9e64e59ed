"""Small multiples: jobs of one industry by year as a small fan, all drawn alike."""

from __future__ import annotations

from textwrap import wrap

from markupsafe import Markup

from reports.charts.svg import INK, RULE, SOFT, Svg, ticks
from reports.outlook import IndustryPath
from reports.wording import clean, number, shorten

_LETTERS = 42
_LIGHT, _LINE = "#d5e6e5", "#00706b"


def multiple(path: IndustryPath, width: float = 216, height: float = 99) -> Markup:
    """Draw one industry: its 80% range, its median, first and last number."""
    last = f"{number(path.p50[-1])} in {path.years[-1]} ({number(path.p10[-1])} to {number(path.p90[-1])})"
    svg = Svg(width, height, f"{path.title}: {number(path.p50[0])} jobs in {path.years[0]}, {last}")
    titles = wrap(clean(path.title), _LETTERS)
    titles = [*titles[:1], shorten(" ".join(titles[1:]), _LETTERS)] if len(titles) > 1 else titles
    left, right, top, bottom = 2.0, 44.0, 16.0 + 12 * len(titles), 16.0
    end = ticks(max(path.p90), 2)[-1]

    def x(at: int) -> float:
        return left + at / max(len(path.years) - 1, 1) * (width - left - right)

    def y(value: float) -> float:
        return top + (1 - value / end) * (height - top - bottom)

    for line, words in enumerate(titles):
        svg.text(left, 10 + 12 * line, words, 10, INK, bold=True)
    coming = f", {number(path.announced)} of them announced" if path.announced >= 0.5 else ""
    svg.text(left, 10 + 12 * len(titles), f"NAICS {path.naics_code}{coming}", 9, SOFT)
    svg.line(left, y(0), width - right, y(0), RULE)
    places = range(len(path.years))
    svg.area(
        [(x(at), y(path.p90[at])) for at in places] + [(x(at), y(path.p10[at])) for at in reversed(places)], _LIGHT
    )
    svg.path([(x(at), y(path.p50[at])) for at in places], _LINE, 1.8)
    svg.text(width - right + 4, y(path.p50[-1]) + 3.5, number(path.p50[-1]), 9.5, _LINE, bold=True)
    svg.text(left, y(path.p50[0]) - 4, number(path.p50[0]), 9, INK)
    for at in (0, len(path.years) - 1):
        svg.text(x(at), height - 3, str(path.years[at]), 9, SOFT, anchor="start" if at == 0 else "end")
    return svg.markup()
