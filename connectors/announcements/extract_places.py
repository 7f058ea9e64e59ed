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

from connectors.announcements.extract_site_words import NAMED, OUR_STATE, SITE, county_score, site_score
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
_TITLES = re.compile(
    r"\b(?:Gov(?:ernor)?|Mr|Mrs|Ms|Dr|Sen(?:ator)?|Rep(?:resentative)?|Mayor|Secretary|President|Chair(?:man"
    r"|woman)?|Commissioner|Director|CEO|Sheriff|Judge|Professor|Manager|Roy|Josh|Pat|Mike|John|James|Robert"
    r"|Lee|David|Bill|Tom|Mark|Chris|Jim|Paul|Steve|Kevin|Scott|Anthony|Michael|William|George|Gene|Beverly"
    r"|Bev)\.?\s+$"
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


@lru_cache(maxsize=1)
def _one_county() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, counties()), key=len, reverse=True))})\b")


_SPELLINGS = {"Winston Salem": "Winston-Salem", "RTP": RTP, "Fuquay Varina": "Fuquay-Varina"}


def county_mentions(sentence: Sentence) -> list[Place]:
    """Every county that a sentence names as a county."""
    pattern, _ = _patterns()
    found = []
    for match in pattern.finditer(sentence.text):
        if _OTHER_STATE.match(sentence.text[match.end() :]):
            continue
        group = next(name for name in ("before", "after", "label", "shouted") if match[name])
        offset = match.start(group)
        every = list(_one_county().finditer(match[group]))
        if group == "before" and "," in match[group] and match.group().endswith("County"):
            every = every[-1:]  # "Henderson, Vance County": a city in its county
        for name in every:
            start = sentence.start + offset + name.start()
            score = county_score(sentence.text, match.start())
            found.append(Place(name.group(), start, start + len(name.group()), score, sentence))
    return found


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
        confirmed = bool(OUR_STATE.match(after) or NAMED.search(before) or near & set(within))
        if common and not confirmed:
            continue
        score = site_score(text, before, after, confirmed)
        if _dateline(sentence, match.start(), after):
            score = DATELINE
        elif (
            re.match(r"\s+[A-Z][a-z]+", after)
            and not re.match(r"\s+(?:Gov|North|and|County|Plant|Facility|Site|Expansion)", after)
            and not SITE.search(before)
            and not sentence.heading
        ):
            score -= 1.5  # part of a longer name
        if re.search(r"[A-Z][\w.]*\s+$", before) and not SITE.search(before) and not sentence.heading:
            score -= 1.5
        found.append(Place(name, sentence.start + match.start(), sentence.start + match.end(), score, sentence))
    return found


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
