"""Faults of files, tried on the recordings of every connector: a named error or the same table, never a silent loss."""

from __future__ import annotations

import csv
import gzip
import importlib
import io
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from connectors.reading import SourceError, decode
from connectors.tables import TableError

RECORDINGS = Path(__file__).resolve().parent / "recordings"
TEXT = sorted(
    path
    for path in RECORDINGS.glob("*/*/*")
    if path.suffix in {".csv", ".txt"} and not path.name.endswith(".expected.csv") and path.name != "Read Me.txt"
)
ALL = sorted(path for path in RECORDINGS.glob("*/*/*") if path.is_file() and not path.name.endswith(".expected.csv"))
MANY = 20
REFUSED = (SourceError, TableError)


def named(path: Path) -> str:
    return str(path.relative_to(RECORDINGS))


def reader(path: Path) -> Callable[[bytes], pd.DataFrame]:
    module = importlib.import_module(f"connectors.{path.parent.parent.name}")
    return lambda raw: getattr(module, path.parent.name)(raw, path.name)


def split(path: Path) -> tuple[str, int, list[list[str]], bool]:
    """Delimiter, place of the header, all lines as cells, and whether text is quoted."""
    text = decode(path.read_bytes(), path.name)
    delimiter = "\t" if path.suffix == ".txt" and "\t" in text else ","
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    header = next(at for at, row in enumerate(rows) if len(row) > 1 and all(row[:2]))
    return delimiter, header, rows, text.lstrip().startswith('"')


def joined(path: Path, rows: list[list[str]]) -> bytes:
    delimiter, _, _, quoted = split(path)
    out = io.StringIO()
    style = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    csv.writer(out, delimiter=delimiter, lineterminator="\n", quoting=style).writerows(rows)
    return out.getvalue().encode()


def outcome(read: Callable[[bytes], pd.DataFrame], raw: bytes) -> pd.DataFrame | Exception:
    try:
        return read(raw)
    except REFUSED as error:
        return error


def same(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    return one.equals(other) and len(one.attrs.get("quarantined", [])) == len(other.attrs.get("quarantined", []))


@pytest.mark.parametrize("path", TEXT, ids=named)
def test_a_renamed_column_is_named_or_was_never_used(path: Path) -> None:
    read, (_, header, rows, _) = reader(path), split(path)
    whole = read(path.read_bytes())
    silent = []
    for at, title in enumerate(rows[header]):
        if at >= MANY and at % 6:
            continue  # of a long header the rest is one figure by race or wage percentile like another
        changed = [list(row) for row in rows]
        changed[header][at] = f"{title} new"
        result = outcome(read, joined(path, changed))
        if isinstance(result, Exception):
            assert path.name in str(result)
            continue
        if not same(result, whole):
            silent.append(title)
    assert silent == [], "these columns were lost without a word"


@pytest.mark.parametrize("path", TEXT, ids=named)
def test_swapped_headings_are_refused_or_change_nothing(path: Path) -> None:
    read, (_, header, rows, _) = reader(path), split(path)
    whole = read(path.read_bytes())
    silent = []
    for at in range(len(rows[header]) - 1):
        changed = [list(row) for row in rows]
        titles = changed[header]
        titles[at], titles[at + 1] = titles[at + 1], titles[at]
        result = outcome(read, joined(path, changed))
        if not isinstance(result, Exception) and not same(result, whole):
            silent.append((titles[at + 1], titles[at]))
    assert silent == [], "these headings changed places and the figures with them"


@pytest.mark.parametrize("path", TEXT, ids=named)
def test_a_repeated_line_is_folded(path: Path) -> None:
    read, (_, header, rows, _) = reader(path), split(path)
    full = [row for row in rows[header + 1 :] if len(row) == len(rows[header])]
    twice = [*rows[: header + 1], full[0], *rows[header + 1 :]]
    assert len(read(joined(path, twice))) == len(read(path.read_bytes()))


@pytest.mark.parametrize("path", TEXT, ids=named)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_another_encoding_gives_the_same_table(path: Path, encoding: str) -> None:
    raw = path.read_bytes()
    read = reader(path)
    assert read(decode(raw, path.name).encode(encoding)).equals(read(raw))
    assert read(gzip.compress(raw)).equals(read(raw))


@pytest.mark.parametrize("path", TEXT, ids=named)
def test_a_nul_character_is_an_error_with_its_line(path: Path) -> None:
    raw = path.read_bytes()
    with pytest.raises(SourceError, match="NUL") as caught:
        reader(path)(raw.rstrip() + b"\0\n")
    assert caught.value.line == raw.rstrip().count(b"\n") + 1


@pytest.mark.parametrize("path", ALL, ids=named)
@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (b"", "empty"),
        (b"<!DOCTYPE html><html><body><h1>Access Denied</h1></body></html>", None),
        (gzip.compress(b"a,b\n1,2\n" * 900)[:-30], "gzip"),
        (b"PK\x03\x04 not a zip", None),
        (b"%PDF-1.7 not a pdf", None),
    ],
    ids=["empty", "web page", "cut gzip", "no zip", "no pdf"],
)
def test_what_is_no_file_of_the_agency_is_refused(path: Path, reply: bytes, said: str | None) -> None:
    with pytest.raises(SourceError, match=said) as caught:
        reader(path)(reply)
    assert path.name in str(caught.value)
    assert caught.value.remedy


@pytest.mark.parametrize("path", TEXT, ids=named)
def test_a_header_alone_means_that_the_period_is_not_out_yet(path: Path) -> None:
    _, header, rows, _ = split(path)
    with pytest.raises(SourceError, match="published yet"):
        reader(path)(joined(path, rows[: header + 1]))


@pytest.mark.parametrize("path", TEXT, ids=named)
def test_a_line_cut_short_is_named(path: Path) -> None:
    _, header, rows, _ = split(path)
    full = [at for at, row in enumerate(rows) if at > header and len(row) == len(rows[header])]
    last = full[-1]
    cut = [*rows[:last], rows[last][: max(2, len(rows[last]) // 2)]]
    if len(rows[header]) < 4:
        pytest.skip("half of so few columns is a line of another file")
    with pytest.raises(SourceError, match="cells"):
        reader(path)(joined(path, cut))


@pytest.mark.parametrize("path", ALL, ids=named)
def test_codes_are_text_and_keep_their_zeros(path: Path) -> None:
    table = reader(path)(path.read_bytes())
    for column in table.columns:
        if column.endswith(("_code", "_fips", "unit_id")):
            assert pd.api.types.is_string_dtype(table[column]), column
        if column.endswith("_fips") and column != "area_fips":
            assert table[column].dropna().str.fullmatch(r"\d{5}").all()


@pytest.mark.parametrize("path", ALL, ids=named)
def test_reading_twice_gives_the_same_table(path: Path) -> None:
    read, raw = reader(path), path.read_bytes()
    assert read(raw).equals(read(raw))
