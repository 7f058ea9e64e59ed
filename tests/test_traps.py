"""The traps of the method page: each has been seen in the real figures and would make the report laughable."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pandas as pd
import pytest

from gapengine import supply
from gapengine.college import Program
from gapengine.decisions import Advice, Rule
from gapengine.demand.levels import CLASSES
from gapengine.figures import Assumed
from gapengine.program_map import LAYERS
from gapengine.run import Run

NURSES = "29-1141"
ELECTRICIANS = "47-2111"
PLANT_OPERATORS = {"51-9011", "51-9012", "51-9023"}
TECHNICIANS = {"19-4021", "19-4031"}
ENTRY = {
    "certificate": {"Postsecondary nondegree award", "Some college, no degree"},
    "associate": {"Associate's degree"},
}


def advice(run: Run, program_id: str) -> Advice:
    return next(item for item in run.advice if item.evidence.program.program_id == program_id)


def fed(run: Run, program_id: str) -> pd.DataFrame:
    program = run.college.program(program_id)
    return run.feeds.of(program.cip_code, program.award_class).set_index("soc_code")


def judged(run: Run) -> list[Advice]:
    return [item for item in run.advice if item.action != "transfer"]


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
    careers = [item.evidence for item in judged(run)]
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


# ---------------------------------------------------------------------------- 5: transfer programs are not job programs


def test_transfer_programs_are_judged_by_transfer_and_get_no_advice_on_openings(run: Run) -> None:
    transfer = [item for item in run.advice if item.evidence.program.kind == "transfer"]
    assert {item.evidence.program.program_id for item in transfer} >= {
        "liberal-arts-aa-as",
        "general-studies-transfer",
        "pre-nursing-transfer",
        "pre-engineering-ae",
    }
    for item in transfer:
        assert item.action == "transfer"
        assert (item.sections, item.cost, item.gates, item.flips) == (0, None, (), ())
        assert item.evidence.n_edges == 0 and not item.evidence.gap.any()
        assert "never closed" in item.reasons[0]


def test_nobody_else_is_called_a_transfer_program(run: Run) -> None:
    assert {item.evidence.program.kind for item in judged(run)} == {"career", "noncredit"}


def test_transfer_programs_stand_apart_in_the_report(run: Run, report) -> None:
    apart = {item.program_id for item in report.transfer}
    assert apart == {item.evidence.program.program_id for item in run.advice if item.action == "transfer"}
    assert not apart & {row.program_id for row in report.programs}


# ---------------------------------------------------------------------------- 6: short certificates saw-tooth and stack


def test_a_certificate_that_saw_tooths_is_judged_by_its_years_together(run: Run) -> None:
    program_id = "information-technology-certificate"
    history = run.supply["shed"].history.loc[program_id]
    assert history.max() > 8 * history.min(), "awards come in batches"
    pooled = history.iloc[-run.assumptions.whole("completion_years") :].mean()
    graduates = advice(run, program_id).evidence.graduates
    assert history.min() < graduates.mean() < history.max()
    assert graduates.mean() <= 1.25 * pooled, "counts of awards are turned into people, never into more"
    assert graduates.std() > 0.3 * graduates.mean(), "its own noise is kept"


def test_the_order_of_the_pooled_years_does_not_matter(run: Run) -> None:
    """A batch that falls into another of them must not turn the advice."""
    table = run.snapshot["completions"]
    own = (table["unit_id"] == run.college.unit_id) & (table["cip_code"] == "11.0103")
    one, other = (int(table["year"].max()) - ago for ago in (1, 2))
    turned = table.assign(year=table["year"].mask(own, table["year"].replace({one: other, other: one})))
    assert not turned.equals(table)
    tables = MappingProxyType({**run.snapshot.tables, "completions": turned})

    def graduates(snapshot) -> np.ndarray:
        drawn = supply.completers(
            snapshot, run.college, run.assumptions, "shed", frozenset(), np.random.default_rng(5)
        ).graduates
        return drawn[:, [p.program_id for p in run.college.programs].index("information-technology-certificate")]

    np.testing.assert_allclose(graduates(run.snapshot), graduates(replace(run.snapshot, tables=tables)))


def test_a_certificate_that_leads_to_a_higher_award_without_a_surplus_is_not_put_to_review(run: Run) -> None:
    rule = Rule.of(run.assumptions)
    by_id = {item.evidence.program.program_id: item for item in run.advice}
    held = 0
    for item in run.advice:
        top = item
        while (above := top.evidence.program.stacks_into) is not None:
            top = by_id[above]
        if top is item or rule.lean(top.evidence.p_shortage, top.evidence.p_surplus) == "surplus":
            continue
        assert item.action != "review", item.evidence.program.program_id
        held += "leads to a higher award without a surplus" in item.gates
    assert held > 0, "the embedded college has such certificates"


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


# ---------------------------------------------------------------------------------- 8: new programs have no completions


def test_the_new_biotechnology_degree_is_judged_by_its_openings_and_never_put_to_review(run: Run) -> None:
    item = advice(run, "biotechnology-aas")
    assert run.supply["region"].history.loc["biotechnology-aas"].sum() == 0
    assert item.evidence.basis == "none" and not item.evidence.graduates.any()
    assert item.action in ("launch", "hold", "watch")
    assert item.evidence.p_surplus == 0
    if item.action == "launch":
        assert item.sections >= 1 and item.cost is not None
        assert any("no completers yet" in reason for reason in item.reasons)


def test_the_report_leaves_the_graduates_of_a_new_program_blank(report) -> None:
    row = next(row for row in report.programs if row.program_id == "biotechnology-aas")
    assert (row.graduates, row.unplaced, row.p_surplus, row.completions) == (None, None, None, ())
    assert row.gap is not None


# ---------------------------------------------------------------------------------- 9: non-credit is invisible to IPEDS


def test_biowork_is_judged_although_ipeds_does_not_count_it(run: Run) -> None:
    program: Program = run.college.program("biowork")
    counted = run.snapshot["completions"]
    counted = counted[(counted["unit_id"] == run.college.unit_id) & (counted["cip_code"] == program.cip_code)]
    assert counted.empty
    assert isinstance(program.completers, Assumed)
    item = advice(run, "biowork")
    assert item.evidence.basis == "range"
    low, high = program.completers.low, program.completers.high
    graduates = item.evidence.graduates
    assert low <= graduates.min() < graduates.max() <= high
    assert "Its completers are not published: a stated range was used." in item.reasons


def test_completers_that_nobody_publishes_are_not_taken_for_zero(run: Run) -> None:
    unknown = [
        item for item in judged(run) if item.evidence.basis == "none" and item.evidence.program.kind == "noncredit"
    ]
    assert {item.evidence.program.program_id for item in unknown} >= {"nurse-aide-noncredit", "911-academy"}
    for item in unknown:
        assert item.action not in ("expand", "launch", "review"), item.evidence.program.program_id
    gated = [item for item in unknown if item.evidence.p_shortage > 0.9]
    assert gated and all({"non-credit completers not counted", "completers not known"} & set(i.gates) for i in gated)


def test_a_credit_course_beside_an_uncounted_one_is_not_expanded_on_what_is_known(run: Run) -> None:
    """Most nurse aides train in the non-credit course, so a shortage of credit completers shows nothing."""
    item = advice(run, "nurse-aide-certificate")
    assert item.evidence.uncounted and item.action == "watch"


def test_on_embedded_assumptions_nothing_is_to_be_closed(run: Run) -> None:
    assert {item.action for item in run.advice} <= {"expand", "launch", "hold", "watch", "review", "transfer"}
