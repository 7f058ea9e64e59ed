"""What the terminal shows of a program's supply: every line, the unknown ones, and a what-if."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from gapengine.run import Run
from gapengine.supply.ledger import Line, WhatIf


def show(
    run: Run, program_id: str, lines: Sequence[Line], people: Mapping[str, float], changed: WhatIf | None, as_json: bool
) -> None:
    """Print the ledger, as a table or as JSON."""
    if as_json:
        found = {"program": program_id, "lines": [_line(line) for line in lines], "what_if": _what_if(people, changed)}
        sys.stdout.write(json.dumps(found, indent=2) + "\n")
        return
    console = Console(highlight=False, markup=False, width=max(Console().width, 120))
    console.print(f"{run.college.program(program_id).label}: who looks for its work, people a year")
    table = Table(box=None, pad_edge=False)
    for column in ("line", "what", "a year", "80 of 100 draws", "standing", "where from"):
        table.add_column(column, overflow="fold")
    for line in lines:
        shown = _line(line)
        middle, ends = "not counted", ""
        if shown["p50"] is not None:
            middle = f"{shown['p50']:,.0f}" if shown["p50"] >= 10 else f"{shown['p50']:,.1f}"
            ends = f"{shown['p10']:,.0f} to {shown['p90']:,.0f}"
        table.add_row(line.name, line.title, middle, ends, line.standing, line.why)
    console.print(table)
    if changed is not None:
        told = ", ".join(f"{name} {amount:g}" for name, amount in people.items())
        console.print(
            f"\nWith {told}: gap {changed.gap[0]:,.0f} becomes {changed.gap[1]:,.0f} a year, "
            f"P(shortage) {changed.p_shortage[0]:.0%} becomes {changed.p_shortage[1]:.0%}, "
            f"P(surplus) {changed.p_surplus[0]:.0%} becomes {changed.p_surplus[1]:.0%}."
        )


def _line(line: Line) -> dict[str, Any]:
    ends = (
        [None] * 3 if line.people is None else [round(float(x), 3) for x in np.quantile(line.people, [0.1, 0.5, 0.9])]
    )
    return {
        "line": line.name,
        "title": line.title,
        "p10": ends[0],
        "p50": ends[1],
        "p90": ends[2],
        "in_the_matching": line.counted,
        "standing": line.standing,
        "why": line.why,
    }


def _what_if(people: Mapping[str, float], changed: WhatIf | None) -> dict[str, Any] | None:
    if changed is None:
        return None
    pairs = {"gap": changed.gap, "p_shortage": changed.p_shortage, "p_surplus": changed.p_surplus}
    return {"lines": dict(people)} | {name: {"now": a, "then": b} for name, (a, b) in pairs.items()}
