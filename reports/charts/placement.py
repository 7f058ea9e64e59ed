"""A program's placements, between the least and the greatest that any sharing of the openings gives it."""

from __future__ import annotations

from markupsafe import Markup

from reports.charts.svg import INK, SOFT, Svg
from reports.programs import Placement
from reports.wording import number


def placement(chart: Placement, width: float = 252) -> Markup:
    """Draw least to greatest as a bar with the shown allocation as a mark; unknown ends are left out."""
    ends = [v for v in (chart.least, chart.placed, chart.greatest) if v is not None]
    top = max([*ends, 1.0])
    svg = Svg(
        width,
        40,
        f"Graduates placed a year: least {number(chart.least)}, fair share {number(chart.placed)}, "
        f"greatest {number(chart.greatest)}.",
    )

    def x(value: float) -> float:
        return 4 + value / top * (width - 8)

    svg.line(4, 18, width - 4, 18, "#d5dbe0", width=1)
    if chart.least is not None and chart.greatest is not None:
        svg.rect(x(chart.least), 14, max(x(chart.greatest) - x(chart.least), 2), 8, "#9fccc9")
    if chart.placed is not None:
        svg.dot(x(chart.placed), 18, 5, INK)
        at = x(chart.placed)
        anchor = "start" if at < 60 else "end" if at > width - 60 else "middle"
        svg.text(
            at if anchor == "middle" else (0 if anchor == "start" else width),
            9,
            f"fair share {number(chart.placed)}",
            9.5,
            INK,
            anchor=anchor,
            bold=True,
        )
    if chart.least is not None:
        svg.text(0, 36, f"least {number(chart.least)}", 9.5, SOFT)
    if chart.greatest is not None:
        svg.text(width, 36, f"greatest {number(chart.greatest)}", 9.5, SOFT, anchor="end")
    return svg.markup()
