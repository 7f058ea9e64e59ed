"""Announced projects and their outcomes, from two typed CSV files, as facts without a word of the texts.

No agency publishes such a file. A project in several counties is one row there and one row per county here: jobs are
the state grant's commitment by county where it is known, and the upper end is the headline in the same proportions.
The stage is ours, read from the outcome; notes here are our own words.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from connectors.tables import ANNOUNCEMENTS, checked


@dataclass(frozen=True)
class Outcome:
    """Our reading of one outcome: the stage it amounts to, and what a reader must know."""

    stage: str
    note: str


OUTCOMES = {
    "cancelled": Outcome("cancelled", "The company gave the project up."),
    "grant terminated, firm stays": Outcome(
        "amended", "The state grant ended; the company stays. Realised jobs are a difference of two press figures."
    ),
    "grant terminated": Outcome(
        "cancelled", "The state grant ended after missed hiring targets; matched by its facts."
    ),
    "site sold": Outcome("cancelled", "Another company bought the building."),
    "not verified": Outcome("announced", "No outcome found; the building may have passed to another project."),
    "delayed to 2028, site idle": Outcome("delayed", "Start moved to 2028; the site was idle."),
    "plant opened (ribbon cutting)": Outcome("open", "The plant opened; jobs in place were not counted."),
    "facility opened": Outcome("open", "The facility opened; jobs in place were not counted."),
}


def read(ledger: Path, outcomes: Path, counties: dict[str, str]) -> pd.DataFrame:
    """Rows of ``ANNOUNCEMENTS`` in these counties.

    Args:
        ledger: one row a project.
        outcomes: what became of some; an event id such as ``avexis-2018+2019`` names two events.
        counties: county name -> FIPS.
    """
    rows = pd.read_csv(ledger, dtype="str")
    rows = pd.DataFrame([part for row in rows.to_dict("records") for part in _by_county(row)])
    rows["county_fips"] = rows["county"].map(counties)
    rows = rows.dropna(subset=["county_fips"]).reset_index(drop=True)
    if rows[["event_id", "company"]].drop_duplicates()["event_id"].duplicated().any():
        raise ValueError(f"{ledger.name}: two companies of one event in these counties: outcomes name the event only")
    known = _outcomes(outcomes)
    stages = pd.DataFrame([{"stage": "announced"} | known.get(event, {}) for event in rows["event_id"]])
    numbers = {
        name: pd.to_numeric(rows[name])
        for name in ("jobs", "jobs_max", "investment_usd", "avg_wage_usd", "horizon_years")
    }
    years = {name: pd.to_numeric(rows[name]).astype("Int64") for name in ("start_year", "by_year", "operational_year")}
    return checked(
        pd.DataFrame(
            {
                "event_id": rows["event_id"],
                "company": rows["company"],
                "project": rows["project"],
                "county_fips": rows["county_fips"],
                "city": rows["city"],
                "naics_code": rows["naics4"],
                **numbers,
                "jobs_qualifier": rows["qualifier"],
                "announced_date": rows["announced_date"],
                **years,
                "stage": stages["stage"],
                "stage_date": stages["stage_date"],
                "realised_jobs": pd.to_numeric(stages["realised_jobs"]),
                "source_address": rows["source_address"],
                "outcome_address": stages["outcome_address"],
                "note": [_joined(*notes) for notes in zip(rows["split"], stages["note"], strict=True)],
            }
        ),
        ANNOUNCEMENTS,
        ledger.name,
    )


def _by_county(row: dict[Hashable, Any]) -> list[dict[Hashable, Any]]:
    """One row, or one for each county of a project whose grant names the jobs of each."""
    names = [name.strip() for name in row["county"].split(";")]
    if len(names) == 1:
        return [row | {"split": None}]
    cities = [name.strip() for name in row["city"].split(";")]
    jobs = {name: float(count) for name, count in re.findall(r"(\w+) (\d+)", row["grant_jobs"])}
    headline, grant = float(row["jobs"]), sum(jobs.values())
    note = (
        f"Headline {headline:,.0f} jobs in {' and '.join(names)} together, grant commitment {grant:,.0f}: from the "
        "grant's jobs of this county up to its share of the headline; investment of both counties together."
    )
    return [
        row
        | {"county": name, "city": city, "split": note, "qualifier": "range", "jobs": str(jobs[name])}
        | {"jobs_max": str(round(headline * jobs[name] / grant))}
        | ({} if at == 0 else {"investment_usd": None})
        for at, (name, city) in enumerate(zip(names, cities, strict=True))
    ]


def _outcomes(path: Path) -> dict[str, dict[str, object]]:
    """Event -> stage, date, realised jobs, address and note; outcomes that we do not read are left out."""
    out: dict[str, dict[str, object]] = {}
    for row in pd.read_csv(path, dtype="str").itertuples():
        outcome = OUTCOMES.get(str(row.outcome))
        if outcome is None:
            continue
        name, years = str(row.event_id).split("-", 1)
        for year in years.split("+"):
            out[f"{name}-{year}"] = {
                "stage": outcome.stage,
                "stage_date": row.outcome_date,
                "realised_jobs": row.realised_jobs,
                "outcome_address": row.address,
                "note": outcome.note,
            }
    return out


def _joined(*notes: object) -> str | None:
    said = [str(note) for note in notes if isinstance(note, str) and note]
    return " ".join(said) or None
