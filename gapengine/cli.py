"""The command line: puts the groups of commands together. Nothing heavy is imported before a command runs."""

from __future__ import annotations

import signal

import typer

from gapengine.commands import (
    announcements,
    bench,
    employers,
    forecasting,
    looking_back,
    planning,
    pulling,
    running,
    sources,
)
from gapengine.errors import GapengineError

app = typer.Typer(
    help="Tells a community college each quarter which programs to expand and which to close.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
bench_app = typer.Typer(help="Measure the engine; every benchmark prints one JSON object.", no_args_is_help=True)
for group in (running, planning, employers, looking_back, pulling, sources, announcements, forecasting):
    group.add(app)
bench.add(bench_app)
app.add_typer(bench_app, name="bench")


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
