"""The vocabulary in which tables are declared, and the check that a frame holds its declaration."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
import pandera.pandas as pa


class TableError(ValueError):
    """A frame that breaks the declaration of its table: names the table, the column, the rows and what was expected."""


@dataclass(frozen=True)
class Table:
    """One declared table.

    Attributes:
        name: the table's name, as in the snapshot and in the docs.
        meaning: one sentence on what a row is.
        schema: pandera columns; each has a description (meaning) and, in its metadata, a unit.
        key: columns that identify a row.
        caveats: what a reader must know before using it.
    """

    name: str
    meaning: str
    schema: pa.DataFrameSchema
    key: tuple[str, ...]
    caveats: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Column names in their declared order."""
        return tuple(self.schema.columns)


def text(meaning: str, *, pattern: str | None = None, null: bool = False, isin: list[str] | None = None) -> pa.Column:
    """A column of text; codes are text, always."""
    checks = []
    if pattern:
        checks.append(pa.Check.str_matches(pattern))
    if isin:
        checks.append(pa.Check.isin(isin))
    return pa.Column("str", checks, nullable=null, description=meaning, metadata={"unit": "text"}, coerce=True)


def number(
    meaning: str, unit: str, *, null: bool = True, low: float | None = 0, high: float | None = None
) -> pa.Column:
    """A column of numbers; unknown is null, never zero."""
    checks = []
    if low is not None:
        checks.append(pa.Check.ge(low))
    if high is not None:
        checks.append(pa.Check.le(high))
    return pa.Column("float64", checks, nullable=null, description=meaning, metadata={"unit": unit}, coerce=True)


def whole(meaning: str, unit: str, *, null: bool = False, low: int | None = 0) -> pa.Column:
    """A column of whole numbers."""
    checks = [pa.Check.ge(low)] if low is not None else []
    return pa.Column("Int64", checks, nullable=null, description=meaning, metadata={"unit": unit}, coerce=True)


def flag(meaning: str) -> pa.Column:
    """A column of true or false."""
    return pa.Column("bool", description=meaning, metadata={"unit": "true or false"}, coerce=True)


def share(meaning: str, *, null: bool = True) -> pa.Column:
    """A column of shares between 0 and 1."""
    return number(meaning, "share of 1", null=null, low=0, high=1)


def table(
    name: str, meaning: str, columns: dict[str, pa.Column], key: tuple[str, ...], caveats: tuple[str, ...] = ()
) -> Table:
    """Declare a table whose columns are exactly these, in this order."""
    return Table(name, meaning, pa.DataFrameSchema(columns, strict=True, ordered=True, name=name), key, caveats)


SOC = r"^\d\d-\d{4}$"
CIP = r"^\d\d(\.\d{2}(\d{2})?)?$"
FIPS5 = r"^\d{5}$"
NAICS4 = r"^\d{4}$"


def checked(frame: pd.DataFrame, declared: Table, source: str) -> pd.DataFrame:
    """Return the frame in the table's column order and types, or raise naming source, column and rows.

    Args:
        frame: the candidate rows.
        declared: the declaration to hold.
        source: what was read, for the message (a file or an address).

    Returns:
        The rows with a fresh index, columns ordered as declared. Identical duplicate rows are folded.

    Raises:
        TableError: a column is missing or unknown, a value has the wrong type or is outside its range, or two rows
            share a key but differ.
    """
    missing = [name for name in declared.columns if name not in frame.columns]
    unknown = [name for name in frame.columns if name not in declared.columns]
    if missing or unknown:
        raise TableError(f"{source}: table {declared.name}: missing columns {missing}, unknown columns {unknown}")
    ordered = frame.loc[:, list(declared.columns)].drop_duplicates().reset_index(drop=True)
    try:
        valid: Any = declared.schema.validate(ordered, lazy=True)
    except pa.errors.SchemaErrors as error:
        cases = error.failure_cases.head(5)
        listed = "; ".join(
            f"column {row.column!r} row {row.index}: {row.failure_case!r} fails {row.check}"
            for row in cases.itertuples(index=False)
        )
        raise TableError(f"{source}: table {declared.name}: {listed}") from None
    clash = valid.duplicated(list(declared.key), keep=False)
    if clash.any():
        first = valid.loc[clash, list(declared.key)].iloc[0].to_dict()
        raise TableError(f"{source}: table {declared.name}: rows that share the key {first} differ")
    return pd.DataFrame(valid)
