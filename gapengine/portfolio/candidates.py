"""Which programs the portfolio may move: those that the advice wants larger or smaller, and that pass its gates."""

from __future__ import annotations

from collections.abc import Sequence

from gapengine.decisions import Advice

_LARGER = ("expand", "launch")
_SMALLER = ("review", "close")


def candidates(advice: Sequence[Advice]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """program_ids that may grow, and program_ids that may shrink."""

    def named(actions: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(item.evidence.program.program_id for item in advice if item.action in actions)

    return named(_LARGER), named(_SMALLER)
