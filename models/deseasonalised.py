"""Theta forms on series without their classical seasonal indices, which are found anew at each origin."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.grids import Floats, level_grid
from models.recursion import Ints, units
from models.scaling import scaled
from models.seasonality import Flags, indices, known, slopes
from models.smoothing import Average, Mixture, smooth
from models.theta import NARROW, TENTHS, ThetaGrid, dynamic_theta

_DRIFTS = Average("theta drift", drifts=(0.25, 0.5, 0.75))
_DYNAMIC = ThetaGrid(TENTHS, NARROW, 1.0)
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
    """Forecast by Theta with drift and by dynamic Theta, every origin and scale as one long panel.

    Args:
        data: "ratio" (the series, to be divided by indices) and "indices" (their logs, to be less indices), each
            (N, T) left-aligned, sorted by falling length, zero after the end.
        lengths: (N,) falling.
        season: periods in a year.
        horizon: steps ahead.
        backs: origins, as values left out at the end.
        seasonal: (O, N) series from which indices are taken out; the others are left as they are.

    Returns:
        "theta drift" and "theta dynamic" by scale ("theta drift ratio"), means and variances (O, N, h).
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
    forms = _forms(panel, every[order], horizon, np.concatenate(first_values)[order], order)
    shape = (len(backs), len(lengths), horizon)
    names = [f"{name} {scale}" for name in forms for scale in data]
    found = {name: Mixture(np.full(shape, np.nan), np.full(shape, np.nan)) for name in names}
    first = 0
    for (scale, place, count), part in zip(places, parts, strict=True):
        for name, form in forms.items():
            into, rows = found[f"{name} {scale}"], slice(first, first + count)
            ratio = scale == "ratio"
            into.mean[place, :count] = form.mean[rows] * part.ahead if ratio else form.mean[rows] + part.ahead
            into.variance[place, :count] = form.variance[rows] * (part.ahead**2 if ratio else 1.0)
        first += count
    return found


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


def _forms(clean: Floats, lengths: Ints, horizon: int, shift: Floats, order: Ints) -> dict[str, Mixture]:
    """Both forms, back in the order before sorting.

    Dynamic Theta on logs starts from their first value and on values from zero (`shift`), since its first trend line
    passes through the first value.
    """
    back = np.empty(len(order), int)
    back[order] = np.arange(len(order))
    whole = scaled(clean, lengths)
    unit = units(level_grid(0), 1, int(lengths[0]), horizon)
    slope = slopes(whole.values, lengths, 1)[None]
    drift = smooth(whole.values, lengths, (0,), unit, (_DRIFTS,), slope)[_DRIFTS.name]
    start = scaled(clean, lengths, shift)
    dynamic = start.restored(dynamic_theta(start.values, lengths, horizon, _DYNAMIC))
    flat = whole.restored(Mixture(drift.mean[0], drift.variance[0]))
    return {
        "theta drift": Mixture(flat.mean[back], flat.variance[back]),
        "theta dynamic": Mixture(dynamic.mean[back], dynamic.variance[back]),
    }
