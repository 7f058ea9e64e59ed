"""Few draws that stand for many: strata along the level, more of them in its worst part, near in means and tails.

Stratified sampling with the best of many random sets (moment matching; Hoyland and Wallace 2001).
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.intp]

_TRIES = 300


def choose(
    level: Floats, features: Floats, count: int, rng: np.random.Generator, worst: float = 0.2
) -> tuple[Integers, Floats]:
    """Choose draws and their weights.

    Args:
        level: (K,) what is good in a draw, as the value without any move; its lowest draws are the worst.
        features: (K, F) what the chosen draws must resemble in mean and in the mean of the worst part.
        count: how many draws; all of them where there are no more.
        rng: chooses the sets that are compared.
        worst: share of draws that is the worst part.

    Returns:
        Positions of the chosen draws, ascending, and their weights, which add up to 1. A third of them, at least one,
        lies in the worst part.
    """
    draws = len(level)
    if count >= draws:
        return np.arange(draws), np.full(draws, 1 / draws)
    order = np.argsort(level, kind="stable")
    bad = round(worst * draws)
    low = min(max(1, count // 3), bad, count)
    strata = [*np.array_split(order[:bad], low), *np.array_split(order[bad:], max(count - low, 1))]
    strata = [part for part in strata if part.size]
    weights = np.array([len(part) for part in strata]) / draws
    scale = np.maximum(features.std(axis=0), 1e-12)
    scaled = features / scale
    wanted = np.concatenate([scaled.mean(axis=0), scaled[order[:bad]].mean(axis=0)]) if bad else scaled.mean(axis=0)
    best, distance = np.array([part[len(part) // 2] for part in strata]), np.inf
    for attempt in range(_TRIES):
        picked = best if attempt == 0 else np.array([part[int(rng.integers(len(part)))] for part in strata])
        found = weights @ scaled[picked]
        if bad:
            found = np.concatenate([found, weights[:low] @ scaled[picked[:low]] / weights[:low].sum()])
        off = float(((found - wanted) ** 2).sum())
        if off < distance:
            best, distance = picked, off
    rank = np.argsort(best, kind="stable")
    return best[rank], weights[rank]
