"""The share of completers who stay in a market and work in their field: each assumption is drawn once for everybody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from gapengine.assumptions import Assumptions

Names = tuple[str, str]
"""The assumption about staying, and the one about working in field."""


def kept_names(award_class: str, market: str, licensed: bool) -> Names:
    """Names of the two assumptions that turn completers into people at work in their field in a market."""
    place = "state" if market == "state" else "shed"
    return f"stays.{place}.{award_class}", f"works_in_field.{'licensed' if licensed else award_class}"


def kept_draws(assumptions: Assumptions, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Draw every assumption about staying and working in field once: (K,) by name.

    The same draw serves the college's own programs, all other institutions and all markets: what is not known about
    graduates in general is the same unknown everywhere.
    """
    draws = assumptions.whole("draws")
    members = [f"{group}.{rest}" for group in ("stays", "works_in_field") for rest in assumptions.group(group)]
    return {name: assumptions[name].draw(rng, draws) for name in sorted(members)}


def kept_shares(
    names: Sequence[Names], drawn: Mapping[str, np.ndarray], draws: int, stated: Mapping[int, float] | None = None
) -> np.ndarray:
    """(K, N) share who stay and work in field.

    Args:
        names: of the two assumptions, by column.
        drawn: (K,) draws by name.
        draws: K.
        stated: column -> placement rate that a college states of its own graduates, in place of the second assumption.
    """
    known = stated or {}
    columns = [
        drawn[stays] * (known[place] if place in known else drawn[field]) for place, (stays, field) in enumerate(names)
    ]
    return np.column_stack(columns) if columns else np.zeros((draws, 0))
