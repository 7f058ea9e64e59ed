"""Companies that a text counts and then only names: "The three are rubber maker Arlo, Benno and food maker Cass"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from connectors.announcements.extract_company import Mention
from connectors.announcements.extract_parts import Project
from connectors.announcements.extract_readings import Reading, named_well
from connectors.announcements.extract_reviews import STRONG

_COUNT = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
_NAMES_THEM = re.compile(
    rf"^\W*[Tt]he (?:(?P<count>{'|'.join(_COUNT)}) )?(?:[a-z]+ )?(?:companies|firms|manufacturers|employers|businesses"
    rf"|three|two|four|five|six|makers|recipients)?\s*(?:are|were|include)\b"
)
_ANY_COUNT = re.compile(rf"\b(?P<count>{'|'.join(_COUNT)})\b", re.IGNORECASE)


def together(read: Sequence[Reading]) -> list[Project]:
    """The companies of a sentence that names those the text has counted and promised for before, without figures.

    Args:
        read: all sentences in order.

    Returns:
        One entry for each; empty where the number told before is another, or where nothing was promised for them.
    """
    for index, reading in enumerate(read):
        text = reading.sentence.text
        if index == 0 or reading.promises or not _NAMES_THEM.match(text):
            continue
        named = [one for one in reading.mentions if named_well(one) and one.score > -0.5]
        before = read[:index]
        told = {_COUNT[found["count"].lower()] for one in before for found in _ANY_COUNT.finditer(one.sentence.text)}
        told |= {_COUNT[found["count"].lower()] for found in _ANY_COUNT.finditer(text[:40])}
        if len(named) >= 2 and len(named) in told and any(one.jobs or one.investments for one in before):
            return [_project(reading, one, before) for one in named]
    return []


def _project(reading: Reading, one: Mention, before: Sequence[Reading]) -> Project:
    own = replace(reading, jobs=(), investments=(), wages=(), mentions=(one,))
    return Project([replace(one, score=STRONG, acts=True)], [], [own], lead=list(before), named=True)
