"""Everything a sentence claims: its numbers, years and names, read once."""

from __future__ import annotations

import re
from dataclasses import dataclass

from connectors.announcements.extract_claims import Claim
from connectors.announcements.extract_company import Mention, code_names, mentions
from connectors.announcements.extract_jobs import job_claims
from connectors.announcements.extract_money import investment_claims, wage_claims
from connectors.announcements.extract_names import Name, people
from connectors.announcements.extract_text import Page, Sentence
from connectors.announcements.extract_years import year_claims

_CAPTION = re.compile(
    r"\b(?:file photo|photo by|photo:|\(photo|photo courtesy|image:|staff photo|courtesy of)\b", re.IGNORECASE
)


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
        """Whether it states new jobs or an investment."""
        return any(claim.kind == "new" and claim.score >= 1.5 for claim in self.jobs) or any(
            claim.kind == "investment" for claim in self.investments
        )


def readings(page: Page, published_year: int | None) -> list[Reading]:
    """Read every sentence."""
    persons = people(page)
    found = []
    captions = {sentence.block for sentence in page.sentences if _CAPTION.search(sentence.text)}
    for sentence in page.sentences:
        if sentence.block in captions:
            continue
        jobs = tuple(job_claims(page, sentence))
        money = tuple(investment_claims(page, sentence))
        claims = any(claim.kind in ("new", "construction") for claim in jobs) or any(
            claim.kind == "investment" for claim in money
        )
        found.append(
            Reading(
                sentence,
                jobs,
                money,
                tuple(wage_claims(page, sentence)),
                tuple(year_claims(sentence, published_year)),
                tuple(mentions(page, sentence, persons, claims)),
                tuple(code_names(page, sentence)),
            )
        )
    return found
