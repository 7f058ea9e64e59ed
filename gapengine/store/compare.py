"""Whether a new vintage looks wrong beside the last one: rows, keys, totals, share of changed cells. Pure."""

from __future__ import annotations

import pandas as pd

from connectors.source import Feed, Range


def revision(new: pd.DataFrame, old: pd.DataFrame, feed: Feed) -> list[str]:
    """What looks wrong in a new vintage of a part beside the last one of the same series and period.

    Args:
        new: rows of the new vintage.
        old: rows of the last one.
        feed: its key and limits.

    Returns:
        One sentence for each limit that is passed, naming figures of both and the column; empty where all is well.
    """
    limits, key = feed.limits, list(feed.table.key)
    said = _ratio("rows", len(new), len(old), limits.rows)
    for column, allowed in limits.totals.items():
        said += _ratio(f"total of column {column!r}", _total(new, column), _total(old, column), allowed)
    before, after = _keyed(old, key), _keyed(new, key)
    gone = before.index.difference(after.index)
    if len(gone) > limits.lost_keys * len(before):
        first = dict(zip(key, gone[0] if isinstance(gone[0], tuple) else (gone[0],), strict=True))
        said.append(
            f"{len(gone):,} of {len(before):,} keys are gone ({len(gone) / len(before):.0%}; "
            f"{limits.lost_keys:.0%} may be), such as {_words(first)}"
        )
    return said + _changed(after, before, limits.changed)


def succession(new: pd.DataFrame, before: pd.DataFrame, period: str, feed: Feed) -> list[str]:
    """What looks wrong in a period that is new, beside the period before it of the same series.

    Args:
        new: rows of the new period.
        before: rows of the period before.
        period: name of the period before.
        feed: its limits.
    """
    limits = feed.limits
    said = _ratio(f"rows beside {period}", len(new), len(before), limits.next_rows)
    for column, allowed in limits.next_totals.items():
        said += _ratio(
            f"total of column {column!r} beside {period}", _total(new, column), _total(before, column), allowed
        )
    return said


def _changed(after: pd.DataFrame, before: pd.DataFrame, allowed: float) -> list[str]:
    common = after.index.intersection(before.index)
    columns = [column for column in after.columns if column in before.columns]
    if not len(common) or not columns:
        return []
    new, old = after.loc[common, columns], before.loc[common, columns]
    differs = (new.astype("object") != old.astype("object")) & ~(new.isna() & old.isna())
    by_column = differs.mean()
    share = float(by_column.mean())
    if share <= allowed:
        return []
    most = str(by_column.idxmax())
    return [
        f"{share:.0%} of the cells of {len(common):,} common rows have changed ({allowed:.0%} may), most of all in "
        f"column {most!r} ({float(by_column.max()):.0%})"
    ]


def _keyed(frame: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    text = frame.assign(**{column: frame[column].astype("object").where(frame[column].notna(), "") for column in key})
    return text.set_index(key).sort_index()


def _total(frame: pd.DataFrame, column: str) -> float:
    return float(frame[column].sum())


def _ratio(what: str, new: float, old: float, allowed: Range) -> list[str]:
    low, high = allowed
    if old == 0 or low <= new / old <= high:
        return []
    return [f"{what}: {new:,.0f} after {old:,.0f} ({new / old - 1:+.1%}; {low - 1:+.0%} to {high - 1:+.0%} may be)"]


def _words(row: dict[str, object]) -> str:
    return ", ".join(f"{name} {value}" for name, value in row.items() if value != "")
