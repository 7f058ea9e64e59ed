"""Short text -> code, with a calibrated probability and runners-up: a plain classifier that knows no subject.

Multinomial naive Bayes (McCallum and Nigam, 1998) on TF-IDF weights of words, word pairs and letter groups, which takes
seconds for tens of thousands of examples and hundreds of codes. Naive Bayes is too sure of itself: one temperature
(Guo et al., 2017, "On calibration of modern neural networks") is fitted on examples that training did not see.
Codes may be nested by their digits: probabilities of longer codes add up to those of shorter ones.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse
from scipy.optimize import minimize_scalar
from sklearn.feature_extraction.text import TfidfVectorizer

_SMOOTHING = 0.02  # pseudo-count of a feature in a code; best of 0.005 to 0.05 by cross-validation on the NAICS index
_PRIOR_POWER = 0.5  # share of the log prior: how often a code occurs in a list says little about how common it is
_EXCEPT = re.compile(r"\(?\bexcept\b[^()]*\)?", re.IGNORECASE)


@dataclass(frozen=True)
class Guess:
    """What a text is taken for.

    Attributes:
        code: the longest code that is likely enough; null where even the shortest is not: unsure.
        probability: of that code.
        best: the likeliest full code, however unlikely.
        runners_up: (code, probability) of the likeliest full codes, best first.
    """

    code: str | None
    probability: float
    best: str
    runners_up: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class TextClassifier:
    """A trained classifier.

    Attributes:
        codes: (C,) full codes, sorted.
        words, letters: the fitted features.
        weights: (C, F) log ratios of features seen in a code.
        base: (C,) log of what an unseen feature costs in a code.
        prior: (C,) log prior, already weighed.
        temperature: divides the scores.
    """

    codes: np.ndarray
    words: TfidfVectorizer
    letters: TfidfVectorizer
    weights: sparse.csr_matrix
    base: np.ndarray
    prior: np.ndarray
    temperature: float = 1.0

    def scores(self, texts: Sequence[str]) -> np.ndarray:
        """(N, C) log scores before the temperature."""
        features = _features(self.words, self.letters, texts)
        mass = np.asarray(features.sum(axis=1))
        return np.asarray((features @ self.weights.T).toarray() - mass * self.base[None, :] + self.prior[None, :])

    def probabilities(self, texts: Sequence[str]) -> np.ndarray:
        """(N, C) calibrated probabilities of the full codes; rows add up to 1."""
        return _softmax(self.scores(texts) / self.temperature)

    def guess(self, texts: Sequence[str], lengths: Sequence[int] = (4, 3, 2), sure: float = 0.5) -> list[Guess]:
        """Name a code for each text, shorter where the longer one is doubtful.

        Args:
            texts: short descriptions.
            lengths: digits to try, longest first.
            sure: lowest probability at which a code is named.
        """
        return [guess_of(row, self.codes, lengths, sure) for row in self.probabilities(texts)]


def guess_of(probabilities: np.ndarray, codes: np.ndarray, lengths: Sequence[int], sure: float) -> Guess:
    """The longest code that is likely enough.

    Args:
        probabilities: (C,) of the full codes.
        codes: (C,) full codes.
        lengths: digits to try, longest first.
        sure: lowest probability at which a code is named.
    """
    order = np.argsort(-probabilities, kind="stable")[:5]
    runners_up = tuple((str(codes[index]), float(probabilities[index])) for index in order)
    for length in lengths:
        short, where = np.unique([code[:length] for code in codes], return_inverse=True)
        sums = np.bincount(where, weights=probabilities)
        top = int(sums.argmax())
        if sums[top] >= sure:
            return Guess(str(short[top]), float(sums[top]), runners_up[0][0], runners_up)
    return Guess(None, float(probabilities[order[0]]), runners_up[0][0], runners_up)


def train(
    texts: Sequence[str], codes: Sequence[str], rng: np.random.Generator, held_out: float = 0.2
) -> TextClassifier:
    """Fit the classifier and its temperature.

    Args:
        texts: (N,) examples; what stands behind "except" is left out.
        codes: (N,) their full codes, all of one length.
        rng: chooses the examples that calibrate.
        held_out: share of the examples that calibrate; they are then used for training too. 0 leaves it out.

    Raises:
        ValueError: no examples, or as many codes as texts are not given.
    """
    if not len(texts) or len(texts) != len(codes):
        raise ValueError(f"expected one code for each text and at least one, got {len(texts)} and {len(codes)}")
    plain = [_EXCEPT.sub(" ", text) for text in texts]
    known = np.asarray(codes)
    temperature = 1.0
    if held_out > 0:
        aside = rng.random(len(plain)) < held_out
        part = _fit([text for text, out in zip(plain, aside, strict=True) if not out], known[~aside])
        temperature = _temperature(part, [text for text, out in zip(plain, aside, strict=True) if out], known[aside])
    return replace(_fit(plain, known), temperature=temperature)


def _fit(texts: Sequence[str], codes: np.ndarray) -> TextClassifier:
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, stop_words="english", dtype=np.float32)
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=2, dtype=np.float32)
    words.fit(texts)
    letters.fit(texts)
    features = _features(words, letters, texts)
    labels, where = np.unique(codes, return_inverse=True)
    members = sparse.csr_matrix((np.ones(len(where)), (where, np.arange(len(where)))), (len(labels), len(where)))
    counts = (members @ features).tocsr()
    totals = np.asarray(counts.sum(axis=1)).ravel()
    weights = counts.copy()
    weights.data = np.log1p(weights.data / _SMOOTHING)
    base = np.log(totals + _SMOOTHING * features.shape[1])
    prior = _PRIOR_POWER * np.log(np.bincount(where) / len(where))
    return TextClassifier(labels, words, letters, weights, base, prior)


def _features(words: TfidfVectorizer, letters: TfidfVectorizer, texts: Sequence[str]) -> sparse.csr_matrix:
    return sparse.hstack([words.transform(texts), letters.transform(texts)]).tocsr()


def _softmax(scores: np.ndarray) -> np.ndarray:
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True))


def _temperature(model: TextClassifier, texts: Sequence[str], codes: np.ndarray) -> float:
    """The temperature that makes the right codes of unseen examples likeliest."""
    usable = np.isin(codes, model.codes)
    if not usable.any():
        return 1.0
    scores = model.scores([text for text, use in zip(texts, usable, strict=True) if use])
    right = np.searchsorted(model.codes, codes[usable])

    def loss(log_temperature: float) -> float:
        likelihood = _softmax(scores / np.exp(log_temperature))[np.arange(len(right)), right]
        return float(-np.log(np.maximum(likelihood, 1e-12)).mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-2.0, 3.0), method="bounded").x))
