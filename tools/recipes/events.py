"""Tables of events: announced projects and notices of layoffs in the labor shed."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from connectors.tables import ANNOUNCEMENTS, LAYOFFS, Table
from tools.converters import announcements_ledger, warn_sample
from tools.recipe import COUNTIES, Recipe


def announcements(data: Path) -> pd.DataFrame:
    """Projects of the shed's counties."""
    names = {name: fips for fips, name in COUNTIES.items()}
    tables = data / "tables"
    return announcements_ledger.read(
        tables / "announcements_ledger_design.csv", tables / "announcement_outcomes.csv", names
    )


def layoffs(data: Path) -> pd.DataFrame:
    """Notices in the shed's cities."""
    return warn_sample.read(data / "tables/nc_warn_sample.csv")


def _columns(table: Table) -> dict[str, str]:
    out = {}
    for name, column in table.schema.columns.items():
        unit = (column.metadata or {}).get("unit", "text")
        out[name] = str(column.description) if unit == "text" else f"{column.description}, {unit}"
    return out


RECIPES = (
    Recipe(
        "announcements",
        ANNOUNCEMENTS.meaning,
        _columns(ANNOUNCEMENTS),
        ANNOUNCEMENTS.key,
        ("announcements",),
        "2008 to April 2026",
        "2026-04-22",
        "June 2008 to April 2026: a sample, not a census.",
        announcements,
        (
            *ANNOUNCEMENTS.caveats,
            "Where a headline and a grant differ by county, jobs run from the grant's figure to the headline's share.",
            "The stage is our reading of what is publicly known; 'announced' means that nothing more is known.",
        ),
    ),
    Recipe(
        "layoffs",
        LAYOFFS.meaning,
        _columns(LAYOFFS),
        ("company", "notice_date", "kind", "city", "workers"),
        ("warn_nc",),
        "2015 to February 2026",
        "2026-02-11",
        "Months of 2015 to February 2026: a sample, not a census, without notice numbers.",
        layoffs,
        (*LAYOFFS.caveats, "The county is read from the city; Mebane lies in two counties and has none."),
    ),
)
