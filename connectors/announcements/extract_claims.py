"""A number somebody claims, and the choice among several claims of the same thing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from connectors.announcements.extract_text import Sentence

_TOLERANCE = {
    "more than": (1.0, 1.25),
    "at least": (1.0, 1.1),
    "nearly": (0.85, 1.0),
    "about": (0.9, 1.1),
    "approximately": (0.9, 1.1),
    "around": (0.9, 1.1),
    "roughly": (0.9, 1.1),
}
BACKGROUND = re.compile(
    r"\b(?:(?:late|early|earlier) last month|last (?:year|fall|spring|summer|winter|decade)"
    r"|earlier (?:this|that) (?:year|month"
    r"|decade)|years? ago"
    r"|previous(?:ly)?|prior to|in (?:19|20)\d\d,? (?:the company|it|they|\w+ )?(?:announced|said|opened"
    r"|created|built|invested"
    r"|pledged)|(?:announced|pledged|promised|unveiled|revealed) (?:plans )?(?:in|back in|last(?! week))\b"
    r"|had (?:announced|planned|pledged"
    r"|promised|said|created|hired)|file photo|photo:|already (?:announced|created|hired|added)|since (?:19"
    r"|20)\d\d|to date"
    r"|in the (?:past|last)|over the (?:past|last)|during the (?:past|last)|so far)\b",
    re.IGNORECASE,
)
ELSEWHERE = re.compile(
    r"\b(?:(?:around|across|throughout) the (?:United States|country|nation|U\.S\.|US|world|globe|state)"
    r"|nation-?wide|nationally|worldwide"
    r"|globally|state-?wide|company-?wide|U\.S\. infrastructure|in infrastructure|across North Carolina"
    r"|in North Carolina since"
    r"|(?:global|worldwide|national|nationwide|total) (?:workforce|staff|hiring)|hiring spree)\b",
    re.IGNORECASE,
)

YEAR_AGO = re.compile(  # "In 2022, the company announced"
    r"^\W*(?:Back )?[Ii]n (?:\w+ )?(?:19|20)\d\d, (?:[\w.& ]{2,40}) (?:announced|said|opened|pledged|promised|received"
    r"|built)\b"
)


@dataclass(frozen=True)
class Claim:
    """One reading of a number.

    Attributes:
        kind: what it counts (new, retained, construction, grant, total, subset, other; average, county, entry ...).
        value, high: the number; high end of a range or null.
        qualifier: how it is hedged.
        start, end: clean offsets.
        score: how surely it is that kind; higher is surer.
        sentence: where it stands.
    """

    kind: str
    value: float
    high: float | None
    qualifier: str
    start: int
    end: int
    score: float
    sentence: Sentence


def choose(claims: Iterable[Claim], slack: float = 2.5, refine: bool = True) -> Claim | None:
    """The claim to believe: the surest, then the earliest; an exact figure replaces a rounded one that agrees with it.

    Args:
        claims: of one kind and one project.
        slack: how much less sure the exact figure may be.
        refine: false for years, which are never rounded.
    """
    ranked = sorted(claims, key=lambda claim: (-claim.score, claim.start))
    if not ranked:
        return None
    best = ranked[0]
    if not refine:
        return best
    for claim in sorted(ranked, key=lambda claim: claim.start):
        together = sum(other.sentence is claim.sentence for other in ranked) > 1 and claim.sentence is not best.sentence
        if claim is best or claim.score < best.score - slack or together:  # parts, told one after the other
            continue
        if claim.value == best.value:
            if best.sentence.heading and best.qualifier == "exact" and not claim.sentence.heading:
                return claim
            continue
        low, high = _TOLERANCE.get(best.qualifier, (0.97, 1.03))
        if (
            claim.qualifier in ("exact", "minimum average", best.qualifier)
            and low <= claim.value / best.value <= high
            and _finer(claim.value, best.value)
        ):
            return claim
    return best


def _finer(value: float, other: float) -> bool:
    """Whether a number has more significant digits than another."""
    return len(f"{value:.0f}".rstrip("0")) > len(f"{other:.0f}".rstrip("0"))
