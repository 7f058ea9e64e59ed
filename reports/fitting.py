"""Keeps a program's page to one sheet: estimates its height line by line and leaves entries out until it fits.

What is left out is left out whole and counted, and stands in the attached tables; only a text that alone would not fit
is cut, at the end of a sentence where there is one.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from reports.programs import ProgramPage
from reports.wording import sentences

SHEET = 874.0
"""Height of the text column in px (893) less the heading above the first page and a little for what is misjudged."""

PAIRED = ("watch", "hold")
"""Actions that decide nothing; their programs share a sheet by two."""


@dataclass(frozen=True)
class PageView:
    """A program's page as it is printed.

    Attributes:
        page: the page with its lists shortened where needed.
        omitted_occupations: occupations left to the attached tables.
        omitted_others: other institutions left to the attached tables.
        omitted_sentences: reasons, gates, flips and notes left to the attached tables.
        paired: printed in half a page, as nothing is decided about the program.
    """

    page: ProgramPage
    omitted_occupations: int = 0
    omitted_others: int = 0
    omitted_sentences: int = 0
    paired: bool = False

    @property
    def links(self) -> dict[str, tuple[str, ...]]:
        """Why occupations are linked: reason -> the codes it holds for, in the order of the page."""
        found: dict[str, tuple[str, ...]] = {}
        for fed in self.page.occupations:
            if fed.reason:
                found[fed.reason] = (*found.get(fed.reason, ()), fed.soc_code)
        return found


def whole(page: ProgramPage) -> PageView:
    """The page as it is, for media without sheets."""
    return PageView(page)


def fitted(page: ProgramPage) -> PageView:
    """The page cut to one sheet: fewer entries in its lists first; foreign texts beyond measure last."""
    if page.row.action in PAIRED:
        for letters in (330, 210, 150, 90):
            cut = _capped(page, letters)
            cut = replace(cut, occupations=cut.occupations[:4], others=cut.others[:4])
            if half(cut) <= SHEET * 0.6:
                break
        return _view(page, cut, paired=True)
    for letters in (330, 210, 150, 90):
        cut = _fewer(_capped(page, letters))
        if estimate(cut) <= SHEET:
            break
    return _view(page, cut)


def _view(page: ProgramPage, cut: ProgramPage, paired: bool = False) -> PageView:
    said = [sum(map(len, (p.reasons, p.gates, p.flips, p.notes))) for p in (page, cut)]
    return PageView(
        cut,
        len(page.occupations) - len(cut.occupations),
        len(page.others) - len(cut.others),
        said[0] - said[1],
        paired,
    )


def _capped(page: ProgramPage, letters: int) -> ProgramPage:
    return replace(
        page,
        summary=sentences(page.summary, round(letters * 1.8)),
        reasons=_sentences(page.reasons, 6, letters),
        flips=_sentences(page.flips, 4, letters),
        gates=_sentences(page.gates, 4, letters),
        occupations=tuple(replace(fed, reason=sentences(fed.reason, letters)) for fed in page.occupations[:6]),
        others=page.others[:6],
        capacity=page.capacity[:9],
        placement_assumption=sentences(page.placement_assumption, letters),
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
        elif len(page.occupations) > 4:
            page = replace(page, occupations=page.occupations[:-1])
        elif len(page.settling) > 2:
            page = replace(page, settling=page.settling[:2])
        elif len(page.reasons) > 4:
            page = replace(page, reasons=page.reasons[:4])
        elif len(page.flips) > 2:
            page = replace(page, flips=page.flips[:2])
        elif len(page.notes) > 1:
            page = replace(page, notes=page.notes[:1])
        elif len(page.occupations) > 3:
            page = replace(page, occupations=page.occupations[:-1])
        elif len(page.others) > 3 or len(page.capacity) > 5:
            page = replace(page, others=page.others[:3], capacity=page.capacity[:5])
        elif len(page.reasons) + len(page.gates) > 4:
            page = replace(page, reasons=page.reasons[:3], gates=page.gates[: max(1, len(page.gates) - 1)])
        else:
            break
    return page


def estimate(page: ProgramPage) -> float:
    """Height of the printed page in px, from the number of characters that a line of each block holds."""
    row = page.row
    height = 21.0 + 26.6 * _lines(row.title[:88], 58)
    height += 17.2 * _lines(f"Advise {row.advice[:60]} {page.summary} Certainty: {row.certainty}.", 116)
    height += 60  # the strip of key numbers
    fan = page.fan
    left = 178.0 + (_head(fan.title, fan.subtitle, 68) if fan else 0)
    right = (72.0 + _head(page.gap.title, page.gap.subtitle, 42) if page.gap else 0.0) + (64 if page.placement else 0)
    height += 6 + max(left, right)
    gates = [f"Held back: {gate}" for gate in page.gates]
    why = sum(15 * _lines(text, 77) + 3 for text in (*page.reasons, *gates))
    flips = sum(15 * _lines(text, 42) + 3 for text in page.flips)
    settles = 26 + sum(
        15 * _lines(f"{s.name}: knowing it would change the advice in 50% of cases", 77) + 3 for s in page.settling
    )
    height += 25 + max(why + (settles if page.settling else 0), flips)
    if page.dossier and row.action == "review":
        height += 7 + 13.3 * _lines("; ".join(f"x {gate.gate}" for gate in page.dossier.verdicts) + " " * 60, 138)
    height += 41 + sum(_occupation(f.title, f.entry_education) for f in page.occupations)
    reasons = dict.fromkeys(f.reason for f in page.occupations if f.reason)
    height += 4 + 12.4 * _lines(" ".join(f"Why they are linked. 00-0000: {reason}." for reason in reasons), 150)
    others = sum(_lines(f"{o.institution[:44]}, {o.county}: 100 a year, 100% counted", 66) for o in page.others)
    costs = sum(_lines(f"{f.name[:40]}: {f.value} {f.unit} assumed, {f.low}–{f.high}", 70) for f in page.capacity)
    height += 24 + 15.8 * max(others, costs)
    small = " ".join(("Placement.", page.placement_assumption, *page.notes, " " * 45))
    return height + 9 + 13.4 * _lines(small, 146)


def half(page: ProgramPage) -> float:
    """Height in px of a page that shares its sheet with another."""
    row = page.row
    height = 41.0 + 21 * _lines(row.title[:88], 74)
    height += 17.2 * _lines(f"Advise {row.advice[:60]} {page.summary} Certainty: {row.certainty}.", 116) + 40
    gates = [f"Held back: {gate}" for gate in page.gates]
    beside = 14 * _lines(" ".join(("Why.", *page.reasons, *gates)), 48) + 6
    beside += 14 * _lines(" ".join(("What would change this.", *page.flips)), 48)
    height += max(150.0, beside)
    fed = " ".join(
        f"{f.title[:88]} {f.soc_code} ({f.layer}; 100 recurring + 10 one-off openings, 10 for graduates; "
        f"{f.entry_education[:34]}, $50,000);"
        for f in page.occupations
    )
    others = " ".join(f"{o.institution[:44]}, {o.county}: 100 a year, 100% counted;" for o in page.others)
    known = " ".join(f"{f.name[:40]}: {f.value} {f.unit};" for f in page.capacity if f.standing == "known")
    rest = " ".join((others, known, " " * 120, page.placement_assumption, *page.notes))
    return height + 13.8 * (_lines(fed, 146) + _lines(rest, 146)) + 8


def _occupation(title: str, education: str) -> float:
    lines = max(_lines(f"{title[:88]} 00-0000", 45), _lines(f"{education[:34]}, $41,200", 33))
    return 5.6 + 12.6 * lines


def _head(title: str, subtitle: str, letters: int) -> float:
    return 15 * _lines(title, letters) + 13.5 * _lines(subtitle, round(letters * 1.12)) + 4


def _lines(text: str, letters: int) -> int:
    return math.ceil(len(text) / letters) if text.strip() else 0


def _sentences(texts: Iterable[str], most: int, letters: int) -> tuple[str, ...]:
    return tuple(sentences(text, letters) for text in texts)[:most]
