"""One geography for both sides: a county's openings and the completers of its institutions carry the same weight."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pandas as pd
import pytest

from gapengine import assumptions, college, snapshot, supply
from gapengine.groundwork import Groundwork, prepare
from gapengine.run import Run
from gapengine.snapshot import Snapshot

INNER, OUTER = "20500", "39580"
OUTER_COUNTIES = {"37183", "37101", "37069"}
WAKE_TECH_COUNTY = "37183"


def before_matching(loaded: Snapshot, *settings: str) -> Groundwork:
    """A quarter that stops short of the matching, which no geography enters."""
    place = college.embedded()
    chosen = assumptions.for_college(place).override(["draws=50", *settings])
    return prepare(loaded, college.load(place, chosen), chosen)


def outer_openings(run: Groundwork, weight: float) -> np.ndarray:
    """(K, O) jobs of the Raleigh area that count in the shed, beside those of the Durham area."""
    inside = run.openings["shed"].paths[:, :, 0] - run.staffing[INNER].draws
    np.testing.assert_allclose(inside, weight * run.staffing[OUTER].draws, rtol=1e-3, atol=0.5)
    return inside


def outer_completers(run: Groundwork) -> float:
    table = run.supply["shed"].providers
    return float(table.loc[table["county_fips"].isin(OUTER_COUNTIES), "completers"].sum())


def test_the_weight_of_the_outer_area_moves_both_sides_alike() -> None:
    loaded = snapshot.load()
    runs = {weight: before_matching(loaded, f"labor_shed.outer_weight={weight}") for weight in (0.1, 0.2, 0.4)}
    openings = {weight: outer_openings(run, weight).sum() for weight, run in runs.items()}
    completers = {weight: outer_completers(run) for weight, run in runs.items()}
    for weight in (0.2, 0.4):
        assert openings[weight] / openings[0.1] == pytest.approx(weight / 0.1, rel=0.01)
        assert completers[weight] / completers[0.1] == pytest.approx(weight / 0.1)


def test_the_weight_of_the_outer_area_moves_nothing_inside_it() -> None:
    loaded = snapshot.load()
    narrow, wide = (before_matching(loaded, f"labor_shed.outer_weight={w}") for w in (0.1, 0.4))
    np.testing.assert_array_equal(narrow.staffing[INNER].draws, wide.staffing[INNER].draws)
    np.testing.assert_array_equal(narrow.supply["shed"].own, wide.supply["shed"].own)
    tables = [run.supply["shed"].providers for run in (narrow, wide)]
    inner = [table[~table["county_fips"].isin(OUTER_COUNTIES)].reset_index(drop=True) for table in tables]
    assert len(inner[0]) > 0
    pd.testing.assert_frame_equal(inner[0], inner[1])


@pytest.mark.parametrize("market", ["shed", "region"])
def test_every_institution_enters_at_the_weight_of_its_countys_openings(run: Run, market: str) -> None:
    areas = run.college.area_weights(market)
    weight_of = {county: areas[area.area_code] for area in run.college.areas for county in area.counties}
    assert run.college.county_weights(market) == weight_of
    table = run.supply[market].providers
    assert (table["weight"] == table["county_fips"].map(weight_of)).all()
    jobs = sum(weight * run.staffing[code].draws for code, weight in areas.items())
    np.testing.assert_allclose(run.openings[market].paths[:, :, 0], jobs, rtol=1e-3, atol=0.5)


def test_in_the_region_both_areas_count_in_full(run: Run) -> None:
    assert set(run.college.area_weights("region").values()) == {1.0}
    assert set(run.supply["region"].providers["weight"]) == {1.0}


def test_the_large_college_next_door_is_in_the_shed_at_the_outer_weight(run: Run) -> None:
    table = run.supply["shed"].providers
    wake = table[table["county_fips"] == WAKE_TECH_COUNTY].groupby("name")["awards"].sum()
    assert wake.max() > 4 * run.supply["shed"].history.iloc[:, -1].sum(), "it awards several times the college's"
    assert set(table.loc[table["county_fips"] == WAKE_TECH_COUNTY, "weight"]) == {
        run.assumptions.value("labor_shed.outer_weight")
    }


def with_school(loaded: Snapshot, county_fips: str) -> Snapshot:
    """The snapshot with one more school, which awards 5,000 certificates a year in nurse aide."""
    schools, awards = loaded["institutions"], loaded["completions"]
    school = schools.iloc[[0]].assign(unit_id="999999", name="New School", county_fips=county_fips)
    years = sorted(set(awards["year"]))
    given = awards.iloc[[0] * len(years)].assign(
        unit_id="999999", cip_code="51.3902", award_level_code="1", awards=5000, year=years
    )
    tables = {
        **loaded.tables,
        "institutions": pd.concat([schools, school], ignore_index=True),
        "completions": pd.concat([awards, given], ignore_index=True),
    }
    return replace(loaded, tables=MappingProxyType(tables))


@pytest.mark.parametrize("market", ["shed", "region"])
@pytest.mark.parametrize(("county", "weight"), [("37063", 1.0), ("37183", None), ("37119", 0.0), ("45091", 0.0)])
def test_a_new_school_counts_by_its_county_and_never_from_outside_the_shed(
    run: Run, market: str, county: str, weight: float | None
) -> None:
    if weight is None:
        weight = run.college.county_weights(market)[county]
    plain, more = (
        supply.providers(loaded, run.college, run.assumptions, market)
        for loaded in (run.snapshot, with_school(run.snapshot, county))
    )
    new = more[more["unit_id"] == "999999"] if "unit_id" in more else more[more["name"] == "New School"]
    assert new["awards"].sum() == (5000 if weight else 0)
    added = more["completers"].sum() - plain["completers"].sum()
    assert added == pytest.approx(new["completers"].sum())
    assert 0 <= new["completers"].sum() <= 5000 * weight
    assert not weight or new["completers"].sum() > 0.5 * 5000 * weight, "awards become people, a little fewer"


def test_the_college_is_not_its_own_competitor(run: Run) -> None:
    for market in ("shed", "region"):
        assert run.college.name not in set(run.supply[market].providers["name"])


def test_announcements_add_jobs_only_in_the_counties_of_the_shed(run: Run) -> None:
    areas = {county: area.area_code for area in run.college.areas for county in area.counties}
    announced = run.snapshot["announcements"]
    assert len(run.coming.events) == announced["county_fips"].isin(areas).sum()
    assert all(areas[event.county_fips] == event.area_code for event in run.coming.events)
