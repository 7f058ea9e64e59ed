"""What the terminal shows: sources, the explanation of an advice, a program's occupations."""

from __future__ import annotations

import json
import sys

import pandas as pd
from rich.console import Console, JustifyMethod
from rich.table import Table

from gapengine import tell_advice
from gapengine.briefing import words
from gapengine.decisions import Advice
from gapengine.demand.levels import entrant_kinds, licensed_occupations
from gapengine.errors import UsageError
from gapengine.output import programs as as_contract
from gapengine.programs import Program
from gapengine.rows import records
from gapengine.run import Run
from gapengine.snapshot import Provenance, Snapshot
from gapengine.supply import kept_names


def chosen_sources(loaded: Snapshot, name: str | None) -> list[Provenance]:
    """All tables, or the one that was asked for.

    Raises:
        UsageError: no table of that name.
    """
    found = [item for item in loaded.provenance if name in (None, item.name)]
    if not found:
        raise UsageError(f"no table {name!r}. There are: {', '.join(item.name for item in loaded.provenance)}.")
    return found


def sources(loaded: Snapshot, name: str | None) -> None:
    """Print every table with its age; one table with its caveats."""
    found = chosen_sources(loaded, name)
    table = Table(box=None, pad_edge=False)
    for column in ("table", "publisher", "vintage", "figures to", "age", "rows", "status"):
        justify: JustifyMethod = "right" if column in ("age", "rows") else "left"
        table.add_column(column, justify=justify, overflow="fold", no_wrap=column == "table")
    for item in found:
        age = f"{item.age_days / 365.25:.1f} years" if item.age_days > 365 else f"{item.age_days} days"
        table.add_row(
            item.name, item.publisher, item.vintage, str(item.covers_until), age, f"{item.rows:,}", item.status
        )
    shown = console()
    shown.print(table)
    if name is not None:
        only = found[0]
        shown.print(f"\n{only.meaning} {only.coverage}")
        shown.print(f"Licence: {only.licence}")
        for caveat in only.caveats:
            shown.print(f"- {caveat}")


def explain(run: Run, program_id: str, as_json: bool) -> None:
    """Print why a program gets its action."""
    advice = _advice(run, program_id)
    if as_json:
        found = next(item for item in as_contract(run) if item["program"] == program_id)
        sys.stdout.write(json.dumps(found, indent=2) + "\n")
        return
    evidence, program = advice.evidence, advice.evidence.program
    shown = console()
    shown.print(_title(program), style="bold")
    shown.print(f"Advice: {advice.action}, {advice.certainty} certainty; market: {evidence.market}\n")
    shown.print("Why")
    for reason in advice.reasons:
        shown.print(f"- {reason}")
    for gate in advice.gates:
        shown.print(f"- Held back: {gate}.")
    if evidence.by_taxonomy:
        shown.print("\nBy education taxonomy: shortage and surplus, share of draws")
        for name, (short, over) in evidence.by_taxonomy.items():
            shown.print(f"- {name.replace('_', ' ')}: {short:.0%} and {over:.0%}")
    shown.print("\nWhat would flip it")
    for flip in advice.flips:
        shown.print(f"- {flip.to} if the {flip.name} were {flip.value:.0%} (now {flip.now:.0%})")
    if not advice.flips:
        shown.print("- nothing within the ranges that are defended")
    tell_advice.more(shown, advice, run.universe.titles)
    shown.print("\nAssumptions it leans on")
    for name in _leans_on(run, program, evidence.market):
        item = run.assumptions[name]
        shown.print(
            f"- {name} = {item.value:g} {item.unit} ({item.low:g} to {item.high:g}): {item.why}", highlight=False
        )


def _leans_on(run: Run, program: Program, market: str) -> tuple[str, ...]:
    licensed = (program.cip_code, program.award_class) in run.feeds.licensed(licensed_occupations(run.assumptions))
    fed = [run.universe.position[code] for code in run.feeds.of(program.cip_code, program.award_class)["soc_code"]]
    kinds = entrant_kinds(run.universe, run.snapshot, run.assumptions)[1][fed]
    return (
        *(f"entrant_share.{kind}" for kind in dict.fromkeys(str(kind) for kind in kinds)),
        *kept_names(program.award_class, market, licensed),
        f"cohort_size.{program.award_level}",
        "threshold.p_shortage_expand",
        "threshold.p_surplus_review",
    )


def program_map(run: Run, program_id: str, as_json: bool) -> None:
    """Print the occupations of a program with layer and reason, then what was left out."""
    program = run.college.program(program_id)
    of_class = program.award_class
    kept = run.feeds.of(program.cip_code, of_class)
    left = run.feeds.dropped_from(program.cip_code, of_class)
    if as_json:
        both = pd.concat([kept.assign(kept=True), left.assign(kept=False)])
        both["soc_title"] = both["soc_code"].map(run.universe.titles)
        sys.stdout.write(json.dumps(records(both), indent=2) + "\n")
        return
    shown = console()
    shown.print(f"{_title(program)}\n", style="bold")
    for title, frame in (("Feeds", kept), ("Left out", left)):
        table = Table(title=title, title_justify="left", box=None, pad_edge=False)
        for column in ("occupation", "title", "layer", "reason"):
            table.add_column(column, overflow="fold")
        for row in records(frame):
            table.add_row(row["soc_code"], run.universe.titles[row["soc_code"]], row["layer"], row["reason"])
        if len(frame):
            shown.print(table)


def _advice(run: Run, program_id: str) -> Advice:
    return next(advice for advice in run.advice if advice.evidence.program.program_id == program_id)


def _title(program: Program) -> str:
    return f"{program.title}, {words.LEVELS[program.award_level].lower()} ({program.cip_code})"


def console() -> Console:
    """The terminal. Text from data is printed as it is: no markup, no emoji, no highlighting."""
    width = None if sys.stdout.isatty() else 110
    return Console(width=width, markup=False, emoji=False, highlight=False)
