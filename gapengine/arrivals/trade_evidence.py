"""How much each phrase of a description says about the industry: what is made weighs most, who buys it little.

A description comes in pieces, the most telling first. Within a piece, the words that a maker is a maker *of* count more,
a material or customer named beside the product less ("copper wire for the automotive industry"), and words that serve
no trade (places, grants, colleges) not at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gapengine.arrivals.trades import Lexicon, Match, Token, phrases, tokens_of

_WEIGHTS = (1.5, 1.2, 1.0, 0.8, 0.7, 0.6, 0.5)  # of the first, second ... piece of a description
_NAME = 0.8  # of the words in a company's name
_MOST = 5.0  # points that one industry can reach
_AGAIN = 0.25  # of a phrase's weight where it stands once more
_MASKED = re.compile(
    r"\b(?:Research Triangle(?: Park| Region)?|RTP|Biotechnology Center|NCBiotech|Economic \w+|Job Development \w+"
    r"|Department of \w+|[\w-]+ Commission\b|Chambers? of Commerce|Press Releases?|[A-Z]\w+ (?:Springs|Glass Works)"
    r"|University of [A-Z]\w+|[A-Z]\w+ (?:University|College)|Community Colleges?(?: System)?"
    r"|(?:[Ff]ood|[Rr]esearch|[Tt]echnology|[Ii]ndustrial|[Bb]usiness|[Oo]ffice|[Ss]pec) (?:[Pp]ark|[Bb]uilding)s?"
    r"|[Mm]achinery and (?:other )?equipment|[Ee]quipment and machinery|(?:real|personal) property|[Jj]ob training"
    r"|payroll|(?:property|state|local|sales|income|new) tax(?:es)?(?: revenues?| base)?|tax (?:revenues?|base|credits?)"
    r"|(?:capital|economic) investments?|[Nn]ews ?paper|general contractor"
    r"|(?:Rocky|Kings) Mount(?:ain)?|Golden LEAF)\b"
)
_NOISE = re.compile(  # what every announcement says
    r"\b(?:(?:announc|creat|invest|expand|expan|plan|locat|employ|approv|establish|lead|grow|hir|add)\w*|compan(?:y|ies)|jobs?"
    r"|positions|workers|people|will|new|today|county|counties|city|town|state|governor|gov|secretary|million|billion|year"
    r"|years|facility|operations?|headquarters?|north carolina|its|the|that|than|more|over|next|first|global|international"
    r"|world|largest|based|with|and|for|one|two|three|four|five|square|foot|feet|commerce|project|site|economic|development"
    r"|north|south|east|west|america|united states|u\.s\.|inc|llc|corp|corporation|incorporated)\b|[$\d][\d,.]*",
    re.IGNORECASE,
)
_NO_TRADE = re.compile(r"\b(?:Technolog(?:y|ies)|Digital|Global|Solutions|Power|Space|Partners)\b")  # in a company's name
_MADE_OF = re.compile(
    r"\b(?:(?:maker|manufacturer|producer|provider|supplier|developer|designer|builder|assembler|processor|operator"
    r"|fabricator|distributor|marketer|seller|printer|leader|specialist)s? (?:and \w+ )?(?:of|in)"
    r"|manufactur(?:es?|ing)|mak(?:es?|ing)|produc(?:es?|ing)|assembl(?:es?|ing)|specializ(?:es|ing) in|builds?|process(?:es)"
    r"|develops?|operates?|provid(?:es?|ing)|offer(?:s|ing)|fabricat(?:es?|ing)|creates|sells)\b",
    re.IGNORECASE,
)
_MAKER = re.compile(
    r"\s(?:[\w-]+\s)?(?:makers?|manufacturers?|manufacturing|producers?|company|compan|firm|plant|factory|mill|giant|maker"
    r"|processors?|production|facility|provider|developer|supplier|operator|startup|start-up|lender|business)\b",
    re.IGNORECASE,
)
_BUYERS = re.compile(
    r"\b(?:for|to|serv(?:es|ing)|supplie[sd]|supplying|supports?|supporting|used (?:in|by|for)|sold (?:to|in)|across)\b"
    r"(?! (?:make|build|produce|manufacture|assemble|open|establish|create|process|expand|locate|develop|operate))"
    r" (?:[^\s.;:()]+ ){0,14}?(?:industr(?:y|ies)|markets?|sectors?|customers|clients|applications|companies|makers|firms"
    r"|manufacturers|builders|brands|retailers|users|fields)\b",
    re.IGNORECASE,
)
_FOR = frozenset(("for", "to", "used", "serving", "from"))
_OWN = re.compile(
    r"\b(?:company|firm|facility|plant|project|manufacturer|maker|factory|subsidiary|site|expansion|campus|center|it will"
    r"|its|their|jobs|they)\b",
    re.IGNORECASE,
)
_DEALS = re.compile(
    r"\b(?:wholesal\w+|distributors?|distributes|dealer in)\b(?! (?:center|facility|hub|of electricity))", re.IGNORECASE
)


@dataclass(frozen=True)
class Evidence:
    """What speaks for which industry.

    Attributes:
        points: code (four digits, or fewer where a phrase fits a group) -> points.
        said: code -> its phrases, as found, lower case.
        words: what is left for the plain classifier: the pieces that tell most, without what is masked.
    """

    points: Mapping[str, float]
    said: Mapping[str, Sequence[str]]
    words: str


def evidence(parts: Sequence[str], company: str | None, lexicon: Lexicon) -> Evidence:
    """Weigh the phrases of a description.

    Args:
        parts: sentences or phrases that describe the project, the most telling first.
        company: its name; only words of a trade in it count.
        lexicon: the phrases.
    """
    found: dict[tuple[str, str], list[tuple[float, str]]] = {}
    name = company.split()[0].lower() if company else ""
    masked = re.compile(f"{_MASKED.pattern}|{re.escape(company)}" if company else _MASKED.pattern)
    for place, part in enumerate(parts):
        weight = _WEIGHTS[min(place, len(_WEIGHTS) - 1)]
        if place > 1 and not (_OWN.search(part) or (name and name in part.lower())):
            weight *= 0.4
        if part.startswith('"') or part.count('"') % 2:
            weight *= 0.6
        _collect(found, masked.sub(lambda match: "\0" * len(match.group()), part), weight, lexicon)
    if company:
        _collect(found, _NO_TRADE.sub(" ", company), _NAME, lexicon)
    points: dict[str, float] = {}
    said: dict[str, list[str]] = {}
    for (code, _), places in found.items():
        weights = [weight for weight, _ in places]
        best = max(weights)
        points[code] = points.get(code, 0.0) + best + _AGAIN * min(sum(weights) - best, best)
        said.setdefault(code, []).append(places[0][1])
    plain = " ".join([*(_BUYERS.sub(" ", masked.sub(" ", part)) for part in parts[:2]), company or ""])
    return Evidence({code: min(value, _MOST) for code, value in points.items()}, said, _NOISE.sub(" ", plain))


def _collect(
    found: dict[tuple[str, str], list[tuple[float, str]]], text: str, weight: float, lexicon: Lexicon
) -> None:
    tokens = tokens_of(text)
    matches = lexicon.find(tokens)
    buyers = [match.span() for match in _BUYERS.finditer(text)]
    made = [match.end() for match in _MADE_OF.finditer(text)]
    deals = bool(_DEALS.search(text))
    starts = {match.first for match in matches}
    for match in matches:
        begin, end = tokens[match.first].start, tokens[match.last - 1].end
        value = match.weight * weight * (1.0 + 0.3 * min(match.last - match.first - 1, 2))
        if match.last in starts:
            value *= 0.45  # "steel" of "steel furniture"
        if any(left <= begin and end <= right for left, right in buyers):
            value *= 0.35
        elif _beside(match, matches, tokens):
            value *= 0.5
        elif any(0 <= begin - at <= 60 and not re.search(r"[.;]|\b(?:for|to|that|which|will)\b", text[at:begin]) for at in made):
            value *= 1.4
        elif _MAKER.match(text, end):
            value *= 1.4
        code = phrases()["wholesale"].get(match.code[:4], match.code) if deals else match.code
        if code != match.code:
            found.setdefault((match.code, match.words), []).append((0.5 * value, text[begin:end].lower()))
            value *= 1.5
        found.setdefault((code, match.words), []).append((value, text[begin:end].lower()))


def _beside(match: Match, matches: Sequence[Match], tokens: Sequence[Token]) -> bool:
    """Whether a phrase names what a product is for: "packaging for medicines"."""
    words = [token.stem for token in tokens[max(match.first - 5, 0) : match.first]]
    for back, word in enumerate(reversed(words), 1):
        if word in ".;:()|" or word == "will":
            return False
        if word in _FOR:
            before = match.first - back
            return any(before - 3 <= other.last <= before and other.code != match.code for other in matches)
    return False
