"""Tables of events: notices of layoffs as the state publishes them."""

from __future__ import annotations

from datetime import date

import pandas as pd

from gapengine.composing.held import Derived, Held, Shed
from gapengine.snapshot import Snapshot

_FEEDS = ("layoffs", "layoffs_archive")


def _layoffs(held: Held, shed: Shed, _embedded: Snapshot) -> pd.DataFrame | None:
    """Notices of the shed's counties, each once."""
    found = [frame for feed in _FEEDS if (frame := held.frame("nc_warn", feed)) is not None]
    if not found or shed.state_fips != "37":
        return None
    rows = pd.concat(found, ignore_index=True)
    rows = rows[rows["county_fips"].isin(shed.counties)]
    return rows.drop_duplicates(["company", "notice_date", "kind", "city", "workers"])


def once(rows: pd.DataFrame) -> pd.DataFrame:
    """Layoffs marked that a later closure may count again, lists of other years among them."""
    from connectors.nc_warn import repeated  # noqa: PLC0415  with the reader of PDF files, which a run does without

    return rows.assign(repeated=repeated(rows))


def _newest(rows: pd.DataFrame) -> date:
    return date.fromisoformat(str(rows["notice_date"].max())[:10])


DERIVED = (Derived("layoffs", _layoffs, ("notice_date[:4]",), _newest, once),)
