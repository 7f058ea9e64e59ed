"""Displaced workers: people of announced layoffs who look for their own kind of work and take openings first."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from gapengine.arrivals import Arrivals
from gapengine.assumptions import Assumptions


def displaced(
    coming: Arrivals,
    weights: Mapping[str, float],
    years: np.ndarray,
    period: tuple[int, int],
    occupations: int,
    assumptions: Assumptions,
) -> np.ndarray:
    """People a year, by occupation, who lose their job in the gap period and look for the same work in the market.

    A layoff whose industry nobody told has no occupations: it is not counted here, and the ledger says so.

    Args:
        coming: layoffs with their losses by year, and the staffing patterns of their industries.
        weights: weight of each area in the market.
        years: (Y,) calendar years of the losses.
        period: first and last year of the gap period.
        occupations: O.
        assumptions: displaced.seek_same, draws.

    Returns:
        (K, O) people a year.
    """
    inside = (years >= period[0]) & (years <= period[1])
    total = np.zeros((assumptions.whole("draws"), occupations))
    seek = assumptions.value("displaced.seek_same")
    for event in coming.leaving:
        weight = weights.get(event.area_code, 0.0)
        if event.counted and event.naics_code and weight > 0 and event.naics_code in coming.patterns:
            yearly = event.losses[:, inside].sum(axis=1) / max(int(inside.sum()), 1)
            total += weight * seek * np.outer(yearly, coming.pattern(event.naics_code))
    return total
