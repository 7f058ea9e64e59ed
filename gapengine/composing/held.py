"""What a store holds as of a day, and what a table of a run takes from it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pandas as pd

from gapengine.college import College
from gapengine.snapshot import Snapshot
from gapengine.store.files import read_vintage
from gapengine.store.listed import Vintage


@dataclass(frozen=True)
class Shed:
    """The places of a labor shed, as the agencies write them.

    Attributes:
        counties: five digits.
        areas: OEWS areas, five digits.
        state_fips: two digits.
        unit_id: IPEDS UNITID of the college.
    """

    counties: tuple[str, ...]
    areas: tuple[str, ...]
    state_fips: str
    unit_id: str

    @classmethod
    def of(cls, college: College) -> Shed:
        """The labor shed of a college."""
        areas = tuple(area.area_code for area in college.areas)
        return cls(college.counties, areas, college.state_fips, college.unit_id)

    @property
    def qcew_areas(self) -> tuple[str, ...]:
        """Counties, metropolitan areas (C2050), state and nation."""
        return (*self.counties, *(f"C{code[:4]}" for code in self.areas), f"{self.state_fips}000", "US000")


@dataclass(frozen=True)
class Held:
    """The vintages of a store as of a day; remembers which it gave out.

    Attributes:
        store: the folder.
        vintages: the newest of each part.
        used: vintages that were read.
    """

    store: Path
    vintages: tuple[Vintage, ...]
    used: dict[tuple[str, str, str, str], Vintage] = field(default_factory=dict)

    def frame(
        self, source: str, feed: str, series: Collection[str] | None = None, newest: bool = False
    ) -> pd.DataFrame | None:
        """Rows of a feed.

        Args:
            source: its source.
            feed: its name.
            series: only these; all where None.
            newest: only the newest period.

        Returns:
            The rows in the order in which their vintages were accepted, or None where the store has none.

        Raises:
            DataContract: a file is missing or altered.
        """
        mine = [item for item in self.vintages if (item.source, item.feed) == (source, feed)]
        mine = [item for item in mine if series is None or item.series in series]
        if newest and mine:
            last = max(item.period for item in mine)
            mine = [item for item in mine if item.period == last]
        if not mine:
            return None
        for item in mine:
            self.used[item.part] = item
        return pd.concat([read_vintage(self.store, item.table_name, item.sha256) for item in mine], ignore_index=True)

    def until(self, source: str, feed: str) -> str:
        """The newest period that a feed has."""
        return max((item.period for item in self.vintages if (item.source, item.feed) == (source, feed)), default="")


Build = Callable[[Held, Shed, Snapshot], pd.DataFrame | None]


@dataclass(frozen=True)
class Derived:
    """How one table of a run is made from a store.

    Attributes:
        name: the table.
        build: vintages, places and the embedded snapshot -> rows that the store knows better; None where it has none.
        blocks: columns whose values name what is replaced: embedded rows with the values of a built row give way;
            ``notice_date[:4]`` means the first four letters of a column. Empty: the whole table is replaced.
        until: the built rows -> the last day that the newest figure describes; None: as of the vintages used.
        finish: the whole table, embedded rows among it -> the table, where a column depends on all rows.
    """

    name: str
    build: Build
    blocks: tuple[str, ...]
    until: Callable[[pd.DataFrame], date] | None
    finish: Callable[[pd.DataFrame], pd.DataFrame] | None = None


def overlaid(
    built: pd.DataFrame, embedded: pd.DataFrame, blocks: tuple[str, ...], key: tuple[str, ...]
) -> pd.DataFrame:
    """Embedded rows with those blocks replaced that were built, in the order of the key.

    Args:
        built: rows from the store.
        embedded: the embedded table; its columns and types are kept.
        blocks: columns that name a block; none: nothing of the embedded table stays.
        key: columns that identify a row.
    """
    columns = list(embedded.columns)
    rows = built[columns]
    if blocks:
        rows = pd.concat([embedded[~_blocks(embedded, blocks).isin(_blocks(rows, blocks))], rows])
    for column, kind in embedded.dtypes.items():
        whole = pd.api.types.is_integer_dtype(kind)
        rows = rows.assign(**{str(column): rows[str(column)].astype("Int64" if whole else kind)})
    return rows.sort_values(list(key), ignore_index=True)


def _blocks(rows: pd.DataFrame, blocks: tuple[str, ...]) -> pd.MultiIndex:
    """The block of each row."""
    named = {}
    for block in blocks:
        column, _, letters = block.rstrip("]").partition("[:")
        text = rows[column].astype("str")
        named[block] = text.str[: int(letters)] if letters else text
    return pd.MultiIndex.from_frame(pd.DataFrame(named))
