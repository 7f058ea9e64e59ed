"""How the spread of an error falls with size: variance = floor + per_job / size, with Student tails."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import optimize, special

Floats = NDArray[np.float64]

_DF_RANGE = (2.1, 60.0)
_FEWEST = 8


@dataclass(frozen=True)
class SizeNoise:
    """Spread of log errors as a function of size in jobs.

    Attributes:
        floor: variance that remains however large the series is (squared log points).
        per_job: variance times size that comes from smallness (squared log points times jobs).
        center: location of the errors (log points).
        df: degrees of freedom of the Student distribution; small means heavy tails.
        n: errors it was fitted on.
    """

    floor: float
    per_job: float
    center: float
    df: float
    n: int

    def scale(self, sizes: ArrayLike) -> Floats:
        """Scale of the Student distribution for each size (log points); sizes under one job count as one."""
        variance: Floats = self.floor + self.per_job / np.maximum(np.asarray(sizes, float), 1.0)
        return np.sqrt(variance)

    def draw(self, sizes: Floats, n_draws: int, rng: np.random.Generator) -> Floats:
        """Centered log errors, (n_draws, N), independent between series, cut at the 99.9% points of the tails."""
        cut = special.stdtrit(self.df, 0.999)
        raw = rng.standard_t(self.df, size=(n_draws, len(sizes)))
        return np.clip(raw, -cut, cut) * self.scale(sizes)


def fit_size_noise(errors: ArrayLike, sizes: ArrayLike) -> SizeNoise:
    """Fit spread by size by maximum likelihood of a Student distribution with scale^2 = floor + per_job / size.

    Sampling theory gives the form: a sum over `size` independent jobs has a relative variance of per_job / size, and
    a part common to all jobs of the series does not shrink.

    Args:
        errors: (N,) log errors; NaN are left out.
        sizes: (N,) jobs that the size effect refers to (known before the error is).

    Raises:
        ValueError: fewer than eight usable errors.
    """
    e, s = np.asarray(errors, float), np.maximum(np.asarray(sizes, float), 1.0)
    use = np.isfinite(e) & np.isfinite(s)
    e, s = e[use], s[use]
    if len(e) < _FEWEST:
        raise ValueError(f"fit_size_noise: {len(e)} usable errors; at least {_FEWEST} are needed to fit a spread")
    spread = max(float(np.median(np.abs(e - np.median(e)))) / 0.6745, 1e-6)
    typical = float(np.median(s))

    def loss(x: Floats) -> float:
        variance = np.exp(x[0]) + np.exp(x[1]) * typical / s
        df = _DF_RANGE[0] + (_DF_RANGE[1] - _DF_RANGE[0]) * special.expit(x[3])
        density = special.gammaln((df + 1) / 2) - special.gammaln(df / 2) - 0.5 * np.log(df * np.pi * variance)
        return float(-np.mean(density - (df + 1) / 2 * np.log1p((e - x[2]) ** 2 / (df * variance))))

    start = np.array([2 * np.log(spread) - 0.7, 2 * np.log(spread) - 0.7, np.median(e), -2.0])
    low = 2 * np.log(spread) - 12
    bounds = [(low, low + 18), (low, low + 18), (e.min(), e.max()), (-8.0, 8.0)]
    x = optimize.minimize(loss, start, method="L-BFGS-B", bounds=bounds).x
    df = _DF_RANGE[0] + (_DF_RANGE[1] - _DF_RANGE[0]) * float(special.expit(x[3]))
    return SizeNoise(float(np.exp(x[0])), float(np.exp(x[1]) * typical), float(x[2]), df, len(e))
