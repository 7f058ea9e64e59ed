"""Files given by hand: recognised by their header whatever they are called; others are named with the reason."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from connectors.catalogue import connectors_of
from gapengine.errors import UsageError
from gapengine.store.folder import FAR, search
from gapengine.store.pulling import chosen
from tests.store_kit import COLUMNS, QUARTERS, from_files, held, one, qcew


@pytest.fixture
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("store")


def offered(folder: Path) -> list[str]:
    return [file.name for file in search(folder, (QUARTERS,)).offered.get("bls_qcew", [])]


def why(folder: Path) -> str:
    (only,) = search(folder, (QUARTERS,)).unrecognised
    return only.why


@pytest.mark.parametrize("name", ["anything.dat", "Copy of (2).TXT", "deep/er/x"])
def test_a_file_is_known_by_its_header_whatever_it_is_called(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(qcew())
    assert offered(tmp_path) == [path.name]


def test_a_compressed_file_and_one_in_an_archive_are_known_too(tmp_path: Path, store: Path) -> None:
    (tmp_path / "a.gz").write_bytes(gzip.compress(qcew()))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("inner/b.csv", qcew(2))
    (tmp_path / "b.bin").write_bytes(packed.getvalue())
    assert offered(tmp_path) == ["a.gz", "b.csv"]
    assert one(from_files(store, tmp_path)).status == "new"
    assert held(store) == {"2016Q1": 12, "2016Q2": 12}


def test_a_file_that_was_written_anew_is_not_the_agency_s(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(qcew().replace(b'"', b""))
    assert "puts quotation marks around text and this file has none" in why(tmp_path)


def test_a_file_with_columns_of_somebody_else_is_not_the_agency_s(tmp_path: Path) -> None:
    lines = qcew().decode().splitlines()
    (tmp_path / "x.csv").write_text("\n".join([f'{lines[0]},"source_url"', *(f'{line},"x"' for line in lines[1:])]))
    assert "columns that are not the agency's: source_url" in why(tmp_path)


def test_a_few_of_its_columns_are_not_the_agency_s_file(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text(",".join(f'"{name}"' for name in COLUMNS[:20]) + "\n")
    assert "22 of the agency's 42 columns are missing" in why(tmp_path)


@pytest.mark.parametrize(
    "raw", [b"PAR1\x00\x00PAR1", b"name,jobs\nA,1\n", b"%PDF-1.7", b"\x00\x01\x02", b"", b"PK\x03\x04cut"]
)
def test_anything_else_is_named_and_no_error(tmp_path: Path, store: Path, raw: bytes) -> None:
    (tmp_path / "x").write_bytes(raw)
    found = search(tmp_path, (QUARTERS,))
    assert not found.offered and [file.name for file in found.unrecognised] == ["x"]
    assert from_files(store, tmp_path).exit_code == 0


def test_a_renamed_column_is_still_its_file_and_the_parser_names_it(tmp_path: Path, store: Path) -> None:
    (tmp_path / "x.csv").write_bytes(qcew().replace(b'"month3_emplvl"', b'"month3_jobs"', 1))
    pulled = from_files(store, tmp_path)
    assert (one(pulled).status, pulled.exit_code) == ("failed", 6)
    assert "bls_qcew: x.csv, line 1, column 'month3_emplvl'" in one(pulled).message


def test_two_files_that_contradict_each_other_are_an_error_and_equal_ones_are_one(tmp_path: Path, store: Path) -> None:
    (tmp_path / "a.csv").write_bytes(qcew())
    (tmp_path / "b.csv").write_bytes(qcew())
    assert one(from_files(store, tmp_path)).rows == 12
    (tmp_path / "c.csv").write_bytes(qcew(jobs=1001))
    got = one(from_files(store / "other", tmp_path))
    assert got.status == "failed" and "a.csv" in got.message and "c.csv" in got.message


def test_the_parts_of_a_file_are_those_that_it_holds(tmp_path: Path, store: Path) -> None:
    header, *first = qcew(1).decode().splitlines()
    lines = [header, *first, *qcew(3).decode().splitlines()[1:]]
    (tmp_path / "x.csv").write_text("\n".join(lines) + "\n")
    got = one(from_files(store, tmp_path))
    assert held(store) == {"2016Q1": 12, "2016Q3": 12}
    assert got.missing == ("qcew 37063: nothing for 2016Q2",)


def test_a_source_without_a_file_is_not_offered(tmp_path: Path, store: Path) -> None:
    pulled = from_files(store, tmp_path)
    assert (one(pulled).status, pulled.exit_code) == ("not offered", 0)


def test_no_such_folder_and_no_such_source_are_usage_errors(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such folder"):
        search(tmp_path / "nowhere", (QUARTERS,))
    with pytest.raises(UsageError, match=r"no source bls_qcwe.*bls_qcew"):
        chosen(["bls_qcwe"])


def test_every_exact_file_of_the_shared_data_is_taken_and_no_re_encoded_one(shared_data: Path) -> None:
    """By the words of shared/data/README.md: exact files are taken, those with columns or rows of others are not."""
    found = search(shared_data / "official", connectors_of())
    taken = {file.name for files in found.offered.values() for file in files}
    left = {Path(file.name).name: file.why for file in found.unrecognised}
    exact = {path.name for path in (shared_data / "official/qcew").iterdir()}
    exact |= {"2024_annual_US000.csv.gz", "2019_annual_37000.csv.gz", "2020_annual_37000.csv.gz"}
    exact |= {path.name for path in (shared_data / "official/onet").iterdir()}
    exact |= {"occupation_2016_26.xlsx", "occupation_2024_34.xlsx", "industry_2020_30.xlsx"}
    exact |= {"nem-onet-to-soc-crosswalk.xlsx", "NEM_IND_510000_2020_30.csv", "nat4d_M2019_owner_dl.xlsx"}
    exact |= {"national_M2024_dl.xlsx", "national_M2025_dl.xlsx", "natsector_M2024_dl.xlsx"}
    exact |= {"CIP2020_SOC2018_Crosswalk.xlsx", "CIPCode2020.csv", "soc_2010_to_2018_crosswalk.xlsx"}
    exact |= {"2022_NAICS_Index_File.xlsx", "2-6 digit_2022_Codes.xlsx", "2022_NAICS_Descriptions.xlsx"}
    exact |= {"2022_NAICS_Cross_References.xlsx", "2022_NAICS_Structure_Summary_Table.xlsx"}
    exact |= {"hd2024.csv.gz", "c2024_c.csv.gz", "completions_varlist.xlsx"}
    assert exact - taken == set()
    re_encoded = {path.name for path in (shared_data / "official/cbp").iterdir()}
    re_encoded |= {path.name for path in (shared_data / "official").rglob("*.parquet")}
    re_encoded |= {path.name for path in (shared_data / "official/nem").glob("us_staffing_*")}
    re_encoded |= {path.name for path in (shared_data / "official/qcew_api").glob("oh_*")}
    re_encoded |= {"oews_nat3d_m2024_dl.csv", "oews_nat5d_6d_m2024_dl.csv", "state_nc_2000_2013.csv.gz"}
    assert re_encoded - left.keys() == set()
    assert all(left[name] for name in re_encoded) and FAR in left.values()
