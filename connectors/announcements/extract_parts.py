"""Parts of a text that its lay-out or its news sets apart: sections under a name, rows of a list, ends of several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from connectors.announcements.extract_company import Mention
from connectors.announcements.extract_names import Name, same
from connectors.announcements.extract_places import Place
from connectors.announcements.extract_readings import Reading, as_row
from connectors.announcements.extract_reviews import STRONG
from connectors.announcements.extract_stage import ends

_SEVERAL_END = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|several|both|multiple|\d{1,2})\b[^.;]{0,70}"
    r"\b(?:grants?|projects|companies|deals|agreements|JDIGs?|terminations?)\b",
    re.IGNORECASE,
)
_PROMISED = re.compile(
    r"\b(?:promised|pledged|planned|agreed|committed|was to|were to|would|grants?|JDIG|agreement|create[ds]?)\b",
    re.IGNORECASE,
)
_CLOSES = re.compile(r"\b(?:layoffs?|laid off|lay off|shut(?:ting)? down|will close|closing its|WARN)\b")
_STAFF = re.compile(r"\b\d[\d,]* (?:workers|employees|people)\b")  # whoever works there already
_TOLD = re.compile(r"\b(?:will|would|plans?|is|are|has|said|says|announced|expects?|could)\b")


@dataclass
class Project:
    """The readings of one project, gathered while walking through the text.

    Attributes:
        company: mentions of its company.
        codes: its code names.
        readings: the sentences that tell of it.
        weak: sentences of the same text that tell another story.
        county: the county of this part, where one text gives each county its own figures.
        lead: sentences that introduce all projects of the text; they may name the place of all.
        end: the sentence that tells the end of this and of other projects together.
        town, within: the town and the county that open its item of a list or stand in its row of a table.
        named: true where the text names the company among others that it promises for, without figures of its own.
    """

    company: list[Mention]
    codes: list[Name] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    weak: list[Reading] = field(default_factory=list)
    county: str | None = None
    lead: list[Reading] = field(default_factory=list)
    end: Reading | None = None
    town: Place | None = None
    within: Place | None = None
    named: bool = False


def sections(read: Sequence[Reading]) -> list[Project]:
    """Parts of a round-up or ranking that each stand under a line with nothing but a company's or code name."""
    heads = [(index, titles) for index, reading in enumerate(read) if (titles := _title(reading)) is not None]
    made = []
    for (index, (company, codes)), end in zip(heads, [*(index for index, _ in heads[1:]), len(read)], strict=False):
        part = [as_row(read[index]), *read[index + 1 : end]]
        if any(reading.promises for reading in part) and not any(_CLOSES.search(one.sentence.text) for one in part):
            own = [
                one
                for reading in part
                for one in reading.mentions
                if company and same(one.name.text, company.name.text)
            ]
            made.append(Project([replace(company, score=STRONG), *own] if company else [], codes, part))
    if made and heads[0][0] > 0:
        for project in made:
            project.lead = list(read[: heads[0][0]])
    return made


def _title(reading: Reading) -> tuple[Mention | None, list[Name]] | None:
    """The company or code name that is all that a line says, but for a number in front or figures in brackets."""
    sentence = reading.sentence
    alone = sentence.heading or (sentence.text.endswith(":") and not reading.promises)
    if not (alone and sentence.first) or len(sentence.text) > 70:
        return None
    whole = re.sub(r"\s*\([^)]*\):?\s*$", "", sentence.text)
    whole = re.sub(r"^\W*(?:\d{1,2}[.):]?\s+)?|\W+$", "", whole)
    if reading.codes and re.fullmatch(r"['\"]?Project\s+[\w' ]{2,30}", whole, re.IGNORECASE):
        return None, list(reading.codes)
    named = next((one for one in reading.mentions if len(one.name.text) >= len(whole) - 1), None)
    return (named, []) if named and whole.startswith(named.name.text[:4]) else None


def rows(read: Sequence[Reading]) -> list[Project]:
    """Lines of a list that each set one company beside its figures without a verb: 'Wake County - Hollis, 120 jobs'."""
    made: list[Project] = []
    for block in sorted({reading.sentence.block for reading in read}):
        part = [reading for reading in read if reading.sentence.block == block]
        text = " ".join(reading.sentence.text for reading in part)
        jobs = [claim for reading in part for claim in reading.jobs if claim.kind == "new"]
        mentioned = [one for reading in part for one in reading.mentions]
        if not jobs or not mentioned or len(text) > 160 or _TOLD.search(text) or _STAFF.search(text):
            continue
        opens = mentioned[0].name.start - part[0].sentence.start
        again = any(same(mentioned[0].name.text, project.company[0].name.text) for project in made)
        if opens < 45 and not again and not re.search(r"[.;]\s", text[:opens]):
            made.append(Project([replace(mentioned[0], score=STRONG, acts=True)], [], [as_row(one) for one in part]))
    return made if len(made) >= 2 else []


def several_ends(read: Sequence[Reading]) -> list[Project]:
    """The projects whose end one text tells, each with its old figures; empty where it tells fewer than two."""
    lead = next((one for one in read[:3] if ends(one.sentence.text) and _SEVERAL_END.search(one.sentence.text)), None)
    told = [one for one in read if not one.sentence.heading and ends(one.sentence.text) and _ended(one)]
    if lead is None and len(told) < 2:
        return []
    made: list[Project] = []
    for reading in read:
        sentence = reading.sentence
        if sentence.heading or (reading is lead and not made):
            continue
        known = [
            one for one in made if any(same(m.name.text, o.name.text) for m in reading.mentions for o in one.company)
        ]
        mention = _ended(reading)
        if mention and not known and (ends(sentence.text) or (lead and _PROMISED.search(sentence.text))):
            made.append(
                Project([replace(mention, score=max(mention.score, STRONG))], [], [reading], end=lead or told[0])
            )
        elif made:
            part = made[-1] if made[-1] in known or not known else known[-1]
            part.readings.append(reading)
            part.company.extend(
                one for one in reading.mentions if any(same(one.name.text, other.name.text) for other in part.company)
            )
    return made if len(made) >= 2 else []


def _holds(reading: Reading, one: Mention) -> bool:
    """Whether a company is named as the holder: "Sutro Bank's grant"."""
    behind = reading.sentence.text[one.name.end - reading.sentence.start :]
    return bool(re.match(r"'s?\s+(?:[\w$.-]+\s+){0,4}?(?:grant|project|plans?|agreement|deal|award|JDIG)\b", behind))


def _ended(reading: Reading) -> Mention | None:
    """The company whose project a sentence ends or recalls: who acts, is described, or holds the grant."""
    chosen = [
        one
        for one in reading.mentions
        if one.acts
        or one.described
        or _holds(reading, one)
        or one.name.legal
        or re.search(r"\b(?:of|for|to|is|with|maker|company|firm)\s+$", one.name.lead)
    ]
    return max(chosen, key=lambda one: one.score + (1.0 if one.acts else 0.0), default=None)
