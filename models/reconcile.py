"""Hierarchies add up: forecasts of parts and wholes are moved as little as their errors allow until every sum holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import linalg, optimize

Floats = NDArray[np.float64]

_ROUNDING = 1e-9


@dataclass(frozen=True)
class Hierarchy:
    """Which wholes are the sums of which parts.

    Attributes:
        wholes: (A, B) of zeros and ones, a row per whole: the bottom series it sums.
        names: names of the wholes, then of the bottom series; (A + B) in the order of every array below.
    """

    wholes: Floats
    names: tuple[str, ...]

    @property
    def n_wholes(self) -> int:
        """Number of wholes A; the first A places of a vector of forecasts."""
        return int(self.wholes.shape[0])

    @property
    def constraints(self) -> Floats:
        """(A, A + B) C with C y = 0 where every whole is the sum of its parts."""
        return np.hstack([np.eye(self.n_wholes), -self.wholes])

    @property
    def summing(self) -> Floats:
        """(A + B, B) S with y = S b for bottom series b."""
        return np.vstack([self.wholes, np.eye(self.wholes.shape[1])])


def hierarchy(bottom: Sequence[str], groups: Sequence[Sequence[str]]) -> Hierarchy:
    """Build a hierarchy from labels: one whole per distinct label of each grouping, in the order of appearance.

    Args:
        bottom: (B) names of the bottom series.
        groups: one grouping each: (B) labels; an empty label leaves the series out of that grouping.

    Raises:
        ValueError: no grouping, or one of another length than the bottom.
    """
    if not groups or any(len(labels) != len(bottom) for labels in groups):
        raise ValueError(
            f"hierarchy: {len(bottom)} series need groupings of as many labels; got {list(map(len, groups))}"
        )
    rows, names = [], []
    for labels in groups:
        for label in dict.fromkeys(label for label in labels if label):
            rows.append([float(own == label) for own in labels])
            names.append(label)
    return Hierarchy(np.array(rows), (*names, *bottom))


def reconcile(tree: Hierarchy, forecasts: ArrayLike, variances: ArrayLike, *, nonnegative: bool = True) -> Floats:
    """Make forecasts add up: MinT with diagonal weights (Wickramasuriya, Athanasopoulos and Hyndman 2019).

    y~ = y - W C' (C W C')^-1 C y: the projection that minimises the squared change over its variance. Written with the
    constraints C instead of the summing matrix it inverts an A x A matrix only, and a variance of zero is allowed: a
    known total stays, and its parts take the whole difference.

    Args:
        tree: the hierarchy.
        forecasts: (A + B,), or (K, A + B) draws, or any leading axes; wholes first.
        variances: (A + B,) error variances, not negative; those below one whole not all zero.
        nonnegative: no series below zero: draws that would be are solved again by non-negative least squares, in which
            a known total is met up to one part in a million.

    Returns:
        Reconciled forecasts in the shape of `forecasts`.

    Raises:
        ValueError: shapes disagree, a variance is negative or a number is missing, or known numbers contradict.
    """
    y, w = np.asarray(forecasts, float), np.asarray(variances, float)
    n = len(tree.names)
    if y.shape[-1] != n or w.shape != (n,):
        raise ValueError(f"reconcile: {n} series, but forecasts are {y.shape} and variances {w.shape}")
    if not (np.isfinite(y).all() and np.isfinite(w).all() and (w >= 0).all()):
        raise ValueError("reconcile: forecasts and variances must be known, and no variance may be negative")
    c = tree.constraints
    inner = (c * w) @ c.T
    try:
        factor = linalg.cho_factor(inner)
    except linalg.LinAlgError:
        raise ValueError(
            "reconcile: numbers without error fix a whole and all of its parts; give one of them a variance"
        ) from None
    flat = y.reshape(-1, n)
    out = flat - linalg.cho_solve(factor, c @ flat.T).T @ (c * w)
    if nonnegative:
        tolerance = _ROUNDING * np.maximum(np.abs(flat).max(axis=1), 1.0)
        for row in np.flatnonzero(out.min(axis=1) < -tolerance):
            out[row] = _nonnegative(tree, flat[row], w)
    out[:, tree.n_wholes :] = np.maximum(out[:, tree.n_wholes :], 0.0) if nonnegative else out[:, tree.n_wholes :]
    out[:, : tree.n_wholes] = out[:, tree.n_wholes :] @ tree.wholes.T
    return np.asarray(out.reshape(y.shape), float)


def _nonnegative(tree: Hierarchy, y: Floats, w: Floats) -> Floats:
    """Minimise the weighted squared change over bottom series b >= 0, with y = S b."""
    least = w[w > 0].min() * 1e-6
    weight = 1.0 / np.sqrt(np.maximum(w, least))
    bottom, _ = optimize.nnls(tree.summing * weight[:, None], y * weight)
    return np.asarray(tree.summing @ bottom)
