"""Who promises: the companies or code names that open a sentence, or a headline of a listing page, with a promise."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from connectors.announcements.extract_company import Mention
from connectors.announcements.extract_names import Name, same
from connectors.announcements.extract_readings import Reading
from connectors.announcements.extract_reviews import STRONG

FOREIGN = re.compile(
    r"\b(?:unemployment|jobless|visitors?|tourism|labor force|seasonally adjusted|nonfarm|building reuse"
    r"|Rural Infrastructure Authority|grant requests|local governments|proclam\w+|scholarship|enrollment"
    r"|students will)\b",
    re.IGNORECASE,
)
"""Words of sentences that tell of no company's project."""

INTRODUCES = re.compile(  # "Three manufacturers to expand", "grants for two companies"
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|several|multiple|both|[2-9]|1\d)\b[^.;]{0,60}\b(?:companies"
    r"|firms|manufacturers|projects|expansions|plants|employers|businesses|relocations|factories|investments"
    r"|announcements|arrivals)\b|\b(?:projects|incentives|expansions|relocations|hearings)\b|\bcounties each\b"
    r"|\bgrants? (?:for|to) (?:two|three|four|five|several)\b",
    re.IGNORECASE,
)
"""Words of sentences that introduce several projects together."""


BESIDE = re.compile(r"\b(?:rival|competitor|neighbor|customer|(?:formerly|previously)(?: known as)?)\s+$")
"""Words before a name that is told for comparison."""


_KIN = (  # "Polaris Foods, a unit of Grandview", "Norvane, formerly known as Carewell"
    r"[^.;]{0,40}\b(?:formerly|previously known as|also known as|doing business as|now called|renamed"
    r"|(?:unit|subsidiary|division|part|arm|affiliate|brand) of|owned by)\b[^.;]{0,20}"
)


@dataclass
class Anchor:
    """Who promises, and where first.

    Attributes:
        company: mentions of the company.
        codes: code names of the project.
        index: place of its first promise among the sentences.
    """

    company: list[Mention]
    codes: list[Name]
    index: int

    def owns(self, reading: Reading) -> bool:
        """Whether a sentence names it."""
        return self.names(reading.mentions) or self.coded(reading.codes)

    def names(self, mentions: Sequence[Mention]) -> bool:
        """Whether one of the mentions is its company."""
        return any(same(one.name.text, other.name.text) for one in mentions for other in self.company)

    def coded(self, codes: Sequence[Name]) -> bool:
        """Whether one of the code names is its own."""
        return any(one.text.lower() == other.text.lower() for one in codes for other in self.codes)


def anchors(read: Sequence[Reading]) -> list[Anchor]:
    """All who promise something as the subject of a sentence, each with its first place.

    Headlines count only on a listing page: where running text promises of two companies or of none, or where two more
    headlines each promise of another.
    """
    found: list[Anchor] = []
    for index, reading in enumerate(read):
        if not reading.sentence.heading and _promises_soon(read, index):
            _add(found, reading, index, read)
    heads: list[Anchor] = []
    for index, reading in enumerate(read):
        text = reading.sentence.text
        if reading.sentence.heading and reading.promises and not (FOREIGN.search(text) or INTRODUCES.search(text)):
            _add(heads, reading, index, read)
    other = [head for head in heads if not any(one.names(head.company) or one.coded(head.codes) for one in found)]
    if len(found) + len(other) >= 2 and (len(found) != 1 or len(other) >= 2):
        return sorted([*found, *other], key=lambda one: one.index)
    return found


def _promises_soon(read: Sequence[Reading], index: int) -> bool:
    """Whether a sentence promises, or opens a paragraph that does in its next three sentences."""
    reading = read[index]
    if reading.promises or reading.sited:
        return True
    if FOREIGN.search(reading.sentence.text) or not reading.sentence.first:
        return False
    return any(
        later.promises and later.sentence.block == reading.sentence.block for later in read[index + 1 : index + 4]
    )


def _add(found: list[Anchor], reading: Reading, index: int, read: Sequence[Reading]) -> None:
    sentence = reading.sentence
    least = STRONG - (0.0 if reading.promises or reading.sited else 0.6)
    acting = [
        one
        for one in reading.mentions
        if one.acts and not one.background and one.score >= least and not BESIDE.search(one.name.lead)
    ]
    codes = list(reading.codes)
    if len(codes) > 1:  # an agenda names them all; of those that a promise names the first is its subject
        codes = codes[:1] if reading.promises else []
    if not acting:
        if codes:
            _join(found, Anchor([], codes, index), read)
        return
    best = max(acting, key=lambda one: one.score)
    lead = sentence.text[: best.name.start - sentence.start]
    early = len(lead) < 45 or re.search(r"\b(?:announced|said|announce)\b[^.;]*$", lead) or sentence.first
    if early or not found:
        _join(found, Anchor([best], codes, index), read)


def _join(found: list[Anchor], new: Anchor, read: Sequence[Reading]) -> None:
    """Put a promise to the anchor of the same company or code name, or beside the others."""
    for one in found:
        if related(read, one, new):
            return
        if one.names(new.company) or one.coded(new.codes):
            one.company.extend(new.company)
            known = {code.text.lower() for code in one.codes}
            one.codes.extend(code for code in new.codes if code.text.lower() not in known)
            return
        reveals = (new.company and not one.company) or (new.codes and not one.codes and not new.company)
        if (
            reveals
            and not (new.company and new.codes and one.codes)
            and not _contradict(read[one.index], read[new.index])
        ):  # a code name, then the company behind it
            one.company.extend(new.company)
            one.codes.extend(new.codes)
            return
    found.append(new)


def _contradict(one: Reading, other: Reading) -> bool:
    """Whether two sentences state other jobs or other money, not only a rounded figure and an exact one."""

    def stated(reading: Reading, kind: str) -> set[float]:
        return {claim.value for claim in (*reading.jobs, *reading.investments) if claim.kind == kind}

    pairs = [(stated(one, kind), stated(other, kind)) for kind in ("new", "investment")]
    return any(
        first and second and not any(0.7 < a / b < 1.4 for a in first for b in second) for first, second in pairs
    )


def related(read: Sequence[Reading], one: Anchor, new: Anchor) -> bool:
    """Whether a sentence calls one company the owner, the part or the former name of the other.

    Args:
        read: all sentences in order.
        one: who promises.
        new: who may be the same.
    """
    texts = [reading.sentence.text for reading in read if one.names(reading.mentions) and new.names(reading.mentions)]
    for mention in one.company[:1]:
        for other in new.company[:1]:
            first, second = re.escape(mention.name.text), re.escape(other.name.text)
            pattern = rf"{first}{_KIN}{second}|{second}{_KIN}{first}"
            if any(re.search(pattern, text) for text in texts):
                return True
    return False
