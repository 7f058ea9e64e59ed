"""Options that several commands take, and what they stand for."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gapengine.errors import UsageError

if TYPE_CHECKING:
    from gapengine.run import Run

CollegeOption = Annotated[Path | None, typer.Option("--college", help="The college's folder; default Durham Tech.")]
AsOfOption = Annotated[str | None, typer.Option("--as-of", help="The date that stands for today, as 2026-11-22.")]
SeedOption = Annotated[int, typer.Option("--seed", help="Seed of all draws.", min=0)]
SetOption = Annotated[list[str] | None, typer.Option("--set", help="name=value: replace one assumption.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object on stdout.")]
OutOption = Annotated[Path, typer.Option("--out", help="Folder for runs.")]
ProgramArgument = Annotated[str, typer.Argument(help="A program_id of programs.csv.")]


def executed(
    folder: Path | None, as_of: str | None, seed: int, settings: list[str] | None, program: str | None = None
) -> Run:
    """Run one quarter of a college with its assumptions and the given replacements.

    Args:
        folder: the college's folder; None takes the embedded college.
        as_of: the date that stands for today, as text; None takes the snapshot's.
        seed: of all draws.
        settings: name=value pairs that replace assumptions.
        program: a program that must exist; checked before anything is computed.
    """
    from gapengine import assumptions, college, snapshot
    from gapengine.composing.compose import folder_of
    from gapengine.composing.held import Shed
    from gapengine.run import execute
    from gapengine.store.place import store_folder

    place = college.embedded() if folder is None else folder
    chosen = assumptions.for_college(place).override(settings or [])
    loaded = college.load(place, chosen)
    if program is not None:
        loaded.program(program)
    day = as_date(as_of)
    return execute(snapshot.load(folder_of(store_folder(), Shed.of(loaded), day)), loaded, chosen, seed, day)


def as_date(text: str | None) -> date | None:
    """The date of an option; None where it was not given."""
    if text is None:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise UsageError(f"--as-of {text}: expected a date as 2026-11-22.") from None
