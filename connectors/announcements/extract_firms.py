"""Which capitalised names may be companies: no persons, places, offices, newspapers, programs or descriptions."""

from __future__ import annotations

import re

from connectors.announcements.extract_names import LEGAL_TAIL, Name, bare, is_region, names, words
from connectors.announcements.extract_places import municipalities
from connectors.announcements.extract_text import Page

_OFFICE = re.compile(
    r"\b(?:Universit(?:y|ies)|Colleges?|Schools?|Count(?:y|ies)|Department|Departments|Commission(?:ers?)?"
    r"|Committee|Board|Council|Chambers?|Partnership|Authority|Assembly|Legislature|Senate|House|Congress"
    r"|Ministry|Bureau|Agency|Office|Administration|Division of"
    r"|Economic Development|Economic Investment|Association|Foundation for|Alliance for|Biotechnology Center"
    r"|NCBiotech|Biotech Center|Carolina Journal|Observer|Tribune|Herald|Gazette"
    r"|WRAL|WRALTechWire|TechWire|WNCN|WTVD|ABC11|CBS|NBC|Crunchbase|Reuters|Bloomberg"
    r"|Grants?|Fund|Funds|JDIG|One NC|Program|Programs|Initiative|Award|Awards|Policy"
    r"|Airport|Megasite|Industrial Park|NCWorks|EDPNC|EDPNC's|EIC|NCDOC|Republicans?|Democrats?|Utility|Account"
    r"|Hospital|Sheriff|Court|Census|Workforce|Customized|Summit|Conference|COVID-19|CEO|CFO"
    r"|Mayor|Gov|Sen|Rep|Councilman|Councilwoman|Clerk|Attorney|Food Bank|Ministries|YMCA|Church|Museum|Library"
    r"|Officer|President|Governor|Secretary|Chairman|Report|Highlights"
    r"|Session|Meeting|Manager|Ph\.D|PhD|EDC|Community Development|Visit|Tourism|Unemployment"
    r"|Development Corporation|Business Development|Business Alliance"
    r"|Development Alliance|Rural Infrastructure|Main Street)\b"
    # words that stand for something else than a company only at the end: the Raleigh Times, but Times Foods
    r"|\b(?:Commerce|Journal|Press|News|Times|Post|Square|Triangle|Act|Park|Parks|Parkway|Campus|Street|Road"
    r"|Avenue|Drive"
    r"|Highway|Boulevard|Interstate|Region|Month|Week|Day|Rates?|Map|Study|Technical|Phase|Building|Hub|Labor)$"
)
_GENERIC = re.compile(
    r"\b(?:Investments?|Expansions?|Projects?|Jobs?|Announcements?|Incentives|Compan(?:y|ies)|Manufacturers?"
    r"|Makers?|Firms?|Producers?|Suppliers?|Leaders?|Providers?|Giants?"
    r"|Start-?ups?|Developers?|Business(?:es)?|Operations?|Plants?|Facilit(?:y|ies)|Retailers?|Distributors?"
    r"|Innovators?|Employers?|Companies|Automakers?|Headquarters|HQ|Warehouse|Center|Bank|Lender|Insurer"
    r"|Brewery|Shop|Store|Builder|Processor|Subsidiary|Division|Unit|Corporation|Industry|Roundup|Site|Factory|Contractor"
    r"|Processor|Organization|Brand)$"
)
_ROLE = (
    r"(?:CEO|CFO|COO|CTO|president|vice[ -]president|director|chair(?:man|woman|person)?|mayor|commissioner|secretary"
    r"|spokes\w+|manager|co-?founder|founder|officer|economist|analyst|professor|senator|representative|administrator"
    r"|superintendent|Ph\.D|MD|M\.D|Jr|executive|head of)"
)
_LED = re.compile(
    r"\b(?:[Pp]roject|PROJECT|Department|Secretary|University|College|County|City|Town|State) (?:of )?$"
    r"|\b(?:Board|Department|Council|Institute|Office|Division) of [^.;]{0,16}(?:,|and) $"
)
_ROAD = re.compile(r"(?:I|US|U\.S|NC|N\.C|SC|VA|Route|Exit)[- .]{0,2}\d{1,3}")
_PERSON_AFTER = re.compile(
    rf"^,\s+(?:\([^)]*\)\s*)?(?!which|who\b|a\b|an\b|will)(?:the\s+)?(?:[\w'&.-]+\s+){{0,5}}?{_ROLE}\b"
    rf"|^\s+\([A-Z][,-]|^,\s+who\b",
    re.IGNORECASE,
)
_PERSON_BEFORE = re.compile(
    r"(?:\b(?:said|says|added|adds|told|noted|stated|by|By|Governor|Governors|Gov\.|Secretary|Mayor|President"
    r"|Chairman|Chairwoman|Chair|Commissioner|Commissioners|Director|CEO|CFO|COO|Officer|Manager|Sen\.|Rep\."
    r"|Senator|Representative|Dr\.|Mr\.|Ms\.|Mrs\.|spokes\w+|economist|analyst|head|founder|officer|manager"
    r"|director|president|executive|chief|chair|Speaker|Leader|Administrator|Sheriff|Congressman"
    r"|Congresswoman)\s+)$"
)


def is_place(name: str) -> bool:
    """Whether a name is a place or region and nothing more."""
    plain = re.sub(r"[^\w\s.-]", "", name).strip()
    return is_region(plain)


def is_company(name: Name, people: frozenset[str], again: bool = False) -> bool:
    """Whether a name may be a company: no person, place, office, newspaper, program, or mere description.

    Args:
        name: of a sentence.
        people: persons of the text.
        again: true where running text has the same name too, so that its last word belongs to it.
    """
    text = name.text
    if (
        is_place(text)
        or bare(text) in people
        or len(text) > 90
        or _ROAD.fullmatch(text)
        or bare(text) in words()["nouns"]
    ):
        return False
    if _LED.search(name.lead) or _within(name) or re.match(r"Project\s|Greater\s+[A-Z]", text):
        return False
    core = LEGAL_TAIL.sub("", text)
    if _OFFICE.search(core) and not (
        name.legal and not re.search(r"County|Department|Partnership|Committee|Commission|Development", core)
    ):
        return False
    return not (
        _GENERIC.search(text)
        and ((name.sentence.heading and not again) or len(text.split()) == 1)
        and not re.search(r"\b(?:Inc|LLC|Corp)\b", text)
    )


def _within(name: Name) -> bool:
    """Whether a name is a piece of a longer one that is no company: a program, a town, a state's office."""
    behind = _behind(name)
    following = re.match(r"\s+([A-Z]\w+)", behind)
    if following and f"{name.text} {following[1]}" in municipalities():
        return True
    if name.legal:
        return False
    if re.match(r" Project\b", behind) or re.match(r"(?:,? and [A-Z]\w+)? (?:County|[Cc]ounties)\b", behind):
        return True
    program = re.match(r"\s+(?:Program|Grants?|grants?|Fund|Initiative|Act|Award|Foundation)s?\b", behind)
    ours = re.search(r"\b(?:North|South|Western|Eastern) $", name.lead) or re.search(r"\bCarolinas?$", name.text)
    return bool(program or ours)


def _behind(name: Name) -> str:
    return name.sentence.text[name.end - name.sentence.start :]


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
                if len(parts) > 2 and parts[-2] in ("Van", "Von", "De", "Del", "La", "Le", "St.", "Mc"):
                    found.add(bare(" ".join(parts[-2:])))
    return frozenset(found)


def _is_person(parts: list[str], before: str, after: str) -> bool:
    """Whether a title, a role behind a comma, or a first name with a verb of speaking shows a person."""
    if _TITLED.search(before) or (_OFFICER.search(before) and not re.match(r"\s+(?:Inc|LLC|Corp)\b", after)):
        return True
    if len(parts) < 2:
        return False
    named = any(word in words()["first"] for word in parts[:-1])
    speaks = named and re.match(r"\s+(?:said|says|told|added|adds|noted|stated)\b", after)
    called = _PERSON_BEFORE.search(before) and not re.search(r"\b[bB]y\s+$", before)
    acts = re.match(
        r",?\s+(?:Inc|LLC|will|would|plans?|to\b|an? |picked|chose|selected|expects?|intends?|is (?:\w+ing|to)\b"
        r"|has (?:chosen|picked|selected|agreed))",
        after,
    )
    return bool(_PERSON_AFTER.match(after) or ((called or speaks) and not acts))


_OFFICER = re.compile(
    r"\b(?:Attorney|Judge|Chair|Clerk|Councilman|Councilwoman|Supervisor|Alderman|Commissioner|Chairman|Chairwoman|Director|CEO|CFO|COO|President|Sheriff|Speaker)\s+$"
)
_TITLED = re.compile(r"(?:Gov\.|Governor|Sen\.|Rep\.|Dr\.|Mr\.|Ms\.|Mrs\.|Mayor|Secretary|Senator)\s+$")
