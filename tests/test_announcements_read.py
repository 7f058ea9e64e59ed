"""Pages, PDFs, texts and pulled replies become tellings; 'up to' is a range with a flag; the raw files are kept."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from connectors import nc_warn
from connectors.announcements import nc_commerce
from connectors.replies import SourceError
from gapengine import arrivals, assumptions, college, snapshot
from gapengine.arrivals import importing, reading, tellings
from gapengine.arrivals.consensus import from_tellings
from gapengine.arrivals.promised import prior, projects
from gapengine.cli import app
from gapengine.commands import announcements as commands
from gapengine.errors import SourceFailure, UsageError
from tests.college_folder import undecided
from tests.test_announcement_pages import scanned

RECORDINGS = Path(__file__).parent / "recordings"
PAGE = RECORDINGS / "announcements.nc_commerce/parse_article/alder-hydraulics.html"
MINUTES = RECORDINGS / "announcements.durham_city/parse_minutes/_06022031-411.pdf"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return undecided(tmp_path / "own")


@pytest.fixture(autouse=True)
def _industry_without_training(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader of industries takes seconds to train and has tests of its own."""
    monkeypatch.setattr(commands, "_classify", lambda _facts: ("3339", 0.8))


def imported(folder: Path, file: Path, *words: str) -> Result:
    result = CliRunner().invoke(app, ["announcements", "import", str(file), "--college", str(folder), *words])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_up_to_so_many_jobs_is_a_range_with_a_flag() -> None:
    (found,) = reading.read_texts(nc_commerce.parse_article(PAGE.read_bytes(), PAGE.name))
    assert (found.jobs, found.jobs_qualifier, found.company) == (140, "up to", "Alder Hydraulics Inc.")
    table = pd.DataFrame(from_tellings("alder-2031", [found]).rows)
    chosen = assumptions.for_college(college.embedded())
    promised = projects(table, chosen, prior(chosen))
    low = chosen.value("announcement.up_to_low_share")
    assert (promised.jobs_low[0], promised.jobs_high[0]) == (140 * low, 140)


def test_a_telling_carries_the_sentence_it_was_read_from_and_the_county() -> None:
    (found,) = reading.read_texts(nc_commerce.parse_article(PAGE.read_bytes(), PAGE.name))
    assert "create up to 140 new jobs in Durham County" in found.quote
    assert (found.counties, found.investment_usd, found.avg_wage_usd) == (("37063",), 22e6, 61400)


def test_the_ends_of_two_projects_in_one_text_are_updates_of_both_events(folder: Path, tmp_path: Path) -> None:
    head = "URL: https://paper.example/{name}\nDATE: {day}\nKIND: news\n---\n"
    texts = {
        "corvid": ("2031-06-03", "Corvid Biologics will create 305 jobs in Durham County and invest $90 million."),
        "dunmore": ("2031-07-01", "Dunmore Optics will create 80 jobs in Wake County and invest $12 million."),
        "ends": (
            "2032-02-02",
            "Two job grants were terminated Tuesday.\nCorvid Biologics told the state it would not build its plant in"
            " Durham County. It had promised 305 jobs.\nThe committee also ended the grant of Dunmore Optics, which"
            " pledged 80 jobs in Wake County.",
        ),
    }
    for name, (day, text) in texts.items():
        file = tmp_path / f"{name}.txt"
        file.write_text(head.format(name=name, day=day) + text + "\n")
        imported(folder, file)
    stages = [(item.event_id, item.stage) for item in tellings.read(folder)]
    events = [event for event, stage in stages if stage == "announced"]
    assert len(events) == 2 and sorted(stages[2:]) == [(event, "cancelled") for event in events]


def test_what_is_pulled_is_read_without_projects_of_other_states() -> None:
    row = {"site": "a", "address": "https://paper.example/a", "title": "", "published_date": "2031-05-01"}
    text = "Brindle Foods will create 60 jobs in Washington County, Tennessee. Brindle will invest $9 million."
    texts = pd.DataFrame([{**row, "text": text}])
    assert [item.counties for item in reading.read_texts(texts)] == [()]
    assert reading.read_texts(texts, elsewhere=False) == ()


def test_a_saved_page_is_recognised_read_and_kept_as_it_is(folder: Path) -> None:
    assert "event alder-hydraulics-2031" in imported(folder, PAGE).output
    kept = folder / importing.FOLDER / f"{hashlib.sha256(PAGE.read_bytes()).hexdigest()}.html"
    assert kept.read_bytes() == PAGE.read_bytes()
    (found,) = tellings.read(folder)
    assert (found.site, found.published_date) == ("nc_commerce", "2031-04-09")
    assert (found.naics_code, found.naics_probability) == ("3339", 0.8)
    assert found.source_sha256 == kept.stem


def test_a_page_of_any_other_site_needs_its_day(folder: Path, tmp_path: Path) -> None:
    page = tmp_path / "other.html"
    page.write_text(
        "<html><head><title>Brindle Foods plant</title></head><body><main><p>Brindle Foods will create 60 jobs in "
        "Durham County and invest $9 million, the company said.</p></main></body></html>"
    )
    with pytest.raises(UsageError, match="--date"):
        imported(folder, page)
    imported(folder, page, "--date", "2031-05-01", "--source", "https://paper.example/brindle")
    (found,) = tellings.read(folder)
    assert (found.jobs, found.source_address) == (60, "https://paper.example/brindle")


def test_a_pdf_is_read_and_a_scanned_one_refused_with_its_page(folder: Path, tmp_path: Path) -> None:
    imported(folder, MINUTES, "--date", "2031-06-02")
    assert tellings.read(folder)[0].jobs == 140
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(scanned(1))
    with pytest.raises(SourceFailure, match=r"scan\.pdf, page 1"):
        imported(folder, scan, "--date", "2031-06-02")


def test_a_scanned_notice_of_layoffs_is_refused_with_its_page() -> None:
    with pytest.raises(SourceError, match="page 1"):
        nc_warn.parse(scanned(1), "warn-report.pdf")


def test_a_text_with_header_lines_brings_its_address_and_day(folder: Path, tmp_path: Path) -> None:
    text = tmp_path / "corvid.txt"
    text.write_text(
        "URL: https://paper.example/corvid\nDATE: 2031-06-03\nKIND: news\n---\n"
        "Corvid Biologics Inc. will create 305 jobs in Durham County and invest $90 million.\n"
    )
    imported(folder, text)
    (found,) = tellings.read(folder)
    assert (found.published_date, found.source_address) == ("2031-06-03", "https://paper.example/corvid")


def test_a_file_of_another_kind_or_none_is_a_usage_error(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "x.docx").write_bytes(b"PK")
    for name in ("x.docx", "nothing.html"):
        with pytest.raises(UsageError, match=name):
            imported(folder, tmp_path / name)


def test_a_text_that_announces_nothing_gives_nothing(folder: Path, tmp_path: Path) -> None:
    text = tmp_path / "weather.txt"
    text.write_text("Rain is expected in Durham on Friday, with sun on Saturday.\n")
    assert "0 new of 0 found" in imported(folder, text, "--date", "2031-06-03").output


def test_pulled_pages_are_read_from_the_store(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GAPENGINE_STORE", str(tmp_path / "store"))
    saved = tmp_path / "saved"
    saved.mkdir()
    (saved / "page.html").write_bytes(PAGE.read_bytes())
    pulled = CliRunner().invoke(app, ["pull", "nc_commerce", "--from", str(saved), "--json"])
    assert pulled.exit_code == 0, pulled.output
    read = CliRunner().invoke(app, ["announcements", "read", "--college", str(folder), "--json"])
    assert [row["event_id"] for row in json.loads(read.output)] == ["alder-hydraulics-2031"]
    again = CliRunner().invoke(app, ["announcements", "read", "--college", str(folder), "--json"])
    assert json.loads(again.output) == []


def test_a_project_read_from_a_page_adds_jobs_to_the_run_of_that_college(folder: Path) -> None:
    imported(folder, PAGE)
    chosen = assumptions.for_college(folder).override(["draws=50"])
    found = arrivals.events(
        snapshot.load(), college.load(folder, chosen), chosen, np.arange(2031, 2038), np.random.default_rng(1)
    )
    (event,) = [event for event in found if event.event_id == "alder-hydraulics-2031"]
    assert event.promised == (140.0, 140.0)
    assert event.counted and event.naics_code == "3339"
