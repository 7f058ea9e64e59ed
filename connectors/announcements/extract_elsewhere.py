"""Places in other states: no gazetteer knows them, so only what the words around them call a county or a town."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from connectors.announcements.extract_company import Mention
from connectors.announcements.extract_names import words
from connectors.announcements.extract_places import STATES, Place, counties
from connectors.announcements.extract_readings import Reading
from connectors.announcements.extract_site_words import county_score, site_score

_SHORT = {
    "Ala": "Alabama", "Ariz": "Arizona", "Ark": "Arkansas", "Calif": "California", "Colo": "Colorado",
    "Conn": "Connecticut", "Del": "Delaware", "Fla": "Florida", "Ga": "Georgia", "Ill": "Illinois", "Ind": "Indiana",
    "Kan": "Kansas", "Ky": "Kentucky", "La": "Louisiana", "Md": "Maryland", "Mass": "Massachusetts",
    "Mich": "Michigan", "Minn": "Minnesota", "Miss": "Mississippi", "Mo": "Missouri", "Okla": "Oklahoma",
    "Ore": "Oregon", "Pa": "Pennsylvania", "S.C": "South Carolina", "Tenn": "Tennessee", "Tex": "Texas",
    "Va": "Virginia", "W.Va": "West Virginia", "Wis": "Wisconsin",
}  # fmt: skip
_POSTAL = {
    "AL": "Alabama", "FL": "Florida", "GA": "Georgia", "IN": "Indiana", "KY": "Kentucky", "MD": "Maryland",
    "OH": "Ohio", "PA": "Pennsylvania", "SC": "South Carolina", "TN": "Tennessee", "TX": "Texas", "VA": "Virginia",
}  # fmt: skip
_NAMED = (
    r"(?<!West )Virginia|West Virginia|South Carolina|Georgia|Tennessee|Alabama|Kentucky|Florida|Texas|Ohio|Indiana"
    r"|Pennsylvania|Maryland|Mississippi|Louisiana|Arkansas|Missouri|Illinois|Michigan"
)
_STATE = re.compile(
    rf"\b(?P<full>{_NAMED})\b(?! Tech\b)|(?<=[, (])(?P<short>{'|'.join(map(re.escape, _SHORT))})\.(?=[\s,)]|$)"
    rf"|(?<=, )(?P<postal>{'|'.join(_POSTAL)})\b"
)
_ORIGIN = re.compile(  # where a company comes from, or where it does not go
    r"\b(?:from|over|than|based in|headquartered in|of(?= [A-Z][\w.]+,)|sites? in|locations? in|and|company,"
    r"|compet\w+ with)\s+"
    r"(?:[A-Z][\w.]+(?:\s[A-Z]\w+)?,\s*)?\(?$"
)
_SITED = re.compile(r"\bCounty,\s+$|(?:^|\n)\s*[A-Z][A-Za-z. ]{2,25},\s+$")
_OURS = re.compile(r"\bNorth Carolina\b|\bN\.\s?C\.|\bN\.?C\b|\bTar Heel\b")
_COUNTY = re.compile(
    r"\b(?P<names>(?:(?:Prince|New|St\.|De|Van|King|Mc|Charles|James|Jo|Isle of) )?[A-Z][\w'-]+"
    r"(?:(?:, | and |, and )[A-Z][\w'-]+)*)\s+(?:County|counties|Counties)\b"
    r"(?!\s+(?:Road|Schools?|Commission|Board|Chamber))"
)
_TAILS = frozenset(("carolina", "virginia", "york"))  # of "South Carolina counties"
_TOWN = re.compile(
    r"\b(?:in|at|near|outside|for|to)\s+(?:(?:the )?(?:City|Town|city|town) of |downtown |the |nearby )?"
    r"(?P<town>(?:(?:New|Fort|Mount|Mt\.|St\.|North|South|East|West|Port|Rock|Red|San|Los|La|El) )?"
    r"(?:Mc|Mac|De|La|O')?[A-Z][a-z]+)"
    r"(?=\s*(?:[,.;]|–|—|-|$|\s(?:and|with|[a-z]+|(?:Mon|Tues|Wednes|Thurs|Fri)day)\b))"
)
_NO_TOWN = re.compile(
    rf"(?:{STATES})$|^(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Europe|America|Asia|Congress|Commonwealth|Southside)$"
)


@lru_cache(maxsize=8)  # each project of a page asks
def other_state(text: str) -> str | None:
    """The state that a text is about, where it is not North Carolina; null where nothing else is surer.

    Args:
        text: the clean words of a page.
    """
    named = [match for match in _STATE.finditer(text) if not _origin(text, match)]
    ours = len(_OURS.findall(text))
    called = {name for match in _COUNTY.finditer(text) for name in _names(match)}
    if called and not ours and not called & counties().keys():  # the state has a hundred counties, all of them known
        return _state(named[0]) if named else "another state"
    if not named:
        return None
    state, times = Counter(map(_state, named)).most_common(1)[0]
    led = next(match for match in named if _state(match) == state)
    first = led.start() < 160 and not _OURS.search(text[:160])
    unknown = bool(called - counties().keys()) and not ours and first
    sited = unknown or _SITED.search(text[max(0, led.start() - 40) : led.start()])
    return state if times > ours and (times >= 2 or sited) and (first or times > 2 * ours) else None


def _origin(text: str, match: re.Match[str]) -> bool:
    """Whether a state is only where a company comes from, or where it does not go."""
    behind = re.match(r"-based|\s+(?:company|firm|manufacturer|maker|native)\b", text[match.end() :])
    return bool(behind or _ORIGIN.search(text[max(0, match.start() - 60) : match.start()]))


def _state(match: re.Match[str]) -> str:
    if match["full"]:
        return match["full"]
    return _SHORT[match["short"]] if match["short"] else _POSTAL[match["postal"]]


def counties_elsewhere(reading: Reading) -> list[Place]:
    """Every county of another state that a sentence names as one."""
    sentence = reading.sentence
    found = []
    for match in _COUNTY.finditer(sentence.text):
        offset = match.start("names")
        for name in _names(match):
            start = sentence.start + offset + match["names"].index(name)
            score = county_score(sentence.text, match.start())
            found.append(Place(name, start, start + len(name), score, sentence))
    return found


def _names(match: re.Match[str]) -> list[str]:
    """The counties of one mention: "York and Chester counties"."""
    if match.group().endswith("County") and ("-" in match["names"] or ", " in match["names"]):
        return [re.split("-|, (?:and )?", match["names"])[-1]]  # a city and its county: "Brook-Hale County"
    found = re.findall(r"[A-Z][\w.'-]*(?: (?!and\b)[A-Z][\w'-]+)*", match["names"])
    return [name for name in found if name.lower() not in words()["stops"] | _TAILS]


def towns_elsewhere(reading: Reading) -> list[Place]:
    """Every town of another state that a sentence names behind a word of place."""
    sentence = reading.sentence
    found = []
    for match in _TOWN.finditer(sentence.text):
        town, start, end = match["town"], match.start("town"), match.end("town")
        if _NO_TOWN.search(town) or town.lower() in words()["stops"] | words()["regions"] or _part(reading, start, end):
            continue
        score = site_score(sentence.text, sentence.text[:start], sentence.text[end:], False)
        if score > 0:
            found.append(Place(town, sentence.start + start, sentence.start + end, score, sentence))
    return found


def _part(reading: Reading, start: int, end: int) -> bool:
    """Whether a word is part of a company's name."""

    def over(one: Mention) -> bool:
        return one.name.start - reading.sentence.start < end and start < one.name.end - reading.sentence.start

    return any(over(one) and len(one.name.text) > end - start for one in reading.mentions)
