"""Tables whose columns are told by their first line: "Company | County | Jobs | Investment"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from connectors.announcements.extract_claims import Claim
from connectors.announcements.extract_company import Mention
from connectors.announcements.extract_names import Name
from connectors.announcements.extract_parts import Project
from connectors.announcements.extract_places import Place, counties, municipalities
from connectors.announcements.extract_readings import Reading
from connectors.announcements.extract_reviews import STRONG

_COLUMNS = (
    ("investment", re.compile(r"\b(?:invest\w*|capital|capex)\b", re.IGNORECASE)),
    ("jobs", re.compile(r"\b(?:jobs|positions|employees|employment)\b", re.IGNORECASE)),
    ("place", re.compile(r"\b(?:county|city|town|location|place|where|site)\b", re.IGNORECASE)),
    ("company", re.compile(r"\b(?:company|project|employer|business|name|firm|client)\b", re.IGNORECASE)),
)
_CELL = re.compile(r"[^|;]+")
_NUMBER = re.compile(r"\$?\s?(?P<digits>\d[\d,]*(?:\.\d+)?)\s*(?P<times>million|billion|[MBmb]\b)?\+?\s*")
_TIMES = {"million": 1e6, "m": 1e6, "billion": 1e9, "b": 1e9, "": 1.0}


def table(read: Sequence[Reading]) -> list[Project]:
    """The projects of the first table of a text, one per row.

    Args:
        read: all sentences in order.

    Returns:
        Empty where no line names the columns of two rows at least.
    """
    for index, reading in enumerate(read):
        heads = [_kind(cell.group()) for cell in _CELL.finditer(reading.sentence.text)]
        if "company" not in heads or not {"jobs", "investment"} & set(heads) or len(heads) < 3:
            continue
        million = "million" in reading.sentence.text.lower()
        made = []
        for row in read[index + 1 :]:
            cells = list(_CELL.finditer(row.sentence.text))
            if len(cells) != len(heads):
                break
            made.append(_row(row, {kind: cell for kind, cell in zip(heads, cells, strict=True) if kind}, million))
        if len(made) >= 2:
            return made
    return []


def _kind(head: str) -> str:
    return next((kind for kind, pattern in _COLUMNS if len(head) < 40 and pattern.search(head)), "")


def _row(row: Reading, cells: dict[str, re.Match[str]], million: bool) -> Project:
    sentence = row.sentence
    start, end = _span(cells["company"])
    name = Name(sentence.text[start:end], sentence.start + start, sentence.start + end, sentence, False)
    known = next((one for one in row.mentions if one.name.start < name.end and name.start < one.name.end), None)
    company = replace(known or Mention(name, STRONG, True, False), score=STRONG, acts=True)
    jobs = _claim(row, cells.get("jobs"), "new", 1.0)
    money = _claim(row, cells.get("investment"), "investment", 1e6 if million else 1.0)
    told = replace(row, jobs=tuple(jobs), investments=tuple(money), mentions=(company,))
    codes = list(row.codes)
    project = Project([] if codes else [company], codes, [told])
    if "place" in cells:
        start, end = _span(cells["place"])
        words = sentence.text[start:end]
        place = Place(words, sentence.start + start, sentence.start + end, 2.0, sentence)
        project.within = place if words in counties() and words not in municipalities() else None
        project.town = place if words in municipalities() else None
    return project


def _span(cell: re.Match[str]) -> tuple[int, int]:
    words = cell.group()
    return cell.start() + len(words) - len(words.lstrip()), cell.start() + len(words.rstrip())


def _claim(row: Reading, cell: re.Match[str] | None, kind: str, unit: float) -> list[Claim]:
    """The number of a cell, where it holds nothing else."""
    number = _NUMBER.fullmatch(cell.group().strip()) if cell else None
    if cell is None or number is None:
        return []
    start, end = (row.sentence.start + at for at in _span(cell))
    times = _TIMES[(number["times"] or "").lower()] if number["times"] else unit
    value = round(float(number["digits"].replace(",", "")) * times, 2)
    return [Claim(kind, value, None, "exact", start, end, STRONG, row.sentence)]
