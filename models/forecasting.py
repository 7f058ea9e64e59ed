"""The one entry to forecasting: a panel in, forecasts with intervals, draws, components and diagnostics out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from models.batch import BatchForecast, forecast_batch
from models.grids import Floats
from models.panel import Panel, read

_BATCH = 4096  # series that learn from each other; fixed, so that the number of workers changes nothing


@dataclass(frozen=True)
class Forecast:
    """Forecasts of N series, h steps after the end of each one's own rows.

    Attributes:
        units: (N,) names, in the order of all arrays.
        point: (N, h) medians.
        lower: by level in percent, (N, h).
        upper: by level in percent, (N, h).
        draws: (K, N, h), or None if none were asked for.
        components: by name, (N, h); NaN for series that got a simpler treatment.
        diagnostics: one row a series: length, treatment, seasonal, filled, imputed, late, share and gain of the
            correction, earlier origins behind the intervals.
    """

    units: pd.Index
    point: Floats
    lower: dict[float, Floats]
    upper: dict[float, Floats]
    draws: Floats | None
    components: dict[str, Floats]
    diagnostics: pd.DataFrame

    def frame(self) -> pd.DataFrame:
        """Long frame: unit, step (1..h), mean and lo/hi by level, such as lo80 and hi80."""
        n, horizon = self.point.shape
        columns = {
            "unit": np.repeat(self.units.to_numpy(), horizon),
            "step": np.tile(np.arange(1, horizon + 1), n),
            "mean": self.point.ravel(),
        }
        for level in self.lower:
            columns[f"lo{level:g}"], columns[f"hi{level:g}"] = self.lower[level].ravel(), self.upper[level].ravel()
        return pd.DataFrame(columns)


def forecast(
    panel: pd.DataFrame | Floats,
    horizon: int,
    season: int,
    levels: tuple[float, ...] = (80, 95),
    n_draws: int = 0,
    seed: int = 0,
    *,
    workers: int = 1,
) -> Forecast:
    """Forecast every series of a panel.

    Args:
        panel: long frame with unit, period, value and optionally missing and imputed; or (N, T) with NaN where
            unknown. Lengths may differ.
        horizon: steps ahead, counted from the last row of each series (known or not).
        season: periods in a year: 1, 4, 12 or any other.
        levels: of the intervals, in percent.
        n_draws: joint draws.
        seed: of the draws; the same seed gives the same numbers with any number of workers.
        workers: processes that share the batches; joblib's backend decides where they run.

    Raises:
        ValueError: the panel is not as described, or horizon, season or a level is out of range.
    """
    if horizon < 1 or season < 1:
        raise ValueError(f"forecast: horizon {horizon} and season {season} must be at least 1")
    if not all(0 < level < 100 for level in levels):
        raise ValueError(f"forecast: levels {levels} must lie between 0 and 100 percent")
    data = read(panel, season)
    order = np.argsort(-data.lengths, kind="stable")
    common = np.random.default_rng(seed).random(n_draws)
    groups = [order[first : first + _BATCH] for first in range(0, len(order), _BATCH)]
    tasks = [(_part(data, rows), horizon, season, tuple(levels), common, (seed, k)) for k, rows in enumerate(groups)]
    if workers == 1 or len(tasks) < 2:
        parts = [forecast_batch(*task) for task in tasks]
    else:
        from joblib import Parallel, delayed  # noqa: PLC0415  # slow to import and not on the way of a run

        parts = Parallel(n_jobs=workers)(delayed(forecast_batch)(*task) for task in tasks)
    return _assembled(data, order, parts, horizon, tuple(levels), n_draws)


def _part(data: Panel, rows: np.ndarray) -> Panel:
    width = max(int(data.lengths[rows].max()), 1)
    return Panel(
        data.units[rows],
        data.matrix[rows, :width],
        data.lengths[rows],
        data.filled[rows],
        data.imputed[rows],
        data.late[rows],
    )


def _assembled(
    data: Panel, order: np.ndarray, parts: list[BatchForecast], horizon: int, levels: tuple[float, ...], n_draws: int
) -> Forecast:
    n = len(order)
    back = np.empty(n, int)
    back[order] = np.arange(n)

    def joined(pieces: list[Floats], axis: int = 0) -> Floats:
        if not pieces:
            return np.zeros((n_draws, 0, horizon) if axis else (0, horizon))
        whole: Floats = np.concatenate(pieces, axis=axis).take(back, axis=axis)
        return whole

    names = list(dict.fromkeys(name for part in parts for name in part.components))
    missing = {len(part.mean): np.full((len(part.mean), horizon), np.nan) for part in parts}
    table = pd.concat([part.diagnostics for part in parts], ignore_index=True) if parts else pd.DataFrame()
    return Forecast(
        data.units,
        joined([part.mean for part in parts]),
        {level: joined([part.lower[k] for part in parts]) for k, level in enumerate(levels)},
        {level: joined([part.upper[k] for part in parts]) for k, level in enumerate(levels)},
        joined([part.draws for part in parts], axis=1) if n_draws else None,
        {name: joined([part.components.get(name, missing[len(part.mean)]) for part in parts]) for name in names},
        table.take(back).reset_index(drop=True) if len(table) else table,
    )
