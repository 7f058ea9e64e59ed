"""Betters a set of moves in all draws: one unit more, one less, or one in exchange for another, until none helps.

The two-stage program is solved in few draws; what looks best there may be a little worse than its neighbour in all of
them. Neighbours are tried in a fixed order and the best one is taken, so that the same input gives the same bytes.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from models.portfolio import Limits, Moves
from models.portfolio_value import Block, values, worst_mean

Floats = NDArray[np.float64]

_ROUNDS = 25
_EPSILON = 1e-6


class Scores:
    """Values of blocks in all draws, each computed once for each set of units that a block can see."""

    def __init__(self, moves: Moves, blocks: Sequence[Block], risk: float, worst: float) -> None:
        """Keep what the objective needs.

        Args:
            moves: the first-stage variables.
            blocks: in all K draws.
            risk: weight of the worst draws.
            worst: share of draws that count as the worst.
        """
        self._moves, self._blocks, self._risk, self._worst = moves, blocks, risk, worst
        self._seen: dict[tuple[int, tuple[float, ...]], Floats] = {}
        draws = len(blocks[0].supply) if blocks else 1
        self._even = np.full(draws, 1 / draws)
        self._idle = self.level(np.zeros(len(moves.cost)))

    def level(self, units: Floats) -> Floats:
        """(K,) value of what is filled less cost."""
        total = np.zeros(len(self._even))
        for number, block in enumerate(self._blocks):
            key = (number, tuple(units[block.effect_move].tolist()))
            if key not in self._seen:
                self._seen[key] = values(block, units)
            total = total + self._seen[key]
        return np.asarray(total - float(self._moves.cost @ units))

    def gain(self, units: Floats) -> float:
        """The objective over doing nothing, in all draws."""
        after = self.level(units)
        bad = worst_mean(after, self._even, self._worst) - worst_mean(self._idle, self._even, self._worst)
        return float((1 - self._risk) * (self._even @ (after - self._idle)) + self._risk * bad)


def polish(moves: Moves, limits: Limits, scores: Scores, units: Floats) -> Floats:
    """Better the units in all draws.

    Args:
        moves: bounds of the variables.
        limits: what they may use.
        scores: the objective in all draws.
        units: (M,) where to start; they must satisfy the limits.

    Returns:
        (M,) units that satisfy the limits and gain no less; nothing at all where that is allowed and better.
    """
    best, gain = units, scores.gain(units)
    nothing = np.zeros_like(units)
    if gain < 0 and _allowed(moves, limits, nothing):
        best, gain = nothing, 0.0
    for _ in range(_ROUNDS):
        found = [(scores.gain(other), other) for other in _neighbours(moves, best) if _allowed(moves, limits, other)]
        top = max(found, key=lambda pair: pair[0], default=(gain, best))
        if top[0] <= gain + _EPSILON * max(1.0, abs(gain)):
            return best
        gain, best = top
    return best


def _allowed(moves: Moves, limits: Limits, units: Floats) -> bool:
    inside = (units >= moves.least - _EPSILON).all() and (units <= moves.most + _EPSILON).all()
    slack = _EPSILON * np.maximum(1.0, np.abs(limits.there))
    return bool(inside and (limits.uses @ units <= limits.there + slack).all())


def _neighbours(moves: Moves, units: Floats) -> Iterator[Floats]:
    whole = np.flatnonzero(moves.whole).tolist()
    steps = [(n, step) for n in whole for step in (1.0, -1.0) if 0 <= units[n] + step <= moves.most[n]]
    for n, step in steps:
        yield _moved(units, [(n, step)])
    for down, less in steps:
        for up, more in steps:
            if less < 0 < more and up != down:
                yield _moved(units, [(down, less), (up, more)])


def _moved(units: Floats, steps: Sequence[tuple[int, float]]) -> Floats:
    other = units.copy()
    for n, step in steps:
        other[n] += step
    return other
