"""Read IPEDS: the directory of institutions, awards by program, and people who completed.

The input is the complete data files HD (institutional characteristics), C_A (awards by program, award level and first
or second major) and C_C (unduplicated completers by level) of https://nces.ed.gov/ipeds/datacenter/DataFiles.aspx, laid
out as in the dictionary that NCES offers beside each file.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pandas as pd

from connectors.headers import Header
from connectors.ipeds_files import (
    AUTUMN,
    AWARDED,
    BY_YEAR,
    LICENCE,
    RACES,
    RELEASE,
    counts,
    provisional_flag,
    wanted_files,
    year_of,
)
from connectors.reading import (
    Layout,
    Reply,
    SourceError,
    codes,
    csv_frame,
    noted,
    numbers,
    possible,
    titles,
)
from connectors.source import Feed, Source
from connectors.tables import COMPLETERS, COMPLETIONS, INSTITUTIONS, checked

SOURCE = Source(
    name="nces_ipeds",
    title="Integrated Postsecondary Education Data System: HD, C_A and C_C",
    publisher="National Center for Education Statistics",
    address="https://nces.ed.gov/ipeds/datacenter/DataFiles.aspx",
    licence=LICENCE,
    cadence="yearly; provisional about a year after the awards, revised a year later",
    document="the dictionary beside each file (https://nces.ed.gov/ipeds/datacenter/DataFiles.aspx)",
    caveats=(
        "Completions count awards, not people: one person may hold several.",
        "A college may confer short certificates in batches: compare means of several years.",
        "Non-credit programs are not in IPEDS.",
        "Awards of colleges that did not respond are imputed by NCES.",
    ),
)

GRAND_TOTAL = "99"
AWARD_LEVELS = {
    "20": "Certificate of less than 12 weeks",
    "21": "Certificate of at least 12 weeks but less than 1 year",
    "1": "Certificate of less than 1 year (until 2019)",
    "2": "Certificate of at least 1 but less than 2 years",
    "3": "Associate's degree",
    "4": "Certificate of at least 2 but less than 4 years",
    "5": "Bachelor's degree",
    "6": "Postbaccalaureate certificate",
    "7": "Master's degree",
    "8": "Post-master's certificate",
    "17": "Doctor's degree, research/scholarship",
    "18": "Doctor's degree, professional practice",
    "19": "Doctor's degree, other",
}

_HD_COLUMNS = (
    "UNITID INSTNM IALIAS ADDR CITY STABBR ZIP FIPS OBEREG CHFNM CHFTITLE GENTELE EIN UEIS OPEID OPEFLAG WEBADDR "
    "ADMINURL FAIDURL APPLURL NPRICURL VETURL ATHURL DISAURL SECTOR ICLEVEL CONTROL HLOFFER UGOFFER GROFFER HDEGOFR1 "
    "DEGGRANT HBCU HOSPITAL MEDICAL TRIBAL LOCALE OPENPUBL ACT NEWID DEATHYR CLOSEDAT CYACTIVE POSTSEC PSEFLAG "
    "PSET4FLG RPTMTH INSTCAT C00CARNEGIE C21BASIC CARNEGIEIC CARNEGIESAEC CARNEGIERSCH CARNEGIESIZE CARNEGIEALF "
    "CARNEGIEAPM CARNEGIEGPM LANDGRNT INSTSIZE F1SYSTYP F1SYSNAM F1SYSCOD CBSA CBSATYPE CSA COUNTYCD COUNTYNM "
    "CNGDSTCD LONGITUD LATITUDE DFRCGID DFRCUSCG"
)
_HD_HEADER = Header(tuple(_HD_COLUMNS.split()), grows=True)
_A_HEADER = Header(
    (
        *("UNITID", "CIPCODE", "MAJORNUM", "AWLEVEL"),
        *counts(tuple(f"C{who}{sex}" for who in ("TOTAL", *RACES) for sex in "TMW")),
    )
)
_C_HEADER = Header(
    (
        *("UNITID", "AWLEVELC"),
        *counts(("CSTOTLT", "CSTOTLM", "CSTOTLW", *(f"CS{who}T" for who in RACES))),
        *counts(("CSUND18", "CS18_24", "CS25_39", "CSABV40", "CSUNKN")),
    )
)

DIRECTORY = Layout(
    SOURCE.document,
    ("UNITID", "INSTNM", "CITY", "STABBR", "SECTOR", "ICLEVEL", "CONTROL", "COUNTYCD"),
    whole=(_HD_HEADER.columns,),
)
AWARDS = Layout(
    SOURCE.document,
    ("UNITID", "CIPCODE", "MAJORNUM", "AWLEVEL", "CTOTALT", "CTOTALM", "CTOTALW"),
    whole=(_A_HEADER.columns,),
)
PEOPLE = Layout(
    SOURCE.document,
    ("UNITID", "AWLEVELC", "CSTOTLT"),
    whole=(_C_HEADER.columns,),
)


def parse_institutions(reply: Reply, name: str, *, year: int | None = None) -> pd.DataFrame:
    """The directory of institutions.

    Args:
        reply: the HD file.
        name: what to call it in messages; tells the year (hd2024.csv) unless given.
        year: directory year.

    Returns:
        Table ``institutions``. Negative codes of the file (not applicable, not reported) are null.

    Raises:
        SourceError: a column is missing, renamed or out of order, or the year is not stated.
        TableError: a code is not of its form, or one institution has two different rows.
    """
    frame = csv_frame(reply, name, DIRECTORY)
    known = {column: codes(frame[column]) for column in ("SECTOR", "CONTROL", "ICLEVEL", "COUNTYCD")}
    known = {column: text.mask(text.str.startswith("-") | (text == "")) for column, text in known.items()}
    out = pd.DataFrame({"unit_id": codes(frame["UNITID"]), "name": titles(frame["INSTNM"])})
    out["city"], out["state"] = titles(frame["CITY"]), codes(frame["STABBR"])
    out["county_fips"] = known["COUNTYCD"].str.zfill(5)
    out["sector_code"], out["control_code"], out["level_code"] = known["SECTOR"], known["CONTROL"], known["ICLEVEL"]
    out["year"] = year_of(name, year)
    return checked(out, INSTITUTIONS, name)


def parse_completions(
    reply: Reply, name: str, *, year: int | None = None, provisional: bool | None = None
) -> pd.DataFrame:
    """Awards by institution, program, award level and major.

    Args:
        reply: the C_A file.
        name: what to call it in messages; tells the year (c2024_a.csv), and by ``_rv`` that it is the revised release.
        year: awards from July to June ending in this year.
        provisional: the release, as the file's dictionary states it; null when not known.

    Returns:
        Table ``completions``, without the grand totals. Rows with impossible counts are set aside and named in
        ``attrs["quarantined"]``.

    Raises:
        SourceError: a column is missing, renamed or out of order, a count is no number, the year is not stated, or the
            programs do not add up to the printed grand totals.
        TableError: a code or a count breaks the declaration of the table.
    """
    return tidy_completions(csv_frame(reply, name, AWARDS), name, year=year, provisional=provisional)


def tidy_completions(
    frame: pd.DataFrame, name: str, *, year: int | None = None, provisional: bool | None = None
) -> pd.DataFrame:
    """As :func:`parse_completions`, from a frame with the official column names, text or numbers."""
    frame = frame[list(AWARDS.columns)].astype("str")
    table = pd.DataFrame({"unit_id": codes(frame["UNITID"]), "cip_code": codes(frame["CIPCODE"])})
    table["award_level_code"], table["major_number"] = codes(frame["AWLEVEL"]), codes(frame["MAJORNUM"])
    for column, counted in (("awards", "CTOTALT"), ("awards_men", "CTOTALM"), ("awards_women", "CTOTALW")):
        table[column] = numbers(frame, counted, name)
    table = table.drop_duplicates()
    impossible = {
        "awards below zero": table["awards"] < 0,
        "awards to men and women above the total": table["awards_men"] + table["awards_women"] > table["awards"],
    }
    kept, aside = possible(table, impossible, name)
    off = off_totals(kept.loc[~kept["unit_id"].isin(set(table["unit_id"].drop(kept.index)))])
    if not off.empty:
        first = off.iloc[0]
        found = (
            f"expected programs to add up to the printed grand totals (CIPCODE 99), found {len(off)} that do not: "
            f"institution {first.unit_id}, award level {first.award_level_code}, major {first.major_number} has "
            f"{first.programs:g} awards in programs and {first.printed:g} in the total"
        )
        raise SourceError(name, found, "The file may be cut or filtered: download it again", column="CTOTALT")
    table = kept.loc[kept["cip_code"] != GRAND_TOTAL].copy()
    table["year"] = year_of(name, year)
    table["provisional"] = provisional_flag(name, provisional, len(table))
    return noted(checked(table, COMPLETIONS, name), aside)


def off_totals(table: pd.DataFrame) -> pd.DataFrame:
    """Where the awards of the programs do not add up to the institution's printed total.

    Args:
        table: columns unit_id, cip_code (99 is the total), award_level_code, major_number, awards.

    Returns:
        unit_id, award_level_code, major_number, programs (sum over programs) and printed (the total), only where they
        differ. Empty where the table holds no totals at all.
    """
    is_total = table["cip_code"] == GRAND_TOTAL
    key = ["unit_id", "award_level_code", "major_number"]
    if not is_total.any():
        return pd.DataFrame(columns=[*key, "programs", "printed"])
    sums = pd.concat(
        {
            "programs": table.loc[~is_total].groupby(key)["awards"].sum(),
            "printed": table.loc[is_total].groupby(key)["awards"].sum(),
        },
        axis=1,
    ).fillna(0.0)
    return sums.loc[sums["programs"] != sums["printed"]].reset_index()


def parse_completers(reply: Reply, name: str, *, year: int | None = None) -> pd.DataFrame:
    """People with at least one award, each counted once per level category.

    Args:
        reply: the C_C file.
        name: what to call it in messages; tells the year (c2024_c.csv) unless given.
        year: awards from July to June ending in this year.

    Returns:
        Table ``completers``.

    Raises:
        SourceError: a column is missing, renamed or out of order, a count is no number, or the year is not stated.
        TableError: a code or a count breaks the declaration of the table.
    """
    frame = csv_frame(reply, name, PEOPLE)
    out = pd.DataFrame({"unit_id": codes(frame["UNITID"]), "award_level_category": codes(frame["AWLEVELC"])})
    out["year"] = year_of(name, year)
    out["completers"] = numbers(frame, "CSTOTLT", name)
    out, aside = possible(out, {"completers below zero": out["completers"] < 0}, name)
    return noted(checked(out, COMPLETERS, name), aside)


_AWARDS_LIMITS = replace(RELEASE, totals={"awards": (0.97, 1.03)}, next_totals={"awards": (0.85, 1.2)})
FEEDS = (
    Feed(
        INSTITUTIONS,
        parse_institutions,
        partial(wanted_files, cadence=AUTUMN, stem="HD{}", count=1),
        (_HD_HEADER,),
        AUTUMN,
        parts=BY_YEAR,
        limits=RELEASE,
    ),
    Feed(
        COMPLETIONS,
        parse_completions,
        partial(wanted_files, cadence=AWARDED, stem="C{}_A", count=5),
        (_A_HEADER,),
        AWARDED,
        parts=BY_YEAR,
        limits=_AWARDS_LIMITS,
    ),
    Feed(
        COMPLETERS,
        parse_completers,
        partial(wanted_files, cadence=AWARDED, stem="C{}_C", count=5),
        (_C_HEADER,),
        AWARDED,
        parts=BY_YEAR,
        limits=RELEASE,
    ),
)
