"""The commands. Nothing heavy is imported before a command runs."""

from __future__ import annotations

import json
import signal
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gapengine.errors import GapengineError, UsageError

if TYPE_CHECKING:
    from gapengine.run import Run

app = typer.Typer(
    help="Tells a community college each quarter which programs to expand and which to close.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
bench_app = typer.Typer(help="Measure the engine; every benchmark prints one JSON object.", no_args_is_help=True)
app.add_typer(bench_app, name="bench")

CollegeOption = Annotated[Path | None, typer.Option("--college", help="The college's folder; default Durham Tech.")]
AsOfOption = Annotated[str | None, typer.Option("--as-of", help="The date that stands for today, as 2026-11-22.")]
SeedOption = Annotated[int, typer.Option("--seed", help="Seed of all draws.", min=0)]
SetOption = Annotated[list[str] | None, typer.Option("--set", help="name=value: replace one assumption.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object on stdout.")]
OutOption = Annotated[Path, typer.Option("--out", help="Folder for runs.")]
ProgramArgument = Annotated[str, typer.Argument(help="A program_id of programs.csv.")]


@app.command("run")
def run_command(
    college: CollegeOption = None,
    as_of: AsOfOption = None,
    seed: SeedOption = 1,
    settings: SetOption = None,
    out: OutOption = Path("runs"),
    as_json: JsonOption = False,
) -> None:
    """Run one quarter: tables, PDF, HTML and Excel in runs/COLLEGE/EDITION/ID/."""
    from gapengine import output

    result = _execute(college, as_of, seed, settings)
    written = output.write(result, out)
    if as_json:
        typer.echo(json.dumps(output.summary(result, written), indent=2))
        return
    typer.echo(f"Report: {written.folder / 'report.pdf'}")
    for line in written.lines:
        typer.echo(line)


@app.command()
def init(directory: Annotated[Path, typer.Argument(help="A new folder.")]) -> None:
    """Copy the embedded college's folder, to be edited for a college of your own."""
    from gapengine import college

    place = college.init(directory)
    typer.echo(f"Wrote {place}. Edit college.toml and programs.csv, then: gapengine run --college {place}")


@app.command()
def sources(
    name: Annotated[str | None, typer.Argument(help="One table; all where none is named.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Show every table with its publisher, vintage, age, rows and licence."""
    from gapengine import snapshot, tell

    loaded = snapshot.load(names=())
    if as_json:
        typer.echo(json.dumps([item.as_json() for item in tell.chosen_sources(loaded, name)], indent=2))
    else:
        tell.sources(loaded, name)


@app.command()
def explain(
    program: ProgramArgument,
    college: CollegeOption = None,
    as_of: AsOfOption = None,
    seed: SeedOption = 1,
    settings: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say why a program gets its action: the numbers, the assumptions, what would flip it."""
    from gapengine import tell

    tell.explain(_execute(college, as_of, seed, settings, program), program, as_json)


@app.command("map")
def map_command(
    program: ProgramArgument,
    college: CollegeOption = None,
    as_of: AsOfOption = None,
    seed: SeedOption = 1,
    settings: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show the occupations a program feeds, each with its layer and reason, and the pairs that were left out."""
    from gapengine import tell

    tell.program_map(_execute(college, as_of, seed, settings, program), program, as_json)


@app.command()
def doctor(as_json: JsonOption = False) -> None:
    """Check Python, system libraries, fonts, the embedded snapshot and the embedded college."""
    from gapengine import checkup

    findings = checkup.examine()
    if as_json:
        typer.echo(json.dumps([finding.as_json() for finding in findings], indent=2))
    else:
        for finding in findings:
            typer.echo(f"{'ok  ' if finding.ok else 'FAIL'} {finding.what}: {finding.detail}")
    code = max((finding.exit_code for finding in findings if not finding.ok), default=0)
    raise typer.Exit(code)


@bench_app.command("staffing")
def bench_staffing(as_json: JsonOption = True) -> None:
    """Staffing before and after fitting: rank correlation, weighted error, held-out occupations, registered nurses."""
    from gapengine.benchmarks import staffing

    typer.echo(json.dumps(staffing.measure(), indent=2))


@bench_app.command("entrants")
def bench_entrants(as_json: JsonOption = True) -> None:
    """The entrant share against the nation's completers and openings."""
    from gapengine.benchmarks import entrants

    typer.echo(json.dumps(entrants.measure(), indent=2))


@bench_app.command("run")
def bench_run(as_json: JsonOption = True) -> None:
    """Stage times and peak memory of a whole run with its report."""
    from gapengine.benchmarks import whole_run

    typer.echo(json.dumps(whole_run.measure(), indent=2))


def _execute(
    folder: Path | None, as_of: str | None, seed: int, settings: list[str] | None, program: str | None = None
) -> Run:
    from gapengine import assumptions, college, snapshot
    from gapengine.run import execute

    place = college.embedded() if folder is None else folder
    chosen = assumptions.for_college(place).override(settings or [])
    loaded = college.load(place, chosen)
    if program is not None:
        loaded.program(program)
    return execute(snapshot.load(), loaded, chosen, seed, _date(as_of))


def _date(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise UsageError(f"--as-of {text}: expected a date as 2026-11-22.") from None


def main() -> None:
    """Run the command line; every known failure ends with one message and its exit code."""
    signal.signal(signal.SIGTERM, _interrupted)
    try:
        app()
    except GapengineError as error:
        typer.echo(f"gapengine: {error}", err=True)
        raise SystemExit(error.exit_code) from None


def _interrupted(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt
