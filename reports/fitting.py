"""Keeps a program's page to one sheet: estimates its height line by line and shortens lists until it fits."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from reports.programs import ProgramPage
from reports.wording import shorten

SHEET = 868.0
"""Height of the text column in px (893) less a reserve for what the estimate misses."""


@dataclass(frozen=True)
class PageView:
    """A program's page as it is printed.

    Attributes:
        page: the page with its lists shortened where needed.
        omitted_occupations: occupations left to the attached tables.
        omitted_others: other institutions left to the attached tables.
    """

    page: ProgramPage
    omitted_occupations: int = 0
    omitted_others: int = 0


def whole(page: ProgramPage) -> PageView:
    """The page as it is, for media without sheets."""
    return PageView(page)


def fitted(page: ProgramPage) -> PageView:
    """The page cut to one sheet: long sentences first, then the shortest entries of the long lists."""
    cut = replace(
        page,
        summary=shorten(page.summary, 380),
        reasons=_sentences(page.reasons, 5),
        flips=_sentences(page.flips, 4),
        gates=_sentences(page.gates, 4),
        occupations=page.occupations[:7],
        others=page.others[:6],
        capacity=page.capacity[:9],
        placement_assumption=shorten(page.placement_assumption, 300),
        notes=_sentences(page.notes, 4, 240),
    )
    # Give up, in this order, one entry at a time: occupations and institutions down to five and three, then text.
    while estimate(cut) > SHEET:
        if len(cut.occupations) > 5:
            cut = replace(cut, occupations=cut.occupations[:-1])
        elif len(cut.others) > 4 or len(cut.capacity) > 6:
            cut = replace(cut, others=cut.others[:4], capacity=cut.capacity[:6])
        elif len(cut.reasons) + len(cut.gates) > 4:
            cut = replace(cut, reasons=cut.reasons[:3], gates=cut.gates[: max(1, len(cut.gates) - 1)])
        elif len(cut.flips) > 2:
            cut = replace(cut, flips=cut.flips[:2])
        elif len(cut.notes) > 1:
            cut = replace(cut, notes=cut.notes[:1])
        elif len(cut.occupations) > 3:
            cut = replace(cut, occupations=cut.occupations[:-1])
        else:
            break
    return PageView(cut, len(page.occupations) - len(cut.occupations), len(page.others) - len(cut.others))


def estimate(page: ProgramPage) -> float:
    """Height of the printed page in px, from the number of characters that a line of each block holds."""
    row = page.row
    height = -25.0 + 28 * _lines(row.title, 62)
    height += 17.5 * _lines(f"Advise {row.advice} {page.summary} Certainty: {row.certainty}.", 116) + 6
    height += 58
    fan = page.fan
    left = 178.0 + (_head(fan.title, fan.subtitle, 68) if fan else 0)
    right = (112.0 + _head(page.gap.title, page.gap.subtitle, 42) if page.gap else 0.0) + (
        40 + 24 if page.placement else 0
    )
    height += 10 + max(left, right)
    gates = [f"Held back: {gate}" for gate in page.gates]
    why = sum(15 * _lines(text, 72) + 3 for text in (*page.reasons, *gates))
    flips = sum(15 * _lines(text, 44) + 3 for text in page.flips)
    height += 35 + max(why, flips)
    height += 47 + sum(_occupation(f.title, f.layer, f.reason, f.entry_education) for f in page.occupations)
    others = sum(5.5 + 12.6 * _lines(f"{o.institution[:44]} {o.county}", 44) for o in page.others)
    costs = sum(5.5 + 12.6 * _lines(f.name[:40], 26) for f in page.capacity)
    height += 50 + max(others, costs)
    return height + 12 + 13.5 * _lines(" ".join((page.placement_assumption, *page.notes)), 140)


def _occupation(title: str, layer: str, reason: str, education: str) -> float:
    lines = max(
        _lines(f"{title[:48]} 00-0000", 33),
        _lines(f"{layer} {reason[:70]}", 29),
        _lines(f"{education[:34]}, $41,200", 25),
    )
    return 5.6 + 12.6 * lines


def _head(title: str, subtitle: str, letters: int) -> float:
    return 15 * _lines(title, letters) + 13.5 * _lines(subtitle, round(letters * 1.12)) + 4


def _lines(text: str, letters: int) -> int:
    return math.ceil(len(text) / letters) if text.strip() else 0


def _sentences(texts: Iterable[str], most: int, letters: int = 210) -> tuple[str, ...]:
    return tuple(shorten(text, letters) for text in texts)[:most]
