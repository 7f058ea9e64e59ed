"""Forecast accuracy, coverage, time and memory on public benchmark sets in the tidy format, and a peer beside them."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from gapengine.benchmarks.machine import machine, peak_mb
from gapengine.errors import UsageError
from models import scores
from models.forecasting import Forecast, forecast
from models.grids import Floats
from models.recursion import Ints

COLUMNS = ("dataset", "series_id", "t", "y", "split", "horizon", "season")
_LEVELS = (80.0, 95.0)


@dataclass(frozen=True)
class BenchmarkSet:
    """One set: N series with what came after them.

    Attributes:
        name: of the set.
        ids: (N,) names of the series.
        train: (N, T) left-aligned, zero after the end.
        lengths: (N,) values in the training part.
        actual: (N, h) test part, NaN where a series has less than h.
        season: periods in a year.
        frame: training rows as unit, period, value.
    """

    name: str
    ids: list[str]
    train: Floats
    lengths: Ints
    actual: Floats
    season: int
    frame: pd.DataFrame


def measure(data: Path, names: tuple[str, ...], peer: str | None, out: Path | None, workers: int = 1) -> dict[str, Any]:
    """Forecast every set of a folder and score it.

    Args:
        data: folder with Parquet or CSV files in the tidy format; others are passed over.
        names: sets to take; none means all.
        peer: "statsforecast" to time and score its models on the same series in the same run.
        out: Parquet file for the forecasts.
        workers: processes.
    """
    start = time.perf_counter()
    rows, forecasts = [], []
    for chosen in read_sets(data, names):
        row, found = _one(chosen, workers)
        if peer:
            from gapengine.benchmarks import peers  # noqa: PLC0415  # an extra that only this option needs

            row["peers"] = peers.measure(chosen, peer, row["cpu_ms_per_series"], row["cpu_ms_per_series_cold"])
        rows.append(row)
        forecasts.append(found)
    if out is not None:
        pd.concat(forecasts, ignore_index=True).to_parquet(out, index=False)
    return {
        "name": "forecast",
        "machine": machine(),
        "what": "M4 protocol: OWA against Naive2 with the 90% test, MASE by the in-sample seasonal naive error",
        "sets": rows,
        "seconds": round(time.perf_counter() - start, 2),
        "peak_mb": peak_mb(),
    }


def _one(chosen: BenchmarkSet, workers: int) -> tuple[dict[str, Any], pd.DataFrame]:
    horizon = chosen.actual.shape[1]
    cold: list[float] = []
    wall = time.perf_counter()
    found = _timed(lambda: forecast(chosen.frame, horizon, chosen.season, _LEVELS, workers=workers), cold)
    wall = time.perf_counter() - wall
    warm: list[float] = []
    _timed(lambda: forecast(chosen.frame, horizon, chosen.season, _LEVELS, workers=workers), warm)
    n = len(chosen.ids)
    row: dict[str, Any] = {"dataset": chosen.name, "n": n, "horizon": horizon, "season": chosen.season}
    row |= accuracy(chosen, found.point)
    scale = scores.seasonal_scale(chosen.train, chosen.lengths, chosen.season)
    for level in _LEVELS:
        low, high = found.lower[level], found.upper[level]
        row[f"coverage{level:g}"] = round(scores.coverage(chosen.actual, low, high), 4)
        row[f"msis{level:g}"] = _mean(scores.msis(chosen.actual, low, high, scale, level))
    treatments = found.diagnostics["treatment"].value_counts().to_dict()
    row |= {
        "cpu_ms_per_series": round(warm[0] * 1e3 / n, 4),
        "cpu_ms_per_series_cold": round(cold[0] * 1e3 / n, 4),
        "wall_s": round(wall, 3),
        "peak_mb": peak_mb(),
        "treatments": {str(k): int(v) for k, v in treatments.items()},
        "correction_share": float(found.diagnostics["correction_share"].max()),
    }
    return row, _tidy(chosen, found)


def _timed(act: Callable[[], Forecast], seconds: list[float]) -> Forecast:
    start = time.process_time()
    found = act()
    seconds.append(time.process_time() - start)
    return found


def accuracy(chosen: BenchmarkSet, point: Floats) -> dict[str, float | None]:
    """sMAPE, MASE and OWA of point forecasts (N, h)."""
    scale = scores.seasonal_scale(chosen.train, chosen.lengths, chosen.season)
    benchmark = scores.naive2(chosen.train, chosen.lengths, chosen.season, chosen.actual.shape[1])
    own, theirs = scores.smape(chosen.actual, point).mean(), scores.smape(chosen.actual, benchmark).mean()
    scaled, base = (np.nanmean(scores.mase(chosen.actual, f, scale)) for f in (point, benchmark))
    known = theirs > 0 and np.isfinite(base) and base > 0
    owa = float((own / theirs + scaled / base) / 2) if known else None
    return {
        "smape": round(float(own), 4),
        "mase": _mean(np.array([scaled])),
        "owa": None if owa is None else round(owa, 4),
    }


def first(chosen: BenchmarkSet, count: int) -> BenchmarkSet:
    """The first series of a set."""
    ids = chosen.ids[:count]
    frame = chosen.frame[chosen.frame["unit"].isin(ids)]
    return BenchmarkSet(
        chosen.name, ids, chosen.train[:count], chosen.lengths[:count], chosen.actual[:count], chosen.season, frame
    )


def _mean(values: Floats) -> float | None:
    finite = values[np.isfinite(values)]
    return round(float(finite.mean()), 4) if len(finite) else None


def _tidy(chosen: BenchmarkSet, found: Forecast) -> pd.DataFrame:
    """Forecasts in the format of `--out`, on the clock t of the set."""
    horizon = chosen.actual.shape[1]
    last = chosen.frame.groupby("unit")["period"].max().loc[found.units].to_numpy()
    values = found.frame().rename(columns={"unit": "series_id"}).drop(columns="step")
    values.insert(0, "dataset", chosen.name)
    values.insert(2, "t", (last[:, None] + np.arange(1, horizon + 1)).ravel())
    return values


def read_sets(folder: Path, names: tuple[str, ...] = ()) -> list[BenchmarkSet]:
    """Every set in the Parquet and CSV files of a folder, by name.

    Raises:
        UsageError: the folder has no such set, or a set is not usable.
    """
    if not folder.is_dir():
        raise UsageError(f"bench forecast: {folder} is no folder; give one with files of {', '.join(COLUMNS)}")
    found: list[BenchmarkSet] = []
    for path in sorted(p for p in folder.iterdir() if p.suffix in (".parquet", ".csv") or p.name.endswith(".csv.gz")):
        frame = _read(path)
        if frame is not None:
            found += [
                _as_set(str(name), part, path) for name, part in frame.groupby("dataset", sort=True, observed=True)
            ]
    known = [chosen.name for chosen in found]
    absent = [name for name in names if name not in known]
    if absent or not found:
        asked = f" named {', '.join(absent)}" if absent else ""
        raise UsageError(f"bench forecast: {folder} has no set{asked}; it has {', '.join(known) or 'none'}")
    return [chosen for chosen in found if not names or chosen.name in names]


def _read(path: Path) -> pd.DataFrame | None:
    """A file's rows, or None where it has no column `split`."""
    if path.suffix == ".parquet":
        import pyarrow.parquet as pq  # noqa: PLC0415  # slow to import

        header = pq.read_schema(path).names
    else:
        header = list(pd.read_csv(path, nrows=0).columns)
    if "split" not in header:
        return None
    absent = [name for name in COLUMNS[1:] if name not in header]
    if absent:
        raise UsageError(f"bench forecast: {path.name} lacks the columns {', '.join(absent)}")
    frame = pd.read_parquet(path) if path.suffix == ".parquet" else pd.read_csv(path, dtype={"series_id": str})
    if "dataset" not in frame.columns:
        frame["dataset"] = path.name.split(".")[0]
    return frame.assign(dataset=frame["dataset"].astype(str), series_id=frame["series_id"].astype(str))


def _as_set(name: str, frame: pd.DataFrame, path: Path) -> BenchmarkSet:
    season, horizon = int(frame["season"].iloc[0]), int(frame["horizon"].max())
    frame = frame.sort_values(["series_id", "t"], kind="stable")
    split = frame["split"].astype(str)
    train, test = frame[split == "train"], frame[split == "test"]
    ids = sorted(train["series_id"].unique())
    if not ids:
        raise UsageError(f"bench forecast: set {name} of {path.name} has no row with split 'train'")
    values, lengths = _matrix(train, ids, 0.0)
    ahead, _ = _matrix(test, ids, np.nan)
    actual = np.full((len(ids), horizon), np.nan)
    actual[:, : min(horizon, ahead.shape[1])] = ahead[:, :horizon]
    tidy = pd.DataFrame(
        {"unit": train["series_id"], "period": train["t"].astype(int), "value": train["y"].astype(float)}
    )
    return BenchmarkSet(name, ids, values, lengths, actual, season, tidy)


def _matrix(frame: pd.DataFrame, ids: list[str], empty: float) -> tuple[Floats, Ints]:
    code = pd.Categorical(frame["series_id"], categories=ids).codes.astype(int)
    inside = code >= 0
    code = code[inside]
    place = frame[inside].groupby(code, sort=False).cumcount().to_numpy()
    lengths = np.bincount(code, minlength=len(ids))
    matrix = np.full((len(ids), max(int(lengths.max(initial=0)), 1)), empty)
    matrix[code, place] = frame["y"].to_numpy(float)[inside]
    return matrix, lengths
