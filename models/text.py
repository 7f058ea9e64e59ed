"""Short text -> code, with a calibrated probability and runners-up: a plain classifier that knows no subject.

Multinomial naive Bayes (McCallum and Nigam, 1998) on TF-IDF weights of words, word pairs and letter groups, which takes
seconds for tens of thousands of examples and hundreds of codes. Naive Bayes is too sure of itself: a temperature
(Guo et al., 2017, "On calibration of modern neural networks") and how often the likeliest code is right at each
probability (histogram binning, Zadrozny and Elkan, 2001) are fitted on examples that training did not see.
Codes may be nested by their digits: probabilities of longer codes add up to those of shorter ones.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from scipy import sparse
from scipy.optimize import minimize_scalar
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

_SMOOTHING = 0.02  # pseudo-count of a feature in a code; best of 0.005 to 0.05 by cross-validation on the NAICS index
_PRIOR_POWER = 0.5  # share of the log prior: how often a code occurs in a list says little about how common it is
_Fit = tuple[np.ndarray, sparse.csr_matrix, np.ndarray, np.ndarray]  # codes, weights, base, prior
_BINS = 20  # of equally many examples, in which the likeliest code's record is taken
_RECORD = 50  # examples that a bin needs
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
        weights: (F, C) log ratios of features seen in a code.
        base: (C,) log of what an unseen feature costs in a code.
        prior: (C,) log prior, already weighed.
        words, letters: the fitted features.
        temperature: divides the scores.
        said, right: (K,) probabilities of the likeliest code, and how often it was right; empty: taken as they are.
    """

    codes: np.ndarray
    weights: sparse.csr_matrix
    base: np.ndarray
    prior: np.ndarray
    words: TfidfVectorizer
    letters: TfidfVectorizer
    temperature: float = 1.0
    said: np.ndarray = field(default_factory=lambda: np.empty(0))
    right: np.ndarray = field(default_factory=lambda: np.empty(0))

    def scores(self, texts: Sequence[str]) -> np.ndarray:
        """(N, C) log scores before the temperature."""
        return _scores(_features(self.words, self.letters, texts), self.weights, self.base, self.prior)

    def probabilities(self, texts: Sequence[str]) -> np.ndarray:
        """(N, C) calibrated probabilities of the full codes; rows add up to 1."""
        chances = _softmax(self.scores(texts) / self.temperature)
        return _mended(chances, self.said, self.right) if self.said.size else chances

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
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, stop_words="english", dtype=np.float32)
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=2, dtype=np.float32)
    plain = [_EXCEPT.sub(" ", text) for text in texts]
    kinds = (words.fit_transform(plain), letters.fit_transform(plain))
    features = sparse.hstack(kinds).tocsr()
    known = np.asarray(codes)
    whole = TextClassifier(*_fitted(features, known), words, letters)
    _, first, times = np.unique([text.lower() for text in plain], return_index=True, return_counts=True)
    aside = np.isin(np.arange(len(plain)), first[times == 1]) & (rng.random(len(plain)) < held_out)
    if not aside.any() or aside.all():
        return whole
    unseen = [_as_unseen(kind, aside) for kind in kinds]
    fitted = _fitted(features[~aside][:, np.hstack([seen for _, seen in unseen])], known[~aside])
    return _calibrated(whole, fitted, sparse.hstack([rows for rows, _ in unseen]).tocsr(), known[aside])


def _as_unseen(features: sparse.csr_matrix, aside: np.ndarray) -> tuple[sparse.csr_matrix, np.ndarray]:
    """The rows set aside, as though the features that only they have had never been learnt; which were."""
    seen = np.asarray(features[~aside].sum(axis=0)).ravel() > 0
    return normalize(features[aside][:, seen]), seen


def _fitted(features: sparse.csr_matrix, codes: np.ndarray) -> _Fit:
    """Naive Bayes on rows of features."""
    labels, where = np.unique(codes, return_inverse=True)
    members = sparse.csr_matrix((np.ones(len(where)), (where, np.arange(len(where)))), (len(labels), len(where)))
    weights = (members @ features).tocsr()
    totals = np.asarray(weights.sum(axis=1)).ravel()
    weights.data = np.log1p(weights.data / _SMOOTHING)
    base = np.log(totals + _SMOOTHING * features.shape[1])
    prior = _PRIOR_POWER * np.log(np.bincount(where) / len(where))
    return labels, weights.T.tocsr(), base, prior


def _features(words: TfidfVectorizer, letters: TfidfVectorizer, texts: Sequence[str]) -> sparse.csr_matrix:
    return sparse.hstack([words.transform(texts), letters.transform(texts)]).tocsr()


def _softmax(scores: np.ndarray) -> np.ndarray:
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True))


def _scores(features: sparse.csr_matrix, weights: sparse.csr_matrix, base: np.ndarray, prior: np.ndarray) -> np.ndarray:
    mass = np.asarray(features.sum(axis=1))
    return np.asarray((features @ weights).toarray() - mass * base[None, :] + prior[None, :])


def _calibrated(whole: TextClassifier, fitted: _Fit, rows: sparse.csr_matrix, codes: np.ndarray) -> TextClassifier:
    """The classifier with a temperature, and the likeliest code's record, from examples unseen by ``fitted``."""
    labels, weights, base, prior = fitted
    usable = np.isin(codes, labels)
    if not usable.any():
        return whole
    scores = _scores(rows[usable], weights, base, prior)
    right = np.searchsorted(labels, codes[usable])

    def loss(log_temperature: float) -> float:
        likelihood = _softmax(scores / np.exp(log_temperature))[np.arange(len(right)), right]
        return float(-np.log(np.maximum(likelihood, 1e-12)).mean())

    temperature = float(np.exp(minimize_scalar(loss, bounds=(-2.0, 3.0), method="bounded").x))
    if len(right) < _RECORD * _BINS:
        return replace(whole, temperature=temperature)
    chances = _softmax(scores / temperature)
    order = np.argsort(chances.max(axis=1), kind="stable")
    bins = np.array_split(order, _BINS)
    hits = chances.argmax(axis=1) == right
    said = np.array([chances.max(axis=1)[part].mean() for part in bins])
    record = np.maximum.accumulate([hits[part].mean() for part in bins])
    return replace(whole, temperature=temperature, said=said, right=record)


def _mended(chances: np.ndarray, said: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Give the likeliest code the probability of its record; the others share the rest as they did, none overtakes."""
    rows = np.arange(len(chances))
    best = chances.argmax(axis=1)
    top = chances[rows, best]
    rest = np.maximum(1.0 - top, 1e-9)
    next_best = np.partition(chances, -2, axis=1)[:, -2] / rest if chances.shape[1] > 1 else np.zeros(len(top))
    mended = np.maximum(np.interp(top, said, right), (1.0 + 1e-6) * next_best / (1.0 + next_best))
    out = chances * ((1.0 - mended) / rest)[:, None]
    out[rows, best] = mended
    return np.asarray(out / out.sum(axis=1, keepdims=True))
