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

        Acting is worth 1 where the draw bears it out and costs t / (1 - t) where it does not; holding is worth 0.
        Then acting is best from the threshold t on, which is the rule above.
        """
        pairs = {"expand": (p_shortage, self.expand_at), "review": (p_surplus, self.review_at)}
        worth = {name: p - (1 - p) * t / max(1 - t, 1e-9) for name, (p, t) in pairs.items()}
        return {"hold": 0.0, **worth}
