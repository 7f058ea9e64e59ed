"""Values at which the advice would change: by the entrant share, and by staying and working in the field."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gapengine.assumptions import Assumptions
from gapengine.decisions.rule import Rule
from gapengine.evidence import Evidence


@dataclass(frozen=True)
class Flip:
    """A value at which the advice would change.

    Attributes:
        name: what would have to change.
        value: its value at the flip.
        now: its value in this run.
        to: the advice beyond it.
    """

    name: str
    value: float
    now: float
    to: str


def flips(evidence: Evidence, wanted: str, rule: Rule, assumptions: Assumptions) -> tuple[Flip, ...]:
    """Where the advice changes as demand moves against supply.

    The balance is homogeneous: demand times f against supply is the same as demand against supply over f.
    """
    scales = sorted(evidence.by_scale)
    entrant = assumptions["entrant_share.open"]
    share = entrant.value if np.isnan(evidence.entrant_share) else evidence.entrant_share
    now = {scale: rule.wanted(*evidence.by_scale[scale]) for scale in scales}
    below = max((scale for scale in scales if scale < 1 and now[scale] != wanted), default=None)
    above = min((scale for scale in scales if scale > 1 and now[scale] != wanted), default=None)
    kept = float(evidence.supply.sum() / max(evidence.graduates.sum(), 1e-9))
    found = []
    for scale in (edge for edge in (below, above) if edge is not None):
        edge = _crossing(evidence, scale, scales, rule)
        if share * edge <= 1:
            name = "share of reachable openings that new graduates fill"
            found.append(Flip(name, share * edge, share, now[scale]))
        if 0 < kept / edge <= 1:
            found.append(Flip("share of graduates who stay and work in the field", kept / edge, kept, now[scale]))
    return tuple(found)


def _crossing(evidence: Evidence, found: float, scales: list[float], rule: Rule) -> float:
    """Demand scale at which the deciding probability crosses its threshold, on a log line between grid points."""
    inner = scales[scales.index(found) + (1 if found < 1 else -1)]
    for side, threshold in enumerate((rule.expand_at, rule.review_at)):
        start, end = evidence.by_scale[inner][side], evidence.by_scale[found][side]
        if (start - threshold) * (end - threshold) <= 0 and start != end:
            part = (threshold - start) / (end - start)
            return float(np.exp(np.log(inner) + part * (np.log(found) - np.log(inner))))
    return found
