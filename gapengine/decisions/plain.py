"""An advice's growth, what would settle it and its dossier as plain values, for run.json and ``--json``."""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import Any

import numpy as np

from gapengine.decisions.advice import Advice
from gapengine.decisions.dossier import Dossier
from gapengine.decisions.sections import Growth


def plain(advice: Advice) -> dict[str, Any]:
    """The fields beyond the contract's own: signal, change, gates, growth, settles, dossier."""
    return {
        "signal": advice.signal,
        "change": advice.change,
        "gates": list(advice.gates),
        "growth": _growth(advice.growth) if advice.sections else None,
        "settles": [
            {
                "name": item.name,
                "gain": None if math.isnan(item.gain) else round(item.gain, 4),
                "changes": None if math.isnan(item.changes) else round(item.changes, 4),
                "finding": item.finding,
            }
            for item in advice.settles
        ],
        "dossier": None if advice.dossier is None else _dossier(advice.dossier, advice.evidence.few),
    }


def _growth(plan: Growth) -> dict[str, Any]:
    return {
        "permanent": plan.permanent,
        "limited": plan.limited,
        "decide_by": plan.decide_by,
        "first_completers": plan.first_completers,
        "cost_usd": None if plan.cost is None else [round(value) for value in plan.cost],
        "once_usd": None if plan.once is None else [round(value) for value in plan.once],
        "placed": [{"soc_code": code, "people": round(people, 1)} for code, people in plan.placed],
    }


def _dossier(found: Dossier, few: bool) -> dict[str, Any]:
    out: dict[str, Any] = _rounded(asdict(found))
    if out["teach_out"] is not None:
        del out["teach_out"]["value_draws"]
        for year in out["teach_out"]["years"] if few else ():
            year["graduates"] = None
    return out | {"complete": found.complete}


def _rounded(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return None
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, dict):
        return {name: _rounded(item) for name, item in value.items()}
    return [_rounded(item) for item in value] if isinstance(value, list | tuple) else value
