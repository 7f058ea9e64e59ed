"""The ledger: frozen editions are found again, a changed word is found out, a what-if is nobody's advice."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from gapengine import frozen, ledger, scorecard
from gapengine.cli import app
from gapengine.commands.options import ledger_of
from gapengine.decisions.past import Said, in_a_row, quarters_between
from gapengine.decisions.steady import DIRECTION, SIGNALS, steady
from gapengine.errors import DataContract, Locked
from gapengine.run import Run

ACTIONS = ("expand", "launch", "hold", "watch", "review", "close")
FOUND = ("expand", "hold", "watch", "review")


def document(edition: str, action: str = "hold", **more: object) -> dict[str, object]:
    program = {"program": "welding", "action": action, "signal": SIGNALS.get(action, action)}
    program |= {"p_shortage": 0.1, "p_surplus": 0.9, "gap": [0, 1, 2], "sections": 0, "gates": [], "change": ""}
    base = {"edition": edition, "run_id": "abc", "completions_year": 2025, "vintages": [["snapshot", edition]]}
    return {**base, "programs": [program], "forecasts": [], **more}


def test_an_edition_is_found_again_by_the_next_one_and_not_by_itself(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    assert ledger.read(path, "a") == ledger.EMPTY
    assert ledger.record(path, "a", document("2026Q4", "review"))
    assert ledger.record(path, "a", document("2027Q1"))
    found = ledger.read(path, "a")
    assert [item.edition for item in found.before("2027Q1").editions] == ["2026Q4"]
    assert found.before("2026Q4").sha256 == "" and found.sha256
    assert [said.action for said in found.said["welding"]] == ["review", "hold"]
    assert ledger.read(path, "another") == ledger.EMPTY


def test_the_same_edition_again_writes_nothing_and_another_one_keeps_both(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    assert ledger.record(path, "a", document("2026Q4"))
    assert not ledger.record(path, "a", document("2026Q4"))
    assert ledger.record(path, "a", document("2026Q4", "expand"))
    found = ledger.read(path, "a")
    assert [item.document["programs"][0]["action"] for item in found.editions] == ["expand"]
    assert [item.document["programs"][0]["action"] for item in found.superseded] == ["hold"]


def test_a_word_changed_afterwards_is_found_out(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    for edition in ("2026Q4", "2027Q1"):
        ledger.record(path, "a", document(edition, "review"))
    with sqlite3.connect(path) as base:
        base.execute("UPDATE editions SET document = replace(document, 'review', 'expand') WHERE number = 1")
    base.close()
    with pytest.raises(DataContract, match=r"entry 1 \(2026Q4\).*changed after it was written"):
        ledger.read(path, "a")


def test_what_is_no_ledger_is_refused_and_a_held_one_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "ledger.sqlite"
    path.write_bytes(b"no database at all, " * 20)
    with pytest.raises(DataContract, match="no ledger"):
        ledger.read(path, "a")
    path.unlink()
    ledger.record(path, "a", document("2026Q4"))
    monkeypatch.setattr(ledger, "_WAIT_S", 0.01)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(Locked, match="another run holds the ledger"):
        ledger.record(path, "a", document("2027Q1"))
    holder.close()


def test_the_ledger_lies_in_the_store_where_there_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GAPENGINE_STORE", raising=False)
    assert ledger_of(tmp_path, "a") == tmp_path / "a" / "ledger.sqlite"
    monkeypatch.setenv("GAPENGINE_STORE", str(tmp_path / "store"))
    assert ledger_of(tmp_path, "a") == tmp_path / "store" / "ledger.sqlite"


def test_an_edition_freezes_every_advice_and_forecasts_with_their_ranges(run: Run) -> None:
    first, second = frozen.freeze(run), frozen.freeze(run)
    assert json.dumps(first, sort_keys=True) == json.dumps(second, sort_keys=True)
    assert [row["program"] for row in first["programs"]] == [program.program_id for program in run.college.programs]
    assert len(first["forecasts"]) > 50
    assert all(row["low"] <= row["mean"] <= row["high"] or row["mean"] < 1 for row in first["forecasts"])
    assert {row["kind"] for row in first["forecasts"]} == {"awards", "jobs"}


def test_a_frozen_forecast_is_scored_once_its_year_is_known(run: Run) -> None:
    year = int(run.snapshot["completions"]["year"].max())
    key = "information-technology-certificate"
    row = {"kind": "awards", "key": key, "year": year, "mean": 1.0, "low": 0.0, "high": 5.0, "naive": 2.0}
    later = {**row, "year": year + 1}
    item = ledger.Edition("2024Q1", "abc", "", document("2024Q1", forecasts=[row, later]))
    found = scorecard.outcomes(ledger.Ledger((item,)), run.snapshot, run.college)
    counted = float(next(iter(run.supply.values())).history.loc[key, year])
    assert found[["year", "actual"]].to_numpy().tolist() == [[year, counted]]
    score = scorecard.scores(found)[0]
    assert (score.count, score.error, score.naive_error) == (1, abs(counted - 1), abs(counted - 2))
    assert score.inside == float(counted <= 5)


def test_history_of_a_program_that_no_edition_knows_says_what_to_do(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["history", "welding-certificate", "--out", str(tmp_path)], catch_exceptions=False)
    assert "No edition of welding-certificate is frozen yet" in result.stdout


# ------------------------------------------------------------------------------------------------- hearing the ledger

said = st.builds(
    Said,
    st.sampled_from(["2026Q2", "2026Q3", "2026Q4"]),
    st.sampled_from(ACTIONS),
    st.sampled_from(FOUND),
    st.floats(0, 1),
    st.floats(0, 1),
    st.integers(2023, 2025),
    st.sampled_from([(("figures", "a"), ("snapshot", "1")), (("figures", "b"), ("snapshot", "2"))]),
)


@given(st.lists(said, max_size=4), said, st.integers(1, 4))
def test_no_advice_turns_round_within_an_edition_without_sustained_evidence(
    past: list[Said], now: Said, needed: int
) -> None:
    past = sorted(past, key=lambda item: item.edition)
    now = Said("2027Q1", now.signal, now.signal, now.p_shortage, now.p_surplus, now.completions_year, now.vintages)
    turn = steady(now.signal, now, past, needed)
    assert bool(turn.reason) == bool(past)
    if not past:
        assert turn.action == now.signal
        return
    last = past[-1]
    turned = DIRECTION[turn.action] * DIRECTION[last.action] < 0
    row = len(in_a_row([*past, now], now.signal))
    if turned:
        assert row >= needed or now.snapshot == last.snapshot
    if turn.gate:
        assert turn.action == "watch"
    assert turn.action in (now.signal, SIGNALS.get(last.action, last.action), "watch")


def test_quarters_are_counted_over_the_turn_of_the_year() -> None:
    assert quarters_between("2026Q4", "2027Q1") == 1 and quarters_between("2026Q1", "2027Q1") == 4
    gap = [Said(edition, "hold", "hold", 0, 0, 2025) for edition in ("2026Q1", "2026Q3", "2026Q4")]
    assert [item.edition for item in in_a_row(gap, "hold")] == ["2026Q3", "2026Q4"], "a missing quarter breaks the row"
