"""Rolling origins of a panel: skill against naive forecasts and coverage, origin by origin."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from models.engine import older, roll_engine
from models.grids import Floats
from models.intervals import Scores, half_widths, scores
from models.panel import read
from models.recursion import Ints
from models.scores import coverage, seasonal_naive, seasonal_scale
from models.treatment import COMBINED, classify, fewest

_BATCH = 4096


@dataclass(frozen=True)
class Backtest:
    """What a rolling-origin test found.

    Attributes:
        origins: one row an origin, newest first: back (values left out), period (label of the last value known there,
            where every series ends together), n, mae_scaled (mean absolute error over the in-sample seasonal naive
            error), skill_last and skill_seasonal (1 less the ratio to the error of the last value and of the seasonal
            naive forecast), coverage by level.
        overall: the same over all origins, and over those whose forecasts do not touch the periods left out.
        errors: (O, N, h) actual less forecast, NaN where a series has no such origin.
        forecasts: (O, N, h).
        left_out: series that the engine does not combine at any origin, by treatment.
    """

    origins: pd.DataFrame
    overall: pd.DataFrame
    errors: Floats
    forecasts: Floats
    left_out: dict[str, int]


@dataclass(frozen=True)
class _Rolled:
    mean: Floats
    actual: Floats
    low: list[Floats]
    high: list[Floats]
    naive: dict[str, Floats]
    scale: Floats


def backtest(
    panel: pd.DataFrame | Floats,
    horizon: int,
    season: int,
    n_origins: int = 12,
    levels: tuple[float, ...] = (80, 95),
    *,
    every: int = 1,
    without: tuple[object, ...] = (2020,),
) -> Backtest:
    """Forecast from earlier origins and compare with what came.

    All origins come from one pass of the recursions. At each origin the correction has been learnt from older origins
    only and the intervals come from errors that were known by then.

    Args:
        panel: as for `models.forecast`.
        horizon: steps ahead.
        season: periods in a year.
        n_origins: origins, the newest `horizon` values before the end.
        levels: of the intervals, in percent.
        every: values between origins.
        without: years that "overall" also leaves out: origins whose forecast steps fall into them. Only panels with
            pandas periods or year numbers say where they are.

    Raises:
        ValueError: no series is long enough for one origin.
    """
    data = read(panel, season)
    kind = classify(data, season)
    full = kind == COMBINED
    left_out = {str(k): int(v) for k, v in pd.Series(kind[~full]).value_counts().items()}
    rows = np.flatnonzero(full)
    rows = rows[np.argsort(-data.lengths[rows], kind="stable")]
    longest = int(data.lengths[rows].max()) if len(rows) else 0
    backs = [horizon + k * every for k in range(n_origins)]
    backs = [back for back in backs if longest - back >= fewest(season)]
    if not backs:
        raise ValueError(
            f"backtest: the longest series has {longest} values; one origin needs {fewest(season) + horizon}"
        )
    before = [backs[-1] + horizon * k for k in range(1, 4) if longest - backs[-1] - horizon * k >= fewest(season)]
    parts = []
    for first in range(0, len(rows), _BATCH):
        part = rows[first : first + _BATCH]
        width = int(data.lengths[part].max())
        parts.append(_roll(data.matrix[part, :width], data.lengths[part], season, horizon, backs, before, levels))
    rolled = _joined(parts)
    labels = _labels(panel, len(data.units))
    table = _by_origin(rolled, backs, levels, labels, horizon)
    overall = [_row(rolled, np.ones(len(backs), bool), levels) | {"origins": "all"}]
    untouched = _untouched(labels, backs, horizon, without)
    if untouched.any() and not untouched.all():
        years = ", ".join(str(year) for year in without)
        overall.append(_row(rolled, untouched, levels) | {"origins": f"without {years}"})
    return Backtest(table, pd.DataFrame(overall), rolled.actual - rolled.mean, rolled.mean, left_out)


def _roll(
    values: Floats,
    lengths: Ints,
    season: int,
    horizon: int,
    backs: list[int],
    before: list[int],
    levels: tuple[float, ...],
) -> _Rolled:
    """One batch at every origin; the intervals of an origin rest on origins whose errors were known by then."""
    every = (*backs, *before)
    engine = roll_engine(values, lengths, season, horizon, every)
    low = [np.full((len(backs), len(values), horizon), np.nan) for _ in levels]
    high = [part.copy() for part in low]
    floor = np.where((values >= 0).all(axis=1), 0.0, -np.inf)[:, None]
    for place, back in enumerate(backs):
        known = older(every, back, horizon)
        past = scores(engine.actual[known], engine.mean[known], engine.sd[known]) if known else _none(values, horizon)
        for row, multiple in enumerate(half_widths(past, levels, horizon)):
            reach = multiple * engine.sd[place]
            low[row][place] = np.maximum(engine.mean[place] - reach, floor)
            high[row][place] = engine.mean[place] + reach
    naive: dict[str, list[Floats]] = {"last": [], "seasonal": []}
    scale = []
    for back in backs:
        short = np.maximum(lengths - back, 1)
        naive["last"].append(seasonal_naive(values, short, 1, horizon))
        naive["seasonal"].append(seasonal_naive(values, short, season, horizon))
        scale.append(seasonal_scale(values, short, season))
    count = len(backs)
    stacked = {name: np.stack(part) for name, part in naive.items()}
    return _Rolled(engine.mean[:count], engine.actual[:count], low, high, stacked, np.stack(scale))


def _none(values: Floats, horizon: int) -> Scores:
    return Scores(np.empty((0, len(values), horizon)), 0)


def _joined(parts: list[_Rolled]) -> _Rolled:
    def along(pieces: list[Floats]) -> Floats:
        return np.concatenate(pieces, axis=1)

    return _Rolled(
        along([p.mean for p in parts]),
        along([p.actual for p in parts]),
        [along([p.low[k] for p in parts]) for k in range(len(parts[0].low))],
        [along([p.high[k] for p in parts]) for k in range(len(parts[0].high))],
        {name: along([p.naive[name] for p in parts]) for name in parts[0].naive},
        along([p.scale for p in parts]),
    )


def _row(rolled: _Rolled, chosen: np.ndarray, levels: tuple[float, ...]) -> dict[str, float | int | str]:
    """Scores over the chosen origins."""
    actual, mean, scale = rolled.actual[chosen], rolled.mean[chosen], rolled.scale[chosen][:, :, None]
    usable = np.isfinite(actual) & np.isfinite(mean) & np.isfinite(scale)

    def error(ahead: Floats) -> float:
        return float((np.abs(actual - ahead) / scale)[usable].mean()) if usable.any() else float("nan")

    own = error(mean)
    row: dict[str, float | int | str] = {"n": int(usable.any(axis=2).sum()), "mae_scaled": own}
    for name, ahead in rolled.naive.items():
        other = error(ahead[chosen])
        row[f"skill_{name}"] = 1 - own / other if other else float("nan")
    for level, low, high in zip(levels, rolled.low, rolled.high, strict=True):
        shown = np.where(np.isfinite(mean), actual, np.nan)
        row[f"coverage{level:g}"] = coverage(shown, low[chosen], high[chosen])
    return row


def _by_origin(
    rolled: _Rolled, backs: list[int], levels: tuple[float, ...], labels: list[object] | None, horizon: int
) -> pd.DataFrame:
    rows = []
    for place, back in enumerate(backs):
        period = labels[-back - 1] if labels is not None and back < len(labels) else None
        one = np.arange(len(backs)) == place
        row: dict[str, object] = {"back": back, "period": None if period is None else str(period)}
        rows.append(row | _row(rolled, one, levels))
    return pd.DataFrame(rows)


def _labels(panel: pd.DataFrame | Floats, count: int) -> list[object] | None:
    """Periods on the common clock of the panel, or None where the series do not end together."""
    if not isinstance(panel, pd.DataFrame) or not count:
        return None
    last = panel.groupby("unit", observed=True)["period"].max()
    if last.min() != last.max():
        return None
    return sorted(panel["period"].unique())


def _untouched(labels: list[object] | None, backs: list[int], horizon: int, without: tuple[object, ...]) -> np.ndarray:
    """(O,) origins none of whose forecast steps falls into a year that is left out."""
    if labels is None:
        return np.ones(len(backs), bool)
    years = [getattr(label, "year", label) for label in labels]
    steps = [years[max(len(years) - back, 0) : len(years) - back + horizon] for back in backs]
    return np.array([not any(year in without for year in step) for step in steps])
