"""The store under faults: killed, full, locked, altered, older, interrupted; what it had is always whole."""

from __future__ import annotations

import multiprocessing
import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from gapengine.errors import DataContract, GapengineError, Locked, SourceFailure
from gapengine.store import lock, manifest, verifying
from gapengine.store.files import reply_path, vintage_path, write
from tests.store_kit import from_files, held, qcew

FORK = multiprocessing.get_context("fork")
HALVES = {"2016Q1": 60, "2016Q2": 60}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two quarters of a county."""
    out = tmp_path / "files"
    out.mkdir()
    for quarter in (1, 2):
        (out / f"{quarter}.csv").write_bytes(qcew(quarter, cells=60))
    return out


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


def in_a_process(work: Callable[[], object]) -> multiprocessing.Process:
    """Start work in a process of its own that has everything loaded; it ends with the error's exit code."""

    def ends() -> None:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        try:
            work()
        except GapengineError as error:
            sys.stderr.write(str(error))
            os._exit(error.exit_code)
        os._exit(0)

    process = FORK.Process(target=ends)
    process.start()
    return process


def everything(store: Path) -> set[tuple[str, str, str, str]]:
    with manifest.opened(store) as kept:
        return {(item.feed, item.series, item.period, item.sha256) for item in kept.newest()}


def test_a_pull_killed_at_any_point_leaves_a_whole_store_and_the_next_one_completes_it(
    tmp_path: Path, folder: Path
) -> None:
    begin = time.perf_counter()
    from_files(tmp_path / "undisturbed", folder)
    lasts = time.perf_counter() - begin
    due = everything(tmp_path / "undisturbed")
    moments = random.Random(44)
    for at in range(20):
        store = tmp_path / f"store-{at}"
        process = in_a_process(lambda store=store: from_files(store, folder))
        time.sleep(moments.uniform(0.0, lasts))
        process.kill()
        process.join()
        if (store / manifest.FILE).exists():
            with manifest.opened(store, create=True):
                pass
            found = verifying.verify(store)
            assert found.sound, found
            assert everything(store) in (set(), due), "a source's pull counted in part"
        assert from_files(store, folder).exit_code == 0
        assert everything(store) == due
        again = verifying.verify(store)
        assert again.sound and again.strays == ()


def test_without_room_it_says_so_and_what_was_stored_is_intact(store: Path, folder: Path, capfd: object) -> None:
    first = folder / "1.csv"
    moved = {path: path.read_bytes() for path in folder.glob("*.csv") if path != first}
    for path in moved:
        path.unlink()
    from_files(store, folder)
    for path, raw in moved.items():
        path.write_bytes(raw)

    def full() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
        from_files(store, folder)

    process = in_a_process(full)
    process.join()
    assert process.exitcode == 4
    assert "no room" in capfd.readouterr().err  # type: ignore[attr-defined]
    assert verifying.verify(store).sound and held(store) == {"2016Q1": 60}
    assert from_files(store, folder).exit_code == 0 and held(store) == HALVES


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SourceFailure, match=r"cannot write it.*GAPENGINE_STORE"):
        write(tmp_path / "file" / "x", b"")


def test_the_second_of_two_pulls_at_once_ends_with_its_own_code(store: Path, folder: Path) -> None:
    with lock.held(store):
        process = in_a_process(lambda: from_files(store, folder))
        process.join()
        assert process.exitcode == Locked.exit_code == 5
        with pytest.raises(Locked, match=f"process {os.getpid()}"):
            from_files(store, folder)
    assert from_files(store, folder).exit_code == 0


def test_a_lock_left_by_a_dead_process_locks_nobody_out(store: Path, folder: Path) -> None:
    store.mkdir()
    (store / "lock").write_text("999999")
    assert from_files(store, folder).exit_code == 0


@pytest.mark.parametrize("what", ["reply", "sidecar", "vintage"])
def test_a_flipped_byte_is_found_and_named(store: Path, folder: Path, what: str) -> None:
    from_files(store, folder)
    with manifest.opened(store) as kept:
        vintage = kept.all_vintages()[0]
    reply = reply_path(store, vintage.replies)
    sidecar = reply.with_name(f"{reply.name}.json")
    path = {"reply": reply, "sidecar": sidecar, "vintage": vintage_path(store, "qcew", vintage.sha256)}[what]
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(raw)
    found = verifying.verify(store)
    assert found.altered == (path.relative_to(store).as_posix(),) and not found.sound
    path.unlink()
    assert verifying.verify(store).missing == (path.relative_to(store).as_posix(),)


def test_a_damaged_manifest_is_an_error_with_a_remedy(store: Path, folder: Path) -> None:
    from_files(store, folder)
    path = store / manifest.FILE
    path.write_bytes(b"not a database at all" * 500)
    for suffix in ("-wal", "-shm"):
        (store / f"{manifest.FILE}{suffix}").unlink(missing_ok=True)
    with pytest.raises(DataContract, match=r"expected a manifest.*Restore it"):
        verifying.verify(store)


def test_an_altered_entry_of_the_manifest_is_found(store: Path, folder: Path) -> None:
    from_files(store, folder)
    verifying.verify(store)
    with sqlite3.connect(store / manifest.FILE) as database:
        database.execute("UPDATE vintages SET accepted_at = '2015' || substr(accepted_at, 5)")
    with pytest.raises(DataContract, match="an entry was altered"):
        verifying.verify(store)


def test_a_store_of_a_newer_program_is_refused(store: Path, folder: Path) -> None:
    from_files(store, folder)
    with sqlite3.connect(store / manifest.FILE) as database:
        database.execute("PRAGMA user_version = 99")
    with pytest.raises(DataContract, match=r"newer gapengine \(schema 99.*Update"):
        held(store)


def test_a_store_of_an_unknown_kind_is_refused(store: Path) -> None:
    store.mkdir()
    with sqlite3.connect(store / manifest.FILE) as database:
        database.execute("CREATE TABLE something (x)")
    with pytest.raises(DataContract, match="unknown kind"):
        held(store)


COMMAND = [sys.executable, "-m", "gapengine"]


def test_an_interrupted_pull_ends_without_a_traceback_and_frees_the_lock(store: Path, tmp_path: Path) -> None:
    files = tmp_path / "many"
    files.mkdir()
    for at in range(100):
        (files / f"{at}.csv").write_bytes(qcew(cells=200, area=f"{37001 + at}"))
    # A shell may have started the tests with Ctrl-C ignored, which a child inherits.
    heeding = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); import gapengine.cli as c; c.main()"
    )
    for sent in (signal.SIGTERM, signal.SIGINT):
        process = subprocess.Popen(
            [sys.executable, "-c", heeding, "pull", "--from", str(files)],
            env=os.environ | {"GAPENGINE_STORE": str(store)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        while not any(path.is_file() for path in (store / "replies").rglob("*")):
            time.sleep(0.02)
            assert process.poll() is None, process.communicate()
        process.send_signal(sent)
        _, said = process.communicate(timeout=60)
        assert process.returncode not in (0, None) and "Traceback" not in said
        with lock.held(store):
            pass
        assert everything(store) == set()
        for path in (store / "replies").rglob("*"):
            if path.is_file():
                path.unlink()


def test_a_closed_pipe_ends_without_a_traceback(store: Path, folder: Path) -> None:
    line = f"{' '.join(COMMAND)} pull --from '{folder}' | head -1"
    done = subprocess.run(
        ["bash", "-c", line],
        env=os.environ | {"GAPENGINE_STORE": str(store)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr and "Exception" not in done.stderr
    assert {period: rows for period, rows in held(store).items() if period > "2016"} == HALVES
