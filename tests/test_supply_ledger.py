"""Who competes for a program's openings: lines that are counted, lines that nobody states, and what-if on each."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import numpy as np
import pytest

from gapengine import supply
from gapengine.arrivals.layoffs import Leaving
from gapengine.figures import Known
from gapengine.matching import left
from gapengine.run import Run
from gapengine.supply.ledger import ledger, what_if
from gapengine.supply.sections import section_draws, section_yield
from gapengine.terminal.supply import show


def lines(run: Run, program_id: str) -> dict[str, object]:
    return {line.name: line for line in ledger(run, program_id)}


def with_pipeline(run: Run, **numbers: float) -> Run:
    changed = tuple(
        item.model_copy(update=numbers) if item.pipeline_id == "bulls" else item for item in run.college.pipelines
    )
    return replace(run, college=replace(run.college, pipelines=changed))


def drawn(run: Run, **changes: object) -> supply.Supply:
    """The shed's completers, with parts of the college otherwise."""
    college = replace(run.college, **changes)
    others = supply.providers(run.snapshot, college, run.assumptions, "shed")
    return supply.completers(
        run.snapshot, college, run.assumptions, "shed", others, frozenset(), np.random.default_rng(3)
    )


def test_what_nobody_states_is_not_counted_and_never_zero(run: Run) -> None:
    found = lines(run, "biowork")
    for name in ("pipeline-bulls", "pipeline-cte", "displaced", "commuters"):
        assert found[name].people is None and not found[name].counted and found[name].standing == "unknown", name
        assert len(found[name].why) > 20
    assert found["own"].standing == "assumed", "its completers are a range"
    aide = lines(run, "nurse-aide-certificate")
    assert aide["noncredit-unknown"].people is None, "non-credit nurse aides are not published"


def test_the_counted_lines_are_the_people_of_the_matching(run: Run) -> None:
    program = "nursing-aas"
    index = [item.program_id for item in run.college.programs].index(program)
    found, balance = lines(run, program), run.balances[run.served[index]]
    np.testing.assert_array_equal(found["own"].people, balance.supply[:, index])
    edges = balance.market.edges
    rivals = edges.loc[edges["node"].isin(balance.market.nodes_of(index)), "program"].unique()
    everyone = sum(found[name].people for name in ("own", "college", "institutions"))
    np.testing.assert_allclose(everyone, balance.supply[:, rivals].sum(axis=1))


def test_the_share_who_stay_and_work_in_field_is_one_draw_for_everybody(run: Run) -> None:
    """A good year for one program's graduates is no bad one for a neighbour's with the same assumption."""
    found = run.supply["shed"]
    places = [n for n, item in enumerate(run.college.programs) if item.award_level == "associate"]
    shares = {tuple(found.kept_draws[:, place]) for place in places}
    assert len(shares) == 2, "licensed and not"
    means = found.groups["graduates"].to_numpy(float)
    of_class = found.groups["award_class"].to_numpy() == "associate"
    large = np.flatnonzero(of_class & (means > 100))[:5]
    plain = max(shares, key=lambda share: -np.mean(share))
    for column in large:
        assert np.corrcoef(found.others[:, column], np.array(plain))[0, 1] > 0.5


def test_a_pipeline_adds_those_who_go_straight_to_work_and_no_others(run: Run) -> None:
    known = with_pipeline(run, completers=40.0, progression=0.25)
    silent = with_pipeline(run, completers=40.0)
    base = drawn(run).groups.set_index(["cip_code", "award_class"])["graduates"]
    more = drawn(run, pipelines=known.college.pipelines).groups.set_index(["cip_code", "award_class"])["graduates"]
    same = drawn(run, pipelines=silent.college.pipelines).groups.set_index(["cip_code", "award_class"])["graduates"]
    program = run.college.program("biowork")
    key = (program.cip_code, program.award_class)
    assert more[key] - base.get(key, 0.0) == pytest.approx(30.0)
    assert more.drop(key).equals(base.drop(key, errors="ignore")) and same.equals(base)
    assert lines(known, "biowork")["pipeline-bulls"].people.tolist() == [30.0]


def test_displaced_workers_take_openings_of_their_own_occupation_first(run: Run) -> None:
    years = np.arange(2026, 2033)
    losses = np.zeros((run.assumptions.whole("draws"), len(years)))
    losses[:, 3] = 500.0
    area = run.college.areas[0].area_code
    event = Leaving("warn-x", "X", "Durham", "37063", area, "5415", 500.0, "Closure", "2029-01-01", "2029-03-01", 1,
                    losses, True, "subtracted on its date", "")  # fmt: skip
    pattern = np.zeros(len(run.universe.codes))
    pattern[7] = 1.0
    coming = replace(run.coming, leaving=(event, replace(event, naics_code="")), patterns={"5415": pattern})
    gone = supply.displaced(coming, {area: 0.5}, years, (2028, 2032), len(pattern), run.assumptions)
    seek = run.assumptions.value("displaced.seek_same")
    assert gone[:, 7].mean() == pytest.approx(0.5 * seek * 500 / 5), "averaged over five years, at the area's weight"
    assert gone.sum() == pytest.approx(gone[:, 7].sum()), "an industry that nobody told has no occupations"
    opened, people = run.openings["shed"], replace(run.supply["shed"], displaced=gone)
    remaining = left(opened, people)
    assert (remaining <= opened.total).all() and (remaining >= 0).all()
    assert (np.delete(remaining, 7, axis=1) == np.delete(opened.total, 7, axis=1)).all()


def test_stated_sections_give_completers_where_nobody_reports_any(run: Run) -> None:
    numbers = {
        "sections": 3.0,
        "seats_per_section": 16.0,
        "fill_rate": 1.0,
        "completion_rate": 0.5,
        "cohorts_per_year": 2.0,
    }
    program = replace(
        run.college.program("911-academy"), **{name: Known(value, "the college") for name, value in numbers.items()}
    )
    programs = tuple(program if item.program_id == "911-academy" else item for item in run.college.programs)
    found = drawn(run, programs=programs)
    index = [item.program_id for item in programs].index("911-academy")
    assert found.basis[index] == "capacity" and (found.graduates[:, index] == 48.0).all()
    assert section_yield(program) == 16.0
    assert (section_draws(program, 5, np.random.default_rng(1)) == 16.0).all()


def test_a_stated_placement_rate_replaces_the_assumed_share_in_field(run: Run) -> None:
    program = replace(run.college.program("opticianry-aas"), placement_rate=Known(1.0, "the college"))
    programs = tuple(program if item.program_id == "opticianry-aas" else item for item in run.college.programs)
    index = [item.program_id for item in programs].index("opticianry-aas")
    before, after = drawn(run), drawn(run, programs=programs)
    assert after.kept[index] == pytest.approx(run.assumptions.value("stays.shed.associate"))
    assert (after.kept_draws[:, index] > before.kept_draws[:, index]).all()


def test_more_people_on_any_line_never_widen_the_gap(run: Run) -> None:
    for name in ("own", "institutions", "pipeline-bulls", "commuters"):
        changed = what_if(run, "biowork", {name: 400.0})
        assert changed.gap[1] <= changed.gap[0] + 1e-9, name
        assert changed.p_shortage[1] <= changed.p_shortage[0], name
    fewer = what_if(run, "biowork", {"own": 1.0})
    assert fewer.gap[1] > fewer.gap[0]
    same = what_if(run, "biowork", {})
    assert same.gap[0] == pytest.approx(same.gap[1]) and same.p_surplus[0] == same.p_surplus[1]


def test_the_ledger_is_told_in_json_with_what_another_number_does(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    people = {"commuters": 50.0}
    show(run, "biowork", ledger(run, "biowork"), people, what_if(run, "biowork", people), as_json=True)
    shown = json.loads(capsys.readouterr().out)
    assert {line["line"] for line in shown["lines"]} >= {"own", "institutions", "displaced", "commuters"}
    assert shown["what_if"]["lines"] == {"commuters": 50.0}
    assert shown["what_if"]["gap"]["then"] <= shown["what_if"]["gap"]["now"]


def test_every_program_s_ledger_can_be_told_to_a_person(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    for program in run.college.programs:
        show(run, program.program_id, ledger(run, program.program_id), {}, None, as_json=False)
    shown = capsys.readouterr().out
    assert "not counted" in shown and not re.search(r"\bnan\b", shown)
