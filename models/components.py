"""The component forecasts that are combined: smoothing and Theta forms on the raw, log and deseasonalised series."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.deseasonalised import deseasonalised
from models.grids import Floats, level_grid, trend_grid
from models.recursion import Ints, Units, units
from models.scaling import Scaled, logs, scaled
from models.seasonality import Flags, is_seasonal, known, slopes
from models.smoothing import Average, Mixture, smooth
from models.theta import NARROW, TENTHS, WIDE, ThetaGrid, theta_at_origins

_LONGEST_SEASON = (
    24  # beyond it seasonal states cost more than they tell; only the deseasonalised forms know the season
)
_WITH_SD = ("damped", "theta half", "theta drift")
_YEARLY_THETA = {
    "raw": {
        "theta dynamic": ThetaGrid((0.3, 0.5, 0.7, 0.85, 0.99), WIDE, 5.0),
        "theta flat": ThetaGrid(TENTHS, WIDE, 1.0),
    },
    "log": {"theta dynamic": ThetaGrid((0.3, 0.5, 0.7, 0.85, 0.99), NARROW, 1.0)},
}


@dataclass(frozen=True)
class Components:
    """C component forecasts of N series at O origins, in the series' own units.

    Attributes:
        names: (C,) what they are.
        mean: (C, O, N, h), NaN where a series is too short for an origin.
        sd: (O, N, h) model-based standard deviation: the root of the median variance of the smoothing components.
        seasonal: (O, N) whether the test found a season in the data up to the origin.
    """

    names: tuple[str, ...]
    mean: Floats
    sd: Floats
    seasonal: Flags


def components(values: Floats, lengths: Ints, season: int, horizon: int, backs: tuple[int, ...]) -> Components:
    """Forecast every series by every component at every origin.

    Args:
        values: (N, T) left-aligned, sorted by falling length, zero after the end, no gaps.
        lengths: (N,) falling, each at least 3.
        season: periods in a year, 1 for none.
        horizon: steps ahead.
        backs: origins, as values left out at the end.
    """
    width = values.shape[1]
    seasonal = np.stack([is_seasonal(values * known(lengths - b, width), lengths - b, season) for b in backs])
    lifted = logs(values, lengths)
    forms = _forms(season if season <= _LONGEST_SEASON else 1, width, horizon)
    scales = {"raw": scaled(values, lengths), "log": scaled(lifted.values, lengths)}
    found = _smoothed(scales, lengths, forms, backs)
    if season == 1:
        found |= _yearly({"raw": values, "log": lifted.values}, lengths, horizon, backs)
    else:
        data = {"ratio": values, "indices": lifted.values}
        found |= deseasonalised(data, lengths, season, horizon, backs, seasonal)
    in_logs = ("log", "indices")
    found = {name: lifted.restored(part) if name.endswith(in_logs) else part for name, part in found.items()}
    names = tuple(found)
    variance = np.stack([found[name].variance for name in names if name.startswith(_WITH_SD)])
    return Components(names, np.stack([found[name].mean for name in names]), np.sqrt(_median(variance)), seasonal)


def _median(stack: Floats) -> Floats:
    middle: Floats = np.sort(stack, axis=0)[(len(stack) - 1) // 2 : len(stack) // 2 + 1].mean(axis=0)
    return middle


@dataclass(frozen=True)
class _Forms:
    """Grids and averages of the two passes: with a slope, and with a level to which drifts are added."""

    trend: Units
    level: Units
    shapes: tuple[Average, ...]
    drifts: tuple[Average, ...]


def _forms(season: int, longest: int, horizon: int) -> _Forms:
    trends = trend_grid(season)
    first = int((trends.phi < 1).sum())
    power = 1.0 if season > 1 else 2.0
    return _Forms(
        units(trends, season, longest, horizon),
        units(level_grid(season), season, longest, horizon),
        (
            Average("damped", (0, first), temperature=power),
            Average("trend", (first, trends.size), temperature=0.5),
        ),
        (
            Average("theta half", drifts=(0.5,), temperature=power),
            Average("theta drift", drifts=(0.25, 0.5, 0.75), temperature=power),
            Average("theta strong", drifts=(0.5, 0.75, 1.0), temperature=power),
        ),
    )


def _smoothed(scales: dict[str, Scaled], lengths: Ints, forms: _Forms, backs: tuple[int, ...]) -> dict[str, Mixture]:
    """Damped trend, trend and Theta with drift, by two passes of the recursion over all scales at once."""
    count = len(scales)
    panel = np.stack([whole.values for whole in scales.values()], axis=1).reshape(count * len(lengths), -1)
    longer = np.repeat(lengths, count)
    slope = np.stack([slopes(panel, np.maximum(longer - b, 1), forms.level.season) for b in backs])
    parts = smooth(panel, longer, backs, forms.trend, forms.shapes)
    parts |= smooth(panel, longer, backs, forms.level, forms.drifts, slope)
    return {
        f"{name} {scale}": whole.restored(Mixture(part.mean[:, place::count], part.variance[:, place::count]))
        for place, (scale, whole) in enumerate(scales.items())
        for name, part in parts.items()
    }


def _yearly(data: dict[str, Floats], lengths: Ints, horizon: int, backs: tuple[int, ...]) -> dict[str, Mixture]:
    """Dynamic Theta on annual series; raw values keep their zero, since the initial trend line starts from it."""
    found = {}
    for scale, values in data.items():
        whole = scaled(values, lengths, values[:, 0] if scale == "log" else np.zeros(len(values)))
        for name, grid in _YEARLY_THETA[scale].items():
            part = theta_at_origins(whole.values, lengths, horizon, backs, grid)
            found[f"{name} {scale}"] = whole.restored(part)
    return found
