"""Keeps a program's page to one sheet: estimates its height line by line and shortens lists until it fits."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from reports.programs import ProgramPage
from reports.wording import shorten

SHEET = 880.0
"""Height of the text column in px (893) less a reserve for what the estimate misses."""


PAIRED = ("watch", "hold")
"""Actions that decide nothing; their programs share a sheet by two."""


@dataclass(frozen=True)
class PageView:
    """A program's page as it is printed.

    Attributes:
        page: the page with its lists shortened where needed.
        omitted_occupations: occupations left to the attached tables.
        omitted_others: other institutions left to the attached tables.
        paired: printed in half a page, as nothing is decided about the program.
    """

    page: ProgramPage
    omitted_occupations: int = 0
    omitted_others: int = 0
    paired: bool = False


def whole(page: ProgramPage) -> PageView:
    """The page as it is, for media without sheets."""
    return PageView(page)


def fitted(page: ProgramPage) -> PageView:
    """The page cut to one sheet: fewer entries in its lists first, then shorter sentences."""
    if page.row.action in PAIRED:
        cut = _shorter(page, 150)
        cut = replace(cut, occupations=cut.occupations[:4], others=cut.others[:4])
        return PageView(cut, len(page.occupations) - len(cut.occupations), len(page.others) - len(cut.others), True)
    for letters in (210, 165, 130, 90):
        cut = _fewer(_shorter(page, letters))
        if estimate(cut) <= SHEET:
            break
    return PageView(cut, len(page.occupations) - len(cut.occupations), len(page.others) - len(cut.others))


def _shorter(page: ProgramPage, letters: int) -> ProgramPage:
    return replace(
        page,
        summary=shorten(page.summary, round(letters * 1.8)),
        reasons=_sentences(page.reasons, 5, letters),
        flips=_sentences(page.flips, 4, letters),
        gates=_sentences(page.gates, 4, letters),
        occupations=page.occupations[:6],
        others=page.others[:6],
        capacity=page.capacity[:9],
        placement_assumption=shorten(page.placement_assumption, round(letters * 1.4)),
        notes=_sentences(page.notes, 4, letters),
        settling=page.settling[:3],
    )


def _fewer(page: ProgramPage) -> ProgramPage:
    """Give up one entry at a time: occupations and institutions before reasons, reasons before the last few of each."""
    while estimate(page) > SHEET:
        if len(page.occupations) > 5:
            page = replace(page, occupations=page.occupations[:-1])
        elif len(page.others) > 4 or len(page.capacity) > 6:
            page = replace(page, others=page.others[:4], capacity=page.capacity[:6])
        elif len(page.reasons) + len(page.gates) > 4:
            page = replace(page, reasons=page.reasons[:3], gates=page.gates[: max(1, len(page.gates) - 1)])
        elif len(page.settling) > 2:
            page = replace(page, settling=page.settling[:2])
        elif len(page.flips) > 2:
            page = replace(page, flips=page.flips[:2])
        elif len(page.notes) > 1:
            page = replace(page, notes=page.notes[:1])
        elif len(page.occupations) > 3:
            page = replace(page, occupations=page.occupations[:-1])
        elif len(page.others) > 3 or len(page.capacity) > 5:
            page = replace(page, others=page.others[:3], capacity=page.capacity[:5])
        else:
            break
    return page


def estimate(page: ProgramPage) -> float:
    """Height of the printed page in px, from the number of characters that a line of each block holds."""
    row = page.row
    height = -50.0 + 28 * _lines(row.title[:88], 58)
    height += 17.5 * _lines(f"Advise {row.advice[:60]} {page.summary} Certainty: {row.certainty}.", 116) + 6
    height += 73 if row.cost else 58
    fan = page.fan
    left = 178.0 + (_head(fan.title, fan.subtitle, 68) if fan else 0)
    right = (112.0 + _head(page.gap.title, page.gap.subtitle, 42) if page.gap else 0.0) + (
        40 + 24 if page.placement else 0
    )
    height += 10 + max(left, right)
    gates = [f"Held back: {gate}" for gate in page.gates]
    why = sum(15 * _lines(text, 72) + 3 for text in (*page.reasons, *gates))
    flips = sum(15 * _lines(text, 44) + 3 for text in page.flips)
    settles = 24 + sum(15 * _lines(f"{s.name} (50% chance that it changes the advice)", 72) + 3 for s in page.settling)
    height += 35 + max(why + (settles if page.settling else 0), flips)
    if page.dossier and row.action == "review":
        height += 7 + 13 * _lines("; ".join(f"x {gate.gate}" for gate in page.dossier.verdicts) + " " * 110, 138)
    height += 47 + sum(_occupation(f.title, f.layer, f.reason, f.entry_education) for f in page.occupations)
    others = sum(
        4.6 + 14 * _lines(f"{o.institution[:44]}, {o.county}: 100 a year, 100% counted", 62) for o in page.others
    )
    costs = sum(
        4.6 + 14 * _lines(f"{f.name[:40]}: {f.value} {f.unit} assumed, {f.low}–{f.high}", 64) for f in page.capacity
    )
    height += 30 + max(others, costs)
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


def _sentences(texts: Iterable[str], most: int, letters: int) -> tuple[str, ...]:
    return tuple(shorten(text, letters) for text in texts)[:most]
