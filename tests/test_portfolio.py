"""The college's portfolio: limits kept, nothing invented, money and places where they may be used, reasons by name."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gapengine.capacity_records import EquityRow, SharedRow
from gapengine.figures import Known, Unknown
from gapengine.portfolio import Portfolio, Situation, choose, rendered, settled
from gapengine.portfolio.study import Study, as_json, store, study
from gapengine.portfolio.worlds import worlds
from gapengine.run import Run

few = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
AMPLE = {
    "one_time_usd": 9e6,
    "recurring_usd": 9e6,
    "faculty_fte": 99.0,
    "coaches_fte": 99.0,
    "life_sciences_rooms": 9.0,
}


@pytest.fixture(scope="module")
def answers(run: Run) -> Study:
    others = worlds(run.situation, run.openings, run.shares, run.entrants)
    return study(run.situation, *run.movable, others, {}, {})


def changed_by(portfolio: Portfolio) -> dict[str, int]:
    return {choice.program_id: choice.sections for choice in portfolio.choices if choice.sections}


def taken(run: Run, portfolio: Portfolio) -> dict[str, float]:
    """What the sections of a portfolio need, added up from the programs' own numbers."""
    need = {"recurring_usd": 0.0, "faculty_fte": 0.0, "coaches_fte": 0.0, "one_time_usd": 0.0}
    for choice in portfolio.choices:
        program = run.college.program(choice.program_id)
        need["recurring_usd"] += choice.sections * program.cost_per_section_usd.value
        need["faculty_fte"] += choice.sections * program.faculty_per_section.value
        need["coaches_fte"] += choice.sections * program.coaches_per_section.value
        first = program.launch_cost_usd.value - program.start_cost_usd.value if choice.launch else 0.0
        need["one_time_usd"] += choice.sections * program.start_cost_usd.value + first
    return need


# --------------------------------------------------------------------------------------------------------- the limits


@few
@given(st.floats(0, 1.5e6), st.floats(0, 1e6), st.floats(0, 12), st.floats(0, 3))
def test_whatever_the_limits_none_is_exceeded_and_doing_nothing_is_no_better(
    run: Run, recurring: float, once: float, faculty: float, coaches: float
) -> None:
    limits = {"recurring_usd": recurring, "one_time_usd": once, "faculty_fte": faculty, "coaches_fte": coaches}
    found = choose(run.situation, *run.movable, limits)
    used = taken(run, found)
    gift = sum(fund.free_usd or 0 for fund in run.college.funding if fund.programs)
    for name, amount in limits.items():
        assert used[name] <= amount + (gift if name == "one_time_usd" else 0.0) + 1e-6, name
    assert found.gain_usd >= 0
    assert all(0 <= choice.sections <= run.assumptions.whole("threshold.most_sections") for choice in found.choices)


def test_more_money_never_gains_less(answers: Study) -> None:
    gains = [point.gain_usd for point in answers.frontier]
    assert [point.share for point in answers.frontier] == sorted(point.share for point in answers.frontier)
    assert gains == sorted(gains)
    assert gains[0] == 0 and answers.frontier[0].sections == {}
    assert gains[-1] > gains[1] > 0


def test_the_same_question_has_the_same_answer_to_the_last_bit(run: Run) -> None:
    one, other = (choose(run.situation, *run.movable) for _ in range(2))
    assert json.dumps(rendered.as_json(one)) == json.dumps(rendered.as_json(other))
    assert json.dumps(rendered.as_json(one)) == json.dumps(rendered.as_json(run.portfolio))


def test_without_money_nothing_starts_and_the_advice_says_what_keeps_it_out(run: Run) -> None:
    found = choose(run.situation, *run.movable, {"recurring_usd": 0.0})
    assert changed_by(found) == {} and found.gain_usd == 0
    assert "recurring_usd" in found.binding
    wanted = [item for item in run.advice if item.evidence.program.program_id in run.movable[0]]
    grown = [replace(item, action="expand", sections=1, gates=()) for item in wanted]
    for item in settled(grown, found):
        assert (item.action, item.sections, item.cost) == ("watch", 0, None)
        assert len(item.gates) == 1
        assert "limits better" in item.reasons[-1] or "would cost more" in item.reasons[-1]


def test_what_is_required_and_impossible_is_explained_by_limit_and_amount(run: Run) -> None:
    program = run.college.program("opticianry-aas")
    cost, staff = program.cost_per_section_usd.value, program.faculty_per_section.value
    limits = {**AMPLE, "recurring_usd": 2 * cost, "faculty_fte": 2 * staff}
    found = choose(run.situation, *run.movable, limits, {"opticianry-aas": 3})
    assert found.choices == ()
    assert found.infeasible == pytest.approx({"recurring_usd": cost, "faculty_fte": staff})
    assert choose(run.situation, *run.movable, AMPLE, {"opticianry-aas": 3}).of("opticianry-aas").sections == 3


def test_a_gift_pays_for_its_programs_alone(run: Run) -> None:
    found = choose(run.situation, ("biotechnology-aas", "opticianry-aas"), (), {**AMPLE, "one_time_usd": 0.0})
    assert found.of("opticianry-aas").sections == 0
    biotechnology = found.of("biotechnology-aas")
    assert biotechnology.launch and biotechnology.sections >= 1
    assert biotechnology.one_time_usd <= 500_000


# -------------------------------------------------------------------------------------------------- what is not known


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


def test_embedded_assumptions_behind_a_choice_are_named(run: Run) -> None:
    for choice in run.portfolio.choices:
        assert any(name.startswith("capacity.cost_per_section_usd.") for name in choice.assumed)
        assert choice.revenue.standing == "unknown", "the dollars of a tier were not found"
        assert choice.now.standing in ("assumed", "unknown")


def test_a_program_without_a_cost_takes_no_part_and_says_so(run: Run) -> None:
    program = run.college.program("opticianry-aas")
    bare = with_program(run, "opticianry-aas", replace(program, cost_per_section_usd=Unknown("not told")))
    found = choose(bare, ("opticianry-aas",), ())
    assert found.choices == () and found.left_out == {"opticianry-aas": ("cost_per_section_usd",)}


def test_nothing_is_closed_on_embedded_assumptions(run: Run) -> None:
    everyone = tuple(item.evidence.program.program_id for item in run.advice if item.evidence.n_edges)
    found = choose(run.situation, (), everyone)
    assert changed_by(found) == {} and not any(choice.close for choice in found.choices)


# ------------------------------------------------------------------------------------- smaller, later, shared, equal


def with_program(run: Run, program_id: str, program: object, **college: object) -> Situation:
    """The situation of a run in which one program, and some of the folder, are otherwise."""
    programs = tuple(program if item.program_id == program_id else item for item in run.college.programs)
    found = [
        replace(item, program=program) if item.program.program_id == program_id else item
        for item in run.situation.found
    ]
    changed = replace(run.college, programs=programs, **college)
    return replace(run.situation, college=changed, found=found)


def stated(run: Run, program_id: str, cost: float, **numbers: float) -> object:
    """A program with four sections whose numbers the college states."""
    program = run.college.program(program_id)
    known = {"sections": 4.0, "seats_per_section": 20.0, "cost_per_section_usd": cost, **numbers}
    return replace(program, **{name: Known(value, "the college") for name, value in known.items()})


@pytest.fixture(scope="module")
def surplus(run: Run) -> str:
    """The program with the most graduates who find no opening, in the run."""
    judged = [item for item in run.situation.found if item.n_edges and item.basis == "completions"]
    return max(judged, key=lambda item: item.unplaced.mean()).program.program_id


def test_a_section_that_places_hardly_anybody_is_dropped_when_it_costs_more(run: Run, surplus: str) -> None:
    dear = with_program(run, surplus, stated(run, surplus, 5e6))
    placing = with_program(run, "nursing-aas", stated(run, "nursing-aas", 10_000.0))
    assert choose(dear, (), (surplus,)).of(surplus).sections < 0
    assert choose(dear, (), (surplus,)).of(surplus).recurring_usd < 0
    assert changed_by(choose(placing, (), ("nursing-aas",))) == {}


def test_closing_needs_money_for_the_teach_out(run: Run, surplus: str) -> None:
    program = stated(run, surplus, 5e6, teach_out_cost_usd=90_000.0)
    rich = choose(with_program(run, surplus, program), (), (surplus,), {"one_time_usd": 90_000.0}).of(surplus)
    poor = choose(with_program(run, surplus, program), (), (surplus,), {"one_time_usd": 89_000.0}).of(surplus)
    assert (rich.close, rich.sections, rich.one_time_usd) == (True, -4, 90_000.0)
    assert (poor.close, poor.sections) == (False, -3)


def test_shared_courses_are_not_saved_and_a_group_of_students_keeps_its_seats(run: Run, surplus: str) -> None:
    program = stated(run, surplus, 5e6)
    shared = replace(
        run.college.capacity,
        shared=(SharedRow(program_id=surplus, with_program="nursing-aas", what="courses", share=1.0),),
    )
    assert changed_by(choose(with_program(run, surplus, program, capacity=shared), (), (surplus,))) == {}
    groups = (
        EquityRow(program_id=surplus, year=2025, group="first in family", enrolled=40),
        EquityRow(program_id="nursing-aas", year=2025, group="first in family", enrolled=160),
    )
    floor = replace(run.college.capacity, equity=groups)
    kept = choose(with_program(run, surplus, program, capacity=floor), (), (surplus,)).of(surplus)
    assert kept.sections == -1, "one section of four is 10 of 200 seats; a second would pass the floor of 5 percent"


def test_money_of_dropped_sections_pays_for_others_once_their_students_are_through(run: Run, surplus: str) -> None:
    program = stated(run, surplus, 400_000.0, teach_out_terms=1.0)
    situation = with_program(run, surplus, program)
    limits = {**AMPLE, "recurring_usd": 0.0}
    found = choose(situation, ("opticianry-aas",), (surplus,), limits)
    assert found.of(surplus).sections < 0
    starts = found.of("opticianry-aas").added
    assert starts and min(starts) > "2027Q1", "what is freed after a term cannot pay in the next quarter"


def test_places_that_come_later_move_the_start_of_a_section(run: Run) -> None:
    profile = run.college.profile
    places = profile.limits["clinical_places"].model_copy(
        update={"value": 0.0, "by_quarter": {"2027Q3": 80.0, "2027Q4": 80.0}}
    )
    later = profile.model_copy(update={"limits": {**profile.limits, "clinical_places": places}})
    situation = replace(run.situation, college=replace(run.college, profile=later))
    found = choose(situation, ("practical-nursing-diploma",), (), AMPLE).of("practical-nursing-diploma")
    assert found.sections > 0 and set(found.added) == {"2027Q3"} and found.unchecked == {}


# ------------------------------------------------------------------------------------------------- questions around it


def test_one_unit_more_never_gains_less_and_what_does_not_bind_is_worth_nothing(answers: Study) -> None:
    for price in answers.prices:
        assert price.gain_usd is None or price.gain_usd >= 0
        if price.limit == "life_sciences_rooms":
            assert price.gain_usd == 0 and price.sections == {}
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


def test_the_run_s_advice_has_the_portfolio_s_sections(run: Run) -> None:
    for item in run.advice:
        choice = run.portfolio.of(item.evidence.program.program_id)
        if item.action in ("expand", "launch"):
            assert choice is not None and item.sections == choice.sections > 0
            assert item.cost is not None and np.isclose(item.cost[1], choice.recurring_usd)
