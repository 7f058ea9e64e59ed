"""Grids of smoothing parameters: not one best point per series, but every point of a grid, weighted by likelihood."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Grid:
    """G points of an additive-error smoothing model (Hyndman et al. 2008, "Forecasting with Exponential Smoothing").

    Attributes:
        alpha: (G,) response of the level to an error.
        beta: (G,) response of the slope; all zero where the form has no slope.
        gamma: (G,) response of the seasonal states.
        phi: (G,) damping of the slope.
        slope: whether the form has a slope.
    """

    alpha: Floats
    beta: Floats
    gamma: Floats
    phi: Floats
    slope: bool

    @property
    def size(self) -> int:
        """Number of points."""
        return len(self.alpha)


def point(alpha: float, beta: float, gamma: float, phi: float, *, slope: bool = True) -> Grid:
    """A grid of one point, to compare with a single model."""
    a, b, c, d = np.array([alpha, beta, gamma, phi], float)[:, None]
    return Grid(a, b, c, d, slope)


def _cross(
    alphas: tuple[float, ...], betas: tuple[float, ...], gammas: tuple[float, ...], phis: tuple[float, ...], slope: bool
) -> Grid:
    rows = [(a, a * b, (1 - a) * g, p) for p, a, b, g in product(phis, alphas, betas, gammas)]
    a, b, c, d = np.array(rows, float).T
    return Grid(a, b, c, d, slope)


def trend_grid(season: int) -> Grid:
    """Damped and undamped trend, the undamped last; beta is a share of alpha, gamma one of 1 - alpha."""
    if season > 1:
        return _cross((0.03, 0.15, 0.35, 0.6, 0.9), (0.03, 0.2), (0.05, 0.2, 0.5), (0.8, 0.9, 0.97, 1.0), True)
    return _cross((0.2, 0.4, 0.6, 0.8, 0.99), (0.05, 0.2, 0.5), (0.0,), (0.8, 0.9, 0.97, 1.0), True)


def level_grid(season: int) -> Grid:
    """Level without slope, to which the Theta forms add a drift; season 0 is a series whose season was taken out.

    Annual series move more than they scatter: their levels follow with at least a fifth of each error.
    """
    if season > 1:
        return _cross((0.03, 0.1, 0.2, 0.35, 0.55, 0.75, 0.95), (0.0,), (0.02, 0.1, 0.25, 0.5), (1.0,), False)
    alphas = (0.02, 0.06, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.99)
    return _cross(alphas if season == 0 else alphas[3:], (0.0,), (0.0,), (1.0,), False)
