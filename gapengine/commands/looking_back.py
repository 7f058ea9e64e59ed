"""Commands that set views, runs and editions side by side: views, compare, history."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from gapengine.commands.options import (
    AsOfOption,
    CollegeOption,
    JsonOption,
    OutOption,
    ProgramArgument,
    SeedOption,
    SetOption,
    executed,
    ledger_of,
)


def add(app: typer.Typer) -> None:
    """Put the commands on the application."""
    app.command()(views)
    app.command()(compare)
    app.command()(history)


def views(
    college: CollegeOption = None,
    as_of: AsOfOption = None,
    seed: SeedOption = 1,
    settings: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show how every advice changes under each education taxonomy and at both ends of the entrant share."""
    from gapengine import sensitivity
    from gapengine.terminal import past

    found = sensitivity.views(executed(college, as_of, seed, settings))
    if as_json:
        typer.echo(json.dumps([asdict(view) for view in found], indent=2))
    else:
        past.views(found)


def compare(
    run_a: Annotated[Path, typer.Argument(help="Folder of a run, as `gapengine run` prints it.")],
    run_b: Annotated[Path, typer.Argument(help="Folder of another run of the same college.")],
    as_json: JsonOption = False,
) -> None:
    """Show which actions flip and which numbers moved between two runs, in one table."""
    from gapengine import comparison
    from gapengine.terminal import past

    found = comparison.compare(run_a, run_b)
    if as_json:
        typer.echo(json.dumps(found.as_json(), indent=2))
    else:
        past.comparison(found)


def history(
    program: ProgramArgument,
    college: CollegeOption = None,
    out: OutOption = Path("runs"),
    as_json: JsonOption = False,
) -> None:
    """Show what every frozen edition said of a program, and why its advice changed or did not."""
    from gapengine import college as colleges
    from gapengine import ledger
    from gapengine.terminal import past

    loaded = colleges.load(college)
    loaded.program(program)
    path = ledger_of(out, loaded.short_name)
    rows = past.rows(ledger.read(path, loaded.short_name), program)
    if as_json:
        typer.echo(json.dumps(rows, indent=2))
    else:
        past.history(rows, program, path)
