"""The portfolio and all questions around it, as `gapengine portfolio` answers them and stores them with a run."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from gapengine.arrow import write_parquet
from gapengine.portfolio import rendered
from gapengine.portfolio.choose import choose, describe
from gapengine.portfolio.deeper import Point, Price, World, frontier, prices, regret, without_unknown
from gapengine.portfolio.problem import Situation, pose
from gapengine.portfolio.result import Portfolio


@dataclass(frozen=True)
class Study:
    """Answers around one question.

    Attributes:
        base: the portfolio.
        frontier: best portfolios by budget.
        prices: what one unit more of each limit gains.
        without_unknown: the best portfolio if nothing were to be had of what nobody states; None where all is stated.
        unknown: names of those limits.
        worlds: the base portfolio in other worlds.
    """

    base: Portfolio
    frontier: tuple[Point, ...] = ()
    prices: tuple[Price, ...] = ()
    without_unknown: Point | None = None
    unknown: tuple[str, ...] = ()
    worlds: tuple[World, ...] = ()


def study(
    situation: Situation,
    grow: tuple[str, ...],
    shrink: tuple[str, ...],
    others: Mapping[str, Situation],
    changed: Mapping[str, float],
    least: Mapping[str, int],
) -> Study:
    """Answer one question and those around it.

    Args:
        situation: what the run knows.
        grow: program_ids that may grow.
        shrink: program_ids that may shrink.
        others: other worlds, by name.
        changed: limits set for this question.
        least: program_id -> sections that must be added.
    """
    problem = pose(situation, grow, shrink, changed, least)
    solution = problem.solve() if problem.columns else None
    if solution is None:
        return Study(choose(situation, grow, shrink, changed, least))
    base = describe(situation, problem, solution, bool(least))
    nothing = without_unknown(situation, problem, least)
    return Study(
        base,
        frontier(situation, problem, least),
        prices(problem, solution),
        nothing[0] if nothing else None,
        nothing[1] if nothing else (),
        regret(problem, solution, others, grow, shrink, changed, least),
    )


def as_json(of: Study) -> dict[str, Any]:
    """The study as plain data."""
    return {
        "portfolio": rendered.as_json(of.base),
        "frontier": [_point(point) for point in of.frontier],
        "shadow_prices": [
            {
                "limit": price.limit,
                "title": price.title,
                "unit": price.unit,
                "more": price.more,
                "gain_usd": None if price.gain_usd is None else round(price.gain_usd, 2),
                "enough": price.enough,
                "enough_usd": None if price.enough_usd is None else round(price.enough_usd, 2),
                "sections": price.sections,
            }
            for price in of.prices
        ],
        "if_nothing_of_the_unknown": None
        if of.without_unknown is None
        else {"limits": list(of.unknown), **_point(of.without_unknown)},
        "worlds": [
            {
                "world": world.name,
                "best_usd": round(world.gain_usd, 2),
                "base_usd": round(world.base_usd, 2),
                "regret_usd": round(world.regret_usd, 2),
                "its_best_in_the_base_world_usd": round(world.own_at_home_usd, 2),
                "sections": world.sections,
            }
            for world in of.worlds
        ],
    }


def _point(point: Point) -> dict[str, Any]:
    return {
        "share_of_budget": point.share,
        "one_time_usd": None if pd.isna(point.one_time_usd) else round(point.one_time_usd, 2),
        "recurring_usd": None if pd.isna(point.recurring_usd) else round(point.recurring_usd, 2),
        "gain_usd": round(point.gain_usd, 2),
        "sections": point.sections,
    }


def store(of: Study, folder: Path) -> Path:
    """Write portfolio.json and its tables into a run's folder; returns the place.

    Args:
        of: the study.
        folder: of the run; made where it does not exist.
    """
    place = folder / "portfolio"
    folder.mkdir(parents=True, exist_ok=True)
    working = Path(tempfile.mkdtemp(prefix=".portfolio-", dir=folder))
    try:
        _fill(of, working)
        shutil.rmtree(place, ignore_errors=True)
        working.replace(place)
    finally:
        shutil.rmtree(working, ignore_errors=True)
    return place


def _fill(of: Study, place: Path) -> None:
    data = as_json(of)
    (place / "portfolio.json").write_text(json.dumps(data, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    tables = {"choices": rendered.choices(of.base), "limits": rendered.limits(of.base)}
    for name in ("frontier", "shadow_prices", "worlds"):
        tables[name] = pd.DataFrame([{**row, "sections": _text(row["sections"])} for row in data[name]])
    for name, frame in tables.items():
        write_parquet(frame, place / f"{name}.parquet")


def _text(sections: Mapping[str, int]) -> str:
    return "; ".join(f"{name}: {count:+d}" for name, count in sections.items())
