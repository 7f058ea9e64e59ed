"""What to do about each program, and why: expand, launch, hold, watch, review, close or transfer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gapengine.assumptions import Assumptions
from gapengine.college import College
from gapengine.decisions.closing import dossier
from gapengine.decisions.dossier import Dossier
from gapengine.decisions.flips import Flip, flips
from gapengine.decisions.gates import gates
from gapengine.decisions.past import Said
from gapengine.decisions.reasons import reasons
from gapengine.decisions.rule import Rule
from gapengine.decisions.sections import NONE, Growth, growth
from gapengine.decisions.settle import Settles, settles
from gapengine.decisions.steady import steady
from gapengine.decisions.teach_out import yearly
from gapengine.evidence import Evidence


@dataclass(frozen=True)
class Advice:
    """What to do about one program, and why.

    Attributes:
        evidence: the numbers.
        action: expand, launch, hold, watch, review, close or transfer.
        sections: sections to add; zero where nothing is added.
        cost: low, middle and high dollars a year of those sections; None where nothing is added.
        certainty: high, fair or low.
        taxonomies_agree: how many of three taxonomies lean the same way.
        reasons: each a sentence with its number.
        gates: rules that turned an advice into watch.
        flips: values at which the advice would change.
        signal: what this edition's figures alone point to: expand, review, hold, watch or transfer.
        growth: how large an expansion, by when, at what cost.
        settles: the numbers that would settle it, best first.
        dossier: gates of closing with their verdicts, where the figures show a surplus; else None.
        change: what the last edition said and why the advice changed or did not; empty in a first edition.
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
    signal: str = ""
    growth: Growth = NONE
    settles: tuple[Settles, ...] = ()
    dossier: Dossier | None = None
    change: str = ""


@dataclass(frozen=True)
class Context:
    """What an advice rests on beside the evidence.

    Attributes:
        college: seats, costs, shared courses, groups of students; None where only the evidence is judged.
        edition: year and quarter, as in 2026Q4; empty where only the evidence is judged.
        completions_year: newest year of completions.
        vintages: newest period of each kind of figure, and the snapshot's hash.
        past: program_id -> what earlier editions said, oldest first.
    """

    college: College | None = None
    edition: str = ""
    completions_year: int = 0
    vintages: tuple[tuple[str, str], ...] = ()
    past: Mapping[str, tuple[Said, ...]] = field(default_factory=dict)


ALONE = Context()


def advise(found: Sequence[Evidence], assumptions: Assumptions, context: Context = ALONE) -> tuple[Advice, ...]:
    """Advise on every program, in the order given; a certificate is judged with the higher award it leads to."""
    by_id = {evidence.program.program_id: evidence for evidence in found}
    return tuple(decide(evidence, assumptions, _highest(evidence, by_id), context) for evidence in found)


def _highest(evidence: Evidence, by_id: Mapping[str, Evidence]) -> Evidence | None:
    """The award at the end of the stack that a program's credits lead to; None where they lead to no other."""
    seen = {evidence.program.program_id}
    top = None
    while (above := evidence.program.stacks_into) is not None and above in by_id and above not in seen:
        seen.add(above)
        evidence = top = by_id[above]
    return top


def decide(
    evidence: Evidence, assumptions: Assumptions, higher: Evidence | None = None, context: Context = ALONE
) -> Advice:
    """Advise on one program.

    Args:
        evidence: its balance.
        assumptions: threshold.*, living_wage, closing.*.
        higher: evidence of the award that its credits lead to, if any.
        context: the college's folder and what earlier editions said.
    """
    if evidence.program.is_transfer:
        return _transfer(evidence)
    rule = Rule.of(assumptions)
    wanted = rule.wanted(evidence.p_shortage, evidence.p_surplus)
    lean = rule.lean(evidence.p_shortage, evidence.p_surplus)
    agree = sum(rule.lean(*pair) == lean for pair in evidence.by_taxonomy.values())
    held = gates(evidence, wanted, agree, assumptions, higher)
    signal = "watch" if held else wanted
    now = _now(evidence, signal, context)
    past = context.past.get(evidence.program.program_id, ())
    turn = steady(signal, now, past, assumptions.whole("threshold.editions_to_flip"))
    turns = flips(evidence, wanted, rule, assumptions)
    case = None
    if wanted == "review" and context.college is not None:
        case = dossier(evidence, context.college, assumptions, now, past)
    action = _word(turn.action, evidence, case)
    plan = NONE
    if action in ("expand", "launch"):
        plan = growth(evidence, assumptions, action == "launch", context.edition)
    return Advice(
        evidence=evidence,
        action=action,
        sections=plan.sections,
        cost=plan.cost,
        certainty=_certainty(evidence, wanted, agree, turns, rule, assumptions),
        taxonomies_agree=agree,
        reasons=reasons(evidence, action, agree, plan),
        gates=(*(held if action == "watch" else ()), *((turn.gate,) if turn.gate else ())),
        flips=turns,
        signal=signal,
        growth=plan,
        settles=_settles(evidence, assumptions, context, case),
        dossier=case,
        change=turn.reason,
    )


def _word(action: str, evidence: Evidence, case: Dossier | None) -> str:
    """Launch where nothing runs yet; close only where every gate passed and nothing held the advice back."""
    if action == "expand" and not evidence.running:
        return "launch"
    if action == "review" and case is not None and case.complete:
        return "close"
    return action


def _settles(
    evidence: Evidence, assumptions: Assumptions, context: Context, case: Dossier | None
) -> tuple[Settles, ...]:
    if case is None or case.teach_out is None or context.college is None:
        return settles(evidence, assumptions)
    flow = yearly(evidence, context.college, assumptions)
    return settles(evidence, assumptions, case.teach_out, None if flow is None else flow.cost)


def _now(evidence: Evidence, signal: str, context: Context) -> Said:
    return Said(
        context.edition,
        signal,
        signal,
        evidence.p_shortage,
        evidence.p_surplus,
        context.completions_year,
        context.vintages,
    )


def _transfer(evidence: Evidence) -> Advice:
    reason = (
        "Prepares for transfer to a university: judged by transfer, not by openings, and never closed for lack of them."
    )
    return Advice(evidence, "transfer", 0, None, "high", 0, (reason,), (), (), signal="transfer")


def _certainty(
    evidence: Evidence, wanted: str, agree: int, turns: Sequence[Flip], rule: Rule, assumptions: Assumptions
) -> str:
    """How far the advice can be relied on.

    High: nearly every draw agrees (to hold: neither a shortage nor a surplus is likelier than not), and the advice is
    the same at both ends of the entrant share and under all taxonomies. Fair: the same at one end and under two
    taxonomies. Low otherwise, where the openings are unknown, and on the edge: where a value within ``threshold.edge``
    of the one used would change the advice.
    """
    edge = 1.0 + assumptions.value("threshold.edge")
    if not evidence.n_edges or any(1 / edge < turn.value / turn.now < edge for turn in turns):
        return "low"
    entrant = assumptions["entrant_share.open"]
    ends = [
        rule.wanted(*evidence.by_scale[scale]) == wanted
        for scale in {entrant.low / entrant.value, entrant.high / entrant.value} & set(evidence.by_scale)
    ]
    likely = max(evidence.p_shortage, evidence.p_surplus)
    clear = likely < rule.likely if wanted == "hold" else likely >= assumptions.value("threshold.p_high_certainty")
    if clear and all(ends) and agree == len(evidence.by_taxonomy) and evidence.basis in ("completions", "stated"):
        return "high"
    return "fair" if any(ends) and agree >= assumptions.value("threshold.taxonomies_needed") else "low"
