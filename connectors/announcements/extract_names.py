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
_LEGAL_TAIL = re.compile(rf"(?:,?\s+(?:\((?:US|USA|U\.S\.|NC)\)\s+)?{LEGAL}\b\.?)+$")
_PURE_LEGAL = re.compile(
    r"(?:,?\s+(?:\((?:US|USA|U\.S\.|NC)\)\s*)?(?:Inc|Incorporated|LLC|L\.L\.C|Corp|Corporation|Co|Company|Ltd"
    r"|Limited|LP|L\.P|LLP|PLC|plc|GmbH|AG|SA|S\.A|SE|NV|N\.V|BV|B\.V|AB|A/S|ApS|Oy|SpA|S\.p\.A|SRL|KG|KGaA|Pty"
    r"|Pvt|PBC|PC|P\.C)\b\.?)+$",
    re.IGNORECASE,
)
_FORM = r"(?:Inc|LLC|Corp|Ltd|LP|GmbH|Corporation|Incorporated)"
_SEAT = rf"\s\((?:[A-Z][\w.]*\s?){{1,3}}\),?\s+{_FORM}\b"  # "Brandt (North Carolina), LLC"
_TOKEN = re.compile(r"(?:[A-Za-z0-9][\w'&+/.-]*[\w&+]|[A-Za-z0-9&])(?:\.(?=\s+[A-Z&]|,|$|\s|\)))?")
_OFFICE = re.compile(
    r"\b(?:Universit(?:y|ies)|Colleges?|Schools?|Count(?:y|ies)|Department|Departments|Commission(?:ers?)?"
    r"|Committee|Board|Council|Chambers?|Partnership|Authority|Assembly|Legislature|Senate|House|Congress"
    r"|Ministry|Bureau|Agency|Office|Administration|Division of"
    r"|Economic Development|Economic Investment|Association|Foundation for|Alliance for|Biotechnology Center"
    r"|NCBiotech|Biotech Center|Commerce|Carolina Journal|Journal|Observer|Tribune|Herald|Gazette|Press|News"
    r"|Times|Post|Square|Triangle|WRAL|WRALTechWire|TechWire|WNCN|WTVD|ABC11|CBS|NBC|Crunchbase|Reuters"
    r"|Bloomberg"
    r"|Grants?|Fund|Funds|JDIG|One NC|Act|Program|Programs|Initiative|Award|Awards|Policy|Park|Parks|Parkway"
    r"|Airport|Campus|Street|Road|Avenue|Drive|Highway|Boulevard|Interstate|Megasite|Industrial Park|Region|Carolina"
    r"|Carolinas|NCWorks|EDPNC|EDPNC's|EIC|NCDOC|Republicans?|Democrats?|Utility|Account"
    r"|Hospital|Sheriff|Court|Census|Workforce|Customized|Summit|Conference|Month|Week|Day|COVID-19|CEO|CFO"
    r"|Officer|President|Governor|Secretary|Chairman|Rate|Rates|Map|Report|Study|Phase|Building(?! [A-Z])|Highlights"
    r"|Session|Meeting|Manager|Hub|Ph\.D|PhD|Community Development|Visit|Tourism|Labor|Unemployment"
    r"|Development Corporation|Rural Infrastructure|Main Street)\b"
)
_GENERIC = re.compile(
    r"(?:Compan(?:y|ies)|Manufacturers?|Makers?|Firms?|Producers?|Suppliers?|Leaders?|Providers?|Giants?"
    r"|Start-?ups?|Developers?|Business(?:es)?|Operations?|Plants?|Facilit(?:y|ies)|Retailers?|Distributors?"
    r"|Innovators?|Employers?|Companies|Automakers?|Headquarters|HQ|Warehouse|Center|Bank|Lender|Insurer"
    r"|Brewery|Builder|Processor|Subsidiary|Division|Unit|Corporation|Industry|Roundup|Site|Factory|Contractor"
    r"|Processor|Organization|Brand)$"
)
_ROLE = (
    r"(?:CEO|CFO|COO|CTO|president|vice[ -]president|director|chair(?:man|woman|person)?|mayor|commissioner|secretary"
    r"|spokes\w+|manager|co-?founder|founder|officer|economist|analyst|professor|senator|representative|administrator"
    r"|superintendent|Ph\.D|MD|M\.D|Jr|executive|head of)"
)
_PERSON_AFTER = re.compile(
    rf"^,\s+(?:\([^)]*\)\s*)?(?!which|who\b|a\b|an\b|will)(?:the\s+)?(?:[\w'&.-]+\s+){{0,5}}?{_ROLE}\b"
    rf"|^\s+\(\w,|^,\s+who\b",
    re.IGNORECASE,
)
_PERSON_BEFORE = re.compile(
    r"(?:\b(?:said|says|added|adds|told|noted|stated|by|By|Governor|Governors|Gov\.|Secretary|Mayor|President"
    r"|Chairman|Chairwoman|Chair|Commissioner|Commissioners|Director|CEO|CFO|COO|Officer|Manager|Sen\.|Rep\."
    r"|Senator|Representative|Dr\.|Mr\.|Ms\.|Mrs\.|spokes\w+|economist|analyst|head|founder|officer|manager"
    r"|director|president|executive|chief|chair|Speaker|Leader|Administrator|Sheriff|Congressman"
    r"|Congresswoman)\s+)$"
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
        if re.fullmatch(r"[a-z]{1,2}[A-Z]{2,}|[A-Z][\w.-]*-(?:based|headquartered|owned|born|backed|area|style)", word):
            capital = False
        joined = (
            gap in (" ", "")
            or (legal and re.fullmatch(r",?\s+\(?|,\s*|\),?\s*", gap))
            or (gap == " (" and re.match(_SEAT, text[run[-1].end() :]))
            or re.fullmatch(r"\s*\((?:US|USA)\)\s*", gap)
            or (gap == ", " and re.match(r"\s+&\s+(?:Company|Co\b|Sons)", text[token.end() :]))
        )
        if run and not joined:
            runs.append(run)
            run = []
        lower = word.lower().rstrip(".")
        links = (
            word == "and"
            and re.match(
                rf"\s+(?:Company|Co\b|Sons?\b|Brothers|Associates|Daughters|[A-Z][a-z]+,\s+{_FORM}\b)",
                text[token.end() :],
            )
            and not (run and re.fullmatch(rf"{LEGAL}\.?", run[-1].group()))
        ) or (word == "of" and re.match(r"\s+(?:America|the Carolinas|the Americas)\b", text[token.end() :]))
        inside = (
            run and not sentence.heading and re.match(r"\s+(?:&\s+)?[A-Z][a-z]", text[token.end() :])
        )  # Oak Building Supply
        named = capital and (lower not in words()["stops"] or (run and (legal or lower == "us")) or inside)
        if named or (run and links):
            run.append(token)
        elif run:
            runs.append(run)
            run = []
    if run:
        runs.append(run)
    return [name for run in runs if (name := _name(sentence, run)) is not None]


def _name(sentence: Sentence, run: list[re.Match[str]]) -> Name | None:
    start, end = run[0].start(), run[-1].end()
    text = sentence.text[start:end]
    legal = bool(_LEGAL_TAIL.search(re.sub(r"'s$", "", text)))
    if not legal or not re.search(r"\.$", text):
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


def is_place(name: str) -> bool:
    """Whether a name is a place or region and nothing more."""
    plain = re.sub(r"[^\w\s.-]", "", name).strip()
    return plain in municipalities() or plain in counties() or plain.lower().rstrip(".") in words()["regions"]


def is_company(name: Name, people: frozenset[str]) -> bool:
    """Whether a name may be a company: no person, place, office, newspaper, program, or mere description."""
    text = name.text
    if is_place(text) or bare(text) in people or len(text) > 90 or bare(text) in words()["nouns"]:
        return False
    if re.search(
        r"\b(?:[Pp]roject|PROJECT|Department|Secretary|University|College|County|City|Town|State) (?:of )?$", name.lead
    ):
        return False
    core = _LEGAL_TAIL.sub("", text)
    if _OFFICE.search(core) and not (
        name.legal and not re.search(r"County|Department|Partnership|Committee|Commission|Development", core)
    ):
        return False
    if re.match(r"Project\s|Greater\s+[A-Z]", text):
        return False
    return not (
        _GENERIC.search(text)
        and (name.sentence.heading or len(text.split()) == 1)
        and not re.search(r"\b(?:Inc|LLC|Corp)\b", text)
    )


def people(page: Page) -> frozenset[str]:
    """Names of persons of a text, whole and by surname, in the form of :func:`bare`."""
    found: set[str] = set()
    for sentence in page.sentences:
        for name in names(page, sentence):
            before = page.clean[max(0, name.start - 24) : name.start]
            after = page.clean[name.end : name.end + 90]
            parts = name.text.split()
            if not name.legal and len(parts) <= 4 and _is_person(parts, before, after):
                found.add(bare(name.text))
                if len(parts[-1]) > 2:
                    found.add(bare(parts[-1]))
    return frozenset(found)


def _is_person(parts: list[str], before: str, after: str) -> bool:
    """Whether a title, a role behind a comma, or a first name with a verb of speaking shows a person."""
    if _TITLED.search(before):
        return True
    if len(parts) < 2:
        return False
    named = any(word in words()["first"] for word in parts[:-1])
    speaks = named and re.match(r"\s+(?:said|says|told|added|adds|noted|stated)\b", after)
    called = _PERSON_BEFORE.search(before) and not re.search(r"\b[bB]y\s+$", before)
    acts = re.match(r",?\s+(?:Inc|LLC|will|plans|to\b|an? )", after)
    return bool(_PERSON_AFTER.match(after) or ((called or speaks) and not acts))


_TITLED = re.compile(r"(?:Gov\.|Governor|Sen\.|Rep\.|Dr\.|Mr\.|Ms\.|Mrs\.|Mayor|Secretary|Senator)\s+$")
