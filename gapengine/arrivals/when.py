"""Dates that may lack a day or a month: as decimal years, and how far two lie apart."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd


def decimal_date(text: str | None) -> float:
    """'2025-05' or '2025-05-18' as a decimal year; the middle of the month or year where the day is not known."""
    if text is None or pd.isna(text) or not str(text):
        return float("nan")
    parts = [int(part) for part in str(text).split("-")]
    month = parts[1] if len(parts) > 1 else 7
    day = parts[2] if len(parts) > 2 else (15 if len(parts) > 1 else 1)
    return parts[0] + (month - 1) / 12 + (day - 1) / 365


def days_between(one: str, other: str) -> int:
    """Fewest days between two dates; a date without a day or month stands for every day of its month or year."""
    first, second = sorted((_span(one), _span(other)))
    return max(0, (second[0] - first[1]).days)


def _span(text: str) -> tuple[date, date]:
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        return date(*parts), date(*parts)
    if len(parts) == 2:
        year, month = parts
        return date(year, month, 1), date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return date(parts[0], 1, 1), date(parts[0], 12, 31)
