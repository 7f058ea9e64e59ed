"""A correction learnt across series: what the combination missed at earlier origins, told from its components.

Least absolute deviations with a ridge, by reweighted least squares, on how far each component, the last value and the
last season lie from the combination. All in units of the series' mean absolute difference, so that series of any size
teach each other. Only a share of the correction is used, and only where it helps at an origin kept out of its training.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.grids import Floats
from models.recursion import Ints
from models.seasonality import Flags, known

SHARES = (0.25, 0.5)
_FEWEST_PAIRS = 60  # series-origins to learn from
_CLIP, _ROUNDS, _RIDGE, _SMALLEST_MISS = 8.0, 8, 0.003, 0.2
_RECENT = 4


@dataclass(frozen=True)
class Correction:
    """A fitted linear correction.

    Attributes:
        centre, spread: (K,) standardisation of the features.
        weights: (K + 1,) intercept first.
    """

    centre: Floats
    spread: Floats
    weights: Floats

    def predict(self, features: Floats) -> Floats:
        """What the combination misses, in units of the mean absolute difference: (...) for features (..., K)."""
        away: Floats = (np.clip(features, -_CLIP, _CLIP) - self.centre) / self.spread
        found: Floats = self.weights[0] + away @ self.weights[1:]
        return found


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
        lengths / (4.0 * year),
        (recent[:year].mean(axis=0) - recent[year:].mean(axis=0)) / unit,
        ((values * inside).sum(axis=1) / lengths - lag(1)) / unit,
        np.log1p(np.abs(values * inside).sum(axis=1) / lengths / unit),
    ]
    spread = [(part - base) / unit[:, None] for part in parts]
    spread += [(base - lag(1)[:, None]) / unit[:, None], (base - same_phase) / unit[:, None]]
    spread += [np.std(parts, axis=0) / unit[:, None], np.broadcast_to(ahead / 4.0, (n, horizon))]
    spread += [np.broadcast_to(column[:, None], (n, horizon)) for column in own]
    return np.stack(spread, axis=-1), unit


def fit(inputs: Floats, misses: Floats) -> Correction:
    """Fit by iteratively reweighted least squares.

    Args:
        inputs: (R, K) features.
        misses: (R,) actual less combination, in units of the mean absolute difference.
    """
    clipped = np.clip(inputs, -_CLIP, _CLIP)
    centre, spread = clipped.mean(axis=0), clipped.std(axis=0) + 1e-9
    x = np.column_stack([np.ones(len(clipped)), (clipped - centre) / spread])
    y = np.clip(misses, -_CLIP, _CLIP)
    weight = np.ones(len(y))
    found = np.zeros(x.shape[1])
    for _ in range(_ROUNDS):
        scaled = x * weight[:, None]
        gram = scaled.T @ x
        gram[np.diag_indices_from(gram)] += _RIDGE * weight.sum()
        found = np.linalg.solve(gram, scaled.T @ y)
        weight = 1.0 / np.maximum(np.abs(y - x @ found), _SMALLEST_MISS)
    return Correction(centre, spread, found)


@dataclass(frozen=True)
class Corrected:
    """The corrected panel.

    Attributes:
        mean: (O, N, h); origin 0 is corrected by all earlier origins, each earlier origin by models that have not
            seen the series (two halves of the panel), so that its errors are honest.
        share: of the correction that is used, 0 if none.
        gain: relative fall of the mean absolute error at the origin kept out; NaN where nothing could be tried.
    """

    mean: Floats
    share: float
    gain: float


def correct(inputs: Floats, misses: Floats, units: Floats, base: Floats) -> Corrected:
    """Learn the correction at origins 1.. and apply it, if it proves itself at origin 1 when learnt at origins 2.. .

    With a single earlier origin it must prove itself on the half of the series that it has not seen.

    Args:
        inputs: (O, N, h, K) features, NaN where a series has no such origin.
        misses: (O, N, h) errors of the combination in units; NaN at origin 0.
        units: (O, N).
        base: (O, N, h).
    """
    seen: Flags = np.logical_and(np.isfinite(misses).all(axis=2), np.isfinite(inputs).all(axis=(2, 3)))
    halves = [np.arange(base.shape[1]) % 2 == side for side in (0, 1)]
    if seen.sum() < _FEWEST_PAIRS:
        return Corrected(base, 0.0, np.nan)

    def learn(rows: np.ndarray) -> Correction:
        return fit(inputs[rows].reshape(-1, inputs.shape[-1]), misses[rows].ravel())

    crossed = np.zeros(base.shape)
    for side in halves:
        crossed[:, side] = learn(seen & ~side).predict(inputs[:, side])
    older = seen.copy()
    older[:2] = False
    held = seen[1]
    trial = learn(older).predict(inputs[1]) if older.sum() >= _FEWEST_PAIRS else crossed[1]
    share, gain = _best_share(misses[1, held], trial[held])
    if not share:
        return Corrected(base, 0.0, gain)
    crossed[0] = learn(seen).predict(inputs[0])
    shift = np.where(np.isfinite(crossed), share * crossed * units[:, :, None], 0.0)
    return Corrected(base + shift, share, gain)


def _best_share(misses: Floats, found: Floats) -> tuple[float, float]:
    """The share that lowers the mean absolute error most, 0 unless it does so by more than a standard error."""
    if not len(misses):
        return 0.0, np.nan
    before = np.abs(misses).mean(axis=1)
    best, gain = 0.0, 0.0
    for share in SHARES:
        change = before - np.abs(misses - share * found).mean(axis=1)
        error = change.std() / np.sqrt(len(change))
        if change.mean() > max(gain, error):
            best, gain = share, float(change.mean())
    return best, gain / max(float(before.mean()), 1e-12)
