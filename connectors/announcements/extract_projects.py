"""Which sentences belong to which project: one project, a round-up of several, a listing page, or none."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from connectors.announcements.extract_anchors import FOREIGN, INTRODUCES, Anchor, anchors
from connectors.announcements.extract_claims import BACKGROUND
from connectors.announcements.extract_company import Mention, grouped, strength, subject
from connectors.announcements.extract_items import items
from connectors.announcements.extract_names import same
from connectors.announcements.extract_owners import owned
from connectors.announcements.extract_parts import Project, rows, sections, several_ends
from connectors.announcements.extract_readings import Reading
from connectors.announcements.extract_reviews import STRONG, looks_back
from connectors.announcements.extract_stage import ends
from connectors.announcements.extract_tables import table
from connectors.announcements.extract_together import together

_LINK = re.compile(
    r"\b(?:the (?:company|firm|project|facility|plant|expansion|manufacturer|investment|site|headquarters"
    r"|new (?:jobs|positions|facility|plant))|new (?:jobs|positions)|its|their|jobs|salar(?:y|ies)|wages|JDIG"
    r"|it will|state grant|incentives?|this project)\b",
    re.IGNORECASE,
)
_LINK_BACK = re.compile(
    r"^\W*(?:[A-Z][\w ,]{0,40}\b)?[Tt]he (?:company|firm|manufacturer|project|new (?:jobs|positions))\b", re.IGNORECASE
)
_TRADE_NEWS = re.compile(r"^\W*(?:[\w'-]+ ){0,6}(?:industry|sector|economy)\b")  # "Virginia's food industry continues"
_SINGLE = re.compile(
    r"\b(?:company|manufacturer|firm|maker|producer|developer|distributor|retailer|employer|startup|supplier"
    r"|provider|giant|[a-z]+maker"
    r"|brewer|distiller|grocer|start-up|foundry|brewery|lender|insurer|bank|processor|automaker)\b"
    r"|\b(?-i:Project [A-Z]\w+)\b",
    re.IGNORECASE,
)


_MAKES = re.compile(rf"{_SINGLE.pattern}|\b(?:makes|produces|builds|manufactures|supplies)\b", re.IGNORECASE)


def projects(read: list[Reading]) -> list[Project]:
    """Divide a text into its projects.

    Args:
        read: all sentences in order.

    Returns:
        One entry per project in the order of the text; several only where the lay-out parts them, or several companies
        (or code names) each have sentences or paragraphs with a promise of their own. Empty where nobody promises.
    """
    if ended := several_ends(read):
        return ended
    parts = sections(read)
    if len(parts) >= 2:
        return [*_opening(read, parts), *parts]
    if listed := table(read) or items(read):
        return listed
    found = anchors(read)
    if looks_back(read) and len(found) < 2:
        return []
    found = owned(read, found)
    if len(found) >= 2:
        return _several(read, found)
    return together(read) or (rows(read) if not found else []) or _single(read, found)


def _opening(read: list[Reading], parts: list[Project]) -> list[Project]:
    """The project that a text tells of before the first line with a name, where none of the later parts is it."""
    lead = read[: read.index(parts[0].readings[1])]
    found = [one for one in anchors(lead) if not any(one.names(part.company) for part in parts)]
    return _single(lead, found) if len(found) == 1 and found[0].company else []


def _several(read: list[Reading], found: list[Anchor]) -> list[Project]:
    lead = [one for one in read[: found[0].index] if INTRODUCES.search(one.sentence.text)]
    made = [Project(list(one.company), list(one.codes), lead=lead) for one in found]
    starts = {one.index: number for number, one in enumerate(found)}
    walk = _Walk()
    pending: list[Reading] = []
    for index, reading in enumerate(read):
        if reading.sentence.heading and index not in starts:
            pending.append(reading)
            continue
        subject = starts.get(index)
        if subject is None:
            owners = [number for number, anchor in enumerate(found) if anchor.owns(reading) and anchor.index <= index]
            subject = walk.current if walk.current in owners else (owners[-1] if owners else None)
        walk.step(reading, subject)
        if walk.current is None:
            pending = []
            continue
        above = True  # headlines right over a sentence are its own, up to one of another
        for heading in reversed(pending):
            owners = [number for number, anchor in enumerate(found) if anchor.owns(heading)]
            if owners:
                made[owners[0]].readings.append(heading)
            elif above and not INTRODUCES.search(heading.sentence.text) and _agree(heading, reading):
                made[walk.current].readings.append(heading)
            above = above and walk.current in (owners or [walk.current]) and _agree(heading, reading)
        pending = []
        made[walk.current].readings.append(reading)
    for project in made:
        project.readings.sort(key=lambda one: one.sentence.start)
    for project, anchor in zip(made, found, strict=True):
        block = read[anchor.index].sentence.block  # where a company is introduced, its full name counts
        project.company.extend(
            replace(one, score=max(one.score, 0.5))
            if reading.sentence.block == block and "'s " not in one.name.text
            else one
            for reading in read
            for one in reading.mentions
            if anchor.names([one])
        )
    return made


@dataclass
class _Walk:
    """Whose story is being told while walking through the sentences: null for nobody's."""

    current: int | None = None
    paused: int | None = None
    block: int = -1

    def step(self, reading: Reading, subject: int | None) -> None:
        """Go on to the next sentence, which names ``subject`` or nobody."""
        text = reading.sentence.text
        opens = reading.sentence.block != self.block
        self.block = reading.sentence.block
        if subject is not None:
            self.current, self.paused = subject, None
        elif not opens:
            return
        elif FOREIGN.search(text) or (reading.promises and any(one.score >= 1.0 for one in reading.mentions)):
            self.current, self.paused = None, None  # somebody else's paragraph
        elif self.current is not None and not (_LINK.search(text) or reading.wages):
            self.current, self.paused = None, self.current  # an aside
        elif self.paused is not None and (_LINK_BACK.search(text) or reading.wages):
            self.current, self.paused = self.paused, None


def _agree(heading: Reading, reading: Reading) -> bool:
    """Whether a headline may stand over a sentence: it gives no jobs, or the sentence gives none or the same."""
    above = {claim.value for claim in heading.jobs if claim.kind == "new"}
    below = {claim.value for claim in reading.jobs if claim.kind == "new"}
    return not above or not below or bool(above & below)


def _single(read: list[Reading], found: list[Anchor]) -> list[Project]:
    groups = grouped(one for reading in read for one in reading.mentions)
    if found and found[0].company:
        groups = [[one for reading in read for one in reading.mentions if found[0].names([one])]]
    company = max(groups, key=strength) if groups else []
    if company and max(one.score for one in company) < 1.1 and not any(one.acts for one in company):
        company = []
    codes = [code for reading in read for code in reading.codes]
    if not any(one.promises or one.sited or one.wages or ends(one.sentence.text) for one in read):
        return []
    mine: list[Reading] = []
    weak: list[Reading] = []
    for reading in read:
        (weak if _about_others(reading, company) else mine).append(reading)
    about = [] if company or codes else subject(one for one in _named(mine) if not one.name.sentence.heading)
    if (
        not company
        and not codes
        and not any(one.described and _MAKES.search(_words(one)) for one in about)
        and not any(one is mine[0] or one.promises for one in mine if _names(one, about))
        and not (about and any(ends(one.sentence.text) for one in mine))
        and not any(_SINGLE.search(text) for text in _told(mine))
    ):
        return []
    return [Project(list(company or about), codes, mine, weak)]


def _told(read: list[Reading]) -> list[str]:
    """Sentences that promise, each with the one before where "it" stands for somebody told of there."""
    found = []
    for at, reading in enumerate(read):
        if reading.promises:
            back = at > 0 and re.match(r"\W*(?:It|They|Its)\b", reading.sentence.text)
            found.append(f"{read[at - 1].sentence.text if back else ''} {reading.sentence.text}")
    return found


def _names(reading: Reading, about: list[Mention]) -> bool:
    """Whether a sentence opens with one of the names, more than a single word or told of again."""
    opening = [one.name for one in about if one.name.sentence == reading.sentence]
    return any(one.start - reading.sentence.start < 3 and (" " in one.text or len(about) > 1) for one in opening)


def _named(read: list[Reading]) -> list[Mention]:
    return [one for reading in read for one in reading.mentions]


def _words(one: Mention) -> str:
    """The words that say what a company is."""
    start, end = one.described or (0, 0)
    sentence = one.name.sentence
    return sentence.text[start - sentence.start : end - sentence.start]


def _about_others(reading: Reading, company: list[Mention]) -> bool:
    """Whether a sentence is somebody else's story: another company acts in it, or it tells of the state or the past."""
    own = any(same(one.name.text, other.name.text) for one in reading.mentions for other in company)
    if not own and _TRADE_NEWS.search(reading.sentence.text) and reading.promises:
        return True
    if not own and (FOREIGN.search(reading.sentence.text) or any(claim.kind == "many" for claim in reading.jobs)):
        return True
    others = [one for one in reading.mentions if one.acts and one.score >= STRONG and not reading.sentence.heading]
    return bool(company and others and not own and reading.promises) or (
        bool(BACKGROUND.search(reading.sentence.text)) and not own and reading.promises and not reading.wages
    )
