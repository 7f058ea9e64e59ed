"""The portfolio as plain data: JSON for scripts and tidy tables for a run's folder."""

from __future__ import annotations

from typing import Any

import pandas as pd

from gapengine.portfolio.result import Choice, Portfolio


def as_json(portfolio: Portfolio) -> dict[str, Any]:
    """What scripts read: choices, limits, what is not known, how the search ended."""
    return {
        "gain_usd": round(portfolio.gain_usd, 2),
        "mean_usd": round(portfolio.mean_usd, 2),
        "worst_usd": round(portfolio.worst_usd, 2),
        "placed": round(portfolio.placed, 2),
        "choices": [_choice(choice) for choice in portfolio.choices],
        "limits": limits(portfolio).astype(object).where(lambda frame: frame.notna(), None).to_dict("records"),
        "binding": list(portfolio.binding),
        "left_out": {name: list(missing) for name, missing in portfolio.left_out.items()},
        "infeasible": {name: round(amount, 4) for name, amount in portfolio.infeasible.items()},
        "solver": {
            "draws": portfolio.draws,
            "gap": round(portfolio.gap, 8),
            "nodes": portfolio.nodes,
            "proven": portfolio.proven,
        },
    }


def _choice(choice: Choice) -> dict[str, Any]:
    return {
        "program": choice.program_id,
        "sections_now": choice.now.value,
        "sections_now_standing": choice.now.standing,
        "sections": choice.sections,
        "starts": choice.added,
        "launch": choice.launch,
        "close": choice.close,
        "recurring_usd": round(choice.recurring_usd, 2),
        "one_time_usd": round(choice.one_time_usd, 2),
        "revenue_per_section_usd": choice.revenue.value,
        "placed": round(choice.placed, 2),
        "gain_usd": round(choice.gain_usd, 2),
        "one_more_usd": None if choice.one_more_usd is None else round(choice.one_more_usd, 2),
        "blocked_by": list(choice.blocked_by),
        "unchecked": {name: round(amount, 2) for name, amount in choice.unchecked.items()},
        "assumed": list(choice.assumed),
        "kept": round(choice.kept, 4),
        "kept_below": None if choice.kept_below is None else round(choice.kept_below, 4),
        "kept_above": None if choice.kept_above is None else round(choice.kept_above, 4),
    }


def choices(portfolio: Portfolio) -> pd.DataFrame:
    """One row for each program that took part; lists as text."""
    rows = []
    for choice in portfolio.choices:
        row = _choice(choice)
        row["starts"] = "; ".join(f"{quarter}: {count}" for quarter, count in choice.added.items())
        row["blocked_by"], row["assumed"] = "; ".join(choice.blocked_by), "; ".join(choice.assumed)
        row["unchecked"] = "; ".join(f"{name}: {amount:g}" for name, amount in choice.unchecked.items())
        rows.append(row)
    return pd.DataFrame(rows, columns=list(_COLUMNS)).astype(_COLUMNS)


_COLUMNS = {
    "program": "str",
    "sections_now": "float",
    "sections_now_standing": "str",
    "sections": "int",
    "starts": "str",
    "launch": "bool",
    "close": "bool",
    "recurring_usd": "float",
    "one_time_usd": "float",
    "revenue_per_section_usd": "float",
    "placed": "float",
    "gain_usd": "float",
    "one_more_usd": "float",
    "blocked_by": "str",
    "unchecked": "str",
    "assumed": "str",
    "kept": "float",
    "kept_below": "float",
    "kept_above": "float",
}


def limits(portfolio: Portfolio) -> pd.DataFrame:
    """One row a limit: what there is, what is used, whether it binds; an unknown amount is blank."""
    rows = [
        {
            "limit": use.resource.name,
            "title": use.resource.title,
            "unit": use.resource.unit,
            "standing": use.resource.figure.standing,
            "there": use.there,
            "used": round(use.used, 4),
            "binding": use.resource.name in portfolio.binding,
        }
        for use in portfolio.used
    ]
    types = {"limit": "str", "title": "str", "unit": "str", "standing": "str", "there": "float", "used": "float"}
    return pd.DataFrame(rows, columns=[*types, "binding"]).astype({**types, "binding": "bool"})
