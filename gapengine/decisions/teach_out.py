"""Running a program down: sections term by term, what that costs, and what going on would be worth instead.

Closing seldom saves money quickly: students who have begun are taught to the end in ever smaller sections, courses that
other programs need go on, and part of a section's cost is overhead that stays. All of it is counted here.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from gapengine.assumptions import Assumptions
from gapengine.college import College
from gapengine.decisions.dossier import TeachOut, TeachOutYear
from gapengine.evidence import Evidence
from gapengine.figures import Assumed, Figure, Known, Unknown

TERMS_A_YEAR = 3
_GOLDEN = 0.6180339887498949  # spreads the draws of an assumed cost evenly, without a generator


@dataclass(frozen=True)
class Flow:
    """Dollars and people a year while the program runs, (K,) draws.

    Attributes:
        sections: sections that run, as stated or inferred from the completers.
        cost: dollars a year of all its sections.
        income: dollars a year that the state pays for its students, where the folder states it; else zero.
        benefit: dollars a year of placements that nobody else would fill, at or above a living wage.
        graduates: completers a year.
    """

    sections: np.ndarray
    cost: np.ndarray
    income: np.ndarray
    benefit: np.ndarray
    graduates: np.ndarray


def teach_out(evidence: Evidence, college: College, assumptions: Assumptions, edition: str) -> TeachOut | None:
    """Lay out the teach-out of a program, and what going on would be worth against it.

    Args:
        evidence: the program's balance; its least claim is what would be lost.
        college: sections, costs, shared courses and rates of its folder.
        assumptions: gap_years (the horizon), closing.*.
        edition: of this run; the decision falls into it.

    Returns:
        None where costs or the length of the teach-out are not known at all. Sections that the folder does not state
        are inferred from the completers; the basis says so.
    """
    program = evidence.program
    flow = yearly(evidence, college, assumptions)
    terms = program.teach_out_terms.value
    once = program.teach_out_cost_usd.value
    if flow is None or terms is None or once is None:
        return None
    number = max(float(np.median(flow.sections)), 1.0)
    horizon = max(assumptions.whole("gap_years"), math.ceil(terms / TERMS_A_YEAR) + 1)
    stays = 1 - assumptions.value("closing.avoidable_share") * (1 - shared_share(college, program.program_id))
    running = np.array([_running(terms, term) for term in range(horizon * TERMS_A_YEAR)])
    part = running.reshape(horizon, TERMS_A_YEAR)
    sections = np.ceil(part * number)
    taught = sections.mean(axis=1) / math.ceil(number)
    share_of_cost = taught + (1 - taught) * stays
    cost = flow.cost[:, None] * share_of_cost
    cost[:, 0] += once
    worth_then = part.mean(axis=1) * (flow.benefit + flow.income)[:, None]
    going_on = (flow.benefit + flow.income - flow.cost)[:, None] * np.ones(horizon)
    gain = going_on - (worth_then - cost)
    total = gain.sum(axis=1)
    low, middle, high = (float(value) for value in np.quantile(total, [0.1, 0.5, 0.9]))
    saved = np.cumsum(-gain.mean(axis=0))
    lasting = int(np.ceil(terms / TERMS_A_YEAR))
    return TeachOut(
        last_intake=edition,
        ends=_later(edition, math.ceil(terms * 4 / TERMS_A_YEAR)),
        years=tuple(
            TeachOutYear(
                year + 1,
                int(sections[year, 0]),
                float(flow.graduates.mean() * part[year].mean()),
                float(cost[:, year].mean()),
                float(flow.cost.mean()),
            )
            for year in range(horizon)
        ),
        cost_usd=float(cost[:, :lasting].mean(axis=0).sum()),
        value_of_going_on_usd=(low, middle, high),
        p_negative=float(np.mean(total < 0)),
        pays_off_in_year=next((year + 1 for year in range(horizon) if saved[year] > 0), None),
        basis=_basis(evidence),
        value_draws=total,
    )


def dollars(value: float) -> str:
    """As -$1,200."""
    return f"{'-' if round(value) < 0 else ''}${abs(value):,.0f}"


def shared_share(college: College, program_id: str) -> float:
    """Part of a program's sections that other programs need as well: their shares added, at most all of it."""
    rows = [row for row in college.capacity.shared if row.program_id == program_id and row.share is not None]
    return min(sum(row.share or 0.0 for row in rows), 1.0)


def drawn(figure: Figure, draws: int) -> np.ndarray | None:
    """(K,) values of a figure: constant where known, spread over its range as a triangle where assumed."""
    if isinstance(figure, Unknown):
        return None
    if isinstance(figure, Known) or figure.low == figure.high:
        return np.full(draws, figure.value)
    return _spread(figure, np.mod((np.arange(draws) + 0.5) * _GOLDEN, 1.0))


def _spread(figure: Assumed, at: np.ndarray) -> np.ndarray:
    low, mode, high = figure.low, figure.value, figure.high
    turn = (mode - low) / (high - low)
    rising = low + np.sqrt(at * (high - low) * (mode - low))
    falling = high - np.sqrt((1 - at) * (high - low) * (high - mode))
    return np.where(at < turn, rising, falling)


def yearly(evidence: Evidence, college: College, assumptions: Assumptions) -> Flow | None:
    """Dollars and people a year while the program runs; None where sections or their cost are not known.

    A placement is worth a share of its wage, only at or above a living wage (method section 9), and only where nobody
    else would fill the opening.
    """
    program = evidence.program
    draws = len(evidence.graduates)
    each, sections = drawn(program.cost_per_section_usd, draws), _sections(evidence, draws)
    if each is None or sections is None:
        return None
    rate = college.capacity.rate(program.funding_tier)
    students = program.fte_per_section.value
    paid = (rate.usd_per_fte if rate else None) or 0.0
    worth = assumptions.value("closing.wage_share") * evidence.wage
    pays = evidence.wage >= assumptions.value("living_wage")
    benefit = evidence.least * worth if pays else np.zeros(draws)
    return Flow(sections, each * sections, paid * (students or 0.0) * sections, benefit, evidence.graduates)


def _sections(evidence: Evidence, draws: int) -> np.ndarray | None:
    """(K,) sections as stated, else those that yield its mean completers at the seats and rates of its level."""
    program = evidence.program
    if program.sections.value:
        return np.full(draws, program.sections.value)
    rates = (program.seats_per_section, program.fill_rate, program.completion_rate, program.cohorts_per_year)
    yields = [drawn(figure, draws) for figure in rates]
    if any(values is None for values in yields) or evidence.graduates.sum() <= 0:
        return None
    each = np.ones(draws)
    for shift, values in enumerate(yields):
        if values is not None:
            each = each * np.roll(values, shift * 37)  # parts the four ranges from each other
    return np.asarray(np.maximum(evidence.graduates.mean() / np.maximum(each, 1e-9), 0.5))


def _running(terms: float, term: int) -> float:
    """Part of the sections still taught in a term (0 is the first): they run down evenly to the last."""
    return max(1 - term / terms, 0.0) if terms > 0 else 0.0


def _later(edition: str, quarters: int) -> str:
    count = int(edition[:4]) * 4 + int(edition[5]) - 1 + quarters
    return f"{count // 4}Q{count % 4 + 1}"


def _basis(evidence: Evidence) -> str:
    names = {"sections": "sections (inferred from completers)" if not evidence.program.sections.value else "sections"}
    names |= {"cost_per_section_usd": "cost of a section", "teach_out_terms": "terms"}
    names |= {"teach_out_cost_usd": "one-time cost"}
    own = [name for field, name in names.items() if isinstance(getattr(evidence.program, field), Known)]
    assumed = [name for field, name in names.items() if not isinstance(getattr(evidence.program, field), Known)]
    return f"The college's own: {', '.join(own) or 'none'}. Assumed: {', '.join(assumed) or 'none'}."
