"""A panel of series as the engine takes it: from a long frame or a matrix to left-aligned, gap-free values."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from models.grids import Floats
from models.recursion import Ints
from models.seasonality import Flags

COLUMNS = ("unit", "period", "value")


@dataclass(frozen=True)
class Panel:
    """N series, each from its first to its last known value.

    Attributes:
        units: (N,) names.
        matrix: (N, T) left-aligned, gaps filled, zero after the end.
        lengths: (N,) values from the first to the last known one.
        filled: (N,) of these, how many were missing or flagged as missing and are filled in.
        imputed: (N,) of these, how many the caller flagged as estimates.
        late: (N,) periods by which the last known value precedes the end of the series' own rows.
    """

    units: pd.Index
    matrix: Floats
    lengths: Ints
    filled: Ints
    imputed: Ints
    late: Ints


def read(data: pd.DataFrame | Floats, season: int) -> Panel:
    """Bring a panel into shape.

    Args:
        data: a long frame with unit, period and value (optionally bool columns missing and imputed; periods sort, and
            integer or pandas periods leave a gap where one is skipped), or a (N, T) matrix with NaN where unknown.
        season: periods in a year; a gap is filled from the neighbours in the same phase where there are such.

    Raises:
        ValueError: columns are missing, a unit has two rows for a period, or a value is infinite.
    """
    if isinstance(data, pd.DataFrame):
        return _aligned(*_matrix(data), season)
    matrix = np.asarray(data, float)
    if matrix.ndim != 2:
        raise ValueError(f"forecast: the matrix is {matrix.ndim}-dimensional; expected (series, periods)")
    if np.isinf(matrix).any():
        raise ValueError(f"forecast: series {int(np.isinf(matrix).any(axis=1).argmax())} has an infinite value")
    ends = np.full(len(matrix), matrix.shape[1])
    return _aligned(pd.RangeIndex(len(matrix)), matrix, np.zeros(matrix.shape, bool), ends, season)


def _matrix(frame: pd.DataFrame) -> tuple[pd.Index, Floats, Flags, Ints]:
    """Units, values by unit and period from the unit's first row, flags of estimates, number of the last period."""
    absent = [name for name in COLUMNS if name not in frame.columns]
    if absent:
        raise ValueError(
            f"forecast: the frame lacks the columns {', '.join(absent)}; it has {', '.join(frame.columns)}"
        )
    value = pd.to_numeric(frame["value"], errors="raise").to_numpy(float, na_value=np.nan)
    if np.isinf(value).any():
        raise ValueError(f"forecast: row {int(np.flatnonzero(np.isinf(value))[0])} of the frame has an infinite value")
    if "missing" in frame.columns:
        value = np.where(frame["missing"].to_numpy(bool), np.nan, value)
    flagged = frame["imputed"].to_numpy(bool) if "imputed" in frame.columns else np.zeros(len(frame), bool)
    code, units = pd.factorize(frame["unit"], sort=True)
    step = _steps(frame["period"], code, len(units))
    keys = pd.MultiIndex.from_arrays([code, step])
    if not keys.is_unique:
        row = int(np.flatnonzero(keys.duplicated())[0])
        unit, period = frame["unit"].iloc[row], frame["period"].iloc[row]
        raise ValueError(f"forecast: unit {unit} has two rows for period {period}; keep one")
    width = int(step.max()) + 1 if len(step) else 0
    matrix, imputed = np.full((len(units), width), np.nan), np.zeros((len(units), width), bool)
    last = np.zeros(len(units), int)
    np.maximum.at(last, code, step)
    matrix[code, step] = value
    imputed[code, step] = flagged
    return pd.Index(units), matrix, imputed, last + 1


def _steps(period: pd.Series, code: Ints, count: int) -> Ints:
    """Position of each row in its unit, in periods from the unit's first row."""
    if isinstance(period.dtype, pd.PeriodDtype):
        number = period.array.asi8
    elif pd.api.types.is_integer_dtype(period.dtype):
        number = period.to_numpy(np.int64)
    else:
        number = np.unique(period.to_numpy(), return_inverse=True)[1].astype(np.int64)
    first = np.full(count, np.iinfo(np.int64).max)
    np.minimum.at(first, code, number)
    steps: Ints = number - first[code]
    return steps


def _aligned(units: pd.Index, matrix: Floats, imputed: Flags, ends: Ints, season: int) -> Panel:
    """Drop unknown values before the first and after the last known one, and fill those between."""
    n, width = matrix.shape
    if not n or not width:
        return Panel(units, np.zeros((n, 1)), *(np.zeros(n, int) for _ in range(4)))
    is_known = np.isfinite(matrix)
    any_known = is_known.any(axis=1)
    first = np.where(any_known, is_known.argmax(axis=1), 0)
    last = np.where(any_known, width - is_known[:, ::-1].argmax(axis=1), 0)
    lengths = last - first
    take = np.minimum(first[:, None] + np.arange(max(int(lengths.max()), 1)), width - 1)
    inside = np.arange(take.shape[1]) < lengths[:, None]
    values = np.where(inside, np.take_along_axis(matrix, take, axis=1), 0.0)
    flagged = (np.take_along_axis(imputed, take, axis=1) & inside).sum(axis=1)
    gaps = np.isnan(values).sum(axis=1)
    for row in np.flatnonzero(gaps):
        values[row, : lengths[row]] = fill_gaps(values[row, : lengths[row]], season)
    return Panel(units, values, lengths, gaps, flagged, np.where(any_known, ends - last, 0))


def fill_gaps(series: Floats, season: int) -> Floats:
    """Fill unknown inner values: a straight line between neighbours, plus the mean departure of the phase from it."""
    here = np.isfinite(series)
    time = np.arange(len(series))
    line = np.interp(time, time[here], series[here])
    if season == 1 or here.sum() < 3 * season:
        return np.where(here, series, line)
    wide = np.convolve(np.pad(line, season // 2, mode="edge"), np.ones(season) / season, mode="same")
    away = series - wide[season // 2 : season // 2 + len(series)]
    phase = time % season
    shift = np.array(
        [np.mean(away[here & (phase == p)]) if (here & (phase == p)).any() else 0.0 for p in range(season)]
    )
    trend = np.interp(time, time[here], (series - shift[phase])[here])
    filled: Floats = np.where(here, series, trend + shift[phase])
    if (series[here] >= 0).all():
        filled = np.maximum(filled, 0.0)
    return filled
