"""Advice by thresholds: expand, launch, hold, watch, review or transfer, with every reason, gate and flip value.

Method section 9 without the portfolio. On embedded assumptions the strongest word against a program is "review".
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gapengine.assumptions import Assumptions
from gapengine.programs import Program
from gapengine.figures import Assumed, Unknown
from gapengine.matching import Balance


@dataclass(frozen=True)
class Evidence:
    """What is known about one program's balance, (K,) draws where not said otherwise.

    Attributes:
        program: the program.
        market: shed, region or state.
        openings: all openings a year of its occupations.
        addressable: those that entrants with its award level fill.
        graduates: completers a year.
        supply: (K,) those of them who stay and work in field.
        gap: further completers who would still be placed.
        placed: (D,) placed in the fair matching, in the first D draws.
        least: openings that nobody else would fill.
        greatest: most it could place.
        cohort: completers of one section who stay and work in field.
        by_taxonomy: taxonomy -> (p_shortage, p_surplus).
        by_scale: demand relative to supply -> (p_shortage, p_surplus), to find where the advice flips.
        basis: where the graduates come from: completions, range or none.
        n_edges: occupations fed.
        n_confident: of these, official or confirmed by the college.
    """

    program: Program
    market: str
    openings: np.ndarray
    addressable: np.ndarray
    graduates: np.ndarray
    supply: np.ndarray
    gap: np.ndarray
    placed: np.ndarray
    least: np.ndarray
    greatest: np.ndarray
    cohort: float
    by_taxonomy: dict[str, tuple[float, float]]
    by_scale: dict[float, tuple[float, float]]
    basis: str
    n_edges: int
    n_confident: int

    @property
    def p_shortage(self) -> float:
        """Share of draws with a gap of at least one cohort."""
        return shortage(self.gap, self.cohort)

    @property
    def p_surplus(self) -> float:
        """Share of draws in which too many of its own completers stay unplaced."""
        return surplus(self.supply[: len(self.placed)], self.placed)

    @property
    def share_unplaced(self) -> float:
        """Mean share of its own completers who stay unplaced."""
        looking = float(self.supply[: len(self.placed)].sum())
        return 1 - float(self.placed.sum()) / looking if looking > 0 else 0.0

    @property
    def unplaced(self) -> np.ndarray:
        """(D,) completers who find no opening, in the draws that were shared fairly."""
        return np.asarray(np.maximum(self.supply[: len(self.placed)] - self.placed, 0.0))


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


def shortage(gap: np.ndarray, cohort: float) -> float:
    """Share of draws in which at least one more cohort would be placed."""
    return float(np.mean(gap >= cohort))


def surplus(supply: np.ndarray, placed: np.ndarray, tolerated: float = 0.2) -> float:
    """Share of draws in which more than `tolerated` of the program's own completers stay unplaced."""
    return float(np.mean((supply - placed > tolerated * supply) & (supply > 0)))


def taxonomy_probabilities(of: Balance, program: int, cohort: float) -> tuple[float, float]:
    """(p_shortage, p_surplus) of one program in one balance."""
    return shortage(of.gap[:, program], cohort), surplus(of.own[:, program], of.placed[:, program])


def decide(evidence: Evidence, assumptions: Assumptions) -> Advice:
    """Advise on one program."""
    if evidence.program.is_transfer:
        return _transfer(evidence)
    expand_at = assumptions.value("threshold.p_shortage_expand")
    review_at = assumptions.value("threshold.p_surplus_review")
    lean = _lean(evidence.p_shortage, evidence.p_surplus)
    agree = sum(_lean(*pair) == lean for pair in evidence.by_taxonomy.values())
    wanted = _wanted(evidence.p_shortage, evidence.p_surplus, expand_at, review_at)
    gates = _gates(evidence, wanted, agree, assumptions)
    action = "watch" if wanted in ("expand", "review") and gates else wanted
    if action == "expand" and evidence.basis == "none":
        action = "launch"
    sections = _sections(evidence, assumptions) if action in ("expand", "launch") else 0
    flips = _flips(evidence, wanted, assumptions, expand_at, review_at)
    return Advice(
        evidence,
        action,
        sections,
        _cost(sections, assumptions, evidence.program) if sections else None,
        _certainty(evidence, lean, wanted, agree, expand_at, review_at, assumptions),
        agree,
        _reasons(evidence, action, agree, assumptions),
        tuple(gates) if action == "watch" else (),
        flips,
    )


def _transfer(evidence: Evidence) -> Advice:
    reason = (
        "Prepares for transfer to a university: judged by transfer, not by openings, and never closed for lack of them."
    )
    return Advice(evidence, "transfer", 0, None, "high", 0, (reason,), (), ())


def _lean(p_shortage: float, p_surplus: float) -> str:
    if max(p_shortage, p_surplus) < 0.5:
        return "balanced"
    return "shortage" if p_shortage >= p_surplus else "surplus"


def _wanted(p_shortage: float, p_surplus: float, expand_at: float, review_at: float) -> str:
    if p_shortage >= expand_at and p_shortage > p_surplus:
        return "expand"
    if p_surplus >= review_at and p_surplus > p_shortage:
        return "review"
    return "hold"


def _gates(evidence: Evidence, wanted: str, agree: int, assumptions: Assumptions) -> list[str]:
    gates = []
    if wanted in ("expand", "review") and agree < assumptions.value("threshold.taxonomies_needed"):
        gates.append("taxonomies disagree")
    if wanted in ("expand", "review") and evidence.n_edges > 0 and evidence.n_confident == 0:
        gates.append("occupations only inferred")
    if wanted == "review" and float(np.mean(evidence.graduates)) < assumptions.value("threshold.min_completers"):
        gates.append("too few completers to judge")
    if wanted == "review" and evidence.n_edges == 0:
        gates.append("no occupation known")
    return gates


def _sections(evidence: Evidence, assumptions: Assumptions) -> int:
    """Sections whose completers would be placed in nine draws of ten, capped by what a college can add at once."""
    safe = float(np.quantile(evidence.gap, 0.1))
    most = assumptions.whole("threshold.most_sections")
    return int(np.clip(safe // max(evidence.cohort, 1e-9), 1, most))


def _cost(sections: int, assumptions: Assumptions, program: Program) -> tuple[float, float, float] | None:
    figure = program.cost_per_section_usd
    if isinstance(figure, Unknown):
        return None
    low, high = (figure.low, figure.high) if isinstance(figure, Assumed) else (figure.value, figure.value)
    return sections * low, sections * figure.value, sections * high


def _flips(
    evidence: Evidence, wanted: str, assumptions: Assumptions, expand_at: float, review_at: float
) -> tuple[Flip, ...]:
    """Where the advice changes as demand moves against supply: by entrant share, and by staying and working in field.

    The balance is homogeneous: demand times f against supply is the same as demand against supply over f.
    """
    scales = sorted(evidence.by_scale)
    entrant = assumptions["entrant_share.open"]
    now = {scale: _wanted(*evidence.by_scale[scale], expand_at, review_at) for scale in scales}
    flips = []
    below = [scale for scale in scales if scale < 1 and now[scale] != wanted]
    above = [scale for scale in scales if scale > 1 and now[scale] != wanted]
    for found, side in ((max(below, default=None), -1), (min(above, default=None), 1)):
        if found is None:
            continue
        edge = _crossing(evidence, found, side, scales, expand_at, review_at)
        to = now[found]
        if entrant.low <= entrant.value * edge <= entrant.high:
            flips.append(
                Flip("share of reachable openings that new graduates fill", entrant.value * edge, entrant.value, to)
            )
        kept = float(np.mean(evidence.supply.sum() / max(evidence.graduates.sum(), 1e-9)))
        if kept > 0 and kept / edge <= 1:
            flips.append(Flip("share of graduates who stay and work in the field", kept / edge, kept, to))
    return tuple(flips)


def _crossing(
    evidence: Evidence, found: float, side: int, scales: list[float], expand_at: float, review_at: float
) -> float:
    """Demand scale at which the deciding probability crosses its threshold, on a log line between grid points."""
    inner = scales[scales.index(found) - side]
    threshold_pairs = (
        (evidence.by_scale[inner][0], evidence.by_scale[found][0], expand_at),
        (evidence.by_scale[inner][1], evidence.by_scale[found][1], review_at),
    )
    for start, end, threshold in threshold_pairs:
        if (start - threshold) * (end - threshold) <= 0 and start != end:
            part = (threshold - start) / (end - start)
            return float(np.exp(np.log(inner) + part * (np.log(found) - np.log(inner))))
    return found


def _certainty(
    evidence: Evidence,
    lean: str,
    wanted: str,
    agree: int,
    expand_at: float,
    review_at: float,
    assumptions: Assumptions,
) -> str:
    """High: the same advice at both ends of the entrant share and under all taxonomies; fair: at the value and one end."""
    entrant = assumptions["entrant_share.open"]
    ends = [
        _wanted(*evidence.by_scale[scale], expand_at, review_at) == wanted
        for scale in (entrant.low / entrant.value, entrant.high / entrant.value)
        if scale in evidence.by_scale
    ]
    if all(ends) and agree == len(evidence.by_taxonomy) and evidence.basis == "completions":
        return "high"
    return "fair" if any(ends) and agree >= 2 else "low"


def _reasons(evidence: Evidence, action: str, agree: int, assumptions: Assumptions) -> tuple[str, ...]:
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
    if evidence.basis == "range":
        reasons.append("Its completers are not published: a stated range was used.")
    if action == "launch":
        reasons.append("It has no completers yet: judged by the openings its first cohorts would meet.")
    return tuple(reasons)
