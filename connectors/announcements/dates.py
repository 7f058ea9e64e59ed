"""Dates as announcing sites write them, read without regard to the machine's language."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_NAMES = "|".join(rf"{name[:3]}(?:{name[3:]}|t)?" if name[3:] else name for name in _MONTHS)
_ISO = re.compile(r"\b((?:19|20)\d\d)-(\d\d)-(\d\d)(?!\d)")
_AMERICAN = re.compile(rf"\b({_NAMES})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+((?:19|20)\d\d)\b", re.IGNORECASE)
_EUROPEAN = re.compile(rf"\b(\d{{1,2}})\s+({_NAMES})\.?\s+((?:19|20)\d\d)\b", re.IGNORECASE)
_NUMBERS = re.compile(r"\b(\d{1,2})/(\d{1,2})/((?:19|20)\d\d)\b")
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)/(\d{1,2})/(\d{1,2})(?:/|$)")
_MONTH_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)/(\d{1,2})(?:/|$)")

_OPENING = 600
_LONGEST_DATE = len("September 30th, 2026")
_RELEASE = (
    r"(?:for immediate release|(?:date )?(?:published|posted|released?|updated|issued)(?: on)?|press release|date)"
)
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_WORDS_OF_RELEASE = re.compile(rf"\b(?:{_RELEASE}|{_WEEKDAY})\b", re.IGNORECASE)
_DAY = rf"((?:{_NAMES})\.?\s+\d{{1,2}},?\s+(?:19|20)\d\d)"
_RELEASED = re.compile(rf"\b{_RELEASE}[\W_]{{1,4}}(?:{_WEEKDAY},? )?{_DAY}", re.IGNORECASE)
_DATELINE = re.compile(rf"[A-Z][\w. ]+,[\w., ]{{0,40}}[(,]\s*{_DAY}\)?\s*[-\u2013\u2014]", re.IGNORECASE)


def find_date(text: str | None) -> str | None:
    """The first date in a text as year-month-day; None where there is none.

    Reads 2024-06-11 (with or without a time), Jun 11, 2024, Tuesday, July 27, 2021, 11 June 2024 and 06/11/2024
    (month first). An impossible date (February 30) is passed over.
    """
    found = []
    for pattern, order in ((_ISO, "ymd"), (_AMERICAN, "mdy"), (_EUROPEAN, "dmy"), (_NUMBERS, "mdy")):
        for match in pattern.finditer(text or ""):
            day = _day(dict(zip(order, match.groups(), strict=True)))
            if day:
                found.append((match.start(), day))
                break
    return min(found)[1] if found else None


def date_of_release(text: str) -> str | None:
    """The day on which a text says that it was released, from its first lines; None where they do not say.

    Reads a line that holds a date and nothing else but a word such as "Published" or a weekday, and a dateline:
    "RALEIGH, N.C. (March 3, 2026) - ..." or "RALEIGH, N.C., March 3, 2026 - ...".
    """
    opening = text[:_OPENING]
    for line in opening.splitlines():
        alone = _WORDS_OF_RELEASE.sub("", line).strip(" \t:,.|()-\u2013\u2014")
        if alone and len(alone) <= _LONGEST_DATE and (day := find_date(alone)):
            return day
    dateline = _DATELINE.search(opening) or _RELEASED.search(opening)
    return find_date(dateline[1]) if dateline else None


def date_in_address(address: str) -> str | None:
    """The date in an address (/2024/06/11/), year-month where there is no day; None where there is none."""
    match = _IN_ADDRESS.search(address)
    if match:
        return _day(dict(zip("ymd", match.groups(), strict=True)))
    match = _MONTH_IN_ADDRESS.search(address)
    if match and 1 <= int(match[2]) <= 12:
        return f"{match[1]}-{int(match[2]):02d}"
    return None


def _day(parts: dict[str, str]) -> str | None:
    month = parts["m"]
    number = int(month) if month.isdigit() else 1 + [name[:3] for name in _MONTHS].index(month[:3].lower())
    try:
        return date(int(parts["y"]), number, int(parts["d"])).isoformat()
    except ValueError:
        return None
