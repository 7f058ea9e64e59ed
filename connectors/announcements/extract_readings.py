"""Everything a sentence claims: its numbers, years and names, read once."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from connectors.announcements.extract_claims import Claim
from connectors.announcements.extract_company import Mention, code_names, mentions
from connectors.announcements.extract_firms import people
from connectors.announcements.extract_jobs import job_claims
from connectors.announcements.extract_money import investment_claims
from connectors.announcements.extract_names import Name, same
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
_BESIDE = re.compile(r"\b(?:to|in|at|near|from|with|by|like|than)\s+(?:the\s+)?$")
_BETWEEN = re.compile(r"(?:;|,|\band\b|\bwhile\b|\bwhereas\b|–|—)(?:\s+(?:and|while|but|in))?\s+")


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
        parts = _parts(reading)
        found.extend(_read(page, part, persons, published_year) for part in parts) if parts else found.append(reading)
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
        tuple(mentions(page, sentence, persons, claims)),
        tuple(code_names(page, sentence)),
    )


def _parts(reading: Reading) -> list[Sentence]:
    """A sentence that tells of two projects, divided: "Oak will add 30 jobs in Apex, and Elm will hire 50 in Cary"."""
    owners = [(code.start, code.text) for code in reading.codes]
    owners += [(one.name.start, one.name.text) for one in reading.mentions if one.acts and one.score >= 3.5]
    starts: list[int] = []
    names: list[str] = []
    for start, name in sorted(owners):
        if not any(same(name, other) for other in names):
            starts.append(start)
            names.append(name)
    figures = [claim.start for claim in (*reading.jobs, *reading.investments) if claim.kind in ("new", "investment")]
    ends = [*starts[1:], reading.sentence.end]
    if len(starts) < 2 or not all(any(a < at < b for at in figures) for a, b in zip(starts, ends, strict=True)):
        return []
    sentence, text = reading.sentence, reading.sentence.text
    cuts = [0]
    for start in starts[1:]:
        link = list(_BETWEEN.finditer(text[cuts[-1] : start - sentence.start]))
        if not link:
            return []
        cuts.append(cuts[-1] + link[-1].end())
    pieces = zip(cuts, [*cuts[1:], len(text)], strict=True)
    return [
        replace(
            sentence, start=sentence.start + a, end=sentence.start + b, text=text[a:b], first=sentence.first and a == 0
        )
        for a, b in pieces
    ]
