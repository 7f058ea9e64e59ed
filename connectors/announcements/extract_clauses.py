"""A sentence that tells of several projects, divided: "Oak will add 30 jobs in Apex, and Elm will hire 50 in Cary"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from connectors.announcements.extract_names import same
from connectors.announcements.extract_text import Sentence

_BETWEEN = re.compile(
    r"(?:;|,|\band\b|\bwhile\b|\bwhereas\b|\bin addition to\b|\bas well as\b|\balong(?:side| with)\b|\bplus\b"
    r"|\bfollowed by\b|–|—)(?:\s+(?:and|while|but|in))?\s+"
)
_NEAR = 48  # letters between a link and the name behind it: "and furniture maker Brasher"
_LISTED = re.compile(r":\s+(?=[^:]*$)")


def clauses(
    sentence: Sentence, named: Sequence[tuple[int, str]], figures: Sequence[int], near: bool = False
) -> list[tuple[Sentence, str | None]]:
    """Divide a sentence where each of several owners has figures of its own.

    Args:
        sentence: to divide.
        named: clean offset and name of each that may own figures, in order.
        figures: clean offsets of the figures.
        near: true where each owner must open its clause.

    Returns:
        The clauses with their owners; a clause before a colon has none. Empty where the sentence is not divided.
    """
    owners: list[tuple[int, str]] = []
    for start, name in named:
        if not any(same(name, other) for _, other in owners):
            owners.append((start, name))
    if near:  # who has no figure before the next is named owns none
        bounds = [*(start for start, _ in owners[1:]), sentence.end]
        owners = [one for one, end in zip(owners, bounds, strict=False) if any(one[0] < at < end for at in figures)]
    bounds = [*(start for start, _ in owners[1:]), sentence.end]
    if len(owners) < 2 or not all(
        any(start < at < end for at in figures) for (start, _), end in zip(owners, bounds, strict=True)
    ):
        return []
    text, cuts = sentence.text, [0]
    for start, _ in owners[1:]:
        link = list(_BETWEEN.finditer(text[cuts[-1] : start - sentence.start]))
        if not link or (near and start - sentence.start - cuts[-1] - link[-1].end() > _NEAR):
            return []
        cuts.append(cuts[-1] + link[-1].end())
    whose: list[str | None] = [name for _, name in owners]
    if listed := _LISTED.search(text[: owners[0][0] - sentence.start]):
        cuts.insert(1, listed.end())
        whose.insert(0, None)
    pieces = list(zip(cuts, [*cuts[1:], len(text)], whose, strict=True))
    if near and not all(any(a <= at - sentence.start < b for at in figures) for a, b, owner in pieces if owner):
        return []
    return [
        (
            replace(
                sentence,
                start=sentence.start + a,
                end=sentence.start + b,
                text=text[a:b],
                first=sentence.first and a == 0,
            ),
            owner,
        )
        for a, b, owner in pieces
    ]
