"""Read the job titles of O*NET: those that belong to an occupation, and those that its people report.

The input is Alternate Titles.txt and Sample of Reported Titles.txt of the database as tab-delimited text, described at
https://www.onetcenter.org/dictionary/29.1/text/.
"""

from __future__ import annotations

import pandas as pd

from connectors.onet_files import ATTRIBUTION, DOCUMENT, PAGE, feed, occupation
from connectors.reading import Layout, Reply, csv_frame, titles
from connectors.source import Source
from connectors.tables import JOB_TITLES, checked

SOURCE = Source(
    name="onet_titles",
    title="O*NET Database: alternate and reported titles",
    publisher="US Department of Labor, Employment and Training Administration",
    address=PAGE,
    licence=ATTRIBUTION,
    attribution=ATTRIBUTION,
    cadence="quarterly",
    document=DOCUMENT,
    caveats=("One title may belong to several occupations.", "Titles are what people say, not a classification."),
)

ALTERNATE = Layout(SOURCE.document, ("O*NET-SOC Code", "Alternate Title", "Short Title", "Source(s)"))
REPORTED = Layout(SOURCE.document, ("O*NET-SOC Code", "Reported Job Title", "Shown in My Next Move"))


def parse_alternate_titles(reply: Reply, name: str) -> pd.DataFrame:
    """Titles of jobs that belong to an occupation (file Alternate Titles.txt).

    Returns:
        Table ``job_titles``, kind alternate.

    Raises:
        SourceError: a column is missing, renamed or out of order.
        TableError: a code is not of its form.
    """
    frame = csv_frame(reply, name, ALTERNATE, delimiter="\t")
    short = titles(frame["Short Title"])
    return _job_titles(frame, "Alternate Title", "alternate", short.mask(short.isin(["", "n/a"])), name)


def parse_reported_titles(reply: Reply, name: str) -> pd.DataFrame:
    """Titles that people in an occupation gave for their own job (file Sample of Reported Titles.txt).

    Returns:
        Table ``job_titles``, kind reported.

    Raises:
        SourceError: a column is missing, renamed or out of order.
        TableError: a code is not of its form.
    """
    frame = csv_frame(reply, name, REPORTED, delimiter="\t")
    return _job_titles(frame, "Reported Job Title", "reported", None, name)


def _job_titles(frame: pd.DataFrame, column: str, kind: str, short: pd.Series[str] | None, name: str) -> pd.DataFrame:
    out = occupation(frame, "O*NET-SOC Code", "onet_code", "soc_code")
    out["job_title"], out["kind"], out["short_title"] = frame[column].str.strip(), kind, short
    return checked(out, JOB_TITLES, name)


_ALTERNATE, _REPORTED = "|".join(ALTERNATE.columns), "|".join(REPORTED.columns)
FEEDS = (
    feed(JOB_TITLES, parse_alternate_titles, "/Alternate Titles.txt", _ALTERNATE, "alternate_titles"),
    feed(
        JOB_TITLES,
        parse_reported_titles,
        "/Sample of Reported Titles.txt",
        _REPORTED,
        "reported_titles",
    ),
)
