"""Dynamic Theta: simple smoothing plus a share of the trend that the series itself has shown so far.

Fiorucci, Pellegrini, Louzada, Petropoulos, Koehler (2016), "Models for optimising the theta method and their
relationship to state space models", equations 9 to 14. For a given alpha the one-step errors are linear in the share
w = 1 - 1/theta and in the initial level, so that a whole grid of theta needs three sums of products.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.grids import Floats
from models.recursion import Ints
from models.smoothing import Mixture

_BLOCK = 256
TENTHS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.99)
WIDE = (1.0, 1.05, 1.1, 1.25, 1.5, 2.0, 3.0, 5.0, 10.0, 30.0, 1e6)
NARROW = (1.5, 2.0, 3.0)


@dataclass(frozen=True)
class ThetaGrid:
    """Points of a dynamic Theta model.

    Attributes:
        alpha: (A,) responses of the level.
        theta: (B,) 1 is simple smoothing, infinity takes the whole trend.
        temperature: exponent of the likelihood.
        ridge: prior precision of the initial level, relative to the error's.
    """

    alpha: tuple[float, ...]
    theta: tuple[float, ...]
    temperature: float
    ridge: float = 1e-6


def dynamic_theta(values: Floats, lengths: Ints, horizon: int, grid: ThetaGrid) -> Mixture:
    """Likelihood-weighted average over a grid of dynamic Theta models at the end of each series.

    Args:
        values: (N, T) non-seasonal series, left-aligned, sorted by falling length, in units of their mean absolute
            difference.
        lengths: (N,) falling, at least 2.
        horizon: steps ahead.
        grid: alpha, theta, temperature.

    Returns:
        Mean and variance, each (N, h).
    """
    parts = [
        _block(values[first : first + _BLOCK], lengths[first : first + _BLOCK], horizon, grid)
        for first in range(0, len(values), _BLOCK)
    ]
    return Mixture(np.concatenate([p[0] for p in parts]), np.concatenate([p[1] for p in parts]))


def theta_at_origins(values: Floats, lengths: Ints, horizon: int, backs: tuple[int, ...], grid: ThetaGrid) -> Mixture:
    """`dynamic_theta` at several origins: (O, N, h), NaN where fewer than three values are left."""
    shape = (len(backs), len(values), horizon)
    found = Mixture(np.full(shape, np.nan), np.full(shape, np.nan))
    for place, back in enumerate(backs):
        n = int((lengths - back >= 3).sum())
        if n:
            part = dynamic_theta(values[:n, : lengths[0] - back], lengths[:n] - back, horizon, grid)
            found.mean[place, :n], found.variance[place, :n] = part.mean, part.variance
    return found


@dataclass
class _Line:
    """OLS line through the values so far: their mean, intercept and slope, updated value by value."""

    mean: Floats
    intercept: Floats
    slope: Floats

    def trend(self, alpha: Floats, t: Floats | int) -> Floats:
        """Contribution of the line to the next value, per unit share (equation 12)."""
        rest = (1 - alpha) ** t
        return rest * self.intercept + (1 - rest * (1 - alpha)) / alpha * self.slope

    def add(self, y: Floats, t: Floats | int, n: int | None = None) -> None:
        """Take in the value after t values, for the first n series."""
        before = self.mean[..., :n]
        mean = (t * before + y) / (t + 1)
        slope = ((t - 1) * self.slope[..., :n] + 6 * (y - before) / (t + 1)) / (t + 2)
        self.mean[..., :n] = mean
        self.slope[..., :n] = slope
        self.intercept[..., :n] = mean - slope * (t + 2) / 2


def _block(values: Floats, lengths: Ints, horizon: int, grid: ThetaGrid) -> tuple[Floats, Floats]:
    alpha = np.array(grid.alpha)[:, None]
    share = (1 - 1 / np.array(grid.theta))[None, :, None]
    n = len(values)
    active = np.searchsorted(-lengths, -np.arange(1, lengths[0] + 1), side="right")
    line = _Line(values[:, 0].copy(), values[:, 0].copy(), np.zeros(n))
    level = alpha * values[:, 0]
    left = 1 - alpha  # what is left of the initial level in the present one
    ee, eg, gg, ed, gd, dd = (np.zeros((len(alpha), n)) for _ in range(6))
    for t in range(1, int(lengths[0])):
        k = int(active[t])
        trend = _Line(line.mean[:k], line.intercept[:k], line.slope[:k]).trend(alpha, t)
        y = values[:k, t]
        e = y - level[:, :k]
        ee[:, :k] += e * e
        eg[:, :k] += e * trend
        gg[:, :k] += trend * trend
        ed[:, :k] -= e * left
        gd[:, :k] -= trend * left
        dd[:, :k] += left * left
        level[:, :k] += alpha * e
        left = left * (1 - alpha)
        line.add(y, t, k)
    ee, eg, gg, ed, gd, dd = (s[:, None, :] for s in (ee, eg, gg, ed, gd, dd))
    cross = ed - share * gd
    start = -cross / (dd + grid.ridge)
    sse = np.maximum(ee - 2 * share * eg + share**2 * gg + cross * start, 1e-6 * lengths)
    likelihood = -0.5 * lengths * np.log(sse)
    weight = np.exp(grid.temperature * (likelihood - likelihood.max(axis=(0, 1))))
    weight /= weight.sum(axis=(0, 1))
    level = level[:, None, :] + ((1 - alpha) ** lengths)[:, None, :] * start
    return _ahead(level, line, alpha[:, :, None], share, lengths, weight, sse, horizon)


def _ahead(
    level: Floats,
    line: _Line,
    alpha: Floats,
    share: Floats,
    lengths: Ints,
    weight: Floats,
    sse: Floats,
    horizon: int,
) -> tuple[Floats, Floats]:
    """Feed each forecast back as if it were the next value (equation 14)."""
    line = _Line(*(np.broadcast_to(part, level.shape).copy() for part in (line.mean, line.intercept, line.slope)))
    mean, variance = np.empty((level.shape[-1], horizon)), np.empty((level.shape[-1], horizon))
    one_step = sse / np.maximum(lengths - 2, 1)
    for j in range(horizon):
        t = (lengths + j).astype(float)
        ahead = level + share * line.trend(alpha, t)
        mean[:, j] = (weight * ahead).sum(axis=(0, 1))
        between = (weight * ahead**2).sum(axis=(0, 1)) - mean[:, j] ** 2
        within = (weight * one_step * (1 + j * alpha**2)).sum(axis=(0, 1))
        variance[:, j] = within + np.maximum(between, 0.0)
        level = level + alpha * (ahead - level)
        line.add(ahead, t)
    return mean, variance
