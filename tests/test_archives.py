"""Archives: what is dangerous in the listing of a zip is refused before anything is unpacked."""

from __future__ import annotations

import io
import stat
import zipfile
from pathlib import Path

import pytest

from connectors.archives import is_archive, members
from connectors.replies import SourceError


def packed(files: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, raw in files.items():
            archive.writestr(name, raw)
    return out.getvalue()


def test_gives_the_files_of_the_first_pattern_that_anything_matches() -> None:
    raw = packed({"in/c2024_a.csv": b"1", "in/C2024_A_RV.csv": b"2", "readme.txt": b"3"})
    assert list(members(raw, "C2024_A.zip", ("*_rv.csv", "*.csv"))) == [("C2024_A_RV.csv", b"2")]
    assert [name for name, _ in members(raw, "x.zip", ("*.csv",))] == ["C2024_A_RV.csv", "c2024_a.csv"]


def test_an_archive_without_the_file_names_what_it_holds() -> None:
    with pytest.raises(SourceError, match=r"x\.zip: expected a file \*\.csv in the archive, found readme\.txt"):
        list(members(packed({"readme.txt": b""}), "x.zip", ("*.csv",)))


@pytest.mark.parametrize("name", ["../outside.csv", "a/../../outside.csv", "/etc/passwd", "C:\\x.csv", "..\\x.csv"])
def test_a_path_that_leads_out_of_the_archive_is_refused(name: str) -> None:
    with pytest.raises(SourceError, match="expected files inside the archive"):
        list(members(packed({name: b"1"}), "x.zip"))


def test_a_link_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("figures.csv")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(SourceError, match=r"found the link 'figures\.csv'"):
        list(members(out.getvalue(), "x.zip"))


def test_an_encrypted_file_is_refused() -> None:
    raw = bytearray(packed({"figures.csv": b"1,2,3"}))
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(SourceError, match=r"'figures\.csv' encrypted"):
        list(members(bytes(raw), "x.zip"))


def test_a_bomb_is_refused_by_its_listing() -> None:
    with pytest.raises(SourceError, match=r"packed \d+-fold"):
        list(members(packed({"figures.csv": bytes(50_000_000)}), "x.zip"))


def test_a_listing_that_lies_is_found_out() -> None:
    raw = bytearray(packed({"figures.csv": bytes(range(256)) * 40}, zipfile.ZIP_STORED))
    at = raw.index(b"PK\x01\x02") + 24
    raw[at : at + 4] = (100).to_bytes(4, "little")
    with pytest.raises(SourceError, match=r"x\.zip"):
        list(members(bytes(raw), "x.zip"))


@pytest.mark.parametrize("harm", ["cut", "flipped"])
def test_a_damaged_archive_is_an_error(harm: str) -> None:
    raw = bytearray(packed({"figures.csv": bytes(range(256)) * 40}, zipfile.ZIP_STORED))
    if harm == "cut":
        raw = raw[:-30]
    else:
        raw[200] ^= 1
    with pytest.raises(SourceError, match="expected a whole zip archive"):
        list(members(bytes(raw), "x.zip"))


def test_a_workbook_is_no_archive(tmp_path: Path) -> None:
    assert is_archive(packed({"figures.csv": b"1"}))
    assert not is_archive(packed({"[Content_Types].xml": b"", "xl/workbook.xml": b""}))
    assert not is_archive(b"area_fips,year\n")
