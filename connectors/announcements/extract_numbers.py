"""Numbers as prose writes them, in digits or words, and how the text hedges them."""

from __future__ import annotations

import re
from dataclasses import dataclass

_UNITS = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = dict(
    zip(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], range(20, 100, 10), strict=True)
)
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000, "dozen": 12, "couple": 2}
_SMALL = "|".join(sorted([*_UNITS, *_TENS, *_SCALES], key=len, reverse=True))
WORDS = (
    rf"(?:an?\s+(?=(?:hundred|thousand|million|billion|dozen|couple)\b)"
    rf"|(?=(?:{'|'.join([*_UNITS, *_TENS])}|dozen)\b))"
    rf"(?:(?:{_SMALL})(?:[\s-]+(?:and[\s-]+)?(?=(?:{_SMALL})\b))?){{1,12}}\b"
)
DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_HEDGES: tuple[tuple[str, str], ...] = (
    (r"minimum average(?:\s+\w+){0,3}(?:\s+of)?", "minimum average"),
    (r"(?:up to|as many as|as much as|a maximum of|no more than|not more than|a total of up to|upto)", "up to"),
    (r"(?:at least|a minimum of|minimum of|no fewer than|no less than|not less than|not fewer than)", "at least"),
    (
        r"(?:just over|more than|over|upwards? of|in excess of|well over|greater than|exceed(?:s|ing)?|above"
        r"|surpass(?:es|ing)?"
        r"|top(?:s|ping)?|better than|north of)",
        "more than",
    ),
    (r"(?:nearly|almost|close to|just under|just shy of|just short of|approaching)", "nearly"),
    (r"(?:approximately|approx\.?|an estimated|estimated at|estimated|circa|~)", "approximately"),
    (r"roughly", "roughly"),
    (r"around", "around"),
    (r"(?:about|some|or so)", "about"),
)
_FILLER = r"(?:\s+(?:an?|the|another|additional|total of|additional total of|aggregate of|of|US|its|their|further))*"
_BEFORE = re.compile(
    "|".join(
        rf"(?P<h{index}>\b{pattern}|~)" if index == 5 else rf"(?P<h{index}>\b{pattern})"
        for index, (pattern, _) in enumerate(_HEDGES)
    ),
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Amount:
    """A number in the text.

    Attributes:
        value: its value.
        start, end: offsets in the searched text.
        qualifier: how it is hedged.
        high: the upper end of a range, or null.
    """

    value: float
    start: int
    end: int
    qualifier: str
    high: float | None = None


def words_value(text: str) -> float | None:
    """'two hundred and fifty' -> 250, 'a dozen' -> 12; null for what is no number."""
    total = current = 0.0
    seen = False
    for word in re.split(r"[\s-]+", text.lower().strip()):
        if word in ("and", "a", "an"):
            current = current or (1.0 if word != "and" else 0.0)
        elif word in _UNITS or word in _TENS:
            base = current if seen else 0.0
            current = base + _UNITS.get(word, _TENS.get(word, 0))
            seen = True
        elif word in _SCALES:
            scale = _SCALES[word]
            current = (current or 1.0) * scale
            if scale >= 1000:
                total, current = total + current, 0.0
            seen = True
        else:
            return None
    return total + current if seen else None


def number_value(text: str) -> float | None:
    """'1,200' or 'twelve hundred' as a number; null for what is no number."""
    plain = text.replace(",", "").strip()
    if re.fullmatch(r"\d+(?:\.\d+)?[kK]", plain):
        return round(float(plain[:-1]) * 1000, 2)
    if re.fullmatch(r"\d+(?:\.\d+)?", plain):
        return float(plain)
    return words_value(text)


def hedge(before: str, after: str = "") -> str:
    """How a number is hedged by the words right before and right behind it.

    Args:
        before: the text up to the number.
        after: the text from its end on.

    Returns:
        One of the qualifiers of ``Found``; ``exact`` where nothing hedges it.
    """
    if re.match(r"\s*(?:\+|plus\b)", after):
        return "more than"
    if re.match(r"\s*(?:or more)\b", after):
        return "at least"
    tail = before[-60:]
    best: tuple[int, str] | None = None
    for match in _BEFORE.finditer(tail):
        if re.fullmatch(rf"{_FILLER}[\s(]*(?:US)?", tail[match.end() :]):
            name = next(name for name, value in match.groupdict().items() if value is not None)
            best = (match.start(), _HEDGES[int(name[1:])][1]) if best is None else best
    return best[1] if best else "exact"
