"""What a portfolio says: each program's change with its reasons, each limit with its use."""

from __future__ import annotations

from dataclasses import dataclass, field

from gapengine.figures import Figure
from gapengine.portfolio.resources import Resource


@dataclass(frozen=True)
class Choice:
    """What the portfolio does with one program; money in dollars, people a year.

    Attributes:
        program_id: the program.
        now: sections running, with its standing.
        added: quarter -> sections that start in it.
        sections: change of the number of sections, negative where some are dropped.
        launch, close: whether the program starts, or ends.
        recurring_usd: yearly cost of the change; negative where money is saved.
        one_time_usd: once.
        revenue: what the state pays a year for one section.
        placed: mean further openings at or above a living wage that are filled because of it.
        gain_usd: part of the objective that is lost without it.
        one_more_usd: what one section more would gain; None for programs that may not grow.
        blocked_by: limits that one section more would break.
        unchecked: limit whose amount is unknown -> what the change needs of it.
        assumed: names of embedded assumptions behind cost, staff, seats and times.
        kept: share of its graduates who stay and work in field.
        kept_below, kept_above: that share below or above which its new sections are worth nothing; None where no share
            turns it.
    """

    program_id: str
    now: Figure
    added: dict[str, int]
    sections: int
    launch: bool
    close: bool
    recurring_usd: float
    one_time_usd: float
    revenue: Figure
    placed: float
    gain_usd: float
    one_more_usd: float | None
    blocked_by: tuple[str, ...]
    unchecked: dict[str, float]
    assumed: tuple[str, ...]
    kept: float
    kept_below: float | None = None
    kept_above: float | None = None


@dataclass(frozen=True)
class Used:
    """How much of one limit the portfolio uses, in the quarter in which least is left."""

    resource: Resource
    used: float
    there: float | None


@dataclass(frozen=True)
class Portfolio:
    """The best set of changes found.

    Attributes:
        choices: one for each program that took part, in the college's order.
        used: each limit, those with unknown amounts included.
        binding: names of limits that keep some worthwhile section out.
        left_out: program_id -> what is missing for it to take part.
        gain_usd: objective over doing nothing, in all draws.
        mean_usd, worst_usd: mean gain, and gain in the mean of the worst draws.
        placed: mean further openings at or above a living wage that are filled.
        draws: number of draws that were solved.
        gap, nodes, proven: of the search.
        infeasible: limit -> amount missing, where what is required is impossible; the choices are then empty.
    """

    choices: tuple[Choice, ...]
    used: tuple[Used, ...] = ()
    binding: tuple[str, ...] = ()
    left_out: dict[str, tuple[str, ...]] = field(default_factory=dict)
    gain_usd: float = 0.0
    mean_usd: float = 0.0
    worst_usd: float = 0.0
    placed: float = 0.0
    draws: int = 0
    gap: float = 0.0
    nodes: int = 0
    proven: bool = True
    infeasible: dict[str, float] = field(default_factory=dict)

    def of(self, program_id: str) -> Choice | None:
        """What happens with a program; None where it took no part."""
        return next((choice for choice in self.choices if choice.program_id == program_id), None)
