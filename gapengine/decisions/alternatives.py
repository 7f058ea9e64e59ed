"""What could be done instead of closing: computed from the program's own draws, and what the college has tried."""

from __future__ import annotations

import numpy as np

from gapengine.assumptions import Assumptions
from gapengine.college import College
from gapengine.decisions.dossier import Alternative
from gapengine.decisions.teach_out import dollars, yearly
from gapengine.evidence import Evidence, surplus


def alternatives(evidence: Evidence, college: College, assumptions: Assumptions) -> tuple[Alternative, ...]:
    """Smaller intakes and wider markets, then the lines of alternatives.csv.

    A smaller intake is judged kindly: whoever was placed before stays placed, and the openings that nobody else would
    fill stay filled. It cures only where it removes the surplus and is worth its cost.
    """
    at = assumptions.value("threshold.p_surplus_review")
    flow = yearly(evidence, college, assumptions)
    found = []
    for part, what in _smaller(evidence):
        chance = _with_part(evidence, part)
        worth = None if flow is None else float(np.mean(flow.benefit + part * (flow.income - flow.cost)))
        outcome = f"A surplus in {chance:.0%} of draws"
        outcome += "." if worth is None else f"; benefit less cost {dollars(worth)} a year."
        found.append(Alternative(what, "the engine", outcome, chance < at and (worth is None or worth >= 0)))
    for market, chance in evidence.wider.items():
        what = f"place its graduates in the whole {market}"
        found.append(Alternative(what, "the engine", f"A surplus there in {chance:.0%} of draws.", chance < at))
    for row in college.capacity.alternatives:
        if row.program_id == evidence.program.program_id:
            found.append(Alternative(row.alternative, "the college", f"{row.year}: {row.outcome}", row.cured == "yes"))
    return tuple(found)


def _smaller(evidence: Evidence) -> list[tuple[float, str]]:
    sections = evidence.program.sections.value
    if not sections or sections <= 1:
        return [(0.5, "admit every other year")]
    less = [((sections - 1) / sections, "run one section less")]
    return less if sections <= 2 else [*less, (1 / sections, "run a single section")]


def _with_part(evidence: Evidence, part: float) -> float:
    """P(surplus) with part of the completers, everybody placed before still placed."""
    own = evidence.supply[: len(evidence.placed)] * part
    return surplus(own, np.minimum(own, evidence.placed), evidence.tolerated)
