"""The industry of an announced project, read from the words that describe it.

Announcements speak a language of their own ("biologics", "fill-finish", "fulfillment center"), so phrases of the trades
(``trades``, weighed by ``trade_evidence``) are combined with a classifier trained on the official NAICS index.
A company's name counts only by the words of a trade in it. Doubtful texts get a shorter code or none.

Imports scikit-learn through ``models.text``: not for the way of ``gapengine run``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from connectors.announcements.facts import ProjectFacts
from gapengine import snapshot
from gapengine.arrivals.trade_evidence import evidence
from gapengine.arrivals.trades import Lexicon, lexicon, phrases
from models.text import TextClassifier, guess_of, train

SURE = 0.5  # a code is named where its probability reaches this; else a shorter one, else none
_PHRASE_PULL = 4.0  # log odds that one point is worth
_POINT_POWER = 0.5  # more points are worth less each: the phrases of one text repeat one another
_INDEX_PULL = 0.45  # how much of the classifier's log odds counts: its training texts are no press releases
_USUAL_PULL = 1.3  # of the log odds of how common an industry is among announcements
_DOUBT = 0.1  # of the probability goes by what is common, whatever the words: descriptions mislead
_FLOOR = 1e-3
_MAKES = re.compile(
    r"\b(?:manufactur\w*|plant|factory|produc\w+|maker|makes|assembl\w+|mill|processing)\b", re.IGNORECASE
)
_STORING = re.compile(  # what is built is a warehouse, whatever the company makes
    r"\b(?:build|open|establish|locate|lease|add|creat\w+|expand\w*|investment (?:for|in)|for|in) (?:a|an|its|their"
    r"|the) (?:(?!manufactur|produc|assembl|plant|factory|mill|with)[\w,-]+ ){0,5}?(?:warehouse"
    r"|distribution (?:center|facility|hub|operation|and)|fulfillment)"
    r"(?!(?: \w+){0,3} (?:to support|for) (?:its|their|the) (?:(?!distribution)[\w-]+ ){0,2}"
    r"(?:manufactur|produc|plant))",
    re.IGNORECASE,
)
_STORES = "4931"
_OFFICE = "5511"


@dataclass(frozen=True)
class Industry:
    """What a project does.

    Attributes:
        naics_code: four digits, fewer where doubtful or where the phrases fit a group only, null where unsure.
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
    """A trained reader of industries.

    Attributes:
        classifier: trained on the official index.
        lexicon: the phrases of the trades.
        usual: (C,) log odds of how common each of the classifier's codes is among announcements.
    """

    classifier: TextClassifier
    lexicon: Lexicon
    usual: np.ndarray

    def read(self, parts: Sequence[str], company: str | None = None) -> Industry:
        """The industry of a description.

        Args:
            parts: sentences or phrases that describe the project, the most telling first.
            company: its name; only words of a trade in it count.
        """
        told = evidence(parts, company, self.lexicon)
        points = _settled(told.points, " ".join(parts))
        codes = self.classifier.codes
        index = np.log(self.classifier.probabilities([told.words])[0] + _FLOOR)
        spoken = np.array([sum(points.get(code[:size], 0.0) for size in (4, 3, 2)) for code in codes.tolist()])
        scores = _PHRASE_PULL * spoken**_POINT_POWER + _INDEX_PULL * index + _USUAL_PULL * self.usual
        chances = (1.0 - _DOUBT) * _shares(scores) + _DOUBT * _shares(self.usual)
        best = str(codes[chances.argmax()])
        only_group = points.get(best[:3], 0.0) > points.get(best, 0.0)
        guess = guess_of(chances, codes, (3, 2) if only_group else (4, 3, 2), SURE)
        said = [words for size in (4, 3, 2) for words in told.said.get(guess.best[:size], ())]
        return Industry(guess.code, guess.best, guess.probability, guess.runners_up, tuple(said))


def _shares(scores: np.ndarray) -> np.ndarray:
    chances = np.exp(scores - scores.max())
    return np.asarray(chances / chances.sum())


def _settled(points: Mapping[str, float], text: str) -> dict[str, float]:
    """Weigh what the site does against what the company is: a plant is no warehouse, a head office has an industry."""
    makes = bool(_MAKES.search(text))
    factories = {code: value for code, value in points.items() if code.startswith("3")}
    settled = dict(points)
    if _STORES in settled:
        stored = _STORING.search(text)
        settled[_STORES] *= 2.5 if stored else 0.5 if makes and factories else 1.5
        if stored:
            return {
                code: value if code == _STORES or code[:2] == "42" else 0.6 * value for code, value in settled.items()
            }
    if makes:
        settled |= {code: value * 1.3 for code, value in factories.items()}
    others = max((value for code, value in points.items() if code != _OFFICE and len(code) == 4), default=0.0)
    if _OFFICE in settled and others >= 0.5:
        settled[_OFFICE] *= 0.3
    return settled


def parts_of(facts: ProjectFacts) -> list[str]:
    """The pieces of a project's description, the most telling first."""
    return facts.description.value.split(" | ") if facts.description else []


def industry_of(facts: ProjectFacts, reader: Reader | None = None) -> Industry | None:
    """The industry of a project; null where the text describes nothing.

    Args:
        facts: what was read from its text.
        reader: a trained reader; :func:`embedded_reader` is built (and kept) when not given.
    """
    parts = parts_of(facts)
    company = facts.company.value if facts.company else None
    if not parts and company is None:
        return None
    return (reader or embedded_reader()).read(parts, company)


def classify(facts: ProjectFacts) -> tuple[str, float] | None:
    """Four-digit industry of a project and its probability; null where that is unsure (see ``SURE``)."""
    industry = industry_of(facts)
    if industry is None or industry.naics_code is None or len(industry.naics_code) < 4:
        return None
    return industry.naics_code, industry.probability


@lru_cache(maxsize=1)
def embedded_reader() -> Reader:
    """The reader trained on the embedded index of activities: some two seconds, once in a process."""
    table = snapshot.load(names=["naics_index"])["naics_index"]
    codes = table["naics_code"].str[:4].tolist()
    classifier = train(table["entry"].tolist(), codes, np.random.default_rng(20221231))
    common = phrases()["usual"]
    usual = [next(common[code[:size]] for size in (4, 3, 2) if code[:size] in common) for code in classifier.codes]
    return Reader(classifier, lexicon(table), np.array(usual))
