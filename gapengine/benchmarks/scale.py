"""Forecasts of hundreds of thousands of made-up quarterly series, in batches, and a rolling-origin test of some."""

from __future__ import annotations

import resource
import time
from contextlib import nullcontext
from typing import Any

import numpy as np
from joblib.externals.loky import get_reusable_executor

from gapengine.benchmarks.machine import machine, peak_mb
from gapengine.errors import UsageError
from models.backtest import backtest
from models.forecasting import forecast
from models.grids import Floats

_HORIZON, _SEASON, _ORIGINS, _MOST_ROLLED = 8, 4, 12, 20_000


def measure(series: int, length: int, workers: int, scheduler: str | None, seed: int = 0) -> dict[str, Any]:
    """Forecast 8 quarters with intervals at 80% and 95%, then roll 12 origins over at most 20,000 of the series.

    Args:
        series: how many.
        length: quarters of each.
        workers: processes.
        scheduler: address of a Dask scheduler that runs the batches instead, or None.
        seed: of the made-up series.

    Raises:
        UsageError: a scheduler is given and dask is not installed.
    """
    panel = made_up(series, length, np.random.default_rng(seed))
    wall, cpu = time.perf_counter(), _cpu()
    with _where(scheduler):
        found = forecast(panel, _HORIZON, _SEASON, (80, 95), workers=workers, keep_components=False)
    wall = time.perf_counter() - wall
    get_reusable_executor().shutdown(wait=True)  # only processes that were waited for are counted
    cpu = _cpu() - cpu
    complete = bool(np.isfinite(found.point).all() and all(np.isfinite(high).all() for high in found.upper.values()))
    peak = peak_mb() + workers * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024 * (workers > 1)
    some = panel[:_MOST_ROLLED]
    rolling = time.process_time()
    rolled = backtest(some, _HORIZON, _SEASON, _ORIGINS)
    rolling = time.process_time() - rolling
    return {
        "name": "scale",
        "machine": machine(),
        "what": f"{series} quarterly series of {length} values, {_HORIZON} ahead, two intervals, {workers} processes",
        "series": series,
        "complete": complete,
        "seconds": round(wall, 2),
        "cpu_ms_per_series": round(cpu * 1e3 / series, 4),
        "peak_mb": round(peak, 1),
        "backtest_series": len(some),
        "backtest_origins": len(rolled.origins),
        "backtest_cpu_ms_per_series": round(rolling * 1e3 / len(some), 4),
    }


def made_up(series: int, length: int, rng: np.random.Generator) -> Floats:
    """(N, T) levels of any size that drift, scatter and swing with the season."""
    panel = np.empty((series, length))
    phase = np.arange(length) % _SEASON
    for first in range(0, series, 10_000):
        count = min(10_000, series - first)
        drift = rng.normal(0.003, 0.01, (count, 1))
        log = rng.normal(5, 1.5, (count, 1)) + (drift + rng.normal(0, 0.03, (count, length))).cumsum(axis=1)
        log += rng.normal(0, 0.06, (count, _SEASON))[:, phase] + rng.normal(0, 0.01, (count, length))
        panel[first : first + count] = np.exp(log)
    return panel


def _cpu() -> float:
    """Processor seconds of this process and of those it waited for."""
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime


def _where(scheduler: str | None) -> Any:
    """The joblib backend: processes of this machine, or a Dask cluster."""
    if scheduler is None:
        return nullcontext()
    try:
        from distributed import Client  # noqa: PLC0415  # an extra
    except ImportError as error:
        raise UsageError("bench scale: --scheduler needs dask; pip install 'gapengine[scale]'") from error
    from joblib import parallel_config  # noqa: PLC0415

    Client(scheduler)
    return parallel_config(backend="dask")
