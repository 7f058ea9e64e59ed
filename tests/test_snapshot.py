"""The embedded snapshot is whole, small, explained and loads fast; an altered one is refused."""

from __future__ import annotations

import json
import re
import shutil
import time
from pathlib import Path

import pytest

from gapengine import snapshot
from gapengine.errors import DataContract

SNAPSHOT = snapshot.load()
SHED = {"37063", "37135", "37037", "37145", "37183", "37101", "37069"}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(snapshot.EMBEDDED, tmp_path / "snapshot"))


def test_is_at_most_six_megabytes():
    assert sum(path.stat().st_size for path in snapshot.EMBEDDED.iterdir()) <= 6_000_000


def test_loads_in_less_than_a_second():
    begin = time.process_time()
    snapshot.load()
    assert time.process_time() - begin < 1.0


def test_every_file_has_the_bytes_that_the_manifest_names():
    assert snapshot.verify() == ()
    listed = {f"{entry.name}.parquet" for entry in SNAPSHOT.provenance}
    assert {path.name for path in snapshot.EMBEDDED.glob("*.parquet")} == listed


def test_every_table_says_where_it_comes_from():
    assert {entry.name for entry in SNAPSHOT.provenance} == set(SNAPSHOT.tables)
    for entry in SNAPSHOT.provenance:
        assert entry.rows == len(SNAPSHOT[entry.name]) > 0
        assert entry.publisher and entry.vintage and entry.coverage and entry.licence
        assert entry.age_days > 0
        for key in entry.datasets:
            dataset = SNAPSHOT.datasets[key]
            assert dataset.address.startswith("https://")
            assert dataset.files
            assert all(re.fullmatch(r"[0-9a-f]{64}", digest) for digest in dataset.files.values())


def test_every_column_has_a_meaning_in_the_manifest():
    for name, frame in SNAPSHOT.tables.items():
        assert list(SNAPSHOT.columns[name]) == list(frame.columns)
        assert all(SNAPSHOT.columns[name].values())


def test_sources_prints_what_the_contract_asks_for():
    due = {"name", "publisher", "licence", "vintage", "retrieved_at", "rows", "age_days", "status"}
    assert all(set(entry.as_json()) == due for entry in SNAPSHOT.provenance)
    json.dumps([entry.as_json() for entry in SNAPSHOT.provenance])


def test_says_how_old_the_industry_history_is():
    (history,) = [entry for entry in SNAPSHOT.provenance if entry.name == "industry_employment"]
    assert history.covers_until.isoformat() == "2021-03-12"
    assert "March 2021" in history.coverage


def test_carries_the_attribution_that_o_net_asks_for():
    assert any("O*NET 29.1 Database" in sentence and "CC BY 4.0" in sentence for sentence in SNAPSHOT.attributions)


def test_codes_are_text():
    for frame in SNAPSHOT.tables.values():
        for column in frame.columns:
            if column.endswith(("_code", "_fips", "_id")):
                assert str(frame[column].dtype) == "str", column


def test_suppressed_and_absent_are_null_and_the_rest_is_not():
    history = SNAPSHOT["industry_employment"]
    unknown = history["status"].isin(["suppressed", "absent"])
    assert history.loc[unknown, "employment"].isna().all()
    assert history.loc[~unknown, "employment"].notna().all()
    government = SNAPSHOT["government_employment"]
    assert (government["employment"].isna() == (government["status"] == "suppressed")).all()


def test_registered_nurses_of_durham_are_suppressed_and_not_zero():
    oews = SNAPSHOT["oews"]
    nurses = oews[(oews["area_code"] == "20500") & (oews["soc_code"] == "29-1141")]
    assert nurses["employment"].isna().tolist() == [True]
    assert (SNAPSHOT["oews"]["employment"].dropna() > 0).all()


def test_every_table_of_counties_covers_the_labor_shed():
    assert set(SNAPSHOT["industry_employment"]["county_fips"]) == SHED
    assert set(SNAPSHOT["government_employment"]["county_fips"]) == SHED
    assert set(SNAPSHOT["announcements"]["county_fips"]) <= SHED
    assert set(SNAPSHOT["area_totals"]["area_fips"]) == SHED | {"C2050", "C3958", "37000", "US000"}


def test_every_industry_of_the_shed_has_a_staffing_pattern():
    farms = {"1111", "1112", "1113", "1114", "1119", "1121", "1122", "1123", "1124", "1125", "1129", "1141", "1142"}
    without = farms | {"8141", "9999"}
    patterns = set(SNAPSHOT["staffing_seed"]["naics_code"])
    industries = set(SNAPSHOT["industry_employment"]["naics_code"]) - without
    assert [code for code in sorted(industries) if not {code, code[:3]} & patterns] == []


def test_every_code_has_a_title():
    programs = set(SNAPSHOT["completions"]["cip_code"]) | set(SNAPSHOT["state_completions"]["cip_code"])
    assert programs <= set(SNAPSHOT["cip_titles"]["cip_code"])
    titled = set(SNAPSHOT["soc_titles"]["soc_code"])
    for name in ("oews", "occupations", "staffing_seed"):
        assert set(SNAPSHOT[name]["soc_code"]) <= titled, name
    industries = set(SNAPSHOT["industry_employment"]["naics_code"]) | set(SNAPSHOT["announcements"]["naics_code"])
    assert industries - {"9999"} <= set(SNAPSHOT["naics_titles"]["naics_code"])


def test_a_promise_in_two_counties_is_split_between_them():
    rows = SNAPSHOT["announcements"].set_index(["event_id", "county_fips"]).loc["novartis-2025"]
    assert rows["jobs"].to_dict() == {"37063": 280.0, "37183": 100.0}
    assert rows["jobs_max"].sum() == 700
    assert rows["note"].str.contains("700").all()


def test_holds_facts_and_no_text_of_news():
    for name in ("announcements", "layoffs"):
        frame = SNAPSHOT[name]
        filled = frame.dropna(axis="columns", how="all")
        longest = {column: filled[column].dropna().astype("str").str.len().max() for column in filled}
        addresses = {"source_address", "outcome_address"}
        assert all(size <= 200 for column, size in longest.items() if column not in addresses)
        assert frame["source_address"].str.match(r"https?://").all()


def test_an_altered_table_is_refused_by_name(copy: Path):
    path = copy / "oews.parquet"
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(bytes(raw))
    assert snapshot.verify(copy) == ("oews.parquet",)
    with pytest.raises(DataContract, match=r"oews\.parquet.*SHA-256"):
        snapshot.load(copy)
    snapshot.load(copy, ["occupations"])


def test_a_missing_table_is_refused_by_name(copy: Path):
    (copy / "cip_soc.parquet").unlink()
    assert snapshot.verify(copy) == ("cip_soc.parquet",)
    with pytest.raises(DataContract, match=r"cip_soc\.parquet.*missing"):
        snapshot.load(copy)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}"])
def test_a_broken_manifest_is_refused(copy: Path, text: str):
    (copy / "manifest.json").write_text(text)
    with pytest.raises(DataContract, match=r"manifest\.json"):
        snapshot.load(copy)


def test_a_folder_without_a_manifest_is_refused(tmp_path: Path):
    with pytest.raises(DataContract, match="no manifest"):
        snapshot.load(tmp_path)


def test_columns_that_differ_from_the_manifest_are_refused(copy: Path):
    path = copy / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["tables"]["cip_soc"]["columns"] = {"cip": "program", "soc": "occupation"}
    path.write_text(json.dumps(manifest))
    with pytest.raises(DataContract, match="expected the columns"):
        snapshot.load(copy, ["cip_soc"])


def test_an_unknown_table_is_named():
    with pytest.raises(DataContract, match="postings"):
        snapshot.load(names=["postings"])
    with pytest.raises(DataContract, match="postings"):
        SNAPSHOT["postings"]
