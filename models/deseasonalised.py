"""Dynamic Theta on series without their classical seasonal indices, which are found anew at each origin."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.grids import Floats
from models.recursion import Ints
from models.scaling import scaled
from models.seasonality import Flags, indices, known
from models.smoothing import Mixture
from models.theta import ThetaGrid, dynamic_theta

_DYNAMIC = ThetaGrid((0.1, 0.25, 0.4, 0.6, 0.8, 0.99), (1.5, 2.0, 3.0), 1.0)
_FEWEST_VALUES = 3


@dataclass(frozen=True)
class _Clean:
    """The panel up to one origin, without its season, and the season ahead."""

    values: Floats
    lengths: Ints
    ahead: Floats


def deseasonalised(
    data: dict[str, Floats], lengths: Ints, season: int, horizon: int, backs: tuple[int, ...], seasonal: Flags
) -> dict[str, Mixture]:
    """Forecast by dynamic Theta, every origin and scale as one long panel.

    Args:
        data: "ratio" (the series, to be divided by indices) and "indices" (their logs, to be less indices), each
            (N, T) left-aligned, sorted by falling length, zero after the end.
        lengths: (N,) falling.
        season: periods in a year.
        horizon: steps ahead.
        backs: origins, as values left out at the end.
        seasonal: (O, N) series from which indices are taken out; the others are left as they are.

    Returns:
        "theta dynamic" by scale ("theta dynamic ratio"), means and variances (O, N, h).
    """
    parts, places = [], []
    for scale, values in data.items():
        for place, back in enumerate(backs):
            count = int((lengths - back >= _FEWEST_VALUES).sum())
            if count:
                length = lengths[:count] - back
                parts.append(_clean(values[:count], length, season, horizon, seasonal[place, :count], scale == "ratio"))
                places.append((scale, place, count))
    every = np.concatenate([part.lengths for part in parts])
    order = np.argsort(-every, kind="stable")
    first_values = [part.values[:, 0] * (scale != "ratio") for part, (scale, _, _) in zip(parts, places, strict=True)]
    panel = np.concatenate([part.values for part in parts])[order]
    form = _forecast(panel, every[order], horizon, np.concatenate(first_values)[order], order)
    shape = (len(backs), len(lengths), horizon)
    found = {scale: Mixture(np.full(shape, np.nan), np.full(shape, np.nan)) for scale in data}
    first = 0
    for (scale, place, count), part in zip(places, parts, strict=True):
        into, rows, ratio = found[scale], slice(first, first + count), scale == "ratio"
        into.mean[place, :count] = form.mean[rows] * part.ahead if ratio else form.mean[rows] + part.ahead
        into.variance[place, :count] = form.variance[rows] * (part.ahead**2 if ratio else 1.0)
        first += count
    return {f"theta dynamic {scale}": part for scale, part in found.items()}


def _clean(values: Floats, lengths: Ints, season: int, horizon: int, seasonal: Flags, ratio: bool) -> _Clean:
    inside = known(lengths, values.shape[1])
    data = values * inside
    index = np.full((len(values), season), 1.0 if ratio else 0.0)
    if seasonal.any():
        index[seasonal] = indices(data[seasonal], lengths[seasonal], season, ratio=ratio)
    phase = index[:, np.arange(data.shape[1]) % season]
    clean = np.where(inside, data / phase if ratio else data - phase, 0.0)
    ahead = np.take_along_axis(index, (lengths[:, None] + np.arange(horizon)) % season, axis=1)
    return _Clean(clean, lengths, ahead)


def _forecast(clean: Floats, lengths: Ints, horizon: int, shift: Floats, order: Ints) -> Mixture:
    """Forecasts and variances of sorted series, back in the order before sorting.

    Logs start from their first value and values from zero (`shift`), since the first trend line of dynamic Theta
    passes through the first value.
    """
    back = np.empty(len(order), int)
    back[order] = np.arange(len(order))
    start = scaled(clean, lengths, shift)
    found = start.restored(dynamic_theta(start.values, lengths, horizon, _DYNAMIC))
    return Mixture(found.mean[back], found.variance[back])
