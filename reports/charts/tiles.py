"""A map of equal tiles: each county of the labor shed with its weight, jobs, graduates and announced jobs."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from reports.charts.svg import INK, SOFT, Svg
from reports.outlook import CountyTile
from reports.wording import number, share

_SIDE_X, _SIDE_Y, _GAP = 118.0, 88.0, 5.0
_FULL, _PART = "#9fccc9", "#e3efee"


def tiles(counties: Sequence[CountyTile]) -> Markup:
    """Draw the counties where their college says they lie; the shade says how much of a county counts."""
    words = "; ".join(
        f"{county.name}: {share(county.weight)} counts, {_jobs(county)}, "
        f"{number(county.graduates)} graduates a year, {', '.join(_announced(county))}"
        for county in counties
    )
    columns = max(county.column for county in counties) + 1
    rows = max(county.row for county in counties) + 1
    svg = Svg(columns * (_SIDE_X + _GAP) - _GAP, rows * (_SIDE_Y + _GAP) - _GAP, f"Counties of the labor shed. {words}")
    for county in counties:
        x, y = county.column * (_SIDE_X + _GAP), county.row * (_SIDE_Y + _GAP)
        svg.rect(x, y, _SIDE_X, _SIDE_Y, _FULL if county.weight >= 1 else _PART)
        svg.text(x + 7, y + 16, county.name, 11, INK, bold=True)
        svg.text(x + _SIDE_X - 7, y + 16, share(county.weight), 9.5, SOFT, anchor="end")
        svg.text(x + 7, y + 32, _jobs(county), 9.5, INK)
        svg.text(x + 7, y + 47, f"{number(county.graduates)} graduates a year", 9.5, INK)
        for line, said in enumerate(_announced(county)):
            ahead = county.promised > 0 or county.announced >= 0.5
            svg.text(x + 7, y + 62 + 14 * line, said, 9.5, INK if ahead else SOFT, bold=ahead)
    return svg.markup()


def _announced(county: CountyTile) -> tuple[str, ...]:
    """What is promised there and what is expected of it; a median of nothing with the end of its range."""
    if county.promised <= 0 and county.announced < 0.5:
        return ("no announced jobs ahead",)
    high = f" (to {number(county.announced_high)})" if county.announced < 0.5 <= county.announced_high else ""
    expected = f"{number(county.announced)} expected{high}"
    return (f"{number(county.promised)} promised", expected) if county.promised > 0 else (expected,)


def _jobs(county: CountyTile) -> str:
    return "jobs not known" if county.jobs is None else f"{number(county.jobs)} jobs"
