"""Years: when the jobs are due, when hiring starts, over how many years, and when the site opens."""

from __future__ import annotations

import re
from collections.abc import Iterator

from connectors.announcements.extract_claims import ELSEWHERE, Claim
from connectors.announcements.extract_numbers import words_value
from connectors.announcements.extract_text import Sentence

_AHEAD = 60  # no promise reaches further, in years
_YEAR = r"(?P<year>20[0-6]\d)"
_PART = (
    r"(?:the\s+)?(?:(?:very\s+)?(?:end|close|start|beginning|middle|first half|second half|fall|summer|spring"
    r"|winter|conclusion)(?:\s+of)?\s+(?:the\s+)?(?:calendar\s+|fiscal\s+)?(?:year\s+)?|year-?end\s+(?:of\s+)?"
    r"|(?:early|late|mid)[\s-]*|(?:first|second|third|fourth|1st|2nd|3rd|4th)[\s-]quarter(?:\s+of)?\s+"
    r"|Q[1-4]\s+(?:of\s+)?|(?:early |late |mid-)?(?:January|February|March|April|May|June|July|August|September"
    r"|October|November|December|Jan\.|Feb\.|Aug\.|Sept\.|Oct\.|Nov\.|Dec\.)\s+(?:\d{1,2},?\s+)?(?:of\s+)?"
    r"|calendar year\s+|the year\s+|fiscal year\s+|fiscal\s+|FY[\s-]?|\d{1,2}/\d{1,2}/|summer\s+|fall\s+"
    r"|spring\s+|winter\s+)*"
)
_BY = re.compile(
    rf"\b(?:by:?|before|through|until|no later than|prior to|between now and|from now (?:until|through)"
    rf"|now through)\s+(?:{_PART}){_YEAR}\b|\b(?:at"
    rf"|toward)\s+{_PART.replace('?P<year>', '')}{_YEAR.replace('year', 'year2')}\b",
    re.IGNORECASE,
)
_WHEN = re.compile(
    rf"\b(?:by|in|before|through|until|during|for|as early as|as soon as|around|to|sometime in|mid|late|early"
    rf"|of|,)[\s-]+(?:{_PART}){_YEAR}\b|\b(?:early|mid|late)-{_YEAR.replace('year', 'year2')}\b",
    re.IGNORECASE,
)
_REACHED = re.compile(  # "will have created all 45 jobs in 2027", "reach full employment in 2028"
    rf"\b(?:have (?:created|hired|filled|added)|reach\w*|fully staffed|full (?:employment|staff\w*|headcount))\b"
    rf"(?:(?!\b(?:production|capacity|revenue|sales)\b)[^.;]){{0,60}}?\b(?:in|during)\s+(?:{_PART}){_YEAR}\b",
    re.IGNORECASE,
)
_SPAN = re.compile(
    r"\b(?:from|between)?\s*\(?(?P<first>20[0-6]\d)\s*(?:-|–|—|to|through|and|until)\s*(?P<last>20[0-6]\d)\)?",
    re.IGNORECASE,
)
_JOBS = re.compile(
    r"\b(?:jobs?|positions?|hir(?:e|es|ed|ing)|employ\w*|workers?|people|workforce|staff\w*|headcount"
    r"|recruit\w*|roles|engineers|technicians|scientists|mechanics|associates|team ?mates|operators|researchers"
    r"|professionals)\b",
    re.IGNORECASE,
)
_INVEST = re.compile(
    r"\b(?:invest\w*|capital|spend\w*|expenditures?|sink|pour\w*|plow\w*|put(?:ting)?)\b", re.IGNORECASE
)
_OPENS = re.compile(
    r"\b(?:open(?:s|ed|ing)?(?! house)|operational|operations|operating|in operation|production|complet(?:e|ed|ion)"
    r"|online|on line|on-line|up and running|occup(?:y|ied|ancy)|ready|finish(?:ed)?|start-?up|move[- ]in"
    r"|commissioning"
    r"|begin (?:making|manufacturing|producing|shipping|supplying|operating)|start (?:making|manufacturing"
    r"|producing|shipping)|go live|licens(?:ing|ure) of the facility|fully functional|deliver(?:y|ies)"
    r"|supplying|produced?|manufacturing to begin|producing|rolling off)\b",
    re.IGNORECASE,
)
_BREAKS = re.compile(
    r"\b(?:break(?:ing)? ground|broke ground|groundbreaking|construction (?:is|will|to|on|should"
    r"|could)?\s*(?:\w+\s){0,3}(?:begin|start|commence|underway|get)\w*|(?:begin|start)\w* (?:construction"
    r"|building|work|site)|acquir\w*|founded|established in|approved|announced)\b",
    re.IGNORECASE,
)
_STARTS = re.compile(
    r"\b(?:hiring|jobs|recruit\w*|positions|hire)\b[^.;]{0,70}\b(?:begin|start|commence|get underway)\w*\b"
    r"|\b(?:begin|start|starting|beginning|commence)\w*\s+(?:to )?(?:hir\w+|recruit\w+|filling|adding"
    r"|staffing)\b",
    re.IGNORECASE,
)
_BEGINNING = re.compile(
    rf"\b(?:beginning|starting|commencing|begin"
    rf"|start)\s+(?:as early as\s+)?(?:in\s+)?(?:{_PART}){_YEAR}",
    re.IGNORECASE,
)
_GRANT = re.compile(
    r"\b(?:grants?|JDIG|reimburse\w*|econom(?:y|ic)|tax(?:es)?|revenue|term|incentives?|payments?|pay|could receive"
    r"|from the state|will receive|impact"
    r"|award(?:s|ed)?|training|visitors?|founded|raised|growth rate|rate of|past|last|previous|ago|experience"
    r"|lease|warranty|history|old|carbon|emissions|net[- ]zero|neutral\w*|renewable)\b",
    re.IGNORECASE,
)
_COUNT = (
    r"(?P<n>\d{1,2}(?:\.\d)?|(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen)(?:-and-a-half"
    r"| and a half|-and-one-half| and one-half)?|a|the next)"
)
_HORIZON = re.compile(
    rf"\b(?:over|within|during|across|in|for|throughout|spread over|spanning|out)\s+(?:the\s+)?(?:next\s+"
    rf"|coming\s+|first\s+|an?\s+|about\s+|approximately\s+|roughly\s+|around\s+|period of\s+"
    rf"|course of\s+(?:the\s+)?(?:next\s+)?|its first\s+|nearly\s+|more than\s+"
    rf"|up to\s+)*{_COUNT}(?:\s+to\s+\w+)?[\s-]+(?:years?|yrs?)\b(?:\s+(?P<ago>ago|old|earlier|later|degree"
    rf"|of experience|or less))?"
    rf"|\b(?P<plan>\d{{1,2}}|two|three|four|five|six|seven|eight|nine|ten)[\s-]+years?\s+(?:period|plan|span"
    rf"|time ?frame|timeline|window|build-?out|expansion|investment|project|phase)\b"
    rf"|\b(?:over|within|during)\s+(?:the\s+)?(?:next\s+|coming\s+|a\s+)+(?P<decade>decade)\b",
    re.IGNORECASE,
)


def year_claims(sentence: Sentence, published_year: int | None) -> list[Claim]:
    """Years and horizons of a sentence.

    Args:
        sentence: where to look.
        published_year: earlier years are history; null where not known.

    Returns:
        Claims of the kinds by, start, opens, horizon.
    """
    floor = published_year if published_year is not None else 2002
    text = sentence.text
    return [
        Claim(kind, value, None, "exact", sentence.start + match.start(), sentence.start + match.end(), score, sentence)
        for reader in (_spans, _deadlines, _reached, _openings, _hiring_starts, _horizons)
        for kind, value, match, score in reader(text, floor)
    ]


_Read = tuple[str, float, re.Match[str], float]


def _spans(text: str, floor: int) -> Iterator[_Read]:
    """'from 2024 to 2028', '(2024-2028)'."""
    for match in _SPAN.finditer(text):
        first, last = int(match["first"]), int(match["last"])
        if floor - 1 <= first < last <= floor + _AHEAD and _JOBS.search(text) and _nearest(text, match) != "grant":
            yield "start", first, match, 2.0
            yield "by", last, match, 2.5


def _deadlines(text: str, floor: int) -> Iterator[_Read]:
    """'by the end of 2028', of jobs before those of money."""
    for match in _BY.finditer(text):
        year = int(match["year"] or match["year2"])
        score = {"jobs": 3.0, "invest": 1.0}.get(_nearest(text, match))
        if re.search(r"\b(?:in|across) (?:the )?(?:United States|U\.S\.|US|America|nation)\W+$", text[: match.start()]):
            continue  # the plan for a whole country
        if re.search(r"\bnot\b", text[max(0, match.start() - 45) : match.start()]):
            continue  # "not before 2027"
        if floor <= year <= floor + _AHEAD and score is not None:
            yield "by", year, match, score


def _reached(text: str, floor: int) -> Iterator[_Read]:
    """'will have created all jobs in 2027'."""
    for match in _REACHED.finditer(text):
        year = int(match["year"])
        if floor <= year <= floor + _AHEAD and _JOBS.search(match.group()):
            yield "by", year, match, 2.0


def _openings(text: str, floor: int) -> Iterator[_Read]:
    """'expected to open in early 2027'."""
    for match in _WHEN.finditer(text):
        year = int(match["year"] or match["year2"])
        if floor <= year <= floor + _AHEAD and _nearest(text, match) == "opens":
            yield "opens", year, match, 2.5 if re.search(r"operational|begin operations|open", text) else 2.0


def _hiring_starts(text: str, floor: int) -> Iterator[_Read]:
    """'hiring will begin in 2026', 'will hire 90 people beginning in 2026'."""
    for match in re.finditer(_YEAR, text):
        before = text[max(0, match.start() - 110) : match.start()]
        start = list(_STARTS.finditer(before))
        if not floor <= int(match["year"]) <= floor + _AHEAD or not start:
            continue
        if len(before) - start[-1].end() < 40 and not _GRANT.search(before[start[-1].end() :]):
            yield "start", int(match["year"]), match, 2.0
    for match in _BEGINNING.finditer(text):
        year = int(match["year"])
        if floor <= year <= floor + _AHEAD and _JOBS.search(text) and _nearest(text, match) == "jobs":
            yield "start", year, match, 1.5


def _horizons(text: str, floor: int) -> Iterator[_Read]:
    """'over the next five years', 'a five-year period'."""
    for match in _HORIZON.finditer(text):
        years, clause = _years(match), _clause(text, match)
        cue = _nearest(text, match)
        if years is None or match["ago"] or not 1 <= years <= 20 or cue == "grant" or ELSEWHERE.search(clause):
            continue
        if years >= 10 and cue != "jobs":
            continue  # the term of a grant
        if re.match(r"\s+(?:ago|old|of experience|degree|or less|or more)", text[match.end() :]):
            continue
        if _JOBS.search(clause):
            yield "horizon", years, match, 3.0
        elif _INVEST.search(clause):
            yield "horizon", years, match, 2.0
        elif _JOBS.search(text) or _INVEST.search(text):
            yield "horizon", years, match, 1.0


def _years(match: re.Match[str]) -> float | None:
    if match["decade"]:
        return 10.0
    plain = (match["n"] or match["plan"] or "").lower()
    half = 0.5 if re.search(r"half", plain) else 0.0
    plain = re.sub(r"[\s-]and[\s-](?:a|one)[\s-]half", "", plain)
    if re.fullmatch(r"\d{1,2}(?:\.\d)?", plain):
        return float(plain)
    value = words_value(plain) if plain not in ("a", "the next") else None
    return value + half if value is not None else None


def _clause(text: str, match: re.Match[str]) -> str:
    left = re.split(r"[;:]|\bwhile\b|, (?:which|and the)\b", text[: match.start()])[-1][-80:]
    right = re.split(r"[;:,]|\bwhile\b|\band\b", text[match.end() :])[0][:40]
    return f"{left} {right}"


def _nearest(text: str, match: re.Match[str]) -> str:
    """Which cue a year belongs to (jobs, invest, opens, breaks, grant): the nearest before it, else right behind it."""
    before = text[: match.start()]
    cues = {"jobs": _JOBS, "invest": _INVEST, "opens": _OPENS, "breaks": _BREAKS, "grant": _GRANT}
    best, distance = "", 10_000
    for name, pattern in cues.items():
        hits = list(pattern.finditer(before))
        if hits and len(before) - hits[-1].end() < distance:
            best, distance = name, len(before) - hits[-1].end()
    if best == "opens" and re.search(
        r"\b(?:hiring|jobs|positions|recruitment)\b(?:(?!\bconstruction|\bplant|\bfacility)[^.;])*$", before
    ):
        done = re.search(r"\b(?:complet\w+|finish\w*)\b[^.;]*$", before)
        best = "jobs" if done else best
    after = re.split(r"[.;]|\band\b", text[match.end() :])[0][:80]
    opens_clause = distance == 10_000 or re.search(r"(?:^|[,;:]\s+|\band\s+)(?:\w+ )?$", before)
    opening = opens_clause and re.match(r"\s*,?\s*(?:the |its |a |it )?(?:[^,;]|,(?=\d{3})){0,70}", after)
    if distance > 45 and opening:
        for name in ("jobs", "opens", "invest", "grant"):
            hit = cues[name].search(opening.group())
            if hit and hit.start() < distance:
                best, distance = name, hit.start()
    return best
