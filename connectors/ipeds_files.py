"""What the files of IPEDS share: where they lie, how their names tell year and release, how their columns are built."""

from __future__ import annotations

import re

import pandas as pd

from connectors.cadence import YEARLY, Cadence
from connectors.parts import ByColumns
from connectors.reading import SourceError
from connectors.source import ZIP, Ask, Limits, Wanted

LICENCE = "Public domain (work of the United States government); cite the agency and the vintage."
AUTUMN = Cadence(YEARLY, lag_days=300)
AWARDED = Cadence(YEARLY, lag_days=440, ends=(6, 30))
BY_YEAR = ByColumns((), ("year",))
RELEASE = Limits(rows=(0.95, 1.05), changed=0.2, next_rows=(0.85, 1.2))
RACES = ("AIAN", "ASIA", "BKAA", "HISP", "NHPI", "WHIT", "2MOR", "UNKN", "NRAL")

_OLDER, _NEWER = "https://nces.ed.gov/ipeds/datacenter/data", "https://nces.ed.gov/ipeds/complete-data-files"
_NEWER_FROM = 2023


def wanted_files(ask: Ask, cadence: Cadence, stem: str, count: int) -> tuple[Wanted, ...]:
    """Archives of the newest years and the one that comes next; where one holds the revised file too, that is read.

    Args:
        ask: decides which years are out.
        cadence: of the file.
        stem: its name with a place for the year (``C{}_A``).
        count: how many years.
    """
    years = cadence.published(ask.as_of, str(ask.as_of.year - count - 2))[-count:]
    coming = cadence.following(years[-1])
    out = []
    for year in (*years, coming):
        name = f"{stem.format(year)}.zip"
        address = f"{_NEWER if int(year) >= _NEWER_FROM else _OLDER}/{name}"
        out.append(Wanted(address, name, ZIP, year, members=("*_rv.csv", "*.csv"), coming=year == coming))
    return tuple(out)


def dictionaries(ask: Ask) -> tuple[Wanted, ...]:
    """Dictionaries of the newest files, one a kind of file; they tell which release the data file is."""
    out = []
    for stem, cadence in (
        ("C{}_A", AWARDED),
        ("C{}_C", AWARDED),
        ("HD{}", AUTUMN),
        ("EFFY{}", AWARDED),
        ("OM{}", AWARDED),
    ):
        year = cadence.published(ask.as_of, str(ask.as_of.year - 4))[-1]
        name = f"{stem.format(year)}_Dict.zip"
        address = f"{_NEWER if int(year) >= _NEWER_FROM else _OLDER}/{name}"
        out.append(Wanted(address, name, ZIP, year, members=("*.xlsx",)))
    return tuple(out)


def counts(stems: tuple[str, ...]) -> tuple[str, ...]:
    """Each count with the column that says how it came about, which has an X in front."""
    return tuple(name for stem in stems for name in (f"X{stem}", stem))


def year_of(name: str, year: int | None) -> int:
    """The year given, or else the one that the file's name states.

    Raises:
        SourceError: neither is there.
    """
    stated = re.search(r"(?:hd|c|effy|om)(\d{4})(?!\d)", name, re.IGNORECASE)
    if year is None and stated is None:
        raise SourceError(name, "expected the year in the file's name (hd2024, c2024_a)", "Give the year")
    return year if year is not None else int(stated.group(1)) if stated else 0


def provisional_flag(name: str, provisional: bool | None, rows: int) -> pd.api.extensions.ExtensionArray:
    """The release for every row: as given, else false for a revised file (``_rv``), else null (not stated)."""
    revised = False if re.search(r"_rv\b", name, re.IGNORECASE) else None
    return pd.array([revised if provisional is None else provisional] * rows, dtype="boolean")
