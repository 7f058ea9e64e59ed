"""Loads QCEW files too large for memory, such as BLS's single file of a year, into Parquet with the parser's checks.

:func:`connectors.bls_qcew.parse` holds a file as text and then as a frame; ten million rows would take some 20 GB.
DuckDB streams them. The header is compared with the layout before any column is given a type, and DuckDB fetches no
extension.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from connectors import bls_qcew
from connectors.headers import Header
from connectors.replies import SourceError

_HEADERS: tuple[Header, ...] = bls_qcew.FEEDS[0].headers
_CODES = ("area_fips", "own_code", "industry_code", "agglvl_code", "size_code", "year", "qtr")
_FIGURES = {
    "qtrly_estabs": "establishments",
    "month1_emplvl": "employment_month1",
    "month2_emplvl": "employment_month2",
    "month3_emplvl": "employment_month3",
    "total_qtrly_wages": "total_wages_usd",
    "avg_wkly_wage": "avg_weekly_wage_usd",
}
_KEY = "area_fips, own_code, naics_code, agglvl_code, year, quarter"


@dataclass(frozen=True)
class Loaded:
    """What was loaded.

    Attributes:
        rows: rows written.
        suppressed: rows of them that the agency suppressed: their figures are null.
        set_aside: impossible rows left out.
        first_aside: the first of them, in words.
    """

    rows: int
    suppressed: int
    set_aside: int
    first_aside: str


def load_qcew(source: Path, target: Path, memory: str = "600MB", threads: int = 2) -> Loaded:
    """Load a quarterly QCEW file of any size.

    Args:
        source: the CSV, in one of the agency's quarterly layouts.
        target: the Parquet file to write, with the columns of the table ``qcew``.
        memory: cap on DuckDB's own memory; the process takes some 300 MB more.
        threads: of DuckDB.

    Raises:
        SourceError: the header is not the agency's, a line cannot be read, more than half of the rows are impossible,
            or two rows of one cell differ.
    """
    columns = _checked_header(source)
    with duckdb.connect(":memory:") as database:
        for setting in (
            "autoinstall_known_extensions = false",
            "autoload_known_extensions = false",
            "preserve_insertion_order = false",
            f"memory_limit = '{memory}'",
            f"threads = {threads}",
            f"temp_directory = '{target.parent / 'spill'}'",
        ):
            database.execute(f"SET {setting}")
        read = _select(source, columns)
        kept = f"SELECT * EXCLUDE (aside) FROM ({read}) WHERE aside IS NULL"
        try:
            database.execute(f"COPY ({kept}) TO '{_quoted(target)}' (FORMAT parquet, COMPRESSION zstd)")
            return _counted(database, source, target, read)
        except duckdb.Error as error:
            found = f"expected lines of {len(columns)} cells ({str(error).splitlines()[0]})"
            raise SourceError(source.name, found, "Download it again") from None


def _checked_header(source: Path) -> tuple[str, ...]:
    """The header's own columns, once they are known to be the agency's."""
    with source.open(encoding="utf-8-sig") as file:
        found = tuple(cell.strip().strip('"') for cell in file.readline().split(","))
    if found not in {header.columns for header in _HEADERS}:
        due = min((header.columns for header in _HEADERS), key=lambda names: len(set(names) ^ set(found)))
        at = next((name for name, have in zip(due, (*found, *[""] * len(due)), strict=False) if name != have), due[-1])
        what = f"expected the agency's {len(due)} columns, found {len(found)}"
        raise SourceError(source.name, what, f"Compare with {bls_qcew.SOURCE.document}", line=1, column=at)
    return found


def _select(source: Path, columns: tuple[str, ...]) -> str:
    types = ", ".join(f"'{name}': '{_type(name)}'" for name in columns)
    estabs = next(name for name in columns if name.startswith("qtrly_estabs"))
    figures = []
    for official, meaning in _FIGURES.items():
        column = estabs if official == "qtrly_estabs" else official
        unknown = f"disclosure_code = 'N' AND {column} = 0" if meaning == "establishments" else "disclosure_code = 'N'"
        figures.append(f"CASE WHEN {unknown} THEN NULL ELSE {column}::DOUBLE END AS {meaning}")
    low = " OR ".join(f"{estabs if name == 'qtrly_estabs' else name} < 0" for name in _FIGURES)
    return f"""
        SELECT area_fips, own_code, industry_code AS naics_code, agglvl_code, year::BIGINT AS year,
            CASE WHEN qtr = 'A' THEN NULL ELSE qtr::BIGINT END AS quarter, {", ".join(figures)},
            employment_month3 AS employment, disclosure_code IS DISTINCT FROM 'N' AS disclosed, false AS derived,
            CASE WHEN {low} THEN 'a figure below zero'
                WHEN year::BIGINT NOT BETWEEN 1975 AND 2100 THEN 'year outside 1975 to 2100'
                WHEN qtr NOT IN ('1', '2', '3', '4', 'A') THEN 'quarter other than 1 to 4 or A'
                WHEN NOT regexp_full_match(own_code, '[0-9]') THEN 'ownership that is no digit'
                WHEN disclosure_code NOT IN ('', 'N', '-') THEN 'unknown disclosure code' END AS aside
        FROM read_csv('{_quoted(source)}', header = true, delim = ',', quote = '"', escape = '"', auto_detect = false,
            columns = {{{types}}}, nullstr = '\\N', strict_mode = true)
        WHERE size_code IN ('0', '')
    """


def _type(column: str) -> str:
    if column in _CODES or column.endswith(("_code", "_title")):
        return "VARCHAR"
    return "DOUBLE" if column.startswith("lq_") or column.endswith("_pct_chg") else "BIGINT"


def _counted(database: duckdb.DuckDBPyConnection, source: Path, target: Path, read: str) -> Loaded:
    """Count what was written; the file is read a second time only where lines are missing from it."""
    table = f"read_parquet('{_quoted(target)}')"
    query = f"SELECT count(*), count(*) FILTER (NOT disclosed), count(DISTINCT hash({_KEY})) FROM {table}"
    rows, suppressed, cells = database.execute(query).fetchone() or (0, 0, 0)
    aside, first = 0, ""
    if _lines(source) - 1 > rows:
        query = f"SELECT count(*), min(aside || ': area ' || area_fips || ', industry ' || naics_code) FROM ({read})"
        aside, first = database.execute(f"{query} WHERE aside IS NOT NULL").fetchone() or (0, "")
    if 2 * aside > rows + aside or rows == 0:
        found = f"expected possible values, found {aside:,} impossible rows of {rows + aside:,} ({first or 'no rows'})"
        raise SourceError(source.name, found, "Compare with the layout document: columns may have been swapped")
    if cells != rows:
        found = f"expected one row for each area, owner, industry and quarter, found {rows - cells:,} rows too many"
        raise SourceError(source.name, found, "Download it again")
    return Loaded(rows, suppressed, aside, first or "")


def _lines(source: Path) -> int:
    with source.open("rb") as file:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 24), b""))


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
