"""Short text -> code, with a calibrated probability and runners-up: a plain classifier that knows no subject.

Multinomial naive Bayes (McCallum and Nigam, 1998) on TF-IDF weights of words, word pairs and letter groups, which takes
seconds for tens of thousands of examples and hundreds of codes. Naive Bayes is too sure of itself: a temperature
(Guo et al., 2017, "On calibration of modern neural networks") is fitted on examples that training did not see; a
second, warmer one for a share of them, because some texts mislead however plain their words look.
Codes may be nested by their digits: probabilities of longer codes add up to those of shorter ones.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse
from scipy.optimize import minimize
from scipy.special import expit
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

_SMOOTHING = 0.02  # pseudo-count of a feature in a code; best of 0.005 to 0.05 by cross-validation on the NAICS index
_PRIOR_POWER = 0.5  # share of the log prior: how often a code occurs in a list says little about how common it is
Heat = tuple[float, float, float]
_Fit = tuple[np.ndarray, sparse.csr_matrix, np.ndarray, np.ndarray]  # codes, weights, base, prior
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
        heat: two temperatures that divide the scores, and the share of the second.
    """

    codes: np.ndarray
    weights: sparse.csr_matrix
    base: np.ndarray
    prior: np.ndarray
    words: TfidfVectorizer
    letters: TfidfVectorizer
    heat: Heat = (1.0, 1.0, 0.0)

    def scores(self, texts: Sequence[str]) -> np.ndarray:
        """(N, C) log scores before the temperature."""
        return _scores(_features(self.words, self.letters, texts), self.weights, self.base, self.prior)

    def probabilities(self, texts: Sequence[str]) -> np.ndarray:
        """(N, C) calibrated probabilities of the full codes; rows add up to 1."""
        return _calibrated(self.scores(texts), self.heat)

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
    return replace(whole, heat=_heat(fitted, sparse.hstack([rows for rows, _ in unseen]).tocsr(), known[aside]))


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


def _calibrated(scores: np.ndarray, heat: Heat) -> np.ndarray:
    cool, warm, share = heat
    return (1.0 - share) * _softmax(scores / cool) + share * _softmax(scores / warm)


def _heat(fitted: _Fit, rows: sparse.csr_matrix, codes: np.ndarray) -> Heat:
    """The temperatures that make the right codes of unseen examples likeliest."""
    labels, weights, base, prior = fitted
    usable = np.isin(codes, labels)
    if not usable.any():
        return 1.0, 1.0, 0.0
    scores = _scores(rows[usable], weights, base, prior)
    right = np.searchsorted(labels, codes[usable])

    def heat(at: np.ndarray) -> Heat:
        return float(np.exp(at[0])), float(np.exp(at[0]) + np.exp(at[1])), float(expit(at[2]))

    def loss(at: np.ndarray) -> float:
        likelihood = _calibrated(scores, heat(at))[np.arange(len(right)), right]
        return float(-np.log(np.maximum(likelihood, 1e-12)).mean())

    options = {"xatol": 0.02, "fatol": 1e-5, "maxiter": 150}
    return heat(minimize(loss, np.array([0.5, 0.5, -1.5]), method="Nelder-Mead", options=options).x)
