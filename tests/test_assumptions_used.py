"""No assumption stands in the file for show: each one moves a number of a run, its report or a brief."""

from __future__ import annotations

import pytest

from gapengine import briefing, employer
from gapengine.briefing import tables
from gapengine.run import Run
from tests.recorded_assumptions import RecordedAssumptions

# Names, or beginnings of names, that a run of the embedded college does not read, each with the reason.
OTHER_CASES = {
    "announcement.cohort_spread": "for the estimate of the prior from cohorts, which other assumptions carry",
    "stage.approved": "no announcement of the embedded snapshot has stopped at this stage",
    "stage.building": "no announcement of the embedded snapshot is at this stage",
    "stage.hiring": "no announcement of the embedded snapshot is at this stage",
}


@pytest.fixture(scope="module")
def seen(run: Run, recorded: RecordedAssumptions) -> set[str]:
    """Names read by the run, its report, its tables and a brief."""
    briefing.brief(run)
    tables.tables(run)
    told = employer.plan(
        run.snapshot,
        run.college,
        run.universe,
        company="A company",
        naics_code="3254",
        jobs=100,
        county_fips=run.college.counties[0],
        start_year=run.as_of.year + 1,
        by_year=run.as_of.year + 4,
    )
    employer.compose(run, told)
    return recorded.seen


def _excused(name: str) -> bool:
    return any(name == known or name.startswith(f"{known}.") for known in OTHER_CASES)


def test_every_assumption_is_used(seen: set[str], recorded: RecordedAssumptions) -> None:
    unused = [name for name in recorded if name not in seen and not _excused(name)]
    assert unused == [], f"use them or remove them from assumptions.toml: {unused}"


def test_no_assumption_that_is_used_is_excused(seen: set[str]) -> None:
    assert sorted(name for name in seen if _excused(name)) == []


def test_every_excuse_is_for_an_assumption_that_exists(recorded: RecordedAssumptions) -> None:
    assert [
        name for name in OTHER_CASES if name not in recorded and not any(n.startswith(f"{name}.") for n in recorded)
    ] == []


def test_printing_or_hashing_all_assumptions_does_not_count_as_using_them(recorded: RecordedAssumptions) -> None:
    fresh = RecordedAssumptions(recorded.by_name)
    assert {name: item.value for name, item in fresh.items()} and [vars(item) for item in fresh.values()]
    assert "draws" in fresh and list(fresh.group("stays.shed"))
    assert fresh.seen == set()
    assert fresh.whole("draws") == 200 and fresh.group("stays.shed")["certificate"].value > 0
    assert fresh.seen == {"draws", "stays.shed.certificate"}
