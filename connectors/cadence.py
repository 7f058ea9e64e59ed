"""When agencies publish: how often, how long after the period described, and so when the next release is due."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

MONTHLY, QUARTERLY, YEARLY, IRREGULAR = "monthly", "quarterly", "yearly", "irregular"
_PERIOD = re.compile(r"(?P<year>\d{4})(?:Q(?P<quarter>[1-4])|-(?P<month>\d{2}))?$")


@dataclass(frozen=True)
class Cadence:
    """How often a feed is published.

    Attributes:
        every: ``monthly``, ``quarterly``, ``yearly`` or ``irregular`` (no date can be expected).
        lag_days: days from the end of the period to its publication.
        ends: month and day on which a yearly period ends (May 31 for OEWS, June 30 for awards).
    """

    every: str
    lag_days: int = 0
    ends: tuple[int, int] = (12, 31)

    def period_end(self, period: str) -> date | None:
        """Last day of a period written as 2016Q1, 2016-03 or 2016; None where it is written otherwise."""
        found = _PERIOD.match(period)
        if not found:
            return None
        year, quarter, month = int(found["year"]), found["quarter"], found["month"]
        if quarter or month:
            return _month_end(year, 3 * int(quarter) if quarter else int(month))
        return date(year, *self.ends)

    def next_release(self, newest: str) -> date | None:
        """Day on which the period after the newest one is expected; None where no day can be expected."""
        end = self.period_end(newest)
        months = {MONTHLY: 1, QUARTERLY: 3, YEARLY: 12}.get(self.every)
        if end is None or months is None:
            return None
        year, month = divmod(end.year * 12 + end.month - 1 + months, 12)
        following = date(year, *self.ends) if self.every == YEARLY else _month_end(year, month + 1)
        return following + timedelta(days=self.lag_days)

    def next_after(self, newest: str, today: date) -> tuple[date | None, int]:
        """First release after a day, and how many releases since the newest period held were due until then."""
        due, missed = self.next_release(newest), 0
        while due is not None and due <= today:
            newest, missed = self.following(newest), missed + 1
            due = self.next_release(newest)
        return due, missed

    def published(self, as_of: date, first: str) -> tuple[str, ...]:
        """Periods from the first one to the last that should be out on a day, oldest first.

        Args:
            as_of: the day.
            first: oldest period wanted, written as 2016Q1, 2016-03 or 2016.

        Raises:
            ValueError: the cadence is irregular, or the period is not written so.
        """
        if self.every == IRREGULAR or self.period_end(first) is None:
            raise ValueError(f"cannot count periods {self.every} from {first!r}")
        out = []
        period = first
        while (end := self.period_end(period)) is not None and end + timedelta(days=self.lag_days) <= as_of:
            out.append(period)
            period = self.following(period)
        return tuple(out)

    def following(self, period: str) -> str:
        """The next period in the same notation: 2016Q4 -> 2017Q1.

        Raises:
            ValueError: the period is not written so.
        """
        found = _PERIOD.match(period)
        if not found:
            raise ValueError(f"expected a period as 2016Q1, 2016-03 or 2016, found {period!r}")
        year, quarter, month = int(found["year"]), found["quarter"], found["month"]
        if quarter:
            return f"{year + int(quarter) // 4}Q{int(quarter) % 4 + 1}"
        if month:
            return f"{year + int(month) // 12}-{int(month) % 12 + 1:02d}"
        return str(year + 1)

    def missing(self, periods: list[str]) -> tuple[str, ...]:
        """Periods between the oldest and the newest that are not there."""
        known = sorted({period for period in periods if self.period_end(period) is not None})
        out = []
        for period, later in pairwise(known):
            following = self.following(period)
            while following < later:
                out.append(following)
                following = self.following(following)
        return tuple(out)


def _month_end(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)
