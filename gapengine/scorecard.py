"""How earlier editions fared: what was said, what happened, skill against naive rivals, coverage of the ranges."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from gapengine.college import College
from gapengine.ledger import Ledger
from gapengine.snapshot import Snapshot
from gapengine.supply import LEVEL_OF_IPEDS

_COLUMNS = ["edition", "kind", "key", "year", "mean", "low", "high", "naive", "actual", "inside"]


@dataclass(frozen=True)
class Score:
    """How one kind of frozen forecast fared.

    Attributes:
        kind: awards or jobs.
        count: forecasts whose year has come.
        inside: share of them inside the frozen 80% range.
        error: mean absolute error.
        naive_error: that of the naive rival.
    """

    kind: str
    count: int
    inside: float
    error: float
    naive_error: float


def outcomes(ledger: Ledger, snapshot: Snapshot, college: College) -> pd.DataFrame:
    """Frozen forecasts whose year the snapshot now knows, each with what happened.

    A forecast counts once a year and key, from the newest edition that did not know that year.
    """
    found: dict[tuple[str, str, int], dict[str, object]] = {}
    known = {**_awards(snapshot, college), **_jobs(snapshot, college)}
    for edition in ledger.editions:
        for row in edition.document["forecasts"]:
            key = (str(row["kind"]), str(row["key"]), int(row["year"]))
            if (actual := known.get(key)) is not None:
                inside = float(row["low"]) <= actual <= float(row["high"])
                found[key] = {"edition": edition.edition, **row, "actual": actual, "inside": inside}
    return pd.DataFrame([found[key] for key in sorted(found)], columns=_COLUMNS)


def scores(found: pd.DataFrame) -> tuple[Score, ...]:
    """Skill and coverage by kind."""
    out = []
    for kind, part in found.groupby("kind"):
        error, naive = (float((part[name] - part["actual"]).abs().mean()) for name in ("mean", "naive"))
        out.append(Score(str(kind), len(part), float(part["inside"].mean()), error, naive))
    return tuple(out)


def turned(ledger: Ledger, actions: dict[str, str]) -> tuple[tuple[str, str, str], ...]:
    """Programs whose advice differs from the last edition's: program, what was said, what is said now."""
    if not ledger.editions:
        return ()
    last = {row["program"]: str(row["action"]) for row in ledger.editions[-1].document["programs"]}
    return tuple((name, last[name], now) for name, now in actions.items() if name in last and last[name] != now)


def _awards(snapshot: Snapshot, college: College) -> dict[tuple[str, str, int], float]:
    table = snapshot["completions"]
    table = table[table["unit_id"] == college.unit_id]
    table = table.assign(award_level=table["award_level_code"].map(LEVEL_OF_IPEDS))
    counts = table.groupby(["cip_code", "award_level", "year"])["awards"].sum().to_dict()
    years = sorted(table["year"].unique())
    return {
        ("awards", program.program_id, int(year)): float(counts.get((program.cip_code, program.award_level, year), 0))
        for program in college.programs
        for year in years
    }


def _jobs(snapshot: Snapshot, college: College) -> dict[tuple[str, str, int], float]:
    table = snapshot["area_totals"]
    table = table[table["own_code"] == "0"]
    out = {}
    for area in college.areas:
        own = table[table["area_fips"].isin(area.counties)]
        for year, part in own.groupby("year"):
            one = part[part["quarter"] == part["quarter"].min()]
            if one["area_fips"].nunique() == len(area.counties):
                out["jobs", area.area_code, int(str(year))] = float(one["employment"].sum())
    return out
