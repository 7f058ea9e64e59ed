"""Dollars of capital investment, told apart from grants, impact, payroll, revenue and what was paid for a company."""

from __future__ import annotations

import re

from connectors.announcements.extract_amounts import FOREIGN, money
from connectors.announcements.extract_claims import BACKGROUND, ELSEWHERE, YEAR_AGO, Claim
from connectors.announcements.extract_numbers import Amount
from connectors.announcements.extract_text import Page, Sentence

LOWEST_INVESTMENT = 50_000
_INVEST = re.compile(
    r"\binvest(?:s|ed|ing|ments?)?\b|\bcapital (?:expenditures?|spending|outlay|improvements?|costs?)\b"
    r"|\bcapex\b|\bspend(?:s|ing)?\b|\bpour(?:s|ing)?\b"
    r"|\bcommit(?:s|ted|ting)?\b|\bcost(?:s|ing)?\b|\bput(?:s|ting)?(?: up)?(?=\s)|\bplow(?:s|ing)?\b|\binject(?:s"
    r"|ing)?\b|\binto\b|\bsink(?:s|ing)?\b|\btax (?:base|books|rolls)\b|\bbudgeted\b"
    r"|\bvalued at\b|\bestimated at\b|\bplans?\b|\bbuild(?:s|ing)?\b|\bopen(?:s|ing)?\b|\bconstruct(?:s|ing"
    r"|ion)?\b|\bexpan(?:d|ds|ding|sion)\b"
    r"|\bannounc\w*\b|\bunveil\w*\b|\bworth(?! of)\b|\bin the amount of\b|\bprice tag\b|\bpump(?:s|ing)?\b"
    r"|\brenovat\w+\b|\bequip\b"
    r"|\bmoderniz\w+\b|\bupfit\b|\bproject\b|\bfacility\b|\bplant\b",
    re.IGNORECASE,
)
_STRONG = re.compile(r"invest|capital|capex|spend|pour|plow|inject", re.IGNORECASE)
_GOODS = (
    r" (?:of )?(?:(?:the|an?|new|more|real|additional) )*(?:propert|land|equipment|machin|estate|building|site|tools)"
)
_NOT = re.compile(
    r"\bgrants?\b|\bincentives?\b|\breimburs\w*|\btax(?:es|payer\w*|able)?\b(?! (?:base|books|rolls)\b)|\brevenues?\b"
    r"|\beconom(?:y|ic|ies)\b(?!\s+development\s+(?:project|announcement|investment))|\bimpact\b|\bGDP\b"
    r"|\bgross domestic\b|\bpayroll\b"
    r"|\bwages?\b|\bsalar(?:y|ies)\b|\bpay(?:s|able|ing|ments?|outs?|check)?\b|\bearn\w*\b|\bsales\b|\brais(?:e|ed"
    r"|ing)\b|\bfund(?:s|ed|ing|raising)?\b|\bventure\b|\bvalu(?:ation|ed at)\b"
    rf"|\bacqui(?:re[ds]?|sition|ring)\b(?!{_GOODS})|\bbought\b|\bpurchased\b|\b(?:award|allocat|grant)(?:s|e[sd]?|ing)\b|\bawarded\b|\bloans?\b|\bbonds?\b"
    r"|\bcredits?\b|\brebates?\b|\babate\w*|\btraining\b|\bbudget\b|\bcharge\b|\bprofit\w*\b"
    r"|\bdonat\w*|\bcontracts?\b|\bfees?\b|\bsuppliers?\b|\bminority\b|\butility account\b|\bpackage\b"
    r"|\breceiv\w*|\bJDIG\b|\bsubsid(?:y|ies)\b|\bscholarship\w*|\bassistance\b"
    r"|\bmarket cap\w*|\bIPO\b|\bseries [A-F]\b|\bsettle\w*|\bfine[ds]?\b|\bmoney\b|\beligible\b|\bsav(?:e|ed"
    r"|ings?)\b|\bcosts? of living\b|\bhourly\b|\breturn\w*\b|\bper (?:hour|acre|square)\b"
    r"|\bvisitor\w*|\btourism\b|\bresidents?\b|\bperformance-based\b|\bnot[- ]to[- ]exceed\b|\bworth of\b"
    r"|\bbenefits?\b|\bapartments?\b|\btown ?homes?\b|\bcondo\w*|\bdebt\b|\bmerger\b|\bdeal\b"
    r"|\bfor every dollar\b|\bhousing\b|\bjudgment\b",
    re.IGNORECASE,
)
_THING = re.compile(
    r"\s*(?:-\s*)?(?:[\w'/&+.,-]+\s+){0,6}?(?:investments?|expansions?|facilit(?:y|ies)|plants?|campus(?:es)?"
    r"|headquarters|HQ|factor(?:y|ies)|projects?|operations?|cent(?:er|re)s?|complex"
    r"|warehouses?|offices?|hangars?|fabs?|baker(?:y|ies)|yard|terminal|studio|depot|labs?|laborator(?:y|ies)"
    r"|upgrades?|developments?|renovations?|mill|site|hub|build-?out|upfit"
    r"|hall|works|shop|line|furnace|megasite|manufacturing|production|foundry|brewery|refinery|retooling|overhaul|farm)\b",
    re.IGNORECASE,
)
_TO_BUILD = re.compile(
    r"\s*(?:slated|proposed|earmarked|planned|set aside|going) (?:for|to|in)\b|\s*(?:more |or more |over "
    r"|\(?[^)]{0,20}\)?\s)?(?:to (?:build|establish|expand|construct|open|locate"
    r"|upgrade|renovate|upfit|develop|create|grow|equip|set up|modernize|add|launch|transform|retrofit|convert)"
    r"|(?:of|in|worth of) (?:new )?(?:[a-z-]+ )?(?:gear"
    r"|machines|tools|robots|looms|presses|equipment|machinery|investment|capital investment|improvements)|in (?:a "
    r"|an |its |the |their |new |real |capital|machinery|equipment|property|building|land|site"
    r"|private)|into (?:a |an |its |the |new )|on (?:a |an |its |the |capital|new))\b",
    re.IGNORECASE,
)
_IS_SPENT = re.compile(  # "$4 million being invested here", "$4 million more will go into looms", "$4 million spent"
    r"\s*(?:more |or more )?(?:(?:is|are|was|will|would|to|being|be|has|have|been|also|of it|gets?) ){0,3}"
    r"(?:(?:re)?invested|spent|poured|sunk|pumped|plowed|put into|(?:go|goes|going) (?:in)?to(?:ward)?)\b"
)
_PUBLIC = re.compile(  # who spends is no company
    r"\b(?:state|county|city|town|commonwealth|authority|[Bb]oard|[Cc]ommissioners|[Cc]ouncil|[Cc]ommittee"
    r"|[Ff]oundation"
    r"|[Cc]ollege|[Uu]niversity|Directors) (?:will|would|plans? to|intends? to|is|has|have|also|awarded"
    r"|agreed)\b[^.;]{0,60}$"
    r"|\b[Cc]ommunity [Cc]ollege,"
)
_FOR_PROJECTS = re.compile(
    r"\s*(?:to support|to (?:two|three|four|five|several)|for|toward|in funding for|in)\b"
    r"[^.;,]{0,30}\b(?:projects|programs|schools)\b",
    re.IGNORECASE,
)
_FOR = re.compile(
    r"\bfor (?:about |some |nearly |around |an estimated |more than )?$|\bat a cost of (?:about |some )?$"
)
_INVESTED = re.compile(r"\b(?:has|have|had)\s+(?:\w+\s+)?invested\b|\bpreviously\b")
_SPENT = re.compile(r"\b(?:spent|invested|built|opened|bought)\b[^.;,]{0,40}$")
_IN_YEAR = re.compile(r"[^.;,]{0,40}\b(?:in|since|between) (?:19|20)\d\d\b")
_FIRST_ABROAD = re.compile(rf"(?:{FOREIGN.pattern})\s*(?:,\s*or|\(|or|—|–|,)\s*")  # "40 million euros ($43 million)"
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
    left = _FIRST_ABROAD.sub(" ", re.sub(r":\s*$", " ", left))
    clause_left = re.split(r"[;:]|,\s+(?!invest|capital|and (?:invest|spend))|\bwhile (?!invest)|—|\bthat\b", left)[-1]
    clause_left = clause_left[-110:]
    clause_right = re.split(r";|(?<![A-Z])\.\s|,|—|\bwhile\b|\band (?=creat|add|hir|bring|employ|ha[vs]e?\b)", right)[
        0
    ][:90]
    before, behind = _before(clause_left), _behind(clause_right)
    if before < 0 and behind >= 2.5 and not _NOT.search(clause_left[-30:]):
        before = -0.5  # "to approve incentives with Windrow for a $10 million mill"
    against = _against(clause_left, left[-160:], clause_right, right)
    past = (
        bool(YEAR_AGO.match(text))
        or bool(BACKGROUND.search(f"{clause_left} | {clause_right}"))
        or bool(_INVESTED.search(clause_left))
        or bool(_SPENT.search(clause_left) and _IN_YEAR.match(right))
    )
    score = before + behind + against - (3.0 if past else 0.0)
    start, end = sentence.start + amount.start, sentence.start + amount.end
    if re.search(r"\beach\b[^.;,]{0,30}$", clause_left):
        return Claim("many", amount.value, None, amount.qualifier, start, end, score, sentence)
    many = re.search(r"\b(?:total|combined|cumulative|record) of\b", clause_left[-20:])
    if many and re.search(r"\b(?:projects|companies|announcements)\b", text):
        return Claim("many", amount.value, None, amount.qualifier, start, end, score, sentence)
    if past and score < 1.5 <= score + 3.0:
        return Claim("past", amount.value, amount.high, amount.qualifier, start, end, score, sentence)
    if score < -0.5:
        return None
    if score < 1.5:  # no word calls it an investment, none anything else
        return Claim("amount", amount.value, amount.high, amount.qualifier, start, end, score, sentence)
    score -= 0.4 if sentence.heading else 0.0
    return Claim("investment", amount.value, amount.high, amount.qualifier, start, end, score, sentence)


def _before(clause: str) -> float:
    """What the nearest word of money before the amount says for or against an investment."""
    yes, no = list(_INVEST.finditer(clause)), list(_NOT.finditer(clause))
    if yes and no and yes[-1].group().lower() == "worth":
        return -4.0  # "a tax break worth"
    if yes and not no and _FOR.search(clause):
        return 2.5  # "will build two data centers in the county for $1 billion"
    if yes and (not no or no[-1].start() < yes[-1].start()):
        strong = bool(_STRONG.search(yes[-1].group()))
        near = len(clause) - yes[-1].end() < 40
        return (4.0 if strong else 1.5) if near else (2.0 if strong else 0.5)
    if re.search(r"\bjobs?,? (?:and|with|plus)(?: (?:about|an?|some|nearly|more than|over|up to))*\s*$", clause):
        return 2.0
    return -4.0 if no else 0.0


def _behind(clause: str) -> float:
    """What the words behind the amount say: '$40 million plant', '$40 million to build', '$40 million grant'."""
    thing, against = _THING.match(clause), _NOT.search(clause[:70])
    score = 0.0
    if thing and not (against and against.start() < thing.end()):
        score += 3.5 if re.search(r"invest|expansion", thing.group(), re.IGNORECASE) else 2.5
    elif _IS_SPENT.match(clause):
        score += 4.0
    elif re.match(
        r"\s*(?:and|with|plus)\s+(?:about |up to |more than |nearly )?[\d,]+ (?:new |full-time )*jobs\b", clause
    ):
        score += 2.5
    elif _TO_BUILD.match(clause):
        score += 2.0
    if against and re.match(r"\s*(?:in|into|for|on|toward) (?:the )?(?:acquisition|purchase)\b", clause):
        return score
    if against and not (thing and thing.end() < against.start()):
        score -= 5.0 if against.start() < 25 else 1.5
    return score


def _against(left: str, whole_left: str, right: str, whole_right: str) -> float:
    """What speaks against: money elsewhere, yearly money, money raised."""
    both = f"{left} | {right}"
    score = 0.0
    if _PUBLIC.search(whole_left) or _FOR_PROJECTS.match(whole_right):
        score -= 6.0  # public money
    if re.match(r",?\s*payable\b", whole_right):
        score -= 5.0
    if re.match(r"\s*(?:an?|per)\s+(?:year|hour|month)|\s*annually|/(?:year|hour)", whole_right):
        score -= 5.0
    if re.match(
        r"\s*(?:\w+\s+){0,2}?(?:in|across) (?:the )?(?:United States|U\.S\.|US\b|America\b|nation\b)", whole_right
    ):
        score -= 5.0
    if ELSEWHERE.search(both) and not re.search(r"\bfirst\b", both):
        score -= 4.0
    if _ACQUIRE_FIRM.search(whole_right[:60]) or re.search(
        r"\b(?:minimum|average) (?:salary|wage)\b|\bper capita\b", left
    ):
        score -= 5.0
    return score
