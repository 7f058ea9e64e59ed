"""The prior of delivered jobs comes from the published counts that the page names, and is no surer than they are."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gapengine import assumptions, college, snapshot
from gapengine.arrivals import cohorts
from gapengine.arrivals.promised import prior
from gapengine.arrivals.stages import outcomes, zero_odds
from gapengine.arrivals.usual import counted_overlap
from gapengine.benchmarks import delivery
from gapengine.run import Run
from models.delivery import Prior
from models.delivery_prior import Cohort, effective_sample, predict, updated_odds
from tools import delivery_page

CHOSEN = assumptions.for_college(college.embedded())
shares = st.floats(0.05, 0.95)


def test_the_assumptions_carry_the_estimate_from_the_cohorts() -> None:
    found = cohorts.estimate(cohorts.published(), CHOSEN)
    value = CHOSEN.value
    assert value("announcement.mean_share_delivered") == pytest.approx(found.mean.mean, abs=0.005)
    assert value("announcement.share_delivering_nothing") == pytest.approx(found.share_zero, abs=0.005)
    assert value("announcement.effective_sample") == pytest.approx(found.effective_sample, abs=0.5)


def test_every_count_says_why_it_is_used_or_not_and_states_its_own_division() -> None:
    for row in cohorts.published():
        assert row.why and row.address.startswith("http") and row.use in ("mean", "zero", "none")
        if row.numerator and row.denominator:
            assert row.share == pytest.approx(row.numerator / row.denominator, abs=0.005)


def test_the_counts_are_those_of_the_table_that_they_were_read_from(shared_data: Path) -> None:
    with (shared_data / "tables/jdig_realisation.csv").open(encoding="utf-8") as file:
        rows = [(row["address"], row["value"]) for row in csv.DictReader(file)]
    for row in cohorts.published():
        values = {float(value) for address, value in rows if address == row.address and value}
        assert any(min(abs(row.share - value), abs(row.share - (1 - value))) < 0.001 for value in values), row.name


def test_each_cohort_is_predicted_without_itself() -> None:
    rows = delivery.left_out(CHOSEN)
    assert len(rows) == 4
    own = next(row for row in rows if "North Carolina" in row["cohort"])
    assert not own["inside"] and own["predicted"] < 0.4, "other states' cohorts alone would not have told"


@settings(max_examples=50, deadline=None)
@given(shares, shares, shares, st.floats(0.01, 0.3))
def test_an_own_cohort_pulls_the_prediction_towards_itself_and_narrows_it(
    own: float, one: float, other: float, within: float
) -> None:
    known = [Cohort("a", "A", one), Cohort("b", "B", other)]
    without = predict(known, "own", within)
    with_own = predict([*known, Cohort("o", "own", own)], "own", within)
    assert min(own, one, other) - 1e-9 <= with_own.mean <= max(own, one, other) + 1e-9
    assert with_own.sd >= within
    low, high = without.interval()
    assert 0 <= low <= high <= 1


def test_one_group_of_cohorts_cannot_tell_how_groups_differ() -> None:
    with pytest.raises(ValueError, match="two are needed"):
        predict([Cohort("a", "A", 0.5), Cohort("b", "A", 0.6)], "A", 0.1)


def test_the_effective_sample_spreads_the_prior_as_far_as_a_cohort_lies() -> None:
    found = cohorts.estimate(cohorts.published(), CHOSEN)
    n = effective_sample(found.share_zero, found.mean)
    rng = np.random.default_rng(1)
    m = found.mean.mean / (1 - found.share_zero)
    zero = rng.beta(found.share_zero * n, (1 - found.share_zero) * n, 200_000)
    some = rng.beta(m * n, (1 - m) * n, 200_000)
    assert ((1 - zero) * some).std() == pytest.approx(found.mean.sd, rel=0.1)


def test_outcomes_move_a_stage_as_far_as_they_count() -> None:
    given_prior = Prior.from_mean(0.36, 0.53, 8)
    assert updated_odds(given_prior, 1.1, 8, 0, 0) == 1.1
    assert updated_odds(given_prior, 1.1, 8, 3, 0) > 1.1 > updated_odds(given_prior, 1.1, 8, 0, 3)
    assert abs(updated_odds(given_prior, 1.1, 80, 3, 0) - 1.1) < abs(updated_odds(given_prior, 1.1, 8, 3, 0) - 1.1)
    assert updated_odds(given_prior, np.inf, 8, 0, 3) == np.inf


def test_known_outcomes_bear_on_other_projects_and_never_on_their_own() -> None:
    table = snapshot.load(names=("announcements",))["announcements"]
    known = outcomes(table)
    assert known["taysha-2020"] == ("cancelled", False) and known["smartwires-2021"] == ("open", True)
    assert "vinfast-2022" not in known, "late is not yet nothing"
    only = table[table["event_id"] == "smartwires-2021"]
    stated = CHOSEN.value("stage.open.zero_odds")
    assert zero_odds(only, CHOSEN, prior(CHOSEN))[0] == stated
    three = pd.concat([only, table[table["event_id"].isin(["avexis-2018", "avexis-2019"])]])
    assert (zero_odds(three, CHOSEN, prior(CHOSEN)) < stated).all()


def test_the_overlap_is_counted_only_where_the_list_is_complete(run: Run) -> None:
    assert run.coming.usual is not None and not run.coming.usual.counted
    assert 0 <= run.coming.usual.ratio <= 1 and run.coming.usual.first == 2018
    np.testing.assert_allclose(counted_overlap(np.array([1.0, 5.0, 2.0]), np.array([2.0, 4.0, 0.0])), [0.5, 1.0, 0.0])


def test_known_projects_are_listed_with_prediction_beside_outcome() -> None:
    listed = {row["event_id"]: row for row in delivery.known_projects(CHOSEN)}
    assert {"taysha-2020", "bioagilytix-2020", "vinfast-2022", "avexis-2018"} <= set(listed)
    row = listed["bioagilytix-2020"]
    assert row["counted_jobs"] == 173 and row["predicted_p10"] <= row["predicted_p50"] <= row["predicted_p90"] <= 878


def test_the_page_is_the_one_that_the_code_makes() -> None:
    written = (Path(__file__).parents[1] / "docs" / "delivery.md").read_text(encoding="utf-8")
    assert written == delivery_page.page(), "run `make docs`"
