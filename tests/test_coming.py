"""What the page on who is coming is printed from: by year, by program, histories; cancelled shown as cancelled."""

from __future__ import annotations

import pytest

from gapengine.briefing import coming
from gapengine.briefing.background import announcements
from gapengine.run import Run


def test_jobs_by_year_add_up_to_those_of_the_run_and_cancelled_ones_to_none(run: Run) -> None:
    rows = coming.by_year(run)
    assert len(rows) == len(run.coming.events) * len(run.industries.years)
    assert rows["expected_mean"].sum() == pytest.approx(float(run.coming.expected().mean()), rel=1e-6)
    cancelled = rows[rows["stage"] == "cancelled"]
    assert len(cancelled) and not cancelled["expected_mean"].any() and not cancelled["promised_high"].any()
    assert rows["source_address"].str.startswith("http").all()


def test_a_promise_of_up_to_is_a_range_by_year_and_never_more_than_was_promised(run: Run) -> None:
    rows = coming.by_year(run)
    mine = rows[rows["event_id"] == "abbvie-2026"]
    assert mine["promised_low"].sum() < mine["promised_high"].sum() <= 734 + 1e-6


def test_each_counted_project_says_which_programs_it_feeds(run: Run) -> None:
    rows = coming.by_program(run)
    assert {"program", "openings_p50", "occupations"} <= set(rows.columns)
    assert "biotechnology-aas" in set(rows.loc[rows["event_id"] == "novartis-2025", "program"])
    jobs = {(event.event_id, event.county_fips): event.increments.sum(axis=1).max() for event in run.coming.events}
    for row in rows.itertuples():
        assert 0 <= row.openings_p10 <= row.openings_p50 <= row.openings_p90 <= jobs[row.event_id, row.county_fips]
    counted = {event.event_id for event in run.coming.events if event.counted}
    assert set(rows["event_id"]) <= counted


def test_the_page_shows_history_programs_and_the_cancelled(run: Run) -> None:
    shown = {item.company: item for item in announcements(run)}
    carsgen = shown["CARsgen Therapeutics Corporation"]
    assert carsgen.cancelled and carsgen.history.startswith("Announced 2021-05, cancelled 2026-02")
    assert carsgen.expected is None and not carsgen.programs
    assert any("Biotechnology" in item.programs for item in shown.values())


def test_a_layoff_is_one_row_with_what_the_run_subtracts(run: Run) -> None:
    rows = coming.layoffs(run).set_index("event_id")
    assert rows.index.is_unique
    fortrex = rows.loc["warn-fortrex-2026-01-12"]
    assert fortrex["workers"] == 300 and 0 < fortrex["jobs_lost_mean"] < 300
    assert not rows.loc[~rows["counted"], "jobs_lost_mean"].any()
