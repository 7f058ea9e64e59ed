"""How surely a town or county is the site, by the words around it."""

from __future__ import annotations

import re

OUR_STATE = re.compile(r",\s*(?:N\.\s?C\.?|NC\b|North Carolina)")
SITE = re.compile(
    r"\b(?:in|at|near|for|to|within|into|outside|city of|town of|village of|downtown|north|south|east|west"
    r"|around|between|selects|selected|chooses|chose|chosen|picks|picked|eyeing|eying|eyes"
    r"|considering)\s+(?:the\s+)?(?:(?:City|Town|Village|city|town|village|cities|towns"
    r"|outskirts)\s+of\s+|(?:downtown|Downtown|uptown|nearby|central|southern|northern|eastern|western)\s+)?$",
    re.IGNORECASE,
)
NAMED = re.compile(
    r"\b(?:City|Town|Village|city|town|village)\s+of\s+$|\b(?:cities"
    r"|towns)\s+of\s+(?:[A-Z][\w-]+(?: [A-Z][\w-]+)*,?\s+(?:and\s+)?)*$"
)
_HOME = re.compile(
    r"\b(?:based|headquartered|headquarters|founded|located|operates|operations|offices?|sites?|employs"
    r"|employees|plants?|facilities|labs?|born|native|university|college)\b[^.;]{0,45}\b(?:in|at|and|of|,)\s*$",
    re.IGNORECASE,
)
_ACTION = re.compile(
    r"\b(?:invest\w*|creat\w*|build\w*|locat\w*|establish\w*|open\w*|expan\w*|hir\w*|bring\w*|add\w*|select\w*"
    r"|chos\w+|choos\w*|pick\w*|relocat\w*|mov\w+|construct\w*|launch\w*|com(?:e|ing) to|plan\w*|grow\w*"
    r"|project|plant|facility|jobs)\b",
    re.IGNORECASE,
)
_NOT_SITE = re.compile(
    r"\b(?:competing|competed|considered|also considering|(?<!take )(?<!took )(?<!taking )over|beat(?:ing)?"
    r"|which (?:serves|covers)|serving|rather than|instead of|other than"
    r"|alternative|(?:relocat|mov)\w+[^.;]{0,30}\bfrom|passed over|finalists?)\b(?:(?!\bto (?:land|win|build"
    r"|locate|be)\b|\bfor\b|\bin\b)[^.;]){0,60}$",
    re.IGNORECASE,
)
_GETS = re.compile(
    r"(?:, N\.C\.,)?\s+(?:is (?:getting|gaining|landing|about to|set to|the)|has (?:landed|won|snagged|lured|beaten)"
    r"|will (?:get|be|gain|see)|gets|lands|wins|gains|scores|landed|beat)\b"
)
_HEARING = re.compile(  # where officials meet, not where anything is built
    r"\b(?:hearing|meeting|meet)\b(?:(?!\b(?:invest|grant|plant|project|build|facility))"
    r"(?:[^.;]|\.m\.|\.(?=\w))){0,200}\b(?:held|at|in)\b(?:(?!\b(?:invest|grant|plant|project|build"
    r"|facility))[^.;]){0,60}$"
    r"|\b(?:Government Center|Court ?house)\b[^.;]{0,50}$"
)
_SHED = re.compile(r"\blabor ?shed\b|\bcommut\w+|\b(?:surrounding|neighboring|nearby) counties\b", re.IGNORECASE)
_FOLLOW_BAD = re.compile(
    r"(?:-(?:based|area|headquartered|Durham|Cary|High Point)\b"
    r"(?! (?:[a-z]+ ){0,2}(?:plant|mill|facility|works|operation|factory|site))"
    r"|'s? (?:average|mayor)|\s+(?:University|College|Technical|Community"
    r"|State\b|Tech\b|Mayor"
    r"|City Council|Chamber|Regional|Business|Journal|Observer|News|Times|Record|Herald"
    r"|Area (?:Chamber|Growth|Economic|Development|Council)"
    r"|Partnership|Street|Avenue|Road|Drive|Economic|Airport|Medical|Hospital|Center for|native|Hurricanes"
    r"|Panthers))"
)


def county_score(text: str, start: int) -> float:
    """How surely a county named at ``start`` of a sentence is the site's."""
    score = 1.0 + (1.0 if _ACTION.search(text) else 0.0)
    score -= 3.0 if _SHED.search(text) else 0.0
    return score - (2.0 if _NOT_SITE.search(text[:start]) else 0.0)


def site_score(text: str, before: str, after: str, confirmed: bool) -> float:
    """How surely a town between the words ``before`` and ``after`` of a sentence is the site."""
    score = 1.2 if not before.strip() and re.fullmatch(r"\W*(?:,\s*N\.?C\.?)?\W*", after) else 0.0
    if NAMED.search(before):
        score += 2.0
    elif not before.strip() and _GETS.match(after):
        score += 1.5  # "Ashby is getting a second brewery"
    elif SITE.search(before):
        score += 1.2
    elif re.search(r"(?:\band|,|&)\s+(?:the\s+)?(?:City of |Town of )?$", before):
        score += 0.7
    if re.match(
        r"(?:-based (?:[a-z]+ ){0,2}|\s+)(?:plant|facility|site|campus|location|office|operation|headquarters"
        r"|factory|expansion|manufacturing|warehouse|distribution|lab|area)\b",
        after,
        re.IGNORECASE,
    ):
        score += 1.0
    if _ACTION.search(before[-90:]):
        score += 1.0
    if OUR_STATE.match(after):
        score += 0.6
    if confirmed:
        score += 0.8
    if _FOLLOW_BAD.match(after):
        score -= 2.5
    if _NOT_SITE.search(before) or _HEARING.search(before):
        score -= 3.0
    home = _HOME.search(before)
    if home and not re.search(
        r"\b(?:new|will|to|first|former|vacant)\b", before[max(0, home.start() - 40) : home.end()]
    ):
        score -= 1.5
    if re.search(r"\b(?:invest|creat|jobs)", text):
        score += 0.5
    return score
