"""docs/decisions.md says what the code does: every threshold with its value, every gate by its name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gapengine import assumptions
from gapengine.decisions import closing, gates, steady
from gapengine.portfolio.settled import NO_ROOM, NO_WORTH
from gapengine.run import Run
from gapengine.scenario import Inputs, apply, load

PAGE = (Path(__file__).resolve().parents[1] / "docs" / "decisions.md").read_text(encoding="utf-8")
STATED = re.findall(r"`([a-z_.]+)` \(([\d.]+)", PAGE)


@pytest.mark.parametrize(("name", "value"), STATED, ids=[name for name, _ in STATED])
def test_a_threshold_on_the_page_is_the_assumption(name: str, value: str) -> None:
    assert assumptions.load().value(name) == float(value)


def test_every_threshold_is_on_the_page() -> None:
    named = {name for name, _ in STATED}
    missing = {name for name in assumptions.load() if name.startswith(("threshold.", "closing."))} - named
    of_certainty = {"threshold.p_watch", "threshold.p_high_certainty", "threshold.edge"}
    assert missing == of_certainty, "these set certainty, not advice"


def test_every_gate_that_can_be_counted_is_on_the_page() -> None:
    source = Path(gates.__file__).read_text(encoding="utf-8")
    names = set(re.findall(r'^        +"([^"]+)":', source, re.MULTILINE))
    assert len(names) >= 9
    names |= {steady.REVISED, steady.OPPOSITE, steady.WAITING, steady.RECOVERED, NO_ROOM, NO_WORTH}
    assert [name for name in sorted(names) if f"| {name} |" not in PAGE] == []


def test_every_gate_of_closing_is_on_the_page(run: Run) -> None:
    dossiers = [item.dossier for item in run.advice if item.dossier is not None]
    assert dossiers
    for verdict in dossiers[0].verdicts:
        assert f"| {verdict.gate} |" in PAGE
    assert len(closing.OWN_FIGURES) == 7


def test_the_scenario_on_the_page_can_be_run(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "page.toml"
    path.write_text(PAGE.partition("```toml\n")[2].partition("```")[0], encoding="utf-8")
    given = Inputs(run.snapshot, run.college, run.assumptions)
    after = apply(load(path), given)
    assert after.assumptions.by_name["entrant_share.open"].value == 0.15
    assert "second-plant" in set(after.snapshot["announcements"]["event_id"])
