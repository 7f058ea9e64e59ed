"""What the terminal shows of an advice beyond its reasons: growth, what would settle it, the dossier of closing."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Console

from gapengine.decisions import Advice
from gapengine.decisions.dossier import Dossier, TeachOut
from gapengine.decisions.sections import Growth


def more(shown: Console, advice: Advice, titles: Mapping[str, str]) -> None:
    """Print what there is of: the change since the last edition, growth, settles, dossier."""
    if advice.change:
        shown.print("\nSince the last edition")
        shown.print(f"- {advice.change}")
    if advice.sections:
        _growth(shown, advice.growth, titles)
    if advice.settles:
        shown.print("\nWhat would settle it, most valuable first")
        for item in advice.settles:
            often = (
                f"would change the advice in {item.changes:.0%} of cases" if item.changes >= 0 else "no range is known"
            )
            shown.print(f"- {item.name} ({often}): {item.finding}")
    if advice.dossier is not None:
        _dossier(shown, advice.dossier)


def _growth(shown: Console, plan: Growth, titles: Mapping[str, str]) -> None:
    shown.print("\nHow much, by when, at what cost")
    kinds = f"{plan.permanent} for good, {plan.limited} for a few cohorts"
    when = f"; first completers {plan.first_completers}" if plan.first_completers else ""
    shown.print(f"- {plan.sections} sections: {kinds}{when}")
    for name, cost in (("a year", plan.cost), ("once", plan.once)):
        if cost is not None:
            shown.print(f"- ${cost[1]:,.0f} {name} (${cost[0]:,.0f} to ${cost[2]:,.0f})")
    for code, people in plan.placed:
        shown.print(f"- {people:.1f} a year would work as {titles[code].lower()}")


def _dossier(shown: Console, found: Dossier) -> None:
    shown.print("\nGates of closing" + (": all passed" if found.complete else ""))
    for item in found.verdicts:
        shown.print(f"- {'passed' if item.passed else 'OPEN  '} {item.gate}: {item.finding}")
        if item.missing:
            shown.print(f"         needed: {item.missing}")
    if found.teach_out is not None:
        _teach_out(shown, found.teach_out)
    if found.equity:
        shown.print("\nStudents by group")
    for row in found.equity:
        count = "too few to print" if row.students is None else f"{row.students} students"
        share = "" if row.share_of_program is None else f", {row.share_of_program:.0%} of the program"
        against = "" if row.share_of_college is None else f" ({row.share_of_college:.0%} of all stated programs)"
        shown.print(f"- {row.group}: {count}{share}{against}")
    shown.print("\nAlternatives")
    for other in found.alternatives:
        shown.print(f"- {other.what} ({other.tried_by}): {other.outcome}{' It would do.' if other.cures else ''}")


def _teach_out(shown: Console, plan: TeachOut) -> None:
    shown.print(f"\nTeach-out: last intake {plan.last_intake}, last students finish {plan.ends}")
    for year in plan.years:
        shown.print(
            f"- year {year.year}: {year.sections} sections, {year.graduates:.0f} graduates, ${year.cost_usd:,.0f} "
            f"(going on: ${year.kept_cost_usd:,.0f})"
        )
    shown.print(f"- {plan.basis}")
