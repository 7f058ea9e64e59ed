"""Growth of many short annual series: each one's departure from its parent, shrunk by how much of it is noise."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from models.carry import CarryOver, fit_carry

Floats = NDArray[np.float64]

_CUT = 4.0
_ROUNDS = 25


@dataclass(frozen=True)
class PooledGrowth:
    """Pooled growth of N series, in log points a year.

    Attributes:
        growth: (N,) parent + group + shrink x (own - group); parent alone where a series has no two values.
        shrink: (N,) share of the local residual that is kept, 0 to 1; 0 where there is none.
        own: (N,) residual growth of the series above its parent, as observed; NaN where it has no two values.
        group: (N,) shrunk growth of the series' group above the parents; 0 without groups.
        parent: (N,) mean growth of the parent over the series' span.
        variance_between: variance of lasting local growth between series (squared log points a year).
        variance_within: (N,) variance of `own` that is noise (squared log points a year).
        settling: (N,) log points, once and not a year: what the last step is expected to take back (noise) or to go on
            with (an average that was still moving); 0 where the last two years are not both known.
        carry: the fitted carry-over behind `settling`.
    """

    growth: Floats
    shrink: Floats
    own: Floats
    group: Floats
    parent: Floats
    variance_between: float
    variance_within: Floats
    settling: Floats
    carry: CarryOver

    def ahead(self, parent_growth: ArrayLike, years: ArrayLike) -> Floats:
        """(N, H) log change since the last level, `years` (H,) ahead, where the parents will grow by `parent_growth`.

        Args:
            parent_growth: (N,) log points a year expected of each series' parent.
            years: (H,) years ahead, above zero.
        """
        a_year = np.asarray(parent_growth, float) + self.growth - self.parent
        return np.asarray(a_year[:, None] * np.asarray(years, float)[None, :] + self.settling[:, None])


@dataclass(frozen=True)
class _Residuals:
    steps: Floats
    spans: Floats
    own: Floats
    total: Floats


def pooled_growth(
    levels: ArrayLike,
    parent_growth: ArrayLike,
    *,
    groups: ArrayLike | None = None,
    sizes: ArrayLike | None = None,
    carry: CarryOver | None = None,
) -> PooledGrowth:
    """Shrink each series' growth towards its parent's, by the ratio of variances.

    A series' own residual is its growth less its parent's (the "local share" of shift-share analysis, Dunn 1960),
    averaged over its span S of years. It is lasting local growth with variance B plus noise with variance W / S,
    where W = floor + per_job / size is the variance of a year's residual about the series' own mean. The best linear
    estimate of the lasting part is B / (B + W / S) x residual: James and Stein (1961) with the variances estimated
    by moments from the whole panel (Efron and Morris 1975, "Data analysis using Stein's estimator and its
    generalizations"; unequal variances as in DerSimonian and Laird 1986). With groups (a county's total within the
    state) the same rule is applied first to the size-weighted mean residual of each group, then to what is left.
    B comes from products of steps at least two years apart: neighbouring ones also share the level between them, whose
    noise would pass for a return, and the drift of a yearly average for lasting growth. That part is `settling`
    (:mod:`models.carry`). With fewer than three steps lasting growth cannot be told from it, and B is zero.
    Residuals are cut at four spreads, so that one relocation does not make the variances.

    Args:
        levels: (N, T) annual jobs, NaN where unknown; zero and less count as unknown.
        parent_growth: (N,) or (N, T - 1) log growth of each series' parent, a year; NaN nowhere.
        groups: (N,) labels of the level between series and parent, or None.
        sizes: (N,) jobs that noise depends on; default the geometric mean of the levels.
        carry: carry-over fitted elsewhere on figures of the same source; default the panel's own.

    Raises:
        ValueError: shapes disagree or a parent's growth is missing.
    """
    y = np.asarray(levels, float)
    if y.ndim != 2 or y.shape[1] < 2:
        raise ValueError(f"pooled_growth: levels are {y.shape}; expected (N, T) with at least two years")
    n, t = y.shape
    parent = np.asarray(parent_growth, float)
    parent = np.repeat(parent[:, None], t - 1, axis=1) if parent.ndim == 1 else parent
    if parent.shape != (n, t - 1) or not np.isfinite(parent).all():
        raise ValueError(f"pooled_growth: parent_growth must be ({n},) or ({n}, {t - 1}) without missing values")
    log = np.full((n, t), np.nan)
    np.log(y, out=log, where=y > 0)
    res = _residuals(log, parent)
    has = res.total > 0
    size = _sizes(log, sizes)
    single = np.where(res.spans == 1, res.steps, np.nan)
    found = fit_carry(single, size) if carry is None else carry
    noise = _yearly_noise(res, size)
    lasting = _lasting(single, noise)
    follow = np.clip(found.share(size) - lasting / (lasting + noise), -0.45, 0.45)
    steps = np.maximum(res.total, 1.0)
    within = np.where(has, noise / steps * (1 + 2 * follow * (steps - 1) / steps), np.nan)
    group = np.zeros(n)
    if groups is not None:
        group = _group_effect(res.own, within, size, np.unique(np.asarray(groups), return_inverse=True)[1])
    local = np.where(has, res.own - group, np.nan)
    shrink = np.where(has, lasting / np.where(has, lasting + within, 1.0), 0.0)
    cut = _CUT * np.sqrt(lasting + np.where(has, within, 0.0))
    kept = shrink * np.clip(np.where(has, local, 0.0), -cut, cut)
    mean = parent.mean(axis=1)
    last = single[:, -1] - group
    settling = found.expected(last - kept, size) if found.n else np.zeros(n)
    return PooledGrowth(mean + group + kept, shrink, res.own, group, mean, lasting, within, settling, found)


def _lasting(single: Floats, noise: Floats) -> float:
    """B: weighted mean product of yearly steps two and more years apart; zero unless two standard errors above it."""
    d = single - np.nanmean(np.where(np.isfinite(single).any(axis=0), single, 0.0), axis=0)
    total, weight_sum, square = 0.0, 0.0, 0.0
    cut = _CUT * np.sqrt(noise)
    for gap in range(2, d.shape[1]):
        first, second = d[:, :-gap], d[:, gap:]
        use = np.isfinite(first) & np.isfinite(second)
        wide = np.broadcast_to(cut[:, None], use.shape)[use]
        weight = 1.0 / np.broadcast_to(noise[:, None], use.shape)[use] ** 2
        product = weight * np.clip(first[use], -wide, wide) * np.clip(second[use], -wide, wide)
        total += float(product.sum())
        weight_sum += float(weight.sum())
        square += float((product**2).sum())
    return total / weight_sum if total > 2 * np.sqrt(square) else 0.0


def _residuals(log: Floats, parent: Floats) -> _Residuals:
    """Yearly residual growth between neighbouring known values; a gap of s years gives one step over s years."""
    n, t = log.shape
    path = np.concatenate([np.zeros((n, 1)), parent.cumsum(axis=1)], axis=1)
    above = log - path
    steps, spans = np.full((n, t - 1), np.nan), np.full((n, t - 1), np.nan)
    value, year = above[:, 0].copy(), np.where(np.isfinite(above[:, 0]), 0.0, np.nan)
    for k in range(1, t):
        here = np.isfinite(above[:, k])
        both = here & np.isfinite(value)
        steps[both, k - 1] = (above[both, k] - value[both]) / (k - year[both])
        spans[both, k - 1] = k - year[both]
        value, year = np.where(here, above[:, k], value), np.where(here, float(k), year)
    total = np.nansum(spans, axis=1)
    rise = np.nansum(steps * spans, axis=1)
    own: Floats = np.where(total > 0, rise / np.maximum(total, 1.0), np.nan)
    return _Residuals(steps, spans, own, total)


def _sizes(log: Floats, sizes: ArrayLike | None) -> Floats:
    if sizes is not None:
        given: Floats = np.maximum(np.nan_to_num(np.asarray(sizes, float), nan=1.0), 1.0)
        return given
    known = np.isfinite(log)
    mean: Floats = np.where(known, log, 0.0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    return np.exp(np.maximum(mean, 0.0))


def _yearly_noise(res: _Residuals, size: Floats) -> Floats:
    """(N,) W = floor + per_job / size: variance of a year's residual about the series' own mean."""
    count = np.isfinite(res.steps).sum(axis=1)
    many = count >= 2
    if not many.any():
        seen = res.own[np.isfinite(res.own)]
        return np.full(len(size), float(np.mean(seen**2)) if len(seen) else 1.0)
    away = (res.steps - res.own[:, None]) * np.sqrt(res.spans)
    scale = np.nanmedian(np.abs(away[many])) / 0.6745
    squares = np.nansum(np.minimum(np.abs(away), 6 * _CUT * max(scale, 1e-9)) ** 2, axis=1)[many]
    sample = squares / (count[many] - 1)
    x = np.stack([np.ones(many.sum()), 1.0 / size[many]], axis=1)
    fitted = np.full(many.sum(), max(float(np.mean(sample)), 1e-12))
    floor, per_job = 0.0, 0.0
    for _ in range(_ROUNDS):
        # variances of chi-squared samples go with their squares: weighted least squares, both terms non-negative
        weight = (count[many] - 1) / fitted**2
        capped = np.minimum(sample, _CUT**2 * fitted)
        a = x.T @ (x * weight[:, None])
        b = x.T @ (capped * weight)
        floor, per_job = _nonnegative(a, b)
        fitted = np.maximum(x @ np.array([floor, per_job]), 1e-12)
    return np.maximum(floor + per_job / size, 1e-12)


def _nonnegative(a: Floats, b: Floats) -> tuple[float, float]:
    try:
        both = np.linalg.solve(a, b)
    except np.linalg.LinAlgError:
        return float(b[0] / a[0, 0]), 0.0
    if (both >= 0).all():
        return float(both[0]), float(both[1])
    alone = [(float(b[0] / a[0, 0]), 0.0), (0.0, float(b[1] / a[1, 1]))]
    return alone[0] if both[1] < 0 else alone[1]


def _between(local: Floats, within: Floats) -> float:
    """B by moments: weighted mean of residual^2 - noise, weights 1 / (B + noise)^2, iterated; never below zero."""
    between = max(float(np.median(local**2) / 0.455 - np.median(within)), 0.0) if len(local) else 0.0
    for _ in range(_ROUNDS if len(local) else 0):
        total = np.maximum(between + within, 1e-12)
        weight = 1.0 / total**2
        capped = np.minimum(local**2, _CUT**2 * total)
        between = max(float((weight * (capped - within)).sum() / weight.sum()), 0.0)
    return between


def _group_effect(own: Floats, within: Floats, size: Floats, group: NDArray[np.intp]) -> Floats:
    has = np.isfinite(own)
    n = int(group.max()) + 1
    spread = np.nanmedian(np.abs(own[has])) / 0.6745 if has.any() else 0.0
    weight = np.where(has, size, 0.0)
    total = np.bincount(group, weight, n)
    cut = np.clip(np.where(has, own, 0.0), -_CUT * spread, _CUT * spread)
    mean: Floats = np.bincount(group, weight * cut, n) / np.maximum(total, 1e-300)
    # a series scatters about its group by noise and by lasting local growth: both are error of the group's mean
    part = weight / np.maximum(total, 1e-300)[group]
    scatter = np.where(part < 1, (cut - mean[group]) ** 2 / np.maximum(1 - part, 1e-9), np.where(has, within, 0.0))
    error = np.asarray(np.bincount(group, part**2 * scatter, n), float)
    seen = total > 0
    between = _between(mean[seen], error[seen]) if seen.sum() > 1 else 0.0
    kept = np.where(seen, between / np.maximum(between + error, 1e-300), 0.0)
    return np.asarray((kept * mean)[group])
