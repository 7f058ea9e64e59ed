"""The error recursion of additive smoothing models: many series, a grid of parameters and several origins in one pass.

For fixed parameters the one-step errors and the forecasts are linear in the series y and in the initial states x0:
e = A y + D x0 and f = F y + H x0 (Hyndman et al. 2008, chapter 2). D and H do not depend on the series; they are found
once, as the response to unit initial states. A y and F y come from running the recursion on the series with x0 = 0.
The best x0 then follows from least squares, for every origin of the past as well, since e up to an origin and the
states there are by-products of the one pass.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from models.grids import Floats, Grid

Array = NDArray[np.floating]
Ints = NDArray[np.int64]

# Prior precision of initial states relative to the error's (a ridge): it settles what a short series leaves open.
_RIDGE_LEVEL, _RIDGE_SLOPE, _RIDGE_SEASON = 1e-4, 1e-2, 0.3


@dataclass(frozen=True)
class Origin:
    """What the recursion knows at one origin of the series `columns`, all of `length` values there.

    Attributes:
        back: how many values before the end of the series the origin lies.
        length: values up to the origin.
        columns: which series of the block, as a slice.
        energy: (G, n) sum of squared errors from zero initial states.
        cross: (G, C, n) products of the unit responses with those errors.
        forecast: (G, h, n) forecast from zero initial states.
    """

    back: int
    length: int
    columns: slice
    energy: Floats
    cross: Floats
    forecast: Floats


@dataclass
class _States:
    level: Array
    slope: Array
    seasonal: Array


@dataclass
class Units:
    """Responses to unit initial states (level, slope, seasonal states that sum to zero) and to a unit ramp.

    Attributes:
        grid: the G points.
        season: periods in a year, 1 for none.
        horizon: steps ahead.
        errors: (T, G, C) one-step errors for each of the C unit columns; the last column is the ramp 1..T.
        ridge: (C - 1,) prior precision of the initial states.
    """

    grid: Grid
    season: int
    horizon: int
    errors: Floats
    ridge: Floats
    _forecasts: Floats
    _cache: dict[int, tuple[Floats, Floats, Floats]] = field(default_factory=dict)

    def forecast(self, length: int) -> Floats:
        """(G, h, C) forecasts after `length` values."""
        view: Floats = self._forecasts[length - 1]
        return view

    def solved(self, length: int) -> tuple[Floats, Floats, Floats]:
        """For `length` values: Gram matrix (G, C, C), inverse of its ridged state part, states that fit the ramp."""
        if length not in self._cache:
            part = self.errors[:length].transpose(1, 2, 0)
            gram = part @ part.transpose(0, 2, 1)
            inverse = np.linalg.inv(gram[:, :-1, :-1] + np.diag(self.ridge)).astype(float)
            self._cache[length] = gram, inverse, -(inverse @ gram[:, :-1, -1:])[:, :, 0]
        return self._cache[length]


def units(grid: Grid, season: int, longest: int, horizon: int, *, ridge: Floats | None = None) -> Units:
    """Run the recursion on the unit columns.

    Args:
        grid: parameter points.
        season: periods in a year; 1 for a form without seasonal states.
        longest: values of the longest series.
        horizon: steps ahead.
        ridge: (C - 1,) prior precisions instead of the default (zeros give plain least squares).
    """
    seasonal = season - 1 if season > 1 else 0
    first = 1 + int(grid.slope)
    columns = first + seasonal + 1
    start = _zero_states(grid.size, columns, season, np.dtype(np.float64))
    start.level[:, 0] = 1.0
    if grid.slope:
        start.slope[:, 1] = 1.0
    for k in range(seasonal):
        start.seasonal[k, :, first + k] = 1.0
        start.seasonal[season - 1, :, first + k] = -1.0
    ramp = np.zeros((longest, columns))
    ramp[:, -1] = np.arange(1, longest + 1)
    errors = np.empty((longest, grid.size, columns))
    forecasts = np.empty((longest, grid.size, horizon, columns))
    step = _Step(grid, season, np.dtype(np.float64), columns)
    for t in range(longest):
        step.run(start, ramp[t], errors[t], t, columns)
        forecasts[t] = _project(grid, season, start, slice(0, columns), t + 1, horizon)
    default = np.full(columns - 1, _RIDGE_SEASON)
    default[0] = _RIDGE_LEVEL
    if grid.slope:
        default[1] = _RIDGE_SLOPE
    return Units(grid, season, horizon, errors, default if ridge is None else ridge, forecasts)


def run(
    unit: Units, values: Floats, lengths: Ints, backs: tuple[int, ...], dtype: type[np.floating] = np.float32
) -> Iterator[Origin]:
    """Run a block of series and yield each group of equal length at each origin.

    Args:
        unit: responses for the grid, from `units`; its `longest` covers the block.
        values: (n, T) left-aligned, sorted by falling length, zero after the end.
        lengths: (n,) falling.
        backs: origins, as values left out at the end; a series shorter than back + 2 has no such origin.
        dtype: precision of the recursion. float32 halves the time; its error is far below the grid's.
    """
    grid, season = unit.grid, unit.season
    n, longest = values.shape
    active = np.searchsorted(-lengths, -np.arange(1, longest + 1), side="right")
    groups = _groups(lengths, backs)
    states = _zero_states(grid.size, n, season, np.dtype(dtype))
    errors = np.zeros((grid.size, longest, n), dtype)
    y = np.ascontiguousarray(values.T, dtype)
    step = _Step(grid, season, np.dtype(dtype), n)
    response = np.ascontiguousarray(unit.errors[:longest].transpose(1, 2, 0), dtype)
    energy = np.zeros((grid.size, n))
    cross = np.zeros((grid.size, response.shape[1], n))
    done = 0
    for t in range(longest):
        step.run(states, y[t], errors[:, t], t, int(active[t]))
        if t + 1 in groups:
            part = errors[:, done : t + 1]
            energy += np.einsum("gtn,gtn->gn", part, part)
            cross += response[:, :, done : t + 1] @ part
            done = t + 1
            for back, columns in groups[t + 1]:
                ahead = _project(grid, season, states, columns, t + 1, unit.horizon)
                yield Origin(back, t + 1, columns, energy[:, columns], cross[:, :, columns], ahead)


def _groups(lengths: Ints, backs: tuple[int, ...]) -> dict[int, list[tuple[int, slice]]]:
    """Series of equal length, by the number of values at which each of their origins is reached."""
    groups: dict[int, list[tuple[int, slice]]] = {}
    for length in np.unique(lengths):
        first = int(np.searchsorted(-lengths, -length, side="left"))
        last = int(np.searchsorted(-lengths, -length, side="right"))
        for back in backs:
            if length - back >= 2:
                groups.setdefault(int(length) - back, []).append((back, slice(first, last)))
    return groups


def _zero_states(size: int, n: int, season: int, dtype: np.dtype[np.floating]) -> _States:
    shape = (season if season > 1 else 0, size, n)
    return _States(np.zeros((size, n), dtype), np.zeros((size, n), dtype), np.zeros(shape, dtype))


class _Step:
    """One period for all series and points; scratch arrays are kept, since the time goes into memory traffic."""

    def __init__(self, grid: Grid, season: int, dtype: np.dtype[np.floating], n: int) -> None:
        self.alpha, self.beta, self.gamma, self.phi = (
            parameter[:, None].astype(dtype) for parameter in (grid.alpha, grid.beta, grid.gamma, grid.phi)
        )
        self.slope, self.season = grid.slope, season
        self.response = np.empty((grid.size, n), dtype)

    def run(self, states: _States, y: Array, error: Array, t: int, n: int) -> None:
        """Write the errors of period t for the first n columns and move their states."""
        level, slope, e, response = states.level[:, :n], states.slope[:, :n], error[:, :n], self.response[:, :n]
        if self.slope:
            np.multiply(slope, self.phi, out=slope)
            np.add(level, slope, out=level)
        np.subtract(y[:n], level, out=e)
        if self.season > 1:
            seasonal = states.seasonal[t % self.season][:, :n]
            np.subtract(e, seasonal, out=e)
            np.multiply(e, self.gamma, out=response)
            np.add(seasonal, response, out=seasonal)
        np.multiply(e, self.alpha, out=response)
        np.add(level, response, out=level)
        if self.slope:
            np.multiply(e, self.beta, out=response)
            np.add(slope, response, out=slope)


def _project(grid: Grid, season: int, states: _States, columns: slice, t: int, horizon: int) -> Floats:
    """(G, h, n) forecasts from the states after t periods."""
    ahead = np.repeat(states.level[:, None, columns].astype(float), horizon, axis=1)
    if grid.slope:
        ahead += damped_steps(grid, horizon)[:, :, None] * states.slope[:, None, columns]
    if season > 1:
        for j in range(horizon):
            ahead[:, j] += states.seasonal[(t + j) % season][:, columns]
    return ahead


def damped_steps(grid: Grid, horizon: int) -> Floats:
    """(G, h) phi + phi^2 + ... + phi^j: what a unit slope adds j steps ahead."""
    steps: Floats = np.cumsum(grid.phi[:, None] ** np.arange(1, horizon + 1), axis=1)
    return steps


def variance_factors(grid: Grid, season: int, horizon: int) -> Floats:
    """(G, h) variance of the j-step error over the one-step variance (Hyndman et al. 2008, table 6.1)."""
    response = np.ones((grid.size, horizon))
    j = np.arange(1, horizon)
    response[:, 1:] = grid.alpha[:, None] + grid.beta[:, None] * damped_steps(grid, horizon)[:, :-1]
    if season > 1:
        response[:, 1:] += grid.gamma[:, None] * (j % season == 0)
    factors: Floats = np.cumsum(response**2, axis=1)
    return factors
