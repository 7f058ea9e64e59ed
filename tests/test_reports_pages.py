"""What the pages say: numbers rounded to what is known, nothing undefined, the same figures everywhere."""

from __future__ import annotations

import base64
import io
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from reports import charts, wording
from reports.charts.svg import apart, ticks
from reports.errors import ReportError
from reports.fitting import SHEET, estimate, fitted
from reports.frames import csv_attachments
from reports.html import write_html
from reports.quarterly import (
    Announcement,
    DemandFan,
    GapHistogram,
    Placement,
    ProgramPage,
    QuarterlyReport,
    Range,
    YearCount,
)
from reports.render import document
from reports.text import summary_text
from tests.reports_fixture import empty_report, full_report


class Anchors(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.addresses: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(given["id"] or "")
        href = given.get("href") or ""
        if href.startswith("#"):
            self.links.append(href[1:])
        elif href:
            self.addresses.append(href)
        if given.get("src"):
            self.addresses.append(given["src"] or "")


def read(page: str) -> Anchors:
    parser = Anchors()
    parser.feed(page)
    return parser


def test_every_number_on_page_one_is_in_the_attached_table() -> None:
    report = full_report(20)
    table = csv_attachments(report)["page_one.csv"].decode()
    page = summary_text(report).split("\n", 2)[2]
    assert set(re.findall(r"\d[\d,.]*\d|\d", page)) <= set(re.findall(r"\d[\d,.]*\d|\d", table))


def test_html_needs_nothing_from_elsewhere(tmp_path: Path) -> None:
    write_html(full_report(9), tmp_path / "report.html")
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    parts = read(page)
    assert set(parts.links) <= set(parts.ids)
    assert len(parts.ids) == len(set(parts.ids))
    assert {address.split(":")[0] for address in parts.addresses} <= {"https"}
    assert "@import" not in page
    assert page.count("url(") == page.count("url(data:font/woff;base64,") == 3


def test_html_carries_its_faces_cut_to_its_characters(tmp_path: Path) -> None:
    write_html(full_report(3), tmp_path / "report.html")
    first = (tmp_path / "report.html").read_bytes()
    faces = [base64.b64decode(found) for found in re.findall(rb"base64,([^)]+)", first)]
    assert sum(map(len, faces)) < 60_000
    for face in faces:
        glyphs = TTFont(io.BytesIO(face)).getBestCmap()
        assert {ord(letter) for letter in "Aa0–"} <= set(glyphs) and ord("ж") not in glyphs
    write_html(full_report(3), tmp_path / "report.html")
    assert (tmp_path / "report.html").read_bytes() == first


def test_html_has_the_same_totals_as_the_table() -> None:
    report = full_report(9)
    page = document(report, "screen")
    for row in report.programs:
        assert row.addressable is not None
        assert f">{wording.number(row.addressable.p50)}<" in page


def test_two_programs_with_one_anchor_are_refused() -> None:
    report = full_report(2)
    first, second = report.pages
    twin = replace(second, row=replace(second.row, program_id="P-000"))
    with pytest.raises(ReportError, match="share the anchor"):
        document(replace(report, pages=(replace(first, row=replace(first.row, program_id="p.000")), twin)), "print")


def test_a_date_that_is_none_is_named() -> None:
    with pytest.raises(ReportError, match="2026-13-40"):
        document(replace(empty_report(), as_of="2026-13-40"), "print")


def test_nothing_prints_none() -> None:
    for medium in ("print", "screen"):
        words = re.sub(
            r"<style>.*?</style>|<script>.*?</script>|<meta[^>]*>", "", document(full_report(30), medium), flags=re.S
        )
        assert not re.search(r"\b(None|nan|inf|Undefined)\b", words)


def test_a_value_that_is_none_stops_the_page() -> None:
    with pytest.raises(ReportError, match="not there"):
        document(replace(empty_report(), headline=None), "print")  # type: ignore[arg-type]


def test_cancelled_projects_are_shown_as_cancelled() -> None:
    gone = Announcement(
        "Alder", "Durham", "Software", "cancelled", "2025-01-02", promised_high=510.0, promised_low=510.0
    )
    page = document(replace(empty_report(), announcements=(gone,)), "print")
    assert "510 promised, cancelled" in page
    assert '<tr class="off">' in page


@pytest.mark.parametrize(
    ("value", "written"),
    [(None, "not known"), (0.4, "0"), (62.4, "62"), (1243.0, "1,240"), (-5.0, "−5"), (48_216.0, "48,200")],
)
def test_people_are_whole_and_rounded(value: float | None, written: str) -> None:
    assert wording.number(value) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [(860.4, "$860"), (41_237.0, "$41,200"), (1_243_000.0, "$1.24 million"), (999_600.0, "$1 million")],
)
def test_money_has_three_figures(value: float, written: str) -> None:
    assert wording.money(value) == written


def test_no_chance_is_rounded_to_certainty() -> None:
    assert wording.share(0.998) == ">99%"
    assert wording.share(0.002) == "<1%"
    assert wording.share(1.0) == "100%"


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "JaVaScRiPt:x",
        "java\u200bscript:x",
        "//x",
        "https://",
    ],
)
def test_other_schemes_are_no_links(address: str) -> None:
    assert wording.web_address(address) == ""


@given(st.text())
def test_cleaned_text_has_no_control_marks(text: str) -> None:
    cleaned = wording.clean(text)
    assert not re.search("[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]", cleaned)
    assert wording.clean(cleaned) == cleaned


@given(st.text(), st.integers(min_value=2, max_value=60))
def test_shortened_text_is_never_longer(text: str, length: int) -> None:
    assert len(wording.shorten(text, length)) <= length


@given(st.floats(min_value=0.1, max_value=1e6))
def test_axis_marks_reach_the_largest_value(high: float) -> None:
    marks = ticks(high)
    assert marks[0] == 0
    assert marks[-1] >= high * 0.999
    assert len(marks) <= 8


@given(st.lists(st.floats(min_value=0, max_value=100), max_size=6))
def test_labels_do_not_touch(wanted: list[float]) -> None:
    placed = sorted(apart(wanted, 11, 0, 100))
    assert all(b - a >= 11 - 1e-9 for a, b in pairwise(placed))


@given(st.text(max_size=400), st.integers(0, 40))
def test_a_page_is_cut_until_it_fits(text: str, many: int) -> None:
    page = full_report(2).pages[1]
    page = replace(
        page, summary=text, reasons=(text,) * many, notes=(text,) * many, occupations=page.occupations * many
    )
    assert estimate(fitted(page).page) <= SHEET + 45


def test_cut_occupations_are_counted() -> None:
    page = full_report(2).pages[1]
    view = fitted(replace(page, occupations=page.occupations * 30))
    assert len(view.page.occupations) + view.omitted_occupations == len(page.occupations) * 30


def test_charts_say_in_words_what_they_show() -> None:
    fan = DemandFan(
        "Openings rise & stay", "people", (2027, 2028), (1, 2), (2, 3), (3, 4), (4, 5), (5, 6), capacity=2.0
    )
    assert "<title>Openings rise &amp; stay. Openings in 2028: median 4, 80% range 2 to 6 people" in charts.fan(fan)
    bins = GapHistogram("A gap", "share", (0.0, 16.0, 32.0), (0.25, 0.75), cohort=16.0)
    assert "75% of the draws" in charts.histogram(bins)
    assert "least not known" in charts.placement(Placement(None, 3.0, 9.0))


def test_charts_survive_single_and_missing_years() -> None:
    alone = DemandFan("One year", "people", (2027,), (1,), (2,), (3,), (4,), (5,))
    assert "<svg" in charts.fan(alone)
    only_history = DemandFan(
        "Past", "people", history=(YearCount(2020, 3.0), YearCount(2021, None), YearCount(2022, 5.0))
    )
    assert "<circle" in charts.fan(only_history)
    assert charts.sparkline([YearCount(2020, None)]) == ""
    assert "<svg" in charts.sparkline([YearCount(2020, 0.0)])


def test_a_bullet_beyond_the_scale_is_marked() -> None:
    row = full_report(1).programs[0]
    far = replace(row, addressable=Range(500, 600, 700))
    near = replace(row, addressable=Range(5, 6, 7), graduates=Range(1, 2, 3))
    assert charts.bullet(far, 200).count("<path") == charts.bullet(near, 200).count("<path") + 1


def test_a_program_of_which_only_the_row_is_known_has_a_page() -> None:
    report = full_report(1)
    page = document(replace(report, pages=(ProgramPage(report.programs[0]),)), "print")
    assert "No occupation is linked to this program yet" in page


def test_a_text_is_cut_between_sentences_where_it_can_be() -> None:
    text = "Openings are 12 a year. Graduates are 3. Nobody knows the rest of it."
    assert wording.sentences(text, 60) == "Openings are 12 a year. Graduates are 3."
    assert wording.sentences(text, 500) == text
    assert wording.sentences("One sentence without an end", 12).endswith("…")


def test_no_reason_of_the_embedded_quarter_is_cut(report: QuarterlyReport) -> None:
    for page in report.pages:
        cut = fitted(page).page
        for part in ("reasons", "gates", "flips", "notes"):
            assert set(getattr(cut, part)) <= set(getattr(page, part)), page.row.program_id
        assert (cut.summary, cut.reasons, cut.gates) == (page.summary, page.reasons, page.gates)


@pytest.mark.parametrize(("value", "written"), [(0.0, "0"), (0.3, "under 1"), (0.6, "1"), (None, "not known")])
def test_less_than_half_a_person_is_not_nobody(value: float | None, written: str) -> None:
    assert wording.people(value) == written


def test_draws_never_make_a_certainty() -> None:
    assert [wording.chance(value) for value in (0.0, 1.0, 0.5, None)] == ["<1%", ">99%", "50%", "not known"]
