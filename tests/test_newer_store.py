"""A store with newer files than the embedded ones: what a run then stands on, and what an earlier day stands on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pandas as pd
import pytest

from connectors.catalogue import connectors_of
from gapengine import assumptions, college, snapshot
from gapengine.commands.options import figures_of
from gapengine.demand.industries import industries, newest_totals
from gapengine.demand.private import private_levels
from gapengine.run import Run, execute
from gapengine.snapshot import Snapshot
from tests import newer_files
from tests.store_kit import MORNING, from_files

LATER = MORNING.replace(year=2026, month=12)
LATE, FEW = "37069", ((2024, 1), (2024, 4), (2025, 1), (2026, 1))
PULLED = tuple(c for c in connectors_of() if c.source.name in {"bls_qcew", "bls_oews", "nces_ipeds", "nc_warn"})
CHOSEN = assumptions.for_college(college.embedded()).override(["draws=100"])
DURHAM = college.load(college.embedded(), CHOSEN)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A first pull without 2026, and a second with it."""
    folder, store = tmp_path_factory.mktemp("files"), tmp_path_factory.mktemp("store")
    newer_files.write_qcew(folder, FEW[:-1])
    assert from_files(store, folder, QCEW, now=LATER).exit_code == 0
    newer_files.write_qcew(folder, FEW, late=LATE)
    newer_files.write_oews(folder)
    newer_files.write_ipeds(folder)
    newer_files.write_warn(folder)
    taken = from_files(store, folder, PULLED, now=LATER + timedelta(days=30))
    assert taken.exit_code == 0, [outcome.message for outcome in taken.outcomes]
    return store


QCEW = tuple(connector for connector in PULLED if connector.source.name == "bls_qcew")


def figures(store: Path, as_of: date | None = None) -> Snapshot:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GAPENGINE_STORE", str(store))
        return figures_of(college.embedded(), DURHAM, as_of and as_of.isoformat())


@pytest.fixture(scope="module")
def loaded(store: Path) -> Snapshot:
    return figures(store)


@pytest.fixture(scope="module")
def run(loaded: Snapshot) -> Run:
    return execute(loaded, DURHAM, CHOSEN)


def test_files_have_the_columns_of_the_agency() -> None:
    table = newer_files.cells().head(3)
    assert len(newer_files.qcew("37063", 2025, 1, table).splitlines()[0].split(",")) == 42
    assert len(newer_files.qcew("37063", 2025, None, table).splitlines()[0].split(",")) == 38


def test_the_newest_census_is_the_level_and_is_not_mixed(loaded: Snapshot) -> None:
    levels = private_levels(loaded, list(DURHAM.counties))
    rows = loaded["industry_employment"]
    rows = rows[(rows["source"] == "QCEW") & (rows["year"] == 2026) & (rows["status"] == "published")]
    printed = rows.set_index(["county_fips", "naics_code"])["employment"]
    kept = printed[printed.index.isin(levels.cells.index)]
    assert len(kept) > 200
    pd.testing.assert_series_equal(levels.cells["jobs"].reindex(kept.index), kept, check_names=False)
    assert "Census of March 2026" in levels.origin and "Patterns of March 2021" in levels.origin
    assert (levels.cells.loc[kept.index, "level_at"] == 2026.2).all()


def test_withheld_cells_are_what_their_parents_leave(loaded: Snapshot) -> None:
    truth = newer_files.cells().query("hidden and county_fips == '37183'").set_index("naics_code")["jobs"]
    rows = loaded["industry_employment"].query("source == 'QCEW' and year == 2024 and county_fips == '37183'")
    imputed = rows[rows["status"] == "imputed"].set_index("naics_code")["employment"]
    table = newer_files.cells().query("county_fips == '37183'")
    alone = [c for c in imputed.index if (table[table["hidden"]]["naics_code"].str[:3] == c[:3]).sum() == 1]
    alone = [code for code in alone if code in truth.index]
    assert alone
    np.testing.assert_allclose(imputed[alone], truth[alone], atol=0.1)
    assert "suppressed" not in set(rows["status"])


def test_a_late_county_stands_at_its_own_newest_and_the_sources_say_so(loaded: Snapshot, run: Run) -> None:
    printed = (
        loaded["area_totals"].query("own_code == '5' and area_fips == @LATE and year == 2025")["employment"].item()
    )
    totals = newest_totals(loaded, list(DURHAM.counties), CHOSEN)
    growth = CHOSEN.value("nowcast_growth_per_year")
    assert totals.at == 2026.125 and totals.jobs[(LATE, "5")] == pytest.approx(printed * np.exp(growth))
    assert f"{LATE} (2025Q1)" in loaded.datasets["bls_qcew:qcew"].note
    wake = run.industries.rows.query("area_code == '39580' and own_code == '5'")["jobs"].sum()
    counties = next(area.counties for area in DURHAM.areas if area.area_code == "39580")
    wanted = sum(totals.jobs[(county, "5")] for county in counties)
    assert wake == pytest.approx(wanted * np.exp(growth * run.industries.years_carried))


def test_the_run_stands_on_the_pulled_figures(loaded: Snapshot, run: Run) -> None:
    status = {item.name: item.status for item in loaded.provenance}
    tables = ("industry_employment", "area_totals", "government_employment", "oews", "completions", "layoffs")
    assert {status[name] for name in tables} == {"pulled"} and status["staffing_seed"] == "embedded"
    assert run.industries.nowcast_year == 2026 and run.industries.years_carried == pytest.approx(0.25)
    assert "March 2026" in run.industries.origin
    assert np.isfinite(run.industries.deviation).all() and (run.industries.rows["jobs"] > 0).all()


def test_a_survey_older_than_the_totals_is_run_too(loaded: Snapshot) -> None:
    tables = dict(loaded.tables) | {"oews": snapshot.load()["oews"]}
    given = replace(loaded, tables=MappingProxyType(tables))
    found = industries(given, DURHAM, CHOSEN, np.arange(2026, 2031), np.random.default_rng(1))
    assert found.nowcast_year == 2025 and found.years_carried == pytest.approx(-0.75)
    assert found.rows["nowcast_error"].dropna().gt(0).all() and np.isfinite(found.total_error(CHOSEN))


def test_an_earlier_day_takes_the_earlier_vintages(store: Path) -> None:
    before = figures(store, LATER.date())
    assert before["area_totals"]["year"].max() == 2025
    assert "March 2025" in private_levels(before, list(DURHAM.counties)).origin
    assert {item.name: item.status for item in before.provenance}["oews"] == "embedded"
    assert figures(store, LATER.date() - timedelta(days=1)).sha256 == snapshot.load().sha256


def test_a_layoff_and_its_later_closure_count_once(run: Run) -> None:
    leaving = {(event.company, event.kind): event for event in run.coming.leaving}
    first, closure = leaving["Sample Foods Inc.", "Layoff"], leaving["Sample Foods", "Closure"]
    assert not first.counted and "later closure" in first.reason
    assert closure.counted and closure.workers == 310 and closure.effective_date == "2027-02-01"
    assert leaving["Other Works LLC", "Layoff"].losses.sum() > 0
    assert "Far Away LLC" not in {company for company, _ in leaving}


def test_industries_that_the_bridge_splits_are_listed_with_their_jobs(loaded: Snapshot) -> None:
    new = [entry for entry in loaded.unmapped if entry["year"] == 2026]
    assert "NAICS 2022 4552" in {entry["from"] for entry in new}
    assert all(entry["counties"] and entry["from"].startswith("NAICS 2022") and entry["to"] for entry in new)
    rows = loaded["industry_employment"].query("source == 'QCEW' and year == 2026")
    assert not {entry["from"][-4:] for entry in new} & set(rows["naics_code"])
