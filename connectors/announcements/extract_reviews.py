"""Texts that look back, count or argue, and so announce nothing: reviews of a year, a grant or a region; opinion."""

from __future__ import annotations

import re
from collections.abc import Sequence

from connectors.announcements.extract_readings import Reading

STRONG = 3.0
"""Score from which a company surely announces."""
_LEAD = 4  # sentences that set the subject of a text
_OF_STATE = re.compile(
    r"\b(?:companies|employers|businesses|projects|announcements|recruitments|administration|there were|recipients"
    r"|grants|governor|state officials)\b",
    re.IGNORECASE,
)
_YEAR_TOTAL = re.compile(
    r"\b(?:last year|(?:in|during|for|throughout) (?:calendar year )?20\d\d|year in review|year-end"
    r"|record (?:year|number)|past year|so far this year"
    r"|this year|since (?:its|the|19\d\d|20\d\d|January|taking office)|fiscal year|between (?:19|20)\d\d and)\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\b[1-9]\d{1,2} (?:\w+ ){0,3}(?:projects|companies|announcements|recruitments|prospects|grants|agreements)\b"
)
_ACCOUNT = re.compile(  # what an organisation tells of itself, and what a program is worth
    r"\bannual (?:meeting|report|banquet|luncheon)\b|\bstate of the (?:county|city|region|town)\b|\byear in review\b"
    r"|\blooks? back (?:on|at)\b|\b(?:\d+th|first|tenth) anniversary of (?:its|the (?:program|partnership"
    r"|commission))\b"
    r"|\b(?:program|grants?|incentives?)\b[^.;]{0,40}\b(?:turned|turns|celebrat\w+) (?:its )?\d+"
    r"|\bsince (?:its|the partnership's|the program's) (?:founding|creation|establishment|launch|inception)\b"
    r"|\bdo (?:\w+ ){0,3}(?:grants|incentives) (?:work|pay)|\b(?:most|many|half|third|percent) of (?:\w+ ){0,4}"
    r"(?:incentives?|grants|deals)\b|\bincentives (?:fall|fell) short|\bincentive deals\b|\baudit(?:ors?)?\b"
    r"|\b(?:biggest|largest|mass|job) (?:\d{4} )?layoffs\b|\blayoff (?:announcements|notices)\b"
    r"|\bventure (?:capital|deals|funding|investment)\b|\bfunding rounds?\b"
    r"|\bdeals? (?:brought|generated|produced|raised)\b"
    r"|\bjobs (?:that (?:were|had been) )?promised (?:through|under|by|in)\b"
    r"|\b(?:incentives?|programs?|deals)\b[^.;]{0,30}\b(?:fall|fell|come|came|falling|coming) (?:up )?short\b"
    r"|\b(?:bond|referendum)\b[^.;]{0,50}\bschools?\b"
    r"|\bvoters will\b|\b(?:nonprofit|charity|food bank)\b"
    r"|\bannual report on\b|\bwhat is (?:a|an|the) \w+\?",
    re.IGNORECASE,
)
_ARGUES = re.compile(
    r"^\W*(?:(?-i:OPINION|EDITORIAL|COLUMN|COMMENTARY)\b|(?:opinion|editorial|column|commentary|letter to the editor"
    r"|letters to the editor|op-ed|guest column|viewpoint|fact check)\s*[:|–—-])",
    re.IGNORECASE,
)
_BILL = re.compile(
    r"\b(?:bill|legislation|lawmakers?|senators?|legislators?|policy|guidelines|ordinance)\b[^.;]{0,120}"
    r"\b(?:would (?:let|allow|raise|double|make|cut|change|create a)|raises?|doubl\w+|chang\w+|adopt\w+)\b"
    r"|\b(?:House|Senate) (?:panel|committee)\b|\badopted (?:a|an|its) (?:\w+ ){0,3}policy\b",
    re.IGNORECASE,
)


def looks_back(read: Sequence[Reading]) -> bool:
    """Whether a text opens as a review, an opinion or a piece on policy, and no company announces in its opening.

    Args:
        read: all sentences in order.
    """
    lead = read[:_LEAD]
    if any(_ARGUES.search(reading.sentence.text) for reading in read[:2]):
        return True
    for reading in lead:
        if reading.promises and any(one.acts and one.score >= STRONG for one in reading.mentions):
            return False
        if _ACCOUNT.search(reading.sentence.text) or _BILL.search(reading.sentence.text) or _totals(reading):
            return True
    return False


def _totals(reading: Reading) -> bool:
    """Whether a sentence tells the total of a state, a year or a program."""
    text = reading.sentence.text
    if not _OF_STATE.search(text) or re.search(r"\bthe (?:company|firm|manufacturer)\b", text, re.IGNORECASE):
        return False
    many = any(claim.value >= 1000 and claim.kind != "existing" for claim in reading.jobs)
    return bool(
        (many or _COUNTED.search(text))
        and _YEAR_TOTAL.search(text)
        and not any(one.acts and one.score >= 1.5 for one in reading.mentions)
    )
