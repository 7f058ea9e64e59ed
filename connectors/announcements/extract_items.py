"""Lists of grants or places: each item opens with its town or county, or with the money that somebody gets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from connectors.announcements.extract_anchors import FOREIGN
from connectors.announcements.extract_company import Mention, grouped, strength
from connectors.announcements.extract_parts import Project
from connectors.announcements.extract_places import Place, municipalities
from connectors.announcements.extract_readings import Reading, as_row, named_well
from connectors.announcements.extract_reviews import STRONG

_TOWN = re.compile(
    r"(?:(?:Town|City|Village) of (?P<of>[A-Z][\w.' -]{2,28}?)(?:\s*[,(]\s*[A-Z][\w -]+ County\)?)?"
    r"|(?P<city>[A-Z][A-Za-z.' -]{2,28}?))\s*(?::|\s[-–—])\s"
)
_COUNTY = re.compile(
    r"(?P<name>[A-Z][\w-]+(?: [A-Z][\w-]+)?) (?:County|COUNTY)(?:\s*[,(][^:]{2,40})?\s*(?::|\s[-–—])\s"
)
_MONEY = re.compile(r"\$[\d.,]+(?: (?:million|billion))? (?:to|for) ")


def items(read: Sequence[Reading]) -> list[Project]:
    """The projects of a list whose items open alike: "Town of Elkin: ...", "Wayne County: ...", "$50,000 to ...".

    Args:
        read: all sentences in order.

    Returns:
        One entry for each item that promises something, its company left out where the item names none; empty where
        the text is no such list.
    """
    opening = [index for index, reading in enumerate(read) if reading.sentence.first and _opens(reading)]
    if len(opening) < 2:
        return []
    made = []
    for start, end in zip(opening, [*opening[1:], len(read)], strict=True):
        part = list(read[start:end])
        stop = next((at for at, one in enumerate(part) if at and one.sentence.heading), len(part))
        if project := _item(part[:stop]):
            made.append(project)
    lead = [one for one in read[: opening[0]] if not one.sentence.heading]
    for project in made:
        project.lead = lead
    return made


def _opens(reading: Reading) -> bool:
    text = reading.sentence.text
    return bool(_COUNTY.match(text) or _MONEY.match(text) or _label(reading))


def _label(reading: Reading) -> Place | None:
    """The town that opens an item."""
    sentence = reading.sentence
    match = _TOWN.match(sentence.text)
    if not match:
        return None
    group = "of" if match["of"] else "city"
    name = match[group].title() if match[group].isupper() else match[group]
    if group == "city" and name not in municipalities():
        return None
    return Place(name, sentence.start + match.start(group), sentence.start + match.end(group), 1.0, sentence)


def _without_grant(reading: Reading) -> Reading:
    """An item without the money that opens it, which is no investment."""
    match = _MONEY.match(reading.sentence.text)
    end = reading.sentence.start + (match.end() if match else 0)
    return replace(reading, investments=tuple(one for one in reading.investments if one.start >= end))


def _county(reading: Reading) -> Place | None:
    """The county that opens an item."""
    sentence = reading.sentence
    match = _COUNTY.match(sentence.text)
    return (
        Place(match["name"].title(), sentence.start, sentence.start + match.end("name"), 2.0, sentence)
        if match
        else None
    )


def _item(part: list[Reading]) -> Project | None:
    part[0] = _without_grant(part[0])
    if not any(one.promises or (one.sentence.heading and one.jobs) for one in part) or any(
        FOREIGN.search(one.sentence.text) for one in part
    ):
        return None
    named = [one for reading in part for one in reading.mentions if named_well(one) and one.score > -0.5]
    label, county = _label(part[0]), _county(part[0])
    if part[0].sentence.heading:
        part = [as_row(part[0]), *part[1:]]
    groups = [group for group in grouped(named) if label is None or group[0].name.text != label.name]
    told = [one.sentence for one in part if one.promises]
    company: list[Mention] = max(
        groups,
        key=lambda group: (any(one.name.sentence in told for one in group), strength(group)),
        default=[],
    )
    if not company and not any(claim.kind in ("new", "grant") for one in part for claim in one.jobs):
        return None
    codes = [code for reading in part for code in reading.codes]
    return Project(
        [replace(one, score=max(one.score, STRONG)) for one in company], codes, part, town=label, within=county
    )
