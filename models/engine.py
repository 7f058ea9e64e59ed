"""The combination and its correction at the end of each series and at earlier origins."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.combine import combined
from models.components import Components, components
from models.correction import Corrected, correct, features
from models.grids import Floats
from models.recursion import Ints
from models.seasonality import known
from models.treatment import fewest

_ORIGINS = 3
_FEW_LENGTHS = 8
_FARTHEST = 10.0  # multiples of the largest value seen, beyond which no forecast goes


@dataclass(frozen=True)
class Engine:
    """The combination at O origins for N series.

    Attributes:
        backs: (O,) values left out at the end.
        mean: (O, N, h) corrected combination; NaN where a series is too short for an origin.
        sd: (O, N, h) from the models and the spread of the components.
        actual: (O, N, h) what came; NaN beyond the end.
        parts: the components.
        corrected: model, share and gain of the correction at the first origin.
    """

    backs: tuple[int, ...]
    mean: Floats
    sd: Floats
    actual: Floats
    parts: Components
    corrected: Corrected


@dataclass(frozen=True)
class _Prepared:
    base: Floats
    sd: Floats
    actual: Floats
    inputs: Floats
    units: Floats
    parts: Components
    low: Floats
    high: Floats


def origins(lengths: Ints, season: int, horizon: int) -> tuple[int, ...]:
    """The end and up to three earlier origins, a horizon apart, that at least some series are long enough for."""
    longest = int(lengths.max())
    backs = [k * horizon for k in range(1, _ORIGINS + 1) if longest - k * horizon >= fewest(season)]
    return (0, *backs)


def rounded(values: Floats, lengths: Ints) -> tuple[Floats, Ints]:
    """Drop a few of the oldest values of long series, so that a panel of many lengths falls into fewer groups.

    At most one of 24, three of 48 or seven of 96 values; a panel with few lengths stays whole. Series of equal length
    share their sums of squares and inverses, which is most of the time of a small panel of many lengths.
    """
    if len(np.unique(lengths)) <= _FEW_LENGTHS:
        return values, lengths
    step = np.select([lengths >= 96, lengths >= 48, lengths >= 24], [8, 4, 2], 1)
    drop = lengths % step
    take = np.minimum(np.arange(values.shape[1]) + drop[:, None], values.shape[1] - 1)
    kept = np.where(known(lengths - drop, values.shape[1]), np.take_along_axis(values, take, axis=1), 0.0)
    return kept[:, : int((lengths - drop).max())], lengths - drop


def run_engine(
    values: Floats, lengths: Ints, season: int, horizon: int, backs: tuple[int, ...], *, boosted: bool = False
) -> Engine:
    """Combine at every origin and correct the first by what the others teach.

    Args:
        values: (N, T) left-aligned, sorted by falling length, zero after the end.
        lengths: (N,) falling, each long enough for the combination.
        season: periods in a year.
        horizon: steps ahead.
        backs: origins; the first is 0.
        boosted: try gradient boosting for the correction too.
    """
    found = _prepare(values, lengths, season, horizon, backs)
    corrected = _corrected(found, list(range(len(backs))), boosted)
    mean = np.clip(corrected.mean, found.low, found.high)
    return Engine(backs, mean, found.sd, found.actual, found.parts, corrected)


def roll_engine(values: Floats, lengths: Ints, season: int, horizon: int, backs: tuple[int, ...]) -> Engine:
    """Combine at every origin and correct each by older origins whose outcome was known by then.

    Args:
        values: (N, T) left-aligned, sorted by falling length, zero after the end.
        lengths: (N,) falling, each long enough for the combination.
        season: periods in a year.
        horizon: steps ahead.
        backs: origins, rising.
    """
    found = _prepare(values, lengths, season, horizon, backs)
    mean = found.base.copy()
    first = Corrected(found.base, "none", 0.0, np.nan)
    for place in range(len(backs)):
        one = _corrected(found, [place, *older(backs, backs[place], horizon)], boosted=False)
        mean[place] = one.mean[0]
        first = one if place == 0 else first
    return Engine(backs, np.clip(mean, found.low, found.high), found.sd, found.actual, found.parts, first)


def older(backs: tuple[int, ...], back: int, horizon: int) -> list[int]:
    """Places of up to three origins, a horizon apart, whose outcomes were known at the origin `back`."""
    found: list[int] = []
    edge = back + horizon
    for place in np.argsort(backs, kind="stable"):
        if backs[place] >= edge and len(found) < _ORIGINS:
            found.append(int(place))
            edge = backs[place] + horizon
    return found


def _corrected(found: _Prepared, places: list[int], boosted: bool) -> Corrected:
    base, units = found.base[places], found.units[places]
    if len(places) == 1:
        return Corrected(base, "none", 0.0, np.nan)
    misses = (found.actual[places] - base) / units[:, :, None]
    misses[0] = np.nan
    return correct(found.inputs[places], misses, units, base, boosted=boosted)


def _prepare(values: Floats, lengths: Ints, season: int, horizon: int, backs: tuple[int, ...]) -> _Prepared:
    parts = components(values, lengths, season, horizon, backs)
    inside = known(lengths, values.shape[1])
    high = _FARTHEST * np.where(inside, np.abs(values), 0.0).max(axis=1)[:, None]
    low = np.where(np.where(inside, values, np.inf).min(axis=1)[:, None] >= 0, 0.0, -high)
    ahead = np.clip(parts.mean, low, high)
    base = combined(parts, ahead, season)
    sd = np.sqrt(parts.sd**2 + np.std(ahead, axis=0) ** 2)
    actual, units = np.full(base.shape, np.nan), np.ones(base.shape[:2])
    made = []
    for place, back in enumerate(backs):
        left = lengths - back
        rows = np.flatnonzero(left >= fewest(season))
        base[place, left < fewest(season)] = np.nan
        found, units[place, rows] = features(values[rows], left[rows], ahead[:, place, rows], base[place, rows], season)
        whole = np.full((*base.shape[1:], found.shape[-1]), np.nan)
        whole[rows] = found
        made.append(whole)
        at = left[rows, None] + np.arange(horizon)
        came = np.take_along_axis(values[rows], np.minimum(at, values.shape[1] - 1), axis=1)
        actual[place, rows] = np.where(at < lengths[rows, None], came, np.nan)
    return _Prepared(base, sd, actual, np.stack(made), units, parts, low, high)
