"""The commands pull, verify and sources: what they print, and how they end."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gapengine import cli, snapshot
from tests.store_kit import qcew

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def gapengine(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Command]:
    """Run a command in this process, on a store of its own."""
    monkeypatch.setenv("GAPENGINE_STORE", str(tmp_path_factory.mktemp("store")))
    before = signal.getsignal(signal.SIGTERM)

    def call(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["gapengine", *words])
        code = 0
        try:
            cli.main()
        except SystemExit as end:
            code = int(end.code or 0)
        return (code, *capsys.readouterr())

    yield call
    signal.signal(signal.SIGTERM, before)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "q1.csv").write_bytes(qcew())
    (tmp_path / "notes.txt").write_text("nothing of an agency\n")
    return tmp_path


def test_pull_ends_with_a_table_and_names_what_it_did_not_recognise(gapengine: Command, folder: Path) -> None:
    code, out, err = gapengine("pull", "--from", str(folder))
    assert code == 0 and err == ""
    assert "bls_qcew" in out and "new" in out and "not offered" in out
    assert "Not recognised as any agency's file: 1" in out and "- notes.txt: no connector knows its header" in out
    code, out, _ = gapengine("pull", "bls_qcew", "--from", str(folder))
    assert code == 0 and "unchanged" in out and "bls_oews" not in out


def test_pull_prints_one_object(gapengine: Command, folder: Path) -> None:
    code, out, _ = gapengine("pull", "--from", str(folder), "--json")
    said = json.loads(out)
    assert code == said["exit_code"] == 0
    found = {source["name"]: source for source in said["sources"]}
    assert found["bls_qcew"]["status"] == "new" and found["bls_qcew"]["rows"] == 24
    assert found["bls_oews"]["status"] == "not offered"
    assert [item["file"] for item in said["unrecognised"]] == ["notes.txt"]


def test_a_refused_vintage_ends_with_6_until_it_is_accepted_with_a_reason(gapengine: Command, folder: Path) -> None:
    gapengine("pull", "--from", str(folder))
    (folder / "q1.csv").write_bytes(qcew(cells=3))
    code, out, _ = gapengine("pull", "--from", str(folder))
    assert code == 6 and "refused" in out and "rows: 3 after 12" in out.replace("\n", " ")
    assert gapengine("pull", "--from", str(folder), "--accept", " ")[0] == 2
    code, out, _ = gapengine("pull", "--from", str(folder), "--accept", "nine industries closed")
    assert code == 0 and "nine industries closed" in out
    _, out, _ = gapengine("sources", "bls_qcew")
    assert "Accepted although it looked wrong: nine industries closed" in out


def test_the_agencies_are_not_asked_without_a_contact_address(gapengine: Command) -> None:
    code, _, err = gapengine("pull")
    assert code == 2 and "GAPENGINE_CONTACT" in err and "--from FOLDER" in err


@pytest.mark.parametrize("contact", ["me", "a@b.edu\r\nX-Evil: 1"])
def test_a_contact_that_is_no_address_is_refused(
    gapengine: Command, monkeypatch: pytest.MonkeyPatch, contact: str
) -> None:
    monkeypatch.setenv("GAPENGINE_CONTACT", contact)
    assert gapengine("pull")[0] == 2


def test_an_unknown_source_is_a_usage_error_that_lists_them(gapengine: Command) -> None:
    code, _, err = gapengine("pull", "bls_qcwe", "--from", ".")
    assert code == 2 and "bls_qcew" in err


def test_verify_finds_a_flipped_byte(
    gapengine: Command, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    store = tmp_path_factory.mktemp("other")
    monkeypatch.setenv("GAPENGINE_STORE", str(store))
    assert gapengine("verify")[0] == 0
    gapengine("pull", "--from", str(folder))
    code, out, _ = gapengine("verify")
    assert code == 0 and "every byte is what it was" in out
    path = next((store / "vintages" / "qcew").iterdir())
    raw = bytearray(path.read_bytes())
    raw[10] ^= 1
    path.write_bytes(raw)
    code, out, _ = gapengine("verify", "--json")
    assert code == 6 and json.loads(out)["altered"] == [f"vintages/qcew/{path.name}"]


def test_verify_checks_the_embedded_snapshot_too(
    gapengine: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import shutil  # noqa: PLC0415 - for this test only

    copied = Path(shutil.copytree(snapshot.EMBEDDED, tmp_path / "snapshot"))
    raw = bytearray((copied / "oews.parquet").read_bytes())
    raw[99] ^= 1
    (copied / "oews.parquet").write_bytes(raw)
    monkeypatch.setattr(snapshot, "EMBEDDED", copied)
    code, out, _ = gapengine("verify")
    assert code == 6 and "altered: embedded snapshot: oews.parquet" in out


def test_sources_says_of_each_table_whether_it_was_pulled(gapengine: Command, folder: Path) -> None:
    before = json.loads(gapengine("sources", "--json")[1])
    assert {item["status"] for item in before} == {"embedded"}
    gapengine("pull", "--from", str(folder))
    after = {item["name"]: item for item in json.loads(gapengine("sources", "--json")[1])}
    assert after["industry_employment"]["status"] == "pulled" and after["oews"]["status"] == "embedded"
    assert all(item.keys() == before[0].keys() for item in after.values())


def test_sources_of_one_source_says_when_the_next_release_is_due(gapengine: Command, folder: Path) -> None:
    gapengine("pull", "--from", str(folder))
    (found,) = json.loads(gapengine("sources", "bls_qcew", "--json")[1])
    assert found["status"] == "pulled" and found["rows"] == 24
    assert found["next_release"] > "2026" and found["releases_behind"] > 30
    code, out, _ = gapengine("sources", "bls_qcew")
    assert code == 0 and "Disclosure code N" in out and "2016Q1" in out and "newer are out" in out
    code, _, err = gapengine("sources", "nothing")
    assert code == 2 and "bls_qcew" in err and "industry_employment" in err
