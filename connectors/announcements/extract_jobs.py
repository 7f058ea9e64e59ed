"""Jobs: every number of jobs in a sentence and what it counts: new, kept, building jobs, or something else."""

from __future__ import annotations

import re

from connectors.announcements.extract_claims import Claim
from connectors.announcements.extract_kinds import KINDS, NEW, Around, sureness
from connectors.announcements.extract_numbers import DIGITS, WORDS, hedge, number_value
from connectors.announcements.extract_text import Page, Sentence

LARGEST = 25_000
"""More jobs than any one project brings: the total of a state or an industry."""
_NUMBER = (
    rf"(?<![\w$.,/])(?P<low>(?:{DIGITS})[kK]?|\b{WORDS})(?![\w%])\+?(?:\s*(?:-|–|\bto\b|\band\b"
    rf"|\bor\b)\s*(?P<high>{DIGITS}"
    rf"|\b{WORDS})(?![\w%,.]*\d))?\+?"
)
_BREAKERS = (
    r"in|on|by|at|for|to|with|from|over|during|per|that|which|will|would|is|are|was|were|has|have|had|than|who"
    r"|into|across|near"
    r"|million|billion|thousand|square|sq|acres?|percent|years?(?!-round)|months?|weeks?|days?|hours?|minutes?|miles?"
    r"|feet|foot|states?|countries"
    r"|counties|companies|locations|sites|stores|offices|plants|facilities|customers|patients|students"
    r"|members of|dollars|units|homes"
    r"|of|other|tons|gallons|times|th|st|nd|rd|am|pm|a\.m|p\.m|degree|institutions|schools|colleges|brands"
    r"|products|buildings"
)
_FILL = rf"(?:(?!(?:{_BREAKERS})\b)(?!\d)[A-Za-z][\w'/&-]*(?:\.(?=\w))?,?[\s-]+){{0,7}}?"
_JOB = r"jobs?|positions?|hires|roles|posts|openings|FTEs?|full-time equivalents?|vacancies"
_PEOPLE = (
    r"employees?|workers?|people|persons?|staff(?:ers)?|associates|team ?members|teammates|personnel"
    r"|(?:Georg|Virgin|Carolin|Kentuck|Alabam|Florid|Mississipp|Louisian)i?ans|Tennesseans|Texans|Ohioans"
    r"|technicians|engineers|operators"
    r"|scientists|chemists|locals|hands|residents|individuals|workforce|professionals|mechanics|welders|machinists|nurses|drivers"
    r"|analysts|researchers"
    r"|specialists|electricians|assemblers|teammates|agents|programmers|developers|designers"
)
_COUNT = re.compile(
    rf"{_NUMBER}\)?[\s-]+(?P<fill>{_FILL})(?P<noun>{_JOB}|(?:{_PEOPLE})(?!'? (?:jobs|positions)\b)"
    rf"|(?:(?<=new )|(?<=permanent )"
    rf"|(?<=full-time ))ones)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:\b(?:new |total |full-time |projected |announced )*(?:jobs?|positions|employment|employees"
    r"|job creation|jobs created|jobs announced)"
    rf"(?: created| added| to be created| \(new\)| commitment| pledge| target| goal)*\s*(?::|=|–|—|\|)\s*"
    rf"|\bjob creation (?:of|totaling|target of|commitment of)\s+"
    rf"|\bnumber of (?:new )?jobs(?: created)?\s*(?::|is|–|-)\s*)(?:up to |approximately |about |at least )?{_NUMBER}",
    re.IGNORECASE,
)
_VERB = re.compile(
    rf"\b(?:hire|hiring|employ|employing|recruit|recruiting"
    rf"|take on|taking on|bring on|bringing on|add|adding|create|creating)\s+(?:up to |as many as |about "
    rf"|approximately |around |at least |more than "
    rf"|over |nearly |almost |roughly |some |an additional |another )*{_NUMBER}(?=\s*(?:more\s*)?(?:[.,;]|$|by\b|over\b"
    rf"|within\b|at\b|in\b|when\b|and\b(?! [\d$])|under\b"
    rf"|as\b|while\b|after\b|with\b|through\b|next\b|this\b"
    rf"|to (?:the|its)\b|of (?:your|our|my)\b|there\b|once\b|during\b))",
    re.IGNORECASE,
)
_STAFF = re.compile(  # "will open with a staff of 45"
    rf"\b(?:will|would|plans?|expects?|to (?:open|have|reach))\b[^.;]{{0,80}}\b(?:staff|workforce|crew|team"
    rf"|payroll) of "
    rf"(?:about |approximately |around |up to |at least |more than |nearly |some )?{_NUMBER}(?=\s*(?:[.,;]|$"
    rf"|by\b|within\b|over\b))",
    re.IGNORECASE,
)
_PAYROLL = re.compile(
    rf"\b(?:have|put|putting|with) {_NUMBER}(?= (?:people |more )*on (?:its|the) payroll\b)", re.IGNORECASE
)
_IN_ALL = re.compile(  # "30 people at first and 120 in all"
    rf"\b(?:and|but|with|to)\s+(?:about |up to |as many as |eventually |ultimately )*(?P<low>{DIGITS})(?P<high>(?!))?"
    rf"(?=\s+(?:in all|in total|altogether|eventually|ultimately|at full (?:capacity|production|build-?out))\b)",
    re.IGNORECASE,
)
_PART = re.compile(  # "300 jobs, including 210 in Chatham County"
    rf"\b(?:including|with|and|plus)\s+(?:about |approximately |nearly "
    rf"|another )?(?P<low>{DIGITS})\s+(?:more\s+)?(?:in|at)\s+(?:the\s+)?(?-i:[A-Z])",
    re.IGNORECASE,
)
_JOB_THING = re.compile(
    r"\s+(?:grants?|fairs?|creation|training|sites?|seekers?|growth|market|losses|announcements?|creators?|deals?|incentives?|offers?|postings?|programs?|hunters?|descriptions?|numbers)\b"
)
_PEOPLE_WORK = re.compile(
    r"\b(?:earn\w*|tak(?:e|ing) on"
    r"|employ\w*|hir\w*|job|jobs|work|workforce|staff\w*|recruit\w*|add\w*|bring\w*|creat\w*|need\w*|payroll)\b",
    re.IGNORECASE,
)


def job_claims(page: Page, sentence: Sentence) -> list[Claim]:
    """Every number of jobs of a sentence, judged."""
    text = sentence.text
    found: list[Claim] = []
    for pattern, bonus in ((_COUNT, 0.0), (_LABEL, 1.5), (_VERB, 0.0), (_STAFF, 1.0), (_PAYROLL, 2.0), (_IN_ALL, 2.0)):
        for match in pattern.finditer(text):
            claim = _claim(page, sentence, match, bonus, pattern is _COUNT)
            if claim and not any(claim.start < other.end and other.start < claim.end for other in found):
                found.append(claim)
    if found:
        for match in _PART.finditer(text):
            value = number_value(match["low"])
            start, end = sentence.start + match.start("low"), sentence.start + match.end("low")
            if value is not None and value >= 3 and not any(one.start < end and start < one.end for one in found):
                found.append(Claim("part", value, None, "exact", start, end, 2.0, sentence))
    return sorted(found, key=lambda claim: claim.start)


def _claim(page: Page, sentence: Sentence, match: re.Match[str], bonus: float, counted: bool) -> Claim | None:
    text = sentence.text
    left, right = text[: match.start("low")], text[match.end() :]
    ends = _ends(match, text, left)
    if ends is None or (sentence.start + match.end() >= page.cut and match.end() == match.end("low")):
        return None
    low, high = ends
    noun = (match["noun"] if counted else "jobs").lower()
    inside = match["fill"] if counted else ""
    if _no_count(match["low"], noun, inside, left, right, counted):
        return None
    people = counted and not re.fullmatch(_JOB, noun, re.IGNORECASE)
    anybody = people and not re.fullmatch(
        r"employees?|workers?|staff|staffers|associates|team ?members|teammates", noun
    )
    if anybody and not _PEOPLE_WORK.search(left[-70:] + " " + right[:60] + inside):
        return None
    qualifier = "range" if high is not None else hedge(left, text[match.end("low") :])
    around = Around(text, left[-70:], inside, right[:60], people)
    kind = next((kind for kind, test in KINDS if test(around)), "new")
    return Claim(
        "many" if kind == "new" and low > LARGEST else kind,
        low,
        high,
        "about" if qualifier == "around" else qualifier,
        sentence.start + match.start("low"),
        sentence.start + match.end(),
        sureness(around) - (0.4 if sentence.heading else 0.0) + bonus,
        sentence,
    )


def _ends(match: re.Match[str], text: str, left: str) -> tuple[float, float | None] | None:
    """The number, or both ends of a range; null where two numbers are no range, or one is no number."""
    low, high = number_value(match["low"]), number_value(match["high"] or "")
    if low is None or high is None:
        return None if low is None else (low, None)
    separator = text[match.end("low") : match.start("high")].strip(" +")
    opened = re.search(r"\bbetween\W+$|\bbetween\W+(?:\w+\W+){0,2}$", left, re.IGNORECASE)
    if high > low and (separator != "and" or opened) and not re.search(r"\bfrom\s+(?:\w+\s+){0,2}$", left):
        return low, high
    if separator == "and" and not re.search(r"[a-z]", match["low"]):
        return None
    return (high, None) if high > low and separator != "and" else (low, None)


def _no_count(plain: str, noun: str, inside: str, left: str, right: str, counted: bool) -> bool:
    """Whether a number before a noun counts no jobs: "several dozen", "2024 jobs report", "three job grants"."""
    if re.search(r"\b(?:several|few|many|couple)\s+$", left, re.IGNORECASE):
        return True
    if counted and re.fullmatch(r"(?:19|20)\d\d", plain) and not NEW.search(inside):
        return True
    if noun in ("job", "jobs") and _JOB_THING.match(right):
        return True
    if noun == "hires" and inside.rstrip().endswith(","):
        return True  # "a $15 million upgrade, hires 25"
    small = (number_value(plain) or 0.0) < 3
    return small and bool(re.search("[a-z]", plain, re.IGNORECASE) or not NEW.search(inside))
