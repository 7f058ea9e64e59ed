"""The sentences behind an advice, each with its number."""

from __future__ import annotations

import numpy as np

from gapengine.decisions.sections import Growth
from gapengine.evidence import Evidence


def reasons(evidence: Evidence, action: str, agree: int, plan: Growth) -> tuple[str, ...]:
    """Openings, graduates, gap, surplus, taxonomies, pay, then what is particular to the action."""
    out = [*_balance(evidence, agree)]
    if evidence.basis == "range":
        out.append("Its completers are not published: a stated range was used.")
    if action == "launch":
        out.append("It has no completers yet: judged by the openings its first cohorts would meet.")
    if plan.sections and plan.first_completers:
        out.append(
            f"Decided in {plan.decide_by}, the first of the added students finish in {plan.first_completers}; "
            f"{_kinds(plan)}."
        )
    return tuple(out)


def _balance(evidence: Evidence, agree: int) -> list[str]:
    if evidence.n_edges == 0:
        return ["No occupation is known that this award level leads to: openings are unknown, not zero."]
    out = [
        f"Openings that its graduates can take and new entrants fill: {_middle(evidence.addressable)}.",
        f"Graduates who stay and work in the field: {_middle(evidence.supply)}.",
        f"Further graduates who would still be placed: {_middle(evidence.gap)}; a gap of at least one section "
        f"({evidence.cohort:.0f} placed graduates) in {evidence.p_shortage:.0%} of draws.",
    ]
    if evidence.supply.sum() > 0:
        out.append(f"More than a fifth of its own graduates without an opening in {evidence.p_surplus:.0%} of draws.")
    out.append(f"{agree} of {len(evidence.by_taxonomy)} education taxonomies lean the same way.")
    if not np.isnan(evidence.wage):
        pay = f"Median pay of those openings: about ${round(evidence.wage, -3):,.0f} a year"
        entry = "" if np.isnan(evidence.entry_wage) else f", at entry about ${round(evidence.entry_wage, -3):,.0f}"
        out.append(f"{pay}{entry}.")
    return out


def _middle(draws: np.ndarray) -> str:
    low, mid, high = np.quantile(draws, [0.1, 0.5, 0.9])
    return f"{mid:,.0f} a year ({low:,.0f} to {high:,.0f} in 80 of 100 draws)"


def _kinds(plan: Growth) -> str:
    if not plan.limited:
        return "openings that recur every year justify it for good"
    if not plan.permanent:
        return "only growth and announced jobs justify it: for a few cohorts, then looked at again"
    return f"{plan.permanent} for good, {plan.limited} for a few cohorts (growth and announced jobs)"
