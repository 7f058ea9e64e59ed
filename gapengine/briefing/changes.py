"""What changed since the last edition, and why: advice, newer figures, new announcements, other assumptions."""

from __future__ import annotations

from typing import Any

import numpy as np

from gapengine.briefing.words import joined, named
from gapengine.ledger import Edition
from gapengine.rows import records
from gapengine.run import Run
from reports.background import Paragraph
from reports.charts.slope import Slope, SlopeLine
from reports.quantities import ActionKind

_MOST_LINES = 9
_MOST_NAMED = 6


def slope(run: Run) -> Slope | None:
    """The programs whose shortage moved most, or whose advice turned; None in a first edition."""
    if not run.past.editions:
        return None
    last = run.past.editions[-1]
    before = {row["program"]: row for row in last.document["programs"]}
    moved = []
    for advice in run.advice:
        program = advice.evidence.program
        row = before.get(program.program_id)
        if row is None or program.is_transfer:
            continue
        now, then = float(np.median(advice.evidence.gap)), float(row["gap"][1])
        turned = row["action"] != advice.action
        if turned or abs(now - then) >= 0.5:
            action: ActionKind = advice.action  # type: ignore[assignment]
            moved.append(
                (turned, abs(now - then), SlopeLine(named(program.title, program.award_level), then, now, action))
            )
    moved.sort(key=lambda item: (not item[0], -item[1], item[2].label))
    return Slope(_shown(last.edition), _shown(run.edition), tuple(line for _, _, line in moved[:_MOST_LINES]))


def paragraphs(run: Run) -> tuple[Paragraph, ...]:
    """What changed, one paragraph a kind; empty in a first edition."""
    if not run.past.editions:
        return ()
    last = run.past.editions[-1]
    found = [_advice(run, last), _figures(run, last), _arrivals(run, last), _assumptions(run, last)]
    return tuple(Paragraph(title, text) for title, text in found)


def _advice(run: Run, last: Edition) -> tuple[str, str]:
    before = {row["program"]: row["action"] for row in last.document["programs"]}
    turned = [
        f"{named(a.evidence.program.title, a.evidence.program.award_level)}: {a.change}"
        for a in run.advice
        if before.get(a.evidence.program.program_id, a.action) != a.action
    ]
    if not turned:
        return "Advice", f"Every program keeps the advice of {_shown(last.edition)}."
    more = f" {len(turned) - _MOST_NAMED} more changed." if len(turned) > _MOST_NAMED else ""
    return "Advice", " ".join(turned[:_MOST_NAMED]) + more


def _figures(run: Run, last: Edition) -> tuple[str, str]:
    then = {str(pair[0]): str(pair[1]) for pair in last.document["vintages"]}
    newer = [
        f"{name.replace('_', ' ')} (to {value})"
        for name, value in run.context.vintages
        if name != "snapshot" and then.get(name) != value
    ]
    if newer:
        return "Figures", f"Newer: {joined(newer)}."
    if then.get("snapshot") != dict(run.context.vintages).get("snapshot"):
        return "Figures", "The same periods, revised: advice that turns on a revision alone is held at watch."
    return "Figures", "The same figures as in the last edition."


def _arrivals(run: Run, last: Edition) -> tuple[str, str]:
    table = run.coming.register.table()
    since = str(last.document["as_of"])
    new = table[(table["announced_date"] > since) | (table["stage_date"].fillna("") > since)]
    places = run.college.county_names
    named_ = [f"{row['company']} ({row['stage']})" for row in records(new) if row["county_fips"] in places]
    if not named_:
        return "Announcements", "None is new or has changed its stage."
    return "Announcements", f"New or moved on: {joined(named_[:_MOST_NAMED])}."


def _assumptions(run: Run, last: Edition) -> tuple[str, str]:
    then: dict[str, Any] = last.document["assumptions"]
    changed = [
        f"{name} from {then[name]:g} to {item.value:g}"
        for name, item in run.assumptions.items()
        if name in then and then[name] != item.value
    ]
    new = [name for name in run.assumptions.by_name if name not in then]
    parts = [f"Changed: {joined(changed[:_MOST_NAMED])}." if changed else "No assumption changed."]
    if new:
        parts.append(f"New: {len(new)}.")
    return "Assumptions", " ".join(parts)


def _shown(edition: str) -> str:
    return edition.replace("Q", " Q")
