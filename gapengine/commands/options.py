"""Options that several commands take, and what they stand for."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gapengine.errors import UsageError

if TYPE_CHECKING:
    from gapengine.college import College
    from gapengine.run import Run
    from gapengine.scenario import Inputs
    from gapengine.snapshot import Snapshot

CollegeOption = Annotated[Path | None, typer.Option("--college", help="The college's folder; the embedded one else.")]
AsOfOption = Annotated[str | None, typer.Option("--as-of", help="The date that stands for today, as 2026-11-22.")]
SeedOption = Annotated[int, typer.Option("--seed", help="Seed of all draws.", min=0)]
SetOption = Annotated[list[str] | None, typer.Option("--set", help="name=value: replace one assumption.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object on stdout.")]
OutOption = Annotated[Path, typer.Option("--out", help="Folder for runs.")]
ScenarioOption = Annotated[Path | None, typer.Option("--scenario", help="TOML file with what is to differ.")]
SnapshotOption = Annotated[Path | None, typer.Option("--snapshot", help="Folder of a snapshot; default the embedded.")]
ProgramArgument = Annotated[str, typer.Argument(help="A program_id of programs.csv.")]


def executed(
    folder: Path | None,
    as_of: str | None,
    seed: int,
    settings: list[str] | None,
    program: str | None = None,
    *,
    scenario: Path | None = None,
    figures: Path | None = None,
    out: Path = Path("runs"),
) -> Run:
    """Run one quarter of a college with its assumptions and the given replacements.

    Args:
        folder: the college's folder; None takes the embedded college.
        as_of: the date that stands for today, as text; None takes the snapshot's.
        seed: of all draws.
        settings: name=value pairs that replace assumptions.
        program: a program that must exist; checked before anything is computed.
        scenario: file of a scenario, applied after the settings.
        figures: folder of the snapshot; None takes the folder's own, if it has one, else the embedded one.
        out: folder for runs, where the ledger lies unless there is a store.
    """
    from gapengine import ledger
    from gapengine import scenario as what_if
    from gapengine.run import execute

    given = inputs(folder, as_of, settings or [], program, figures=figures)
    name = ("", "")
    if scenario is not None:
        read = what_if.load(scenario)
        given, name = what_if.apply(read, given), (read.title, read.sha256)
    heard = ledger.read(ledger_of(out, given.college.short_name), given.college.short_name)
    return execute(given.snapshot, given.college, given.assumptions, seed, as_date(as_of), heard, name)


def inputs(
    folder: Path | None,
    as_of: str | None,
    settings: Sequence[str],
    program: str | None = None,
    *,
    figures: Path | None = None,
) -> Inputs:
    """The figures, the college and the assumptions that a command is to work with; arguments as of :func:`executed`."""
    from gapengine import assumptions, college, scenario

    place = college.embedded() if folder is None else folder
    chosen = assumptions.for_college(place).override(settings)
    loaded = college.load(place, chosen)
    if program is not None:
        loaded.program(program)
    return scenario.Inputs(figures_of(place, loaded, as_of, figures), loaded, chosen)


def figures_of(folder: Path, college: College, as_of: str | None, figures: Path | None = None) -> Snapshot:
    """The figures of a run: a named snapshot, else the folder's own, else the store's as of a date, else embedded."""
    from gapengine import snapshot
    from gapengine.composing.compose import folder_of
    from gapengine.composing.held import Shed
    from gapengine.store.place import store_folder

    place = figures or own_snapshot(folder) or folder_of(store_folder(), Shed.of(college), as_date(as_of))
    return snapshot.load(place)


def own_snapshot(folder: Path) -> Path | None:
    """The snapshot that a college's folder brings along, in its subfolder ``snapshot``; None where it brings none."""
    return own if (own := folder / "snapshot").is_dir() else None


def ledger_of(out: Path, college: str) -> Path:
    """Where a college's ledger lies: in GAPENGINE_STORE where that is set, else beside its runs."""
    from gapengine import ledger

    store = os.environ.get("GAPENGINE_STORE")
    return ledger.place(out, college, Path(store) if store else None)


def as_date(text: str | None) -> date | None:
    """The date of an option; None where it was not given."""
    if text is None:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise UsageError(f"--as-of {text}: expected a date as 2026-11-22.") from None
