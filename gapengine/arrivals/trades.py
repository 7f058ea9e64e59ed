"""Phrases of the trades and where a text uses them: what an industry makes or does, in the words of announcements.

Phrases come from ``data/industry_phrases.toml`` and, for products, from the official index of activities. They are
matched word by word, the longest first, whatever the plural, the hyphen or the apostrophe.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import pandas as pd

STRONG, WEAK = 1.0, 0.35
_OFFICIAL = {1: 0.3, 2: 0.7}  # weight of a product of the official index, by its number of words; longer ones as 2
_TOKEN = re.compile(r"[a-z0-9]+|[,.;:()\"!?|]")
_PRODUCT = re.compile(r"^(?P<head>[^,(]+?)(?P<kind>, [^(]+?)?(?: \([^)]*\))?,? manufacturing\b(?!.*\bequipment$)", re.I)


@dataclass(frozen=True)
class Token:
    """A word of a text: its stem, and where it stands."""

    stem: str
    start: int
    end: int


@dataclass(frozen=True)
class Match:
    """A phrase found: its tokens ``first`` to before ``last``, the words, code and weight."""

    first: int
    last: int
    words: str
    code: str
    weight: float


@dataclass(frozen=True)
class Lexicon:
    """Phrases by their first word, and by the first three letters of it where a star ends it."""

    whole: Mapping[str, Sequence[tuple[tuple[str, ...], str, float]]]
    starred: Mapping[str, Sequence[tuple[tuple[str, ...], str, float]]]

    def find(self, tokens: Sequence[Token]) -> list[Match]:
        """All phrases of a text but those inside a longer one ("aircraft" in "aircraft repair")."""
        found: list[Match] = []
        for first, token in enumerate(tokens):
            candidates = (*self.whole.get(token.stem, ()), *self.starred.get(token.stem[:3], ()))
            for phrase, code, weight in candidates:
                last = first + len(phrase)
                if last <= len(tokens) and all(map(_fits, phrase, tokens[first:last])):
                    words = " ".join(item.stem for item in tokens[first:last])
                    found.append(Match(first, last, words, code, weight))
        longest: dict[int, int] = {}  # token -> length of the longest phrase over it
        for match in found:
            for place in range(match.first, match.last):
                longest[place] = max(longest.get(place, 0), match.last - match.first)
        return [
            match
            for match in found
            if match.last - match.first == max(longest[place] for place in range(match.first, match.last))
        ]


def tokens_of(text: str) -> list[Token]:
    """Words and marks of a text, lower case, without plural and possessive."""
    return [Token(stem(match.group()), match.start(), match.end()) for match in _TOKEN.finditer(_plain(text))]


@cache
def stem(word: str) -> str:
    """A word without its plural ending: "batteries" and "battery" are one, "glass" stays."""
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("xes", "ches", "shes", "sses", "zes")) else word[:-1]


def lexicon(index: pd.DataFrame) -> Lexicon:
    """The phrases of the data file, and the products of the official index where one industry alone makes them.

    Args:
        index: the declared table ``naics_index``.
    """
    table = phrases()
    made = {
        words: {code: weight} for words, code, weight in _products(index) if words[-1] not in table["ignored"]["index"]
    }
    for kind, weight in (("weak", WEAK), ("strong", STRONG)):
        own: dict[tuple[str, ...], dict[str, float]] = {}
        for code, listed in table[kind].items():
            for phrase in listed.split(";"):
                if phrase.strip():
                    own.setdefault(_pattern(phrase), {})[code] = weight
        made |= {words: made.get(words, {}) | codes if kind == "strong" else codes for words, codes in own.items()}
    whole: dict[str, list[tuple[tuple[str, ...], str, float]]] = {}
    starred: dict[str, list[tuple[tuple[str, ...], str, float]]] = {}
    for words, codes in made.items():
        for code, weight in codes.items():
            if words[0].endswith("*"):
                starred.setdefault(words[0][:3], []).append((words, code, weight))
            else:
                whole.setdefault(words[0], []).append((words, code, weight))
    return Lexicon(whole, starred)


@cache
def phrases() -> dict[str, Any]:
    """The data file: its sections ``strong``, ``weak``, ``wholesale``, ``usual`` and ``ignored``."""
    return tomllib.loads(files("gapengine").joinpath("data/industry_phrases.toml").read_text(encoding="utf-8"))


def _fits(wanted: str, token: Token) -> bool:
    return token.stem.startswith(wanted[:-1]) if wanted.endswith("*") else token.stem == wanted


def _pattern(phrase: str) -> tuple[str, ...]:
    words = re.findall(r"[a-z0-9]+\*?|,", _plain(phrase))
    return tuple(word if word.endswith("*") else stem(word) for word in words)


def _plain(text: str) -> str:
    """Lower case, of the same length; possessives become spaces."""
    return re.sub(r"['\u2019]s\b", "  ", text.lower())


def _products(index: pd.DataFrame) -> Iterable[tuple[tuple[str, ...], str, float]]:
    """(words, four-digit code, weight) of what is manufactured according to the index."""
    listed = index[(index["kind"] == "index") & index["naics_code"].str.match("3[123]")]
    codes: dict[tuple[str, ...], set[str]] = {}
    for entry, code in zip(listed["entry"], listed["naics_code"].str[:4], strict=True):
        found = _PRODUCT.match(entry)
        if not found:
            continue
        names = [found["head"]]
        if found["kind"]:
            kind = found["kind"].strip(", ")
            names = [f"{kind} {found['head']}"] if " and " not in kind and " or " not in kind else []
        for name in names:
            words = _pattern(name)
            if words and all(len(word) > 1 for word in words):
                codes.setdefault(words, set()).add(code)
    for words, found_codes in codes.items():
        if len(found_codes) == 1:
            yield words, next(iter(found_codes)), _OFFICIAL[min(len(words), 2)]
