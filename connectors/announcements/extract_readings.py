"""Everything a sentence claims: its numbers, years and names, read once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from connectors.announcements.extract_claims import Claim
from connectors.announcements.extract_clauses import clauses
from connectors.announcements.extract_company import Mention, code_names, mentions
from connectors.announcements.extract_firms import people
from connectors.announcements.extract_jobs import job_claims
from connectors.announcements.extract_money import investment_claims
from connectors.announcements.extract_names import Name
from connectors.announcements.extract_ordinary import towns
from connectors.announcements.extract_text import Page, Sentence
from connectors.announcements.extract_wages import wage_claims
from connectors.announcements.extract_years import year_claims

BARE = 0.5  # score of jobs in a headline without a verb
_CAPTION = re.compile(
    r"\b(?:file photo|photo by|photo:|\(photo|photo courtesy|image:|staff photo|courtesy of)\b", re.IGNORECASE
)

_POINTS = re.compile(
    r"\W*(?:It|They|Its|It's)\b"
    r"|(?:This|The) (?:[\w-]+ ){0,3}(?:company|firm|manufacturer|maker|producer|startup|developer)\b"
)
_SITED = re.compile(
    r"\bannounc\w+\b(?:[^.;]|\b(?:Inc|Corp|Co|Ltd|[A-Z])\.){0,160}\b(?:will|plans? to|intends to"
    r"|is to) (?:be )?(?:locat|build|open|establish|expand"
    r"|construct)\w*\b[^.;]{0,80}\b(?:facilit(?:y|ies)|plant|headquarters|factory|mill|(?:distribution"
    r"|fulfillment|data)"
    r" centers?|(?:manufacturing|production) operations)\b"
)
_SUBJECT = re.compile(r"\s*(?:,|'s\b|[-–—:(]|(?:is|was|will|plans|has)\b)")
_ADVERB = re.compile(r"(?:Separate|Additional|Initial|Original|Recent|Previous|Final|Eventual|Similar|Current|Notab)ly")
_STATED = frozenset(("new", "investment"))
_TOLD = frozenset(("new", "many", "grant", "investment", "amount"))
_BESIDE = re.compile(r"\b(?:to|in|at|near|from|with|by|like|than)\s+(?:the\s+)?$")


@dataclass(frozen=True)
class Reading:
    """Everything one sentence claims."""

    sentence: Sentence
    jobs: tuple[Claim, ...]
    investments: tuple[Claim, ...]
    wages: tuple[Claim, ...]
    years: tuple[Claim, ...]
    mentions: tuple[Mention, ...]
    codes: tuple[Name, ...]

    @property
    def promises(self) -> bool:
        """Whether it states new jobs or an investment; a headline may leave out the verb: "Expansion, 60 Jobs"."""
        led = any(one.acts and one.score >= 2.0 for one in self.mentions)
        least = 1.5 if not led else BARE if self.sentence.heading else 1.0
        return any(claim.kind == "new" and claim.score >= least for claim in self.jobs) or any(
            claim.kind == "investment" for claim in self.investments
        )

    @property
    def sited(self) -> bool:
        """Whether a company announces a plant or office without a figure: "announced that Hollis will build"."""
        return bool(_SITED.search(self.sentence.text)) and any(one.acts and one.score >= 2.0 for one in self.mentions)


def readings(page: Page, published_year: int | None) -> list[Reading]:
    """Read every sentence."""
    persons = people(page) | towns(page)
    found: list[Reading] = []
    captions = {sentence.block for sentence in page.sentences if _CAPTION.search(sentence.text)}
    for whole in page.sentences:
        if whole.block in captions:
            continue
        reading = _read(page, whole, persons, published_year)
        parts = clauses(whole, _owners(reading, 3.5), _figures(reading, _STATED))
        if parts:
            found.extend(_read(page, part, persons, published_year) for part, _ in parts)
            continue
        parts = clauses(whole, _owners(reading, -0.5), _figures(reading, _TOLD), near=True)
        found.extend(_owned(_read(page, part, persons, published_year), owner) for part, owner in parts)
        if not parts:
            found.append(reading)
    return _pointed(found)


def _pointed(found: list[Reading]) -> list[Reading]:
    """Let "This company will create" and "It will create" speak for the company of the sentences before."""
    for at in range(1, len(found)):
        this = found[at]
        if not (this.promises and not this.mentions and _POINTS.match(this.sentence.text)):
            continue
        back = next((one for one in range(at - 1, max(at - 4, -1), -1) if found[one].mentions), None)
        before = found[back] if back is not None else this
        if back is None or before.sentence.heading or any(one.acts for one in before.mentions):
            continue
        meant = [one for one in before.mentions if not _BESIDE.search(_lead(before, one)) and one.score > -1.5]
        if not meant or (back < at - 1 and len(meant) > 1):
            continue
        which = -1 if this.sentence.text.startswith("Th") else 0  # "It" stands for the subject
        one = meant[which]
        if which == 0 and len(meant) > 1 and one.name.start - before.sentence.start > 2:
            continue
        chosen = replace(one, score=max(one.score, 0.0) + 3.0, acts=True)
        found[back] = replace(before, mentions=tuple(chosen if other is one else other for other in before.mentions))
    return found


def _lead(reading: Reading, one: Mention) -> str:
    return reading.sentence.text[: one.name.start - reading.sentence.start]


def _read(page: Page, sentence: Sentence, persons: frozenset[str], published_year: int | None) -> Reading:
    jobs = tuple(job_claims(page, sentence))
    money = tuple(investment_claims(page, sentence))
    claims = any(claim.kind in ("new", "construction") for claim in jobs) or any(
        claim.kind == "investment" for claim in money
    )
    return Reading(
        sentence,
        jobs,
        money,
        tuple(wage_claims(page, sentence)),
        tuple(year_claims(sentence, published_year)),
        tuple(_names(mentions(page, sentence, persons, claims))),
        tuple(code_names(page, sentence)),
    )


def _names(found: Sequence[Mention]) -> list[Mention]:
    """Mentions without words that are no names, and without a heading in front of the name: "Office: Oak will move"."""
    kept = [one for one in found if not _no_name(one)]
    if len(kept) > 1 and " " not in kept[0].name.text and kept[0].name.start == kept[0].name.sentence.start:
        between = kept[0].name.sentence.text[len(kept[0].name.text) :][: kept[1].name.start - kept[0].name.end]
        return kept[1:] if between.strip() == ":" else kept
    return kept


def _no_name(one: Mention) -> bool:
    """Whether a word is the county it names, or an adverb that opens a sentence: "Laurens County", "Separately,"."""
    text, at = one.name.sentence.text, one.name.end - one.name.sentence.start
    adverb = _ADVERB.fullmatch(one.name.text) and one.name.start == one.name.sentence.start
    return bool(re.match(r"\s+(?:County|[Cc]ounties)\b", text[at:]) or (adverb and text[at : at + 1] == ","))


def _owners(reading: Reading, least: float) -> list[tuple[int, str]]:
    """Who may own figures of a sentence, with clean offsets: code names, and companies that are sure enough."""
    acting = least > 0
    named = [one for one in reading.mentions if one.score >= least and (one.acts or not acting) and one.name.text]
    named = [one for one in named if acting or named_well(one)]
    return sorted([(one.name.start, one.name.text) for one in named] + [(one.start, one.text) for one in reading.codes])


def named_well(one: Mention) -> bool:
    """Whether a name is no mere word that opens a sentence ("Recent") nor the end of another name ("East Coast")."""
    at = one.name.start - one.name.sentence.start
    if one.acts or one.name.legal:
        return True
    if re.search(r"\b(?:[A-Z][a-z]+|an?|new|its|their) $", one.name.sentence.text[:at]):
        return False
    return " " in one.name.text or bool(_SUBJECT.match(one.name.sentence.text[at + len(one.name.text) :]))


def _figures(reading: Reading, kinds: frozenset[str]) -> list[int]:
    return [claim.start for claim in (*reading.jobs, *reading.investments) if claim.kind in kinds]


def _owned(reading: Reading, owner: str | None) -> Reading:
    """A clause with figures, given to the company that opens it."""
    if owner is None:
        return reading
    told = tuple(
        replace(one, score=max(one.score, 3.5), acts=True) if one.name.text == owner else one
        for one in reading.mentions
    )
    return as_row(replace(reading, mentions=told))


def as_row(reading: Reading) -> Reading:
    """Figures of a row count without a verb."""
    jobs = tuple(replace(claim, score=max(claim.score, 2.0)) for claim in reading.jobs)
    amounts = tuple(replace(one, kind="investment") if one.kind == "amount" else one for one in reading.investments)
    return replace(reading, jobs=jobs, investments=amounts)
