"""One forecast from many components: the mean of the middle ones."""

from __future__ import annotations

import numpy as np

from models.grids import Floats

_TRIMMED = 0.25


def trimmed_mean(stack: Floats) -> Floats:
    """Mean over the first axis without the highest and the lowest quarter (Jose and Winkler 2008).

    Args:
        stack: (C, ...) components; where one is NaN all are.
    """
    cut = int(len(stack) * _TRIMMED)
    middle: Floats = np.sort(stack, axis=0)[cut : len(stack) - cut].mean(axis=0)
    return middle
