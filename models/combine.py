"""One forecast from many components."""

from __future__ import annotations

import numpy as np

from models.components import Components
from models.grids import Floats

_TRIMMED = 0.25
_ANNUAL = {"theta dynamic raw": 2.0, "damped raw": 1.0}
# Where the test finds no season, the forms without seasonal states count several times: the others fit noise.
_VOTES_WITHOUT_SEASON = {"theta dynamic indices": 4, "theta dynamic ratio": 3}


def combined(parts: Components, ahead: Floats, season: int) -> Floats:
    """Combine the components: a weighted mean for annual series, else the mean of the middle half.

    Args:
        parts: names of the components and where a season was found.
        ahead: (C, O, N, h) their forecasts, within bounds.
        season: periods in a year.

    Returns:
        (O, N, h).
    """
    if season == 1:
        weight = np.array([_ANNUAL[name] for name in parts.names])
        weighted: Floats = np.tensordot(weight / weight.sum(), ahead, axes=1)
        return weighted
    found = trimmed_mean(ahead)
    votes = np.repeat(np.arange(len(ahead)), [_VOTES_WITHOUT_SEASON.get(name, 1) for name in parts.names])
    without = ~parts.seasonal
    found[without] = trimmed_mean(ahead[:, without][votes])
    return found


def trimmed_mean(stack: Floats) -> Floats:
    """Mean over the first axis without the highest and the lowest quarter (Jose and Winkler 2008).

    Args:
        stack: (C, ...) components; where one is NaN all are.
    """
    cut = int(len(stack) * _TRIMMED)
    middle: Floats = np.sort(stack, axis=0)[cut : len(stack) - cut].mean(axis=0)
    return middle
