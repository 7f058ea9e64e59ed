"""Scenarios and comparisons: what a changed input flips, and messages that name the line."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gapengine import comparison, output
from gapengine.decisions import Rule
from gapengine.decisions.rule import worth_of
from gapengine.decisions.settle import settles
from gapengine.errors import DataContract, GapengineError, UsageError
from gapengine.national import Field, calibrate, completions, spread
from gapengine.run import Run
from gapengine.scenario import Inputs, apply, load
from tests.test_decision_rules import SETTINGS, evidence


def scenario(folder: Path, text: str) -> Path:
    path = folder / "what-if.toml"
    path.write_text(text, encoding="utf-8")
    return path


def inputs(run: Run) -> Inputs:
    return Inputs(run.snapshot, run.college, run.assumptions)


def test_a_scenario_changes_what_it_names_and_nothing_else(run: Run, tmp_path: Path) -> None:
    event = str(run.snapshot["announcements"]["event_id"].iloc[0])
    text = f"""
    title = "cuts"
    [assumptions]
    entrant_share.open = 0.3
    [announcements]
    cancel = ["{event}"]
    [[announcements.add]]
    event_id = "new-plant"
    company = "New Plant"
    county_fips = "{run.college.counties[0]}"
    naics_code = "3254"
    jobs = 400
    announced_date = "2026-10"
    [budget]
    recurring_usd = 0
    [retention]
    factor = 0.5
    """
    chosen = load(scenario(tmp_path, text))
    before = inputs(run)
    after = apply(chosen, before)
    table = after.snapshot["announcements"]
    assert set(table.loc[table["event_id"] == event, "stage"]) == {"cancelled"}
    assert table.loc[table["event_id"] == "new-plant", ["jobs", "stage"]].to_numpy().tolist() == [[400.0, "announced"]]
    assert len(table) == len(before.snapshot["announcements"]) + 1
    assert after.snapshot.sha256 == before.snapshot.sha256, "the figures of the agencies are the same"
    assert after.college.profile.budget["recurring_usd"].value == 0
    assert after.college.profile.budget["one_time_usd"] == before.college.profile.budget["one_time_usd"]
    changed = [name for name, item in after.assumptions.items() if item != before.assumptions.by_name[name]]
    assert changed == ["entrant_share.open", *(name for name in before.assumptions if name.startswith("stays."))]
    halved = after.assumptions.by_name["stays.shed.associate"]
    assert halved.value == before.assumptions.by_name["stays.shed.associate"].value / 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[anouncements]\n", r"what-if.toml, line 1, anouncements: expected only .*announcements"),
        ('[announcements]\ncancel = ["nobody-2026"]\n', "known event_ids, not 'nobody-2026'"),
        ("[budget]\nrecuring_usd = 1\n", "line 2, budget.recuring_usd.*recurring_usd"),
        ("[budget]\nrecurring_usd = -1\n", "a number of at least 0"),
        ('[[announcements.add]]\ncompany = "A"\n', "a event_id|an event_id"),
        ("[assumptions]\nentrant_share.opn = 0.2\n", "no assumption is called"),
        ("[assumptions]\nentrant_share.open = 7\n", "must lie between"),
    ],
)
def test_what_is_wrong_in_a_scenario_is_named(run: Run, tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(GapengineError, match=message):
        apply(load(scenario(tmp_path, text)), inputs(run))


# ------------------------------------------------------------------------------------------------------ two runs


def written(folder: Path, run: Run, **changes: object) -> Path:
    folder.mkdir()
    found = output.describe(run, {}) | changes
    (folder / "run.json").write_text(json.dumps(found), encoding="utf-8")
    return folder


def test_a_run_compared_with_itself_differs_in_nothing(run: Run, tmp_path: Path) -> None:
    folder = written(tmp_path / "a", run)
    found = comparison.compare(folder, folder)
    assert (found.inputs, found.programs) == ({}, ())


def test_a_flip_comes_first_and_a_moved_number_after_it(run: Run, tmp_path: Path) -> None:
    programs = json.loads(json.dumps(output.programs(run)))
    programs[3]["p_shortage"] = (programs[3]["p_shortage"] + 0.5) % 1
    programs[5] |= {"action": "close", "signal": "review"}
    other = written(tmp_path / "b", run, programs=programs, scenario="what if")
    found = comparison.compare(written(tmp_path / "a", run), other)
    assert [row.program for row in found.programs] == [programs[5]["program"], programs[3]["program"]]
    assert found.as_json()["flips"] == [programs[5]["program"]]
    assert found.inputs == {"scenario": ("", "what if")}


def test_comparing_what_is_no_run_or_another_college_is_refused(run: Run, tmp_path: Path) -> None:
    folder = written(tmp_path / "a", run)
    with pytest.raises(UsageError, match=r"no run\.json"):
        comparison.compare(folder, tmp_path)
    college = output.describe(run, {})["college"] | {"unit_id": "990001", "name": "Another"}
    with pytest.raises(UsageError, match="different colleges"):
        comparison.compare(folder, written(tmp_path / "b", run, college=college))
    (folder / "run.json").write_text("{", encoding="utf-8")
    with pytest.raises(DataContract, match="expected JSON"):
        comparison.compare(folder, folder)


# ------------------------------------------------------------------------------------------- what would settle it


@given(st.floats(0, 1), st.floats(0.05, 0.95))
def test_acting_is_worth_it_exactly_from_its_threshold_on(probability: float, threshold: float) -> None:
    assert (worth_of(probability, threshold) > 1e-9) == (probability > threshold + 1e-9) or abs(
        probability - threshold
    ) < 1e-6


def test_an_input_that_decides_the_gap_settles_the_advice_and_one_that_is_noise_does_not() -> None:
    draws = 300
    rng = np.random.default_rng(3)
    decides = rng.permutation(draws).astype(float)
    gap = np.where(decides > draws / 3, 20.0, 0.0)
    none = np.zeros(draws)
    made = evidence(0.66, 0.0)
    made = replace(
        made,
        gap=gap,
        supply=none + 40,
        placed=none + 40,
        greatest=none + 40,
        inputs={"what decides": decides, "noise": rng.random(draws)},
    )
    found = settles(made, SETTINGS)
    assert [item.name for item in found] == ["what decides"]
    assert found[0].gain > 0.3 and 0.3 < found[0].changes < 0.7
    assert found[0].finding.startswith("hold at") and found[0].finding.count("expand") == 2


def test_nothing_settles_what_no_input_would_change() -> None:
    assert settles(evidence(1.0, 0.0), SETTINGS) == ()
    assert Rule.of(SETTINGS).worth(1.0, 0.0)["expand"] == 1.0


# ------------------------------------------------------------------------------------------------------ the nation


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.floats(0, 1000), min_size=1, max_size=5),
    st.lists(st.floats(0.1, 1000), min_size=2, max_size=6),
    st.data(),
)
def test_spreading_places_everybody_once_on_the_occupations_of_their_field(
    people: list[float], openings: list[float], data: st.DataObject
) -> None:
    nodes = len(openings)
    edges = [(p, n) for p in range(len(people)) for n in range(nodes) if n == p % nodes or data.draw(st.booleans())]
    program, node = (np.array(part) for part in zip(*edges, strict=True))
    field = Field(completions_of(len(people)), np.array(people), program, node, np.array(openings))
    flow = spread(field)
    assert (flow >= 0).all()
    np.testing.assert_allclose(np.bincount(program, flow, len(people)), people, rtol=1e-9, atol=1e-9)


def completions_of(count: int) -> pd.DataFrame:
    return pd.DataFrame({"cip_code": [f"{number:02d}.0101" for number in range(count)], "award_class": "certificate"})


def test_calibrated_shares_stay_in_their_range_and_leave_licensed_occupations_alone(run: Run) -> None:
    nation = calibrate(run.snapshot, run.universe, run.shares["combined"], run.college, run.assumptions)
    np.testing.assert_array_equal(nation.entrants, run.entrants)
    least = run.assumptions.by_name["entrant_share.experienced"].value
    assert (nation.entrants >= least).all() and (nation.entrants <= 1).all()
    nurses = run.universe.position["29-1141"]
    assert (nation.entrants[nurses] == run.assumptions.by_name["entrant_share.licensed"].value).all()
    assert all(0 < share <= 1 + 1e-9 for share in nation.fits.values())


def test_more_completers_in_the_nation_never_lower_the_share_that_they_fill(run: Run) -> None:
    awards = completions(run.snapshot)
    more = awards.assign(awards=awards["awards"] * 1.5)
    args = (run.snapshot, run.universe, run.shares["combined"], run.college, run.assumptions)
    assert (calibrate(*args, more).entrants.sum()) >= calibrate(*args, awards).entrants.sum()
