"""From cells of text to numbers, codes and titles, with impossible rows set aside and named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from connectors.replies import SourceError

_FOOTNOTE = r"(?:\s*[\(\[]\d{1,2}[\)\]])+\s*$"
_EXCEL_WRAP = r'^="(.*)"$'


def numbers(frame: pd.DataFrame, column: str, name: str, *, unknown: Sequence[str] = ()) -> pd.Series[float]:
    """A column of text as numbers: thousands separators and $ dropped, blanks and the agency's markers null.

    Args:
        frame: a frame of :mod:`connectors.reading`.
        column: its column.
        name: what to call the file in messages.
        unknown: the agency's markers for a value that is not available, such as ``**`` or ``(D)``.

    Raises:
        SourceError: a cell is neither a number nor a marker, with its line.
    """
    text = frame[column].str.strip()
    plain = text.str.replace(r"[,$]", "", regex=True)
    value = pd.to_numeric(plain, errors="coerce").astype("float64")
    bad = ~np.isfinite(value) & ~text.isin(["", *unknown])
    if bad.any():
        line = int(frame.index[bad][0])
        found = f"expected a number or one of {['blank', *unknown]}, found {text[bad].iloc[0]!r}"
        remedy = "Compare with the agency's layout document: a column may have moved or a marker may be new"
        raise SourceError(name, found, remedy, line=line, column=column)
    return value


def codes(column: pd.Series[str]) -> pd.Series[str]:
    """Codes as printed: ``="13-2011"`` unwrapped, footnote marks such as ``(1)`` and spaces at the ends dropped."""
    bare = column.str.replace(_FOOTNOTE, "", regex=True).str.strip().str.replace(_EXCEL_WRAP, r"\1", regex=True)
    return bare.str.replace(_FOOTNOTE, "", regex=True).str.strip()


def titles(column: pd.Series[str]) -> pd.Series[str]:
    """Titles on one line: runs of white space become one space, footnote marks such as ``(1)`` at the end dropped."""
    return codes(column).str.replace(r"\s+", " ", regex=True)


def possible(frame: pd.DataFrame, rules: Mapping[str, pd.Series[bool]], name: str) -> tuple[pd.DataFrame, list[str]]:
    """Set rows with impossible values aside, and say which and why.

    Args:
        frame: a frame indexed by line.
        rules: what is impossible ("employment below zero") -> true in the rows where it is.
        name: what to call the file in messages.

    Returns:
        The rows that break no rule, and one sentence for each row set aside. Give the sentences to :func:`noted`.

    Raises:
        SourceError: more than half of the rows are impossible: the columns must have moved.
    """
    aside = [f"{name}, line {line}: {why}" for why, bad in rules.items() for line in frame.index[bad]]
    broken: npt.NDArray[np.bool_] = np.zeros(len(frame), dtype=bool)
    for bad in rules.values():
        broken |= bad.to_numpy(dtype=bool)
    if 2 * broken.sum() > len(frame):
        found = f"expected possible values, found {int(broken.sum())} impossible rows of {len(frame)} ({aside[0]})"
        raise SourceError(name, found, "Compare with the agency's layout document: columns may have been swapped")
    return frame.loc[~broken], aside


def noted(frame: pd.DataFrame, aside: Sequence[str]) -> pd.DataFrame:
    """The frame, with the sentences about rows set aside under ``frame.attrs["quarantined"]`` (absent when none)."""
    if aside:
        frame.attrs["quarantined"] = list(aside)
    return frame
