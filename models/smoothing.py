"""Likelihood-weighted averages of smoothing models, for a whole panel at several origins."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.grids import Floats
from models.recursion import Ints, Origin, Units, run, variance_factors

_BLOCK_VALUES = 24_000  # grid points x series whose states stay in a processor's second-level cache
_FEWEST_IN_BLOCK, _SMALLEST_SSE = 32, 1e-6


@dataclass(frozen=True)
class Average:
    """One way to average over a grid; several are read off the same pass.

    Attributes:
        name: of the component.
        points: first and last-plus-one point of the grid that take part, or None for all.
        drifts: shares of the OLS slope taken out of the series before smoothing and put back as a drift; (0.0,) is
            plain smoothing, 0.5 the standard Theta method (Hyndman and Billah 2003, "Unmasking the Theta method").
        temperature: exponent of the likelihood; 1 is Bayes with a flat prior, less is a flatter average.
    """

    name: str
    points: tuple[int, int] | None = None
    drifts: tuple[float, ...] = (0.0,)
    temperature: float = 1.0


@dataclass(frozen=True)
class Mixture:
    """Mean and variance of one component: (O, N, h), NaN where a series is too short for an origin."""

    mean: Floats
    variance: Floats


@dataclass(frozen=True)
class Fitted:
    """Every point of the grid with its best initial states, for n series of one length at one origin.

    With a share w of the slope b taken out, the sum of squares is sse - 2 w b away + (w b)^2 ramp and the forecast is
    ahead + w b drift: the ramp enters linearly, so no second pass is needed.

    Attributes:
        length: values up to the origin.
        states: initial states, which cost as many degrees of freedom.
        sse: (G, n) sum of squared one-step errors.
        ahead: (G, h, n) forecasts.
        away: (G, n), ramp: (G, 1), drift: (G, h).
    """

    length: int
    states: int
    sse: Floats
    ahead: Floats
    away: Floats
    ramp: Floats
    drift: Floats


def smooth(
    values: Floats,
    lengths: Ints,
    backs: tuple[int, ...],
    unit: Units,
    averages: tuple[Average, ...],
    slopes: Floats | None = None,
) -> dict[str, Mixture]:
    """Average smoothing models over a grid.

    Args:
        values: (N, T) scaled series, left-aligned, sorted by falling length, zero after the end.
        lengths: (N,) falling.
        backs: origins as values left out at the end.
        unit: responses of the grid to unit states, from `recursion.units`, at least T long.
        averages: what to read off.
        slopes: (O, N) OLS slope of each series at each origin; needed for drifts other than zero.

    Returns:
        By name of the average: mean and variance.
    """
    count = len(values)
    shape = (len(backs), count, unit.horizon)
    found = {a.name: Mixture(np.full(shape, np.nan), np.full(shape, np.nan)) for a in averages}
    factors = variance_factors(unit.grid, unit.season, unit.horizon)
    width = max(_FEWEST_IN_BLOCK, _BLOCK_VALUES // unit.grid.size)
    for first in range(0, count, width):
        part = lengths[first : first + width]
        block = values[first : first + width, : part[0]]
        for origin in run(unit, block, part, backs):
            place = backs.index(origin.back)
            rows = slice(first + origin.columns.start, first + origin.columns.stop)
            slope = None if slopes is None else slopes[place, rows]
            fitted = fit(unit, origin)
            for average in averages:
                mean, variance = _average(fitted, average, factors, slope)
                found[average.name].mean[place, rows] = mean
                found[average.name].variance[place, rows] = variance
    return found


def fit(unit: Units, origin: Origin) -> Fitted:
    """Profile the initial states out by (ridged) least squares, at every point of the grid."""
    gram, inverse, ramp_state = unit.solved(origin.length)
    kind = origin.states.dtype
    start = origin.cross[:, :-1]
    state = -(inverse.astype(kind) @ start)
    sse = origin.energy + np.einsum("gcn,gcn->gn", start, state)
    to_ramp = gram[:, :-1, -1]
    ramp = gram[:, -1, -1] + (to_ramp * ramp_state).sum(axis=1)
    reached = unit.states[origin.length - 1]
    of_ramp = reached[:, :, -1] + (reached[:, :, :-1] @ ramp_state[:, :, None])[:, :, 0]
    steps = np.arange(origin.length + 1, origin.length + 1 + unit.horizon)
    return Fitted(
        origin.length,
        start.shape[1],
        np.maximum(sse, _SMALLEST_SSE * origin.length),
        unit.ahead.astype(kind) @ (origin.states + reached[:, :, :-1].astype(kind) @ state),
        origin.cross[:, -1] + (to_ramp[:, None].astype(kind) @ state)[:, 0],
        ramp[:, None].astype(kind),
        (steps - (unit.ahead @ of_ramp[:, :, None])[:, :, 0]).astype(kind),
    )


def _average(fitted: Fitted, average: Average, factors: Floats, slope: Floats | None) -> tuple[Floats, Floats]:
    """Mean and variance (n, h) of one average."""
    own = slice(*average.points) if average.points else slice(None)
    sse, ahead = fitted.sse[own][None], fitted.ahead[own]
    if slope is not None:
        drift = np.array(average.drifts)[:, None, None] * slope
        sse = sse - 2 * drift * fitted.away[own] + drift**2 * fitted.ramp[own]
        sse = np.maximum(sse, _SMALLEST_SSE * fitted.length)
    likelihood = np.log(sse) * (-0.5 * fitted.length * average.temperature)
    weight = np.exp(likelihood - likelihood.max(axis=(0, 1)))
    weight /= weight.sum(axis=(0, 1))
    by_point = weight.sum(axis=0)
    weighted = by_point[:, None] * ahead
    mean = weighted.sum(axis=0)
    square = np.einsum("ghn,ghn->hn", weighted, ahead)
    if slope is not None:
        first, second = (weight * drift).sum(axis=0), (weight * drift**2).sum(axis=0)
        path = fitted.drift[own]
        square += 2 * np.einsum("gn,gh,ghn->hn", first, path, ahead) + (path**2).T @ second
        mean = mean + path.T @ first
    within = factors[own].T @ (weight * sse).sum(axis=0) / max(fitted.length - fitted.states, fitted.length / 3)
    return mean.T, (within + np.maximum(square - mean**2, 0.0)).T
