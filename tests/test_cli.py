"""The commands as a person meets them: help, words, exit codes, and an end that leaves nothing behind."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
import typer

from gapengine import cli, college, snapshot
from gapengine.checkup import examine
from gapengine.run import Run
from gapengine.terminal import program as shown

# The commands of this checkout, wherever another one is installed.
HERE = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[1])}
SOURCE_FIELDS = {"name", "publisher", "licence", "vintage", "retrieved_at", "rows", "age_days", "status"}
COMMANDS = ("run", "init", "sources", "explain", "map", "doctor", "bench staffing", "bench entrants", "bench run")
THREE = ("nursing-aas", "biowork", "information-technology-certificate")
HEALTHY = all(finding.ok for finding in examine())


@dataclass(frozen=True)
class Said:
    """What a command wrote, and how it ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def gapengine(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Run a command in this process, which saves the imports."""
    before = signal.getsignal(signal.SIGTERM)

    def call(*words: str) -> Said:
        monkeypatch.setattr(sys, "argv", ["gapengine", *words])
        code = 0
        try:
            cli.main()
        except SystemExit as end:
            code = int(end.code or 0)
        return Said(code, *capsys.readouterr())

    yield call
    signal.signal(signal.SIGTERM, before)


# ------------------------------------------------------------------------------------------------------------- help


def _all_commands() -> dict[str, object]:
    top = typer.main.get_command(cli.app)
    found = {}
    for name, command in top.commands.items():
        if hasattr(command, "commands"):
            found |= {f"{name} {below}": part for below, part in command.commands.items()}
        else:
            found[name] = command
    return found


def test_these_are_the_commands() -> None:
    assert set(_all_commands()) >= set(COMMANDS)


@pytest.mark.parametrize("name", sorted(_all_commands()))
def test_every_command_says_what_it_does_and_what_it_takes(name: str) -> None:
    command = _all_commands()[name]
    assert len(command.help) > 30 and command.help.rstrip().endswith("."), name
    for option in command.params:
        if option.name not in ("help", "as_json"):
            assert len(option.help) > 5, f"{name} {option.name}"


@pytest.mark.parametrize("words", [["--help"], ["run", "--help"], ["bench", "--help"], ["explain", "--help"]])
def test_help_is_printed_without_loading_anything_heavy(words: list[str]) -> None:
    code = (
        "import sys\n"
        f"sys.argv = ['gapengine', *{words!r}]\n"
        "from gapengine.cli import main\n"
        "try:\n    main()\n"
        "except SystemExit as end:\n    print(end.code, *{name.partition('.')[0] for name in sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=HERE)
    ending, *loaded = done.stdout.splitlines()[-1].split()
    assert ending == "0"
    assert not set(loaded) & {"numpy", "pandas", "pandera", "pyarrow", "scipy", "weasyprint", "sklearn"}
    assert "Usage" in done.stdout


# ---------------------------------------------------------------------------------------------------- usage and files


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["run", "--set", "draws=9"], "draws must lie between 50 and 5000"),
        (["run", "--set", "entrant_share.open=0.9"], "must lie between 0.1 and 0.5"),
        (["run", "--set", "drows=60"], "Did you mean 'draws'"),
        (["run", "--set", "draws"], "expected name=value"),
        (["run", "--as-of", "22.11.2026"], "expected a date as 2026-11-22"),
        (["run", "--as-of", "2001-01-01"], "Choose a date from"),
        (["explain", "nursing-as"], "nursing-aas"),
        (["map", "bio-work"], "biowork"),
        (["sources", "no_such_table"], "There are:"),
        (["no-such-command"], "No such command"),
        (["run", "--seed", "-1"], "greater than or equal to 0"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_wrong_word_ends_with_code_2_and_what_to_write_instead(
    gapengine, words: list[str], said: str, tmp_path
) -> None:
    ending = gapengine(*words, *(["--out", str(tmp_path / "runs")] if words[0] == "run" else []))
    assert (ending.code, ending.out) == (2, "")
    assert said in " ".join(ending.err.split()), ending.err
    assert "Traceback" not in ending.err
    assert not (tmp_path / "runs").exists()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return college.init(tmp_path / "ours")


def test_a_broken_cell_of_the_college_ends_with_code_6_and_its_place(gapengine, folder: Path, tmp_path: Path) -> None:
    programs = folder / "programs.csv"
    text = programs.read_text(encoding="utf-8")
    line = next(number for number, row in enumerate(text.splitlines(), 1) if row.startswith("nursing-aas,"))
    programs.write_text(text.replace("51.3801,associate", "51.3801,doctorate", 1), encoding="utf-8")
    ending = gapengine("run", "--college", str(folder), "--out", str(tmp_path / "runs"))
    assert (ending.code, ending.out) == (6, "")
    for part in ("programs.csv", str(line), "award_level", "associate"):
        assert part in ending.err
    assert "Traceback" not in ending.err and not (tmp_path / "runs").exists()


def test_a_college_folder_that_is_not_there_is_named(gapengine, tmp_path: Path) -> None:
    ending = gapengine("run", "--college", str(tmp_path / "nowhere"))
    assert ending.code == 6 and "nowhere" in ending.err and "Traceback" not in ending.err


def test_an_altered_byte_of_the_snapshot_stops_every_run(
    gapengine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    copied = shutil.copytree(snapshot.EMBEDDED, tmp_path / "snapshot")
    table = copied / "completions.parquet"
    content = bytearray(table.read_bytes())
    content[len(content) // 2] ^= 1
    table.write_bytes(content)
    monkeypatch.setattr(snapshot, "EMBEDDED", copied)
    ending = gapengine("run", "--out", str(tmp_path / "runs"))
    assert ending.code == 6 and "completions.parquet" in ending.err and "altered" in ending.err
    assert not (tmp_path / "runs").exists()
    checked = gapengine("doctor")
    assert checked.code != 0 and "FAIL Embedded snapshot" in checked.out


# --------------------------------------------------------------------------------------------------- sources, doctor


def test_sources_prints_every_table_with_the_fields_of_the_contract(gapengine) -> None:
    found = json.loads(gapengine("sources", "--json").out)
    assert {item["name"] for item in found} == set(snapshot.load().tables)
    for item in found:
        assert item.keys() == SOURCE_FIELDS
        assert all(item[name] for name in ("name", "publisher", "licence", "vintage", "retrieved_at", "status"))
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", item["retrieved_at"])
        assert isinstance(item["rows"], int) and item["rows"] > 0 and item["age_days"] >= 0


def test_sources_for_a_person_names_every_table_and_the_caveats_of_one(gapengine) -> None:
    names = [item.name for item in snapshot.load(names=()).provenance]
    everything = "".join(gapengine("sources").out.split())
    assert [name for name in names if name not in everything] == []
    only = snapshot.load(names=()).provenance[names.index("completions")]
    told = " ".join(gapengine("sources", "completions").out.split())
    assert only.licence in told and " ".join(only.caveats[0].split()) in told


def test_doctor_finds_all_that_a_run_needs(gapengine) -> None:
    ending = gapengine("doctor")
    if not HEALTHY:
        assert ending.code in (3, 6) and "FAIL" in ending.out
        pytest.skip("this machine lacks what doctor looks for; it says so")
    assert ending.code == 0 and "FAIL" not in ending.out
    found = json.loads(gapengine("doctor", "--json").out)
    assert [item["what"] for item in found] == ["Python", "Embedded snapshot", "Embedded college", "Fonts", "Pango"]
    assert all(item["ok"] and item["detail"] for item in found)


# ------------------------------------------------------------------------------------------------------- explain, map


@pytest.mark.parametrize("program", THREE)
def test_explain_gives_the_action_every_reason_and_what_would_flip_it(
    run: Run, capsys: pytest.CaptureFixture[str], program: str
) -> None:
    shown.explain(run, program, as_json=False)
    told = " ".join(capsys.readouterr().out.split())
    advice = next(item for item in run.advice if item.evidence.program.program_id == program)
    assert f"Advice: {advice.action}, {advice.certainty} certainty" in told
    for text in (*advice.reasons, *advice.gates, *(flip.name for flip in advice.flips)):
        assert text in told
    for assumption in ("entrant_share.", "stays.", "works_in_field.", "cohort_size.", "threshold."):
        assert assumption in told
    assert advice.flips or "nothing within the ranges that are defended" in told


def test_every_program_can_be_explained_and_mapped(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    for program in run.college.programs:
        for show in (shown.explain, shown.program_map):
            show(run, program.program_id, as_json=False)
            assert len(capsys.readouterr().out) > 40, program.program_id


@pytest.mark.parametrize("program", THREE)
def test_map_gives_every_occupation_with_its_layer_and_reason(
    run: Run, capsys: pytest.CaptureFixture[str], program: str
) -> None:
    asked = run.college.program(program)
    kept = run.feeds.of(asked.cip_code, asked.award_class)
    left = run.feeds.dropped_from(asked.cip_code, asked.award_class)
    shown.program_map(run, program, as_json=True)
    found = json.loads(capsys.readouterr().out)
    assert {(item["soc_code"], item["layer"]) for item in found if item["kept"]} == set(
        zip(kept["soc_code"], kept["layer"], strict=True)
    )
    assert sum(not item["kept"] for item in found) == len(left)
    assert all(item["reason"] and item["soc_title"] for item in found)
    shown.program_map(run, program, as_json=False)
    told = capsys.readouterr().out
    assert all(code in told for code in (*kept["soc_code"], *left["soc_code"]))


def test_explain_in_json_is_a_program_of_the_run_and_another_seed_gives_other_numbers(gapengine) -> None:
    one, other = (
        json.loads(gapengine("explain", "nursing-aas", "--json", "--set", "draws=50", "--seed", seed).out)
        for seed in ("1", "2")
    )
    assert one.keys() == other.keys() and one["program"] == other["program"] == "nursing-aas"
    assert one["gap"] != other["gap"]


# --------------------------------------------------------------------------------------------------- init, interruption


def test_init_copies_the_college_and_refuses_to_overwrite(gapengine, tmp_path: Path) -> None:
    place = tmp_path / "ours"
    first = gapengine("init", str(place))
    assert first.code == 0 and str(place) in first.out.replace("\n", "")
    assert college.load(place).sha256 == college.load().sha256
    (place / "programs.csv").write_text("ours", encoding="utf-8")
    second = gapengine("init", str(place))
    assert second.code == 2 and "not empty" in second.err
    assert (place / "programs.csv").read_text(encoding="utf-8") == "ours"


def test_a_terminated_run_leaves_no_folder_and_no_traceback(tmp_path: Path) -> None:
    """The signal comes while the folder is being written, when most could be left behind."""
    out = tmp_path / "runs"
    command = [sys.executable, "-m", "gapengine", "run", "--set", "draws=50", "--out", str(out)]
    process = subprocess.Popen(command, cwd=tmp_path, env=HERE, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 120
    while not list(out.glob("*/*/.*/run.json")):
        assert process.poll() is None and time.monotonic() < deadline, "the run never began to write"
        time.sleep(0.05)
    process.send_signal(signal.SIGTERM)
    _, errors = process.communicate(timeout=60)
    assert process.returncode not in (0, None)
    assert "Traceback" not in errors, errors
    assert [path for path in out.rglob("*") if path.is_file()] == []
    assert list(out.glob("*/*/*")) == [] and list(out.glob("*/*/.*")) == []
