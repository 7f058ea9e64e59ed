"""Stage effects as stated assumptions, updated by what became of other projects that had reached the stage."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from gapengine.arrivals.tellings import STAGES
from gapengine.assumptions import Assumptions
from gapengine.rows import records
from models.delivery import Prior
from models.delivery_prior import updated_odds

Outcome = bool | None
"""Whether a project delivered any job: no, yes, or not known yet."""


def outcome(row: Mapping[str, Any]) -> Outcome:
    """What became of a project: a count of jobs tells, an opening (some), a cancellation (none); else not known.

    A count of zero settles nothing while the project is only late.
    """
    realised = row["realised_jobs"]
    if pd.notna(realised) and float(realised) > 0:
        return True
    if row["stage"] == "open":
        return True
    return False if row["stage"] == "cancelled" else None


def outcomes(table: pd.DataFrame) -> dict[str, tuple[str, bool]]:
    """Event -> (its stage, whether it delivered any job), for events whose outcome is known."""
    found = {}
    for row in records(table.drop_duplicates("event_id")):
        known = outcome(row)
        if known is not None:
            found[str(row["event_id"])] = (str(row["stage"]), known)
    return found


def zero_odds(table: pd.DataFrame, assumptions: Assumptions, prior: Prior) -> np.ndarray:
    """(A,) factor on the odds of delivering nothing of each row, updated by the outcomes of the other events.

    Every project was announced once, so each outcome bears on ``announced``; an opening or a count bears on the stage
    that the project had reached as well. An outcome counts ``announcement.outcome_weight`` of a project, because
    failures and openings make the news and quiet successes do not; a stage's stated factor is worth
    ``announcement.stage_strength`` projects. Cancelled stays cancelled.
    """
    known = outcomes(table)
    weight = assumptions.value("announcement.outcome_weight")
    strength = assumptions.value("announcement.stage_strength")
    stated = {stage: assumptions.value(f"stage.{stage}.zero_odds") for stage in sorted(set(table["stage"]))}
    out = []
    for event, stage in zip(table["event_id"], table["stage"], strict=True):
        if stage == "cancelled":
            out.append(np.inf)
            continue
        others = [item for name, item in known.items() if name != event and _bears(item[0], str(stage))]
        nothing = weight * sum(not some for _, some in others)
        something = weight * sum(some for _, some in others)
        out.append(updated_odds(prior, stated[stage], strength, nothing, something))
    return np.array(out)


def _bears(reached: str, stage: str) -> bool:
    """Whether an outcome of a project that reached one stage tells about another: all were announced once."""
    if reached not in STAGES or stage not in STAGES:
        return False
    return stage == "announced" or (reached == stage and reached != "cancelled")
