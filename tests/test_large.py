"""A file too large for memory is loaded with the same checks, into the same rows, as a small one is parsed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

from connectors import bls_qcew
from connectors.replies import SourceError
from gapengine.benchmarks.ingest import generate
from gapengine.store.large import load_qcew

KEY = ["area_fips", "own_code", "naics_code", "agglvl_code", "year", "quarter"]


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("generated") / "qcew.csv"
    generate(path, 18_000)
    return path


@pytest.fixture
def large(generated: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(generated, tmp_path / "qcew.csv"))


def load(path: Path) -> pd.DataFrame:
    target = path.with_suffix(".parquet")
    load_qcew(path, target)
    return pd.read_parquet(target).sort_values(KEY, ignore_index=True)


def compare(loaded: pd.DataFrame, path: Path) -> None:
    parsed = bls_qcew.parse(path, path.name).sort_values(KEY, ignore_index=True)
    assert set(loaded.columns) == set(parsed.columns)
    pd.testing.assert_frame_equal(loaded[list(parsed.columns)], parsed, check_dtype=False)


def edited(path: Path, change: dict[int, tuple[str, str]]) -> Path:
    lines = path.read_text().splitlines(keepends=True)
    for at, (old, new) in change.items():
        assert old in lines[at]
        lines[at] = lines[at].replace(old, new, 1)
    path.write_text("".join(lines))
    return path


def test_gives_the_rows_of_the_parser(large: Path) -> None:
    loaded = load(large)
    assert len(loaded) == 18_000 and loaded["employment"].isna().sum() > 9_000
    compare(loaded, large)


def test_reads_the_agency_s_own_file_as_the_parser_does(shared_data: Path, tmp_path: Path) -> None:
    import gzip  # noqa: PLC0415 - for this file only

    (found,) = (shared_data / "official/qcew").glob("2016.q1-q4 37063 *.csv.gz")
    path = tmp_path / "durham.csv"
    path.write_bytes(gzip.decompress(found.read_bytes()))
    compare(load(path), path)


def test_impossible_rows_are_left_out_and_counted(large: Path) -> None:
    row = large.read_text().splitlines()[1]
    edited(large, {1: (row, row.replace('"2016"', '"1066"'))})
    found = load_qcew(large, large.with_suffix(".parquet"))
    assert (found.rows, found.set_aside) == (17_999, 1)
    assert found.first_aside == "year outside 1975 to 2100: area 01001, industry 1111"
    compare(load(large), large)


@pytest.mark.parametrize("code", ['"X"', '"?"'])
def test_an_unknown_disclosure_code_is_set_aside(large: Path, code: str) -> None:
    lines = large.read_text().splitlines()
    at = next(at for at, line in enumerate(lines) if '"2016","1","N"' in line)
    edited(large, {at: ('"2016","1","N"', f'"2016","1",{code}')})
    assert load_qcew(large, large.with_suffix(".parquet")).set_aside == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({0: ('"month3_emplvl"', '"month3_jobs"')}, "column 'month3_emplvl': expected the agency's 42 columns"),
        ({0: ('"qtrly_estabs","month1_emplvl"', '"month1_emplvl","qtrly_estabs"')}, "column 'qtrly_estabs'"),
        ({500: (",", ",many,")}, "expected lines of 42 cells"),
    ],
    ids=["renamed", "swapped", "too many cells"],
)
def test_a_fault_names_the_file_and_the_column(large: Path, change: dict[int, tuple[str, str]], said: str) -> None:
    with pytest.raises(SourceError, match=r"qcew\.csv") as caught:
        load(edited(large, change))
    assert said in str(caught.value)


def test_a_cut_file_and_a_repeated_row_are_errors(large: Path) -> None:
    whole = large.read_text()
    large.write_text(whole[: len(whole) // 2])
    with pytest.raises(SourceError, match="expected lines of 42 cells"):
        load(large)
    large.write_text(whole + whole.splitlines(keepends=True)[7])
    with pytest.raises(SourceError, match="1 rows too many"):
        load(large)
