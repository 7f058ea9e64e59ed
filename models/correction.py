"""A correction learnt across series: what the combination missed at earlier origins, told from its components.

Inputs are how far each component, the last value and the last season lie from the combination, and recent movements,
all in units of the series' mean absolute difference, so that series of any size teach each other. The length of a
series is left out on purpose: it only counts origins. The model is additive with a few bent lines per input and some
products, fitted by least absolute deviations with a ridge; or gradient boosting on request. Only a share of what it
says is used, and only where that helps at an origin kept out of its training.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from models.grids import Floats
from models.recursion import Array, Ints
from models.seasonality import Flags, known

SHARES = (0.25, 0.375, 0.5)
_FEWEST_PAIRS = 60  # series-origins to learn from
_MOST_ROWS = 12_000
_CLIP, _ROUNDS, _RIDGE, _SMALLEST_MISS = 8.0, 3, 0.02, 0.2
_RECENT = 4
_OF_FORECAST, _OF_SERIES = 4, _RECENT + 3  # the last features, in this order
_BOOSTING = {"max_iter": 100, "learning_rate": 0.05, "max_leaf_nodes": 15, "min_samples_leaf": 200}


class Learner(Protocol):
    """Something that tells misses from features."""

    def predict(self, features: Floats) -> Floats:
        """Misses (...) in units of the mean absolute difference, for features (..., K)."""


@dataclass(frozen=True)
class Additive:
    """A fitted additive model.

    Attributes:
        centre, spread: (K,) standardisation of the features.
        weights: (4 K + 29,) of the intercept, the four bent lines of each feature and the products.
    """

    centre: Floats
    spread: Floats
    weights: Floats

    def predict(self, features: Floats) -> Floats:
        """See `Learner`."""
        flat = features.reshape(-1, features.shape[-1])
        found: Floats = (_basis((np.clip(flat, -_CLIP, _CLIP) - self.centre) / self.spread) @ self.weights).reshape(
            features.shape[:-1]
        )
        return found


@dataclass(frozen=True)
class Boosted:
    """A fitted gradient boosting model of scikit-learn."""

    model: Any

    def predict(self, features: Floats) -> Floats:
        """See `Learner`."""
        found: Floats = self.model.predict(features.reshape(-1, features.shape[-1])).reshape(features.shape[:-1])
        return found


def _basis(z: Floats) -> Array:
    """An intercept, the bent lines of each standardised feature, and products of saturated ones, in float32.

    The bent lines are a step near zero, a saturating line and both tails. The products are of what says how the
    forecast itself moves (away from the last value and the last season, how far its components disagree, the step
    ahead) with how the series moved lately. float32 halves the time; the ridge is far above its error.
    """
    z = z.astype(np.float32)
    bent = np.tanh(z)
    moves, recent = bent[:, -_OF_SERIES - _OF_FORECAST : -_OF_SERIES], bent[:, -_OF_SERIES:]
    products = (moves[:, :, None] * recent[:, None]).reshape(len(z), _OF_FORECAST * _OF_SERIES)
    one = np.ones((len(z), 1), np.float32)
    return np.hstack([one, np.clip(z, -0.3, 0.3), bent, np.maximum(z - 1, 0), np.maximum(-z - 1, 0), products])


def fit_additive(inputs: Floats, misses: Floats) -> Additive:
    """Fit by iteratively reweighted least squares.

    Args:
        inputs: (R, K) features.
        misses: (R,) actual less combination, in units of the mean absolute difference.
    """
    every = -(-len(inputs) // _MOST_ROWS)
    clipped, y = np.clip(inputs[::every], -_CLIP, _CLIP), np.clip(misses[::every], -_CLIP, _CLIP)
    centre = clipped.mean(axis=0)
    spread = (clipped.std(axis=0) + 1e-9).astype(float)
    x = _basis((clipped - centre) / spread)
    weight: Floats = np.ones(len(y))
    found: Floats = np.zeros(x.shape[1])
    for _ in range(_ROUNDS):
        scaled = x * weight[:, None].astype(np.float32)
        gram = (scaled.T @ x).astype(float)
        gram[np.diag_indices_from(gram)] += _RIDGE * weight.sum()
        found = np.linalg.solve(gram, scaled.T @ y.astype(np.float32)).astype(float)
        weight = 1.0 / np.maximum(np.abs(y - x @ found.astype(np.float32)), _SMALLEST_MISS)
    return Additive(centre, spread, found)


def fit_boosted(inputs: Floats, misses: Floats) -> Boosted:
    """Fit gradient boosting of the absolute error; arguments as in `fit_additive`."""
    from sklearn.ensemble import HistGradientBoostingRegressor  # noqa: PLC0415  # slow to import, used on request

    model = HistGradientBoostingRegressor(loss="absolute_error", early_stopping=False, random_state=0, **_BOOSTING)
    return Boosted(model.fit(inputs, np.clip(misses, -_CLIP, _CLIP)))


def features(values: Floats, lengths: Ints, parts: Floats, base: Floats, season: int) -> tuple[Floats, Floats]:
    """Features (n, h, K) and the unit (n,), the mean absolute difference up to the origin.

    Args:
        values: (n, T) left-aligned series.
        lengths: (n,) values up to the origin, at least two seasons.
        parts: (C, n, h) component forecasts.
        base: (n, h) their combination.
        season: periods in a year.
    """
    n, horizon = base.shape
    inside = known(lengths, values.shape[1])
    step = np.abs(np.diff(values, axis=1)) * inside[:, 1:]
    unit = step.sum(axis=1) / np.maximum(lengths - 1, 1)
    unit = np.where(unit > 0, unit, 1.0)
    rows = np.arange(n)

    def lag(k: int | Ints) -> Floats:
        picked: Floats = values[rows, np.maximum(lengths - k, 0)]
        return picked

    year = max(season, 2)
    ahead = np.arange(horizon)
    same_phase = values[rows[:, None], np.maximum(lengths[:, None] - season + ahead % season, 0)]
    recent = np.stack([lag(k) for k in range(1, 2 * year + 1)])
    own = [(lag(k) - lag(k + 1)) / unit for k in range(1, _RECENT + 1)]
    own += [
        (recent[:year].mean(axis=0) - recent[year:].mean(axis=0)) / unit,
        ((values * inside).sum(axis=1) / lengths - lag(1)) / unit,
        np.log1p(np.abs(values * inside).sum(axis=1) / lengths / unit),
    ]
    spread = [(part - base) / unit[:, None] for part in parts]
    spread += [(base - lag(1)[:, None]) / unit[:, None], (base - same_phase) / unit[:, None]]
    spread += [np.std(parts, axis=0) / unit[:, None], np.broadcast_to(ahead / 4.0, (n, horizon))]
    spread += [np.broadcast_to(column[:, None], (n, horizon)) for column in own]
    return np.stack(spread, axis=-1), unit


@dataclass(frozen=True)
class Corrected:
    """The corrected panel.

    Attributes:
        mean: (O, N, h); origin 0 is corrected by what all earlier origins teach, origin 1 without having been seen.
        model: "none", "additive" or "boosted".
        share: of the correction that is used, 0 if none.
        gain: relative fall of the mean absolute error at the origin kept out; NaN where nothing could be tried.
    """

    mean: Floats
    model: str
    share: float
    gain: float


def correct(inputs: Floats, misses: Floats, units: Floats, base: Floats, *, boosted: bool = False) -> Corrected:
    """Learn the correction at origins 1.. and apply it, if it proves itself at origin 1 when learnt at origins 2.. .

    With too few older origins it must prove itself on the half of the series that it has not seen.

    Args:
        inputs: (O, N, h, K) features, NaN where a series has no such origin.
        misses: (O, N, h) errors of the combination in units; NaN at origin 0.
        units: (O, N).
        base: (O, N, h).
        boosted: try gradient boosting too.
    """
    seen: Flags = np.logical_and(np.isfinite(misses).all(axis=2), np.isfinite(inputs).all(axis=(2, 3)))
    held = seen[1]
    older = seen.copy()
    older[:2] = False
    if seen.sum() < _FEWEST_PAIRS or held.sum() < 2:
        return Corrected(base, "none", 0.0, np.nan)
    best: tuple[float, str, float] = (0.0, "none", 0.0)
    models: dict[str, Callable[[Floats, Floats], Learner]] = {"additive": fit_additive}
    if boosted:
        models["boosted"] = fit_boosted
    trial = np.zeros(base.shape[1:])
    for name, fit in models.items():
        tried = np.zeros(base.shape[1:])
        if older.sum() >= _FEWEST_PAIRS:
            tried[held] = fit(*_rows(inputs, misses, older)).predict(inputs[1, held])
        else:
            for side in (0, 1):
                half = np.arange(base.shape[1]) % 2 == side
                learnt = fit(*_rows(inputs, misses, seen & ~half))
                tried[half & held] = learnt.predict(inputs[1, half & held])
        for share in SHARES:
            gain = _gain(misses[1, held], share * tried[held])
            if gain > best[0]:
                best, trial = (gain, name, share), share * tried
    gain, name, share = best
    if not share:
        return Corrected(base, "none", 0.0, gain)
    mean = base.copy()
    now = np.isfinite(inputs[0]).all(axis=(1, 2))
    final = models[name](*_rows(inputs, misses, seen))
    mean[0, now] += share * final.predict(inputs[0, now]) * units[0, now, None]
    mean[1] += trial * units[1, :, None]
    return Corrected(mean, name, share, gain)


def _rows(inputs: Floats, misses: Floats, chosen: Flags) -> tuple[Floats, Floats]:
    return inputs[chosen].reshape(-1, inputs.shape[-1]), misses[chosen].ravel()


def _gain(misses: Floats, shift: Floats) -> float:
    """Relative fall of the mean absolute error."""
    before = float(np.abs(misses).mean())
    return (before - float(np.abs(misses - shift).mean())) / before if before else 0.0
