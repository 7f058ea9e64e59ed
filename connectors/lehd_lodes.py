"""Commuting between counties, and how much of a county belongs to a core area, from the Census Bureau's LODES files.

Input defined by the Census Bureau, "LODES Technical Documentation, Origin-Destination (OD)": one line per pair of home
and work blocks, ``nc_od_main_JT00_2022.csv.gz`` (home and work in the state) and ``nc_od_aux_JT00_2022.csv.gz`` (work
in the state, home in another). The first five digits of a block are its county.
"""

from __future__ import annotations

import io
import re
from collections.abc import Collection
from typing import Any

import pandas as pd
import pyarrow as arrow
import pyarrow.csv as arrow_csv
from pyarrow import compute

from connectors.cadence import YEARLY, Cadence
from connectors.headers import Header
from connectors.parts import ByColumns
from connectors.reading import Layout, Reply, SourceError, csv_frame, decode, load
from connectors.source import Ask, Feed, Limits, Source, Wanted
from connectors.states import POSTAL_CODES
from connectors.tables import COMMUTING, SHED_WEIGHTS, checked

SOURCE = Source(
    name="lehd_lodes",
    title="LEHD Origin-Destination Employment Statistics, version 8",
    publisher="U.S. Census Bureau",
    address="https://lehd.ces.census.gov/data/#lodes",
    licence="Public domain (work of the United States government); cite the agency and the vintage.",
    cadence="Yearly, about two years after the year; LODES8 uses 2020 blocks.",
    document="LODES Technical Documentation, https://lehd.ces.census.gov/doc/help/onthemap/LODESTechDoc.pdf",
    caveats=(
        "Jobs of 1 April covered by unemployment insurance, and federal ones: no self-employed.",
        "Residents who work in another state are in that state's files only.",
        "Jobs of firms with many sites may all stand at one of them.",
    ),
)

_SEGMENTS = tuple(f"{kind}0{level}" for kind in ("SA", "SE", "SI") for level in (1, 2, 3))
COLUMNS = ("w_geocode", "h_geocode", "S000", *_SEGMENTS, "createdate")
LAYOUT = Layout(SOURCE.document, COLUMNS)
_NAME = re.compile(r"_od_(main|aux)_(JT\d\d)_(\d{4})", re.IGNORECASE)
_PAIR = ["h_geocode", "w_geocode"]
_COUNTIES = ("home_county_fips", "work_county_fips")
_BLOCKS = 10**10  # numbers of blocks in a county: the last ten of fifteen digits


def parse(reply: Reply, name: str) -> pd.DataFrame:
    """Jobs by county of home and of work.

    Args:
        reply: the OD file, gzip or not.
        name: the agency's file name: it alone tells part, type of job and year (``nc_od_main_JT00_2022``).

    Returns:
        Table ``commuting``. A pair of blocks printed twice with one number counts once.

    Raises:
        SourceError: a column is missing, renamed or out of order; a block is not of 15 digits or a number of jobs is
            none or below zero (with the line); a pair of blocks has two numbers; or the name does not tell the year.
        TableError: a value breaks the declaration of the table.
    """
    stated = _NAME.search(name)
    if not stated:
        remedy = "Keep the agency's file name"
        raise SourceError(name, "expected a name as nc_od_main_JT00_2022, found another", remedy)
    raw = _utf8(load(reply, name), name)
    first = raw.find(b"\n") + 1
    csv_frame(raw[: raw.find(b"\n", first) + 1] if first else raw, name, LAYOUT)
    pairs = _pairs(raw, name)
    counties = {column: compute.divide(pairs[block], _BLOCKS) for column, block in zip(_COUNTIES, _PAIR, strict=True)}
    keys = list(counties)
    flows = arrow.table({**counties, "jobs": pairs["jobs"]}).group_by(keys).aggregate([("jobs", "sum")])
    frame = flows.sort_by([(key, "ascending") for key in keys]).to_pandas().rename(columns={"jobs_sum": "jobs"})
    frame[keys] = frame[keys].astype("str").apply(lambda column: column.str.zfill(5))
    frame["part"], frame["job_type"], frame["year"] = stated[1].lower(), stated[2].upper(), int(stated[3])
    return checked(frame, COMMUTING, name)


def weights(flows: pd.DataFrame, core: Collection[str]) -> pd.DataFrame:
    """How much of each county belongs to a core area.

    With J(h, w) the jobs of residents of county h at workplaces in county w::

        jobs_weight(c)    = sum of J(h, c) over h in the core / sum of J(h, c) over all h, other states included
        workers_weight(c) = sum of J(c, w) over w in the core / sum of J(c, w) over all w of the state

    The first is the share of a county's jobs that people of the core area hold: how far its openings count for a
    college there. The second is the share of its working residents whose job is in the core area: how far people
    trained there count as supply. Sums over homes need main and aux; sums over workplaces stay within the state.

    Args:
        flows: table ``commuting``, main and aux, of one state and one or more years; all jobs (JT00) are counted.
        core: counties of the core area.

    Returns:
        Table ``shed_weights``: every county of work, by year. A weight is null where its denominator is zero.

    Raises:
        SourceError: a year lacks the main or the aux part: shares would be too high.
    """
    flows = flows.loc[flows["job_type"] == "JT00"]
    for year, part in flows.groupby("year")["part"]:
        if missing := {"main", "aux"} - set(part):
            found = f"expected the parts main and aux of {year}, found no {' and '.join(sorted(missing))}"
            raise SourceError("commuting", found, "Pull or give both files of the year")
    at_work = flows.groupby(["work_county_fips", "year"])["jobs"].sum()
    from_core = flows.loc[flows["home_county_fips"].isin(core)].groupby(["work_county_fips", "year"])["jobs"].sum()
    within = flows.loc[flows["part"] == "main"]
    of_home = within.groupby(["home_county_fips", "year"])["jobs"].sum()
    to_core = within.loc[within["work_county_fips"].isin(core)].groupby(["home_county_fips", "year"])["jobs"].sum()
    frame = at_work.rename("jobs").to_frame().rename_axis(["county_fips", "year"])
    columns = {"jobs_held_from_core": from_core, "workers": of_home, "workers_in_core": to_core}
    for column, values in columns.items():
        frame[column] = values.rename_axis(["county_fips", "year"]).reindex(frame.index, fill_value=0)
    for weight, held, total in (
        ("jobs_weight", "jobs_held_from_core", "jobs"),
        ("workers_weight", "workers_in_core", "workers"),
    ):
        frame[weight] = (frame[held] / frame[total].where(frame[total] > 0)).round(6)
    return checked(frame.reset_index(), SHED_WEIGHTS, "commuting")


def _utf8(raw: bytes, name: str) -> bytes:
    """The bytes as they are where they can only be plain text; else decoded, which raises for a NUL and a web page."""
    plain = raw[:1].isalpha() and b"\0" not in raw
    return raw if plain else decode(raw, name).encode()


def _pairs(raw: bytes, name: str) -> arrow.Table:
    """Jobs of each pair of blocks, each pair once."""
    kinds = {"w_geocode": arrow.string(), "h_geocode": arrow.string(), "S000": arrow.int64()}
    wrong: list[Any] = []

    def remember(row: Any) -> str:
        wrong.append(row)
        return "skip"

    try:
        lines = arrow_csv.read_csv(
            io.BytesIO(raw),
            arrow_csv.ReadOptions(use_threads=False),
            arrow_csv.ParseOptions(invalid_row_handler=remember),
            arrow_csv.ConvertOptions(column_types=kinds, include_columns=list(kinds)),
        )
    except arrow.ArrowInvalid as error:
        raise SourceError(
            name, f"expected blocks and jobs ({error})", "The file may be cut: download it again"
        ) from error
    if wrong:
        found = f"expected {len(COLUMNS)} cells, found {wrong[0].actual_columns}"
        raise SourceError(name, found, "The file may be cut or damaged: download it again", line=wrong[0].number)
    bad = compute.or_kleene(
        compute.invert(compute.and_(*(compute.match_substring_regex(lines[key], r"^\d{15}$") for key in _PAIR))),
        compute.less(lines["S000"], 0),
    )
    first = compute.index(compute.fill_null(bad, True), True).as_py()
    if first >= 0:
        found = f"expected two blocks of 15 digits and a number of jobs, found {lines.slice(first, 1).to_pylist()[0]}"
        raise SourceError(name, found, f"Compare with {SOURCE.document}", line=first + 2)
    numbered = {key: compute.cast(lines[key], arrow.int64()) for key in _PAIR}
    lines = arrow.table({**numbered, "S000": lines["S000"]})
    pairs = lines.group_by(_PAIR, use_threads=False).aggregate([("S000", "min"), ("S000", "max")])
    differ = pairs.filter(compute.not_equal(pairs["S000_min"], pairs["S000_max"]))
    if differ.num_rows:
        found = f"expected one number of jobs a pair of blocks, found two: {differ.slice(0, 1).to_pylist()[0]}"
        raise SourceError(name, found, "Download it again", column="S000")
    return pairs.rename_columns({"S000_min": "jobs"})


_CADENCE = Cadence(YEARLY, lag_days=720)
_YEARS = 3


def wanted(ask: Ask) -> tuple[Wanted, ...]:
    """Main and aux file of all jobs, the newest three years and the one that comes next."""
    state = POSTAL_CODES[ask.place.state_fips].lower()
    years = _CADENCE.published(ask.as_of, str(ask.as_of.year - _YEARS - 3))[-_YEARS:]
    coming = _CADENCE.following(years[-1])
    names = [(year, f"{state}_od_{part}_JT00_{year}.csv.gz") for year in (*years, coming) for part in ("main", "aux")]
    folder = f"https://lehd.ces.census.gov/data/lodes/LODES8/{state}/od"
    return tuple(Wanted(f"{folder}/{name}", name, period=year, coming=year == coming) for year, name in names)


FEEDS = (
    Feed(
        COMMUTING,
        parse,
        wanted,
        (Header(COLUMNS),),
        _CADENCE,
        parts=ByColumns(("part",), ("year",)),
        limits=Limits(rows=(0.8, 1.25), lost_keys=0.3, totals={"jobs": (0.95, 1.05)}, next_totals={"jobs": (0.9, 1.1)}),
    ),
)
