"""Notices of layoffs: one event each, only after the nowcast, subtracting jobs on their date and adding jobseekers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd
import pytest

from gapengine import assumptions, college, snapshot
from gapengine.arrivals import Leaving, choices
from gapengine.arrivals.layoffs import folded, leaving, workers
from gapengine.demand.displaced import displaced
from gapengine.run import Run
from tests.college_folder import undecided

YEARS = np.arange(2026, 2030)
DURHAM = "37063"


def notice(count: float | None, kind: str = "Layoff", day: str = "2026-02-01", **cells: Any) -> dict[str, Any]:
    base = {"company": "Alder, Inc", "city": "Durham", "county_fips": DURHAM, "source_address": "https://example.org/w"}
    return {**base, "workers": count, "kind": kind, "notice_date": day, **cells}


def events(*notices: dict[str, Any], folder: Path | None = None, overlap: float = 0.5) -> tuple[Leaving, ...]:
    place = folder or college.embedded()
    chosen = assumptions.for_college(place)
    loaded = snapshot.load(names=("layoffs",))
    table = pd.DataFrame(list(notices))
    given = replace(loaded, tables=MappingProxyType({"layoffs": table}))
    return leaving(given, college.load(place, chosen), chosen, YEARS, np.full(10, overlap))


@pytest.mark.parametrize(
    ("rows", "people"),
    [
        ([notice(275), notice(208, "Closure", "2026-02-02")], 275),
        ([notice(421, "Closure"), notice(423)], 423),
        ([notice(21), notice(21, day="2026-02-02")], 21),
        ([notice(130), notice(170)], 300),
        ([notice(50), notice(50)], 100),
        ([notice(40), notice(60, day="2026-04-01")], 100),
        ([notice(None), notice(30, "Closure")], 30),
        ([notice(None)], None),
    ],
)
def test_workers_of_one_event_are_counted_once(rows: list[dict[str, Any]], people: float | None) -> None:
    (group,) = folded(pd.DataFrame(rows))
    assert workers(group) == people


def test_other_places_other_companies_and_a_later_year_are_other_events() -> None:
    rows = [
        notice(10),
        notice(10, county_fips="37183", city="Cary"),
        notice(10, company="Brindle Foods"),
        notice(10, day="2027-03-01"),
        notice(10, "Temporary Layoff"),
    ]
    assert len(folded(pd.DataFrame(rows))) == 5


def test_jobs_leave_in_the_year_of_the_date_after_the_days_of_notice_and_the_overlap() -> None:
    (event,) = events(notice(100, day="2026-11-20"))
    assert event.effective_date == "2027-01-19"
    share = assumptions.for_college(college.embedded()).value("layoff.share_carried_out")
    np.testing.assert_allclose(event.losses, np.tile([0, 100 * share * 0.5, 0, 0], (10, 1)))
    assert events(notice(100, day="2025-12-16"))[0].counted, "notified before, leaving after the nowcast"


def test_what_is_in_the_levels_already_temporary_or_without_a_number_is_listed_and_not_counted() -> None:
    old, short, unknown = events(
        notice(100, day="2025-07-16", company="A"),
        notice(100, "Temporary Layoff", company="B"),
        notice(None, company="C"),
    )
    assert [item.counted for item in (old, short, unknown)] == [False] * 3
    assert "already" in old.reason and "temporary" in short.reason and "no number" in unknown.reason
    assert not old.losses.any()


def test_a_stated_date_wins_over_the_days_of_notice() -> None:
    (event,) = events(notice(100, effective_date="2028-06-30"))
    assert event.effective_date == "2028-06-30" and event.losses[:, 2].all()


def test_an_analyst_names_the_industry(tmp_path: Path) -> None:
    folder = undecided(tmp_path / "own")
    row: dict[str, Any] = dict.fromkeys(choices.Decision.model_fields, "")
    row |= {"decision": "correct", "event": "warn-alder-2026-02-01", "field": "naics_code", "value": "3339"}
    choices.append(folder, choices.Decision.model_validate({**row, "decided_on": "2026-03-01"}))
    assert events(notice(10), folder=folder)[0].naics_code == "3339"


def test_the_run_subtracts_layoffs_and_lists_the_people_by_occupation(run: Run) -> None:
    counted = [event for event in run.coming.leaving if event.counted]
    assert counted and all(event.effective_date >= "2026" for event in counted)
    fortrex = next(event for event in run.coming.leaving if event.company == "Fortrex")
    assert (fortrex.workers, fortrex.notices) == (300, 2)
    people = displaced(run.coming, run.staffing, run.industries, run.universe, run.assumptions)
    share = run.assumptions.value("layoff.share_carried_out")
    for event in counted:
        mine = people[people["event_id"] == event.event_id]
        assert mine["workers"].sum() == pytest.approx((event.workers or 0) * share)
    assert set(people["soc_code"]) <= set(run.universe.codes)
    known = people.groupby("event_id")["industry_known"].first()
    assert known["warn-wells-fargo-2026-02-03"] and not known["warn-i-squared-logistics-2025-12-16"]
