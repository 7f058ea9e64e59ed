"""How much each phrase of a description says about the industry: what is made weighs most, who buys it little.

A description comes in pieces, the most telling first. Within a piece, what a maker is a maker *of* counts more, a
material or customer named beside the product less ("copper wire for the automotive industry"), and words that tell no
trade (places, grants, colleges) not at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gapengine.arrivals.trade_words import (
    BEHIND,
    BUYERS,
    DEALS,
    EVERYWHERE,
    FIELD,
    IN_NAMES,
    LEADS_AWAY,
    MADE_OF,
    MAKER_OF_IT,
    NO_TRADE,
    OWN,
)
from gapengine.arrivals.trades import Lexicon, Match, Token, phrases, tokens_of

_WEIGHTS = (1.5, 1.2, 1.0, 0.8, 0.7, 0.6, 0.5)  # of the first, second ... piece of a description
_NAME = 0.8  # of the words in a company's name
_MOST = 5.0  # points that one industry can reach
_AGAIN = 0.25  # of a phrase's weight where it stands once more
_FOR = frozenset(("for", "to", "used", "serving", "from"))
_DOES = frozenset(("will", "which", "that", "to"))


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
    masked = re.compile(f"{NO_TRADE.pattern}|{re.escape(company)}" if company else NO_TRADE.pattern)
    for place, part in enumerate(parts):
        weight = _WEIGHTS[min(place, len(_WEIGHTS) - 1)]
        if place > 1 and not (OWN.search(part) or (name and name in part.lower())):
            weight *= 0.4
        if part.startswith('"') or part.count('"') % 2:
            weight *= 0.6
        _collect(found, masked.sub(lambda match: "|".ljust(len(match.group())), part), weight, lexicon)
    if company:
        _collect(found, IN_NAMES.sub(" ", company), _NAME, lexicon)
    points: dict[str, float] = {}
    said: dict[str, list[str]] = {}
    for (code, _), places in found.items():
        weights = [weight for weight, _ in places]
        best = max(weights)
        points[code] = points.get(code, 0.0) + best + _AGAIN * min(sum(weights) - best, best)
        said.setdefault(code, []).append(places[0][1])
    plain = " ".join([*(BEHIND.sub(" ", BUYERS.sub(" ", masked.sub(" ", part))) for part in parts[:2]), company or ""])
    return Evidence({code: min(value, _MOST) for code, value in points.items()}, said, EVERYWHERE.sub(" ", plain))


def _collect(found: dict[tuple[str, str], list[tuple[float, str]]], text: str, weight: float, lexicon: Lexicon) -> None:
    tokens = tokens_of(text)
    matches = lexicon.find(tokens)
    others = [match.span() for kind in (BUYERS, BEHIND) for match in kind.finditer(text)]
    others += [match.span("field") for match in FIELD.finditer(text)]
    made = [match.end() for match in MADE_OF.finditer(text)]
    deals = bool(DEALS.search(text))
    starts = {match.first for match in matches}
    for match in matches:
        begin, end = tokens[match.first].start, tokens[match.last - 1].end
        value = match.weight * weight * (1.0 + 0.3 * min(match.last - match.first - 1, 2))
        if match.last in starts:
            value *= 0.45  # "steel" of "steel furniture"
        if any(left <= begin and end <= right for left, right in others):
            value *= 0.35
        elif match.first and tokens[match.first - 1].stem in _DOES:
            value *= 1.6  # "will forge"
        elif _beside(match, matches, tokens):
            value *= 0.5
        elif MAKER_OF_IT.match(text, end) or any(
            0 <= begin - at <= 60 and not LEADS_AWAY.search(text, at, begin) for at in made
        ):
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
