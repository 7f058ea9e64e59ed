"""Which unknowns, if resolved, change an advice most: the expected value of knowing each, computed from the draws.

The thresholds imply what a wrong action costs (:meth:`Rule.worth`). Knowing an input lets the advice follow it; what
that is worth on average is the expected value of partial perfect information (Howard 1966; Strong and Oakley 2013
compute it from the draws of a simulation as here, by sorting them by the input).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gapengine.assumptions import Assumptions
from gapengine.decisions.rule import Rule
from gapengine.evidence import Evidence

PARTS = 3  # the draws are parted into thirds by the input
_NEUTRAL = 7  # partings that know nothing, to take off what chance alone would gain
_ENDS = (0.3, 0.4, 0.3)  # weights of low, middle and high of a range (Swanson's rule)


@dataclass(frozen=True)
class Settles:
    """One number that would settle an advice.

    Attributes:
        name: what it is.
        gain: expected gain in right decisions from knowing it, between 0 and 1.
        changes: probability that knowing it changes the action.
        finding: what the action would be at its low, middle and high values.
    """

    name: str
    gain: float
    changes: float
    finding: str


def settles(evidence: Evidence, assumptions: Assumptions, most: int = 3) -> tuple[Settles, ...]:
    """The unknowns whose resolution is worth most, best first; those that gain nothing are left out.

    Args:
        evidence: the balance, with the draws of its inputs.
        assumptions: thresholds and the range of the entrant share.
        most: how many.
    """
    rule = Rule.of(assumptions)
    found = [*_drawn(evidence, rule), *_ranged(evidence, rule, assumptions)]
    useful = [item for item in found if item.gain > 0.005]
    return tuple(sorted(useful, key=lambda item: (-item.gain, item.name))[:most])


def _drawn(evidence: Evidence, rule: Rule) -> list[Settles]:
    """Inputs that vary from draw to draw."""
    count = len(evidence.placed)
    short = evidence.gap[:count] >= evidence.cohort
    supply = evidence.supply[:count]
    over = (supply - evidence.placed > evidence.tolerated * supply) & (supply > 0)
    neutral = _chance(short, over, rule)
    out = []
    for name, draws in evidence.inputs.items():
        values = draws[:count]
        if np.ptp(values) <= 1e-9 * max(float(np.abs(values).max()), 1e-9):
            continue
        parts = np.array_split(np.argsort(values, kind="stable"), PARTS)
        pairs = [(float(short[part].mean()), float(over[part].mean())) for part in parts]
        middles = [float(np.median(values[part])) for part in parts]
        gain, changes, words = _gain(pairs, [len(part) / count for part in parts], rule)
        finding = "; ".join(f"{word} at {_number(at)}" for word, at in zip(words, middles, strict=True))
        out.append(Settles(name, max(gain - neutral, 0.0), changes, finding))
    return out


def _ranged(evidence: Evidence, rule: Rule, assumptions: Assumptions) -> list[Settles]:
    """Inputs that hold for a whole run: the entrant share over its range, the education taxonomy."""
    entrant = assumptions["entrant_share.open"]
    ends = (entrant.low / entrant.value, 1.0, entrant.high / entrant.value)
    out = []
    if all(end in evidence.by_scale for end in ends):
        gain, changes, words = _gain([evidence.by_scale[end] for end in ends], _ENDS, rule)
        shown = [f"{word} at {entrant.value * end:.0%}" for word, end in zip(words, ends, strict=True)]
        out.append(Settles("share of reachable openings that new graduates fill", gain, changes, "; ".join(shown)))
    if evidence.by_taxonomy:
        weights = [1 / len(evidence.by_taxonomy)] * len(evidence.by_taxonomy)
        gain, changes, words = _gain(list(evidence.by_taxonomy.values()), weights, rule)
        names = [name.replace("_", " ") for name in evidence.by_taxonomy]
        shown = [f"{word} by {name}" for word, name in zip(words, names, strict=True)]
        out.append(Settles("which award levels employers hire at", gain, changes, "; ".join(shown)))
    return out


def _gain(
    pairs: Sequence[tuple[float, float]], weights: Sequence[float], rule: Rule
) -> tuple[float, float, tuple[str, ...]]:
    """Expected gain of acting on each part rather than on all, the chance of acting otherwise, the actions."""
    worths = [rule.worth(*pair) for pair in pairs]
    overall = {
        name: sum(weight * worth[name] for weight, worth in zip(weights, worths, strict=True)) for name in worths[0]
    }
    best = max(overall, key=lambda name: overall[name])
    chosen = [max(worth, key=lambda name: worth[name]) for worth in worths]
    apart = sum(weight * max(worth.values()) for weight, worth in zip(weights, worths, strict=True))
    changes = sum(weight for weight, name in zip(weights, chosen, strict=True) if name != best)
    return max(apart - overall[best], 0.0), changes, tuple(chosen)


def _chance(short: np.ndarray, over: np.ndarray, rule: Rule) -> float:
    """Gain that partings without any knowledge would show: the bias of choosing the best of noisy means."""
    count = len(short)
    gains = []
    for step in range(1, _NEUTRAL + 1):
        order = np.argsort(np.mod(np.arange(count) * np.sqrt(step + 0.5), 1.0), kind="stable")
        parts = np.array_split(order, PARTS)
        pairs = [(float(short[part].mean()), float(over[part].mean())) for part in parts]
        gains.append(_gain(pairs, [len(part) / count for part in parts], rule)[0])
    return float(np.mean(gains))


def _number(value: float) -> str:
    return f"{value:.0%}" if 0 < value < 1 else f"{value:,.0f}"
