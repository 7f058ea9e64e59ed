"""Slope chart: each program's gap in the last edition and in this one, with its name at both ends."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from reports.charts.svg import ACTION_COLOUR, RULE, SOFT, Svg, apart
from reports.quantities import ActionKind
from reports.wording import number, shorten


@dataclass(frozen=True)
class SlopeLine:
    """One program in two editions: people a year missing (positive) or too many (negative).

    Attributes:
        label: the program's name.
        before: its balance in the earlier edition.
        after: its balance now.
        action: what is advised now.
    """

    label: str
    before: float
    after: float
    action: ActionKind


@dataclass(frozen=True)
class Slope:
    """What changed between two editions: their names, and the programs that moved most."""

    earlier: str
    now: str
    lines: tuple[SlopeLine, ...]


def slope(chart: Slope, width: float = 440, row: float = 15) -> Markup:
    """Draw the lines; names stand where the lines begin and end, moved apart where they would touch."""
    lines = chart.lines
    height = max(120.0, 50 + row * len(lines))
    words = "; ".join(f"{line.label} from {number(line.before)} to {number(line.after)}" for line in lines)
    svg = Svg(width, height, f"Yearly balance by program, {chart.earlier} and {chart.now}. {words}")
    left, right, top, bottom = 168.0, width - 70.0, 30.0, height - 10
    values = [value for line in lines for value in (line.before, line.after)]
    low, high = min([*values, 0.0]), max([*values, 1.0])

    def y(value: float) -> float:
        return top + (high - value) / (high - low) * (bottom - top)

    for x, name in ((left, chart.earlier), (right, chart.now)):
        svg.line(x, top - 8, x, bottom, RULE)
        svg.text(x, top - 14, name, 10, SOFT, anchor="middle")
    before = apart([y(line.before) for line in lines], 11.5, top, bottom)
    after = apart([y(line.after) for line in lines], 11.5, top, bottom)
    for line, start, end in zip(lines, before, after, strict=True):
        colour = ACTION_COLOUR[line.action]
        svg.path([(left, y(line.before)), (right, y(line.after))], colour, 1.6)
        svg.dot(left, y(line.before), 2, colour)
        svg.dot(right, y(line.after), 2.4, colour)
        svg.text(left - 6, start + 3.5, f"{shorten(line.label, 27)} {_signed(line.before)}", 9.5, colour, anchor="end")
        svg.text(right + 6, end + 3.5, _signed(line.after), 9.5, colour, bold=True)
    return svg.markup()


def _signed(value: float) -> str:
    text = number(value)
    return text if value < 0.5 else f"+{text}"
