"""Word-sized charts: a sparkline of completions, a bar in a table cell, the strip of programs by action."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from markupsafe import Markup

from reports.charts.svg import ACTION_COLOUR, FAINT, GROUND, INK, Svg
from reports.quantities import ActionKind, YearCount
from reports.wording import ACTION_LABEL, ACTION_ORDER, number, plural


def sparkline(history: Sequence[YearCount], width: float = 46, height: float = 16) -> Markup:
    """Completions by year from zero up, the last one marked; years without a figure leave a gap."""
    known = [h for h in history if h.count is not None]
    if not known:
        return Markup("")
    first, last = history[0].year, max(history[-1].year, history[0].year + 1)
    top = max(h.count or 0.0 for h in known) or 1.0
    words = ", ".join(f"{h.year}: {number(h.count)}" for h in history)
    svg = Svg(width, height, f"Completions {words}")

    def place(h: YearCount) -> tuple[float, float]:
        return 2 + (h.year - first) / (last - first) * (width - 5), 2 + (1 - (h.count or 0.0) / top) * (height - 4)

    svg.line(2, height - 1.5, width - 3, height - 1.5, FAINT, width=0.6)
    for present, run in groupby(history, key=lambda h: h.count is not None):
        points = [place(h) for h in run]
        if present and len(points) > 1:
            svg.path(points, INK, 1.1)
        elif present:
            svg.dot(*points[0], 1.2, INK)
    svg.dot(*place(known[-1]), 1.9, INK)
    return svg.markup()


def bar(value: float | None, top: float, width: float = 90, colour: str = "#1c5fa8") -> Markup:
    """A bar from zero on a scale that ends at top."""
    svg = Svg(width, 10, f"{number(value)} of at most {number(top)}")
    svg.rect(0, 1, width, 8, GROUND)
    if value is not None:
        svg.rect(0, 1, max(min(value / top, 1.0) * width, 1) if top > 0 else 0, 8, colour)
    return svg.markup()


def counts_strip(counts: Mapping[ActionKind, int], width: float = 672) -> Markup:
    """How many programs have each action, as one strip with a label under each part."""
    parts = [(kind, counts.get(kind, 0)) for kind in ACTION_ORDER if counts.get(kind, 0) > 0]
    total = sum(count for _, count in parts)
    if not total:
        return Markup("")
    svg = Svg(width, 40, "Programs by action: " + ", ".join(f"{ACTION_LABEL[k]} {n}" for k, n in parts))
    # Parts are at least as wide as their label, the rest is shared in proportion.
    least = 62.0
    spare = width - least * len(parts)
    x = 0.0
    for kind, count in parts:
        wide = least + spare * count / total
        svg.rect(x, 0, wide - 2, 10, ACTION_COLOUR[kind])
        svg.text(x, 24, ACTION_LABEL[kind], 10.5, ACTION_COLOUR[kind], bold=True)
        svg.text(x, 37, plural(count, "program"), 10, INK)
        x += wide
    return svg.markup()
