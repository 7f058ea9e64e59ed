"""The commands for announced projects: list, show, add, import and a review driven by piped answers."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from gapengine.arrivals import choices, tellings
from gapengine.arrivals.importing import CSV_COLUMNS
from gapengine.cli import app
from gapengine.errors import DataContract, UsageError
from tests.college_folder import undecided
from tools import announcements_page


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return undecided(tmp_path / "own")


def call(*words: str, folder: Path | None = None, answers: str = "") -> Result:
    place = ("--college", str(folder)) if folder else ()
    result = CliRunner().invoke(app, ["announcements", *words, *place], input=answers)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def add(folder: Path, company: str, **options: str) -> list[dict[str, object]]:
    given = {"county": "37063", "date": "2026-05-20", "jobs": "140", "naics": "3339", **options}
    words = [word for name, value in given.items() for word in (f"--{name}", value)]
    found: list[dict[str, object]] = json.loads(
        call("add", "--company", company, *words, "--json", folder=folder).output
    )
    return found


def decided(folder: Path) -> list[dict[str, str]]:
    path = folder / choices.FILE
    if not path.exists():
        return []
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def test_the_embedded_projects_are_listed_and_shown_with_history_and_source() -> None:
    listed = json.loads(call("list", "--json").output)
    assert {"event_id", "company", "history", "doubts", "rows"} <= set(listed[0])
    assert "carsgen-2021" in call("list").output
    shown = call("show", "carsgen-2021").output
    assert "2026-02-24 cancelled" in shown and "200 jobs" in shown
    with pytest.raises(UsageError, match="carsgen-2021"):
        call("show", "carsgen-2012")


def test_a_project_is_added_by_hand_and_joins_one_that_is_there(folder: Path) -> None:
    assert add(folder, "Alder Hydraulics")[0]["event_id"] == "alder-hydraulics-2026"
    again = add(folder, "Alder Hydraulics, Inc.", date="2026-05-22")
    assert again[0]["event_id"] == "alder-hydraulics-2026" and "same company" in str(again[0]["reasons"])
    assert [item.site for item in tellings.read(folder)] == ["added", "added"]


def test_what_is_known_already_is_said_to_be_left_as_it_is(folder: Path) -> None:
    row = ("add", "--company", "Alder Hydraulics", "--county", "37063", "--date", "2026-05-20", "--naics", "3339")
    assert "1 new of 1 found" in call(*row, "--jobs", "140", folder=folder).output
    said = call(*row, "--jobs", "150", folder=folder).output
    assert "Alder Hydraulics: known already, not changed" in said and choices.FILE in said
    assert "0 new of 1 found" in said
    listed = call("list", folder=folder).output
    assert re.search(r"alder-hydraulics-2026 +Alder Hydraulics +2026-05-20 +140 +37063 +3339 +announced +new", listed)


def test_an_added_project_gets_its_industry_from_the_analyst_or_the_words_or_asks_for_it(folder: Path) -> None:
    known = add(folder, "Alder Hydraulics")[0]
    assert (known["naics_code"], known["naics_probability"]) == ("3339", 1.0)
    words = "Brindle will build a plant that makes pharmaceutical tablets and vaccines in Durham."
    read = add(folder, "Brindle", naics="", quote=words)[0]
    assert str(read["naics_code"]).startswith("3254") and 0 < float(str(read["naics_probability"])) < 1
    row = ("--company", "Corvid", "--county", "37063", "--date", "2026-05-20", "--jobs", "30")
    asked = call("add", *row, folder=folder)
    assert asked.exit_code == 0 and "--naics" in asked.stderr
    assert [item.naics_code for item in tellings.read(folder)][-1] == ""


def test_without_a_folder_of_its_own_nothing_is_written() -> None:
    with pytest.raises(UsageError, match="gapengine init"):
        call("add", "--company", "A", "--county", "37063", "--date", "2026-05-20")
    with pytest.raises(UsageError, match="gapengine init"):
        call("review")


def test_a_value_of_the_wrong_kind_is_refused(folder: Path) -> None:
    with pytest.raises(UsageError, match="counties"):
        add(folder, "Alder", county="Durham")
    with pytest.raises(UsageError, match="published_date"):
        add(folder, "Alder", date="May")
    assert not (folder / tellings.FILE).exists()


def test_a_review_shows_the_sentence_and_writes_each_answer_at_once(folder: Path) -> None:
    add(folder, "Alder Hydraulics", quote="Alder will create 140 jobs in Durham.", source="https://example.org/a")
    add(folder, "Brindle Foods", jobs="60")
    add(folder, "Corvid Biologics", jobs="305")
    answers = "correct jobs=120 # the board's figure\n\nreject # a rumour\n"
    shown = call("review", "--on", "2026-11-24", "--by", "dean", folder=folder, answers=answers).output
    assert '"Alder will create 140 jobs in Durham."' in shown and "https://example.org/a" in shown
    assert "2 decided, 1 for later" in shown
    rows = [(row["decision"], row["event"], row["why"], row["decided_by"]) for row in decided(folder)]
    assert rows == [
        ("correct", "alder-hydraulics-2026", "the board's figure", "dean"),
        ("reject", "corvid-biologics-2026", "a rumour", "dean"),
    ]
    again = call("review", folder=folder, answers="").output
    assert "Brindle Foods" in again and "Alder" not in again and "1 not reached" in again


def test_an_answer_that_makes_no_sense_is_not_written(folder: Path) -> None:
    add(folder, "Alder Hydraulics")
    answers = "dance\ncorrect jobs\ncorrect jobs=many\nmerge nobody-2031\nsplit t0\nquit\n"
    shown = call("review", folder=folder, answers=answers).output
    assert shown.count("not written:") == 5
    assert decided(folder) == []
    assert list(choices.read(folder)) == []


def test_doubtful_projects_come_first_and_a_merge_settles_them(folder: Path) -> None:
    add(folder, "Alder Hydraulics", date="2026-01-10")
    doubtful = add(folder, "AveXis", date="2019-09-20", jobs="200")
    assert doubtful[0]["doubt"] == "avexis-2019"
    shown = call("review", folder=folder, answers="merge avexis-2019\nquit\n").output
    assert shown.index("AveXis") < shown.index("Alder")
    assert json.loads(call("show", "avexis-2019", "--json", folder=folder).output)["doubts"] == []


def test_a_csv_of_announcements_is_imported_and_its_faults_are_named(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    row = dict.fromkeys(CSV_COLUMNS, "") | {"company": "Alder", "counties": "37063;37183", "jobs": "140"}
    lines = [",".join(CSV_COLUMNS), ",".join(row.values())]
    file.write_text("\n".join(lines) + "\n")
    words = ("import", str(file), "--source", "https://example.org/a", "--date", "2026-05-20")
    assert "1 new of 1 found" in call(*words, folder=folder).output
    assert "0 new of 1 found" in call(*words, folder=folder).output
    assert len(json.loads(call("show", "alder-2026", "--json", folder=folder).output)["rows"]) == 2
    file.write_text("\n".join([lines[0], lines[1].replace("140", "lots")]) + "\n")
    with pytest.raises(DataContract, match=r"list\.csv, line 2, column jobs"):
        call(*words, folder=folder)


def test_what_a_text_says_cannot_steer_the_terminal(folder: Path) -> None:
    add(folder, "Alder\x1b[2J Hydraulics", quote="\x1b]0;x\x07 {{ 7*7 }} %s")
    shown = call("review", folder=folder, answers="").output
    assert "\x1b" not in shown and "{{ 7*7 }} %s" in shown


def test_the_page_about_announcements_is_the_one_that_the_code_makes() -> None:
    written = (Path(__file__).parents[1] / "docs" / "announcements.md").read_text(encoding="utf-8")
    assert written == announcements_page.page(), "run `make docs`"
