"""A small writer of SVG: escaped text, short coordinates, a title for those who cannot see the drawing."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from reports.quantities import ActionKind
from reports.wording import clean

INK, SOFT, FAINT, RULE, GROUND = "#1d2a35", "#52606d", "#aab4bd", "#d5dbe0", "#eef1f3"

# One hue per action, told apart by the colour-blind through shape and lightness as well; each at least 4.5:1 on white.
ACTION_COLOUR: dict[ActionKind, str] = {
    "expand": "#00706b",
    "launch": "#1c5fa8",
    "hold": "#52606d",
    "watch": "#876000",
    "review": "#9a3d7c",
    "close": "#b23a14",
    "transfer": "#5a5aa8",
}
ACTION_TINT: dict[ActionKind, str] = {
    "expand": "#9fccc9",
    "launch": "#a9c6e6",
    "hold": "#c3cad1",
    "watch": "#ddca9b",
    "review": "#dfb6d1",
    "close": "#ecb9a7",
    "transfer": "#c4c4e3",
}


def short(value: float) -> str:
    """A coordinate with at most one decimal."""
    return f"{value:.1f}".removesuffix(".0")


@dataclass
class Svg:
    """One drawing in CSS pixels, built up part by part.

    Attributes:
        width: in px.
        height: in px.
        title: what the drawing says, in words; becomes the alternative text.
    """

    width: float
    height: float
    title: str
    parts: list[str] = field(default_factory=list)

    def rect(self, x: float, y: float, width: float, height: float, fill: str, *, stroke: str = "") -> None:
        """Add a rectangle; widths below nothing are drawn as nothing."""
        edge = f' stroke="{stroke}"' if stroke else ""
        self.parts.append(
            f'<rect x="{short(x)}" y="{short(y)}" width="{short(max(width, 0))}" height="{short(max(height, 0))}" '
            f'fill="{fill}"{edge}/>'
        )

    def line(
        self, x1: float, y1: float, x2: float, y2: float, stroke: str, *, width: float = 1, dash: str = ""
    ) -> None:
        """Add a straight line."""
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(
            f'<line x1="{short(x1)}" y1="{short(y1)}" x2="{short(x2)}" y2="{short(y2)}" stroke="{stroke}" '
            f'stroke-width="{width:g}"{dashed}/>'
        )

    def lines(self, ends: Iterable[tuple[float, float, float, float]], stroke: str, *, width: float = 0.6) -> None:
        """Add several straight lines of one kind as one element."""
        d = "".join(f"M{short(a)} {short(b)}L{short(c)} {short(e)}" for a, b, c, e in ends)
        self.parts.append(f'<path d="{d}" fill="none" stroke="{stroke}" stroke-width="{width:g}"/>')

    def bars(self, boxes: Iterable[tuple[float, float, float, float]], fill: str) -> None:
        """Add several rectangles (x, y, width, height) of one colour as one element."""
        d = "".join(f"M{short(x)} {short(y)}h{short(w)}v{short(h)}h{short(-w)}Z" for x, y, w, h in boxes)
        if d:
            self.parts.append(f'<path d="{d}" fill="{fill}"/>')

    def path(self, points: Iterable[tuple[float, float]], stroke: str, width: float = 1.6, dash: str = "") -> None:
        """Add an open line through the points."""
        d = "M" + "L".join(f"{short(x)} {short(y)}" for x, y in points)
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(
            f'<path d="{d}" fill="none" stroke="{stroke}" stroke-width="{width:g}" stroke-linejoin="round"{dashed}/>'
        )

    def area(self, points: Iterable[tuple[float, float]], fill: str) -> None:
        """Add a filled shape through the points."""
        self.parts.append(f'<path d="M{"L".join(f"{short(x)} {short(y)}" for x, y in points)}Z" fill="{fill}"/>')

    def dot(self, x: float, y: float, radius: float, fill: str, *, stroke: str = "", width: float = 1.2) -> None:
        """Add a disc."""
        edge = f' stroke="{stroke}" stroke-width="{width:g}"' if stroke else ""
        self.parts.append(f'<circle cx="{short(x)}" cy="{short(y)}" r="{short(radius)}" fill="{fill}"{edge}/>')

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float = 10.5,
        fill: str = INK,
        *,
        anchor: str = "start",
        bold: bool = False,
    ) -> None:
        """Add one line of text with its baseline at y; anchor is start, middle or end."""
        place = "" if anchor == "start" else f' text-anchor="{anchor}"'
        weight = ' font-weight="600"' if bold else ""
        words = escape(clean(text))
        self.parts.append(
            f'<text x="{short(x)}" y="{short(y)}" font-size="{size:g}" fill="{fill}"{place}{weight}>{words}</text>'
        )

    def markup(self) -> Markup:
        """The finished drawing, safe to place in a page."""
        size = f'width="{short(self.width)}" height="{short(self.height)}"'
        box = f'viewBox="0 0 {short(self.width)} {short(self.height)}"'
        face = 'role="img" font-family="Source Sans Pro, sans-serif"'
        head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} {box} {face}>'
        return Markup(f"{head}<title>{escape(clean(self.title))}</title>{''.join(self.parts)}</svg>")


def ticks(high: float, wanted: int = 4) -> list[float]:
    """Round axis marks from 0 to at least high, about as many as wanted."""
    if high <= 0:
        return [0.0, 1.0]
    raw = high / wanted
    size = 10.0 ** math.floor(math.log10(raw))
    step = max(1.0, next(m * size for m in (1, 2, 5, 10) if m * size >= raw * 0.999))
    return [step * i for i in range(math.ceil(high / step - 1e-9) + 1)]


def apart(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Label positions near the wanted ones, at least gap apart and between low and high where there is room."""
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    placed: list[float] = []
    for i in order:
        placed.append(max(wanted[i], placed[-1] + gap if placed else low))
    over = placed[-1] - high if placed else 0.0
    for k in range(len(placed) - 1, -1, -1):
        if over > 0:
            limit = high if k == len(placed) - 1 else placed[k + 1] - gap
            placed[k] = min(placed[k], limit)
    result = [0.0] * len(wanted)
    for position, i in zip(placed, order, strict=True):
        result[i] = position
    return result
