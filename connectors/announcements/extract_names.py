"""Names of companies and code names in a sentence: what is capitalised and is no person, place, office or program."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from connectors.announcements.extract_places import counties, municipalities
from connectors.announcements.extract_text import Page, Sentence

LEGAL = (
    r"(?:Inc|Incorporated|LLC|L\.L\.C|Corp|Corporation|Co|Company|Companies|Ltd|Limited|LP|L\.P|LLP|PLC|plc|GmbH|AG"
    r"|SA|S\.A|SE|NV|N\.V|BV|B\.V|AB|A/S|ApS|Oy|SpA|S\.p\.A|SRL|KG|KGaA|Pty|Pvt|PBC|PC|P\.C|Holdings|Group|USA|US"
    r"|U\.S|NA|N\.A)"
)
LEGAL_TAIL = re.compile(rf"(?:,?\s+(?:\((?:US|USA|U\.S\.|NC)\)\s+)?{LEGAL}\b\.?)+$")
_PURE_LEGAL = re.compile(
    r"(?:,?\s+(?:\((?:US|USA|U\.S\.|NC)\)\s*)?(?:Inc|Incorporated|LLC|L\.L\.C|Corp|Corporation|Co|Company|Ltd"
    r"|Limited|LP|L\.P|LLP|PLC|plc|GmbH|AG|SA|S\.A|SE|NV|N\.V|BV|B\.V|AB|A/S|ApS|Oy|SpA|S\.p\.A|SRL|KG|KGaA|Pty"
    r"|Pvt|PBC|PC|P\.C)\b\.?)+$",
    re.IGNORECASE,
)
_FORM = r"(?:Inc|LLC|Corp|Ltd|LP|GmbH|Corporation|Incorporated)"
_SEAT = rf"\s\((?:[A-Z][\w.]*\s?){{1,3}}\),?\s+{_FORM}\b"  # "Brandt (North Carolina), LLC"
_TOKEN = re.compile(r"(?:[A-Za-z0-9][\w'&+/.-]*[\w&+]|[A-Za-z0-9&])(?:\.(?=\s+[A-Z&]|,|$|\s|\)))?")
_SIDE = re.compile(
    r"(?:^|[a-z,:;]\s)(?P<side>(?:North|South|East|West|New|Central|Southern|Northern|First|Global"
    r"|(?P<whole>American|General|United|National))\s)$"
)
_REGION_TAIL = re.compile(
    r"(?:Carolina|Dakota|Korea|Virginia|America|Coast|Africa|York|Jersey|Mexico|Hampshire|England|Zealand)"
)
_TRADE = re.compile(
    r"(?:Maker|Leader|Manufacturer|Giant|Firm|Company|Startup|Start-up|Supplier|Developer|Producer|Retailer"
    r"|Brewer|Automaker"
    r"|Drugmaker|Insurer|Lender|Airline|Carmaker|Toymaker|Chipmaker|Contractor|Provider|Distributor|Operator"
    r"|Builder|Processor|Specialist|Grocer|Newcomer|[A-Z][a-z]+maker)"
)
_ROLES = frozenset(
    [
        "ceo",
        "cfo",
        "coo",
        "cto",
        "chairman",
        "chairwoman",
        "chair",
        "president",
        "director",
        "manager",
        "secretary",
        "editor",
    ]
)


@lru_cache(maxsize=1)
def words() -> dict[str, frozenset[str]]:
    """The word lists of ``extract_words.toml``."""
    text = files("connectors.announcements").joinpath("extract_words.toml").read_text(encoding="utf-8")
    parted = {name: value.split("|" if "|" in value else None) for name, value in tomllib.loads(text).items()}
    return {name: frozenset(" ".join(item.split()) for item in items) for name, items in parted.items()}


@dataclass(frozen=True)
class Name:
    """A capitalised name that may be a company.

    Attributes:
        text: the name on one line.
        start, end: clean offsets.
        sentence: where it stands.
        legal: true where it carries a legal form.
        lead: up to 30 characters before it.
    """

    text: str
    start: int
    end: int
    sentence: Sentence
    legal: bool
    lead: str = ""


@lru_cache(maxsize=4096)
def bare(name: str) -> str:
    """A company's name without legal form, articles and possessive, for comparing: 'ABEC, Inc.' -> 'abec'."""
    plain = re.sub(r"'s\b|'$", "", " ".join(name.split()))
    plain = re.sub(r"\s*\([^)]*\)", " ", plain)
    while (shorter := _PURE_LEGAL.sub("", plain)) != plain:
        plain = shorter
    plain = re.sub(r"^(?:the)\s+", "", plain, flags=re.IGNORECASE)
    plain = re.sub(r"\s*&\s*|\s+and$", " and ", plain.lower()).strip()
    plain = re.sub(r"\s+and$", "", plain)
    return " ".join(re.sub(r"[^\w\s]", " ", plain).split()) or name.lower()


def same(one: str, other: str) -> bool:
    """Whether two names are spellings of one company: equal, or the shorter is a part of the longer."""
    left, right = bare(one), bare(other)
    if left.replace(" ", "") == right.replace(" ", ""):
        return True
    short, long = sorted((left.split(), right.split()), key=len)
    for name, plain, full in ((one, left, right.split()), (other, right, left.split())):
        if len(name) < 8 and name.isupper() and plain.split() != full:
            initials = "".join(word[0] for word in full if word not in ("and", "of"))
            if len(initials) > 1 and re.sub(r"\band\b|\W", "", plain) == initials:
                return True  # IRR, Industrial Reliability and Repair
    if not short or len("".join(short)) < 3:
        return False
    places = [at for at in range(len(long) - len(short) + 1) if long[at : at + len(short)] == short]
    return bool(places) and not (len(short) == 1 and places[0] > 0 and short[0] in words()["common"])


def names(page: Page, sentence: Sentence) -> list[Name]:
    """Every capitalised name of a sentence that may be a company, in order."""
    runs: list[list[re.Match[str]]] = []
    text = sentence.text
    run: list[re.Match[str]] = []
    for token in _TOKEN.finditer(text):
        gap = text[run[-1].end() : token.start()] if run else ""
        word = token.group()
        legal = bool(re.fullmatch(rf"{LEGAL}\.?(?:'s)?", word))
        capital = bool(re.match(r"[A-Z]|[a-z]{1,3}[A-Z]|\d+[A-Z]|&", word)) or bool(
            run
            and re.fullmatch(r"\d{1,3}", word)
            and gap == " "
            and not re.match(r"[,-]\w|\s+[a-z]", text[token.end() :])
        )
        if re.fullmatch(
            r"[a-z]{1,2}[A-Z]{2,}|[A-Z][\w.-]*-(?i:based|headquartered|owned|born|backed|area|style)", word
        ):
            capital = False
        joined = (
            gap in (" ", "")
            or (legal and re.fullmatch(r",?\s+\(?|,\s*|\),?\s*", gap))
            or (gap == " (" and re.match(_SEAT, text[run[-1].end() :]))
            or re.fullmatch(r"\s*\((?:US|USA)\)\s*", gap)
            or (gap == ", " and re.match(r"\s+&\s+(?:Company|Co\b|Sons)", text[token.end() :]))
        )
        ended = run and re.fullmatch(rf"{LEGAL}\.", run[-1].group()) and not legal and word != "&"
        if run and (ended or not joined):  # "Yellowfin Boats, Inc. Yellowfin proposes"
            runs.append(run)
            run = []
        lower = re.sub(r"'(?:ve|re|ll|d|m|s)$", "", word.lower().rstrip("."))
        links = (
            word == "and"
            and re.match(
                rf"\s+(?:Company|Co\b|Die\b|Sons?\b|Brothers|Associates|Daughters|[A-Z][a-z]+,\s+{_FORM}\b)",
                text[token.end() :],
            )
            and not (run and re.fullmatch(rf"{LEGAL}\.?", run[-1].group()))
        ) or (word == "of" and re.match(r"\s+(?:America|the Carolinas|the Americas)\b", text[token.end() :]))
        links = links or (bool(run) and word == "of" and _initialled(page, run, text[token.end() :]))
        inside = (
            run
            and not sentence.heading
            and lower not in _ROLES
            and re.match(r"\s+(?:&\s+)?[A-Z][a-z]", text[token.end() :])
        )  # Oak Building Supply
        named = (
            capital
            and text[: token.start()][-1:] != "$"
            and (lower not in words()["stops"] or (run and (legal or lower == "us" or word == "IT")) or inside)
        )
        if named or (run and links):
            run.append(token)
        elif run:
            runs.append(run)
            run = []
    if run:
        runs.append(run)
    return [name for run in runs if (name := _name(sentence, run)) is not None]


def _initialled(page: Page, run: list[re.Match[str]], behind: str) -> bool:
    """Whether the initials of a name and of the word behind "of" stand in the text: "Mill of Dover", later MD."""
    following = re.match(r"\s+([A-Z])[a-z]", behind)
    initials = "".join(token.group()[0] for token in run if token.group() != "&") + (following[1] if following else "")
    return bool(following) and len(initials) > 1 and bool(re.search(rf"\b{re.escape(initials)}\b", page.clean))


def is_region(plain: str) -> bool:
    """Whether a word is a municipality, a county, a state, a country or another region."""
    plain = plain.title() if plain.isupper() and len(plain) > 3 else plain
    return plain in municipalities() or plain in counties() or plain.lower().rstrip(".") in words()["regions"]


def _name(sentence: Sentence, run: list[re.Match[str]]) -> Name | None:
    if sentence.heading:  # "Pump Maker Halvorsen"
        trades = [at for at, token in enumerate(run[:-1]) if _TRADE.fullmatch(token.group())]
        run = run[trades[-1] + 1 :] if trades and not re.fullmatch(rf"{LEGAL}\.?", run[-1].group()) else run
    elif (
        len(run) > 1
        and _TRADE.fullmatch(run[0].group())
        and re.search(r"^\W*$|[–—-]\s$", sentence.text[: run[0].start()])
    ):
        run = run[1:]  # "Insurer Abernathy Corp."
    if len(run) > 1 and re.search(r"'s$", run[0].group()) and is_region(run[0].group()[:-2]):
        run = run[1:]  # "Sweden's Norrland Timber"
    start, end = run[0].start(), run[-1].end()
    side = _SIDE.search(sentence.text[:start])
    if side and (len(run) > 1 or side["whole"]) and not _REGION_TAIL.match(run[0].group()):
        start = side.start("side")  # "East Jordan Plastics", "American Airlines"
    text = sentence.text[start:end]
    legal = bool(LEGAL_TAIL.search(re.sub(r"'s$", "", text)))
    if not legal or not re.search(r"\b(?:Inc|Corp|Co|Ltd|[A-Z]\.[A-Z]|S\.p\.A)\.$", text):
        end -= len(text) - len(text.rstrip("."))
    text = sentence.text[start:end]
    shorter = re.sub(r"'s$|'$", "", text)
    end -= len(text) - len(shorter)
    text = " ".join(shorter.split()).strip("&- ")
    if len(text) < 2 or re.fullmatch(r"[\d.,]+|[A-Z]\.?", text):
        return None
    return Name(
        text, sentence.start + start, sentence.start + end, sentence, legal, sentence.text[max(0, start - 30) : start]
    )
