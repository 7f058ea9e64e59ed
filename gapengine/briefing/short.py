"""What is advised and why, in few words: for the table of all programs and the head of a program's page."""

from __future__ import annotations

from gapengine.assumptions import Assumptions
from gapengine.briefing.words import plural
from gapengine.decisions import Advice, Rule

_MOST_GATES = 2


def advised(advice: Advice) -> str:
    """The advice with its size, as in "Add 2 sections of 16"."""
    if advice.action in ("expand", "launch"):
        seats = advice.evidence.program.seats_per_section.value
        size = f"{advice.sections} {plural(advice.sections, 'section', 'sections')}"
        size += f" of {seats:.0f}" if seats is not None else ""
        if advice.action == "expand":
            return f"Add {size}"
        return f"Go ahead with {size}" if announced(advice) else f"Start with {size}"
    return {
        "hold": "Keep as it is",
        "watch": "Wait for evidence",
        "review": "Review before the next intake",
        "close": "Teach out and close",
    }[advice.action]


def announced(advice: Advice) -> int | None:
    """Year in which the college announced a program that has no completers yet; None for any other."""
    return advice.evidence.program.announced_year if advice.action == "launch" else None


def because(advice: Advice, assumptions: Assumptions) -> str:
    """Why this and nothing else, in few words."""
    evidence = advice.evidence
    if advice.gates:
        return "; ".join(advice.gates[:_MOST_GATES])
    if advice.action == "launch":
        year = announced(advice)
        return f"announced in {year}" if year else "nothing runs yet"
    if advice.action == "expand":
        limited = advice.growth.limited and not advice.growth.permanent
        return "a few cohorts only" if limited else ""
    if advice.action == "hold" and evidence.n_edges:
        rule = Rule.of(assumptions)
        lean = rule.lean(evidence.p_shortage, evidence.p_surplus)
        sides = {"shortage": ("short", rule.expand_at), "surplus": ("over", rule.review_at)}
        return "likely {}, under {:.0%}".format(*sides[lean]) if lean in sides else "balanced"
    return ""
