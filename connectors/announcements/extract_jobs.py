"""Jobs: every number of jobs in a sentence and what it counts: new, kept, building jobs, or something else."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from connectors.announcements.extract_claims import BACKGROUND, ELSEWHERE, Claim
from connectors.announcements.extract_numbers import DIGITS, WORDS, hedge, number_value
from connectors.announcements.extract_text import Page, Sentence

_NUMBER = (
    rf"(?<![\w$.,/])(?P<low>{DIGITS}|\b{WORDS})(?![\w%])\+?(?:\s*(?:-|–|\bto\b|\band\b|\bor\b)\s*(?P<high>{DIGITS}"
    rf"|\b{WORDS})(?![\w%,.]*\d))?\+?"
)
_BREAKERS = (
    r"in|on|by|at|for|to|with|from|over|during|per|that|which|will|would|is|are|was|were|has|have|had|than|who"
    r"|into|across|near"
    r"|million|billion|thousand|square|sq|acres?|percent|years?|months?|weeks?|days?|hours?|minutes?|miles?"
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
    r"|technicians|engineers|operators"
    r"|scientists|residents|individuals|workforce|professionals"
)
_COUNT = re.compile(rf"{_NUMBER}\)?[\s-]+(?P<fill>{_FILL})(?P<noun>{_JOB}|{_PEOPLE}|(?<=new )ones)\b", re.IGNORECASE)
_LABEL = re.compile(
    r"(?:\b(?:new |total |full-time |projected |announced )*(?:jobs?|positions|employment|employees"
    r"|job creation|jobs created|jobs announced)"
    rf"(?: created| added| to be created| \(new\)| commitment| pledge| target| goal)*\s*(?::|=|–|—|\|)\s*"
    rf"|\bjob creation (?:of|totaling|target of|commitment of)\s+"
    rf"|\bnumber of (?:new )?jobs(?: created)?\s*(?::|is|–|-)\s*)(?:up to |approximately |about |at least )?{_NUMBER}",
    re.IGNORECASE,
)
_VERB = re.compile(
    rf"\b(?:hire|hiring|employ|employing|recruit|recruiting|add|adding)\s+(?:up to |as many as |about "
    rf"|approximately |around |at least |more than "
    rf"|over |nearly |almost |roughly |some |an additional |another )*{_NUMBER}(?=\s*(?:[.,;]|$|by\b|over\b"
    rf"|within\b|at\b|in\b|when\b|of (?:your|our|my)\b|there\b|once\b|during\b))",
    re.IGNORECASE,
)
_PART = re.compile(  # "300 jobs, including 210 in Chatham County"
    rf"\b(?:including|with|and|plus)\s+(?:about |approximately |nearly "
    rf"|another )?(?P<low>{DIGITS})\s+(?:more\s+)?(?:in|at)\s+(?:the\s+)?(?-i:[A-Z])",
    re.IGNORECASE,
)
_CREATE = re.compile(
    r"\b(?:creat\w*|add(?:s|ed|ing)?|bring(?:s|ing)?|generat\w*|hir(?:e|es|ing)|recruit\w*|employ(?:ing)?"
    r"|provid\w*|offer\w*|result\w*"
    r"|produc\w*|deliver\w*|yield\w*|introduc\w*|open(?:s|ing)?|fill\w*|staff(?:ed|ing)?|commit\w*|support|need"
    r"|mean(?:s|ing)?|expand\w*"
    r"|grow\w*|plan\w*|locat\w*|announc\w*|launch\w*|land\w*|gain\w*|establish\w*)\b",
    re.IGNORECASE,
)
_NEW = re.compile(r"\b(?:new|additional|more|another|incremental|net-new|net new)\b", re.IGNORECASE)
_FUTURE = re.compile(
    r"\b(?:will|would|plans?|planning|expects?|expected|intends?|to|could|projected|anticipat\w*|proposes?"
    r"|proposed|aims?|calls? for|set to|over the next)\b",
    re.IGNORECASE,
)
_CONSTRUCTION = re.compile(
    r"\b(?:construction|temporary|contractors?|building trades|short-term|build-out)\b", re.IGNORECASE
)
_RETAINED = re.compile(
    r"\b(?:retain\w*|retention of|keep\w*|preserv\w*|sav(?:e|es|ing)|safeguard\w*|maintain\w*"
    r"|protect\w*)\s+(?:(?!creat|add|hir|and\b)\w+\s+){0,4}$",
    re.IGNORECASE,
)
_EXISTING = re.compile(
    r"\b(?:currently|already|now|today|existing|presently|employs|employed|has|have|with|workforce of|staff of"
    r"|team of|headcount of|are|were|had|of its|its)\b"
    r"(?:\s+(?:a|an|the|about|approximately|around|more than|over|nearly|almost|some|roughly|at least|workforce"
    r"|staff|total|of|global|worldwide"
    r"|employs|employ|has|have|team|its|local|than|to))*\s*$",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"\b(?:to a total of|(?:workforce|headcount|employment|payroll|staff|employee count|total|employees"
    r"|jobs)\b(?:\s+\w+){0,6}\s+to|from (?:about |around |roughly )?[\d,]+ to|doubl\w+|tripl\w+)"
    r"(?:\s+(?:about|approximately|around|more than|over|nearly|almost|some|roughly|at least))*\s*$",
    re.IGNORECASE,
)
_INDIRECT = re.compile(
    r"\b(?:indirect\w*|induced|spin-?offs?|ripple|multiplier|supply[ -]chain|suppliers?|supporting|related jobs"
    r"|ancillary)\b",
    re.IGNORECASE,
)
_LOSS = re.compile(
    r"\b(?:lay(?:ing)?[ -]?offs?|laid off|layoffs?|cut(?:s|ting)?|eliminat\w*|los(?:e|ing|t|ses)|furlough\w*"
    r"|reduc\w*|slash\w*|unemploy\w*|displac\w*|shed\w*|clos(?:e|ing|ure))\b",
    re.IGNORECASE,
)
_SUBSET = re.compile(
    r"\b(?:of (?:which|whom|those|these|them)|includ(?:es|ing)|the (?:first|initial|remaining|other|last)"
    r"|initial(?:ly)?|first|remaining|additional phase)\s*"
    r"(?:about |approximately |some |the |up to |at least |with |hire |hiring |create |creating |employ )*$",
    re.IGNORECASE,
)
_GRANT = re.compile(
    r"\b(?:JDIG|grants?|agreement|reimburse\w*|incentives?|tax revenues?|One North Carolina|contract|committee)\b",
    re.IGNORECASE,
)
_COMMITS = re.compile(
    r"\b(?:initial|must|requires?|required|if (?:it|the company)|commit\w*|obligat\w*|in exchange|based on"
    r"|generated by|tied to)\b",
    re.IGNORECASE,
)
_MANY = re.compile(
    r"\b(?:companies|firms|projects|industry|industries|businesses|sector|employers|announcements|tourism"
    r"|manufacturers) (?:\w+ ){0,4}$|\bprojects\b[^.;,]{0,60}\bthat (?:will|would|could)\b[^.;,]{0,30}$|\b(?:combined|"
    r"two|three|four|five|six|seven|eight|nine|ten|several|multiple|many|\d+) (?:\w+ ){0,3}(?:projects"
    r"|companies|businesses|announcements|firms)\b",
    re.IGNORECASE,
)
_PEOPLE_WORK = re.compile(
    r"\b(?:employ\w*|hir\w*|job|jobs|work|workforce|staff\w*|recruit\w*|add\w*|bring\w*|creat\w*|need\w*|payroll)\b",
    re.IGNORECASE,
)


def job_claims(page: Page, sentence: Sentence) -> list[Claim]:
    """Every number of jobs of a sentence, judged."""
    text = sentence.text
    found: list[Claim] = []
    for pattern, bonus in ((_COUNT, 0.0), (_LABEL, 1.5), (_VERB, 0.0)):
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
    low, high = number_value(match["low"]), number_value(match["high"] or "")
    if low is None or (sentence.start + match.end() >= page.cut and match.end() == match.end("low")):
        return None
    plain = match["low"]
    if counted and re.fullmatch(r"(?:19|20)\d\d", plain) and not _NEW.search(match["fill"]) and "," not in plain:
        return None  # a year before a noun
    separator = text[match.end("low") : match.start("high")].strip(" +") if match["high"] else ""
    left = text[: match.start("low")]
    if high is not None:
        opened = re.search(r"\bbetween\W+$|\bbetween\W+(?:\w+\W+){0,2}$", left, re.IGNORECASE)
        if high <= low or (separator in ("and",) and not opened) or re.search(r"\bfrom\s+(?:\w+\s+){0,2}$", left):
            if separator == "and" and not re.search(r"[a-z]", match["low"]):
                return None
            low, high = (high, None) if high > low and separator != "and" else (low, None)
    noun = (match["noun"] if counted else "jobs").lower()
    near_left, right = left[-70:], text[match.end() : match.end() + 60]
    inside = match["fill"] if counted else ""
    people = counted and not re.fullmatch(_JOB, noun, re.IGNORECASE)
    anybody = people and not re.fullmatch(
        r"employees?|workers?|staff|staffers|associates|team ?members|teammates", noun
    )
    if anybody and not _PEOPLE_WORK.search(near_left + " " + right[:25] + inside):
        return None
    if low < 3 and (re.search("[a-z]", plain, re.IGNORECASE) or not _NEW.search(inside)):
        return None
    qualifier = "range" if high is not None else hedge(left, text[match.end("low") :])
    qualifier = "about" if qualifier == "around" else qualifier
    around = _Around(text, near_left, inside, right, people)
    kind = next((kind for kind, test in _KINDS if test(around)), "new")
    score = _score(around) - (0.4 if sentence.heading else 0.0)
    return Claim(
        kind,
        low,
        high,
        qualifier,
        sentence.start + match.start("low"),
        sentence.start + match.end(),
        score + bonus,
        sentence,
    )


@dataclass(frozen=True)
class _Around:
    """The words around a number of jobs: the sentence, and what stands left of, inside and right of the phrase."""

    text: str
    left: str
    inside: str
    right: str
    people: bool

    @property
    def clause(self) -> str:
        return re.split(r"[;:]|,\s+(?:which|where|and has|as|while|but)\b|\bwhile\b|—", self.left)[-1]

    @property
    def new(self) -> bool:
        return bool(_NEW.search(self.inside) or re.search(r"\b(?:additional|another)\s*$", self.left))


def _lost(at: _Around) -> bool:
    return bool(_LOSS.search(at.clause[-45:]) or re.match(r"\s*(?:cut|lost|losses|eliminated)", at.right))


def _builds(at: _Around) -> bool:
    behind = r"[^.,;]{0,25}\bduring (?:the )?construction|\s*(?:in construction|to build)\b"
    before = re.search(r"\bconstruction\b(?:\s+\w+){0,2}\s*$", at.left[-25:])
    return bool(_CONSTRUCTION.search(at.inside) or before or re.match(behind, at.right))


def _indirect(at: _Around) -> bool:
    behind = re.match(r"[^.,;]{0,30}\b(?:indirect|suppliers|supply chain)", at.right)
    return bool(_INDIRECT.search(at.inside) or _INDIRECT.search(at.left[-40:]) or behind)


def _left_out(at: _Around) -> bool:
    """Numbers that a sentence names as not counted, and those of a whole region's economy."""
    without = re.search(r"(?:n't|\bnot)\s+(?:count|includ)\w*\b[^.;]*$|\bexcluding\b[^.;]*$", at.left)
    return bool(without or re.match(r"\s+in the (?:\w+ )?(?:regional|local|state|area) economy\b", at.right))


def _kept(at: _Around) -> bool:
    behind = re.match(r"\s*(?:will|would|to)?\s*(?:be )?retained\b", at.right)
    inside = re.search(r"\b(?:existing|current|retained)\b", at.inside, re.IGNORECASE)
    return bool(_RETAINED.search(at.left) or behind or inside)


def _exists(at: _Around) -> bool:
    if at.new:
        return False
    will = re.search(r"\b(?:will|would|to|expects?)\s+(?:\w+\s+)?(?:have|employ)\b", at.left[-40:])
    if at.people and _EXISTING.search(at.left) and not will:
        return True
    return bool(
        re.match(
            r"\s*(?:currently|already|now|today|worldwide|globally|nationwide|there now|in the state|statewide)\b",
            at.right,
        )
    )


_KINDS: tuple[tuple[str, Callable[[_Around], object]], ...] = (
    ("loss", _lost),
    ("construction", _builds),
    ("other", _indirect),
    ("other", _left_out),
    ("retained", _kept),
    ("total", lambda at: not at.new and _TOTAL.search(at.left)),
    ("existing", _exists),
    ("many", lambda at: _MANY.search(at.left) or (re.search(r"\btotal of\s*$", at.left) and _MANY.search(at.text))),
    ("other", lambda at: ELSEWHERE.search(at.left[-50:] + at.right)),
    ("subset", lambda at: _SUBSET.search(at.left) and not _GRANT.search(at.text)),
    ("grant", lambda at: _GRANT.search(at.text) and _COMMITS.search(at.left)),
)


def _score(at: _Around) -> float:
    """How surely these are the project's new jobs."""
    score = 0.3 if at.people else 1.0
    create = list(_CREATE.finditer(at.clause))
    if create:
        score += 2.0 if len(at.clause) - create[-1].end() < 45 else 1.0
    score += 1.5 if at.new else 0.0
    score += 0.7 if _FUTURE.search(at.clause) else 0.0
    score -= 2.0 if re.search(r"\btypically\b", at.text) else 0.0
    score -= 2.5 if BACKGROUND.search(at.left) or BACKGROUND.search(at.right) else 0.0
    return score - (2.0 if re.search(r"\bin addition to\b", at.left) else 0.0)
