"""Forecast one batch of series that learn from each other: components, combination, correction, intervals, draws."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from models import treatment
from models.combine import trimmed_mean
from models.components import Components, components
from models.correction import Corrected, correct, features
from models.grids import Floats
from models.intervals import Scores, half_widths, joint_draws, scores
from models.panel import Panel
from models.recursion import Ints
from models.seasonality import Flags, known

_ORIGINS = 3
_FARTHEST = 10.0  # multiples of the largest value seen, beyond which no forecast goes


@dataclass(frozen=True)
class BatchForecast:
    """Forecasts of the batch's series, in its order; arrays as in `models.forecasting.Forecast`, levels in a list."""

    mean: Floats
    lower: list[Floats]
    upper: list[Floats]
    draws: Floats
    components: dict[str, Floats]
    diagnostics: pd.DataFrame


@dataclass(frozen=True)
class Engine:
    """The combination at O origins (the first is the end of the series) for N series.

    Attributes:
        backs: (O,) values left out at the end.
        mean: (O, N, h) corrected combination; NaN where a series is too short for an origin.
        sd: (O, N, h).
        actual: (O, N, h) what came; NaN at origin 0 and beyond the end.
        parts: the components.
        corrected: share and gain of the correction.
    """

    backs: tuple[int, ...]
    mean: Floats
    sd: Floats
    actual: Floats
    parts: Components
    corrected: Corrected


def forecast_batch(
    panel: Panel, horizon: int, season: int, levels: tuple[float, ...], common: Floats, seed: tuple[int, int]
) -> BatchForecast:
    """Forecast a batch.

    Args:
        panel: series sorted by falling length.
        horizon: steps after the end of each series' rows.
        season: periods in a year.
        levels: of the intervals, in percent.
        common: (K,) numbers between 0 and 1 that choose the earlier origin of each joint draw, shared by all batches.
        seed: seed and number of the batch, for what the series do not share.
    """
    steps = horizon + int(panel.late.max(initial=0))
    kind = treatment.classify(panel, season)
    n = len(kind)
    mean, sd = np.full((n, steps), np.nan), np.full((n, steps), np.nan)
    found: dict[str, Floats] = {}
    seasonal, share, gain = np.zeros(n, bool), 0.0, np.nan
    past = Scores(np.empty((0, n, steps)), 0)
    full = kind == treatment.COMBINED
    if full.any():
        engine = run_engine(
            panel.matrix[full], panel.lengths[full], season, steps, origins(panel.lengths[full], season, steps)
        )
        mean[full], sd[full] = engine.mean[0], engine.sd[0]
        past = scores(engine.actual[1:], engine.mean[1:], engine.sd[1:])
        seasonal[full], share, gain = engine.parts.seasonal[0], engine.corrected.share, engine.corrected.gain
        for name, part in zip(engine.parts.names, engine.parts.mean, strict=True):
            found[name] = np.full((n, steps), np.nan)
            found[name][full] = part[0]
    _treat_plainly(panel, kind, season, mean, sd)
    inside = known(panel.lengths, panel.matrix.shape[1])
    positive = np.where(inside, panel.matrix, np.inf).min(axis=1, initial=np.inf) >= 0
    floor = np.where(positive, 0.0, -np.inf)[:, None]
    width = half_widths(past, levels, steps)
    rng = np.random.default_rng(seed)
    draws = joint_draws(mean, sd, past, common, rng)
    take = panel.late[:, None] + np.arange(horizon)

    def shown(array: Floats) -> Floats:
        cut: Floats = np.take_along_axis(
            np.maximum(array, floor), np.broadcast_to(take, (*array.shape[:-1], horizon)), -1
        )
        return cut

    table = pd.DataFrame(
        {
            "unit": panel.units,
            "length": panel.lengths,
            "treatment": kind.astype(str),
            "seasonal": seasonal,
            "filled": panel.filled,
            "imputed": panel.imputed,
            "late": panel.late,
            "correction_share": np.where(full, share, 0.0),
            "correction_gain": np.where(full, gain, np.nan),
            "past_errors": past.count,
        }
    )
    return BatchForecast(
        shown(mean),
        [shown(mean - w * sd) for w in width],
        [shown(mean + w * sd) for w in width],
        shown(draws),
        {name: np.take_along_axis(part, take, axis=1) for name, part in found.items()},
        table,
    )


def origins(lengths: Ints, season: int, horizon: int) -> tuple[int, ...]:
    """The end and up to three earlier origins, a horizon apart, that at least some series are long enough for."""
    longest = int(lengths.max())
    backs = [k * horizon for k in range(1, _ORIGINS + 1) if longest - k * horizon >= treatment.fewest(season)]
    return (0, *backs)


def run_engine(values: Floats, lengths: Ints, season: int, horizon: int, backs: tuple[int, ...]) -> Engine:
    """Combine and correct at every origin.

    Args:
        values: (N, T) left-aligned, sorted by falling length, zero after the end.
        lengths: (N,) falling, each long enough for the combination.
        season: periods in a year.
        horizon: steps ahead.
        backs: origins; the first is 0.
    """
    parts = components(values, lengths, season, horizon, backs)
    inside = known(lengths, values.shape[1])
    limit = _FARTHEST * np.where(inside, np.abs(values), 0.0).max(axis=1)[:, None]
    lowest = np.where(np.where(inside, values, np.inf).min(axis=1) >= 0, 0.0, -np.inf)[:, None]
    ahead = np.clip(parts.mean, np.maximum(lowest, -limit), limit)
    base = trimmed_mean(ahead)
    spread = np.std(ahead, axis=0)
    sd = np.sqrt(parts.sd**2 + spread**2)
    actual = np.full(base.shape, np.nan)
    inputs: Floats | None = None
    units = np.ones(base.shape[:2])
    for place, back in enumerate(backs):
        usable = lengths - back >= treatment.fewest(season)
        base[place, ~usable] = np.nan
        rows = np.flatnonzero(usable)
        made, units[place, rows] = features(
            values[rows], lengths[rows] - back, ahead[:, place, rows], base[place, rows], season
        )
        if inputs is None:
            inputs = np.full((*base.shape, made.shape[-1]), np.nan)
        inputs[place, rows] = made
        if back:
            at = np.minimum((lengths - back)[:, None] + np.arange(horizon), values.shape[1] - 1)
            came = (lengths - back)[:, None] + np.arange(horizon) < lengths[:, None]
            actual[place] = np.where(came & usable[:, None], np.take_along_axis(values, at * (at > 0), axis=1), np.nan)
    if inputs is None or len(backs) == 1:
        return Engine(backs, base, sd, actual, parts, Corrected(base, 0.0, np.nan))
    corrected = correct(inputs, (actual - base) / units[:, :, None], units, base)
    return Engine(backs, np.clip(corrected.mean, np.maximum(lowest, -limit), limit), sd, actual, parts, corrected)


def _treat_plainly(panel: Panel, kind: np.ndarray, season: int, mean: Floats, sd: Floats) -> None:
    """Fill in the rows that the combination leaves out."""
    steps = mean.shape[1]
    typical = treatment.typical_step(panel.matrix, panel.lengths, kind == treatment.COMBINED)
    still = np.isin(kind, (treatment.ZERO, treatment.CONSTANT))
    forms: list[tuple[Flags, treatment.Plain]] = []
    if still.any():
        forms.append((still, treatment.constant(panel.matrix[still], panel.lengths[still], steps, typical)))
    short = kind == treatment.SHORT
    if short.any():
        forms.append((short, treatment.short(panel.matrix[short], panel.lengths[short], season, steps, typical)))
    sparse = kind == treatment.INTERMITTENT
    if sparse.any():
        forms.append((sparse, treatment.intermittent(panel.matrix[sparse], panel.lengths[sparse], steps)))
    for rows, plain in forms:
        mean[rows], sd[rows] = plain.mean, plain.sd
