"""Figures of the snapshot against totals that the agencies print, and against the source files where they are."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from connectors import bls_qcew
from gapengine import snapshot

DATA = Path(__file__).resolve().parents[1].parent / "shared" / "data"
with_sources = pytest.mark.skipif(not DATA.is_dir(), reason="the folder of source files, ../shared/data, is not here")
SNAPSHOT = snapshot.load()
DURHAM_TECH = "198455"
DURHAM_AREA = ["37063", "37135", "37037", "37145"]


def test_the_four_counties_add_up_to_the_metropolitan_area():
    totals = SNAPSHOT["area_totals"]
    totals = totals[(totals["year"] == 2023) & (totals["quarter"] == 1) & (totals["own_code"] == "0")]
    jobs = totals.set_index("area_fips")["employment"]
    assert round(jobs["C2050"]) == 333_836
    assert jobs[DURHAM_AREA].sum() == pytest.approx(jobs["C2050"], abs=0.1)
    assert jobs[["37183", "37101", "37069"]].sum() == pytest.approx(jobs["C3958"], abs=0.1)


def test_owners_add_up_to_every_total():
    totals = SNAPSHOT["area_totals"].pivot_table(
        index=["area_fips", "year"], columns="own_code", values="employment", aggfunc="first"
    )
    whole = totals.dropna()
    assert len(whole) >= 16
    assert np.allclose(whole[["1", "2", "3", "5"]].sum(axis=1), whole["0"], rtol=1e-4)


def test_durham_tech_awards_by_year():
    awards = SNAPSHOT["completions"]
    awards = awards[awards["unit_id"] == DURHAM_TECH].groupby("year")["awards"].sum()
    assert awards.to_dict() == {2020: 1317, 2021: 1825, 2022: 987, 2023: 1331, 2024: 870}


def test_durham_tech_people_of_2024():
    people = SNAPSHOT["completers_unduplicated"]
    people = people[people["unit_id"] == DURHAM_TECH].set_index("award_level_category")["completers"]
    assert people.to_dict() == {"3": 491, "2": 79, "12": 237}


def test_the_crosswalk_has_all_its_pairs():
    assert len(SNAPSHOT["cip_soc"]) == 6_097


def test_durham_industries_of_cbp_add_up_to_what_was_published():
    history = SNAPSHOT["industry_employment"]
    durham = history[(history["county_fips"] == "37063") & (history["source"] == "CBP")]
    assert durham.groupby("year")["employment"].sum().to_dict() == {
        2017: 144_824,
        2018: 191_807,
        2019: 196_311,
        2020: 197_674,
        2021: 198_466,
    }


def test_oews_sums_of_published_cells():
    jobs = SNAPSHOT["oews"].groupby("area_code")["employment"].agg(["sum", "count"])
    assert jobs.loc["20500"].tolist() == [296_040, 427]
    assert jobs.loc["37"].tolist() == [4_847_620, 699]


def test_national_staffing_adds_up_to_the_nation_and_counts_each_job_once():
    seed = SNAPSHOT["staffing_seed"]
    seed = seed[seed["naics_vintage"] == "2022"]
    assert seed["jobs"].sum() == pytest.approx(154_187_400, rel=1e-3)
    chemicals = seed[seed["naics_code"].str.startswith("325")]
    assert chemicals["jobs"].sum() == pytest.approx(890_240, rel=1e-3)
    assert set(chemicals["naics_code"]) == {"3251", "3252", "3253", "3254", "3255", "3256", "3259"}


def test_a_split_industry_keeps_the_weight_of_one():
    bridge = SNAPSHOT["naics_bridge"]
    assert np.allclose(bridge.groupby(["from_vintage", "from_code"])["weight"].sum(), 1, atol=2e-3)


def test_what_the_concordance_splits_is_listed_and_left_out():
    history = SNAPSHOT["industry_employment"]
    assert [entry["from"] for entry in SNAPSHOT.unmapped] == ["NAICS 2012 4521"] * 2
    assert "4521" not in set(history["naics_code"])
    assert {"5171", "5172"}.isdisjoint(history["naics_code"])


def test_institutions_that_offer_a_program_are_counted():
    offers = SNAPSHOT["state_completions"].drop_duplicates("cip_code").set_index("cip_code")["institutions_any_level"]
    assert offers["51.1801"] <= 3, "opticianry is offered by few"
    assert offers["51.3801"] > 40, "nursing is offered by most colleges"


@with_sources
def test_durham_had_193_956_jobs_in_march_2016():
    (path,) = DATA.glob("official/qcew/2016.q1-q4 37063 *.csv.gz")
    rows = bls_qcew.parse(path, path.name)
    total = rows[(rows["own_code"] == "0") & (rows["quarter"] == 1) & (rows["naics_code"] == "10")]
    assert total["employment_month3"].tolist() == [193_956]


@with_sources
def test_source_files_are_the_ones_that_the_manifest_names():
    for dataset in SNAPSHOT.datasets.values():
        for name, digest in dataset.files.items():
            assert hashlib.sha256((DATA / name).read_bytes()).hexdigest() == digest, name


@pytest.mark.hard
@with_sources
def test_a_rebuild_gives_the_embedded_bytes(tmp_path: Path):
    from tools import snapshot as builder  # noqa: PLC0415 - not shipped

    embedded = json.loads((snapshot.EMBEDDED / "manifest.json").read_text(encoding="utf-8"))
    if embedded["writer"] != f"pyarrow {pa.__version__}":
        pytest.skip(f"embedded by {embedded['writer']}: another writer gives other bytes")
    builder.build(DATA, tmp_path)
    for path in snapshot.EMBEDDED.iterdir():
        assert (tmp_path / path.name).read_bytes() == path.read_bytes(), path.name
