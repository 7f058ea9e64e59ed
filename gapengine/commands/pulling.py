"""Commands about the store: pull, verify."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from gapengine.commands.options import CollegeOption, JsonOption

SourcesArgument = Annotated[list[str] | None, typer.Argument(help="Sources to pull; all where none is named.")]
FromOption = Annotated[
    Path | None, typer.Option("--from", help="Take the agencies' files of this folder instead of asking the agencies.")
]
AcceptOption = Annotated[
    str | None, typer.Option("--accept", help="Accept new vintages that look wrong, and say why; it is recorded.")
]


def add(app: typer.Typer) -> None:
    """Put the commands on the application."""
    app.command("pull")(pull_command)
    app.command("verify")(verify_command)


def pull_command(
    names: SourcesArgument = None,
    folder: FromOption = None,
    accept: AcceptOption = None,
    college: CollegeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Fetch new vintages of the agencies' figures into the store, keeping every earlier one."""
    from gapengine.store import asking, place, pulling
    from gapengine.terminal import pulls

    connectors = pulling.chosen(names or [])
    acceptance = asking.acceptance(accept)
    store = place.store_folder()
    with pulls.Progress() as progress:
        if folder is not None:
            pulled = pulling.from_folder(store, folder, connectors, progress, acceptance)
        else:
            ask, session = asking.asking(college)
            pulled = pulling.from_agencies(store, ask, connectors, session, progress, acceptance)
    if as_json:
        typer.echo(json.dumps(pulls.as_json(pulled, store), indent=2))
    else:
        pulls.pulled(pulled, store)
    raise typer.Exit(pulled.exit_code)


def verify_command(as_json: JsonOption = False) -> None:
    """Compare every stored byte with its hash: the store's replies and vintages, and the embedded snapshot."""
    from gapengine import snapshot
    from gapengine.store import manifest, place, verifying

    store = place.store_folder()
    altered = [f"embedded snapshot: {name}" for name in snapshot.verify()]
    files, missing, strays = len(snapshot.load(names=()).provenance), list[str](), list[str]()
    if (store / manifest.FILE).exists():
        found = verifying.verify(store)
        files += found.files
        altered += found.altered
        missing += found.missing
        strays += found.strays
    if as_json:
        said = {"files": files, "altered": altered, "missing": missing, "strays": strays, "store": store.name}
        typer.echo(json.dumps(said, indent=2))
    else:
        for kind, names in (("altered", altered), ("missing", missing), ("named by no vintage", strays)):
            for name in names:
                typer.echo(f"{kind}: {name}")
        sound = "every byte is what it was" if not altered and not missing else "the store is NOT sound"
        typer.echo(f"{files} files compared: {sound}.")
        if altered or missing:
            typer.echo("Restore what is named from a copy, or remove it and pull its source again.")
    raise typer.Exit(6 if altered or missing else 0)
