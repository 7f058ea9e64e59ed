"""Commands about the figures and the machine: sources, doctor."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from gapengine.commands.options import JsonOption


def add(app: typer.Typer) -> None:
    """Put the commands on the application."""
    app.command()(sources)
    app.command()(doctor)


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
