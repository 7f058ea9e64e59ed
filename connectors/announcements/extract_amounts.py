"""Amounts of dollars as prose writes them; those in another currency are known and left out."""

from __future__ import annotations

import re

from connectors.announcements.extract_numbers import DIGITS, WORDS, Amount, hedge, number_value

_SCALE = r"(?i:thousand|million|billion)|mil|bil|mln|bln|bn|mn|mm|MM|[kKmMbB]"
_MULTIPLY = {"thousand": 1e3, "k": 1e3, "million": 1e6, "mil": 1e6, "mln": 1e6, "mn": 1e6, "mm": 1e6, "m": 1e6}
_MULTIPLY |= {"billion": 1e9, "bil": 1e9, "bln": 1e9, "bn": 1e9, "b": 1e9}
_PARTS = {"half": 0.5, "quarter": 0.25, "third": 1 / 3, "three quarter": 0.75, "three fourth": 0.75, "two third": 2 / 3}
_PART = r"(?:an?\s+|one[\s-]+)?(?:half|quarter|third)|three[\s-]+(?:quarters?|fourths?)|two[\s-]+thirds?"
_FOREIGN_SIGN = (
    r"(?:(?<![A-Za-z])(?:C|CA|CDN|A|AU|NZ|HK|S|SG|R|NT|MX)\$|[€£¥₩₹]|(?:EUR|GBP|JPY|CAD|AUD|CHF|SEK|DKK|NOK|CNY"
    r"|RMB)\b)"
)
_FOREIGN_NAME = (
    r"(?:(?:Canadian|Australian|New Zealand|Hong Kong|Singapore|Taiwan|Mexican)\s+(?:dollars?|pesos?)|euros?|pounds?"
    r"(?!\s+of)|yen|yuan|won|kron(?:or|er|a|e)|(?:Swiss )?francs?|rupees?|pesos?|renminbi"
    r"|(?:EUR|GBP|JPY|CAD|AUD|CHF|SEK|DKK|NOK|CNY|RMB))\b"
)
FOREIGN = re.compile(
    rf"{_FOREIGN_SIGN}\s?(?:{DIGITS})(?:[\s-]*(?:{_SCALE}|trillion)(?![a-zA-Z]))?"
    rf"|\$?(?:{DIGITS}|{WORDS})(?:[\s-]*(?:{_SCALE}|trillion)(?![a-zA-Z]))?[\s-]+{_FOREIGN_NAME}"
)
"""An amount in a currency other than the dollar of the United States."""
MONEY = re.compile(
    rf"(?:(?:US|USD|U\.S\.)\s?)?\$\s?(?P<number>{DIGITS})(?:[\s-]*(?P<scale>{_SCALE})(?![a-zA-Z])\.?"
    rf"|\s?(?:-|–|to)\s?(?P<top>{DIGITS})[\s-]+(?P<both>{_SCALE})(?![a-zA-Z]))?"
    rf"|(?<![\w-])(?P<part>{_PART})[\s-]+(?:of\s+)?(?:a\s+)?(?P<part_scale>(?i:million"
    rf"|billion))[\s-]+[dD]ollars?(?![a-z])"
    rf"|(?P<bare>{DIGITS})[\s-]+(?P<bare_scale>(?i:million|billion"
    rf"|thousand))[\s-]+(?:(?:U\.?S\.?\s+)?[dD]ollars?(?![a-z])"
    rf"|USD\b)"
    rf"|(?<![\w-])(?P<words>(?i:{WORDS}))(?P<half>\s+and\s+a\s+half\s+(?:million|billion))?[\s-]+[dD]ollars?(?![a-z])"
    rf"|(?:USD|US)\s?(?P<coded>{DIGITS})\s*(?P<coded_scale>million|billion)?",
)


def money(text: str, cut: int | None = None) -> list[Amount]:
    """Every amount of dollars in a text, in dollars, ranges folded into one.

    Args:
        text: where to look.
        cut: an amount that ends at this offset may be cut off and is left out.
    """
    foreign = [match.span() for match in FOREIGN.finditer(text)]
    found: list[Amount] = []
    for match in MONEY.finditer(text):
        scale = match["scale"] or match["both"] or match["part_scale"] or match["bare_scale"] or match["coded_scale"]
        if cut is not None and match.end() >= cut and not scale and not re.search(r",\d{3}$", match.group()):
            continue
        if any(start < match.end() and match.start() < end for start, end in foreign):
            continue
        value = _value(match)
        if value is None:
            continue
        value = round(value * _MULTIPLY.get((scale or "").lower(), 1.0), 2)
        high = round(float(match["top"].replace(",", "")) * _MULTIPLY[scale.lower()], 2) if match["top"] else None
        gap = text[found[-1].end : match.start()] if found else ""
        if found and _joined(gap, text[: found[-1].start]):
            low = found[-1].value
            if low < value / 1000:
                low *= _MULTIPLY.get((scale or "").lower(), 1.0)
            found[-1] = Amount(low, found[-1].start, match.end(), "range", value)
            continue
        hedged = "range" if high else hedge(text[: match.start()], text[match.end() :])
        found.append(Amount(value, match.start(), match.end(), hedged, high))
    return found


def _joined(gap: str, before: str) -> bool:
    """Whether two amounts are the ends of one range."""
    link = re.fullmatch(r"\s*(-|–|to|and)\s*", gap)
    return bool(link and (link[1] != "and" or re.search(r"\bbetween\W+$", before[-12:], re.IGNORECASE)))


def _value(match: re.Match[str]) -> float | None:
    """The number of a match before its scale."""
    if match["part"]:
        plain = re.sub(r"^(?:an?|one)\s+", "", " ".join(re.split(r"[\s-]+", match["part"].lower())))
        return _PARTS[plain.removesuffix("s")]
    if match["words"]:
        if not match["half"]:
            return number_value(match["words"])
        whole = number_value(match["words"])
        scale = 1e9 if match["half"].endswith("billion") else 1e6
        return (whole + 0.5) * scale if whole is not None else None
    plain = match["number"] or match["coded"] or match["bare"]
    return float(plain.replace(",", ""))
