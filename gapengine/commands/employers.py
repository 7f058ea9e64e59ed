"""Commands for the Chamber: brief, serve."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from gapengine.commands.options import AsOfOption, CollegeOption, JsonOption, SeedOption, SetOption, as_date, inputs


def add(app: typer.Typer) -> None:
    """Put the commands on the application."""
    app.command()(brief)
    app.command()(serve)


def brief(
    company: Annotated[str, typer.Option("--company", help="Name of the incoming company.")],
    naics: Annotated[str, typer.Option("--naics", help="Its industry, four digits of NAICS 2022, as 3254.")],
    jobs: Annotated[float, typer.Option("--jobs", help="New jobs once fully staffed.")],
    county: Annotated[str, typer.Option("--county", help="County of the site, five digits, as 37063.")],
    start: Annotated[int, typer.Option("--start", help="First year of hiring.")],
    by: Annotated[int, typer.Option("--by", help="Last year of hiring.")],
    mix: Annotated[Path | None, typer.Option("--mix", help="CSV of soc_code and jobs: the company's own mix.")] = None,
    wage: Annotated[float | None, typer.Option("--wage", help="Average pay, dollars a year.")] = None,
    out: Annotated[Path, typer.Option("--out", help="Folder for brief.pdf and brief.html.")] = Path("brief"),
    college: CollegeOption = None,
    as_of: AsOfOption = None,
    seed: SeedOption = 1,
    settings: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write the two-page brief for an incoming employer: people, pay, graduates, rivals, what the college can start."""
    from gapengine import employer

    told = employer.Told(company, naics, jobs, county, start, by, wage, mix)
    given = inputs(college, as_of, [employer.DRAWS, *(settings or [])])
    ground = employer.groundwork(given, seed, as_date(as_of))
    written = employer.write(ground, told, out)
    if as_json:
        typer.echo(json.dumps(written.as_json(), indent=2))
        return
    typer.echo(f"Brief: {written.folder / 'brief.pdf'}")
    typer.echo(written.brief.headline)


def serve(
    host: Annotated[str, typer.Option("--host", help="Address to listen on; other machines reach it only if told.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option("--port", help="Port to listen on.", min=0, max=65535)] = 8765,
    runs: Annotated[Path, typer.Option("--runs", help="Folder of runs whose reports can be read.")] = Path("runs"),
    out: Annotated[Path, typer.Option("--out", help="Folder for the briefs that are made.")] = Path("briefs"),
    college: CollegeOption = None,
    settings: SetOption = None,
) -> None:
    """Serve a page on this machine: a form for the employer brief and the editions of the report to download."""
    from gapengine import employer
    from gapengine.serving import listening

    given = inputs(college, None, [employer.DRAWS, *(settings or [])])
    typer.echo("Preparing the figures (some seconds) ...")
    ground = employer.groundwork(given)
    listening.listen(ground, host, port, runs, out, typer.echo)
