"""Commands about the college's own means: portfolio, supply."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
    executed,
)
from gapengine.errors import UsageError

if TYPE_CHECKING:
    from gapengine.run import Run

LimitOption = Annotated[list[str] | None, typer.Option("--limit", help="name=amount: a limit of college.toml instead.")]
LineOption = Annotated[list[str] | None, typer.Option("--line", help="line=people: a year instead of the ledger's.")]
RequireOption = Annotated[list[str] | None, typer.Option("--require", help="program=sections that must be added.")]


def add(app: typer.Typer) -> None:
    """Put the commands on the application."""
    app.command("portfolio")(portfolio_command)
    app.command("supply")(supply_command)


def portfolio_command(
    college: CollegeOption = None,
    as_of: AsOfOption = None,
    seed: SeedOption = 1,
    settings: SetOption = None,
    scenario: ScenarioOption = None,
    limit: LimitOption = None,
    require: RequireOption = None,
    out: OutOption = Path("runs"),
    as_json: JsonOption = False,
) -> None:
    """Best sections under money, teachers and places; other budgets, what one unit more gains, regret elsewhere.

    They are stored with the run; where its report has been made, it is made anew with them.
    """
    from gapengine import output
    from gapengine.portfolio import study
    from gapengine.portfolio.worlds import worlds
    from gapengine.terminal import portfolio

    result = executed(college, as_of, seed, settings, scenario=scenario, out=out)
    situation = result.situation
    changed, least = _limits(limit or [], result), _required(require or [], result)
    others = worlds(situation, result.openings, result.shares, result.entrants)
    found = study.study(situation, *result.movable, others, changed, least)
    if not changed and not least:
        folder = out / result.college.short_name / result.edition / result.run_id
        if (folder / "report.html").exists():
            output.write(result, out, found)
        else:
            study.store(found, folder)
    if as_json:
        typer.echo(json.dumps(study.as_json(found), indent=2))
    else:
        portfolio.show(found)


def supply_command(
    program: ProgramArgument,
    college: CollegeOption = None,
    as_of: AsOfOption = None,
    seed: SeedOption = 1,
    settings: SetOption = None,
    line: LineOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show who competes for a program's openings, line by line, what is not counted, what others would do."""
    from gapengine.supply.ledger import ledger, what_if
    from gapengine.terminal import supply

    result = executed(college, as_of, seed, settings, program)
    lines = ledger(result, program)
    known = [item.name for item in lines if item.name != "section"]
    people = dict(_pair("--line", text, known) for text in line or [])
    if any(amount < 0 for amount in people.values()):
        raise UsageError("--line: people a year cannot be fewer than none. Give 0 or more.")
    supply.show(result, program, lines, people, what_if(result, program, people) if people else None, as_json)


def _limits(texts: list[str], result: Run) -> dict[str, float]:
    known = [*result.college.profile.budget, *result.college.profile.limits]
    return dict(_pair("--limit", text, known) for text in texts)


def _required(texts: list[str], result: Run) -> dict[str, int]:
    known = [program.program_id for program in result.college.programs]
    found = dict(_pair("--require", text, known) for text in texts)
    for name, amount in found.items():
        if amount != int(amount) or amount < 0:
            raise UsageError(f"--require {name}={amount:g}: expected a whole number of sections from 0.")
    return {name: int(amount) for name, amount in found.items()}


def _pair(option: str, text: str, known: list[str]) -> tuple[str, float]:
    from gapengine.college_files import nearest

    name, separator, amount = (part.strip() for part in text.partition("="))
    if not separator or name not in known:
        raise UsageError(f"{option} {text}: expected name=amount. {nearest(name, known)}")
    try:
        return name, float(amount)
    except ValueError:
        raise UsageError(f"{option} {text}: {amount!r} is no number.") from None
