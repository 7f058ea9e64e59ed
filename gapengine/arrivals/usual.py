"""The usual flow of arrivals that a trend already holds, and what lies ahead beside it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Usual:
    """Jobs a year that listed projects added while the trend was measured, and will add, before any overlap.

    Attributes:
        first, last: years of the window in which the trend was measured.
        then: (K,) jobs a year in the window, by the same prior, ramp and slip as those ahead.
        ahead: (K,) jobs a year in the years after the nowcast.
        overlap: (K,) share of what lies ahead that is the usual flow, as used.
        counted: whether ``overlap`` comes from the count (the list is complete) or from the stated prior.
    """

    first: int
    last: int
    then: np.ndarray
    ahead: np.ndarray
    overlap: np.ndarray
    counted: bool

    @property
    def ratio(self) -> float:
        """Mean flow of the window over mean flow ahead, at most 1; NaN where nothing lies ahead."""
        ahead = float(self.ahead.mean())
        return min(1.0, float(self.then.mean()) / ahead) if ahead > 0 else float("nan")


def counted_overlap(then: np.ndarray, ahead: np.ndarray) -> np.ndarray:
    """(K,) usual flow over the flow ahead per draw, at most 1; 0 where nothing lies ahead."""
    share = np.divide(then, ahead, out=np.zeros_like(then), where=ahead > 0)
    return np.asarray(np.clip(share, 0.0, 1.0))
