"""The sentences behind an advice, each with its number."""

from __future__ import annotations

import numpy as np

from gapengine.decisions.sections import Growth
from gapengine.evidence import Evidence


def reasons(evidence: Evidence, action: str, agree: int, plan: Growth) -> tuple[str, ...]:
    """Openings, graduates, gap, surplus, taxonomies, pay, then what is particular to the action."""
    if evidence.n_edges == 0:
        return (_NO_OCCUPATION, *_particular(evidence, action, plan))
    few = evidence.few
    surplus = [_surplus(evidence)] if evidence.supply.sum() > 0 else []
    return (
        f"Openings that its graduates can take and new entrants fill: {_middle(evidence.addressable)}.",
        f"Graduates who stay and work in the field: "
        f"{'withheld, for the college counts fewer than ten people' if few else _middle(evidence.supply)}.",
        _shortage(evidence),
        *surplus,
        f"{agree} of {len(evidence.by_taxonomy)} education taxonomies lean the same way.",
        *_pay(evidence),
        *_particular(evidence, action, plan),
    )


def deciding(evidence: Evidence, action: str, plan: Growth) -> tuple[str, ...]:
    """The reasons without what stands in any table of the program's numbers: the balance that decides first."""
    if evidence.n_edges == 0:
        return (_NO_OCCUPATION, *_particular(evidence, action, plan))
    over = evidence.p_surplus > evidence.p_shortage and evidence.supply.sum() > 0
    balance = _surplus(evidence) if over else _shortage(evidence)
    return (balance, *_particular(evidence, action, plan), *_pay(evidence))


def draws(share: float) -> str:
    """How many of the draws: "81% of draws", "no draw"; what draws cannot rule out is never 0% or 100%."""
    if share in (0, 1):
        return "every draw" if share else "no draw"
    if share < 0.01:
        return "less than 1% of draws"
    return "more than 99% of draws" if share > 0.99 else f"{share:.0%} of draws"


_NO_OCCUPATION = "No occupation is known that this award level leads to: openings are unknown, not zero."


def _shortage(evidence: Evidence) -> str:
    return (
        f"Further graduates who would still be placed: {_middle(evidence.gap)}; a whole section "
        f"({evidence.cohort:.0f} placed) in {draws(evidence.p_shortage)}."
    )


def _surplus(evidence: Evidence) -> str:
    return f"More than a fifth of its own graduates without an opening in {draws(evidence.p_surplus)}."


def _pay(evidence: Evidence) -> list[str]:
    if np.isnan(evidence.wage):
        return []
    pay = f"Median pay of those openings: about ${round(evidence.wage, -3):,.0f} a year"
    entry = "" if np.isnan(evidence.entry_wage) else f", at entry about ${round(evidence.entry_wage, -3):,.0f}"
    return [f"{pay}{entry}."]


def _particular(evidence: Evidence, action: str, plan: Growth) -> list[str]:
    """How its completers are known, what a launch rests on, by when a growth bears fruit and for how long."""
    out = []
    if action == "launch":
        year = evidence.program.announced_year
        known = "It has no completers yet" if year is None else f"Announced in {year}, it has no completers yet"
        out.append(f"{known}: judged by the openings its first cohorts would meet.")
    if plan.sections and plan.first_completers:
        out.append(f"Decided in {plan.decide_by}, the first finish in {plan.first_completers}; {_kinds(plan)}.")
    if evidence.basis == "range":
        out.append("Its completers are not published: a stated range was used.")
    return out


def _middle(people: np.ndarray) -> str:
    low, mid, high = np.quantile(people, [0.1, 0.5, 0.9])
    return f"{mid:,.0f} a year ({low:,.0f} to {high:,.0f} in 80% of draws)"


def _kinds(plan: Growth) -> str:
    if not plan.limited:
        return "openings that recur every year justify it for good"
    if not plan.permanent:
        return "only growth and announced jobs justify it: for a few cohorts, then looked at again"
    return f"{plan.permanent} for good, {plan.limited} for a few cohorts (growth and announced jobs)"
