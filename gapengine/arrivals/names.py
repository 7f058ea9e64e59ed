"""Names of companies and projects, made comparable: legal forms, punctuation and accents taken away."""

from __future__ import annotations

import difflib
import re
import unicodedata

_LEGAL = frozenset(
    (
        *("inc", "incorporated", "llc", "llp", "lp", "ltd", "limited", "corp", "corporation", "co", "company", "plc"),
        *("gmbh", "ag", "sa", "nv", "bv", "ab", "as", "pbc", "holdings", "holding", "group", "the", "us", "usa"),
    )
)
_GENERIC = frozenset(
    (
        *("north", "carolina", "national", "american", "america", "general", "first", "united", "global", "new"),
        *("international", "project", "research", "triangle", "durham", "southern", "advanced", "bio", "gene"),
    )
)
_ALIKE = 0.88


def words(name: str) -> tuple[str, ...]:
    """Words of a company's name that tell it from others: 'Sturm, Ruger & Company, Inc.' -> ('sturm', 'ruger')."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"\b(?:d/?b/?a|formerly|formally)\b.*", "", plain)
    plain = re.sub(r"(?<=\w)['’]s\b", "", plain).replace("&", " ")
    found = re.findall(r"[a-z0-9]+", re.sub(r"(?<=\w)\.(?=\w\b)", "", plain))
    kept = tuple(word for word in found if word not in _LEGAL and word != "and")
    return kept or tuple(found)


def slug(name: str) -> str:
    """A name for addresses and files: 'Eli Lilly and Company' -> 'eli-lilly'."""
    return "-".join(words(name)) or "unnamed"


def likeness(one: str, other: str) -> float:
    """How alike two companies' names are: 1 the same, 0.75 one holds the other's words, 0.6 spelt alike, else 0."""
    first, second = words(one), words(other)
    if not first or not second:
        return 0.0
    if "".join(first) == "".join(second):
        return 1.0
    short, long = sorted((first, second), key=len)
    telling = [word for word in short if word not in _GENERIC]
    if telling and set(short) <= set(long) and (long[: len(short)] == short or len(short) > 1 or short[0] == long[-1]):
        return 0.75
    alike = difflib.SequenceMatcher(None, "".join(first), "".join(second)).ratio()
    return 0.6 if alike >= _ALIKE else 0.0


def code_name(name: str) -> str:
    """A code name without the word Project, in small letters."""
    return " ".join(re.sub(r"(?i)\bproject\b", " ", name).lower().split())
