"""Fit an industry x occupation staffing matrix to local margins, and say how well hidden occupations come out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from models.size_noise import Floats, SizeNoise, fit_size_noise

PULLS = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True)
class Staffing:
    """A fitted staffing matrix.

    Attributes:
        jobs: (I, O) jobs by industry and occupation.
        column_totals: (O,) jobs by occupation; equal to the published total where there is one.
        row_gap: (I,) fitted row sum / stated row total - 1; 0 where the total is zero.
        unseeded: (O,) true where no industry of the seed employs a published occupation: it was spread over all
            industries by their size.
        iterations: rounds used.
        converged: whether the row sums had settled within the tolerance.
    """

    jobs: Floats
    column_totals: Floats
    row_gap: Floats
    unseeded: NDArray[np.bool_]
    iterations: int
    converged: bool

    @property
    def pattern(self) -> Floats:
        """(I, O) each industry's jobs as shares of 1 over occupations; a row without jobs is all zero."""
        rows = self.jobs.sum(axis=1, keepdims=True)
        return _ratio(self.jobs, np.broadcast_to(rows, self.jobs.shape))


@dataclass(frozen=True)
class HoldOut:
    """What refitting without some published occupations shows.

    Attributes:
        error: one row per pull: pull, median_abs_log_error, weighted_error (sum of absolute errors / sum of
            published jobs), rank_correlation, bias (sum estimated / sum published - 1), n.
        detail: one row per held-out occupation and pull: pull, column, published, estimate (jobs), log_error
            (log published / estimate; NaN where either is zero).
    """

    error: pd.DataFrame
    detail: pd.DataFrame


@dataclass(frozen=True)
class Spread:
    """Occupation totals with what is not known about them.

    Attributes:
        central: (O,) jobs of the central fit.
        rows_low: (O,) jobs when every row total is `row_error` lower.
        rows_high: (O,) jobs when every row total is `row_error` higher.
        draws: (K, O) jobs; published occupations are the same in every draw.
    """

    central: Floats
    rows_low: Floats
    rows_high: Floats
    draws: Floats


def fit(
    seed: ArrayLike,
    row_totals: ArrayLike,
    column_totals: ArrayLike,
    pull: float,
    *,
    tolerance: float = 1e-3,
    max_iterations: int = 500,
) -> Staffing:
    """Scale rows and columns of a seed until it meets the margins, with a soft rein on unpublished columns.

    Rows are scaled to their totals, published columns to theirs. A column without a published total is scaled by
    (seed total / current total) ** (1 - pull): at pull 0 it stays at its seed total, at 1 it follows its industries.
    This is the scaling algorithm for a Kullback-Leibler penalty in place of a hard margin (Chizat, Peyre, Schmitzer
    and Vialard 2018, "Scaling algorithms for unbalanced optimal transport problems", Mathematics of Computation 87),
    which is iterative proportional fitting (Deming and Stephan 1940) where the margin is hard. Columns are scaled
    last, so published totals are met to rounding and what cannot be met shows in `row_gap`.

    Args:
        seed: (I, O) jobs, not negative: national pattern x local industries.
        row_totals: (I,) jobs by industry.
        column_totals: (O,) published jobs by occupation, NaN where not published.
        pull: 0 to 1, how far unpublished columns may leave their seed total.
        tolerance: largest change of a row's relative gap in a round that counts as settled.
        max_iterations: rounds after which it stops in any case.

    Raises:
        ValueError: shapes disagree, a value is negative or not finite, or pull is outside 0 to 1.
    """
    matrix, rows, columns = _checked(seed, row_totals, column_totals, pull)
    known = np.isfinite(columns)
    unseeded = known & (np.nan_to_num(columns) > 0) & (matrix[rows > 0].sum(axis=0) <= 0)
    if unseeded.any():
        matrix = matrix.copy()
        matrix[:, unseeded] = rows[:, None] / max(rows.sum(), 1e-300)
    target = np.where(known, columns, matrix.sum(axis=0))
    strength = np.where(known, 1.0, 1.0 - pull)
    v = np.ones(len(columns))
    gap = np.full(len(rows), np.inf)
    iterations, converged = 0, False
    while iterations < max_iterations and not converged:
        iterations += 1
        u = _ratio(rows, matrix @ v)
        v = _ratio(target, u @ matrix) ** strength
        new = _gap(u * (matrix @ v), rows)
        converged = bool(np.max(np.abs(new - gap), initial=0.0) < tolerance / 10)
        gap = new
    jobs = u[:, None] * matrix * v
    return Staffing(jobs, jobs.sum(axis=0), gap, unseeded, iterations, converged)


def hold_out(
    seed: ArrayLike,
    row_totals: ArrayLike,
    column_totals: ArrayLike,
    rng: np.random.Generator,
    *,
    share: float = 0.2,
    folds: int = 5,
    pulls: Sequence[float] = PULLS,
) -> HoldOut:
    """Hide published occupations, refit, and compare the estimates with what was published.

    Args:
        seed: (I, O) jobs.
        row_totals: (I,) jobs by industry.
        column_totals: (O,) published jobs, NaN where not published.
        rng: source of the random folds.
        share: share of the published occupations that each fold hides.
        folds: how often; folds do not overlap until every occupation has been hidden once.
        pulls: values of pull to compare.

    Raises:
        ValueError: fewer than two occupations would be hidden in a fold.
    """
    columns = np.asarray(column_totals, float)
    known = np.flatnonzero(np.isfinite(columns) & (columns > 0))
    size = round(share * len(known))
    if size < 2:
        raise ValueError(
            f"hold_out: {share:.0%} of {len(known)} published occupations is {size}; at least 2 are needed"
        )
    passes = -(-folds * size // len(known))
    order = np.concatenate([rng.permutation(known) for _ in range(passes)])
    pieces = []
    for hidden in (order[k * size : (k + 1) * size] for k in range(folds)):
        margin = columns.copy()
        margin[hidden] = np.nan
        for pull in pulls:
            estimate = fit(seed, row_totals, margin, pull).column_totals[hidden]
            frame = {"pull": pull, "column": hidden, "published": columns[hidden], "estimate": estimate}
            pieces.append(pd.DataFrame(frame))
    detail = pd.concat(pieces, ignore_index=True)
    with np.errstate(divide="ignore"):
        logs = np.log(detail["published"].to_numpy() / detail["estimate"].to_numpy())
    detail["log_error"] = np.where(np.isfinite(logs), logs, np.nan)
    rows = [{"pull": pull, **_score(part)} for pull, part in detail.groupby("pull", sort=True)]
    return HoldOut(pd.DataFrame(rows), detail)


def choose_pull(held: HoldOut) -> float:
    """The pull with the smallest employment-weighted error among those held out; ties go to the smaller one."""
    best = held.error.sort_values(["weighted_error", "pull"], kind="stable")
    return float(best["pull"].iloc[0])


def own_error(held: HoldOut, pull: float) -> SizeNoise:
    """Spread of log(true / estimated) by estimated size at one pull, for occupations that are not published.

    Raises:
        ValueError: the pull was not held out, or fewer than eight occupations were.
    """
    part = held.detail[np.isclose(held.detail["pull"], pull)]
    return fit_size_noise(part["log_error"], part["estimate"])


def compare_before(seed_columns: ArrayLike, published: ArrayLike) -> dict[str, float]:
    """How well seed x industries alone agrees with what is published, before any fitting.

    Args:
        seed_columns: (O,) column sums of the seed, jobs.
        published: (O,) published jobs, NaN where not published.

    Returns:
        rank_correlation (Spearman), weighted_error, median_abs_log_error, bias and n over published occupations.
        weighted_error and bias are shares of published jobs.
    """
    estimate, truth = np.asarray(seed_columns, float), np.asarray(published, float)
    use = np.isfinite(truth) & (truth > 0)
    with np.errstate(divide="ignore"):
        logs = np.log(truth[use]) - np.log(estimate[use])
    logs[~np.isfinite(logs)] = np.nan
    return _score(pd.DataFrame({"published": truth[use], "estimate": estimate[use], "log_error": logs}))


def spread(
    seed: ArrayLike,
    row_totals: ArrayLike,
    column_totals: ArrayLike,
    *,
    pull: float,
    own: SizeNoise,
    n_draws: int,
    rng: np.random.Generator,
    row_error: float = 0.03,
) -> Spread:
    """Draws of occupation totals: row totals uncertain by a common factor, unpublished columns by their own error.

    The matrix is refitted with all row totals, and the seed that was built from them, `row_error` lower and higher.
    A draw of the common factor (standard normal, `row_error` being one standard deviation) moves an unpublished
    column in proportion to half the distance between the two, to a tenth of the central fit at the least and three
    times it at most: with a free pull a small error of the rows is a large one of what published columns leave
    over. Its own error is lognormal-like (Student in logs) with the hold-out's spread at its size and mean 1:
    fitting preserves sums, so the central fit is a mean, not a median.

    Args:
        seed: (I, O) jobs.
        row_totals: (I,) jobs by industry.
        column_totals: (O,) published jobs, NaN where not published.
        pull: as in :func:`fit`.
        own: spread of the own error, from :func:`own_error`.
        n_draws: K.
        rng: source of randomness.
        row_error: relative error of the row totals (0.03 = 3%).
    """
    rows, columns = np.asarray(row_totals, float), np.asarray(column_totals, float)
    matrix = np.asarray(seed, float)
    central, low, high = (
        fit(matrix * factor, rows * factor, columns, pull).column_totals
        for factor in (1.0, 1.0 - row_error, 1.0 + row_error)
    )
    hidden = ~np.isfinite(columns)
    draws = np.tile(central, (n_draws, 1))
    z = np.clip(rng.standard_normal(n_draws), -3, 3)[:, None]
    slope = _ratio(high[hidden] - low[hidden], 2 * central[hidden])
    own_factor = np.exp(own.draw(central[hidden], n_draws, rng))
    draws[:, hidden] *= np.clip(1 + z * slope, 0.1, 3.0) * own_factor / own_factor.mean(axis=0)
    return Spread(central, low, high, draws)


def _checked(seed: ArrayLike, row_totals: ArrayLike, column_totals: ArrayLike, pull: float) -> tuple[Floats, ...]:
    matrix, rows = np.asarray(seed, float), np.asarray(row_totals, float)
    columns = np.asarray(column_totals, float)
    if matrix.ndim != 2 or matrix.shape != (len(rows), len(columns)):
        raise ValueError(f"staffing: seed is {matrix.shape}, margins are ({len(rows)}, {len(columns)}): unequal")
    for name, values in (("seed", matrix), ("row_totals", rows), ("column_totals", columns[~np.isnan(columns)])):
        if not np.isfinite(values).all() or (values < 0).any():
            raise ValueError(f"staffing: {name} has a value that is negative or not finite; jobs must be 0 or more")
    if not 0 <= pull <= 1:
        raise ValueError(f"staffing: pull is {pull}; expected 0 (stay at the seed) to 1 (free)")
    return matrix, rows, columns


def _ratio(target: Floats, current: Floats) -> Floats:
    return np.divide(target, current, out=np.zeros_like(target), where=current > 0)


def _gap(sums: Floats, rows: Floats) -> Floats:
    return np.divide(sums - rows, rows, out=np.zeros_like(rows), where=rows > 0)


def _score(part: pd.DataFrame) -> dict[str, float]:
    truth, estimate = part["published"].to_numpy(float), part["estimate"].to_numpy(float)
    return {
        "median_abs_log_error": float(np.nanmedian(np.abs(part["log_error"].to_numpy(float)))),
        "weighted_error": float(np.abs(estimate - truth).sum() / truth.sum()),
        "rank_correlation": _rank_correlation(truth, estimate),
        "bias": float(estimate.sum() / truth.sum() - 1.0),
        "n": float(len(part)),
    }


def _rank_correlation(truth: Floats, estimate: Floats) -> float:
    """Spearman's rank correlation; ties share their mean rank."""
    return float(pd.Series(truth).rank().corr(pd.Series(estimate).rank()))
