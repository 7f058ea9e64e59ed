"""The register: embedded facts stay, tellings add history, decisions win and survive, bad rows are named."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from connectors.tables import ANNOUNCEMENTS, checked
from gapengine import arrivals, assumptions, college, snapshot
from gapengine.arrivals import choices, placing, tellings
from gapengine.arrivals.consensus import COLUMNS
from gapengine.arrivals.register import Register, register
from gapengine.errors import DataContract
from tests.college_folder import undecided
from tests.test_arrivals_joining import DURHAM, WAKE, told

YEARS = np.arange(2026, 2036)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return undecided(tmp_path / "own")


def embedded() -> pd.DataFrame:
    return snapshot.load(names=("announcements",))["announcements"]


def registered(folder: Path) -> Register:
    return register(embedded(), tellings.read(folder), choices.read(folder))


def tell(folder: Path, *new: tellings.Telling) -> Register:
    """Read new texts, as a pull does."""
    placed = placing.place(
        registered(folder),
        [item.model_copy(update={"telling_id": f"t{n}-{item.published_date}"}) for n, item in enumerate(new)],
    )
    tellings.write(folder, [*tellings.read(folder), *placed])
    return registered(folder)


def decide(folder: Path, decision: str, event: str, **cells: str) -> None:
    row: dict[str, Any] = dict.fromkeys(choices.Decision.model_fields, "")
    row |= {"decision": decision, "event": event, "decided_on": "2031-05-01", "decided_by": "analyst", **cells}
    choices.append(folder, choices.Decision.model_validate(row))


def test_without_tellings_and_decisions_the_table_is_the_embedded_one() -> None:
    pd.testing.assert_frame_equal(
        register(embedded(), (), ()).table().sort_values(["event_id", "county_fips"], ignore_index=True),
        embedded().sort_values(["event_id", "county_fips"], ignore_index=True),
    )
    assert list(COLUMNS) == list(ANNOUNCEMENTS.columns)


def test_an_event_of_three_sites_has_one_row_a_history_and_the_newest_stage(folder: Path) -> None:
    known = tell(
        folder,
        told("", project="Heron", site="durham_incentives", published_date="2031-03-10", jobs=150),
        told("Alder Hydraulics", project="Heron", published_date="2031-04-09", jobs=140, naics_code="3339"),
        told("Alder Hydraulics", site="edpnc", published_date="2031-04-11", jobs=138, jobs_qualifier="about"),
        told("Alder Hydraulics", published_date="2033-02-01", stage="amended", jobs=90),
        told("Alder Hydraulics", published_date="2034-02-01", stage="cancelled", jobs=140),
    )
    entry = known.entries["project-heron-2031"]
    assert len(entry.rows) == 1 and len(entry.history) == len(entry.tellings) == 5
    row = entry.rows[0]
    assert (row["company"], row["project"], row["jobs"], row["stage"]) == ("Alder Hydraulics", "Heron", 90, "cancelled")
    assert [step.stage for step in entry.history] == ["announced"] * 3 + ["amended", "cancelled"]
    assert "Project Heron is Alder Hydraulics" in entry.history[1].what
    assert "90 now" in entry.history[3].what
    checked(known.table(), ANNOUNCEMENTS, "register")


def test_embedded_facts_stay_until_a_person_confirms_what_a_text_says(folder: Path) -> None:
    notice = told(
        "Aspida", published_date="2026-05-20", stage="cancelled", jobs=1000, source_address="https://example.org/n"
    )
    known = tell(folder, notice)
    entry = known.entries["aspida-2025"]
    assert entry.rows[0]["stage"] == "announced" and "says cancelled" in entry.pending[0]
    event = event_of(folder, "aspida-2025")
    assert event.counted and "says cancelled" in event.reason, "it counts on, and the page says so"
    decide(folder, "confirm", "aspida-2025")
    entry = registered(folder).entries["aspida-2025"]
    assert (entry.rows[0]["stage"], entry.pending) == ("cancelled", ())
    assert not event_of(folder, "aspida-2025").counted


def test_a_confirmed_amendment_brings_its_number_of_jobs(folder: Path) -> None:
    tell(folder, told("Aspida", published_date="2026-05-20", stage="amended", jobs=600, investment_usd=""))
    assert registered(folder).entries["aspida-2025"].rows[0]["jobs"] == 1000
    decide(folder, "confirm", "aspida-2025")
    row = registered(folder).entries["aspida-2025"].rows[0]
    assert (row["jobs"], row["stage"]) == (600, "amended")


def test_a_doubtful_project_adds_no_jobs_until_it_is_confirmed(folder: Path) -> None:
    tell(
        folder,
        told("AveXis", published_date="2019-09-20", jobs=200, naics_code="3254", start_year=2030, investment_usd=""),
    )
    doubtful = event_of(folder, "avexis-2019-2")
    assert not doubtful.counted and "may be the same as avexis-2019" in doubtful.reason
    decide(folder, "confirm", "avexis-2019-2")
    assert event_of(folder, "avexis-2019-2").counted


def event_of(folder: Path, event_id: str) -> arrivals.Event:
    chosen = assumptions.for_college(folder).override(["draws=50"])
    loaded = college.load(folder, chosen)
    found = arrivals.events(snapshot.load(), loaded, chosen, YEARS, np.random.default_rng(1))
    return next(event for event in found if event.event_id == event_id)


def test_decisions_win_over_the_machine_and_survive_the_next_texts(folder: Path) -> None:
    tell(folder, told("Alder Hydraulics", naics_code="3339"))
    decide(folder, "correct", "alder-hydraulics-2031", field="jobs", value="120", why="the board's own figure")
    known = tell(folder, told("Alder Hydraulics", published_date="2031-04-12", jobs=145))
    row = known.entries["alder-hydraulics-2031"].rows[0]
    assert row["jobs"] == 120
    assert "board's own figure" in known.entries["alder-hydraulics-2031"].history[-1].what
    decide(folder, "reject", "alder-hydraulics-2031")
    assert "alder-hydraulics-2031" not in set(registered(folder).table()["event_id"])


def test_a_correction_changes_an_embedded_fact_in_the_county_that_it_names(folder: Path) -> None:
    decide(folder, "correct", "novartis-2025", field="jobs", value="300", county=DURHAM)
    rows = {row["county_fips"]: row["jobs"] for row in registered(folder).entries["novartis-2025"].rows}
    assert rows == {DURHAM: 300, WAKE: 100}
    with (folder / choices.FILE).open("a") as file:
        file.write("correct,novartis-2025,,,,jobs,310,2031-05-01,,\n")
    with pytest.raises(DataContract, match=r"line 3, column county"):
        registered(folder)


def test_merging_and_splitting_move_tellings(folder: Path) -> None:
    tell(
        folder,
        told("Brindle Foods", jobs=60),
        told("Corvid Biologics", jobs=305),
        told("Brindle Foods", published_date="2031-04-12", jobs=60),
    )
    decide(folder, "merge", "corvid-biologics-2031", other="brindle-foods-2031")
    known = registered(folder)
    assert "corvid-biologics-2031" not in known.entries
    assert len(known.entries["brindle-foods-2031"].tellings) == 3
    corvid = next(item for item in known.entries["brindle-foods-2031"].tellings if item.company == "Corvid Biologics")
    decide(folder, "split", "brindle-foods-2031", telling=corvid.telling_id, other="corvid-again")
    known = registered(folder)
    assert [item.company for item in known.entries["corvid-again"].tellings] == ["Corvid Biologics"]
    decide(folder, "confirm", "corvid-biologics-2031")
    assert registered(folder).entries["brindle-foods-2031"].confirmed, "a merged name still leads to the event"


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("approve,aspida-2025,,,,,,2031-05-01,,", "decision"),
        ("confirm,aspida-2052,,,,,,2031-05-01,,", "event"),
        ("merge,aspida-2025,,,,,,2031-05-01,,", "other"),
        ("merge,aspida-2025,nobody-2031,,,,,2031-05-01,,", "other"),
        ("split,aspida-2025,,t99,,,,2031-05-01,,", "telling"),
        ("correct,aspida-2025,,,,employees,5,2031-05-01,,", "field"),
        ("correct,aspida-2025,,,,jobs,many,2031-05-01,,", "value"),
        ("correct,aspida-2025,,,,stage,dead,2031-05-01,,", "value"),
        ("confirm,aspida-2025,,,,,,yesterday,,", "decided_on"),
        ("reject,warn-fortrex-2026-01-12,,,,,,2031-05-01,,", "field"),
    ],
)
def test_a_bad_decision_is_named_by_line_and_column(folder: Path, row: str, column: str) -> None:
    (folder / choices.FILE).write_text(f"{','.join(choices.COLUMNS)}\n{row}\n")
    with pytest.raises(DataContract, match=rf"announcement_decisions\.csv, line 2, column {column}: found"):
        registered(folder)


def test_cells_that_a_spreadsheet_would_run_are_neutralised(folder: Path) -> None:
    tell(folder, told("Alder Hydraulics", title="=HYPERLINK(1)"))
    with (folder / tellings.FILE).open(newline="") as file:
        assert next(csv.DictReader(file))["title"] == "'=HYPERLINK(1)"


def test_the_same_text_read_again_adds_nothing(folder: Path) -> None:
    tell(folder, told("Alder Hydraulics"))
    before = (folder / tellings.FILE).read_bytes()
    tell(folder, told("Alder Hydraulics"))
    assert (folder / tellings.FILE).read_bytes() == before


def test_an_event_in_two_counties_is_compared_as_a_whole(folder: Path) -> None:
    known = tell(folder, told("Novartis", published_date="2025-11-20", jobs=700, counties=(WAKE,), investment_usd=""))
    assert [item.company for item in known.entries["novartis-2025"].tellings] == ["Novartis"]
