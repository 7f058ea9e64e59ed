"""What pages say in words follows from the numbers beside it: headings, counts, balances, promises, columns."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gapengine.briefing import charts, outlook, words
from reports import arranging
from reports.background import Announcement
from reports.charts import tiles, timeline
from reports.outlook import CountyTile
from reports.programs import ProgramRow
from reports.quantities import Range
from reports.wording import quantity
from tests import reports_programs


@pytest.mark.parametrize(
    ("openings", "graduates", "said"),
    [
        (Range(12, 62, 136), 14, "More openings than own graduates, others not counted; ranges overlap"),
        (Range(29, 60, 102), 14, "More openings than own graduates, others not counted"),
        (Range(6, 11, 18), 17, "Fewer openings than own graduates, others not counted; ranges overlap"),
        (Range(6, 11, 16), 17, "Fewer openings than own graduates, others not counted"),
        (Range(10, 42, 81), 40, "About as many openings as own graduates, others not counted"),
        (Range(0, 1, 2), None, "About 1 opening a year within reach of new graduates"),
    ],
)
def test_a_chart_is_headed_by_its_medians(openings: Range, graduates: float | None, said: str) -> None:
    assert charts._fan_title(openings, graduates) == said


def test_counts_agree_with_their_nouns() -> None:
    assert [words.openings(count) for count in (0.3, 0.6, 1.6)] == ["less than one opening", "1 opening", "2 openings"]
    assert words.unplaced(0.2) == "fewer than one of its own finds none"
    assert words.unplaced(1.1) == "about 1 of its own finds none"
    assert (quantity(1, "years"), quantity(2, "years"), quantity(1, "$ a year")) == ("1 year", "2 years", "$1 a year")


def test_a_flip_never_reads_like_the_value_of_the_run() -> None:
    assert words.percents(0.058, 0.061) == "5.8% (this run: 6.1%)"
    assert words.percents(0.32, 0.41) == "32% (this run: 41%)"


def test_a_change_that_may_be_a_loss_says_so() -> None:
    assert outlook._between(Range(200, 1500, 2900)) == "200 to 2,900"
    assert outlook._between(Range(-900, -300, -50)) == "50 to 900"
    assert outlook._between(Range(-200, 1500, 2900)) == "from 200 fewer to 2,900 more"


def _row(gap: float, unplaced: float, shortage: float, surplus: float) -> ProgramRow:
    made = reports_programs.row(0, np.random.default_rng(1))
    none = Range(0, 0, 1)
    return replace(
        made,
        gap=replace(none, p50=gap),
        unplaced=replace(none, p50=unplaced),
        p_shortage=shortage,
        p_surplus=surplus,
    )


def test_nothing_is_short_where_a_surplus_is_likelier() -> None:
    few, even, short = _row(0, 0.3, 0.05, 0.82), _row(0, 0, 0.1, 0.3), _row(3, 0.3, 0.5, 0.2)
    assert [arranging.left_over(row) for row in (few, even, short)] == [True, False, False]
    assert [arranging.in_balance(row) for row in (few, even, short)] == [False, True, False]


def _project(company: str, promised: float, expected: Range | None, counted: bool = True) -> Announcement:
    return Announcement(
        company,
        "Town, Own County",
        "things",
        "announced",
        "2022-03-01",
        promised_high=promised,
        expected=expected,
        start_year=2028,
        by_year=2027,
        counted=counted,
    )


def test_the_largest_promise_is_on_the_timeline_though_nothing_is_expected_of_it() -> None:
    small = [_project(f"Small {at}", 50, Range(5, 20, 40)) for at in range(arranging._MOST_ON_TIMELINE)]
    late, done = _project("Late", 7500, Range(0, 0, 3310)), _project("Done", 9000, None, counted=False)
    shown = arranging.charted([*small, late, done])
    assert late in shown and done not in shown
    assert "7,500 promised, 0 expected (to 3,310)" in timeline([late])


def test_a_county_with_a_promise_never_reads_as_one_without() -> None:
    county = CountyTile("37001", "Own", 0, 0, 1.0, 100.0, 5.0, announced=0.0, announced_high=3310.0, promised=7500.0)
    drawn = tiles([county])
    assert "7,500 promised" in drawn and "0 expected (to 3,310)" in drawn and "no announced" not in drawn
    assert "no announced jobs ahead" in tiles([replace(county, announced_high=0.0, promised=0.0)])


def test_the_columns_of_the_index_hold_every_entry_and_as_many_lines() -> None:
    rows = [_row(0, 0, 0.1, 0.1) for _ in range(7)]
    left, right = arranging.columns(rows)
    assert (len(left), len(right)) == (4, 3)
    assert [*left, *right] == rows
    assert arranging.columns([]) == ([], [])
