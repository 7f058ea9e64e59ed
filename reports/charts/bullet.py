"""Bullet chart of one program: graduates as a bar over the range of openings, on a scale shared by the whole table."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from reports.charts.svg import ACTION_COLOUR, ACTION_TINT, GROUND, INK, SOFT, Svg, ticks
from reports.programs import ProgramRow
from reports.wording import number, spread

WIDTH, HEIGHT = 114.0, 16.0
_SPAN = WIDTH - 10  # room at the right for the mark of a value beyond the scale


def scale_end(rows: Iterable[ProgramRow]) -> float:
    """End of the common scale in people a year: holds nine programs in ten whole; the others are cut and marked."""
    tops = sorted(
        max([r.addressable.p90 if r.addressable else 0.0, r.graduates.p50 if r.graduates else 0.0]) for r in rows
    )
    tops = [top for top in tops if top > 0]
    return ticks(tops[int((len(tops) - 1) * 0.9)], 3)[-1] if tops else 1.0


def axis(end: float) -> Markup:
    """The shared scale above a column of bullets."""
    svg = Svg(WIDTH, 14, f"Scale from 0 to {number(end)} people a year")
    marks = ticks(end, 3)
    for mark in marks:
        x = mark / end * _SPAN
        anchor = "start" if mark == 0 else "middle"
        svg.line(max(x, 0.5), 10, max(x, 0.5), 14, SOFT)
        svg.text(x, 8, number(mark), 9, SOFT, anchor=anchor)
    return svg.markup()


def bullet(row: ProgramRow, end: float) -> Markup:
    """One row's bullet: band = openings for graduates (80% range), tick = median, bar = graduates."""
    band, bar = row.addressable, row.graduates
    words = [
        f"openings for graduates {number(band.p50)} a year ({spread(band)})" if band else "openings not known",
        f"graduates {number(bar.p50)} a year" if bar else "graduates not known",
    ]
    svg = Svg(WIDTH, HEIGHT, "; ".join(words))
    svg.rect(0, 1, _SPAN, 14, GROUND)

    def x(value: float) -> float:
        return min(max(value, 0.0), end) / end * _SPAN

    if band:
        svg.rect(x(band.p10), 1, max(x(band.p90) - x(band.p10), 1.5), 14, ACTION_TINT[row.action])
    if bar:
        svg.rect(0, 5.5, max(x(bar.p50), 0.8), 5, INK)
    if band:
        middle = min(x(band.p50), _SPAN - 1)
        svg.line(middle, 0, middle, HEIGHT, ACTION_COLOUR[row.action], width=2)
    if max(band.p90 if band else 0.0, bar.p50 if bar else 0.0) > end:
        colour = INK if bar and bar.p50 > end else ACTION_COLOUR[row.action]
        svg.area([(_SPAN + 2, 3.5), (_SPAN + 9, 8), (_SPAN + 2, 12.5)], colour)
    return svg.markup()
