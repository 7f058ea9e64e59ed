"""Rolling origins on the snapshot itself: the shed's county-industries, each year forecast from those before it.

Uses nothing but what the snapshot holds: three yearly steps of County Business Patterns. So it is a check that the
figures at hand behave as those of the larger tests do (gapengine.track_record), not a test of its own weight.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd

from gapengine.demand.private import PRIVATE
from gapengine.snapshot import Snapshot
from models.panel_errors import ErrorScales, draw_paths
from models.pooling import pooled_growth

METHODS = ("last value", "same share of the county", "state industry", "own trend")


@dataclass(frozen=True)
class OriginScore:
    """One origin and horizon on the snapshot.

    Attributes:
        origin: last known March.
        years: years ahead.
        n: series.
        skill: method -> 1 - sum of absolute errors of the forecast / that of the method.
        not_tested: method -> why it is not there.
        coverage80, coverage95: share of series inside their intervals.
        holds_2020: whether the span holds the recession of 2020.
        aggregate_error: log of all actual jobs over all forecast ones.
    """

    origin: int
    years: int
    n: int
    skill: dict[str, float]
    not_tested: dict[str, str]
    coverage80: float
    coverage95: float
    holds_2020: bool
    aggregate_error: float

    def as_json(self) -> dict[str, object]:
        """Rounded to four digits."""
        shown = {key: round(value, 4) if isinstance(value, float) else value for key, value in asdict(self).items()}
        return shown | {"skill": {name: round(value, 4) for name, value in self.skill.items()}}


def rolling(snapshot: Snapshot, seed: int = 0) -> tuple[OriginScore, ...]:
    """Forecast every later year from each origin that has a step behind it (County Business Patterns, from 2018).

    Args:
        snapshot: needs industry_employment, state_industry_employment and error_scales.
        seed: of the draws behind the intervals.
    """
    table = snapshot["industry_employment"]
    table = table[(table["source"] == "CBP") & (table["own_code"] == PRIVATE) & (table["year"] >= 2018)]
    local = table.pivot_table(
        index=["county_fips", "naics_code"], columns="year", values="employment", aggfunc="sum", min_count=1
    )
    local = local.where(local > 0)
    state = snapshot["state_industry_employment"]
    state = state[(state["source"] == "CBP") & (state["year"] >= 2018)]
    of_state = state.pivot_table(index="naics_code", columns="year", values="employment", aggfunc="sum")
    scales = ErrorScales.from_frame(snapshot["error_scales"])
    years = [int(year) for year in local.columns]
    out = []
    for place, origin in enumerate(years[1:-1], start=1):
        for target in years[place + 1 :]:
            out.append(_score(local, of_state, years[0], origin, target, scales, seed))
    return tuple(out)


def _score(
    local: pd.DataFrame,
    of_state: pd.DataFrame,
    first: int,
    origin: int,
    target: int,
    scales: ErrorScales,
    seed: int,
) -> OriginScore:
    known_years = list(range(first, origin + 1))
    ahead = target - origin
    known = local[known_years]
    county, industry = known.index.get_level_values(0), known.index.get_level_values(1)
    rows = of_state[known_years].reindex(industry).to_numpy(float)
    steps = np.diff(np.log(np.where(rows > 0, rows, np.nan)), axis=1)
    total = np.diff(np.log(of_state[known_years].sum().to_numpy(float)))
    steps = np.where(np.isfinite(steps), steps, total)
    pooled = pooled_growth(known.to_numpy(float), steps, groups=county)
    expected = np.full(len(known), float(total.mean()))  # all jobs of the state: no longer history is in the snapshot
    change = pooled.ahead(expected, [float(ahead)])[:, 0]
    sums = known.groupby(level=0).sum()
    pace = np.log((sums[origin] / sums[first]).to_numpy(float)) / (origin - first)
    others = {
        "last value": np.zeros(len(known)),
        "same share of the county": pd.Series(pace, sums.index).reindex(county).to_numpy(float) * ahead,
        "state industry": steps.mean(axis=1) * ahead,
    }
    untested = {
        "own trend": "needs ten years; there are " + str(len(known_years)),
        "seasonal naive": "the history is annual: it equals the last value",
        "official projections": "none for counties; the national ones are scored against 2024 instead",
    }
    last, actual = local[origin].to_numpy(float), local[target].to_numpy(float)
    use = np.isfinite(last) & np.isfinite(actual)
    forecast = last * np.exp(change)
    error = np.abs(actual - forecast)[use].sum()
    skill = {name: float(1 - error / np.abs(actual - last * np.exp(log))[use].sum()) for name, log in others.items()}
    rng = np.random.default_rng(seed)
    drawn = draw_paths(np.zeros(int(use.sum())), [float(ahead)], last[use], scales, 1000, rng)[:, :, 0]
    miss = np.log(actual[use] / forecast[use])
    inside = {}
    for level in (80, 95):
        low, high = np.quantile(drawn, [(100 - level) / 200, (100 + level) / 200], axis=0)
        inside[level] = float(((miss >= low) & (miss <= high)).mean())
    return OriginScore(
        origin,
        ahead,
        int(use.sum()),
        skill,
        untested,
        inside[80],
        inside[95],
        origin <= 2020 < target,
        float(np.log(actual[use].sum() / forecast[use].sum())),
    )
