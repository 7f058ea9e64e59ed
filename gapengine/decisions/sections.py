"""How large an expansion or a launch: sections, permanent or for a few cohorts, by when, at what cost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gapengine.assumptions import Assumptions
from gapengine.evidence import Evidence
from gapengine.figures import Assumed, Figure, Unknown

Range3 = tuple[float, float, float]


@dataclass(frozen=True)
class Growth:
    """Sections to add.

    Attributes:
        sections: all of them.
        permanent: those that recurring openings (exits and transfers) justify.
        limited: those that only growth and announced jobs justify: for a few cohorts, then looked at again.
        decide_by: this edition; the lead time counts from it.
        first_completers: edition in which their first students finish; empty where the lead time is unknown.
        cost: low, middle and high dollars a year; None where a section's cost is unknown.
        once: low, middle and high dollars, once; None where unknown.
        placed: occupation and people a year, where the added graduates would work; empty until it is worked out.
    """

    sections: int
    permanent: int
    limited: int
    decide_by: str
    first_completers: str
    cost: Range3 | None
    once: Range3 | None
    placed: tuple[tuple[str, float], ...] = ()


NONE = Growth(0, 0, 0, "", "", None, None)


def growth(evidence: Evidence, assumptions: Assumptions, launch: bool, edition: str) -> Growth:
    """Sections whose completers would be placed in nine draws of ten, capped by what a college can add at once."""
    most = assumptions.whole("threshold.most_sections")
    sections = int(np.clip(_safe(evidence.gap, evidence.cohort), 1, most))
    lasting = evidence.gap if evidence.recurring_gap is None else evidence.recurring_gap
    permanent = int(np.clip(_safe(lasting, evidence.cohort), 0, sections))
    program = evidence.program
    once = _times(program.start_cost_usd, sections)
    if launch and (first := _times(program.launch_cost_usd, 1)) is not None:
        more = _times(program.start_cost_usd, sections - 1) or (0.0, 0.0, 0.0)
        once = (first[0] + more[0], first[1] + more[1], first[2] + more[2])
    quarters = program.lead_quarters.value
    return Growth(
        sections=sections,
        permanent=permanent,
        limited=sections - permanent,
        decide_by=edition,
        first_completers=later(edition, round(quarters)) if quarters is not None and edition else "",
        cost=_times(program.cost_per_section_usd, sections),
        once=once,
    )


def later(edition: str, quarters: int) -> str:
    """The edition so many quarters after another, as 2028Q1."""
    count = int(edition[:4]) * 4 + int(edition[5]) - 1 + quarters
    return f"{count // 4}Q{count % 4 + 1}"


def _safe(gap: np.ndarray, cohort: float) -> float:
    return float(np.quantile(gap, 0.1) // max(cohort, 1e-9))


def _times(figure: Figure, count: int) -> Range3 | None:
    if isinstance(figure, Unknown):
        return None
    low, high = (figure.low, figure.high) if isinstance(figure, Assumed) else (figure.value, figure.value)
    return count * low, count * figure.value, count * high
