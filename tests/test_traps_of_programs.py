"""The traps about programs rather than occupations: transfer, stacking, new ones, and those IPEDS does not count."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import numpy as np

from gapengine import supply
from gapengine.college import Program
from gapengine.decisions import Rule
from gapengine.figures import Assumed
from gapengine.run import Run
from tests.embedded_quarter import advice, judged

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
        others = supply.providers(snapshot, run.college, run.assumptions, "shed")
        drawn = supply.completers(
            snapshot, run.college, run.assumptions, "shed", others, frozenset(), np.random.default_rng(5)
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
