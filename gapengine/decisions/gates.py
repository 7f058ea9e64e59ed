"""Gates that turn an expand or a review into watch; each names what would settle it and is counted in the run."""

from __future__ import annotations

import numpy as np

from gapengine.assumptions import Assumptions
from gapengine.decisions.rule import Rule
from gapengine.evidence import Evidence


def gates(
    evidence: Evidence, wanted: str, agree: int, assumptions: Assumptions, higher: Evidence | None
) -> tuple[str, ...]:
    """Names of the gates that hold an advice back; none holds back "hold".

    Args:
        evidence: the program's balance.
        wanted: expand, review or hold, by the thresholds alone.
        agree: how many taxonomies lean the same way as all of them together.
        assumptions: threshold.*, living_wage.
        higher: evidence of the award that its credits lead to, if any.
    """
    if wanted == "hold":
        return ()
    rule = Rule.of(assumptions)
    found = {
        "education taxonomies disagree": agree < assumptions.value("threshold.taxonomies_needed"),
        "occupations only inferred": evidence.n_edges > 0 and evidence.n_confident == 0,
        "no occupation known": evidence.n_edges == 0,
        "its field does not fit the nation's openings": evidence.fits_nation < 1 - evidence.tolerated,
    }
    if wanted == "expand":
        found |= {
            "pay below a living wage": evidence.wage < assumptions.value("living_wage"),
            "non-credit completers not counted": evidence.uncounted,
            "completers not known": evidence.running and evidence.basis == "none" and not evidence.uncounted,
        }
    else:
        few = float(np.mean(evidence.graduates)) < assumptions.value("threshold.min_completers")
        found |= {
            "too few completers to judge": few,
            "leads to a higher award without a surplus": higher is not None
            and rule.lean(higher.p_shortage, higher.p_surplus) != "surplus",
        }
    return tuple(name for name, holds in found.items() if holds)
