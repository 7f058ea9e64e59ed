"""Yearly pay: the average of the project's jobs, told apart from the county's average, entry pay and differences."""

from __future__ import annotations

import re

from connectors.announcements.extract_amounts import money
from connectors.announcements.extract_claims import BACKGROUND, Claim
from connectors.announcements.extract_numbers import Amount
from connectors.announcements.extract_text import Page, Sentence

WAGE_RANGE = (15_000, 450_000)


_AVERAGE = re.compile(r"\b(?:averag(?:e|es|ed|ing)|avg\.?|mean)\b", re.IGNORECASE)
_PAY = re.compile(
    r"\b(?:wages?|salar(?:y|ies)|pay(?:s|ing)?|compensation|earn(?:s|ing|ings)?|annual(?:ly)?|a year|per year"
    r"|yearly|income|paid|paychecks?|payroll|jobs|positions|roles)\b",
    re.IGNORECASE,
)
_PLACE_WORD = r"(?:[Cc]ounty|[Cc]ounties|region|area|state|city|town|metro|market|Carolina)"
_NO_PLACE = (
    r"(?:Average|Annual|The|Their|Its|An?|Overall|Median|Mean|Estimated|Project|Aggregate|Total|Starting|Target"
    r"|Proposed|New|With|At"
    r"|Jobs?|Positions|Salar(?:y|ies)|Wages?|Pay|Company|Minimum|And|Expected|Anticipated)\b"
)
_THEIRS = (
    re.compile(
        rf"(?:{_PLACE_WORD}|\b(?!{_NO_PLACE})[A-Z][\w.-]+)(?:wide)?(?:'s|s')?[\s-]+(?:(?:current|overall"
        rf"|existing|private"
        rf"|sector|private-sector|annual|present|prevailing|own|wide|total|latest|weekly)[\s-]+)*"
        r"(?:averages?|average,|mean|median|avg\.?|(?:average )?annual (?:average )?wages?)\b"
    ),
    re.compile(
        r"\b(?:average|median|mean|prevailing|overall|typical)(?:\s+[\w-]+){0,4}?\s+(?:wages?|salary|salaries"
        r"|pay|income|earnings)\s+(?:now |currently |today |is |stands |level )?(?:in|for|of|across|within"
        r"|throughout|among)\s+"
        rf"(?:all |the |workers |jobs |residents |everyone )*(?:\w+\s)?(?:(?:in"
        rf"|of)\s+)?(?:[A-Z][\w.-]+(?:\s+(?:and\s+)?[A-Z][\w.-]+)*\s+(?:{_PLACE_WORD})|{_PLACE_WORD}\b"
        rf"|[A-Z][a-z]+(?=\s+(?:is|stands|was|of|at)\b))"
    ),
    re.compile(r"\b(?:county|region|state|area|city)'s (?:stands?|is|are|was|sits?|runs?)\b"),
    re.compile(r"\b[A-Z]\w+(?:\s[A-Z]\w+)?\s+County's\s+(?:\w+\s+)?(?:of\s+)?\$?\s*$"),
    re.compile(r"\baverage\s+[A-Z]\w+(?:\s[A-Z]\w+)?\s+County\s+(?:annual\s+)?(?:wage|salary|pay)"),
    re.compile(
        r"\b(?:current|existing|prevailing|county-?wide|state-?wide|local|regional|county|area"
        r"|private-sector)\s+(?:overall\s+|private\s+|annual\s+)?(?:average|median|mean|avg)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:average|median|mean)\s+(?:for|in|of|across)\s+(?:the\s+)?(?:[A-Z][\w-]+\s+)?{_PLACE_WORD}",
        re.IGNORECASE,
    ),
)
_OWN = re.compile(
    r"\b(?:new (?:jobs|positions|hires|roles)|(?:the|these|those|all|project|its|their) (?:new )?(?:jobs"
    r"|positions|employees|workers|roles)|salar(?:y|ies) for|jobs (?:will|would|are|pay)|positions (?:will"
    r"|would|pay)|will (?:average|pay|earn|be|reach|exceed)|"
    r"would (?:average|pay|earn|be)|workers will|expected to (?:average|pay|earn)|company(?:'s)? average|paying"
    r"|pay an average|with an average|with average|at an average)\b",
    re.IGNORECASE,
)
_ENTRY = re.compile(
    r"\b(?:start(?:s|ing)?(?: at| pay| salar\w*| wages?)?|entry[- ]level|(?:a|the"
    r"|with) minimum (?:annual )?(?:salary|wage|pay)|minimum of|as (?:low|much|high) as|begin(?:s|ning)? at"
    r"|base (?:pay|salar\w+)|rang(?:e|es|ed|ing) from(?=\W*$)"
    r"|between(?=\W*$)|apprentices?|interns?|technicians earn|top(?:s|ping)? out|highest|maximum)\b(?!\s+average)",
    re.IGNORECASE,
)


def wage_claims(page: Page, sentence: Sentence) -> list[Claim]:
    """Every yearly wage of a sentence: ``average`` of the project, ``county`` average, or ``entry`` and other pay."""
    text = sentence.text
    amounts = money(text, page.cut - sentence.start)
    if not any(WAGE_RANGE[0] <= amount.value <= WAGE_RANGE[1] for amount in amounts) or not (
        _PAY.search(text) or _AVERAGE.search(text)
    ):
        return []
    found = []
    for number, amount in enumerate(amounts):
        if not WAGE_RANGE[0] <= amount.value <= WAGE_RANGE[1]:
            continue
        left = text[amounts[number - 1].end if number else 0 : amount.start]
        right = text[amount.end : amounts[number + 1].start if number + 1 < len(amounts) else len(text)]
        kind, score = _wage(left, right, amount, bool(number))
        if kind == "average" and (BACKGROUND.search(text) or re.search(r"\bhad (?:an average|average)", text)):
            score = min(score, 0.6)
        if kind:
            start, end = sentence.start + amount.start, sentence.start + amount.end
            qualifier = "minimum average" if re.search(r"\bminimum average\b", left) else amount.qualifier
            if score > 0:
                found.append(Claim(kind, amount.value, amount.high, qualifier, start, end, score, sentence))
    return found


def _wage(left: str, right: str, amount: Amount, later: bool) -> tuple[str, float]:
    """What a yearly amount is, and how surely; the first rule that fits."""
    tail = left[-150:]
    own = list(_OWN.finditer(tail))
    if _hourly(tail, right):
        return "", 0.0
    if _difference(tail, right):
        return "difference", 1.0
    if county := _county(tail, right, own, later):
        return "county", county
    entry = _ENTRY.search(re.split(r"\baverag\w+(?:\s+starting)?", tail)[-1][-70:]) and "minimum average" not in tail
    if entry or amount.high is not None or re.match(r"\s*(?:to start|starting|or less)\b", right):
        return "entry", 1.0
    return _averaged(tail, right, bool(own), amount.value)


def _averaged(tail: str, right: str, own: bool, pay: float) -> tuple[str, float]:
    near = tail + " " + right[:55]
    if "minimum average" in tail:
        return "average", 3.5
    if _AVERAGE.search(near):
        return "average", (4.5 if own else 4.0) if own or _PAY.search(near) else 2.0
    if _PRICED.match(right) and pay >= LEAST and not _GIFT.search(tail):
        return "average", 1.5
    if _PAY.search(near) and not _GIFT.search(near) and (_WAGES.search(tail) or _YEARLY.match(right)):
        return "average", 1.5 if own else 1.0
    return "", 0.0


def _hourly(tail: str, right: str) -> bool:
    return bool(re.match(r"\s*(?:an|per) hour|\s*hourly|/h", right) or re.search(r"\bhourly\b", tail[-60:]))


def _difference(tail: str, right: str) -> bool:
    behind = (
        r"\s*(?:a year |annually |per year |, or \d+%? )?(?:above|higher|more than|below|less than|over the|greater"
        r"|better than)\b"
    )
    return bool(re.match(behind, right)) and not re.search(r"\b(?:average|salary|wage|pay)s?(?:\s+\w+){0,6}\s*$", tail)


def _county(tail: str, right: str, own: list[re.Match[str]], later: bool) -> float:
    """How surely an amount is the average of the county or another area; 0 where it is not."""
    theirs = [match.start() for pattern in _THEIRS for match in pattern.finditer(tail)]
    comparing = _COMPARING.search(tail)
    if theirs and (not own or own[-1].start() <= max(theirs) or (comparing and comparing.start() < max(theirs))):
        return 4.0 if comparing or later else 3.0
    if (
        not later
        and not own
        and not _AVERAGE.search(tail)
        and _THEIRS[0].match(right.lstrip(" ,(").removeprefix("the "))
    ):
        return 2.0
    than = r"\b(?:compared (?:to|with)|than|versus|vs\.?|above|against)\s+(?:the |a |its |about |current )*\$?\s*$"
    return 1.5 if later and re.search(than, tail) else 0.0


_COMPARING = re.compile(
    r"\b(?:compar(?:ed|ison)|versus|vs\.?|against|than|above|exceed\w*|below|over|higher|topp?\w*|whereas|while"
    r"|current|currently)\b"
)
_GIFT = re.compile(
    r"\b(?:grants?|incentives?|award|reimburse\w*|tax\w*|fund\w*"
    r"|payroll(?! (?:that|which|works|averag|equal))|invest\w*|up to)\b"
)
_WAGES = re.compile(r"\b(?:payroll|wages?|salar\w+|pay(?:s|ing)?|compensation|earn\w*)\b")
LEAST = 25_000
"""Less than this in "$5,000 per job" is aid, not pay."""
_PRICED = re.compile(  # "$90,000 positions", "a payroll of $61,000 per worker"
    r"(?:-a-year)?[ -](?:(?:a|per) year )?(?:jobs|positions|roles|careers|salar\w+)\b"
)
_YEARLY = re.compile(
    r"\s*(?:a year|per year|(?:per|for each|each) (?:job|position|worker|employee)|annual|salar|wage|yearly)"
)
