"""Three-digit rows into four-digit rows that add up to them, from whatever is published below three digits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float64]
_PARENT = 0.02
"""Share of the parent's pattern mixed into each child's, so that an occupation too small to be printed below three
digits can still be placed."""


@dataclass(frozen=True)
class Evidence:
    """What is published about the occupations of one four-digit industry.

    Attributes:
        pattern: share of each occupation; adds up to 1.
        source: what it rests on, in words.
    """

    pattern: Vector
    source: str


def known_shares(shares: Mapping[int, float], parent: Vector) -> Vector:
    """A pattern of which some shares are known: the rest follows the parent without these occupations.

    Args:
        shares: position of an occupation -> its share, adding up to at most 1.
        parent: pattern of the parent.
    """
    out = parent.copy()
    at = list(shares)
    out[at] = 0.0
    left = max(1.0 - sum(shares.values()), 0.0)
    out *= left / out.sum() if out.sum() > 0 else 0.0
    out[at] = list(shares.values())
    return np.asarray(out / out.sum())


def starting(pattern: Vector, parent: Vector) -> Vector:
    """Start of the fit for one child: its pattern with a little of the parent's."""
    return (1 - _PARENT) * pattern + _PARENT * parent


def fitted(start: npt.NDArray[np.float64], rows: Vector, columns: Vector, rounds: int = 200) -> npt.NDArray[np.float64]:
    """Iterative proportional fitting of a matrix to totals of rows and columns, ending on the columns.

    Args:
        start: (I, O) positive wherever a column total is positive.
        rows: (I) totals; scaled to the sum of the columns.
        columns: (O) totals.
        rounds: most rounds; stops when the rows are within 1e-6.
    """
    out = start * rows[:, None]
    goal = rows * columns.sum() / rows.sum()
    for _ in range(rounds):
        sums = out.sum(axis=0)
        out *= np.divide(columns, sums, out=np.zeros_like(columns), where=sums > 0)
        off = np.divide(goal, out.sum(axis=1), out=np.ones_like(goal), where=out.sum(axis=1) > 0)
        if np.abs(off - 1).max() < 1e-6:
            break
        out *= off[:, None]
    sums = out.sum(axis=0)
    return np.asarray(out * np.divide(columns, sums, out=np.zeros_like(columns), where=sums > 0))
