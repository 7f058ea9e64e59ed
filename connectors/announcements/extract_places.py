"""Municipalities and counties of North Carolina in a text, and which of them are the site.

The gazetteer is ``nc_places.csv`` (our own list: place, county or counties, whether the name alone is too common to be
believed) and ``nc_counties.csv`` (the hundred counties with their federal codes).
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from connectors.announcements.extract_text import Page, Sentence

CAPITAL = "Raleigh"
DATELINE = -1.0  # score of a town that stands only in a dateline
RTP = "Research Triangle Park"
STATES = (
    r"Ala(?:bama|\.)|Alaska|Ariz(?:ona|\.)|Ark(?:ansas|\.)|Calif(?:ornia|\.)|Colo(?:rado|\.)|Conn(?:ecticut|\.)"
    r"|Del(?:aware|\.)|Fla\.|Florida|Ga\.|Georgia|Hawaii|Idaho|Ill(?:inois|\.)|Ind(?:iana|\.)|Iowa"
    r"|Kan(?:sas|\.)|Ky\.|Kentucky|La\.|Louisiana|Maine|Md\.|Maryland|Mass(?:achusetts|\.)|Mich(?:igan|\.)"
    r"|Minn(?:esota|\.)|Miss(?:issippi|\.)|Mo\.|Missouri|Mont(?:ana|\.)|Neb(?:raska|\.)|Nev(?:ada|\.)"
    r"|N\.H\.|New Hampshire|N\.J\.|New Jersey|N\.M\.|New Mexico|N\.Y\.|New York|N\.D\.|North Dakota|Ohio"
    r"|Okla(?:homa|\.)|Ore(?:gon|\.)|Pa\.|Penn(?:sylvania|\.)|R\.I\.|Rhode Island|S\.C\.|South Carolina"
    r"|S\.D\.|South Dakota|Tenn(?:essee|\.)|Tex(?:as|\.)|Utah|Vt\.|Vermont|Va\.|Virginia|Wash(?:ington|\.)"
    r"|W\.Va\.|West Virginia|Wis(?:consin|\.)|Wyo(?:ming|\.)|D\.C\.|[A-Z]{2}(?=[\s,.;)]|$)"
    r"|Ireland|England|U\.?K\.?|United Kingdom|Germany|France|Canada|Mexico|Japan|China|India|Italy|Spain"
    r"|Switzerland|Sweden|Denmark|Israel|Korea|Australia|Ontario|Quebec|Scotland|Netherlands|Belgium"
)
_OTHER_STATE = re.compile(rf",\s*(?!N\.?C\b|NC\b|North Carolina)(?:{STATES})")
_OUR_STATE = re.compile(r",\s*(?:N\.\s?C\.?|NC\b|North Carolina)")
_TITLES = re.compile(
    r"\b(?:Gov(?:ernor)?|Mr|Mrs|Ms|Dr|Sen(?:ator)?|Rep(?:resentative)?|Mayor|Secretary|President|Chair(?:man"
    r"|woman)?|Commissioner|Director|CEO|Sheriff|Judge|Professor|Manager|Roy|Josh|Pat|Mike|John|James|Robert"
    r"|Lee|David|Bill|Tom|Mark|Chris|Jim|Paul|Steve|Kevin|Scott|Anthony|Michael|William|George|Gene|Beverly"
    r"|Bev)\.?\s+$"
)
_COUNTY_SET = r"(?:Count(?:y|ies))"
_SITE = re.compile(
    r"\b(?:in|at|near|for|to|within|into|outside|city of|town of|village of|downtown|north|south|east|west"
    r"|around|between|selects|selected|chooses|chose|chosen|picks|picked|eyeing|eying|eyes"
    r"|considering)\s+(?:the\s+)?(?:(?:City|Town|Village|city|town|village|cities|towns"
    r"|outskirts)\s+of\s+|(?:downtown|Downtown|uptown|nearby|central|southern|northern|eastern|western)\s+)?$",
    re.IGNORECASE,
)
_NAMED = re.compile(
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
    r"|rather than|instead of|other than"
    r"|alternative|(?:relocat|mov)\w+[^.;]{0,30}\bfrom|passed over|finalists?)\b(?:(?!\bto (?:land|win|build"
    r"|locate|be)\b|\bfor\b|\bin\b)[^.;]){0,60}$",
    re.IGNORECASE,
)
_HEARING = re.compile(  # where officials meet, not where anything is built
    r"\b(?:hearing|meeting|meet)\b[^.;]{0,80}\b(?:held|at|in)\b(?:(?!\b(?:invest|grant|plant|project|build"
    r"|facility))[^.;]){0,60}$"
    r"|\b(?:Government Center|Court ?house)\b[^.;]{0,50}$"
)
_SHED = re.compile(r"\blabor ?shed\b|\bcommut\w+|\b(?:surrounding|neighboring|nearby) counties\b", re.IGNORECASE)
_FOLLOW_BAD = re.compile(
    r"(?:-(?:based|area|headquartered)\b"
    r"(?! (?:[a-z]+ ){0,2}(?:plant|mill|facility|works|operation|factory|site))"
    r"|'s? (?:average|mayor)|\s+(?:University|College|Technical|Community"
    r"|State\b|Tech\b|Mayor"
    r"|City Council|Chamber|Regional|Business|Journal|Observer|News|Times|Record|Herald|Area Chamber"
    r"|Partnership|Street|Avenue|Road|Drive|Economic|Airport|Medical|Hospital|Center for|native|Hurricanes"
    r"|Panthers))"
)


@dataclass(frozen=True)
class Place:
    """A mention of a place.

    Attributes:
        name: as in the gazetteer.
        start, end: clean offsets.
        score: how surely it is the site.
        sentence: where it stands.
    """

    name: str
    start: int
    end: int
    score: float
    sentence: Sentence


@lru_cache(maxsize=1)
def counties() -> dict[str, str]:
    """County name -> five-digit federal code."""
    return {row["county"]: row["county_fips"] for row in _rows("nc_counties.csv")}


@lru_cache(maxsize=1)
def municipalities() -> dict[str, tuple[tuple[str, ...], bool]]:
    """Place -> (its counties, the main one first; whether the name needs a second hint)."""
    return {
        row["place"]: (tuple(row["counties"].split("/")), row["needs_confirmation"] == "yes")
        for row in _rows("nc_places.csv")
    }


def _rows(name: str) -> list[dict[str, str]]:
    text = files("connectors.announcements").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    county = "|".join(sorted(map(re.escape, counties()), key=len, reverse=True))
    listed = rf"(?:{county})(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*/\s*|\s*-\s*|\s+&\s+)(?:{county}))*"
    in_counties = re.compile(
        rf"\b(?P<before>{listed})\s+Count(?:y|ies)\b(?!\s+Road)|\b[Cc]ount(?:y|ies) of (?P<after>{listed})\b"
        rf"|^\W*(?:County|COUNTY)\s*:\s*(?P<label>{listed})|\b(?P<shouted>{listed})\s+(?:counties|county"
        rf"|Co\.)(?![a-z])"
    )
    place = "|".join(
        sorted(map(re.escape, [*municipalities(), "Winston Salem", "RTP", "Fuquay Varina"]), key=len, reverse=True)
    )
    return in_counties, re.compile(rf"(?<![\w'&-])(?P<place>{place})(?![\w&]|-(?!based|area|Durham|Wake|Raleigh))")


_SPELLINGS = {"Winston Salem": "Winston-Salem", "RTP": RTP, "Fuquay Varina": "Fuquay-Varina"}


def county_mentions(sentence: Sentence) -> list[Place]:
    """Every county that a sentence names as a county."""
    pattern, _ = _patterns()
    names = "|".join(sorted(map(re.escape, counties()), key=len, reverse=True))
    found = []
    for match in pattern.finditer(sentence.text):
        if _OTHER_STATE.match(sentence.text[match.end() :]):
            continue
        group = next(name for name in ("before", "after", "label", "shouted") if match[name])
        offset = match.start(group)
        every = list(re.finditer(rf"\b(?:{names})\b", match[group]))
        if group == "before" and "," in match[group] and match.group().endswith("County"):
            every = every[-1:]  # "Henderson, Vance County": a city in its county
        for name in every:
            start = sentence.start + offset + name.start()
            score = county_score(sentence.text, match.start())
            found.append(Place(name.group(), start, start + len(name.group()), score, sentence))
    return found


def county_score(text: str, start: int) -> float:
    """How surely a county named at ``start`` of a sentence is the site's."""
    score = 1.0 + (1.0 if _ACTION.search(text) else 0.0)
    score -= 3.0 if _SHED.search(text) else 0.0
    return score - (2.0 if _NOT_SITE.search(text[:start]) else 0.0)


def city_mentions(page: Page, sentence: Sentence, near: frozenset[str]) -> list[Place]:
    """Every municipality that a sentence names, judged as a site.

    Args:
        page: the text.
        sentence: where to look.
        near: counties that the text names; a place in one of them is believed more easily.
    """
    _, pattern = _patterns()
    text = sentence.text
    found = []
    for match in pattern.finditer(text):
        name = _SPELLINGS.get(match["place"], match["place"])
        before, after = text[: match.start()], text[match.end() :]
        within, common = municipalities()[name]
        if (
            re.match(
                r"(?:\s*,\s*(?:and\s+)?[A-Z][\w-]+|\s+and\s+[A-Z][\w-]+)+\s+[Cc]ounties\b|\s+[Cc]ount(?:y"
                r"|ies)\b(?! seat)"
                r"|\s*-\s*[A-Z]\w+ [Cc]ounty",
                after,
            )
            and name in counties()
        ):
            continue
        if _OTHER_STATE.match(after) or _TITLES.search(before[-16:]) or re.search(r"\b[Cc]ount(?:y|ies) of $", before):
            continue
        if re.match(r"\s+(?:County|Counties)\b", after):
            continue
        confirmed = bool(_OUR_STATE.match(after) or _NAMED.search(before) or near & set(within))
        if common and not confirmed:
            continue
        score = site_score(text, before, after, confirmed)
        if _dateline(sentence, match.start(), after):
            score = DATELINE
        elif (
            re.match(r"\s+[A-Z][a-z]+", after)
            and not re.match(r"\s+(?:Gov|North|and|County|Plant|Facility|Site|Expansion)", after)
            and not _SITE.search(before)
            and not sentence.heading
        ):
            score -= 1.5  # part of a longer name
        if re.search(r"[A-Z][\w.]*\s+$", before) and not _SITE.search(before) and not sentence.heading:
            score -= 1.5
        found.append(Place(name, sentence.start + match.start(), sentence.start + match.end(), score, sentence))
    return found


def site_score(text: str, before: str, after: str, confirmed: bool) -> float:
    """How surely a town between the words ``before`` and ``after`` of a sentence is the site."""
    score = 1.2 if not before.strip() and re.fullmatch(r"\W*(?:,\s*N\.?C\.?)?\W*", after) else 0.0
    if _NAMED.search(before):
        score += 2.0
    elif _SITE.search(before):
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
    if _OUR_STATE.match(after):
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


def _dateline(sentence: Sentence, start: int, after: str) -> bool:
    return (
        sentence.first
        and start < 14
        and bool(
            re.match(
                r"(?:,?\s*(?:N\.\s?C\.?|NC"
                r"|North Carolina))?,?\s*(?:\([^)]{1,40}\)\s*)?(?:[A-Z][a-z]{2,8}\.? \d{1,2},? (?:\d{4})?\s*)?(?:–"
                r"|—|-{1,2}|:|/)\s|,?\s*N\.C\.$|,\s*N\.?C\.?\s*\(",
                after,
            )
        )
    )
