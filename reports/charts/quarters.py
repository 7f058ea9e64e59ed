"""Columns by quarter: graduates of several programs on top of one another, against what the employer needs."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from reports.charts.svg import INK, RULE, SOFT, Svg, apart, ticks
from reports.wording import number, shorten

_SHADES = ("#00706b", "#4f9d98", "#9fccc9", "#876000", "#c9ad66", "#ddca9b", "#5a5aa8", "#a3a3d6")


def quarters(
    labels: Sequence[str],
    parts: Sequence[tuple[str, Sequence[float]]],
    width: float = 672,
    height: float = 150,
) -> Markup:
    """Draw stacked columns with their programs named beside the last column.

    Args:
        labels: quarters, oldest first.
        parts: programs with their people by quarter; those beyond the eighth are drawn as one.
        width: in px.
        height: in px.
    """
    named = [(name, list(values)) for name, values in parts[: len(_SHADES) - 1]]
    rest = [list(values) for _, values in parts[len(_SHADES) - 1 :]]
    if rest:
        named.append((f"{len(rest)} others", [sum(column) for column in zip(*rest, strict=True)]))
    totals = [sum(values[i] for _, values in named) for i in range(len(labels))]
    words = "; ".join(f"{label}: {number(total)}" for label, total in zip(labels, totals, strict=True))
    svg = Svg(width, height, f"Graduates by quarter. {words}")
    left, right, top, bottom = 26.0, 200.0, 12.0, 18.0
    marks = ticks(max([*totals, 1.0]), 3)
    step = (width - left - right) / max(len(labels), 1)

    def y(value: float) -> float:
        return top + (1 - value / marks[-1]) * (height - top - bottom)

    svg.lines([(left, y(mark), width - right, y(mark)) for mark in marks], RULE)
    for mark in marks:
        svg.text(left - 5, y(mark) + 3.5, number(mark), 9.5, SOFT, anchor="end")
    base = [0.0] * len(labels)
    ends: list[tuple[float, str, str]] = []
    stems = [name.partition(",")[0] for name, _ in named]
    twice = {stem for stem in stems if stems.count(stem) > 1}
    for (name, values), colour in zip(named, _SHADES, strict=False):
        boxes = []
        for i, value in enumerate(values):
            if value > 0:
                boxes.append((left + i * step + 5, y(base[i] + value), step - 10, y(base[i]) - y(base[i] + value)))
            base[i] += value
        svg.bars(boxes, colour)
        ends.append(
            (
                y(base[-1] - (values[-1] if values else 0.0) / 2),
                f"{_label(name, twice)} {number(sum(values))}",
                colour,
            )
        )
    for i, (label, total) in enumerate(zip(labels, totals, strict=True)):
        middle = left + i * step + step / 2
        svg.text(middle, height - 4, label, 9.5, SOFT, anchor="middle")
        if total >= 0.5:
            svg.text(middle, y(total) - 3, number(total), 9.5, INK, anchor="middle", bold=True)
    spots = apart([at for at, *_ in ends], 11.5, top, height - bottom)
    for place, (_, text, colour) in zip(spots, ends, strict=True):
        svg.rect(width - right + 6, place - 4, 8, 8, colour)
        svg.text(width - right + 18, place + 3.5, text, 9.5, INK)
    return svg.markup()


def _label(name: str, twice: set[str]) -> str:
    """The program's name, with its award level where two of one name are drawn."""
    stem, _, level = name.partition(",")
    return f"{shorten(stem, 24)}, {level.split()[0]}" if stem in twice and level else shorten(stem, 32)
