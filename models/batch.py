"""Forecast one batch of series that learn from each other: components, combination, correction, intervals, draws."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from models import treatment
from models.correction import Corrected
from models.engine import origins, rounded, run_engine
from models.grids import Floats
from models.intervals import Scores, half_widths, joint_draws, scores
from models.panel import Panel
from models.seasonality import Flags, known


@dataclass(frozen=True)
class BatchForecast:
    """Forecasts of the batch's series, in its order; arrays as in `models.forecasting.Forecast`, levels in a list."""

    mean: Floats
    lower: list[Floats]
    upper: list[Floats]
    draws: Floats
    components: dict[str, Floats]
    diagnostics: pd.DataFrame


def forecast_batch(
    panel: Panel,
    horizon: int,
    season: int,
    levels: tuple[float, ...],
    common: Floats,
    *,
    seed: tuple[int, int],
    boosted: bool = False,
    keep_components: bool = True,
) -> BatchForecast:
    """Forecast a batch.

    Args:
        panel: series sorted by falling length.
        horizon: steps after the end of each series' rows.
        season: periods in a year.
        levels: of the intervals, in percent.
        common: (K,) numbers between 0 and 1 that choose the earlier origin of each joint draw, shared by all batches.
        seed: seed and number of the batch, for what the series do not share.
        boosted: try gradient boosting for the correction too.
        keep_components: return them.
    """
    steps = horizon + int(panel.late.max(initial=0))
    kind = treatment.classify(panel, season)
    n = len(kind)
    mean, sd = np.full((n, steps), np.nan), np.full((n, steps), np.nan)
    found: dict[str, Floats] = {}
    seasonal, corrected = np.zeros(n, bool), Corrected(mean, "none", 0.0, np.nan)
    past = Scores(np.empty((0, n, steps)), 0)
    full = kind == treatment.COMBINED
    if full.any():
        values, lengths = rounded(panel.matrix[full], panel.lengths[full])
        backs = origins(lengths, season, steps)
        engine = run_engine(values, lengths, season, steps, backs, boosted=boosted)
        mean[full], sd[full] = engine.mean[0], engine.sd[0]
        past = scores(engine.actual[1:], engine.mean[1:], engine.sd[1:])
        seasonal[full], corrected = engine.parts.seasonal[0], engine.corrected
        for name, part in zip(engine.parts.names, engine.parts.mean, strict=True) if keep_components else ():
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
            "treatment": treatment.named(panel, kind, season),
            "seasonal": seasonal,
            "filled": panel.filled,
            "imputed": panel.imputed,
            "late": panel.late,
            "correction": np.where(full, corrected.model, "none"),
            "correction_share": np.where(full, corrected.share, 0.0),
            "correction_gain": np.where(full, corrected.gain, np.nan),
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
