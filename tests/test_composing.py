"""The snapshot of a day: what the store knows better replaces embedded rows; the rest is embedded and says so."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest

from connectors.catalogue import connectors_of
from gapengine import snapshot
from gapengine.composing.compose import folder_of
from gapengine.composing.held import Shed, overlaid
from gapengine.composing.industry import in_one_vintage, private_march
from gapengine.errors import DataContract
from gapengine.store import manifest
from gapengine.store.files import vintage_path
from tests.store_kit import MORNING, from_files, qcew

SHED = Shed(("37063", "37135", "37037", "37145", "37183", "37101", "37069"), ("20500", "39580"), "37", "198455")
EMBEDDED = snapshot.load()
LATER = MORNING.replace(year=2026, month=12)


@pytest.fixture
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("store")


@pytest.fixture
def pulled(store: Path, tmp_path: Path) -> Path:
    """A store with one quarter of Durham: 12 industries, 3111 and its neighbours."""
    (tmp_path / "q1.csv").write_bytes(qcew(jobs=5000, year=2016))
    from_files(store, tmp_path, now=LATER)
    return store


def composed(store: Path, as_of: date | None = None) -> snapshot.Snapshot:
    return snapshot.load(folder_of(store, SHED, as_of))


def durham_2016(loaded: snapshot.Snapshot) -> pd.Series:
    rows = loaded["industry_employment"]
    rows = rows[(rows["county_fips"] == "37063") & (rows["year"] == 2016) & (rows["source"] == "QCEW")]
    return rows.set_index("naics_code")["employment"]


def test_without_a_store_the_embedded_snapshot_serves(store: Path) -> None:
    assert folder_of(store / "none", SHED) == snapshot.EMBEDDED


def test_pulled_rows_replace_the_embedded_block_and_no_other(pulled: Path) -> None:
    loaded = composed(pulled)
    assert durham_2016(loaded)["3111"] == 5004.0 and len(durham_2016(loaded)) < len(durham_2016(EMBEDDED))
    both = [table["industry_employment"] for table in (loaded, EMBEDDED)]
    kept = [t[~((t["county_fips"] == "37063") & (t["source"] == "QCEW") & (t["year"] == 2016))] for t in both]
    pd.testing.assert_frame_equal(*(table.reset_index(drop=True) for table in kept))


def test_every_table_says_whether_it_was_pulled_or_is_embedded(pulled: Path) -> None:
    loaded = composed(pulled)
    status = {item.name: item.status for item in loaded.provenance}
    assert status["industry_employment"] == "pulled"
    assert status["oews"] == "embedded" and set(status.values()) == {"pulled", "embedded"}
    history = next(item for item in loaded.provenance if item.name == "industry_employment")
    assert any("rows were pulled" in caveat and "embedded ones" in caveat for caveat in history.caveats)
    assert "qcew 2016Q1" in history.vintage and "bls_qcew:qcew" in history.datasets
    quarter = loaded.datasets["bls_qcew:qcew"]
    assert (quarter.retrieved, quarter.status) == (LATER.date(), "pulled")
    assert (quarter.covers_until, quarter.vintage) == (date(2016, 3, 31), "2016Q1")
    assert loaded.datasets["cbp_nc"].status == "embedded"
    assert {item.status for item in EMBEDDED.provenance} == {"embedded"}


def test_an_earlier_day_is_rerun_as_it_stood(pulled: Path, tmp_path: Path) -> None:
    first = folder_of(pulled, SHED, LATER.date())
    raw = {path.name: path.read_bytes() for path in first.iterdir()}
    (tmp_path / "q1.csv").write_bytes(qcew(jobs=5100, year=2016))
    from_files(pulled, tmp_path, now=LATER + timedelta(days=30))
    assert durham_2016(composed(pulled))["3111"] == 5104.0
    again = folder_of(pulled, SHED, LATER.date())
    assert again == first and durham_2016(composed(pulled, LATER.date()))["3111"] == 5004.0
    for path in first.iterdir():
        path.unlink()
    first.rmdir()
    folder_of(pulled, SHED, LATER.date())
    assert {path.name: path.read_bytes() for path in first.iterdir()} == raw
    assert folder_of(pulled, SHED, date(2026, 11, 30)) == snapshot.EMBEDDED


def test_the_day_of_the_snapshot_is_that_of_the_last_pull(pulled: Path) -> None:
    assert composed(pulled).as_of == LATER.date()
    assert composed(pulled).sha256 != EMBEDDED.sha256


def test_an_altered_vintage_stops_the_run_by_name(pulled: Path) -> None:
    with manifest.opened(pulled) as kept:
        (vintage,) = kept.newest()
    path = vintage_path(pulled, "qcew", vintage.sha256)
    raw = bytearray(path.read_bytes())
    raw[40] ^= 1
    path.write_bytes(raw)
    with pytest.raises(DataContract, match=f"{path.name}.*altered"):
        folder_of(pulled, SHED)
    assert not list((pulled / "snapshots").glob("*"))


PRINT = """
import sys
from pathlib import Path
from gapengine.composing.compose import folder_of
from tests.test_composing import SHED
folder = folder_of(Path(sys.argv[1]), SHED)
import hashlib
print(folder.name, hashlib.sha256(b"".join(p.read_bytes() for p in sorted(folder.iterdir()))).hexdigest())
"""


def test_time_zone_locale_and_hash_order_change_no_byte(pulled: Path) -> None:
    said = set()
    for zone, locale, seed in (("UTC", "C", "0"), ("Pacific/Kiritimati", "de_DE.UTF-8", "4711")):
        environment = os.environ | {"TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", PRINT, str(pulled)], env=environment, capture_output=True, text=True, check=True
        )
        said.add(done.stdout)
        for folder in (pulled / "snapshots").iterdir():
            for path in folder.iterdir():
                path.unlink()
            folder.rmdir()
    assert len(said) == 1


def test_the_shared_data_through_the_store_give_the_embedded_tables(shared_data: Path, store: Path) -> None:
    """The builder of the embedded snapshot and the store read the same files: the tables of a run must be equal."""
    unread = {"onet_titles", "census_naics_texts", "bls_industry_projections"}
    connectors = tuple(connector for connector in connectors_of() if connector.source.name not in unread)
    taken = from_files(store, shared_data / "official", connectors, now=LATER)
    assert taken.exit_code == 0, [outcome.message for outcome in taken.outcomes]
    loaded = composed(store)
    status = {item.name: item.status for item in loaded.provenance}
    assert [name for name, word in status.items() if word == "pulled"] == [
        *("industry_employment", "state_industry_employment", "government_employment", "area_totals", "oews"),
        *("occupations", "nem_soc", "attainment", "required_education", "job_zones", "related_occupations"),
        *("soc_titles", "cip_soc", "cip_titles", "completers_unduplicated", "naics_titles"),
    ]
    for name in status:
        pd.testing.assert_frame_equal(loaded[name], EMBEDDED[name], obj=name)


def test_overlaying_replaces_whole_blocks() -> None:
    old = pd.DataFrame({"area": ["a", "a", "b"], "code": ["1", "2", "1"], "jobs": [1.0, 2.0, 3.0]})
    new = pd.DataFrame({"area": ["a"], "code": ["1"], "jobs": [9.0], "other": ["x"]})
    by_area = overlaid(new, old, ("area",), ("area", "code"))
    assert by_area.to_dict("list") == {"area": ["a", "b"], "code": ["1", "1"], "jobs": [9.0, 3.0]}
    assert len(overlaid(new, old, (), ("area", "code"))) == 1


def quarter(**cells: object) -> dict[str, object]:
    row = {
        "area_fips": "37063",
        "own_code": "5",
        "agglvl_code": "76",
        "year": 2016,
        "quarter": 1,
        "establishments": 1.0,
    }
    return row | {"disclosed": True} | cells


def test_an_industry_missing_from_a_published_year_is_absent_and_one_not_derivable_is_suppressed() -> None:
    published = pd.DataFrame(
        [
            quarter(naics_code="3111", employment=10.0),
            quarter(naics_code="3112", employment=20.0),
            quarter(naics_code="3111", employment=None, disclosed=False, year=2017),
        ]
    )
    derived = pd.DataFrame([quarter(naics_code="3111", employment=9.0, year=2015)])
    found = private_march(published, derived).set_index(["naics_code", "year"])["status"]
    assert found.to_dict() == {
        ("3111", 2015): "derived",
        ("3111", 2016): "published",
        ("3111", 2017): "suppressed",
        ("3112", 2015): "suppressed",
        ("3112", 2016): "published",
        ("3112", 2017): "absent",
    }


def test_a_published_year_is_not_derived_again() -> None:
    published = pd.DataFrame(
        [quarter(naics_code="3111", employment=10.0), quarter(naics_code="3111", employment=8.0, year=2015)]
    )
    derived = pd.DataFrame([quarter(naics_code="3111", employment=7.0, year=2015)])
    found = private_march(published, derived).set_index("year")
    assert found["employment"].to_dict() == {2015: 8.0, 2016: 10.0}


def test_codes_of_another_vintage_are_summed_under_their_one_home_or_left_out() -> None:
    rows = pd.DataFrame(
        {
            "area_fips": "37063",
            "year": 2016,
            "naics_code": ["5171", "5172", "4521"],
            "employment": [5.0, None, 7.0],
            "establishments": [1.0, 2.0, 3.0],
            "status": ["published", "suppressed", "published"],
        }
    )
    moved = in_one_vintage(rows, {"5171": "5173", "5172": "5173"})
    assert moved["naics_code"].tolist() == ["5173"]
    assert moved["employment"].isna().all() and moved["status"].tolist() == ["suppressed"]
    assert json.loads(moved["establishments"].to_json(orient="values")) == [3.0]


def test_a_block_may_be_the_start_of_a_column() -> None:
    old = pd.DataFrame({"company": ["A", "B"], "notice_date": ["2025-03-01", "2024-12-31"]})
    new = pd.DataFrame({"company": ["C"], "notice_date": ["2025-07-01"]})
    found = overlaid(new, old, ("notice_date[:4]",), ("company",))
    assert found["company"].tolist() == ["B", "C"]
