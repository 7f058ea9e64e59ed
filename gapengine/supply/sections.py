"""What one section yields: seats, the share taken, the share of entrants who complete, cohorts a year."""

from __future__ import annotations

import numpy as np

from gapengine.figures import Assumed, Known
from gapengine.programs import Program

_PARTS = ("seats_per_section", "fill_rate", "completion_rate", "cohorts_per_year")


def section_yield(program: Program) -> float | None:
    """Completers a year of one further section at the numbers used; None where one of them is unknown."""
    amount = 1.0
    for name in _PARTS:
        value = program.figures[name].value
        if value is None:
            return None
        amount *= value
    return amount


def section_draws(program: Program, draws: int, rng: np.random.Generator) -> np.ndarray:
    """(K,) completers a year of one further section, drawn from the ranges of what is assumed; NaN where unknown."""
    amount = np.ones(draws)
    for name in _PARTS:
        figure = program.figures[name]
        if isinstance(figure, Known):
            amount = amount * figure.value
        elif isinstance(figure, Assumed):
            spread = figure.low < figure.high
            drawn = rng.triangular(figure.low, figure.value, figure.high, draws) if spread else figure.value
            amount = amount * drawn
        else:
            return np.full(draws, np.nan)
    return amount


def students_at_once(program: Program) -> float | None:
    """Students whom one further section holds at once; None where its seats or their share taken are unknown."""
    seats, taken = program.seats_per_section.value, program.fill_rate.value
    return None if seats is None or taken is None else seats * taken
