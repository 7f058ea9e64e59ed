"""Words and numbers of the report: how the engine's results are said in plain sentences."""

from __future__ import annotations

import numpy as np

from reports.quantities import Range, YearCount

LEVELS = {
    "certificate": "Certificate, under a year",
    "diploma": "Diploma, one to two years",
    "associate": "Associate degree",
    "noncredit": "Non-credit certificate",
}
MARKETS = {"shed": "Labor shed", "region": "Region", "state": "State"}
NUMBERS = (
    "No",
    "One",
    "Two",
    "Three",
    "Four",
    "Five",
    "Six",
    "Seven",
    "Eight",
    "Nine",
    "Ten",
    "Eleven",
    "Twelve",
    "Thirteen",
    "Fourteen",
    "Fifteen",
)


def spread(draws: np.ndarray) -> Range:
    """80% range and median of draws."""
    low, middle, high = np.quantile(draws, [0.1, 0.5, 0.9])
    return Range(float(low), float(middle), float(high))


def number(count: int) -> str:
    """A count in words up to fifteen, capitalised, as a sentence begins."""
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def plural(count: int, one: str, many: str) -> str:
    """`one` for exactly one, else `many`."""
    return one if count == 1 else many


def openings(count: float) -> str:
    """A count of openings: "less than one opening", "1 opening", "62 openings"."""
    if count < 0.5:
        return "less than one opening"
    return f"{count:,.0f} {plural(round(count), 'opening', 'openings')}"


def percent(share: float) -> str:
    """A share in percent; what draws cannot rule out is never 0% or 100%."""
    if share < 0.01:
        return "less than 1%"
    return "more than 99%" if share > 0.99 else f"{share:.0%}"


def counts(history: dict[int, float]) -> tuple[YearCount, ...]:
    """Year counts in order."""
    return tuple(YearCount(year, value) for year, value in sorted(history.items()))


def joined(names: list[str]) -> str:
    """'A', 'A and B', 'A, B and C'."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def inside(title: str) -> str:
    """A title as it stands inside a sentence: small first letter, unless it is an abbreviation or a name."""
    first = title.split(" ", 1)[0]
    keep = not first[1:].islower() or first in ("Spanish", "Basic")
    return title if keep else title[0].lower() + title[1:]


def named(title: str, award_level: str) -> str:
    """Title and award level, unless the title says the level itself."""
    level = LEVELS[award_level].split(",")[0].lower()
    return title if level in title.lower() else f"{title}, {level}"


def money_a_year(cost: tuple[float, float, float]) -> str:
    """A cost with its range, "About $90,000 a year ($40,000 to $180,000)", or without where it is known exactly."""
    low, middle, high = (money(end) for end in cost)
    return f"{middle} a year" if low == high else f"About {middle} a year ({low} to {high})"


def money(amount: float) -> str:
    """Dollars rounded to what is known: $90,000 or $1.2 million."""
    if amount >= 1_000_000:
        return f"${amount / 1e6:,.1f} million"
    return f"${round(amount, -4):,.0f}" if amount >= 100_000 else f"${round(amount, -3):,.0f}"


def unplaced(people: float) -> str:
    """How many of a program's own graduates find no opening, as a clause."""
    if people < 0.5:
        return "fewer than one of its own finds none"
    return f"about {people:,.0f} of its own {plural(round(people), 'finds', 'find')} none"


def percents(value: float, now: float) -> str:
    """Where the advice changes and this run's value, with a decimal where both would read the same without."""
    digits = 1 if f"{value:.0%}" == f"{now:.0%}" else 0
    return f"{value:.{digits}%} (this run: {now:.{digits}%})"
