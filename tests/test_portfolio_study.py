"""Questions around the portfolio: other budgets, one unit more, what nobody states, other worlds, and its files."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from gapengine.portfolio import choose
from gapengine.portfolio.study import Study, as_json, store, study
from gapengine.portfolio.worlds import worlds
from gapengine.run import Run
from tests.test_portfolio import AMPLE


@pytest.fixture(scope="module")
def answers(run: Run) -> Study:
    others = worlds(run.situation, run.openings, run.shares, run.entrants)
    return study(run.situation, *run.movable, others, {}, {})


def test_more_money_never_gains_less(answers: Study) -> None:
    gains = [point.gain_usd for point in answers.frontier]
    assert [point.share for point in answers.frontier] == sorted(point.share for point in answers.frontier)
    assert gains == sorted(gains)
    assert gains[0] == 0 and answers.frontier[0].sections == {}
    assert gains[-1] > gains[1] > 0


def test_a_limit_that_nobody_states_is_left_unchecked_and_its_need_is_told(run: Run, answers: Study) -> None:
    found = choose(run.situation, ("practical-nursing-diploma",), (), AMPLE)
    choice = found.of("practical-nursing-diploma")
    program = run.college.program("practical-nursing-diploma")
    held = program.seats_per_section.value * program.fill_rate.value
    assert choice.sections > 0 and choice.unchecked == {"clinical_places": pytest.approx(choice.sections * held)}
    assert next(use for use in found.used if use.resource.name == "clinical_places").there is None
    assert answers.unknown == ("clinical_places",)
    assert answers.without_unknown is not None
    users = {use.program_id for use in run.college.capacity.uses if use.limit == "clinical_places"}
    assert not users & answers.without_unknown.sections.keys()


# ------------------------------------------------------------------------------------------------- questions around it


def test_one_unit_more_never_gains_less_and_what_does_not_bind_is_worth_nothing(answers: Study) -> None:
    for price in answers.prices:
        assert price.gain_usd is None or price.gain_usd >= 0
        assert (price.enough is None) == (price.enough_usd is None) == (price.sections == {})
        assert price.enough_usd is None or price.enough_usd > 0
        if price.limit == "life_sciences_rooms":
            assert price.gain_usd == 0 and price.sections == {}
        if price.limit == "recurring_usd":
            assert price.enough is not None, "some more money a year gains a section"
        if price.limit == "clinical_places":
            assert price.gain_usd is None, "unknown is not free"


def test_regret_is_what_a_choice_for_the_wrong_world_loses(answers: Study) -> None:
    assert len(answers.worlds) >= 8
    for world in answers.worlds:
        assert world.regret_usd >= 0
        assert world.own_at_home_usd <= answers.base.gain_usd + 2e-2 * abs(answers.base.gain_usd)


def test_a_retention_at_which_a_section_stops_paying_lies_below_todays(run: Run) -> None:
    chosen = [choice for choice in run.portfolio.choices if choice.sections > 0]
    assert any(choice.kept_below is not None for choice in chosen)
    for choice in chosen:
        assert choice.kept_below is None or 0 < choice.kept_below < choice.kept
        assert choice.kept_above is None or choice.kept < choice.kept_above <= 1


def test_the_study_is_stored_as_json_and_tables(answers: Study, tmp_path) -> None:
    place = store(answers, tmp_path)
    assert json.loads((place / "portfolio.json").read_text()) == json.loads(json.dumps(as_json(answers)))
    frontier = pd.read_parquet(place / "frontier.parquet")
    assert list(frontier["gain_usd"]) == [round(point.gain_usd, 2) for point in answers.frontier]
    assert {path.stem for path in place.glob("*.parquet")} == {
        "choices",
        "limits",
        "frontier",
        "shadow_prices",
        "worlds",
    }
