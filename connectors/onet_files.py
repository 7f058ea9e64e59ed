"""What the files of O*NET share: the archive they come in, the attribution they ask for, the codes they carry."""

from __future__ import annotations

import re
from functools import partial

import pandas as pd

from connectors.cadence import IRREGULAR, Cadence
from connectors.headers import Header
from connectors.reading import SourceError, codes
from connectors.source import HTML, ZIP, Ask, Feed, Parser, Wanted
from connectors.tables import Table

PAGE = "https://www.onetcenter.org/database.html"
DOCUMENT = "O*NET Data Dictionary (https://www.onetcenter.org/dictionary/29.1/text/)"
_ARCHIVE = re.compile(rb"/dl_files/database/(db_(\d+)_(\d+)_text\.zip)")


def attribution(version: str) -> str:
    """What everything built from a release must print, by its licence."""
    return (
        f"This product includes information from the O*NET {version} Database by the U.S. Department of Labor, "
        "Employment and Training Administration (USDOL/ETA). Used under the CC BY 4.0 license. "
        "O*NET is a trademark of USDOL/ETA."
    )


ATTRIBUTION = attribution("29.1")


def occupation(frame: pd.DataFrame, column: str, onet_code: str, soc_code: str) -> pd.DataFrame:
    """An eight-digit O*NET code and, from its first six digits, the SOC 2018 code."""
    code = codes(frame[column])
    return pd.DataFrame({onet_code: code, soc_code: code.str.replace(r"\.\d\d$", "", regex=True)})


def listing(_ask: Ask) -> tuple[Wanted, ...]:
    """The page that names the newest release, to be followed to its archive."""
    return (Wanted(PAGE, "database.html", HTML, listing=True),)


def archive(member: str, _listing: Wanted, raw: bytes) -> tuple[Wanted, ...]:
    """The archive of the newest release that a page names, and in it one file."""
    found = max(_ARCHIVE.findall(raw), key=lambda hit: (int(hit[1]), int(hit[2])), default=None)
    if found is None:
        remedy = "Open the address in a browser and see how the page has changed"
        raise SourceError(PAGE, "expected a link to db_VERSION_text.zip, found none", remedy)
    name, version = found[0].decode(), f"{int(found[1])}.{int(found[2])}"
    address = f"https://www.onetcenter.org/dl_files/database/{name}"
    return (Wanted(address, name, ZIP, version, members=(f"*{member}",), settled=True),)


def feed(table: Table, parse: Parser, member: str, columns: str, name: str = "") -> Feed:
    """A tab-delimited file of the archive."""
    header = Header(tuple(columns.split("|")), delimiter="\t")
    cadence = Cadence(IRREGULAR)
    return Feed(table, parse, listing, (header,), cadence, name=name, follow=partial(archive, member))
