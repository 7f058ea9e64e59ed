"""Commands about the figures and the machine: sources, doctor."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from gapengine.commands.options import CollegeOption, JsonOption


def add(app: typer.Typer) -> None:
    """Put the commands on the application."""
    app.command()(sources)
    app.command()(doctor)


def sources(
    name: Annotated[str | None, typer.Argument(help="One table or one source; all where none is named.")] = None,
    college: CollegeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show every table with its publisher, vintage, age, rows and licence; one source with its next release."""
    from gapengine import assumptions, snapshot
    from gapengine import college as colleges
    from gapengine.composing.compose import folder_of
    from gapengine.composing.held import Shed
    from gapengine.store.place import store_folder
    from gapengine.terminal import sources as tables

    home = colleges.embedded() if college is None else college
    place = colleges.load(home, assumptions.for_college(home))
    loaded = snapshot.load(folder_of(store_folder(), Shed.of(place)), names=())
    is_table = name is None or name in {item.name for item in loaded.provenance}
    if as_json and is_table:
        typer.echo(json.dumps([item.as_json() for item in tables.chosen_sources(loaded, name)], indent=2))
        return
    from gapengine.terminal import releases

    if not is_table:
        releases.source(str(name), loaded, as_json)
    else:
        tables.sources(loaded, name)
        if name is None:
            releases.releases()


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
