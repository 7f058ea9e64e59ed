"""Commands about announced projects: list, show, add, import, read, review."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gapengine.commands.options import CollegeOption, JsonOption, as_date
from gapengine.errors import UsageError

if TYPE_CHECKING:
    from connectors.announcements.facts import ProjectFacts
    from gapengine.arrivals.register import Register
    from gapengine.arrivals.tellings import Telling

ByOption = Annotated[str, typer.Option("--by", help="Role or initials written beside each decision.")]
OnOption = Annotated[str | None, typer.Option("--on", help="Day written beside each decision; default today.")]
EventArgument = Annotated[str, typer.Argument(help="An event as `announcements list` shows it.")]


def add(app: typer.Typer) -> None:
    """Put the commands on the application."""
    group = typer.Typer(help="Announced projects: what texts say, what an analyst decided.", no_args_is_help=True)
    group.command("list")(list_command)
    group.command()(show)
    group.command("add")(add_command)
    group.command("import")(import_command)
    group.command("read")(read_command)
    group.command()(review)
    app.add_typer(group, name="announcements")


def list_command(college: CollegeOption = None, as_json: JsonOption = False) -> None:
    """List every project with its stage, jobs promised, and whether somebody should look at it."""
    from gapengine.arrivals import review as reviewing
    from gapengine.terminal import announcements as shown

    known = _register(college)
    if as_json:
        typer.echo(json.dumps([reviewing.as_json(entry) for entry in known.entries.values()], indent=2))
        return
    shown.projects(known)


def show(event: EventArgument, college: CollegeOption = None, as_json: JsonOption = False) -> None:
    """Show one project: facts, history, and the sentence and address behind each telling."""
    from gapengine.arrivals import review as reviewing
    from gapengine.college_files import nearest

    known = _register(college)
    if event not in known.entries:
        raise UsageError(f"no event is called {event!r}. {nearest(event, list(known.entries))}")
    entry = known.entries[event]
    if as_json:
        typer.echo(json.dumps(reviewing.as_json(entry), indent=2))
        return
    for line in reviewing.described(entry):
        typer.echo(line)


def add_command(
    company: Annotated[str, typer.Option("--company", help="Who comes or grows.")],
    county: Annotated[str, typer.Option("--county", help="Five-digit code of the county of the site.")],
    announced: Annotated[str, typer.Option("--date", help="Day of the announcement, as 2026-11-22.")],
    naics: Annotated[
        str, typer.Option("--naics", help="Four-digit industry; without it, read from --quote where it can be.")
    ] = "",
    jobs: Annotated[float | None, typer.Option("--jobs", help="New jobs promised; low end of a range.", min=0)] = None,
    jobs_max: Annotated[float | None, typer.Option("--jobs-max", help="High end of a range.", min=0)] = None,
    qualifier: Annotated[str, typer.Option("--qualifier", help="How the number is hedged, as in: up to.")] = "exact",
    stage: Annotated[str, typer.Option("--stage", help="Where the project stands.")] = "announced",
    source: Annotated[str, typer.Option("--source", help="Web address of the announcement.")] = "",
    quote: Annotated[str, typer.Option("--quote", help="The sentence that says so.")] = "",
    college: CollegeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Add a project by hand to announcements.csv of the college's folder."""
    from gapengine.arrivals import importing

    row = {
        "company": company,
        "counties": county,
        "published_date": announced,
        "naics_code": naics,
        "jobs": "" if jobs is None else str(jobs),
        "jobs_max": "" if jobs_max is None else str(jobs_max),
        "jobs_qualifier": qualifier,
        "stage": stage,
        "source_address": source,
        "quote": quote,
    }
    folder = _folder(college)
    found = importing.added(row, _classify)
    _keep(folder, found, as_json)
    if not found[0].naics_code:
        typer.echo(
            f"{company}: the industry is open, so its jobs cannot be turned into occupations. Name it with --naics"
            " 3254, or give with --quote the sentence that says what it makes.",
            err=True,
        )


def import_command(
    file: Annotated[Path, typer.Argument(help="A saved page, a PDF, a text, or a CSV of announcements.")],
    source: Annotated[str, typer.Option("--source", help="Web address where it was published.")] = "",
    published: Annotated[str | None, typer.Option("--date", help="Day of publication, as 2026-11-22.")] = None,
    college: CollegeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Read announcements from a file into announcements.csv of the college's folder."""
    from gapengine.arrivals import importing

    as_date(published)
    folder = _folder(college)
    found = importing.read_file(file, source, published, _classify)
    importing.keep(folder, file)
    _keep(folder, found, as_json)


def read_command(college: CollegeOption = None, as_json: JsonOption = False) -> None:
    """Read the announcement texts that were pulled into announcements.csv of the college's folder."""
    from gapengine.arrivals import reading, tellings
    from gapengine.store import place

    folder = _folder(college)
    known = {item.telling_id for item in tellings.read(folder)}
    _keep(folder, reading.read_store(place.store_folder(), _classify, known), as_json, pulled=True)


def review(college: CollegeOption = None, by: ByOption = "analyst", on: OnOption = None) -> None:
    """Walk through new and doubtful projects; each answer is written to announcement_decisions.csv at once."""
    from gapengine.arrivals import review as reviewing

    folder = _folder(college)
    done = reviewing.walk(lambda: _register(folder), folder, as_date(on) or date.today(), by, _ask, typer.echo)
    typer.echo(f"{len(done.decided)} decided, {len(done.later)} for later, {len(done.left)} not reached.")


def _classify(facts: ProjectFacts) -> tuple[str, float] | None:
    """The four-digit industry that a text tells; None where the reader is unsure. Loads scikit-learn."""
    from gapengine.arrivals.industry import classify

    return classify(facts)


def _ask(prompt: str) -> str | None:
    typer.echo(prompt, nl=False)
    line = sys.stdin.readline()
    return line.rstrip("\n") if line else None


def _folder(college: Path | None) -> Path:
    if college is None:
        raise UsageError("name the college's folder with --college DIR; `gapengine init DIR` makes one to write into.")
    return college


def _register(folder: Path | None) -> Register:
    from gapengine import college, snapshot
    from gapengine.arrivals import choices, tellings
    from gapengine.arrivals.register import register

    place = college.embedded() if folder is None else folder
    table = snapshot.load(names=("announcements",))["announcements"]
    return register(table, tellings.read(place), choices.read(place))


def _keep(folder: Path, found: tuple[Telling, ...], as_json: bool, pulled: bool = False) -> None:
    """Place new tellings in the register and write them; say what became of each."""
    from gapengine import college
    from gapengine.arrivals import choices, placing, reading, tellings

    known = tellings.read(folder)
    new = placing.place(_register(folder), found)
    if pulled:
        new = reading.within(new, college.load(folder).counties)
    if new:
        tellings.write(folder, [*known, *new])
    if as_json:
        typer.echo(json.dumps([item.model_dump(mode="json") for item in new], indent=2))
        return
    for item in new:
        where = f"may be {item.doubt}: review it" if item.doubt else f"event {item.event_id}"
        typer.echo(f"{item.telling_id}  {item.name}: {where}{f' ({item.reasons})' if item.reasons else ''}")
    held = {item.telling_id for item in known}
    for item in found:
        if item.telling_id in held:
            typer.echo(f"{item.telling_id}  {item.name}: known already, not changed ({choices.FILE} corrects it)")
    typer.echo(f"{len(new)} new of {len(found)} found.")
