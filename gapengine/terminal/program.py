"""What the terminal shows of one program: why it gets its advice, and which occupations it feeds."""

from __future__ import annotations

import json
import sys

import pandas as pd
from rich.table import Table

from gapengine.briefing import words
from gapengine.decisions import Advice
from gapengine.demand.levels import entrant_kinds, licensed_occupations
from gapengine.output import programs as as_contract
from gapengine.programs import Program
from gapengine.rows import records
from gapengine.run import Run
from gapengine.supply import kept_names
from gapengine.terminal import advice as advice_details
from gapengine.terminal.console import console


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
    advice_details.more(shown, advice, run.universe.titles)
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
