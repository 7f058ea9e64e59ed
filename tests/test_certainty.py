"""How sure an advice is: high, fair or low."""

from __future__ import annotations

from gapengine.decisions import decide
from tests.test_decision_rules import GRID, MOST, SETTINGS, TAXONOMIES, evidence


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
