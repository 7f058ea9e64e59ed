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

_BLOCK_STEPS = 32  # of the recursion done by one matrix product
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
        states: (G, K, n) states reached from zero initial states: level, slope, next phases of the season.
    """

    back: int
    length: int
    columns: slice
    energy: Array
    cross: Array
    states: Array


@dataclass
class Units:
    """Responses to unit initial states (level, slope, seasonal states that sum to zero) and to a unit ramp.

    Attributes:
        grid: the G points.
        season: periods in a year, 1 for none.
        horizon: steps ahead.
        errors: (T, G, C) one-step errors for each of the C unit columns; the last column is the ramp 1..T.
        ridge: (C - 1,) prior precision of the initial states.
        states: (T, G, K, C) states after each value.
        ahead: (G, h, K) forecasts of unit states.
    """

    grid: Grid
    season: int
    horizon: int
    errors: Floats
    ridge: Floats
    states: Floats
    ahead: Floats
    _cache: dict[int, tuple[Floats, Floats, Floats]] = field(default_factory=dict)
    _blocks: dict[tuple[int, type[np.floating]], tuple[Array, Array]] = field(default_factory=dict)

    def solved(self, length: int) -> tuple[Floats, Floats, Floats]:
        """For `length` values: Gram matrix (G, C, C), inverse of its ridged state part, states that fit the ramp."""
        if length not in self._cache:
            part = self.errors[:length].transpose(1, 2, 0)
            gram = part @ part.transpose(0, 2, 1)
            inverse = np.linalg.inv(gram[:, :-1, :-1] + np.diag(self.ridge)).astype(float)
            self._cache[length] = gram, inverse, -(inverse @ gram[:, :-1, -1:])[:, :, 0]
        return self._cache[length]

    def block(self, steps: int, dtype: type[np.floating]) -> tuple[Array, Array]:
        """Some steps of the recursion as one matrix product.

        Returns:
            (G (steps + K), steps) and (G, steps + K, K): the errors of the steps and the states after them, from the
            values of the steps and from the states before them.
        """
        if (steps, dtype) not in self._blocks:
            form = _matrices(self.grid, self.season)
            size, k = form.gain.shape
            found = np.zeros((size, steps + k, steps + k))
            state = np.zeros((size, k, steps + k))
            state[:, :, steps:] = np.eye(k)
            for j in range(steps):
                found[:, j] = -(form.watch[:, None] @ state)[:, 0]
                found[:, j, j] += 1.0
                state = form.move @ state + form.gain[:, :, None] * found[:, j, None]
            found[:, steps:] = state
            values = np.ascontiguousarray(found[:, :, :steps].reshape(-1, steps), dtype)
            self._blocks[steps, dtype] = values, np.ascontiguousarray(found[:, :, steps:], dtype)
        return self._blocks[steps, dtype]


@dataclass(frozen=True)
class _Matrices:
    """State space form: e = y - watch x, next x = move x + gain e."""

    watch: Floats
    move: Floats
    gain: Floats


def _matrices(grid: Grid, season: int) -> _Matrices:
    """(G, K), (G, K, K), (G, K) of the states level, slope, next phases of the season."""
    first = 1 + int(grid.slope)
    k = first + (season if season > 1 else 0)
    watch, move, gain = np.zeros((grid.size, k)), np.zeros((grid.size, k, k)), np.zeros((grid.size, k))
    watch[:, 0], move[:, 0, 0], gain[:, 0] = 1.0, 1.0, grid.alpha
    if grid.slope:
        watch[:, 1], gain[:, 1] = grid.phi, grid.beta
        move[:, 0, 1] = move[:, 1, 1] = grid.phi
    if season > 1:
        watch[:, first], gain[:, -1], move[:, -1, first] = 1.0, grid.gamma, 1.0
        move[:, np.arange(first, k - 1), np.arange(first + 1, k)] = 1.0
    return _Matrices(watch, move, gain)


def units(grid: Grid, season: int, longest: int, horizon: int, *, ridge: Floats | None = None) -> Units:
    """Run the recursion on the unit columns.

    Args:
        grid: parameter points.
        season: periods in a year; 1 for a form without seasonal states.
        longest: values of the longest series.
        horizon: steps ahead.
        ridge: (C - 1,) prior precisions instead of the default (zeros give plain least squares).
    """
    form = _matrices(grid, season)
    first, k = 1 + int(grid.slope), form.gain.shape[1]
    columns = k if season > 1 else k + 1  # one for the ramp; seasonal states sum to zero
    state = np.zeros((grid.size, k, columns))
    for j in range(columns - 1):
        state[:, j, j] = 1.0
        if j >= first:
            state[:, -1, j] = -1.0
    errors, states = np.empty((longest, grid.size, columns)), np.empty((longest, grid.size, k, columns))
    for t in range(longest):
        error = state[:, 0] + (grid.phi[:, None] * state[:, 1] if grid.slope else 0.0)
        error = -(error + state[:, first]) if season > 1 else -error
        error[:, -1] += t + 1
        moved = np.empty_like(state)
        moved[:, 0] = state[:, 0]
        if grid.slope:
            moved[:, 1] = grid.phi[:, None] * state[:, 1]
            moved[:, 0] += moved[:, 1]
        if season > 1:
            moved[:, first:-1], moved[:, -1] = state[:, first + 1 :], state[:, first]
        state = states[t]
        np.add(moved, form.gain[:, :, None] * error[:, None], out=state)
        errors[t] = error
    default = np.full(columns - 1, _RIDGE_SEASON)
    default[0] = _RIDGE_LEVEL
    if grid.slope:
        default[1] = _RIDGE_SLOPE
    ahead = np.zeros((grid.size, horizon, k))
    ahead[:, :, 0] = 1.0
    if grid.slope:
        ahead[:, :, 1] = damped_steps(grid, horizon)
    if season > 1:
        ahead[:, np.arange(horizon), first + np.arange(horizon) % season] = 1.0
    return Units(grid, season, horizon, errors, default if ridge is None else ridge, states, ahead)


def run(
    unit: Units, values: Floats, lengths: Ints, backs: tuple[int, ...], dtype: type[np.floating] = np.float32
) -> Iterator[Origin]:
    """Run a block of series and yield each group of equal length at each origin.

    Between two origins the recursion runs in blocks of up to 32 steps, each one matrix product.

    Args:
        unit: responses for the grid, from `units`; its `longest` covers the block.
        values: (n, T) left-aligned, sorted by falling length, zero after the end.
        lengths: (n,) falling.
        backs: origins, as values left out at the end; a series shorter than back + 2 has no such origin.
        dtype: precision of the recursion. float32 halves the time; its error is far below the grid's.
    """
    size, k = unit.ahead.shape[0], unit.ahead.shape[2]
    n, longest = values.shape
    groups = _groups(lengths, backs)
    y = np.ascontiguousarray(values.T, dtype)
    response = np.ascontiguousarray(unit.errors[:longest].transpose(1, 2, 0), dtype)
    states = np.zeros((size, k, n), dtype)
    energy, cross = np.zeros((size, n), dtype), np.zeros((size, response.shape[1], n), dtype)
    done = 0
    for stop in sorted(groups):
        active = int(np.searchsorted(-lengths, -stop, side="right"))
        states, energy, cross = states[:, :, :active], energy[:, :active], cross[:, :, :active]
        while done < stop:
            steps = min(_BLOCK_STEPS, stop - done)
            from_values, from_states = unit.block(steps, dtype)
            out = (from_values @ y[done : done + steps, :active]).reshape(size, steps + k, active)
            if done:
                out += from_states @ states
            errors, states = out[:, :steps], out[:, steps:]
            cross = cross + response[:, :, done : done + steps] @ errors
            energy = energy + np.einsum("gtn,gtn->gn", errors, errors)
            done += steps
        for back, columns in groups[stop]:
            yield Origin(back, stop, columns, energy[:, columns], cross[:, :, columns], states[:, :, columns])


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
