"""How announcements talk of a trade: what is made, who buys it, who stands behind, and what tells nothing.

Patterns only; ``trade_evidence`` weighs by them. What is local to some place stands in ``data/industry_phrases.toml``.
"""

from __future__ import annotations

import re

from gapengine.arrivals.trades import phrases


def _any(words: str, ending: str = "") -> str:
    return f"(?:{'|'.join(words.split())}){ending}"


_MAKERS = _any(
    "maker manufacturer producer provider supplier developer designer builder assembler processor operator fabricator "
    "distributor marketer seller printer leader specialist",
    "s?",
)
_MAKES = _any(
    "manufactur(?:es?|ing) mak(?:es?|ing) produc(?:es?|ing) assembl(?:es?|ing) builds? processes develops? operates? "
    "provid(?:es?|ing) offer(?:s|ing) fabricat(?:es?|ing) creates sells"
)
MADE_OF = re.compile(
    rf"\b(?:{_MAKERS} (?:and \w+ )?(?:of|in)|{_MAKES}|specializ(?:es|ing) in)\b", re.IGNORECASE
)  # what stands behind is the product
LEADS_AWAY = re.compile(r"[.;]|\b(?:for|to|that|which|will)\b")  # from the product to something else
MAKER_OF_IT = re.compile(  # what stands before is the product
    r"\s(?:[\w-]+\s)?"
    + _any(
        "makers? manufacturers? manufacturing producers? company firm plant factory mill giant processors? production "
        "facility provider developer supplier operator startup start-up lender business"
    )
    + r"\b",
    re.IGNORECASE,
)
_TO_BUYERS = (
    r"for|to|serv(?:es|ing)|supplie[sd]|supplying|supports?|supporting|used (?:in|by|for)|sold (?:to|in)|across"
)
_BUYERS = _any(
    "industr(?:y|ies) markets? sectors? customers clients applications companies makers firms manufacturers builders "
    "brands retailers users fields"
)
_DEED = _any("make build produce manufacture assemble open establish create process expand locate develop operate")
BUYERS = re.compile(rf"\b(?:{_TO_BUYERS})\b(?! {_DEED}) (?:[^\s.;:()]+ ){{0,14}}?{_BUYERS}\b", re.IGNORECASE)
FIELD = re.compile(  # of a supplier: "process equipment for drug manufacturing"
    r"\b"
    + _any("solutions services equipment systems machinery machines technolog(?:y|ies) software supplies tools")
    + r" (?:for|to) (?P<field>(?:[\w-]+ ?){1,6})",
    re.IGNORECASE,
)
BEHIND = re.compile(  # who stands behind the company, what stood there before, what lies beside
    r"\b(?:(?:founded|formed|backed|owned|acquired|led|funded|occupied) by"
    r"|(?:partnership|collaboration) (?:between|of|with|among))\b[^.;|]{0,120}"
    r"|\b(?:former|formerly|previously|next to|near|adjacent to|across from|home to)\b(?: [\w-]+){1,7}",
    re.IGNORECASE,
)
OWN = re.compile(  # a sentence about the company or its project
    r"\b"
    + _any(
        "company firm facility plant project manufacturer maker factory subsidiary site expansion campus center its "
        "their jobs they"
    )
    + r"\b|\bit will\b",
    re.IGNORECASE,
)
DEALS = re.compile(
    r"\b(?:wholesal\w+|distributors?|distributes|dealer in)\b(?! (?:center|facility|hub|of electricity))", re.IGNORECASE
)
_MONEY = (
    r"[Mm]achinery and (?:other )?equipment|[Ee]quipment and machinery|(?:real|personal) property|[Jj]ob training"
    r"|payroll(?! (?:services|company|provider|process|firm|software|outsourc))"
    r"|(?:property|state|local|sales|income|new) tax(?:es)?(?: revenues?| base)?"
    r"|tax (?:revenues?|base|credits?)|(?:capital|economic) investments?"
)
_BODIES = (
    r"Economic \w+|Job Development \w+|Department of \w+|[\w-]+ Commission|Chambers? of Commerce|[A-Z]\w+ Springs"
    r"|University of [A-Z]\w+|[A-Z]\w+ (?:University|College)|Community Colleges?(?: System)?|general contractor"
    r"|(?:[Ff]ood|[Rr]esearch|[Tt]echnology|[Ii]ndustrial|[Bb]usiness|[Oo]ffice|[Ss]pec) (?:[Pp]ark|[Bb]uilding)s?"
)
NO_TRADE = re.compile(rf"\b(?:{_MONEY}|{_BODIES}|{'|'.join(re.escape(it) for it in phrases()['ignored']['local'])})\b")
IN_NAMES = re.compile(r"\b" + _any("Technolog(?:y|ies) Digital Global Solutions Power Space Partners") + r"\b")
EVERYWHERE = re.compile(  # what every announcement says
    rf"\b(?:{_any('announc creat invest expan plan locat employ approv establish lead grow hir add')}\w*|"
    + _any(
        "company companies jobs? positions workers people will new today county counties city town state governor gov "
        "secretary million billion years? facility operations? headquarters? its the that than more over next first "
        "global international world largest based with and for one two three four five square foot feet commerce "
        "project site economic development north south east west america inc llc corp corporation incorporated"
    )
    + r")\b|[$\d][\d,.]*",
    re.IGNORECASE,
)
