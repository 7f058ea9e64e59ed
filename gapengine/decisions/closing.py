"""The gates of closing, method section 9: every one must pass, and what is not known does not pass."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gapengine.assumptions import Assumptions
from gapengine.college import College
from gapengine.decisions.alternatives import alternatives
from gapengine.decisions.dossier import Alternative, Dossier, EquityRow, TeachOut, Verdict
from gapengine.decisions.equity import equity_rows
from gapengine.decisions.past import Said, quarters_between
from gapengine.decisions.rule import Rule
from gapengine.decisions.teach_out import dollars, shared_share, teach_out
from gapengine.evidence import Evidence, surplus
from gapengine.figures import Known

OWN_FIGURES = {
    "sections": "sections",
    "seats_per_section": "seats in a section",
    "fill_rate": "share of seats taken",
    "completion_rate": "share of entrants who complete",
    "cost_per_section_usd": "cost of a section",
    "teach_out_terms": "terms until the last student is through",
    "teach_out_cost_usd": "one-time cost of closing",
}


def dossier(evidence: Evidence, college: College, assumptions: Assumptions, now: Said, past: Sequence[Said]) -> Dossier:
    """Try every gate of closing for a program with a surplus.

    Args:
        evidence: its balance.
        college: what its folder states of seats, costs, shared courses, groups of students and alternatives.
        assumptions: threshold.*, closing.*.
        now: this edition's finding.
        past: earlier editions' findings, oldest first.
    """
    plan = teach_out(evidence, college, assumptions, now.edition)
    groups = equity_rows(college, evidence.program.program_id)
    tried = alternatives(evidence, college, assumptions)
    verdicts = (
        _sustained(now, past, assumptions),
        _taxonomies(evidence, assumptions),
        _claims(evidence, assumptions),
        _value(plan, assumptions),
        _shared(evidence, college),
        _tried(tried),
        _equity(groups),
        _own(evidence),
    )
    shared = {row.with_program for row in college.capacity.shared if row.program_id == evidence.program.program_id}
    return Dossier(verdicts, plan, groups, tried, tuple(sorted(shared)))


def _sustained(now: Said, past: Sequence[Said], assumptions: Assumptions) -> Verdict:
    rule = Rule.of(assumptions)
    row = [now]
    for said in reversed(past):
        gone = rule.wanted(said.p_shortage, said.p_surplus) != "review"
        if gone or quarters_between(said.edition, row[0].edition) != 1:
            break
        row.insert(0, said)
    vintages = sorted({said.completions_year for said in row})
    editions, least = assumptions.whole("threshold.editions_to_close"), assumptions.whole("threshold.vintages_to_close")
    passed = len(row) >= editions and len(vintages) >= least
    known = ", ".join(map(str, vintages))
    finding = f"A surplus in {len(row)} editions in a row ({row[0].edition} to {now.edition}); completions of {known}."
    missing = "" if passed else f"{editions} editions in a row that span {least} vintages of completions."
    return Verdict("surplus in consecutive editions and vintages", passed, finding, missing)


def _taxonomies(evidence: Evidence, assumptions: Assumptions) -> Verdict:
    rule, needed = Rule.of(assumptions), assumptions.whole("threshold.taxonomies_needed")
    shown = {name.replace("_", " "): pair for name, pair in evidence.by_taxonomy.items()}
    agree = [name for name, pair in shown.items() if rule.wanted(*pair) == "review"]
    finding = f"A surplus under {len(agree)} of {len(shown)}: " + ", ".join(
        f"{name} {pair[1]:.0%} of draws" for name, pair in shown.items()
    )
    missing = f"a surplus under {needed} education taxonomies."
    return Verdict("education taxonomies", len(agree) >= needed, f"{finding}.", "" if len(agree) >= needed else missing)


def _claims(evidence: Evidence, assumptions: Assumptions) -> Verdict:
    at = assumptions.value("threshold.p_surplus_review")
    least, greatest = (
        surplus(evidence.supply, claim, evidence.tolerated) for claim in (evidence.least, evidence.greatest)
    )
    finding = (
        f"A surplus in {least:.0%} of draws if everybody else is placed first, in {greatest:.0%} if its own graduates "
        f"are placed first."
    )
    passed = min(least, greatest) >= at
    missing = f"a surplus in {at:.0%} of draws even when its own graduates have the first claim."
    return Verdict("least and greatest claim", passed, finding, "" if passed else missing)


def _value(plan: TeachOut | None, assumptions: Assumptions) -> Verdict:
    name = "value through teach-out"
    if plan is None:
        return Verdict(name, False, "Not known: sections or costs are missing.", "sections, and the cost of a section.")
    at = assumptions.value("threshold.p_surplus_review")
    low, middle, high = plan.value_of_going_on_usd
    finding = (
        f"Going on is worth {dollars(middle)} more than teaching out over {len(plan.years)} years ({dollars(low)} to "
        f"{dollars(high)}), negative in {plan.p_negative:.0%} of draws; teaching out costs {dollars(plan.cost_usd)}."
    )
    passed = plan.p_negative >= at
    return Verdict(name, passed, finding, "" if passed else f"a negative value in {at:.0%} of draws.")


def _shared(evidence: Evidence, college: College) -> Verdict:
    own = evidence.program.program_id
    rows = [row for row in college.capacity.shared if row.program_id == own]
    unknown = sorted(row.with_program for row in rows if row.share is None)
    name = "shared courses and teachers"
    if not rows:
        return Verdict(name, False, "Not stated.", "lines of shared.csv (a share of 0 says that it shares nothing).")
    if unknown:
        return Verdict(name, False, f"Shares with {', '.join(unknown)}, how much is not stated.", "the shares.")
    with_others = ", ".join(f"{row.with_program} {row.share:.0%}" for row in rows)
    going_on = shared_share(college, own)
    return Verdict(name, True, f"Checked: {with_others}; {going_on:.0%} of its sections would go on for them.")


def _tried(found: Sequence[Alternative]) -> Verdict:
    cures = [item.what for item in found if item.cures]
    by_college = [item.what for item in found if item.tried_by == "the college" and not item.cures]
    if cures:
        return Verdict(
            "alternatives", False, f"Something else would do: {'; '.join(cures)}.", "that it is tried first."
        )
    if not by_college:
        return Verdict("alternatives", False, "The college has stated none.", "a line of alternatives.csv.")
    return Verdict("alternatives", True, f"Tried without success: {'; '.join(by_college)}. Nothing computed cures it.")


def _equity(groups: Sequence[EquityRow]) -> Verdict:
    if not groups:
        return Verdict("equity table", False, "Students by group are not stated.", "lines of equity.csv.")
    above = [
        f"{row.group} ({row.share_of_program:.0%} against {row.share_of_college:.0%})"
        for row in groups
        if row.share_of_program is not None
        and row.share_of_college is not None
        and row.share_of_program > row.share_of_college
    ]
    who = f"Above their share in the stated programs: {', '.join(above)}." if above else "No group is above its share."
    return Verdict("equity table", True, f"Shown for {len(groups)} groups. {who}")


def _own(evidence: Evidence) -> Verdict:
    missing = [title for field, title in OWN_FIGURES.items() if not isinstance(getattr(evidence.program, field), Known)]
    counted = evidence.basis in ("completions", "stated") and float(np.mean(evidence.graduates)) > 0
    if not counted:
        missing.append("completers")
    finding = "All of them are the college's." if not missing else f"Assumed or unknown: {', '.join(missing)}."
    return Verdict("the college's own seats and costs", not missing, finding, ", ".join(missing))
