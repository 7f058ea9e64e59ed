"""Errors of a panel of short series: one factor that hits all of them, and each one's own, fitted apart and drawn."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import special

from models.size_noise import fit_size_noise

Floats = NDArray[np.float64]

LEVELS = (0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.975, 0.99)
_FEWEST_PER_HORIZON = 30


@dataclass(frozen=True)
class ErrorScales:
    """Scales of forecast errors in log points; errors h years ahead are the one-year scale times h ** exponent.

    Attributes:
        common_sd: standard deviation, one year ahead, of the factor that all series share.
        common_exponent: how it grows with the horizon (0.5 is a random walk).
        common_df: degrees of freedom of its Student distribution.
        own_floor: one-year variance of a series' own error that size does not remove.
        own_per_job: one-year variance times size in jobs.
        own_exponent: how the own error grows with the horizon.
        own_group_share: correlation of own errors of one industry in different places, 0 to 1.
        own_quantiles: quantiles at LEVELS of own errors divided by their scale (about those of a Student
            distribution, but as observed: skewed, and wide enough to cover what was held out).
        n_own: own errors behind the fit.
        origins: forecast origins behind the own errors.
    """

    common_sd: float
    common_exponent: float
    common_df: float
    own_floor: float
    own_per_job: float
    own_exponent: float
    own_group_share: float
    own_quantiles: tuple[float, ...]
    n_own: float
    origins: float

    def own_scale(self, sizes: ArrayLike, horizon: ArrayLike) -> Floats:
        """Scale of own errors for sizes in jobs, `horizon` years ahead (arrays broadcast)."""
        h = np.asarray(horizon, float)
        variance: Floats = self.own_floor + self.own_per_job / np.maximum(np.asarray(sizes, float), 1.0)
        return np.asarray(np.sqrt(variance) * h**self.own_exponent)

    def to_numbers(self) -> dict[str, float]:
        """Flat named numbers; quantiles are named own_quantile_0.025 and so on."""
        flat = {f.name: float(getattr(self, f.name)) for f in fields(self) if f.name != "own_quantiles"}
        names = (_quantile_name(level) for level in LEVELS)
        return flat | dict(zip(names, self.own_quantiles, strict=True))

    @classmethod
    def from_frame(cls, frame: pd.DataFrame) -> ErrorScales:
        """Read the scales back from a table with columns name and value; other names are passed over.

        Raises:
            ValueError: a number is missing.
        """
        values = dict(zip(frame["name"].astype(str), frame["value"].astype(float), strict=True))
        plain = [f.name for f in fields(cls) if f.name != "own_quantiles"]
        missing = [n for n in [*plain, *map(_quantile_name, LEVELS)] if not np.isfinite(values.get(n, np.nan))]
        if missing:
            raise ValueError(f"error_scales: no value for {', '.join(missing)}; rebuild the table with make snapshot")
        return cls(
            **{name: values[name] for name in plain}, own_quantiles=tuple(values[_quantile_name(p)] for p in LEVELS)
        )


def fit_scales(errors: pd.DataFrame, common: pd.DataFrame, *, own_exponent: float | None = None) -> ErrorScales:
    """Fit both parts of the error.

    Own errors are what is left after each origin's and horizon's aggregate error is removed, so that the quantiles
    are split-conformal within an origin (Lei et al. 2018) and say nothing about recessions; those are in `common`.
    Variance is own_floor + own_per_job / size by the likelihood of a Student distribution, horizon by horizon. The
    correlation within industries is by moments: products of standardised errors of one industry in different places.
    Draws stop at the outermost of LEVELS: tails get thinner with the horizon, and those of one to three years,
    scaled up to ten, would rule every mean.

    Args:
        errors: one row per series, origin and horizon: error (log actual - log forecast), size (jobs at the origin),
            actual and forecast (jobs), horizon (years), origin, group (industry).
        common: one row per unit, origin and horizon: error (log points, of a whole area's jobs), horizon (years).
        own_exponent: how own errors grow with the horizon, from a longer panel; default :func:`fit_exponent`.

    Raises:
        ValueError: fewer than thirty own errors at every horizon, or fewer than three common ones.
    """
    own = remove_origin_error(errors)
    years = own["horizon"].to_numpy(float)
    parts = {h: own[years == h] for h in np.unique(years) if (years == h).sum() >= _FEWEST_PER_HORIZON}
    if not parts or len(common) < 3:
        raise ValueError(f"fit_scales: {len(own)} own and {len(common)} common errors are too few to fit scales")
    fits = {h: fit_size_noise(part["own"], part["size"]) for h, part in parts.items()}
    if own_exponent is None:
        own_exponent = fit_exponent(own)
    weight = np.array([noise.n for noise in fits.values()], float)
    shrunk = np.array([h ** (-2 * own_exponent) for h in fits])
    floor = float(np.average([noise.floor for noise in fits.values()] * shrunk, weights=weight))
    per_job = float(np.average([noise.per_job for noise in fits.values()] * shrunk, weights=weight))
    scale = np.sqrt(floor + per_job / own["size"].clip(lower=1)) * own["horizon"] ** own_exponent
    standard = (own["own"] / scale).to_numpy()
    sd, exponent = fit_common(common)
    return ErrorScales(
        common_sd=sd,
        common_exponent=exponent,
        common_df=6.0,
        own_floor=floor,
        own_per_job=per_job,
        own_exponent=own_exponent,
        own_group_share=_group_share(own.assign(standard=np.clip(standard, -4, 4))),
        own_quantiles=tuple(float(q) for q in _conformal(standard)),
        n_own=float(len(own)),
        origins=float(own["origin"].nunique()),
    )


def remove_origin_error(errors: pd.DataFrame) -> pd.DataFrame:
    """Add column own: the error less the aggregate one of its origin and horizon, log(sum actual / sum forecast)."""
    sums = errors.groupby(["origin", "horizon"])[["actual", "forecast"]].transform("sum")
    return errors.assign(own=errors["error"] - np.log(sums["actual"] / sums["forecast"]))


def fit_exponent(own: pd.DataFrame) -> float:
    """Slope, on log horizon, of the log of the 80% point of absolute own errors of like size (columns as above).

    The point, not the standard deviation: it is what an interval is made of, and a few relocations do not move it.
    """
    noise = fit_size_noise(own["own"], own["size"])
    sized = (own["own"] / noise.scale(own["size"])).abs()
    points = sized.groupby(own["horizon"]).quantile(0.8)
    if len(points) == 1:
        return 0.5
    return float(np.polyfit(np.log(points.index.to_numpy(float)), np.log(points.to_numpy(float)), 1)[0])


def fit_common(common: pd.DataFrame) -> tuple[float, float]:
    """One-year standard deviation and exponent from root mean squares by horizon, weighted by their number."""
    by = common.assign(square=common["error"] ** 2).groupby("horizon")["square"].agg(["mean", "size"])
    h, rms = by.index.to_numpy(float), np.sqrt(by["mean"].to_numpy(float))
    if len(h) == 1:
        return float(rms[0] / h[0] ** 0.5), 0.5
    slope, level = np.polyfit(np.log(h), np.log(rms), 1, w=np.sqrt(by["size"].to_numpy(float) / h))
    return float(np.exp(level)), float(slope)


def draw_paths(
    growth: ArrayLike,
    horizon_years: ArrayLike,
    sizes: ArrayLike,
    scales: ErrorScales,
    n_draws: int,
    rng: np.random.Generator,
    *,
    groups: ArrayLike | None = None,
    common: bool = True,
) -> Floats:
    """Joint draws of log growth since the last level: growth x horizon + common factor + own error.

    Every path is a Gaussian process with independent increments whose standard deviation grows as
    horizon ** exponent. The common one becomes Student by one mixing variable a draw; own ones take the observed
    quantiles (a Gaussian copula), and are shifted so that jobs, not their logs, are right on average.

    Args:
        growth: (N,) log growth a year.
        horizon_years: (H,) years ahead, increasing, above zero.
        sizes: (N,) jobs at the last level.
        scales: from :func:`fit_scales`.
        n_draws: K.
        rng: source of randomness.
        groups: (N,) industry labels; own errors of one industry then correlate by own_group_share.
        common: false leaves the common factor out.

    Returns:
        (K, N, H) log deviations from the last level.

    Raises:
        ValueError: horizons do not increase from above zero.
    """
    h = np.asarray(horizon_years, float)
    if not (len(h) and h[0] > 0 and (np.diff(h) > 0).all()):
        raise ValueError(f"draw_paths: horizons are {h.tolist()}; expected increasing years above zero")
    g, n = np.asarray(growth, float), len(np.asarray(growth))
    z = _unit_paths((n_draws, n), h, scales.own_exponent, rng)
    if groups is not None and scales.own_group_share > 0:
        labels, member = np.unique(np.asarray(groups), return_inverse=True)
        shared = _unit_paths((n_draws, len(labels)), h, scales.own_exponent, rng)
        z *= np.float32(np.sqrt(1 - scales.own_group_share))
        z += np.float32(np.sqrt(scales.own_group_share)) * shared[:, member]
    out = np.interp(z, special.ndtri(LEVELS), scales.own_quantiles)
    out *= scales.own_scale(np.asarray(sizes, float)[:, None], h[None, :])
    out -= np.log(np.exp(out).mean(axis=0))
    out += g[:, None] * h
    if common:
        out += draw_common(h, scales, n_draws, rng)[:, None, :]
    return out


def draw_common(horizon_years: ArrayLike, scales: ErrorScales, n_draws: int, rng: np.random.Generator) -> Floats:
    """(K, H) log points of the factor that all series share: a Student path, one mixing variable a draw."""
    h = np.asarray(horizon_years, float)
    mixing = np.sqrt((scales.common_df - 2) / rng.chisquare(scales.common_df, n_draws))[:, None]
    factor = _unit_paths((n_draws, 1), h, scales.common_exponent, rng)[:, 0] * mixing
    return np.asarray(factor * scales.common_sd * h**scales.common_exponent)


def _unit_paths(shape: tuple[int, int], h: Floats, exponent: float, rng: np.random.Generator) -> NDArray[np.float32]:
    """(K, N, H) standard normal at every horizon, with independent increments of variance h ** (2 exponent)."""
    variance = h ** (2 * exponent)
    steps = np.sqrt(np.maximum(np.diff(variance, prepend=0.0), 0.0))
    z = rng.standard_normal((*shape, len(h)), dtype=np.float32)
    z *= steps.astype(np.float32)
    np.cumsum(z, axis=2, out=z)
    z /= np.sqrt(np.cumsum(steps**2)).astype(np.float32)
    return z


def _conformal(standard: Floats) -> Floats:
    """Quantiles with the finite-sample correction outwards, (n + 1) p / n, as split-conformal intervals take."""
    n = len(standard)
    p = np.array(LEVELS)
    outward = np.where(
        p < 0.5, np.maximum((n + 1) * p - 1, 0) / n, np.where(p > 0.5, np.minimum((n + 1) * p, n) / n, p)
    )
    return np.asarray(np.quantile(standard, outward))


def _group_share(own: pd.DataFrame) -> float:
    centred = own.assign(standard=own["standard"] - own.groupby(["origin", "horizon"])["standard"].transform("mean"))
    keyed = centred.assign(square=centred["standard"] ** 2).groupby(["origin", "horizon", "group"])
    total, count = keyed["standard"].sum().to_numpy(float), keyed.size().to_numpy(float)
    squares = keyed["square"].sum().to_numpy(float)
    pairs = (count * (count - 1)).sum()
    if pairs <= 0:
        return 0.0
    return float(np.clip((total**2 - squares).sum() / pairs / (squares.sum() / count.sum()), 0.0, 0.9))


def _quantile_name(level: float) -> str:
    return f"own_quantile_{level:.3f}"
