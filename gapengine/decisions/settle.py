"""Which unknowns, if resolved, change an advice most: the expected value of knowing each, computed from the draws.

The thresholds imply what a wrong action costs (:func:`gapengine.decisions.rule.worth_of`). Knowing an input lets the
advice follow it; what that is worth on average is the expected value of partial perfect information (Howard 1966;
Strong and Oakley 2013 compute it from the draws of a simulation as here, by sorting them by the input). Two questions
are asked: which way to go, and, of a program with a surplus, whether to close it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from gapengine.assumptions import Assumptions
from gapengine.decisions.dossier import TeachOut
from gapengine.decisions.rule import Rule, worth_of
from gapengine.evidence import Evidence

PARTS = 3  # the draws are parted into thirds by the input
_NEUTRAL = 19  # partings that know nothing: an input counts where it gains more than all of them
_ENDS = (0.3, 0.4, 0.3)  # weights of low, middle and high of a range (Swanson's rule)
_Worths = Mapping[str, float]


@dataclass(frozen=True)
class Settles:
    """One number that would settle an advice.

    Attributes:
        name: what it is.
        gain: expected gain in right decisions from knowing it, between 0 and 1; NaN where no range of it is known.
        changes: probability that knowing it changes the action; NaN as above.
        finding: what the action would be at its low, middle and high values.
    """

    name: str
    gain: float
    changes: float
    finding: str


def settles(
    evidence: Evidence, assumptions: Assumptions, plan: TeachOut | None = None, cost: np.ndarray | None = None
) -> tuple[Settles, ...]:
    """The three unknowns whose resolution is worth most, best first; those that gain nothing are left out.

    Args:
        evidence: the balance, with the draws of its inputs.
        assumptions: thresholds and the range of the entrant share.
        plan: of teaching the program out, for a program with a surplus; else None.
        cost: (K,) dollars a year of its sections, an input of that plan.
    """
    rule = Rule.of(assumptions)
    found = [*_drawn(evidence, rule), *_ranged(evidence, rule, assumptions)]
    if plan is not None:
        found += _to_close(evidence, rule, plan, cost)
    best: dict[str, Settles] = {}
    for item in sorted(found, key=lambda item: (-item.gain, item.name)):
        best.setdefault(item.name, item)
    return (*_uncounted(evidence, rule), *best.values())[:3]


def _uncounted(evidence: Evidence, rule: Rule) -> list[Settles]:
    """Completers that nobody counts: the number from which there is no shortage left.

    Each further completer who is placed lowers the gap by one, until there is none.
    """
    if not evidence.uncounted and not (evidence.running and evidence.basis == "none"):
        return []
    turns = float(np.quantile(evidence.gap, 1 - rule.expand_at)) - evidence.cohort
    if turns <= 0:
        return []
    name = "graduates a year of programs that nobody counts, who stay and work in the field"
    return [Settles(name, float("nan"), float("nan"), f"expand below {turns:,.0f}; hold above")]


def _drawn(evidence: Evidence, rule: Rule) -> list[Settles]:
    """Inputs that vary from draw to draw, and which way to go."""
    count = len(evidence.placed)
    short = evidence.gap[:count] >= evidence.cohort
    supply = evidence.supply[:count]
    over = (supply - evidence.placed > evidence.tolerated * supply) & (supply > 0)

    def worths(part: np.ndarray) -> _Worths:
        return rule.worth(float(short[part].mean()), float(over[part].mean()))

    return _by_thirds(evidence.inputs, count, worths)


def _to_close(evidence: Evidence, rule: Rule, plan: TeachOut, cost: np.ndarray | None) -> list[Settles]:
    """The same inputs and the cost, and whether closing would be right: a surplus at any claim, a negative value."""
    supply = evidence.supply
    unplaced = supply - evidence.greatest > evidence.tolerated * supply
    right = unplaced & (plan.value_draws < 0) & (supply > 0)

    def worths(part: np.ndarray) -> _Worths:
        return {"review": 0.0, "close": worth_of(float(right[part].mean()), rule.review_at)}

    inputs = evidence.inputs if cost is None else {**evidence.inputs, "cost of its sections a year": cost}
    return _by_thirds(inputs, len(right), worths)


def _by_thirds(inputs: Mapping[str, np.ndarray], count: int, worths: Callable[[np.ndarray], _Worths]) -> list[Settles]:
    chance = [_gain([worths(part) for part in _scattered(count, step)])[0] for step in range(1, _NEUTRAL + 1)]
    out = []
    for name, draws in inputs.items():
        values = draws[:count]
        if np.ptp(values) <= 1e-9 * max(float(np.abs(values).max()), 1e-9):
            continue
        parts = np.array_split(np.argsort(values, kind="stable"), PARTS)
        gain, changes, words = _gain([worths(part) for part in parts])
        if gain > max(*chance, 0.005):
            middles = [float(np.median(values[part])) for part in parts]
            form = "{:.0%}" if name.startswith("share") else "{:,.0f}"
            shown = [f"{word} at {form.format(middle)}" for word, middle in zip(words, middles, strict=True)]
            out.append(Settles(name, gain - float(np.mean(chance)), changes, "; ".join(shown)))
    return out


def _ranged(evidence: Evidence, rule: Rule, assumptions: Assumptions) -> list[Settles]:
    """Inputs that hold for a whole run: the entrant share over its range, the education taxonomy."""
    entrant = assumptions["entrant_share.open"]
    ends = (entrant.low / entrant.value, 1.0, entrant.high / entrant.value)
    out = []
    if all(end in evidence.by_scale for end in ends):
        gain, changes, words = _gain([rule.worth(*evidence.by_scale[end]) for end in ends], _ENDS)
        share = entrant.value if np.isnan(evidence.entrant_share) else evidence.entrant_share
        shown = [f"{word} at {min(share * end, 1):.0%}" for word, end in zip(words, ends, strict=True)]
        out.append(Settles("share of reachable openings that new graduates fill", gain, changes, "; ".join(shown)))
    if evidence.by_taxonomy:
        gain, changes, words = _gain([rule.worth(*pair) for pair in evidence.by_taxonomy.values()])
        names = [name.replace("_", " ") for name in evidence.by_taxonomy]
        shown = [f"{word} by {name}" for word, name in zip(words, names, strict=True)]
        out.append(Settles("which award levels employers hire at", gain, changes, "; ".join(shown)))
    return [item for item in out if item.gain > 0.005]


def _gain(worths: Sequence[_Worths], weights: Sequence[float] | None = None) -> tuple[float, float, tuple[str, ...]]:
    """Expected gain of acting on each part rather than on all, the chance of acting otherwise, the actions."""
    shares = weights or [1 / len(worths)] * len(worths)
    names = list(worths[0])
    overall = {name: sum(share * worth[name] for share, worth in zip(shares, worths, strict=True)) for name in names}
    best = max(overall, key=lambda name: overall[name])
    chosen = [max((value, name) for name, value in worth.items())[1] for worth in worths]
    apart = sum(share * max(worth.values()) for share, worth in zip(shares, worths, strict=True))
    changes = sum(share for share, name in zip(shares, chosen, strict=True) if name != best)
    return max(apart - overall[best], 0.0), changes, tuple(chosen)


def _scattered(count: int, step: int) -> list[np.ndarray]:
    """Thirds of the draws by a rule that knows nothing of them."""
    order = np.argsort(np.mod(np.arange(count) * np.sqrt(step + 0.5), 1.0), kind="stable")
    return list(np.array_split(order, PARTS))
