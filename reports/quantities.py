"""The small vocabulary that every page shares: ranges, tagged figures, kinds of action."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ActionKind = Literal["expand", "launch", "hold", "watch", "review", "close", "transfer"]
"""What the report advises for a program; each has its own colour and its own shape."""

Standing = Literal["known", "assumed", "unknown"]
"""Whether a figure was stated by its owner, is an assumption with a range, or is not known."""


@dataclass(frozen=True)
class Range:
    """A quantity of which many draws were made: 80% of them lie from p10 to p90.

    Attributes:
        p10: one draw in ten lies below.
        p50: the median.
        p90: one draw in ten lies above.
    """

    p10: float
    p50: float
    p90: float


@dataclass(frozen=True)
class Figure:
    """One number of a cost or capacity table, with how far it can be trusted.

    Attributes:
        name: what it is, "Seats in a section".
        value: the number; None when it is unknown.
        unit: "seats", "$ a year", "share of 1" (shares are printed in percent).
        standing: known, assumed or unknown.
        low: lowest plausible value of an assumption.
        high: highest plausible value of an assumption.
        note: source or reason, one short sentence.
    """

    name: str
    value: float | None
    unit: str
    standing: Standing
    low: float | None = None
    high: float | None = None
    note: str = ""


@dataclass(frozen=True)
class YearCount:
    """A count in one year; None where it is not published or not known.

    Attributes:
        year: calendar or award year.
        count: people, completers or jobs.
    """

    year: int
    count: float | None
