"""From the last history of many series to the newest totals: each grows as expected, and the sums are met."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from models.panel_errors import ErrorScales
from models.reconcile import hierarchy, reconcile

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Nowcast:
    """Levels carried to a newer date.

    Attributes:
        levels: (N,) jobs; those of a group sum to its newest total.
        error: (N,) scale of the log error that carrying added, of the Student-like own errors of ErrorScales. The
            error that all series share is not in it: the totals hold it.
        moved: group -> log of its total over the sum of its expected levels: what only the totals knew.
    """

    levels: Floats
    error: Floats
    moved: dict[str, float]


def carry_to_totals(
    levels: ArrayLike,
    groups: Sequence[str],
    totals: Mapping[str, float],
    *,
    years: ArrayLike,
    growth: ArrayLike | float = 0.0,
    once: ArrayLike | float = 0.0,
    scales: ErrorScales,
) -> Nowcast:
    """Carry levels forward by their expected growth, then make each group meet its total.

    What the totals reveal is mostly common to all series of a group, so the difference is shared in proportion to
    jobs: the reconciliation whose error variances go with jobs. Variances that go with the own error instead, so that
    uncertain series take most of it, did worse in Georgia, North Carolina and Ohio (docs/backtests.md).

    Args:
        levels: (N,) jobs at the last history, above zero.
        groups: (N,) group of each series.
        totals: group -> jobs of the group at the newest date, the part that these series make up.
        years: (N,) or one number, from the last history to the newest total.
        growth: (N,) or one number, expected log growth a year; only differences between series matter.
        once: (N,) or one number, expected log change that does not depend on the years (noise that goes back).
        scales: own errors by size and horizon.

    Raises:
        ValueError: a group has no total, or a level or total is not above zero, or years are negative.
    """
    known = np.asarray(levels, float)
    names = [str(name) for name in groups]
    missing = sorted(set(names) - set(totals))
    if missing:
        raise ValueError(f"carry_to_totals: no total for {', '.join(missing)}")
    since = np.asarray(years, float)
    if (since < 0).any() or not (known > 0).all() or not all(totals[name] > 0 for name in set(names)):
        raise ValueError(
            "carry_to_totals: levels and totals must be above zero, and the total no older than the levels"
        )
    expected = known * np.exp(np.asarray(growth, float) * since + np.asarray(once, float))
    tree = hierarchy([str(place) for place in range(len(known))], [names])
    order = tree.names[: tree.n_wholes]
    wanted = np.array([totals[name] for name in order])
    moved = np.log(wanted / (tree.wholes @ expected))
    variances = np.concatenate([np.zeros(len(order)), expected])
    met = reconcile(tree, np.concatenate([wanted, expected]), variances)[len(order) :]
    error = np.where(since > 0, scales.own_scale(known, since), 0.0)
    return Nowcast(met, error, dict(zip(order, moved.tolist(), strict=True)))
