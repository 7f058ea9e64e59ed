"""What the report needs to know of the portfolio: the changes that fit the college's limits, and what limits them."""

from __future__ import annotations

from dataclasses import dataclass

from reports.quantities import Standing


@dataclass(frozen=True)
class PortfolioChoice:
    """One program's change; money in dollars.

    Attributes:
        program_id: the program.
        title: its name with its award.
        change: "2 sections more", "starts with 1 section", "ends".
        starts: when, "1 in 2027 Q3, 1 in 2028 Q1".
        recurring: dollars a year.
        once: dollars, once.
        placed: further openings at or above a living wage that are filled because of it, a year.
        blocked: what keeps the next section out, a short phrase; empty for nothing.
        flip: "pays only if at least 46% of its graduates stay and work in the field"; empty where no share turns it.
    """

    program_id: str
    title: str
    change: str
    starts: str
    recurring: float
    once: float
    placed: float
    blocked: str = ""
    flip: str = ""


@dataclass(frozen=True)
class LimitUse:
    """One limit and how much of it is used.

    Attributes:
        name: "Further instructors".
        unit: "full-time equivalents".
        used: by the portfolio, in the quarter in which least is left.
        there: what there is; None where nobody knows.
        standing: known, assumed or unknown.
        binding: whether it keeps a worthwhile section out.
        one_more: what one unit more would gain, dollars a year of the objective; None where not computed.
    """

    name: str
    unit: str
    used: float
    there: float | None
    standing: Standing
    binding: bool = False
    one_more: float | None = None


@dataclass(frozen=True)
class FrontierPoint:
    """The best portfolio of one budget.

    Attributes:
        budget: recurring dollars a year.
        sections: sections added.
        gain: what it is worth over doing nothing, dollars a year.
    """

    budget: float
    sections: int
    gain: float


@dataclass(frozen=True)
class PortfolioPage:
    """The best set of changes under the limits, and what would change it.

    Attributes:
        finding: a sentence.
        choices: programs that change.
        limits: every limit.
        frontier: by budget, ascending; empty where it was not computed.
        budget: the recurring budget used here, dollars a year; None where unknown.
        staffing: instructors and success coaches that the changes need, a sentence.
        left_out: programs that could not take part, and what is missing.
        remarks: regret and other findings, each a sentence.
        how_to_get: the command that adds frontier and shadow prices; empty where they are there.
    """

    finding: str
    choices: tuple[PortfolioChoice, ...] = ()
    limits: tuple[LimitUse, ...] = ()
    frontier: tuple[FrontierPoint, ...] = ()
    budget: float | None = None
    staffing: str = ""
    left_out: str = ""
    remarks: tuple[str, ...] = ()
    how_to_get: str = ""
