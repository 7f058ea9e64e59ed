"""The traps of the method page about occupations: seen in the real figures, each would make the report laughable."""

from __future__ import annotations

import numpy as np
import pytest

from gapengine.demand.levels import CLASSES
from gapengine.program_map import LAYERS
from gapengine.run import Run
from tests.embedded_quarter import advice, fed, judged

NURSES = "29-1141"
ELECTRICIANS = "47-2111"
PLANT_OPERATORS = {"51-9011", "51-9012", "51-9023"}
TECHNICIANS = {"19-4021", "19-4031"}
ENTRY = {
    "certificate": {"Postsecondary nondegree award", "Some college, no degree"},
    "associate": {"Associate's degree"},
}


# --------------------------------------------------------------------------------- 1: the crosswalk alone is wrong here


@pytest.mark.parametrize("level", ["certificate", "aas"])
def test_clinical_research_does_not_rest_on_the_managers_of_the_crosswalk(run: Run, level: str) -> None:
    program_id = f"clinical-trials-research-associate-{level}"
    program = run.college.program(program_id)
    official = run.snapshot["cip_soc"]
    official = set(official.loc[official["cip_code"] == program.cip_code, "soc_code"])
    assert official and all(code.startswith("11-") for code in official), "the crosswalk names managers only"
    edges = fed(run, program_id)
    assert not official & set(edges.index)
    assert any(not code.startswith("11-") for code in edges.index)
    left_out = run.feeds.dropped_from(program.cip_code, program.award_class)
    assert official <= set(left_out["soc_code"]), "what was left out is shown"
    assert left_out["reason"].str.len().min() > 20


@pytest.mark.parametrize("program_id", ["biotechnology-aas", "biowork"])
def test_biotechnology_feeds_technicians_and_process_operators_and_says_by_which_layer(
    run: Run, program_id: str
) -> None:
    edges = fed(run, program_id)
    assert set(edges.index) >= TECHNICIANS | PLANT_OPERATORS
    assert (edges.loc[sorted(PLANT_OPERATORS), "layer"] == "college").all()
    assert not any(code.startswith("11-") for code in edges.index)


def test_every_occupation_fed_has_a_known_layer_and_a_reason(run: Run) -> None:
    for table in (run.feeds.edges, run.feeds.dropped):
        assert set(table["layer"]) <= set(LAYERS)
        assert (table["reason"].str.len() > 10).all()
        assert set(table["soc_code"]) <= set(run.universe.codes)


def test_no_program_of_the_college_leads_to_a_teachers_post(run: Run) -> None:
    health = [item.evidence.program for item in judged(run) if item.evidence.program.cip_code.startswith("51.")]
    assert len(health) > 10
    assert [program.program_id for program in health if "25-1071" in fed(run, program.program_id).index] == []


def test_the_colleges_corrections_win(run: Run) -> None:
    to_matrix = run.universe.to_matrix
    for program in run.college.programs:
        edges = fed(run, program.program_id)
        for code in program.add_soc:
            assert edges.loc[to_matrix[code], "layer"] == "college", program.program_id
        twins = [
            p for p in run.college.programs if (p.cip_code, p.award_class) == (program.cip_code, program.award_class)
        ]
        added = {to_matrix[code] for twin in twins for code in twin.add_soc}
        dropped = {to_matrix.get(code, code) for code in program.drop_soc} - added
        assert not dropped & set(edges.index), program.program_id


# -------------------------------------------------------------------------------------------- 2: suppressed is not zero


def test_registered_nurses_of_durham_are_unknown_in_the_survey_and_estimated_with_a_range(run: Run) -> None:
    area = run.staffing["20500"]
    place = run.universe.position[NURSES]
    raw = run.snapshot["oews"]
    raw = raw[(raw["area_code"] == "20500") & (raw["soc_code"] == NURSES)]
    assert raw["employment"].isna().all(), "the survey does not print them"
    assert np.isnan(area.published[place]), "unknown stays unknown, it does not become zero"
    low, middle, high = np.quantile(area.draws[:, place], [0.1, 0.5, 0.9])
    assert 0 < low < middle < high
    assert high / low > 1.3, "an estimate is wider than a printed figure"
    assert area.low[place] <= area.jobs[:, place].sum() <= area.high[place]
    assert middle > 3000, "the largest occupation of two hospital systems"


def test_no_suppressed_occupation_is_taken_for_zero(run: Run) -> None:
    for area in run.staffing.values():
        hidden = np.isnan(area.published) & (area.seed_totals > 1)
        assert hidden.sum() > 50
        assert (area.draws[:, hidden].min(axis=0) > 0).all()


def test_published_occupations_are_met(run: Run) -> None:
    for area in run.staffing.values():
        known = ~np.isnan(area.published) & (area.published > 0) & (area.seed_totals > 0)
        fitted = area.jobs.sum(axis=0)
        np.testing.assert_allclose(fitted[known], area.published[known], rtol=1e-3)


@pytest.mark.parametrize(
    ("survey", "matrix"),
    [("29-2011", "29-2010"), ("29-2012", "29-2010"), ("31-1121", "31-1120"), ("51-2092", "51-2090")],
)
def test_occupations_that_the_matrix_combines_reach_its_line(run: Run, survey: str, matrix: str) -> None:
    assert run.universe.to_matrix[survey] == matrix
    assert matrix in run.universe.position


def test_every_occupation_of_the_survey_and_of_the_crosswalk_reaches_a_line_of_the_matrix(run: Run) -> None:
    surveyed = set(run.snapshot["oews"]["soc_code"])
    paired = set(run.snapshot["cip_soc"]["soc_code"]) - {"99-9999"}
    lost = {code for code in surveyed | paired if code not in run.universe.to_matrix}
    assert {code for code in lost if not code.startswith("55-")} == set(), "only the military has no line"


@pytest.mark.parametrize("code", ["29-1240", "25-9040", "25-9045"])
def test_lines_that_another_survey_combines_are_not_counted_beside_their_parts(run: Run, code: str) -> None:
    parts = [other for other in run.universe.codes if other != code and other[:6] == code[:6]]
    combined = code.endswith("0") and code in run.universe.position
    assert parts, "their parts are lines of the matrix"
    assert not combined, "else their jobs would count twice"


# ------------------------------------------------------------------------------ 3: typical education misleads both ways


def test_by_typical_entry_alone_half_of_the_programs_would_have_no_eligible_opening(run: Run) -> None:
    pairs = run.snapshot["cip_soc"].assign(code=lambda table: run.universe.map(table["soc_code"]))
    entry = run.snapshot["occupations"].set_index("soc_code")["entry_education"]
    pairs = pairs.assign(entry=pairs["code"].map(entry))
    by_cip = pairs.groupby("cip_code")["entry"].agg(set).to_dict()
    careers = [item.evidence for item in judged(run) if item.evidence.n_edges]
    without = [
        evidence
        for evidence in careers
        if not by_cip.get(evidence.program.cip_code, set()) & ENTRY[evidence.program.award_class]
    ]
    assert len(without) > len(careers) / 2
    assert [item.program.program_id for item in without if item.addressable.mean() <= 0] == []


def test_shares_of_an_award_level_are_never_none_and_never_all(run: Run) -> None:
    assert set(run.shares) == {"typical_entry", "attainment", "required_education", "combined"}
    for name, shares in run.shares.items():
        assert shares.shape == (len(run.universe.codes), len(CLASSES))
        assert ((shares > 0) & (shares < 1)).all(), name


# --------------------------------------------------------------------------- 4: some programs serve a state, not a shed


@pytest.mark.parametrize(
    "program_id",
    ["opticianry-aas", "dental-laboratory-technology-aas", "dental-laboratory-technology-certificate"],
)
def test_opticianry_and_dental_laboratories_are_judged_in_the_state(run: Run, program_id: str) -> None:
    evidence = advice(run, program_id).evidence
    assert evidence.market == "state"
    in_shed = run.openings["shed"].total[:, [run.universe.position[code] for code in fed(run, program_id).index]]
    assert evidence.openings.mean() > 2 * in_shed.sum(axis=1).mean()


def test_the_competitors_of_a_program_that_serves_the_state_are_those_of_the_state(run: Run) -> None:
    providers = run.supply["state"].providers
    assert (providers["weight"] == 1).all()
    assert providers["completers"].sum() > 3 * run.supply["shed"].providers["completers"].sum()


# ------------------------------------------------------------------ 7: apprenticeship and high-school entry occupations


@pytest.mark.parametrize("of_class", CLASSES)
def test_the_share_of_electricians_that_a_program_serves_is_an_assumption_with_its_reason(
    run: Run, of_class: str
) -> None:
    entry = run.snapshot["occupations"].set_index("soc_code")["entry_education"]
    assert entry[ELECTRICIANS] == "High school diploma or equivalent"
    stated = run.assumptions[f"hands_on.{ELECTRICIANS}.{of_class}"]
    assert "apprenticeship" in stated.why and stated.judged and stated.low < stated.value < stated.high
    place = run.universe.position[ELECTRICIANS]
    for name, shares in run.shares.items():
        assert shares[place, CLASSES.index(of_class)] == stated.value, name
    assert ELECTRICIANS in fed(run, "electrical-systems-certificate").index


def test_the_report_prints_that_assumption(report) -> None:
    printed = [item for item in report.assumptions if item.name.startswith(f"hands_on.{ELECTRICIANS}")]
    assert printed and all("apprenticeship" in item.why for item in printed)
