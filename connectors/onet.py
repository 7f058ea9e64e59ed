"""Read O*NET: job zones, required education and related occupations.

The input is the O*NET database as tab-delimited text, described at https://www.onetcenter.org/dictionary/29.1/text/.
Codes are O*NET-SOC 2019 (15-1252.00); their first six digits are SOC 2018.
"""

from __future__ import annotations

import pandas as pd

from connectors.reading import Layout, Reply, codes, csv_frame, numbers, titles
from connectors.source import Source
from connectors.tables import JOB_ZONES, RELATED_OCCUPATIONS, REQUIRED_EDUCATION, checked

ATTRIBUTION = (
    "This product includes information from the O*NET 29.1 Database by the U.S. Department of Labor, Employment and "
    "Training Administration (USDOL/ETA). Used under the CC BY 4.0 license. O*NET is a trademark of USDOL/ETA."
)

SOURCE = Source(
    name="onet",
    title="O*NET 29.1 Database",
    publisher="US Department of Labor, Employment and Training Administration",
    address="https://www.onetcenter.org/database.html",
    licence=ATTRIBUTION,
    cadence="quarterly; about a tenth of the occupations are renewed a year",
    document="O*NET 29.1 Data Dictionary (https://www.onetcenter.org/dictionary/29.1/text/)",
    caveats=(
        "Some 93 occupations, most of them 'all other' and military ones, have no job zone.",
        "Required education is what respondents say the job asks of a new hire, not what its workers hold.",
        "Several O*NET occupations may share one SOC code.",
    ),
)

REQUIRED_LEVEL = "RL"

ZONES = Layout(SOURCE.document, ("O*NET-SOC Code", "Job Zone"))
EDUCATION = Layout(SOURCE.document, ("O*NET-SOC Code", "Scale ID", "Category", "Data Value", "N"))
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
    out = _occupation(frame, "O*NET-SOC Code", "onet_code", "soc_code")
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
    out = _occupation(frame, "O*NET-SOC Code", "onet_code", "soc_code")
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
    out = _occupation(frame, "O*NET-SOC Code", "onet_code", "soc_code").join(
        _occupation(frame, "Related O*NET-SOC Code", "related_onet_code", "related_soc_code")
    )
    out["tier"] = titles(frame["Relatedness Tier"])
    out["rank"] = numbers(frame, "Index", name)
    return checked(out, RELATED_OCCUPATIONS, name)


def _occupation(frame: pd.DataFrame, column: str, onet_code: str, soc_code: str) -> pd.DataFrame:
    """An eight-digit O*NET code and, from its first six digits, the SOC 2018 code."""
    code = codes(frame[column])
    return pd.DataFrame({onet_code: code, soc_code: code.str.replace(r"\.\d\d$", "", regex=True)})
