"""Where a project stands, on which days things happened, and how many of its jobs need no bachelor's degree."""

from __future__ import annotations

import re
from collections.abc import Sequence

from connectors.announcements.extract_numbers import DIGITS
from connectors.announcements.extract_text import Page, Sentence
from connectors.announcements.facts import Found

_THING = (
    r"(?:plans?|projects?|grants?|agreements?|incentives?|deals?|expansions?|JDIGs?|facilit(?:y|ies)|plants?"
    r"|factory|headquarters|commitments?|contracts?|packages?|awards?|relocation|site)"
)
_CANCELLED = re.compile(
    rf"\b(?:cancel(?:s|ed|led|ing|lation)?|terminat(?:e|es|ed|ing|ion)|scrap(?:s|ped|ping)?|nix(?:es|ed)?"
    rf"|withdr(?:aw|ew|awn|aws|awal)|rescind(?:s|ed)?|abandon(?:s|ed|ing)?|revok(?:e|es|ed)|call(?:s|ed)? off"
    rf"|back(?:s|ed|ing)? out of|pull(?:s|ed|ing)? (?:out of|the plug on)"
    rf"|drop(?:s|ped)|walk(?:s|ed|ing)? away from|(?:ends|ended|ending|(?<=to )end)(?= (?:the|its|their|an?"
    rf"|state|plans?"
    rf"|incentive|four|three|two|five|six))|claw(?:s|ed)? back|shelv(?:e|es|ed|ing)"
    rf"|forfeit(?:s|ed)?)\s+(?:[\w$.',%-]+\s+){{0,10}}?{_THING}\b"
    rf"|\b{_THING}\s+(?:[\w'$.,-]+\s+){{0,14}}?(?:(?:was|were|is|are|been|be|has been"
    rf"|have been)\s+)?(?:officially |formally |quietly |since )?(?:cancell?ed|terminated|scrapped|nixed"
    rf"|withdrawn|rescinded|abandoned|revoked|called off|dropped|shelved|terminations?|cancell?ations?)\b"
    r"|\b(?:no longer (?:plans|planning|pursuing|moving|coming|building|going)|will not (?:build|move forward"
    r"|proceed|locate|open|come|go forward|pursue)|won't (?:build|move forward|proceed|locate|open|come"
    r"|be built|happen)|decided not to (?:build|proceed|move|pursue|locate|open)|not moving forward with"
    r"|would (?:not|no longer) (?:build|proceed|locate|open|come|pursue|move forward))\b"
    rf"|\b(?:asked|request\w*|wants?|agreed) (?:that|for|to|the)\b[^.;]{{0,60}}\b(?:end|terminat\w+|withdraw\w*"
    rf"|cancel\w*)\b"
    r"|\b(?:has|have)? ?(?:ceas|shutter)(?:ed|es|ing) (?:all )?(?:of )?(?:its )?(?:business |U\.S\. )?operations\b"
    r"|\b(?:clos|shut)\w* (?:its|their) doors\b|\bgo(?:es|ing|ne) out of business\b"
    r"|\bwent (?:out of business|bankrupt)\b"
    rf"|\blost (?:its|their|a|the) (?:[\w-]+ ){{0,5}}{_THING}|\b(?:withdrew|withdrawn)(?=\W*$)",
    re.IGNORECASE,
)
_DELAYED = re.compile(
    rf"\b(?:delay(?:s|ed|ing)?|postpon(?:e|es|ed|ing)|paus(?:e|es|ed|ing)|push(?:es|ed)? back|put(?:s"
    rf"|ting)? on hold|slow(?:s|ed|ing)?|halt(?:s|ed|ing)?)\s+(?:[\w$.',%-]+\s+){{0,8}}?(?:{_THING}"
    rf"|construction|opening|production|hiring|start)\b"
    r"|\b(?:plans?|project|construction|opening|production|facility|plant)\s+(?:has been |have been |was |is "
    r"|are )(?:delayed|postponed|paused|on hold|pushed back|halted)\b",
    re.IGNORECASE,
)
_AMENDED = re.compile(
    r"\b(?:amend(?:s|ed|ing|ment)?|revis(?:e|es|ed|ion)|modif(?:y|ies|ied"
    r"|ication))\s+(?:[\w'-]+\s+){0,6}?(?:grant|agreement|JDIG|award|contract|incentives?|terms)\b",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\b(?:grand opening|ribbon[- ]cutting|cut(?:s|ting)? the ribbon|officially opened|(?:has|have) opened"
    r"|celebrat\w+ the (?:grand )?opening|opened (?:its|the|a) (?:new )?(?:[\w-]+ ){0,4}(?:facility|plant"
    r"|factory|headquarters|office|center|campus)|began operations|is now (?:open|operational)"
    r"|started production)\b",
    re.IGNORECASE,
)
_BUILDING = re.compile(
    r"\b(?:broke ground|breaks ground|break ground(?:ed)? (?:on|today)|groundbreaking ceremony"
    r"|construction (?:is|has been|was) (?:under ?way|begun|started|ongoing)|has begun construction"
    r"|topping out)\b",
    re.IGNORECASE,
)
_HIRING = re.compile(
    r"\b(?:(?:is|are) now hiring|has begun hiring|have begun hiring|started hiring|hiring is under ?way"
    r"|has hired|hiring event|job fair)\b",
    re.IGNORECASE,
)
_APPROVED = re.compile(
    r"\b(?:approv(?:ed|es|al)|granted|voted (?:\w+ )?to (?:approve|award|grant)|unanimously (?:approved|voted"
    r"|granted)|awarded|was approved for|signed off on|green-?lit|okayed|OK'd)\b",
    re.IGNORECASE,
)
_APPROVER = re.compile(
    r"\b(?:committee|commissioners?|board|council|panel|county|state|JDIG|grant|incentives?|award|agreement)\b",
    re.IGNORECASE,
)
_PROPOSED = re.compile(
    r"\b(?:public hearing|consider(?:s|ing)?|scheduled to vote|will vote|proposed|requested to|recommend)\b",
    re.IGNORECASE,
)

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DATE = re.compile(
    rf"\b(?P<month>{'|'.join(_MONTHS)}|Jan\.|Feb\.|Mar\.|Apr\.|Aug\.|Sept?\.|Oct\.|Nov\."
    rf"|Dec\.)\s+(?P<day>\d{{1,2}}),?\s+(?P<year>20\d\d)\b"
)
_BELOW = re.compile(
    r"\b(?:two-year degree|2-year degree|associate(?:'s|s)?(?: or vocational)?(?: degree)?"
    r"|high school (?:diploma|education|degree)|vocational degree|(?:not|n't"
    r"|without) (?:\w+ ){0,3}(?:a )?(?:four-year|4-year|bachelor's|college)(?: degree)?|no (?:college|four-year"
    r"|bachelor's) degree|GED|less than a (?:bachelor's|four-year))\b",
    re.IGNORECASE,
)
_SHARE = re.compile(
    rf"(?P<percent>{DIGITS})\s*(?:%|percent)|\b(?P<words>half|one[- ]half|two[- ]thirds|one[- ]third|a third"
    rf"|three[- ]quarters|three[- ]fourths|a quarter|one[- ]quarter)\b",
    re.IGNORECASE,
)
_SHARES = {
    "half": 0.5,
    "one half": 0.5,
    "two thirds": 2 / 3,
    "one third": 1 / 3,
    "a third": 1 / 3,
    "three quarters": 0.75,
    "three fourths": 0.75,
    "a quarter": 0.25,
    "one quarter": 0.25,
}


def ends(text: str) -> bool:
    """Whether a sentence tells the end of plans or of a grant."""
    return bool(_CANCELLED.search(text))


def stage(page: Page, sentences: Sequence[Sentence], lead: int = 4) -> tuple[str, Found[str] | None]:
    """Where the project stands.

    Args:
        page: the text.
        sentences: those of the project.
        lead: how many sentences of its beginning tell the news; an end of plans counts only there.

    Returns:
        The stage, and the words that tell it (null for a plain announcement).
    """
    opening = [sentence for sentence in sentences if not _furniture(sentence)][:lead]
    for name, pattern in (("cancelled", _CANCELLED), ("delayed", _DELAYED), ("amended", _AMENDED)):
        for sentence in opening:
            match = pattern.search(sentence.text)
            if match:
                return name, page.found(name, sentence.start + match.start(), sentence.start + match.end())
    for name, pattern in (("open", _OPEN), ("building", _BUILDING), ("hiring", _HIRING)):
        for sentence in opening[:3]:
            match = pattern.search(sentence.text)
            if match and not re.search(
                r"\b(?:will|expected to|plans to|to be|when|after|once)\s+(?:\w+\s+){0,3}$",
                sentence.text[: match.start()],
            ):
                return name, page.found(name, sentence.start + match.start(), sentence.start + match.end())
    for sentence in sentences:
        match = _APPROVED.search(sentence.text)
        if match and _APPROVER.search(sentence.text) and not _PROPOSED.search(sentence.text[: match.end()]):
            return "approved", page.found("approved", sentence.start + match.start(), sentence.start + match.end())
    return "announced", None


def dates(page: Page, sentences: Sequence[Sentence]) -> tuple[Found[str], ...]:
    """Days that the text names, each once, as year-month-day."""
    found: dict[str, Found[str]] = {}
    for sentence in sentences:
        for match in _DATE.finditer(sentence.text):
            month = next(number for number, name in enumerate(_MONTHS, 1) if name.startswith(match["month"][:3]))
            day = int(match["day"])
            if 1 <= day <= 31:
                value = f"{match['year']}-{month:02d}-{day:02d}"
                found.setdefault(value, page.found(value, sentence.start + match.start(), sentence.start + match.end()))
    return tuple(found.values())


def share_below_bachelor(page: Page, sentences: Sequence[Sentence]) -> Found[float] | None:
    """Share of the jobs that need no bachelor's degree, where a sentence gives one."""
    for sentence in sentences:
        degree = _BELOW.search(sentence.text)
        if not degree or not re.search(r"\b(?:jobs|positions|roles|workers|hires|employees)\b", sentence.text):
            continue
        shares = [match for match in _SHARE.finditer(sentence.text) if match.start() < degree.start()]
        if shares:
            match = shares[0]
            value = (
                float(match["percent"]) / 100 if match["percent"] else _SHARES[match["words"].lower().replace("-", " ")]
            )
            if 0 < value <= 1:
                return page.found(round(value, 3), sentence.start + match.start(), sentence.start + match.end())
    return None


def _furniture(sentence: Sentence) -> bool:
    return len(sentence.text) < 25 or bool(re.match(r"(?:By |Published|Updated|Posted|Photo)", sentence.text))
