"""What would have been forecast for each county-industry at a past origin: pooled, and the simple ways beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from gapengine.benchmarks.panels import Panel
from models.carry import CarryOver
from models.pooling import PooledGrowth, pooled_growth

METHODS = ("pooled", "nation", "last value", "state industry", "own trend")
# Chosen on the first half of the counties of Georgia and North Carolina, see docs/backtests.md.
STATE_KEPT = 0.3
_STATE_CUT = 0.05


@dataclass(frozen=True)
class Origin:
    """A past moment: what was known, and how far ahead the forecast looks.

    Attributes:
        year: last known year.
        first: first known year.
        horizon: years ahead.
    """

    year: int
    first: int
    horizon: int


def pooled_at(panel: Panel, origin: Origin, carry: CarryOver | None = None) -> PooledGrowth:
    """Pool the panel as it was known at the origin; one row per series of the panel."""
    years = range(origin.first, origin.year + 1)
    known = panel.local.reindex(columns=years)
    county, industry = known.index.get_level_values(0), known.index.get_level_values(1)
    return pooled_growth(
        known.to_numpy(float), parent_steps(panel, origin).loc[industry].to_numpy(float), groups=county, carry=carry
    )


def parent_steps(panel: Panel, origin: Origin) -> pd.DataFrame:
    """Yearly growth of each industry in the state over the known years; of its line where the state's does not join."""
    years = list(range(origin.first, origin.year + 1))
    state = _logs(panel.state.reindex(columns=years)).diff(axis=1)[years[1:]]
    lines = _logs(panel.nation.state).diff(axis=1).reindex(columns=years[1:])
    line = lines.reindex(panel.line_of.reindex(state.index)).set_axis(state.index)
    total = _logs(panel.total.reindex(years).to_frame("jobs"))["jobs"].diff()[years[1:]]
    steps = state.fillna(line).fillna(total)
    nation = _logs(panel.nation.total.to_frame("jobs"))["jobs"].diff().reindex(years[1:])
    return steps.fillna(nation)


def ahead_of_parents(panel: Panel, origin: Origin, kept: float = STATE_KEPT) -> pd.Series:
    """Growth a year expected of each industry, from what was known: nation, then state.

    The nation's lines since 2009 are pooled towards all jobs and moved together, so that their total grows as is
    officially projected (the past of a boom is no guide to the next decade's total); then a part of what the state's
    industry did above its line is carried on.

    Args:
        panel: the panel.
        origin: what is known.
        kept: share of the state's growth above the nation's, over the known years, that is expected to last.

    Returns:
        Log points a year by industry of the state.
    """
    years = [year for year in panel.nation.lines.columns if int(year) <= origin.year]
    path = np.diff(np.log(panel.nation.total[years].to_numpy(float)))
    lines = panel.nation.lines[years]
    pooled = pooled_growth(lines.to_numpy(float), np.tile(path, (len(lines), 1)))
    moved = panel.nation.projected - path.mean()
    line_of = panel.line_of.reindex(panel.state.index)
    expected = pd.Series(pooled.growth + moved, lines.index).reindex(line_of).set_axis(panel.state.index)
    steps = parent_steps(panel, origin)
    of_lines = _logs(panel.nation.lines).diff(axis=1).reindex(columns=steps.columns)
    above = (steps - of_lines.reindex(line_of).set_axis(panel.state.index)).mean(axis=1)
    return expected.fillna(path.mean() + moved) + kept * above.fillna(0.0).clip(-_STATE_CUT, _STATE_CUT)


def errors(panel: Panel, origin: Origin, carry: CarryOver | None = None) -> pd.DataFrame:
    """Errors of each method at one origin, for series known at the origin and at the target.

    Returns:
        One row per series and method: method, county, group (industry), sector, origin, horizon (years), size and
        actual and forecast (jobs), error (log actual - log forecast); own trend only where the first year is known
        and at least three years are.
    """
    pooled = pooled_at(panel, origin, carry)
    county, industry = panel.local.index.get_level_values(0), panel.local.index.get_level_values(1)
    steps = parent_steps(panel, origin)
    expected = ahead_of_parents(panel, origin).loc[industry].to_numpy(float)
    first, last, actual = (panel.local[year] for year in (origin.first, origin.year, origin.year + origin.horizon))
    h = float(origin.horizon)
    change = {
        "pooled": pooled.ahead(expected, [h])[:, 0],
        "nation": expected * h,
        "last value": np.zeros(len(last)),
        "state industry": steps.mean(axis=1).loc[industry].to_numpy(float) * h,
        "own trend": np.log((last / first).to_numpy(float)) * h / (origin.year - origin.first),
    }
    parts: list[pd.DataFrame] = []
    for method, log in change.items():
        if method == "own trend" and origin.year - origin.first < 2:
            continue  # one step is no trend
        use = (last.notna() & actual.notna()).to_numpy() & np.isfinite(log)
        frame = pd.DataFrame({"county": county, "group": industry, "size": last.to_numpy(float)})
        frame["actual"], frame["forecast"] = actual.to_numpy(float), last.to_numpy(float) * np.exp(log)
        parts.append(frame[use].assign(method=method))
    out = pd.concat(parts, ignore_index=True)
    out["origin"], out["horizon"], out["sector"] = origin.year, h, out["group"].str[:2]
    out["error"] = np.log(out["actual"].to_numpy(float) / out["forecast"].to_numpy(float))
    return out


def errors_at(panel: Panel, origins: Iterable[Origin], carry: CarryOver | None = None) -> pd.DataFrame:
    """:func:`errors` of several origins, one below the other."""
    return pd.concat([errors(panel, origin, carry) for origin in origins], ignore_index=True)


def crossed(panel: Panel, origins: Iterable[Origin], learn: Origin) -> pd.DataFrame:
    """Errors of a panel whose first known step stands alone: each half's carry-over is learnt on the other half.

    How much of a step is noise is a property of the source (County Business Patterns blurs its cells), and one step
    cannot show it. It is learnt on the other half of the counties over the years of `learn`, and never on a series
    that is scored.
    """
    chosen = list(origins)
    parts = []
    for second in (False, True):
        carry = pooled_at(panel.half(not second), learn).carry
        parts.append(errors_at(panel.half(second), chosen, carry).assign(second_half=second))
    return pd.concat(parts, ignore_index=True)


def _logs(frame: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(np.log(frame.to_numpy(float)), index=frame.index, columns=frame.columns)
