"""The industry of an announced project, read from the words that describe it.

Announcements speak a language of their own ("biologics", "fill-finish", "fulfillment center"), so phrases of general
validity (``data/industry_phrases.toml``) are weighed together with a classifier trained on the official NAICS index.
A company's name counts only by the words of a trade in it. Doubtful texts get a shorter code or none.

Imports scikit-learn through ``models.text``: not for the way of ``gapengine run``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np

from connectors.announcements.facts import ProjectFacts
from gapengine import snapshot
from models.text import TextClassifier, guess_of, train

SURE = 0.5  # a code is named where its probability reaches this; else a shorter one, else none
_PHRASE_PULL = 1.5  # log odds a phrase is worth; set on the development half of the design texts
_INDEX_PULL = 0.35  # how much of the classifier's log odds counts: its training texts are no press releases
_FLOOR = 1e-4
_WEIGHTS = (1.6, 1.2, 1.0, 0.8, 0.7, 0.6, 0.5)  # of the first, second ... piece of a description
_MAKES = re.compile(
    r"\b(?:manufactur\w*|plant|factory|produc\w+|maker|makes|assembl\w+|mill|processing)\b", re.IGNORECASE
)
_MASKED = re.compile(
    r"\b(?:Research Triangle(?: Park)?|RTP|Biotechnology Center|NCBiotech|Economic \w+|Job Development \w+"
    r"|Department of \w+"
    r"|Chambers? of Commerce|[A-Z]\w+ (?:Springs|Glass Works)|University of [A-Z]\w+|[A-Z]\w+ (?:University|College)"
    r"|Community Colleges?(?: System)?|(?:food|research|technology|industrial|business|office|spec) (?:park|building)s?"
    r")\b"
)
_STORES = "4931"
_OFFICE = "5511"


@dataclass(frozen=True)
class Industry:
    """What a project does.

    Attributes:
        naics_code: four digits, fewer where doubtful, null where unsure.
        naics4: the likeliest four-digit code, however unsure.
        probability: of ``naics_code`` (of ``naics4`` where unsure).
        runners_up: (four-digit code, probability), best first.
        phrases: the phrases that speak for ``naics4``, as found.
    """

    naics_code: str | None
    naics4: str
    probability: float
    runners_up: tuple[tuple[str, float], ...]
    phrases: tuple[str, ...]


@dataclass(frozen=True)
class Reader:
    """A trained reader of industries: the classifier, and the phrases as patterns by code and weight."""

    classifier: TextClassifier
    patterns: Mapping[str, Sequence[tuple[re.Pattern[str], float]]]

    def read(self, parts: Sequence[str], company: str | None = None) -> Industry:
        """The industry of a description.

        Args:
            parts: sentences or phrases that describe the project, the most telling first.
            company: its name; only words of a trade in it count.
        """
        points, said = self._points(parts, company)
        codes = self.classifier.codes
        text = " ".join([*parts[:2], company or ""])
        index = np.log(self.classifier.probabilities([text])[0] + _FLOOR)
        scores = _PHRASE_PULL * np.array([points.get(str(code), 0.0) for code in codes]) + _INDEX_PULL * index
        chances = np.exp(scores - scores.max())
        guess = guess_of(chances / chances.sum(), codes, (4, 3, 2), SURE)
        return Industry(guess.code, guess.best, guess.probability, guess.runners_up, tuple(said.get(guess.best, ())))

    def _points(self, parts: Sequence[str], company: str | None) -> tuple[dict[str, float], dict[str, list[str]]]:
        plain = [_MASKED.sub(" ", part) for part in parts]
        weighed = [(part, _WEIGHTS[min(place, len(_WEIGHTS) - 1)]) for place, part in enumerate(plain)]
        if company:
            weighed.append((company, 0.8))
        points: dict[str, float] = {}
        said: dict[str, list[str]] = {}
        for code, patterns in self.patterns.items():
            for pattern, weight in patterns:
                for part, importance in weighed:
                    for phrase in {match.group().lower() for match in pattern.finditer(part)}:
                        longer = 1.0 + 0.35 * min(phrase.count(" ") + phrase.count("-"), 2)
                        points[code] = points.get(code, 0.0) + weight * importance * longer
                        said.setdefault(code, []).append(phrase)
        return _settled(points, " ".join(parts)), {code: list(dict.fromkeys(words)) for code, words in said.items()}


def _settled(points: dict[str, float], text: str) -> dict[str, float]:
    """Weigh what the site does against what the company is: a plant is no warehouse, a head office has an industry."""
    makes = bool(_MAKES.search(text))
    factories = {code: value for code, value in points.items() if code.startswith("3")}
    settled = dict(points)
    if _STORES in settled:
        settled[_STORES] *= 0.5 if makes and factories else 1.6
    if makes:
        settled |= {code: value * 1.3 for code, value in factories.items()}
    others = max((value for code, value in points.items() if code != _OFFICE), default=0.0)
    if _OFFICE in settled and others >= 0.5:
        settled[_OFFICE] *= 0.3
    return {code: min(value, 6.0) for code, value in settled.items()}


def parts_of(facts: ProjectFacts) -> list[str]:
    """The pieces of a project's description, the most telling first."""
    return facts.description.value.split(" | ") if facts.description else []


def industry_of(facts: ProjectFacts, reader: Reader | None = None) -> Industry | None:
    """The industry of a project; null where the text describes nothing.

    Args:
        facts: what was read from its text.
        reader: from :func:`reader`; built (and kept) when not given.
    """
    parts = parts_of(facts)
    company = facts.company.value if facts.company else None
    if not parts and company is None:
        return None
    return (reader or embedded_reader()).read(parts, company)


@lru_cache(maxsize=1)
def embedded_reader() -> Reader:
    """The reader trained on the embedded index of activities: some four seconds, once in a process."""
    table = snapshot.load(names=["naics_index"])["naics_index"]
    codes = table["naics_code"].str[:4].tolist()
    return Reader(train(table["entry"].tolist(), codes, np.random.default_rng(20221231)), patterns())


def patterns() -> dict[str, list[tuple[re.Pattern[str], float]]]:
    """Code -> (pattern of its phrases, weight), from ``data/industry_phrases.toml``."""
    table = tomllib.loads(files("gapengine").joinpath("data/industry_phrases.toml").read_text(encoding="utf-8"))
    made: dict[str, list[tuple[re.Pattern[str], float]]] = {}
    for kind, weight in (("strong", 1.0), ("weak", 0.35)):
        for code, phrases in table[kind].items():
            made.setdefault(code, []).append((_pattern(phrases.split(";")), weight))
    return made


def _pattern(phrases: Sequence[str]) -> re.Pattern[str]:
    words = sorted((phrase.strip() for phrase in phrases), key=len, reverse=True)
    forms = [re.escape(word).replace(r"\ ", r"[\s-]+").replace(r"\*", r"[\w-]*") for word in words if word]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(forms)})s?(?!\w)", re.IGNORECASE)
