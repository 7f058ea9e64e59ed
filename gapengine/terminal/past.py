"""What the terminal shows of earlier editions and of two runs side by side."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.table import Table

from gapengine.comparison import Comparison
from gapengine.ledger import Edition, Ledger
from gapengine.sensitivity import View
from gapengine.terminal.console import console

_FROZEN = ("action", "signal", "sections", "p_shortage", "p_surplus", "gap", "gates", "change")


def rows(frozen: Ledger, program: str) -> list[dict[str, Any]]:
    """What each edition said of a program, oldest first; entries that a later run replaced are marked."""
    entries = [*((item, False) for item in frozen.editions), *((item, True) for item in frozen.superseded)]
    entries.sort(key=lambda pair: (pair[0].edition, not pair[1]))
    return [row for item, replaced in entries for row in _row(item, replaced, program)]


def _row(item: Edition, replaced: bool, program: str) -> list[dict[str, Any]]:
    found = [row for row in item.document["programs"] if row["program"] == program]
    return [
        {
            "edition": item.edition,
            "run_id": item.run_id,
            "sha256": item.sha256,
            "replaced": replaced,
            "completions_year": item.document["completions_year"],
            **{name: row[name] for name in _FROZEN},
        }
        for row in found
    ]


def history(found: list[dict[str, Any]], program: str, path: Path) -> None:
    """Print the editions of a program."""
    if not found:
        console().print(f"No edition of {program} is frozen yet in {path}. `gapengine run` freezes one.")
        return
    table = Table(title=program, title_justify="left", box=None, pad_edge=False)
    for column in ("edition", "advice", "figures say", "short", "over", "gap", "completions", "why"):
        table.add_column(column, overflow="fold")
    for row in found:
        why = "; ".join([*row["gates"], row["change"]]) if row["change"] else "; ".join(row["gates"])
        table.add_row(
            f"{row['edition']}{' (replaced)' if row['replaced'] else ''}",
            row["action"],
            row["signal"],
            f"{row['p_shortage']:.0%}",
            f"{row['p_surplus']:.0%}",
            f"{row['gap'][1]:.0f} ({row['gap'][0]:.0f} to {row['gap'][2]:.0f})",
            str(row["completions_year"]),
            why,
        )
    console().print(table)


def comparison(found: Comparison) -> None:
    """Print what went in and differs, then the programs that flip or move."""
    shown = console()
    shown.print(f"{found.runs[0]}  against  {found.runs[1]}\n", style="bold")
    for name, (first, second) in found.inputs.items():
        shown.print(f"- {name}: {first} -> {second}")
    if not found.inputs:
        shown.print("- nothing that went in differs")
    flips = sum(row.flips for row in found.programs)
    shown.print(f"\n{flips} programs flip, {len(found.programs) - flips} more move.\n")
    table = Table(box=None, pad_edge=False)
    for column in ("program", "advice", "figures say", "shortage", "surplus", "gap (middle)", "sections"):
        table.add_column(column, overflow="fold", no_wrap=column == "program")
    for row in found.programs:
        numbers = row.numbers
        table.add_row(
            row.program,
            _pair(*row.actions),
            _pair(*row.signals),
            _pair(*(_text(value, "{:.0%}") for value in numbers["p_shortage"])),
            _pair(*(_text(value, "{:.0%}") for value in numbers["p_surplus"])),
            _pair(*(_text(value, "{:.0f}") for value in numbers["gap_p50"])),
            _pair(*(_text(value, "{:.0f}") for value in numbers["sections"])),
        )
    if found.programs:
        shown.print(table)


def _text(value: float | None, form: str) -> str | None:
    return None if value is None else form.format(value)


def _pair(first: str | None, second: str | None) -> str:
    return str(first) if first == second else f"{first or 'none'} -> {second or 'none'}"


def views(found: Sequence[View]) -> None:
    """Print every program under every view; a dash where a view says what the run says."""
    table = Table(box=None, pad_edge=False)
    titles = {"typical_entry": "entry", "attainment": "attained", "required_education": "required"}
    names = [titles[name] for name in found[0].by_taxonomy] if found else []
    for column in ("program", "advice", "by rule", *names, "share low", "share high"):
        table.add_column(column, overflow="fold", no_wrap=column == "program")
    for view in found:
        seen = [*view.by_taxonomy.values(), view.least_entrants, view.most_entrants]
        table.add_row(view.program, view.action, view.wanted, *("-" if one == view.wanted else one for one in seen))
    console().print(table)
    same = sum(view.unlike == 0 for view in found)
    console().print(f"\n{same} of {len(found)} programs get the same word under all five views.")
