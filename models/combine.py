"""One forecast from many components."""

from __future__ import annotations

import numpy as np

from models.grids import Floats

_TRIMMED = 0.25
_ANNUAL = (2.0, 1.0)  # dynamic Theta and damped trend


def combined(stack: Floats, season: int) -> Floats:
    """Combine components (C, ...) as `models.components` orders them: fixed weights for annual series, else trimmed."""
    if season == 1:
        weighted: Floats = np.tensordot(np.array(_ANNUAL) / sum(_ANNUAL), stack, axes=1)
        return weighted
    return trimmed_mean(stack)


def trimmed_mean(stack: Floats) -> Floats:
    """Mean over the first axis without the highest and the lowest quarter (Jose and Winkler 2008).

    Args:
        stack: (C, ...) components; where one is NaN all are.
    """
    cut = int(len(stack) * _TRIMMED)
    middle: Floats = np.sort(stack, axis=0)[cut : len(stack) - cut].mean(axis=0)
    return middle
