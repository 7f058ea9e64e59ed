"""Advice by thresholds: expand, launch, hold, watch, review or transfer, with every reason, gate and flip value.

Method section 9 without the portfolio. On embedded assumptions the strongest word against a program is "review".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from gapengine.assumptions import Assumptions
from gapengine.evidence import Evidence
from gapengine.figures import Assumed, Unknown
from gapengine.programs import Program


@dataclass(frozen=True)
class Flip:
    """A value at which the advice would change.

    Attributes:
        name: what would have to change.
        value: its value at the flip.
        now: its value in this run.
        to: the advice beyond it.
    """

    name: str
    value: float
    now: float
    to: str


@dataclass(frozen=True)
class Advice:
    """What to do about one program, and why.

    Attributes:
        evidence: the numbers.
        action: expand, launch, hold, watch, review or transfer.
        sections: sections to add; zero where nothing is added.
        cost: low, middle and high dollars a year of those sections; None where nothing is added.
        certainty: high, fair or low.
        taxonomies_agree: how many of three taxonomies lean the same way.
        reasons: each a sentence with its number.
        gates: rules that turned an expand or review into watch.
        flips: values at which the advice would change.
    """

    evidence: Evidence
    action: str
    sections: int
    cost: tuple[float, float, float] | None
    certainty: str
    taxonomies_agree: int
    reasons: tuple[str, ...]
    gates: tuple[str, ...]
    flips: tuple[Flip, ...]


def advise(found: Sequence[Evidence], assumptions: Assumptions) -> tuple[Advice, ...]:
    """Advise on every program, in the order given; a certificate is judged with the higher award it leads to."""
    by_id = {evidence.program.program_id: evidence for evidence in found}
    return tuple(decide(evidence, assumptions, _highest(evidence, by_id)) for evidence in found)


def _highest(evidence: Evidence, by_id: Mapping[str, Evidence]) -> Evidence | None:
    """The award at the end of the stack that a program's credits lead to; None where they lead to no other."""
    seen = {evidence.program.program_id}
    top = None
    while (above := evidence.program.stacks_into) is not None and above in by_id and above not in seen:
        seen.add(above)
        evidence = top = by_id[above]
    return top


def decide(evidence: Evidence, assumptions: Assumptions, higher: Evidence | None = None) -> Advice:
    """Advise on one program.

    Args:
        evidence: its balance.
        assumptions: threshold.*, living_wage, capacity.*.
        higher: evidence of the award that its credits lead to, if any.
    """
    if evidence.program.is_transfer:
        return _transfer(evidence)
    rule = Rule.of(assumptions)
    lean = rule.lean(evidence.p_shortage, evidence.p_surplus)
    agree = sum(rule.lean(*pair) == lean for pair in evidence.by_taxonomy.values())
    wanted = rule.wanted(evidence.p_shortage, evidence.p_surplus)
    gates = _gates(evidence, wanted, agree, assumptions, higher)
    action = "watch" if gates else wanted
    if action == "expand" and not evidence.running:
        action = "launch"
    sections = _sections(evidence, assumptions) if action in ("expand", "launch") else 0
    return Advice(
        evidence,
        action,
        sections,
        _cost(sections, evidence.program) if sections else None,
        _certainty(evidence, wanted, agree, rule, assumptions),
        agree,
        _reasons(evidence, action, agree),
        tuple(gates),
        _flips(evidence, wanted, rule, assumptions),
    )


@dataclass(frozen=True)
class Rule:
    """Probabilities at which the advice turns.

    Attributes:
        expand_at: P(shortage) from which a program is to grow.
        review_at: P(surplus) from which it is to be reviewed.
        likely: probability from which a side counts as leaning.
    """

    expand_at: float
    review_at: float
    likely: float

    @classmethod
    def of(cls, assumptions: Assumptions) -> Rule:
        """Read the thresholds."""
        names = ("p_shortage_expand", "p_surplus_review", "p_watch")
        return cls(*(assumptions.value(f"threshold.{name}") for name in names))

    def wanted(self, p_shortage: float, p_surplus: float) -> str:
        """The action before any gate: expand, review or hold."""
        if p_shortage >= self.expand_at and p_shortage > p_surplus:
            return "expand"
        if p_surplus >= self.review_at and p_surplus > p_shortage:
            return "review"
        return "hold"

    def lean(self, p_shortage: float, p_surplus: float) -> str:
        """Which way the draws lean: shortage, surplus or balanced."""
        if max(p_shortage, p_surplus) < self.likely:
            return "balanced"
        return "shortage" if p_shortage >= p_surplus else "surplus"


def _transfer(evidence: Evidence) -> Advice:
    reason = (
        "Prepares for transfer to a university: judged by transfer, not by openings, and never closed for lack of them."
    )
    return Advice(evidence, "transfer", 0, None, "high", 0, (reason,), (), ())


def _gates(evidence: Evidence, wanted: str, agree: int, assumptions: Assumptions, higher: Evidence | None) -> list[str]:
    """Rules that turn an expand or a review into watch; each names what would settle it."""
    if wanted == "hold":
        return []
    rule = Rule.of(assumptions)
    found = {
        "education taxonomies disagree": agree < assumptions.value("threshold.taxonomies_needed"),
        "occupations only inferred": evidence.n_edges > 0 and evidence.n_confident == 0,
        "no occupation known": evidence.n_edges == 0,
    }
    if wanted == "expand":
        found |= {
            "pay below a living wage": evidence.wage < assumptions.value("living_wage"),
            "non-credit completers not counted": evidence.uncounted,
            "completers not known": evidence.running and evidence.basis == "none" and not evidence.uncounted,
        }
    else:
        few = float(np.mean(evidence.graduates)) < assumptions.value("threshold.min_completers")
        found |= {
            "too few completers to judge": few,
            "leads to a higher award without a surplus": higher is not None
            and rule.lean(higher.p_shortage, higher.p_surplus) != "surplus",
        }
    return [name for name, holds in found.items() if holds]


def _sections(evidence: Evidence, assumptions: Assumptions) -> int:
    """Sections whose completers would be placed in nine draws of ten, capped by what a college can add at once."""
    safe = float(np.quantile(evidence.gap, 0.1))
    most = assumptions.whole("threshold.most_sections")
    return int(np.clip(safe // max(evidence.cohort, 1e-9), 1, most))


def _cost(sections: int, program: Program) -> tuple[float, float, float] | None:
    figure = program.cost_per_section_usd
    if isinstance(figure, Unknown):
        return None
    low, high = (figure.low, figure.high) if isinstance(figure, Assumed) else (figure.value, figure.value)
    return sections * low, sections * figure.value, sections * high


def _flips(evidence: Evidence, wanted: str, rule: Rule, assumptions: Assumptions) -> tuple[Flip, ...]:
    """Where the advice changes as demand moves against supply: by entrant share, and by staying and working in field.

    The balance is homogeneous: demand times f against supply is the same as demand against supply over f.
    """
    scales = sorted(evidence.by_scale)
    entrant = assumptions["entrant_share.open"]
    now = {scale: rule.wanted(*evidence.by_scale[scale]) for scale in scales}
    below = max((scale for scale in scales if scale < 1 and now[scale] != wanted), default=None)
    above = min((scale for scale in scales if scale > 1 and now[scale] != wanted), default=None)
    kept = float(evidence.supply.sum() / max(evidence.graduates.sum(), 1e-9))
    flips = []
    for found in (scale for scale in (below, above) if scale is not None):
        edge = _crossing(evidence, found, scales, rule)
        flips.append(
            Flip("share of reachable openings that new graduates fill", entrant.value * edge, entrant.value, now[found])
        )
        if 0 < kept / edge <= 1:
            flips.append(Flip("share of graduates who stay and work in the field", kept / edge, kept, now[found]))
    return tuple(flips)


def _crossing(evidence: Evidence, found: float, scales: list[float], rule: Rule) -> float:
    """Demand scale at which the deciding probability crosses its threshold, on a log line between grid points."""
    inner = scales[scales.index(found) + (1 if found < 1 else -1)]
    for side, threshold in enumerate((rule.expand_at, rule.review_at)):
        start, end = evidence.by_scale[inner][side], evidence.by_scale[found][side]
        if (start - threshold) * (end - threshold) <= 0 and start != end:
            part = (threshold - start) / (end - start)
            return float(np.exp(np.log(inner) + part * (np.log(found) - np.log(inner))))
    return found


def _certainty(evidence: Evidence, wanted: str, agree: int, rule: Rule, assumptions: Assumptions) -> str:
    """How far the advice can be relied on.

    High: nearly every draw agrees, and the advice is the same at both ends of the entrant share and under all
    taxonomies. Fair: the same at one end and under two taxonomies. Low otherwise.
    """
    entrant = assumptions["entrant_share.open"]
    ends = [
        rule.wanted(*evidence.by_scale[scale]) == wanted
        for scale in {entrant.low / entrant.value, entrant.high / entrant.value} & set(evidence.by_scale)
    ]
    likely = max(evidence.p_shortage, evidence.p_surplus)
    clear = wanted == "hold" or likely >= assumptions.value("threshold.p_high_certainty")
    if clear and all(ends) and agree == len(evidence.by_taxonomy) and evidence.basis == "completions":
        return "high"
    return "fair" if any(ends) and agree >= assumptions.value("threshold.taxonomies_needed") else "low"


def _reasons(evidence: Evidence, action: str, agree: int) -> tuple[str, ...]:
    def middle(draws: np.ndarray) -> str:
        low, mid, high = np.quantile(draws, [0.1, 0.5, 0.9])
        return f"{mid:,.0f} a year ({low:,.0f} to {high:,.0f} in 80 of 100 draws)"

    reasons = []
    if evidence.n_edges == 0:
        reasons.append("No occupation is known that this award level leads to: openings are unknown, not zero.")
    else:
        reasons.append(f"Openings that its graduates can take and new entrants fill: {middle(evidence.addressable)}.")
        reasons.append(f"Graduates who stay and work in the field: {middle(evidence.supply)}.")
        reasons.append(
            f"Further graduates who would still be placed: {middle(evidence.gap)}; a gap of at least one section "
            f"({evidence.cohort:.0f} placed graduates) in {evidence.p_shortage:.0%} of draws."
        )
        if evidence.supply.sum() > 0:
            reasons.append(
                f"More than a fifth of its own graduates without an opening in {evidence.p_surplus:.0%} of draws."
            )
        reasons.append(f"{agree} of {len(evidence.by_taxonomy)} education taxonomies lean the same way.")
        if not np.isnan(evidence.wage):
            reasons.append(f"Median pay of those openings: about ${round(evidence.wage, -3):,.0f} a year.")
    if evidence.basis == "range":
        reasons.append("Its completers are not published: a stated range was used.")
    if action == "launch":
        reasons.append("It has no completers yet: judged by the openings its first cohorts would meet.")
    return tuple(reasons)
