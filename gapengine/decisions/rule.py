"""The thresholds at which advice turns, and which way a pair of probabilities leans."""

from __future__ import annotations

from dataclasses import dataclass

from gapengine.assumptions import Assumptions


@dataclass(frozen=True)
class Rule:
    """Probabilities at which the advice turns.

    Attributes:
        expand_at: P(shortage) from which a program is to grow.
        review_at: P(surplus) from which it is to be reviewed.
        likely: probability from which a side counts as leaning.
    """

    expand_at: float
    review_at: float
    likely: float

    @classmethod
    def of(cls, assumptions: Assumptions) -> Rule:
        """Read the thresholds."""
        names = ("p_shortage_expand", "p_surplus_review", "p_watch")
        return cls(*(assumptions.value(f"threshold.{name}") for name in names))

    def wanted(self, p_shortage: float, p_surplus: float) -> str:
        """The action before any gate: expand, review or hold."""
        if p_shortage >= self.expand_at and p_shortage > p_surplus:
            return "expand"
        if p_surplus >= self.review_at and p_surplus > p_shortage:
            return "review"
        return "hold"

    def lean(self, p_shortage: float, p_surplus: float) -> str:
        """Which way the draws lean: shortage, surplus or balanced."""
        if max(p_shortage, p_surplus) < self.likely:
            return "balanced"
        return "shortage" if p_shortage >= p_surplus else "surplus"

    def worth(self, p_shortage: float, p_surplus: float) -> dict[str, float]:
        """Expected worth of each action, in right decisions, by the losses that the thresholds imply.

        Then acting is best from its threshold on, which is the rule above.
        """
        expand, review = worth_of(p_shortage, self.expand_at), worth_of(p_surplus, self.review_at)
        return {"hold": 0.0, "expand": expand, "review": review}


def worth_of(probability: float, threshold: float) -> float:
    """Worth of acting: 1 where a draw bears it out, less t / (1 - t) where it does not; not acting is worth 0."""
    return probability - (1 - probability) * threshold / max(1 - threshold, 1e-9)
