"""Which sentences belong to which project: one project, a round-up of several, a listing page, or none."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from connectors.announcements.extract_claims import BACKGROUND
from connectors.announcements.extract_company import Mention, grouped, strength
from connectors.announcements.extract_names import Name, same
from connectors.announcements.extract_readings import Reading

_LINK = re.compile(
    r"\b(?:the (?:company|firm|project|facility|plant|expansion|manufacturer|investment|site|headquarters"
    r"|new (?:jobs|positions|facility|plant))|new (?:jobs|positions)|its|their|jobs|salar(?:y|ies)|wages|JDIG"
    r"|it will|state grant|incentives?|this project)\b",
    re.IGNORECASE,
)
_SINGLE = re.compile(
    r"\b(?:company|manufacturer|firm|maker|producer|developer|distributor|retailer|employer|startup|supplier"
    r"|provider|giant|brewery|lender|insurer|bank|processor|automaker)\b|\b(?-i:Project [A-Z]\w+)\b",
    re.IGNORECASE,
)
_FOREIGN = re.compile(
    r"\b(?:unemployment|jobless|visitors?|tourism|labor force|seasonally adjusted|nonfarm|building reuse"
    r"|Rural Infrastructure Authority|grant requests|local governments|proclam\w+|scholarship|enrollment"
    r"|students will)\b",
    re.IGNORECASE,
)
_OF_STATE = re.compile(
    r"\b(?:companies|employers|businesses|projects|announcements|recruitments|administration|there were"
    r"|governor|state officials)\b",
    re.IGNORECASE,
)
_YEAR_TOTAL = re.compile(
    r"\b(?:last year|(?:in|during|for|throughout) (?:calendar year )?20\d\d|year in review|year-end"
    r"|record (?:year|number)|past year|so far this year"
    r"|this year|since (?:20\d\d|January|taking office)|fiscal year)\b",
    re.IGNORECASE,
)
STRONG = 3.0


@dataclass
class Project:
    """The readings of one project, gathered while walking through the text.

    Attributes:
        company: mentions of its company.
        codes: its code names.
        readings: the sentences that tell of it.
        weak: sentences of the same text that tell another story.
        county: the county of this part, where one text gives each county its own figures.
    """

    company: list[Mention]
    codes: list[Name] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    weak: list[Reading] = field(default_factory=list)
    county: str | None = None


def projects(read: list[Reading]) -> list[Project]:
    """Divide a text into its projects.

    Args:
        read: all sentences in order.

    Returns:
        One entry per project in the order of the text; several only where several companies (or code names) each open
        a paragraph or sentence with a promise of their own. Empty where nobody promises anything.
    """
    if _looks_back(read):
        return []
    sections = _sections(read)
    if len(sections) >= 2:
        return sections
    anchors = _anchors(read)
    if len(anchors) >= 2:
        return _several(read, anchors)
    return _single(read, anchors)


def _looks_back(read: list[Reading]) -> bool:
    """Whether a text opens with the state's or a year's total: a review of what was announced before."""
    for reading in read[:4]:
        text = reading.sentence.text
        if reading.promises and any(one.acts and one.score >= STRONG for one in reading.mentions):
            return False
        if not _OF_STATE.search(text) or re.search(r"\bthe (?:company|firm|manufacturer)\b", text, re.IGNORECASE):
            continue
        many = any(claim.value >= 1000 and claim.kind != "existing" for claim in reading.jobs)
        counted = re.search(r"\b\d{2,3} (?:\w+ ){0,3}(?:projects|companies|announcements|recruitments)\b", text)
        if (
            (many or counted)
            and _YEAR_TOTAL.search(text)
            and not any(one.acts and one.score >= 1.5 for one in reading.mentions)
        ):
            return True
    return False


def _sections(read: list[Reading]) -> list[Project]:
    """Parts of a round-up or ranking that each stand under a line with nothing but a company's name."""
    heads = [(index, name) for index, reading in enumerate(read) if (name := _title(reading)) is not None]
    made = []
    for (index, mention), end in zip(heads, [*(index for index, _ in heads[1:]), len(read)], strict=False):
        part = read[index:end]
        if any(reading.promises for reading in part):
            own = [one for reading in part for one in reading.mentions if same(one.name.text, mention.name.text)]
            made.append(Project([replace(mention, score=STRONG), *own], [], part))
    return made


def _title(reading: Reading) -> Mention | None:
    """The company whose name is all that a line says."""
    sentence = reading.sentence
    if not (sentence.heading and sentence.first) or len(sentence.text) > 60 or reading.promises:
        return None
    whole = re.sub(r"^\W*(?:\d{1,2}[.)]\s*)?|\W+$", "", sentence.text)
    return next((one for one in reading.mentions if len(one.name.text) >= len(whole) - 1), None)


def _anchors(read: list[Reading]) -> list[tuple[list[Mention], list[Name], int]]:
    """Companies or code names that promise something as the subject of a sentence, each with its first place."""
    found: list[tuple[list[Mention], list[Name], int]] = []
    for index, reading in enumerate(read):
        sentence = reading.sentence
        if sentence.heading or (_FOREIGN.search(sentence.text) and not reading.promises):
            continue
        follows = any(
            later.promises and later.sentence.block == sentence.block for later in read[index + 1 : index + 4]
        )
        if not (reading.promises or (follows and sentence.first)):
            continue
        acting = [
            one
            for one in reading.mentions
            if one.acts and not one.background and one.score >= STRONG - (0.0 if reading.promises else 0.6)
        ]
        codes = list(reading.codes)
        if not acting and not codes:
            continue
        if codes and not acting:
            _join(found, [], codes, index)
            continue
        best = max(acting, key=lambda one: one.score)
        lead = reading.sentence.text[: best.name.start - sentence.start]
        early = len(lead) < 45 or re.search(r"\b(?:announced|said|announce)\b[^.;]*$", lead) or sentence.first
        if not early and found:
            continue
        _join(found, [best], codes, index)
    return found


def _join(
    found: list[tuple[list[Mention], list[Name], int]], company: list[Mention], codes: list[Name], index: int
) -> None:
    for names, known, _ in found:
        if any(same(one.name.text, other.name.text) for one in company for other in names) or any(
            one.text.lower() == other.text.lower() for one in codes for other in known
        ):
            names.extend(company)
            known.extend(code for code in codes if code.text.lower() not in {other.text.lower() for other in known})
            return
        reveals = (company and not names) or (codes and not known and not company)
        if reveals and not (company and codes and known):  # a code name, then the company behind it, or the reverse
            names.extend(company)
            known.extend(codes)
            return
    found.append((company, codes, index))


def _belongs(reading: Reading, anchor: tuple[list[Mention], list[Name], int]) -> bool:
    names, codes, _ = anchor
    return any(same(one.name.text, other.name.text) for one in reading.mentions for other in names) or any(
        one.text.lower() == other.text.lower() for one in reading.codes for other in codes
    )


def _several(read: list[Reading], anchors: list[tuple[list[Mention], list[Name], int]]) -> list[Project]:
    made = [Project(list(names), list(codes)) for names, codes, _ in anchors]
    starts = {index: number for number, (_, _, index) in enumerate(anchors)}
    current: int | None = None
    pending: list[Reading] = []
    block = -1
    for index, reading in enumerate(read):
        sentence = reading.sentence
        if sentence.heading:
            pending.append(reading)
            continue
        subject = starts.get(index)
        if subject is None:
            owners = [
                number for number, anchor in enumerate(anchors) if _belongs(reading, anchor) and anchor[2] <= index
            ]
            subject = current if current in owners else (owners[-1] if owners else None)
        if subject is not None:
            current = subject
        elif sentence.block != block and reading.promises and any(one.score >= 1.0 for one in reading.mentions):
            current = None  # somebody else's paragraph
        elif (
            sentence.block != block
            and current is not None
            and (not _LINK.search(sentence.text) or _FOREIGN.search(sentence.text))
        ):
            current = None
        block = sentence.block
        if current is None:
            pending = []
            continue
        for heading in pending:
            owners = [number for number, anchor in enumerate(anchors) if _belongs(heading, anchor)]
            owner = owners[0] if owners else current
            made[owner].readings.append(heading)
        pending = []
        made[current].readings.append(reading)
        made[current].company.extend(
            one
            for one in reading.mentions
            if any(same(one.name.text, other.name.text) for other in anchors[current][0])
        )
    return made


def _single(read: list[Reading], anchors: list[tuple[list[Mention], list[Name], int]]) -> list[Project]:
    groups = grouped(one for reading in read for one in reading.mentions)
    if anchors and anchors[0][0]:
        first = anchors[0][0][0]
        groups = [group for group in groups if any(same(one.name.text, first.name.text) for one in group)] or groups
    company = max(groups, key=strength) if groups else []
    if company and max(one.score for one in company) < 1.1 and not any(one.acts for one in company):
        company = []
    codes = [code for reading in read for code in reading.codes]
    mine: list[Reading] = []
    weak: list[Reading] = []
    for reading in read:
        (weak if _about_others(reading, company) else mine).append(reading)
    if (
        not company
        and not codes
        and not any(_SINGLE.search(reading.sentence.text) for reading in mine if reading.promises)
    ):
        return []
    return [Project(list(company), codes, mine, weak)]


def _about_others(reading: Reading, company: list[Mention]) -> bool:
    """Whether a sentence is somebody else's story: another company acts in it, or it tells of the state or the past."""
    own = any(same(one.name.text, other.name.text) for one in reading.mentions for other in company)
    if _FOREIGN.search(reading.sentence.text) and not own:
        return True
    others = [one for one in reading.mentions if one.acts and one.score >= STRONG and not reading.sentence.heading]
    return bool(company and others and not own and reading.promises) or (
        bool(BACKGROUND.search(reading.sentence.text)) and not own and reading.promises and not reading.wages
    )
