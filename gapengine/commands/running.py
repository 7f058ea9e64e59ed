"""Commands that run a quarter or explain one: init, run, explain, map."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from gapengine.commands.options import (
    AsOfOption,
    CollegeOption,
    JsonOption,
    OutOption,
    ProgramArgument,
    ScenarioOption,
    SeedOption,
    SetOption,
    SnapshotOption,
    executed,
    ledger_of,
)


def add(app: typer.Typer) -> None:
    """Put the commands on the application."""
    app.command("run")(run_command)
    app.command()(init)
    app.command()(explain)
    app.command("map")(map_command)


def run_command(
    college: CollegeOption = None,
    as_of: AsOfOption = None,
    seed: SeedOption = 1,
    settings: SetOption = None,
    scenario: ScenarioOption = None,
    snapshot: SnapshotOption = None,
    out: OutOption = Path("runs"),
    as_json: JsonOption = False,
) -> None:
    """Run one quarter: tables, PDF, HTML and Excel in runs/COLLEGE/EDITION/ID/; freeze it in the ledger."""
    from gapengine import frozen, ledger, output

    result = executed(college, as_of, seed, settings, scenario=scenario, figures=snapshot, out=out)
    written = output.write(result, out)
    if not settings and scenario is None:  # a what-if is nobody's advice
        ledger.record(ledger_of(out, result.college.short_name), result.college.short_name, frozen.freeze(result))
    if as_json:
        typer.echo(json.dumps(output.summary(result, written), indent=2))
        return
    typer.echo(f"Report: {written.folder / 'report.pdf'}")
    for line in written.lines:
        typer.echo(line)


def init(
    directory: Annotated[Path, typer.Argument(help="A new folder.")],
    excel: Annotated[bool, typer.Option("--excel", help="Write the tables as sheets of one workbook.")] = False,
) -> None:
    """Copy the embedded college's folder, to be edited for a college of your own."""
    from gapengine import college

    place = college.init(directory, excel=excel)
    edited = "college.toml and college.xlsx" if excel else "college.toml and programs.csv"
    typer.echo(f"Wrote {place}. Edit {edited}, then: gapengine run --college {place}")


def explain(
    program: ProgramArgument,
    college: CollegeOption = None,
    as_of: AsOfOption = None,
    seed: SeedOption = 1,
    settings: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say why a program gets its action: the numbers, the assumptions, what would flip it."""
    from gapengine.terminal import program as shown

    shown.explain(executed(college, as_of, seed, settings, program), program, as_json)


def map_command(
    program: ProgramArgument,
    college: CollegeOption = None,
    as_of: AsOfOption = None,
    seed: SeedOption = 1,
    settings: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show the occupations a program feeds, each with its layer and reason, and the pairs that were left out."""
    from gapengine.terminal import program as shown

    shown.program_map(executed(college, as_of, seed, settings, program), program, as_json)
