"""One set of facts from several tellings of a project, by stated rules; who told it first or best counts most."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from gapengine.arrivals.tellings import Telling

COLUMNS: dict[str, str] = {
    "event_id": "str",
    "company": "str",
    "project": "str",
    "county_fips": "str",
    "city": "str",
    "naics_code": "str",
    "jobs": "float64",
    "jobs_max": "float64",
    "jobs_qualifier": "str",
    "investment_usd": "float64",
    "avg_wage_usd": "float64",
    "announced_date": "str",
    "start_year": "Int64",
    "by_year": "Int64",
    "horizon_years": "float64",
    "operational_year": "Int64",
    "stage": "str",
    "stage_date": "str",
    "realised_jobs": "float64",
    "source_address": "str",
    "outcome_address": "str",
    "note": "str",
}
"""Columns of the declared table ``announcements`` and their types; a test holds them to the declaration."""


def typed(rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Rows in the declared types, without importing the declaration's checker, which is slow."""
    frame = pd.DataFrame(list(rows), columns=list(COLUMNS))
    out: dict[str, pd.Series[Any]] = {}
    for name, kind in COLUMNS.items():
        cells = frame[name]
        if kind == "str":
            out[name] = cells.astype("str").where(cells.notna(), None)
        elif kind == "Int64":
            out[name] = pd.to_numeric(cells, errors="coerce").astype("Int64")
        else:
            out[name] = pd.to_numeric(cells, errors="coerce").astype("float64")
    return pd.DataFrame(out)


_OFFICIAL = {
    "added": 0,
    "nc_commerce": 1,
    "governor_nc": 1,
    "durham_incentives": 1,
    "durham_county": 2,
    "durham_city": 2,
}
_OTHER_SITES = 3


@dataclass(frozen=True)
class Facts:
    """Rows for the announcements table, one a county; none where no text names a county."""

    rows: tuple[dict[str, Any], ...]


def from_tellings(event_id: str, told: Sequence[Telling]) -> Facts:
    """Facts of a project from its tellings.

    - A number comes from the latest amendment that states it; else from announcing texts (a notice of cancellation
      repeats old figures, so it is asked last): exact ones before hedged ones, official sites before others, then
      the earliest.
    - Where the grant asks for fewer jobs than the headline, jobs run from the grant's number to the headline's.
    - The stage is the last one told other than ``announced``.
    - Jobs of a project in several counties are split evenly, and the note says so.

    Args:
        event_id: the project.
        told: its tellings, in the order of their dates.
    """
    counties = list(dict.fromkeys(county for item in told for county in item.counties))
    if not counties:
        return Facts(())
    jobs = _best(told, lambda item: item.jobs)
    low, high, qualifier = None, None, None
    if jobs is not None and jobs.jobs is not None:
        low, high, qualifier = jobs.jobs, jobs.jobs_max, jobs.jobs_qualifier or "exact"
        grant = _best(told, lambda item: item.grant_jobs)
        if grant is not None and grant.grant_jobs and grant.grant_jobs < low:
            low, high, qualifier = grant.grant_jobs, high or low, "range"
    last = next((item for item in reversed(told) if item.stage != "announced"), None)
    main = min(told, key=lambda item: (item.jobs is None, _rank(item), item.published_date))
    notes = []
    if len(counties) > 1:
        notes.append(f"In {len(counties)} counties; the split is not told: even parts.")
    shares = len(counties)
    base: dict[str, Any] = {
        "event_id": event_id,
        "company": next((item.company for item in reversed(told) if item.company), None) or told[0].name,
        "project": _value(told, lambda item: item.project or None),
        "city": next((item.cities[0] for item in told if item.cities), None),
        "naics_code": _industry(told),
        "jobs": None if low is None else low / shares,
        "jobs_max": None if high is None else high / shares,
        "jobs_qualifier": qualifier,
        "investment_usd": _value(told, lambda item: item.investment_usd),
        "avg_wage_usd": _value(told, lambda item: item.avg_wage_usd),
        "announced_date": told[0].published_date,
        "start_year": _value(told, lambda item: item.start_year),
        "by_year": _value(told, lambda item: item.by_year),
        "horizon_years": _value(told, lambda item: item.horizon_years),
        "operational_year": _value(told, lambda item: item.operational_year),
        "stage": "announced" if last is None else last.stage,
        "stage_date": None if last is None else last.published_date,
        "realised_jobs": next((item.realised_jobs for item in reversed(told) if item.realised_jobs is not None), None),
        "source_address": main.source_address,
        "outcome_address": None if last is None else last.source_address or None,
        "note": " ".join(notes) or None,
    }
    only_first = ("investment_usd",)
    rows = [
        {**base, "county_fips": county, **(dict.fromkeys(only_first) if at else {})}
        for at, county in enumerate(counties)
    ]
    return Facts(tuple({name: row[name] for name in COLUMNS} for row in rows))


def _rank(item: Telling) -> int:
    return _OFFICIAL.get(item.site, _OTHER_SITES)


def _best(told: Sequence[Telling], value: Callable[[Telling], object]) -> Telling | None:
    stating = [item for item in told if value(item) is not None]
    amended = [item for item in stating if item.stage == "amended"]
    if amended:
        return amended[-1]
    hedged = {"", "exact", "range"}
    return min(
        stating,
        key=lambda item: (
            item.stage == "cancelled",
            item.jobs_qualifier not in hedged,
            _rank(item),
            item.published_date,
            item.telling_id,
        ),
        default=None,
    )


def _value(told: Sequence[Telling], value: Callable[[Telling], Any]) -> Any:
    found = _best(told, value)
    return None if found is None else value(found)


def _industry(told: Sequence[Telling]) -> str | None:
    known = [item for item in told if item.naics_code]
    best = max(known, key=lambda item: (item.naics_probability or 0.0, item.telling_id), default=None)
    return None if best is None else best.naics_code
