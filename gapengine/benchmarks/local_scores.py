"""Scores of forecasts of county-industries: skill over all and by sector, with a test; coverage of their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import statsmodels.api as sm

from gapengine.benchmarks.local_methods import METHODS
from models.panel_errors import ErrorScales, draw_paths, remove_origin_error

_KEY = ["county", "group", "origin", "horizon"]


@dataclass(frozen=True)
class Skill:
    """Error saved by pooled growth against another way to forecast, on the same series.

    Attributes:
        against: the other way.
        n: series.
        jobs: 1 - sum of absolute errors in jobs / that of the other way.
        log: the same with absolute log errors, each county-industry counting once.
        sectors: sectors with at least one series.
        sectors_better, sectors_better_log: sectors in which the skill is above zero.
        sectors_surely_better, sectors_surely_worse: sectors whose mean saving differs from zero by two standard errors
            (regression of the saving in absolute log error on sectors, errors clustered by county).
        by_sector: sector -> skill in jobs.
        series_by_sector: sector -> series.
    """

    against: str
    n: int
    jobs: float
    log: float
    sectors: int
    sectors_better: int
    sectors_better_log: int
    sectors_surely_better: int
    sectors_surely_worse: int
    by_sector: dict[str, float]
    series_by_sector: dict[str, int]

    def as_json(self) -> dict[str, object]:
        """Rounded to four digits."""
        shown = {key: round(value, 4) if isinstance(value, float) else value for key, value in vars(self).items()}
        return shown | {"by_sector": {key: round(value, 3) for key, value in self.by_sector.items()}}


def skills(errors: pd.DataFrame, against: Sequence[str] = METHODS[1:]) -> list[Skill]:
    """Skill of the method "pooled" against each other one that is there."""
    return [skill(errors, name) for name in against if (errors["method"] == name).any()]


def skill(errors: pd.DataFrame, against: str) -> Skill:
    """Skill of the method "pooled" on the series that `against` forecasts too (rows as of local_methods.errors)."""
    ours = errors[errors["method"] == "pooled"].set_index(_KEY)
    theirs = errors[errors["method"] == against].set_index(_KEY)
    both = ours.join(theirs[["forecast", "error"]].add_suffix("_other"), how="inner")
    frame = pd.DataFrame(
        {
            "sector": both["sector"],
            "jobs": (both["actual"] - both["forecast"]).abs(),
            "jobs_other": (both["actual"] - both["forecast_other"]).abs(),
            "log": both["error"].abs(),
            "log_other": both["error_other"].abs(),
        }
    )
    sums = frame.groupby("sector")[["jobs", "jobs_other", "log", "log_other"]].sum()
    by_sector = 1 - sums["jobs"] / sums["jobs_other"]
    by_log = 1 - sums["log"] / sums["log_other"]
    whole = sums.sum()
    saved = frame["log_other"] - frame["log"]
    better, worse = _surely(saved, frame["sector"], both.index.get_level_values("county"))
    return Skill(
        against,
        len(both),
        float(1 - whole["jobs"] / whole["jobs_other"]),
        float(1 - whole["log"] / whole["log_other"]),
        len(sums),
        int((by_sector > 0).sum()),
        int((by_log > 0).sum()),
        better,
        worse,
        {str(name): float(value) for name, value in by_sector.items()},
        {str(name): int(value) for name, value in frame["sector"].value_counts(sort=False).items()},
    )


def inside_intervals(errors: pd.DataFrame, scales: ErrorScales, seed: int = 0, n_draws: int = 4000) -> pd.DataFrame:
    """Mark which series lie inside their 80% and 95% intervals.

    An interval depends on size and horizon alone, so it is drawn for a grid of sizes and read off by log size.

    Args:
        errors: rows of one method, as of local_methods.errors.
        scales: fitted elsewhere.
        seed: of the draws that the intervals are quantiles of.
        n_draws: draws.

    Returns:
        The rows with true or false in inside80 and inside95 (the whole interval, common factor included) and in
        own80 and own95 (the origin's aggregate error taken away, own error alone).
    """
    out = remove_origin_error(errors)
    log_size = np.log(np.maximum(out["size"].to_numpy(float), 1.0))
    grid = np.linspace(0.0, max(float(log_size.max()), 1.0), 48)
    years = out["horizon"].to_numpy(float)
    for common, prefix, column in ((True, "inside", "error"), (False, "own", "own")):
        found = {80: np.zeros(len(out), bool), 95: np.zeros(len(out), bool)}
        value = out[column].to_numpy(float)
        for horizon in np.unique(years):
            here = years == horizon
            rng = np.random.default_rng(seed)
            drawn = draw_paths(np.zeros(len(grid)), [horizon], np.exp(grid), scales, n_draws, rng, common=common)
            for level, hit in found.items():
                ends = np.quantile(drawn[:, :, 0], [(100 - level) / 200, (100 + level) / 200], axis=0)
                low, high = (np.interp(log_size[here], grid, end) for end in ends)
                hit[here] = (value[here] >= low) & (value[here] <= high)
        out = out.assign(**{f"{prefix}{level}": hit for level, hit in found.items()})
    return out


def summary(lines: pd.DataFrame) -> dict[str, float | int]:
    """Coverage of some rows of :func:`inside_intervals`: n, coverage80 and 95, those of own errors, aggregate error."""
    out: dict[str, float | int] = {"n": len(lines)}
    for level in (80, 95):
        out[f"coverage{level}"] = round(float(lines[f"inside{level}"].mean()), 4)
        out[f"coverage{level}_own"] = round(float(lines[f"own{level}"].mean()), 4)
    out["aggregate_error"] = round(float(np.log(lines["actual"].sum() / lines["forecast"].sum())), 4)
    return out


def spans_2020(origin: pd.Series, horizon: pd.Series) -> pd.Series:
    """Whether spans of Marches hold the recession: origin in March 2020 or before, target in March 2021 or later."""
    return (origin <= 2020) & (origin + horizon > 2020)


def _surely(saved: pd.Series, sector: pd.Series, county: pd.Index) -> tuple[int, int]:
    dummies = pd.get_dummies(sector.reset_index(drop=True), dtype=float)
    if len(dummies) <= dummies.shape[1] or len(set(county)) < 3:
        return 0, 0
    groups = pd.factorize(county)[0]
    fitted = sm.OLS(saved.to_numpy(float), dummies.to_numpy()).fit(cov_type="cluster", cov_kwds={"groups": groups})
    t = np.nan_to_num(np.asarray(fitted.params) / np.maximum(np.asarray(fitted.bse), 1e-12))
    many = dummies.sum(axis=0).to_numpy() >= 10
    return int(((t > 2) & many).sum()), int(((t < -2) & many).sum())
