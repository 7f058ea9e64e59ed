"""Read O*NET: occupations, job zones, required education and related occupations.

The input is the O*NET database as tab-delimited text, described at https://www.onetcenter.org/dictionary/29.1/text/.
Codes are O*NET-SOC 2019 (15-1252.00); their first six digits are SOC 2018.
"""

from __future__ import annotations

import re
from functools import partial

import pandas as pd

from connectors.cadence import IRREGULAR, Cadence
from connectors.onet_files import ATTRIBUTION, DOCUMENT, PAGE, archive, attribution, feed, listing, occupation
from connectors.reading import Layout, Reply, SourceError, codes, csv_frame, decode, load, numbers, titles
from connectors.source import Feed, Source
from connectors.tables import (
    EDUCATION_CATEGORIES,
    JOB_ZONE_MEANINGS,
    JOB_ZONES,
    ONET_OCCUPATIONS,
    ONET_RELEASE,
    RELATED_OCCUPATIONS,
    REQUIRED_EDUCATION,
    checked,
)

SOURCE = Source(
    name="onet",
    title="O*NET Database",
    publisher="US Department of Labor, Employment and Training Administration",
    address=PAGE,
    licence=ATTRIBUTION,
    attribution=ATTRIBUTION,
    cadence="quarterly; about a tenth of the occupations are renewed a year",
    document=DOCUMENT,
    caveats=(
        "Some 93 occupations, most of them 'all other' and military ones, have no job zone.",
        "Required education is what respondents say the job asks of a new hire, not what its workers hold.",
        "Several O*NET occupations may share one SOC code.",
    ),
)

REQUIRED_LEVEL = "RL"

ZONES = Layout(SOURCE.document, ("O*NET-SOC Code", "Job Zone"))
_EDUCATION_COLUMNS = (
    "O*NET-SOC Code|Element ID|Element Name|Scale ID|Category|Data Value|N|Standard Error|Lower CI Bound|"
    "Upper CI Bound|Recommend Suppress|Date|Domain Source"
)
EDUCATION = Layout(
    SOURCE.document,
    ("O*NET-SOC Code", "Scale ID", "Category", "Data Value", "N"),
    whole=(tuple(_EDUCATION_COLUMNS.split("|")),),
)
OCCUPATIONS = Layout(SOURCE.document, ("O*NET-SOC Code", "Title", "Description"))
CATEGORIES = Layout(SOURCE.document, ("Element ID", "Element Name", "Scale ID", "Category", "Category Description"))
ZONE_MEANINGS = Layout(
    SOURCE.document, ("Job Zone", "Name", "Experience", "Education", "Job Training", "Examples", "SVP Range")
)
RELATED = Layout(SOURCE.document, ("O*NET-SOC Code", "Related O*NET-SOC Code", "Relatedness Tier", "Index"))


def parse_job_zones(reply: Reply, name: str) -> pd.DataFrame:
    """Job zone, 1 (little preparation) to 5 (extensive), of each O*NET occupation.

    Args:
        reply: the file Job Zones.txt.
        name: what to call it in messages.

    Returns:
        Table ``job_zones``.

    Raises:
        SourceError: a column is missing, renamed or out of order, or a zone is no number.
        TableError: a code is not of its form.
    """
    frame = csv_frame(reply, name, ZONES, delimiter="\t")
    out = occupation(frame, "O*NET-SOC Code", "onet_code", "soc_code")
    out["job_zone"] = numbers(frame, "Job Zone", name)
    return checked(out, JOB_ZONES, name)


def parse_required_education(reply: Reply, name: str) -> pd.DataFrame:
    """Share of respondents who name each level of education as required (scale RL, twelve levels).

    Args:
        reply: the file Education, Training, and Experience.txt; its other scales are passed over.
        name: what to call it in messages.

    Returns:
        Table ``required_education``: shares of 1 that add up to 1 within an occupation, up to rounding.

    Raises:
        SourceError: a column is missing, renamed or out of order, or a share is no number.
        TableError: a code is not of its form.
    """
    frame = csv_frame(reply, name, EDUCATION, delimiter="\t")
    frame = frame.loc[frame["Scale ID"].str.strip() == REQUIRED_LEVEL]
    out = occupation(frame, "O*NET-SOC Code", "onet_code", "soc_code")
    out["category"] = numbers(frame, "Category", name)
    out["share"] = (numbers(frame, "Data Value", name) / 100).round(6)
    out["respondents"] = numbers(frame, "N", name, unknown=("n/a",))
    return checked(out, REQUIRED_EDUCATION, name)


def parse_related_occupations(reply: Reply, name: str) -> pd.DataFrame:
    """The occupations that O*NET lists as most like each occupation, closest first.

    Args:
        reply: the file Related Occupations.txt.
        name: what to call it in messages.

    Returns:
        Table ``related_occupations``.

    Raises:
        SourceError: a column is missing, renamed or out of order, or an index is no number.
        TableError: a code is not of its form.
    """
    frame = csv_frame(reply, name, RELATED, delimiter="\t")
    out = occupation(frame, "O*NET-SOC Code", "onet_code", "soc_code").join(
        occupation(frame, "Related O*NET-SOC Code", "related_onet_code", "related_soc_code")
    )
    out["tier"] = titles(frame["Relatedness Tier"])
    out["rank"] = numbers(frame, "Index", name)
    return checked(out, RELATED_OCCUPATIONS, name)


def parse_occupations(reply: Reply, name: str) -> pd.DataFrame:
    """Title and description of each O*NET occupation.

    Returns:
        Table ``onet_occupations``.

    Raises:
        SourceError: a column is missing, renamed or out of order.
        TableError: a code is not of its form.
    """
    frame = csv_frame(reply, name, OCCUPATIONS, delimiter="\t")
    out = occupation(frame, "O*NET-SOC Code", "onet_code", "soc_code")
    out["onet_title"], out["description"] = titles(frame["Title"]), titles(frame["Description"])
    return checked(out, ONET_OCCUPATIONS, name)


def parse_categories(reply: Reply, name: str) -> pd.DataFrame:
    """Meaning of the categories of education, training and experience.

    Returns:
        Table ``education_categories``.

    Raises:
        SourceError: a column is missing, renamed or out of order, or a category is no number.
        TableError: two meanings for one category.
    """
    frame = csv_frame(reply, name, CATEGORIES, delimiter="\t")
    out = pd.DataFrame({"scale_id": codes(frame["Scale ID"]), "category": numbers(frame, "Category", name)})
    out["meaning"] = titles(frame["Category Description"])
    return checked(out, EDUCATION_CATEGORIES, name)


def parse_zone_meanings(reply: Reply, name: str) -> pd.DataFrame:
    """Meaning of the job zones (file Job Zone Reference.txt).

    Returns:
        Table ``job_zone_meanings``.

    Raises:
        SourceError: a column is missing, renamed or out of order, or a zone is no number.
    """
    frame = csv_frame(reply, name, ZONE_MEANINGS, delimiter="\t")
    out = pd.DataFrame({"job_zone": numbers(frame, "Job Zone", name), "zone_title": titles(frame["Name"])})
    for column, official in (("experience", "Experience"), ("education", "Education"), ("training", "Job Training")):
        out[column] = titles(frame[official])
    out["svp_range"] = frame["SVP Range"].str.strip()
    return checked(out, JOB_ZONE_MEANINGS, name)


def parse_release(reply: Reply, name: str) -> pd.DataFrame:
    """Version and month of a release, from its Read Me.txt, with the attribution that its licence asks for.

    Returns:
        Table ``onet_release``, one row.

    Raises:
        SourceError: the file does not begin with the database's version and release.
    """
    text = decode(load(reply, name), name)
    found = _RELEASE.match(text)
    if not found:
        remedy = f"Compare with {SOURCE.document}"
        raise SourceError(name, "expected 'O*NET VERSION Database' and 'MONTH YEAR Release' at the top", remedy, line=1)
    version, released = found.groups()
    row = {"version": version, "released": released, "attribution": attribution(version)}
    return checked(pd.DataFrame([row]), ONET_RELEASE, name)


_RELEASE = re.compile(r"\s*O\*NET (\d+\.\d+) Database\s+(\w+ \d{4}) Release")


_RELATED_COLUMNS = "O*NET-SOC Code|Related O*NET-SOC Code|Relatedness Tier|Index"
FEEDS = (
    feed(JOB_ZONES, parse_job_zones, "/Job Zones.txt", "O*NET-SOC Code|Job Zone|Date|Domain Source"),
    feed(REQUIRED_EDUCATION, parse_required_education, "/Education, Training, and Experience.txt", _EDUCATION_COLUMNS),
    feed(RELATED_OCCUPATIONS, parse_related_occupations, "/Related Occupations.txt", _RELATED_COLUMNS),
    feed(ONET_OCCUPATIONS, parse_occupations, "/Occupation Data.txt", "|".join(OCCUPATIONS.columns)),
    feed(
        EDUCATION_CATEGORIES,
        parse_categories,
        "/Education, Training, and Experience Categories.txt",
        "|".join(CATEGORIES.columns),
    ),
    feed(JOB_ZONE_MEANINGS, parse_zone_meanings, "/Job Zone Reference.txt", "|".join(ZONE_MEANINGS.columns)),
    Feed(
        ONET_RELEASE,
        parse_release,
        listing,
        (),
        Cadence(IRREGULAR),
        recognise=lambda raw: _RELEASE.match(raw[:200].decode("utf-8", "replace")) is not None,
        follow=partial(archive, "/Read Me.txt"),
    ),
)
