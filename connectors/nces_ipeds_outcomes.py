"""Read IPEDS outcome measures: what became of entering students, part-time and transfer ones included, in eight years.

The input is the complete data file OM of https://nces.ed.gov/ipeds/datacenter/DataFiles.aspx (``om2023.csv``), laid out
as in the dictionary beside it; files before OM2017 use other cohorts and are refused.
"""

from __future__ import annotations

from functools import partial

import pandas as pd

from connectors.headers import Header
from connectors.ipeds_files import AWARDED, BY_YEAR, LICENCE, RELEASE, counts, provisional_flag, wanted_files, year_of
from connectors.reading import Layout, Reply, SourceError, codes, csv_frame, noted, numbers, possible
from connectors.source import Feed, Source
from connectors.tables import OUTCOMES, checked

SOURCE = Source(
    name="nces_ipeds_outcomes",
    title="Integrated Postsecondary Education Data System: outcome measures (OM)",
    publisher="National Center for Education Statistics",
    address="https://nces.ed.gov/ipeds/datacenter/DataFiles.aspx",
    licence=LICENCE,
    cadence="yearly; provisional about a year after 31 August of the eighth year, revised a year later",
    document="the dictionary beside each file (https://nces.ed.gov/ipeds/datacenter/DataFiles.aspx)",
    caveats=(
        "Whole institution, degree- and certificate-seeking undergraduates: no outcome by program.",
        "A student who moved to a university before an award counts as enrolled elsewhere, not as completed.",
        "Followed for eight years: today's programs are not in it yet.",
    ),
)

FIRST_YEAR = 2017
_FIGURES = {
    "OMACHRT": "cohort",
    "OMAWDN4": "awards_4_years",
    "OMAWDN6": "awards_6_years",
    "OMCERT8": "certificates_8_years",
    "OMASSC8": "associates_8_years",
    "OMBACH8": "bachelors_8_years",
    "OMAWDN8": "awards_8_years",
    "OMENRYI": "still_enrolled",
    "OMENRAI": "enrolled_elsewhere",
    "OMENRUN": "unknown",
}
_STEMS = ("OMRCHRT", "OMEXCLS", "OMACHRT")
_AWARDS = tuple(f"OM{what}{years}" for years in (4, 6) for what in ("CERT", "ASSC", "BACH", "AWDN", "AWDP"))
_LAST = ("OMCERT8", "OMASSC8", "OMBACH8", "OMAWDN8", "OMENRYI", "OMENRAI", "OMENRUN", "OMNOAWD")
_SHARES = ("OMAWDP8", "OMENRTP", "OMENRYP", "OMENRAP", "OMENRUP")
_HEADER = Header(("UNITID", "OMCHRT", *counts((*_STEMS, *_AWARDS, *_LAST, *_SHARES))), grows=True)
COHORTS = Layout(SOURCE.document, ("UNITID", "OMCHRT", *_FIGURES), whole=(_HEADER.columns,))


def parse(reply: Reply, name: str, *, year: int | None = None, provisional: bool | None = None) -> pd.DataFrame:
    """Outcomes by institution and cohort.

    Args:
        reply: the OM file.
        name: what to call it in messages; tells the year (om2023.csv), and by ``_rv`` that it is the revised release.
        year: collection year, where the name does not tell.
        provisional: the release; null when not known.

    Returns:
        Table ``outcome_measures``. Rows with impossible counts are set aside and named in ``attrs["quarantined"]``.

    Raises:
        SourceError: a column is missing, renamed or out of order, a count is no number, the year is not stated, or it
            is one before 2017, when cohorts were others.
        TableError: a code or a count breaks the declaration of the table.
    """
    collected = year_of(name, year)
    if collected < FIRST_YEAR:
        raise SourceError(
            name, f"expected a year from {FIRST_YEAR}, found {collected}", "Older files have other cohorts"
        )
    frame = csv_frame(reply, name, COHORTS)
    table = pd.DataFrame({"unit_id": codes(frame["UNITID"]), "cohort_code": codes(frame["OMCHRT"])})
    table["year"], table["entry_year"] = collected, collected - 8
    for counted, column in _FIGURES.items():
        table[column] = numbers(frame, counted, name)
    table["provisional"] = provisional_flag(name, provisional, len(table))
    ends = table[["awards_8_years", "still_enrolled", "enrolled_elsewhere", "unknown"]]
    rules = {f"{column} below zero": table[column] < 0 for column in _FIGURES.values()}
    rules["more outcomes than students in the cohort"] = ends.sum(axis=1) > table["cohort"]
    rules["fewer awards after eight years than after four"] = table["awards_8_years"] < table["awards_4_years"]
    table, aside = possible(table, rules, name)
    return noted(checked(table, OUTCOMES, name), aside)


FEEDS = (
    Feed(
        OUTCOMES,
        parse,
        partial(wanted_files, cadence=AWARDED, stem="OM{}", count=3),
        (_HEADER,),
        AWARDED,
        parts=BY_YEAR,
        limits=RELEASE,
    ),
)
