"""Words and numbers of the report: how the engine's results are said in plain sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reports.quantities import Range, YearCount

LEVELS = {
    "certificate": "Certificate, under a year",
    "diploma": "Diploma, one to two years",
    "associate": "Associate degree",
    "noncredit": "Non-credit certificate",
}
MARKETS = {"shed": "Labor shed", "region": "Region", "state": "State"}
if TYPE_CHECKING:
    pass

NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve")


def spread(draws: np.ndarray) -> Range:
    """80% range and median of draws."""
    low, middle, high = np.quantile(draws, [0.1, 0.5, 0.9])
    return Range(float(low), float(middle), float(high))


def number(count: int) -> str:
    """A count in words up to twelve, capitalised, as a sentence begins."""
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def plural(count: int, one: str, many: str) -> str:
    """`one` for exactly one, else `many`."""
    return one if count == 1 else many


def counts(history: dict[int, float]) -> tuple[YearCount, ...]:
    """Year counts in order."""
    return tuple(YearCount(year, value) for year, value in sorted(history.items()))


def joined(names: list[str]) -> str:
    """'A', 'A and B', 'A, B and C'."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def county(run: Run, county_fips: str) -> str:
    """Name of a county of the labor shed; its code where the snapshot has no name."""
    return run.college.county_names.get(county_fips, county_fips)


def money(amount: float) -> str:
    """Dollars rounded to what is known: $90,000 or $1.2 million."""
    if amount >= 1_000_000:
        return f"${amount / 1e6:,.1f} million"
    return f"${round(amount, -4):,.0f}" if amount >= 100_000 else f"${round(amount, -3):,.0f}"
