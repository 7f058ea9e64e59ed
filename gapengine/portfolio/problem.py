"""One question to the solver: columns, limits and blocks of a college, and what its answer is worth."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from gapengine.assumptions import Assumptions
from gapengine.college import College
from gapengine.evidence import Evidence
from gapengine.matching import Balance
from gapengine.portfolio.blocks import blocks
from gapengine.portfolio.columns import Column, columns, moves
from gapengine.portfolio.needs import Need, need
from gapengine.portfolio.resources import Resource, quarters, resources
from gapengine.portfolio.rows import limits
from gapengine.supply import Supply
from models.portfolio import Block, Limits, Moves, Solution, solve, values, worst_mean
from models.portfolio_polish import Scores, polish
from models.scenarios import choose as choose_draws


@dataclass(frozen=True)
class Situation:
    """What a run knows when it turns to the portfolio.

    Attributes:
        college, assumptions: what went in.
        found: evidence of each program, in the college's order.
        balances, supplies: by market.
        wages: (O,) median annual wages.
        today, period: the date of the run, first and last year of the gap period.
        seed: of the run.
    """

    college: College
    assumptions: Assumptions
    found: Sequence[Evidence]
    balances: Mapping[str, Balance]
    supplies: Mapping[str, Supply]
    wages: np.ndarray
    today: date
    period: tuple[int, int]
    seed: int

    @property
    def draws(self) -> int:
        """K."""
        return len(self.found[0].gap)


@dataclass(frozen=True)
class Problem:
    """Everything the solver needs, and what its columns mean.

    Attributes:
        columns: (M) meaning of each move.
        moves, limits, blocks: for :func:`models.portfolio.solve`; blocks in all K draws.
        block_of: program_id -> position of its block.
        resources: the college's limits by name.
        quarters: names of the quarters ahead.
        chosen, weights: the draws that are solved.
        left_out: program_id -> what is missing for it to take part.
        risk, worst: of the objective.
        scores: the objective in all draws.
    """

    columns: tuple[Column, ...]
    moves: Moves
    limits: Limits
    blocks: tuple[Block, ...]
    block_of: dict[str, int]
    resources: dict[str, Resource]
    quarters: tuple[str, ...]
    chosen: np.ndarray
    weights: np.ndarray
    left_out: dict[str, tuple[str, ...]]
    risk: float
    worst: float
    scores: Scores

    def few(self) -> tuple[Block, ...]:
        """The blocks in the draws that are solved."""
        return tuple(block.draws(self.chosen) for block in self.blocks)

    def solve(self, starts: Sequence[np.ndarray] = ()) -> Solution | None:
        """The best units, or None where the limits leave none; bettered and scored in all draws.

        Args:
            starts: other units that satisfy the limits; the answer is no worse than any of them.
        """
        found = solve(self.moves, self.limits, self.few(), self.weights, self.risk, self.worst)
        if found is None:
            return None
        tried = [polish(self.moves, self.limits, self.scores, start) for start in (found.units, *starts)]
        units = max(tried, key=self.scores.gain)
        return replace(found, units=units, gain=self.scores.gain(units))

    def worth(self, idle: np.ndarray, after: np.ndarray, weights: np.ndarray | None = None) -> float:
        """The objective of one level over another."""
        even = np.full(len(idle), 1 / len(idle)) if weights is None else weights
        bad = worst_mean(after, even, self.worst) - worst_mean(idle, even, self.worst)
        return float((1 - self.risk) * (even @ (after - idle)) + self.risk * bad)

    def levels(self, of: Sequence[Block], units: np.ndarray | None = None) -> np.ndarray:
        """(K,) value of what is filled less yearly cost."""
        amount = np.zeros(len(self.columns)) if units is None else units
        total = np.zeros(len(of[0].supply)) if of else np.zeros(1)
        return sum((values(block, amount) for block in of), total) - float(self.moves.cost @ amount)

    def limited(self, changed: Mapping[str, float], situation: Situation, least: Mapping[str, int]) -> Problem:
        """The same question under other limits; blocks and draws stay."""
        known = resources(situation.college, self.quarters, changed)
        most = situation.assumptions.whole("threshold.most_sections")
        floor = situation.assumptions.value("portfolio.equity_floor")
        rows = limits(self.columns, known, situation.college, most, least, floor)
        return replace(self, limits=rows, resources=known)


def pose(
    situation: Situation,
    grow: Collection[str],
    shrink: Collection[str],
    changed: Mapping[str, float] | None = None,
    least: Mapping[str, int] | None = None,
) -> Problem:
    """Put the question.

    Args:
        situation: what the run knows.
        grow: program_ids that may get sections or be launched.
        shrink: program_ids that may lose sections or be closed; only those with the college's own numbers take part.
        changed: limits set for this question.
        least: program_id -> sections that must be added.
    """
    college, settings = situation.college, situation.assumptions
    required = dict(least or {})
    ahead = quarters(situation.today, settings.whole("portfolio.quarters_ahead"))
    needs = {
        evidence.program.program_id: need(evidence, index, college, situation.draws, situation.seed)
        for index, evidence in enumerate(situation.found)
        if evidence.program.program_id in {*grow, *shrink, *required}
    }
    left_out = {name: item.missing for name, item in needs.items() if item.missing}
    growing = [item for name, item in needs.items() if name in {*grow, *required} and name not in left_out]
    shrinking = [item for name, item in needs.items() if name in shrink and name not in left_out and item.own_numbers]
    known = resources(college, ahead, changed or {})
    varies = bool(shrinking) or any(len(set(resource.amounts)) > 1 for resource in known.values())
    most = settings.whole("threshold.most_sections")
    cols = columns(growing, shrinking, college, ahead, situation.today, situation.period, varies)
    served = [evidence.market for evidence in situation.found]
    made, place = blocks(cols, situation.balances, situation.supplies, served, situation.wages, settings)
    rows = limits(cols, known, college, most, required, settings.value("portfolio.equity_floor"))
    chosen, weights = _few_draws(situation, made, [*growing, *shrinking])
    units = moves(cols, most, required)
    risk, worst = settings.value("portfolio.risk"), settings.value("portfolio.worst_share")
    return Problem(
        cols,
        units,
        rows,
        made,
        place,
        known,
        ahead,
        chosen,
        weights,
        left_out,
        risk,
        worst,
        Scores(units, made, risk, worst),
    )


def _few_draws(situation: Situation, made: Sequence[Block], needs: Sequence[Need]) -> tuple[np.ndarray, np.ndarray]:
    """Draws that stand for all: alike in level, in every program's gap and supply, and in their worst part."""
    if not made:
        return np.zeros(0, dtype=np.intp), np.zeros(0)
    settings = situation.assumptions
    total = np.zeros(situation.draws)
    for block in made:
        total = total + values(block, np.zeros(int(block.effect_move.max()) + 1))
    seen = [situation.found[item.index] for item in needs]
    features = [total, *(evidence.gap for evidence in seen), *(evidence.supply for evidence in seen)]
    rng = np.random.default_rng([situation.seed, settings.whole("portfolio.draws")])
    return choose_draws(
        total,
        np.column_stack(features),
        settings.whole("portfolio.draws"),
        rng,
        settings.value("portfolio.worst_share"),
    )
