"""Scales that smoothing works on: raw or log, less the last value, in units of the mean absolute difference."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.grids import Floats
from models.recursion import Ints
from models.seasonality import known
from models.smoothing import Mixture

_LARGEST_RISE = 3.0  # log points above the largest value seen, where a back-transformed forecast is cut


@dataclass(frozen=True)
class Scaled:
    """Series less `shift`, divided by `unit`, zero after their end.

    Attributes:
        values: (N, T).
        shift: (N,) subtracted.
        unit: (N,) positive.
    """

    values: Floats
    shift: Floats
    unit: Floats

    def restored(self, part: Mixture) -> Mixture:
        """Forecasts (..., N, h) on the scale of the data."""
        return Mixture(part.mean * self.unit[:, None] + self.shift[:, None], part.variance * self.unit[:, None] ** 2)


def scaled(values: Floats, lengths: Ints, shift: Floats | None = None) -> Scaled:
    """Scale a left-aligned panel; by default the last value is subtracted."""
    inside = known(lengths, values.shape[1])
    away = values[np.arange(len(values)), lengths - 1] if shift is None else shift
    step = (np.abs(np.diff(values, axis=1)) * inside[:, 1:]).sum(axis=1) / np.maximum(lengths - 1, 1)
    unit = np.where(step > 0, step, 1.0)
    return Scaled(np.where(inside, (values - away[:, None]) / unit[:, None], 0.0), away, unit)


@dataclass(frozen=True)
class Logs:
    """Logs of a panel, with an offset where a series is not positive.

    Attributes:
        values: (N, T) log(y + offset), zero after the end.
        offset: (N,) zero for positive series.
        ceiling: (N,) largest log that a forecast may take.
    """

    values: Floats
    offset: Floats
    ceiling: Floats

    def restored(self, part: Mixture) -> Mixture:
        """Forecasts (..., N, h) of the series themselves: medians, and the variance by the delta method."""
        level = np.exp(np.minimum(part.mean, self.ceiling[:, None]))
        return Mixture(level - self.offset[:, None], np.minimum(part.variance, 1.0) * level**2)


def logs(values: Floats, lengths: Ints) -> Logs:
    """Take logs; a series with values at or below zero is first lifted to a tenth of its mean size."""
    inside = known(lengths, values.shape[1])
    lowest = np.where(inside, values, np.inf).min(axis=1)
    size = np.abs(values * inside).sum(axis=1) / lengths
    offset = np.where(lowest <= 0, 0.1 * size + 1e-9 - lowest, 0.0)
    lifted = np.log(np.where(inside, values + offset[:, None], 1.0))
    found = np.where(inside, lifted, 0.0)
    return Logs(found, offset, np.where(inside, lifted, -np.inf).max(axis=1) + _LARGEST_RISE)
