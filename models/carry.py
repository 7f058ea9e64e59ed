"""What the last step of a short series says about the next: noise goes back, a moving average goes on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

_CUT = 2.0
_FEWEST = 30


@dataclass(frozen=True)
class CarryOver:
    """Correlation of neighbouring steps, as a function of size, and the spread at which a step is cut.

    A level with noise of its own gives steps that go back (correlation below zero: noise-infused counts, establishments
    that change class); a yearly average of a level that drifts gives steps that go on (above zero, Working 1960).

    Attributes:
        large: share of the last step that shows again in the next, for series whose noise does not come from smallness.
        small: what is added to it for a series whose noise comes from smallness alone.
        floor: variance of a step that size does not remove (squared log points).
        per_job: variance of a step times size (squared log points x jobs).
        n: pairs of steps it was fitted on; 0 where there were too few, and nothing is carried.
    """

    large: float
    small: float
    floor: float
    per_job: float
    n: int

    def share(self, sizes: ArrayLike) -> Floats:
        """(N,) share of the last step that is expected again."""
        s = np.maximum(np.asarray(sizes, float), 1.0)
        smallness = (self.per_job / s) / (self.floor + self.per_job / s)
        return np.asarray(np.clip(self.large + self.small * smallness, -0.5, 0.5))

    def expected(self, last_steps: ArrayLike, sizes: ArrayLike) -> Floats:
        """(N,) log points by which the next step departs from the parent's because of the last one.

        Args:
            last_steps: (N,) last yearly step above the parent's; NaN counts as none.
            sizes: (N,) jobs.
        """
        return np.asarray(self.share(sizes) * _cut(np.asarray(last_steps, float), self._scale(sizes)))

    def _scale(self, sizes: ArrayLike) -> Floats:
        return np.asarray(np.sqrt(self.floor + self.per_job / np.maximum(np.asarray(sizes, float), 1.0)))


def fit_carry(steps: ArrayLike, sizes: ArrayLike) -> CarryOver:
    """Fit the carry-over on a panel of yearly steps above the parents'.

    Each step is cut at two spreads, so that a relocation counts as a new level and not as noise; then the next step is
    regressed on the step and on the step times smallness, weighted by one over the variance.

    Args:
        steps: (N, S) yearly steps, NaN where unknown.
        sizes: (N,) jobs that noise depends on.
    """
    d = np.asarray(steps, float)
    size = np.maximum(np.asarray(sizes, float), 1.0)
    known = np.isfinite(d)
    middle = np.array(
        [np.median(column[seen]) if seen.any() else 0.0 for column, seen in zip(d.T, known.T, strict=True)]
    )
    d = d - middle
    floor, per_job = _variance(d, size)
    scale = np.sqrt(floor + per_job / size)
    first, second = d[:, :-1], d[:, 1:]
    pair = np.isfinite(first) & np.isfinite(second)
    if pair.sum() < _FEWEST:
        return CarryOver(0.0, 0.0, floor, per_job, 0)
    wide = np.broadcast_to(scale[:, None], pair.shape)[pair]
    smallness = np.broadcast_to(((per_job / size) / scale**2)[:, None], pair.shape)[pair]
    x, y = _cut(first[pair], wide) / wide, _cut(second[pair], wide) / wide
    design = np.stack([x, x * smallness], axis=1)
    gram, right = design.T @ design, design.T @ y
    # a little ridge on the second number: where all series are of one size only their sum can be told
    large, small = np.linalg.solve(gram + np.diag([0.0, 0.02 * gram[0, 0]]), right)
    return CarryOver(float(large), float(small), floor, per_job, int(pair.sum()))


def _variance(d: Floats, size: Floats) -> tuple[float, float]:
    """Variance of a step = floor + per_job / size: squared steps by weighted least squares, cut at four spreads."""
    row, column = np.nonzero(np.isfinite(d))
    if len(row) < _FEWEST:
        return 1e-4, 0.0
    square = d[row, column] ** 2
    x = np.stack([np.ones(len(row)), 1.0 / size[row]], axis=1)
    fitted = np.full(len(row), max(float(np.median(square)) / 0.455, 1e-8))
    numbers = np.array([fitted[0], 0.0])
    for _ in range(15):
        weight = 1.0 / fitted**2
        a, b = x.T @ (x * weight[:, None]), x.T @ (np.minimum(square, 16 * fitted) * weight)
        both = np.linalg.lstsq(a, b, rcond=None)[0]
        numbers = both if (both >= 0).all() else np.where(both < 0, 0.0, [b[0] / a[0, 0], b[1] / a[1, 1]])
        fitted = np.maximum(x @ numbers, 1e-8)
    return max(float(numbers[0]), 1e-8), float(numbers[1])


def _cut(d: Floats, scale: Floats) -> Floats:
    return np.asarray(np.nan_to_num(np.clip(d, -_CUT * scale, _CUT * scale), nan=0.0))
