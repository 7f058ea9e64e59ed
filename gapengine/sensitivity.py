"""How every advice changes under each education taxonomy, and with the entrant share at both ends of its range."""

from __future__ import annotations

from dataclasses import dataclass

from gapengine.decisions import Rule
from gapengine.demand.levels import TAXONOMIES
from gapengine.run import Run


@dataclass(frozen=True)
class View:
    """One program under every view, gates left aside: expand, review or hold.

    Attributes:
        program: program_id.
        action: the advice of the run, gates and earlier editions included.
        wanted: what the thresholds alone say in this run.
        by_taxonomy: taxonomy -> what the thresholds say under it alone.
        least_entrants, most_entrants: what they say with the entrant share at the low and the high end.
    """

    program: str
    action: str
    wanted: str
    by_taxonomy: dict[str, str]
    least_entrants: str
    most_entrants: str

    @property
    def unlike(self) -> int:
        """Number of the five views that differ from the run's own."""
        seen = [*self.by_taxonomy.values(), self.least_entrants, self.most_entrants]
        return sum(view != self.wanted for view in seen)


def views(run: Run) -> tuple[View, ...]:
    """Every program that is judged by openings, in the college's order."""
    rule = Rule.of(run.assumptions)
    entrant = run.assumptions["entrant_share.open"]
    ends = entrant.low / entrant.value, entrant.high / entrant.value
    return tuple(
        View(
            item.evidence.program.program_id,
            item.action,
            rule.wanted(item.evidence.p_shortage, item.evidence.p_surplus),
            {name: rule.wanted(*item.evidence.by_taxonomy[name]) for name in TAXONOMIES},
            *(rule.wanted(*item.evidence.by_scale[end]) for end in ends),
        )
        for item in run.advice
        if item.action != "transfer"
    )
