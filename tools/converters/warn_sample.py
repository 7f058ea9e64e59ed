"""WARN notices of North Carolina, from a CSV typed from a third party's pages of the state's filings.

The Department of Commerce publishes a table or a PDF a month with the county of each notice. This sample of months has
the city (sometimes several, sometimes out of state) instead; the county is ours where the city lies in one county.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from connectors import nc_warn
from connectors.tables import LAYOFFS, checked

CITIES = {
    "Durham": "37063",
    "Research Triangle Park": "37063",
    "Chapel Hill": "37135",
    "Hillsborough": "37135",
    "Pittsboro": "37037",
    "Siler City": "37037",
    "Moncure": "37037",
    "Roxboro": "37145",
    "Raleigh": "37183",
    "Cary": "37183",
    "Garner": "37183",
    "Morrisville": "37183",
    "Apex": "37183",
    "Holly Springs": "37183",
    "Wake Forest": "37183",
    "Clayton": "37101",
    "Selma": "37101",
    "Smithfield": "37101",
    "Benson": "37101",
    "Louisburg": "37069",
    "Youngsville": "37069",
}
"""Cities and towns of the labor shed; one that also reaches into a neighbour is given to the county of its seat."""
SHARED = {"Mebane"}
"""Cities that lie in a county of the shed and in another: kept, with an unknown county."""


def read(path: Path) -> pd.DataFrame:
    """Rows of ``LAYOFFS`` in the labor shed."""
    rows = pd.read_csv(path, dtype="str")
    rows = rows[rows["city"].isin({*CITIES, *SHARED})]
    table = pd.DataFrame(
        {
            "company": rows["company"],
            "city": rows["city"],
            "county_fips": rows["city"].map(CITIES),
            "workers": pd.to_numeric(rows["workers"]),
            "kind": rows["type"],
            "notice_date": rows["notice_date"],
            "source_address": rows["source_page"],
            "address": None,
            "notice_number": None,
            "effective_date": None,
        }
    )
    return checked(table.assign(repeated=nc_warn.repeated(table)), LAYOFFS, path.name)
