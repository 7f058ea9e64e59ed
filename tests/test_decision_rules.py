"""Advice by its rules: thresholds, gates, flip values and costs, on evidence made up for the purpose."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gapengine import assumptions, college
from gapengine.briefing import short
from gapengine.briefing.front import gate_counts
from gapengine.decisions import Rule, advise, decide
from gapengine.evidence import Evidence, scales
from gapengine.figures import Assumed, Known, Unknown
from gapengine.run import Run

SETTINGS = assumptions.for_college(college.embedded())
DURHAM = college.load(college.embedded(), SETTINGS)
RULE = Rule.of(SETTINGS)
GRID = sorted({*scales(SETTINGS), 1.0})
DRAWS = 100
COHORT = 10.0
TAXONOMIES = ("typical_entry", "attainment", "required_education")
shares = st.floats(0, 1)


def evidence(p_shortage: float = 0.0, p_surplus: float = 0.0, **changes: object) -> Evidence:
    """A program whose draws show a gap of two cohorts, and half of its completers unplaced, in the given shares."""
    draw = (np.arange(DRAWS) + 0.5) / DRAWS
    supply = np.full(DRAWS, 40.0)
    base = Evidence(
        program=DURHAM.program("welding-certificate"),
        market="shed",
        openings=np.full(DRAWS, 400.0),
        addressable=np.full(DRAWS, 80.0),
        graduates=np.full(DRAWS, 60.0),
        supply=supply,
        gap=np.where(draw < p_shortage, 2.0 * COHORT, 0.0),
        placed=np.where(draw > 1 - p_surplus, supply / 2, supply),
        least=np.zeros(DRAWS),
        greatest=supply,
        cohort=COHORT,
        by_taxonomy=dict.fromkeys(TAXONOMIES, (p_shortage, p_surplus)),
        by_scale=dict.fromkeys(GRID, (p_shortage, p_surplus)),
        basis="completions",
        n_edges=2,
        n_confident=2,
        wage=1e6,
        uncounted=False,
        running=True,
        tolerated=SETTINGS.value("threshold.surplus_share"),
    )
    return replace(base, **changes)


def test_the_probabilities_of_evidence_are_shares_of_its_draws() -> None:
    made = evidence(0.8, 0.3)
    assert (made.p_shortage, made.p_surplus) == (0.8, 0.3)
    assert made.share_unplaced == pytest.approx(0.15)
    assert made.unplaced.sum() == pytest.approx(0.3 * DRAWS * 20)


# -------------------------------------------------------------------------------------------------------- thresholds


@given(shares, shares)
def test_the_rule_follows_the_thresholds_and_the_greater_of_the_two(p_shortage: float, p_surplus: float) -> None:
    wanted = RULE.wanted(p_shortage, p_surplus)
    assert (wanted == "expand") == (p_shortage >= RULE.expand_at and p_shortage > p_surplus)
    assert (wanted == "review") == (p_surplus >= RULE.review_at and p_surplus > p_shortage)


@given(shares, shares, st.floats(0, 0.5))
def test_more_shortage_never_turns_advice_towards_fewer_seats(p_shortage: float, p_surplus: float, by: float) -> None:
    order = ("review", "hold", "expand")
    before = order.index(RULE.wanted(p_shortage, p_surplus))
    assert order.index(RULE.wanted(min(p_shortage + by, 1), p_surplus)) >= before
    assert order.index(RULE.wanted(p_shortage, min(p_surplus + by, 1))) <= before


@pytest.mark.parametrize(
    ("p_shortage", "p_surplus", "action"),
    [(1.0, 0.0, "expand"), (0.0, 1.0, "review"), (0.1, 0.1, "hold"), (0.0, 0.0, "hold")],
)
def test_clear_evidence_gets_the_clear_word(p_shortage: float, p_surplus: float, action: str) -> None:
    advice = decide(evidence(p_shortage, p_surplus), SETTINGS)
    assert (advice.action, advice.gates, advice.certainty) == (action, (), "high")
    assert (advice.sections > 0) == (action == "expand") == (advice.cost is not None)
    assert advice.taxonomies_agree == 3


def test_the_thresholds_are_the_assumptions() -> None:
    eager = SETTINGS.override([f"threshold.p_shortage_expand={SETTINGS['threshold.p_shortage_expand'].low}"])
    at = (SETTINGS["threshold.p_shortage_expand"].low + RULE.expand_at) / 2
    assert decide(evidence(at), SETTINGS).action == "hold"
    assert decide(evidence(at), eager).action == "expand"


# ------------------------------------------------------------------------------------------------------------- gates

MOST = (1.0, 0.0)
LEAST = (0.0, 1.0)


@pytest.mark.parametrize(
    ("gate", "found"),
    [
        ("education taxonomies disagree", evidence(*MOST, by_taxonomy=dict.fromkeys(TAXONOMIES, (0.0, 0.0)))),
        ("education taxonomies disagree", evidence(*LEAST, by_taxonomy=dict.fromkeys(TAXONOMIES, (0.0, 0.0)))),
        ("occupations only inferred", evidence(*MOST, n_confident=0)),
        ("occupations only inferred", evidence(*LEAST, n_confident=0)),
        ("no occupation known", evidence(*LEAST, n_edges=0, n_confident=0)),
        ("pay below a living wage", evidence(*MOST, wage=SETTINGS.value("living_wage") - 1)),
        ("non-credit completers not counted", evidence(*MOST, uncounted=True)),
        ("completers not known", evidence(*MOST, basis="none")),
        ("too few completers to judge", evidence(*LEAST, graduates=np.full(DRAWS, 0.5))),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_gate_turns_clear_advice_into_watch_and_says_so(gate: str, found: Evidence) -> None:
    advice = decide(found, SETTINGS)
    assert (advice.action, advice.gates) == ("watch", (gate,))
    assert (advice.sections, advice.cost) == (0, None)


def test_low_pay_is_no_reason_to_spare_a_surplus_and_unknown_pay_is_no_low_pay() -> None:
    assert decide(evidence(*LEAST, wage=1000.0), SETTINGS).action == "review"
    assert decide(evidence(*MOST, wage=float("nan")), SETTINGS).action == "expand"


def test_no_gate_holds_back_advice_to_hold() -> None:
    timid = evidence(0.3, 0.1, n_confident=0, uncounted=True, wage=0.0, by_taxonomy=dict.fromkeys(TAXONOMIES, MOST))
    assert decide(timid, SETTINGS).action == "hold"
    assert decide(timid, SETTINGS).gates == ()


@pytest.mark.parametrize(("of_higher", "action"), [(MOST, "watch"), ((0.0, 0.0), "watch"), (LEAST, "review")])
def test_a_certificate_is_judged_with_the_award_at_the_end_of_its_stack(
    of_higher: tuple[float, float], action: str
) -> None:
    chain = [DURHAM.program(f"electrical-systems-{level}") for level in ("certificate", "diploma", "aas")]
    assert [program.stacks_into for program in chain] == [chain[1].program_id, chain[2].program_id, None]
    found = [evidence(*pair, program=program) for pair, program in zip([LEAST, LEAST, of_higher], chain, strict=True)]
    given_advice = advise(found, SETTINGS)
    assert [item.action for item in given_advice[:2]] == [action, action]
    assert [item.evidence for item in given_advice] == found, "in the order given"


def test_programs_that_stack_in_a_circle_are_still_judged() -> None:
    one, other = (DURHAM.program(f"electrical-systems-{level}") for level in ("certificate", "diploma"))
    circle = [replace(one, stacks_into=other.program_id), replace(other, stacks_into=one.program_id)]
    assert len(advise([evidence(*LEAST, program=program) for program in circle], SETTINGS)) == 2


def test_unknown_completers_never_lead_to_expand_or_review() -> None:
    none = np.zeros(DRAWS)
    unknown = evidence(*MOST, basis="none", supply=none, placed=none, graduates=none)
    assert decide(unknown, SETTINGS).action == "watch"
    assert decide(replace(unknown, running=False), SETTINGS).action == "launch"
    assert unknown.p_surplus == 0


def test_a_launch_that_the_college_has_announced_is_said_to_go_ahead() -> None:
    none = np.zeros(DRAWS)
    new = evidence(*MOST, basis="none", supply=none, placed=none, graduates=none)
    said = {}
    for year in (None, 2025):
        found = replace(new, running=False, program=replace(new.program, announced_year=year))
        advice = decide(found, SETTINGS)
        assert advice.action == "launch"
        said[year] = (short.advised(advice), short.because(advice, SETTINGS), " ".join(advice.reasons))
    assert said[None][0].startswith("Start with") and "Announced" not in said[None][2]
    assert said[2025][0].startswith("Go ahead with") and said[2025][1] == "announced in 2025"
    assert "Announced in 2025, it has no completers yet" in said[2025][2]


def test_every_row_of_the_table_has_its_reason(run: Run) -> None:
    for advice in run.advice:
        if advice.action in ("watch", "hold", "launch"):
            assert short.because(advice, run.assumptions), advice.evidence.program.program_id


def test_the_gates_of_a_run_are_counted_program_by_program(run: Run) -> None:
    counted = Counter(gate for advice in run.advice for gate in advice.gates)
    assert {name: count for name, count in gate_counts(run).items() if count} == counted
    assert all((advice.action == "watch") == bool(advice.gates) for advice in run.advice)


def test_a_report_that_says_watch_to_most_programs_has_failed(run: Run) -> None:
    actions = Counter(advice.action for advice in run.advice)
    assert actions["watch"] < len(run.advice) / 3
    assert actions["expand"] + actions["launch"] > 0 and actions["review"] > 0


# ------------------------------------------------------------------------------------------------------------- flips


@settings(max_examples=200, deadline=None)
@given(
    st.lists(shares, min_size=len(GRID), max_size=len(GRID)), st.lists(shares, min_size=len(GRID), max_size=len(GRID))
)
def test_a_flip_lies_between_the_points_of_the_grid_where_the_advice_changes(
    shortages: list[float], surpluses: list[float]
) -> None:
    """As demand grows against supply, shortages grow and surpluses shrink."""
    by_scale = dict(zip(GRID, zip(sorted(shortages), sorted(surpluses, reverse=True), strict=True), strict=True))
    here = [round(probability * DRAWS) / DRAWS for probability in by_scale[1.0]]
    by_scale[1.0] = (here[0], here[1])
    made = evidence(*here, by_scale=by_scale)
    wanted = {scale: RULE.wanted(*pair) for scale, pair in by_scale.items()}
    advice = decide(made, SETTINGS)
    entrant = SETTINGS["entrant_share.open"]
    by_share = [flip for flip in advice.flips if flip.name.startswith("share of reachable openings")]
    sides = [[scale for scale in GRID if scale < 1][::-1], [scale for scale in GRID if scale > 1]]
    expected = []
    for side in sides:
        found = next((scale for scale in side if wanted[scale] != wanted[1.0]), None)
        if found is not None:
            inner = ([1.0, *side])[side.index(found)]
            expected.append((found, inner))
    assert len(by_share) == len(expected)
    for flip, (found, inner) in zip(by_share, expected, strict=True):
        assert flip.to == wanted[found]
        assert min(found, inner) - 1e-9 <= flip.value / entrant.value <= max(found, inner) + 1e-9
        assert (flip.now, entrant.low - 1e-9 <= flip.value <= entrant.high + 1e-9) == (entrant.value, True)


def test_a_flip_is_found_where_the_probability_crosses_its_threshold() -> None:
    below = max(scale for scale in GRID if scale < 1)
    high, low = RULE.expand_at + 0.1, RULE.expand_at - 0.1
    by_scale = {scale: (high if scale >= 1 else low, 0.0) for scale in GRID}
    advice = decide(evidence(high, 0.0, by_scale=by_scale), SETTINGS)
    share, kept = advice.flips
    assert share.to == kept.to == "hold"
    assert share.value == pytest.approx(SETTINGS.value("entrant_share.open") * np.sqrt(below)), "half-way on a log line"
    assert kept.now == pytest.approx(40 / 60) and kept.value == pytest.approx(kept.now / np.sqrt(below))


def test_advice_that_holds_over_the_whole_range_has_no_flip(run: Run) -> None:
    assert decide(evidence(*MOST), SETTINGS).flips == ()
    assert any(advice.flips for advice in run.advice)


# ------------------------------------------------------------------------------------------------- sections and cost


@given(st.floats(0, 500))
def test_sections_are_those_that_would_be_filled_in_nine_futures_of_ten(gap: float) -> None:
    advice = decide(evidence(*MOST, gap=np.full(DRAWS, max(gap, COHORT))), SETTINGS)
    most = SETTINGS.whole("threshold.most_sections")
    assert 1 <= advice.sections <= most
    assert advice.sections == most or advice.sections * COHORT <= max(gap, COHORT) < (advice.sections + 1) * COHORT


@pytest.mark.parametrize(
    ("figure", "each"),
    [
        (Assumed(90.0, 60.0, 130.0, "a range"), (60.0, 90.0, 130.0)),
        (Known(75.0, "stated by the college"), (75.0, 75.0, 75.0)),
        (Unknown("not public"), None),
    ],
    ids=["assumed", "known", "unknown"],
)
@pytest.mark.parametrize("cohorts", [1, 3])
def test_cost_is_that_of_all_sections_with_its_range(figure, each, cohorts: int) -> None:
    program = replace(DURHAM.program("welding-certificate"), cost_per_section_usd=figure)
    advice = decide(evidence(*MOST, program=program, gap=np.full(DRAWS, cohorts * COHORT)), SETTINGS)
    sections = min(cohorts, SETTINGS.whole("threshold.most_sections"))
    assert advice.sections == sections
    assert advice.cost == (None if each is None else tuple(sections * dollars for dollars in each))


# --------------------------------------------------------------------------------------------------------- certainty


def test_certainty_falls_where_the_advice_depends_on_the_entrant_share_or_the_taxonomy() -> None:
    depends = {scale: (1.0 if scale >= 0.6 else 0.0, 0.0) for scale in GRID}
    two = {**dict.fromkeys(TAXONOMIES, MOST), TAXONOMIES[0]: (0.0, 0.0)}
    assert decide(evidence(*MOST), SETTINGS).certainty == "high"
    assert decide(evidence(*MOST, by_scale=depends), SETTINGS).certainty == "fair"
    assert decide(evidence(*MOST, by_taxonomy=two), SETTINGS).certainty == "fair"
    assert decide(evidence(*MOST, basis="range"), SETTINGS).certainty == "fair"
    alone = {scale: MOST if 0.6 <= scale <= 1.5 else (0.0, 0.0) for scale in GRID}
    assert decide(evidence(*MOST, by_scale=alone), SETTINGS).certainty == "low"


def test_an_advice_on_the_edge_is_of_low_certainty_however_clear_its_draws_are() -> None:
    on_edge = {scale: (1.0 if scale >= 1 else 0.0, 0.0) for scale in GRID}
    found = decide(evidence(*MOST, by_scale=on_edge), SETTINGS)
    assert found.action == "expand" and found.certainty == "low"
    assert any(abs(turn.value / turn.now - 1) < SETTINGS.value("threshold.edge") for turn in found.flips)
    assert decide(evidence(*MOST, by_scale=on_edge), SETTINGS.override(["threshold.edge=0.05"])).certainty == "fair"


def test_to_hold_is_certain_only_where_neither_side_is_likelier_than_not() -> None:
    still = dict.fromkeys(GRID, (0.1, 0.1))
    same = dict.fromkeys(TAXONOMIES, (0.1, 0.1))
    assert decide(evidence(0.1, 0.1, by_scale=still, by_taxonomy=same), SETTINGS).certainty == "high"
    leaning, alike = dict.fromkeys(GRID, (0.7, 0.1)), dict.fromkeys(TAXONOMIES, (0.7, 0.1))
    found = decide(evidence(0.7, 0.1, by_scale=leaning, by_taxonomy=alike), SETTINGS)
    assert (found.action, found.certainty) == ("hold", "fair")


def test_nothing_is_certain_where_no_occupation_is_known() -> None:
    assert decide(evidence(0.0, 0.0, n_edges=0), SETTINGS).certainty == "low"
