"""Dollars: capital investment and average wages, told apart from grants, impact, payroll, revenue and other wages."""

from __future__ import annotations

import re

from connectors.announcements.extract_claims import BACKGROUND, ELSEWHERE, Claim
from connectors.announcements.extract_numbers import Amount, money
from connectors.announcements.extract_text import Page, Sentence

LOWEST_INVESTMENT = 50_000
WAGE_RANGE = (15_000, 450_000)

_INVEST = re.compile(
    r"\binvest(?:s|ed|ing|ments?)?\b|\bcapital (?:expenditures?|spending|outlay|improvements?|costs?)\b"
    r"|\bcapex\b|\bspend(?:s|ing)?\b|\bpour(?:s|ing)?\b"
    r"|\bcommit(?:s|ted|ting)?\b|\bcost(?:s|ing)?\b|\bput(?:s|ting)? (?:up )?\b|\bplow(?:s|ing)?\b|\binject(?:s"
    r"|ing)?\b|\binto\b|\bsink(?:s|ing)?\b|\btax base\b|\bbudgeted\b"
    r"|\bvalued at\b|\bestimated at\b|\bplans?\b|\bbuild(?:s|ing)?\b|\bopen(?:s|ing)?\b|\bconstruct(?:s|ing"
    r"|ion)?\b|\bexpan(?:d|ds|ding|sion)\b"
    r"|\bannounc\w*\b|\bunveil\w*\b|\bproject\b|\bfacility\b|\bplant\b",
    re.IGNORECASE,
)
_STRONG = re.compile(r"invest|capital|capex|spend|pour|plow|inject", re.IGNORECASE)
_NOT = re.compile(
    r"\bgrants?\b|\bincentives?\b|\breimburs\w*|\btax(?:es|payer\w*|able)?\b(?! base)|\brevenues?\b"
    r"|\beconom(?:y|ic|ies)\b|\bimpact\b|\bGDP\b|\bgross domestic\b|\bpayroll\b"
    r"|\bwages?\b|\bsalar(?:y|ies)\b|\bpay(?:s|able|ing|ments?|outs?|check)?\b|\bearn\w*\b|\bsales\b|\brais(?:e|ed"
    r"|ing)\b|\bfund(?:s|ed|ing|raising)?\b|\bventure\b|\bvalu(?:ation|ed at)\b"
    r"|\bacqui(?:re[ds]?|sition|ring)\b|\bbought\b|\bpurchased\b|\baward(?:s|ed)?\b|\bloans?\b|\bbonds?\b"
    r"|\bcredits?\b|\brebates?\b|\babate\w*|\btraining\b|\bbudget\b|\bcharge\b|\bprofit\w*\b"
    r"|\bdonat\w*|\bcontracts?\b|\bfees?\b|\bsuppliers?\b|\bminority\b|\butility account\b|\bpackage\b"
    r"|\breceiv\w*|\bJDIG\b|\bsubsid(?:y|ies)\b|\bscholarship\w*|\bassistance\b"
    r"|\bmarket cap\w*|\bIPO\b|\bseries [A-F]\b|\bsettle\w*|\bfine[ds]?\b|\bmoney\b|\beligible\b|\bsav(?:e|ed"
    r"|ings?)\b|\bcosts? of living\b|\bhourly\b|\breturn\w*\b|\bper (?:hour|acre|square)\b"
    r"|\bvisitor\w*|\btourism\b|\bresidents?\b|\bperformance-based\b|\bnot[- ]to[- ]exceed\b|\bworth of\b"
    r"|\bbenefits?\b|\bdebt\b|\bmerger\b|\bdeal\b|\bfor every dollar\b|\bhousing\b|\bjudgment\b",
    re.IGNORECASE,
)
_THING = re.compile(
    r"\s*(?:-\s*)?(?:[\w'/&+.,-]+\s+){0,6}?(?:investments?|expansions?|facilit(?:y|ies)|plants?|campus(?:es)?"
    r"|headquarters|HQ|factor(?:y|ies)|projects?|operations?|cent(?:er|re)s?|complex"
    r"|warehouses?|labs?|laborator(?:y|ies)|upgrades?|developments?|renovations?|mill|site|hub|build-?out|upfit"
    r"|megasite|manufacturing|production|foundry|brewery|refinery|farm)\b",
    re.IGNORECASE,
)
_TO_BUILD = re.compile(
    r"\s*(?:slated|proposed|earmarked|planned|set aside|going) (?:for|to|in)\b|\s*(?:more |or more |over "
    r"|\(?[^)]{0,20}\)?\s)?(?:to (?:build|establish|expand|construct|open|locate"
    r"|upgrade|renovate|upfit|develop|create|grow|equip|set up|modernize|add|launch|transform|retrofit|convert)"
    r"|in (?:a |an |its |the |their |new |real |capital|machinery|equipment|property|building|land|site"
    r"|private)|into (?:a |an |its |the )|on (?:a |an |its |the |capital|new))\b",
    re.IGNORECASE,
)
_ACQUIRE_FIRM = re.compile(
    r"\b(?:venture capital|investors|private equity|funding round|from investors)\b", re.IGNORECASE
)


def investment_claims(page: Page, sentence: Sentence) -> list[Claim]:
    """Every amount of a sentence that may be the project's capital investment."""
    text = sentence.text
    amounts = money(text, page.cut - sentence.start)
    return [
        claim
        for number, amount in enumerate(amounts)
        if amount.value >= LOWEST_INVESTMENT and (claim := _investment(sentence, text, amounts, number)) is not None
    ]


def _investment(sentence: Sentence, text: str, amounts: list[Amount], number: int) -> Claim | None:
    amount = amounts[number]
    left = text[amounts[number - 1].end if number else 0 : amount.start]
    right = text[amount.end : amounts[number + 1].start if number + 1 < len(amounts) else len(text)]
    left = re.sub(r":\s*$", " ", left)
    clause_left = re.split(r"[;:]|,\s+(?!invest|capital|and (?:invest|spend))|\bwhile (?!invest)|—|\bthat\b", left)[-1]
    clause_left = clause_left[-110:]
    clause_right = re.split(r";|(?<![A-Z])\.\s|,|—|\bwhile\b|\band (?=creat|add|hir|bring)", right)[0][:90]
    score = _before(clause_left) + _behind(clause_right) + _against(clause_left, clause_right, right)
    start, end = sentence.start + amount.start, sentence.start + amount.end
    many = re.search(r"\b(?:total|combined|cumulative|record) of\b", clause_left[-20:])
    if many and re.search(r"\b(?:projects|companies|announcements)\b", text):
        return Claim("many", amount.value, None, amount.qualifier, start, end, score, sentence)
    if score < 1.5:
        return None
    score -= 0.4 if sentence.heading else 0.0
    return Claim("investment", amount.value, amount.high, amount.qualifier, start, end, score, sentence)


def _before(clause: str) -> float:
    """What the nearest word of money before the amount says for or against an investment."""
    yes, no = list(_INVEST.finditer(clause)), list(_NOT.finditer(clause))
    if yes and (not no or no[-1].start() < yes[-1].start()):
        strong = bool(_STRONG.search(yes[-1].group()))
        near = len(clause) - yes[-1].end() < 40
        return (4.0 if strong else 1.5) if near else (2.0 if strong else 0.5)
    return -4.0 if no else 0.0


def _behind(clause: str) -> float:
    """What the words behind the amount say: '$40 million plant', '$40 million to build', '$40 million grant'."""
    thing, against = _THING.match(clause), _NOT.search(clause[:70])
    score = 0.0
    if thing and not (against and against.start() < thing.end()):
        score += 3.5 if re.search(r"invest|expansion", thing.group(), re.IGNORECASE) else 2.5
    elif _TO_BUILD.match(clause):
        score += 2.0
    if against and re.match(r"\s*(?:in|into|for|on|toward) the (?:acquisition|purchase) of\b", clause):
        return score
    if against and not (thing and thing.end() < against.start()):
        score -= 5.0 if against.start() < 25 else 1.5
    return score


def _against(left: str, right: str, whole_right: str) -> float:
    """What speaks against: money elsewhere, earlier money, yearly money, money raised."""
    both = f"{left} | {right}"
    score = 0.0
    if re.match(r"\s*(?:an?|per)\s+(?:year|hour|month)|\s*annually|/(?:year|hour)", whole_right):
        score -= 5.0
    if ELSEWHERE.search(both) and not re.search(r"\bfirst\b", both):
        score -= 4.0
    if BACKGROUND.search(both) or re.search(r"\b(?:has|have|had)\s+(?:\w+\s+)?invested\b|\bpreviously\b", left):
        score -= 3.0
    if _ACQUIRE_FIRM.search(whole_right[:60]) or re.search(
        r"\b(?:minimum|average) (?:salary|wage)\b|\bper capita\b", left
    ):
        score -= 5.0
    return score


_AVERAGE = re.compile(r"\b(?:averag(?:e|es|ed|ing)|avg\.?|mean)\b", re.IGNORECASE)
_PAY = re.compile(
    r"\b(?:wages?|salar(?:y|ies)|pay(?:s|ing)?|compensation|earn(?:s|ing|ings)?|annual(?:ly)?|a year|per year"
    r"|yearly|income|paid|paychecks?)\b",
    re.IGNORECASE,
)
_PLACE_WORD = r"(?:county|counties|region|area|state|city|town|metro|market|Carolina)"
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
    return _averaged(tail, right, bool(own))


def _averaged(tail: str, right: str, own: bool) -> tuple[str, float]:
    near = tail + " " + right[:55]
    if "minimum average" in tail:
        return "average", 3.5
    if _AVERAGE.search(near):
        return "average", (4.5 if own else 4.0) if own or _PAY.search(near) else 2.0
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
_GIFT = re.compile(r"\b(?:grants?|incentives?|award|reimburse\w*|tax\w*|fund\w*|payroll|invest\w*|up to)\b")
_WAGES = re.compile(r"\b(?:wages?|salar\w+|pay(?:s|ing)?|compensation|earn\w*)\b")
_YEARLY = re.compile(r"\s*(?:a year|per year|annual|salar|wage|yearly)")
