"""What is stated about one publication of an agency, and the agencies' names."""

from __future__ import annotations

from dataclasses import dataclass

PUBLIC = "public domain (work of the United States government)"
ONET_LICENCE = "CC BY 4.0"
ONET_ATTRIBUTION = (
    "This product includes information from the O*NET 29.1 Database by the U.S. Department of Labor, Employment and "
    "Training Administration (USDOL/ETA). Used under the CC BY 4.0 license. O*NET is a trademark of USDOL/ETA."
)
BLS = "U.S. Bureau of Labor Statistics"
CENSUS = "U.S. Census Bureau"
NCES = "National Center for Education Statistics"
ETA = "U.S. Department of Labor, Employment and Training Administration"


@dataclass(frozen=True)
class Publication:
    """One publication.

    Attributes:
        agency: who publishes it.
        title: the data set's name.
        vintage: which edition.
        covers_until: last day its newest figure describes (year-month-day).
        address: the agency's own page.
        files: patterns below the data folder, each of which must match at least one file.
        licence: terms of use.
        note: what differs from the agency's own file; empty where byte for byte the agency's.
    """

    agency: str
    title: str
    vintage: str
    covers_until: str
    address: str
    files: tuple[str, ...]
    licence: str = PUBLIC
    note: str = ""
