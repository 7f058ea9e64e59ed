"""The employer brief of the embedded quarter: what is asked is checked, jobs add up, nobody competes with itself."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gapengine import employer
from gapengine.employer.college_side import Quarter, coming_quarters, offers, pipeline, relevant
from gapengine.employer.crowding import competing
from gapengine.employer.people import needs, occupations
from gapengine.employer.request import EmployerPlan, plan, read_mix
from gapengine.errors import DataContract, UsageError
from gapengine.run import Run

ASKED: dict[str, Any] = {
    "company": "Pine Biologics",
    "naics_code": "3254",
    "jobs": 400,
    "county_fips": "37063",
    "start_year": 2027,
    "by_year": 2031,
}


def asked(run: Run, **changes: Any) -> EmployerPlan:
    return plan(run.snapshot, run.college, run.universe, **(ASKED | changes))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"company": " \u200b "}, "--company"),
        ({"jobs": 0}, "--jobs 0"),
        ({"jobs": float("nan")}, "--jobs nan"),
        ({"county_fips": "37001"}, "labor shed: 37063 Durham"),
        ({"start_year": 2032}, "--start 2032 --by 2031"),
        ({"naics_code": "325"}, "--naics 325: expected a four-digit industry"),
        ({"naics_code": "3255x"}, None),
        ({"wage": 72}, "--wage 72"),
    ],
)
def test_what_cannot_be_is_refused_in_words(run: Run, changes: dict[str, Any], said: str | None) -> None:
    if said is None:
        assert asked(run, **changes).naics_code == "3255"
        return
    with pytest.raises(UsageError, match=said):
        asked(run, **changes)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("soc,jobs\n51-9011,3\n", "line 1: expected the columns soc_code and jobs"),
        ("soc_code,jobs\n51-9011,3\n99-0000,4\n", "line 3, column 'soc_code'"),
        ("soc_code,share\n51-9011,-1\n", "line 2, column 'share'"),
        ("soc_code,jobs\n51-9011,0\n", "at least one amount above zero"),
        ("", "line 1"),
    ],
)
def test_a_mix_is_refused_with_its_line(run: Run, tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "mix.csv").write_text(text)
    with pytest.raises(DataContract, match=said):
        read_mix(tmp_path / "mix.csv", run.universe)


def test_the_companys_own_mix_replaces_the_national_pattern(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mix.csv").write_text('soc_code,jobs\n51-9011,"1,000"\n19-4021,3000\n')
    told = asked(run, mix=tmp_path / "mix.csv")
    wanted = needs(run, told)
    assert [round(wanted.jobs[o]) for o in wanted.listed] == [300, 100]


def test_jobs_listed_and_not_listed_add_up(run: Run) -> None:
    told = asked(run)
    brief = employer.compose(run, told)
    assert sum(job.jobs for job in brief.occupations) + brief.other_jobs == pytest.approx(400)
    assert [job.jobs for job in brief.occupations] == sorted((job.jobs for job in brief.occupations), reverse=True)


def test_a_company_does_not_compete_with_itself(run: Run) -> None:
    told = asked(run)
    rivals, together = competing(run, told, needs(run, told))
    assert rivals and together is not None
    assert together.p50 >= rivals[0].same_jobs.p50
    again = replace(told, company=f"{rivals[0].company}, Inc.")
    assert rivals[0].company not in [rival.company for rival in competing(run, again, needs(run, again))[0]]


def test_rivals_are_counted_only_in_the_years_of_hiring(run: Run) -> None:
    late = asked(run, start_year=2055, by_year=2060)
    assert competing(run, late, needs(run, late)) == ((), None)


def test_a_year_of_graduates_is_spread_over_its_quarters(run: Run) -> None:
    wanted = needs(run, asked(run))
    own = {run.college.programs[index].label: index for index, _ in relevant(run, wanted)}
    for program in pipeline(run, wanted):
        a_year = float(np.median(run.supply["shed"].own[:, own[program.title]]))
        assert sum(program.quarters) == pytest.approx(2 * a_year)
    assert [str(quarter) for quarter in coming_quarters(run)][:2] == ["2027 Q1", "2027 Q2"]


def test_an_offer_says_when_it_must_be_decided(run: Run) -> None:
    told = asked(run)
    for offer in offers(run, told, needs(run, told)):
        assert offer.in_time == (offer.decide_by != "too late")
    soon = asked(run, start_year=2026, by_year=2026)
    assert not any(offer.in_time for offer in offers(run, soon, needs(run, soon)))


def test_quarters_count_on_over_the_year() -> None:
    assert str(Quarter.of(2026, 11).later(1)) == "2027 Q1"
    assert str(Quarter.of(2026, 11).later(4.2)) == "2028 Q1"


def test_pay_is_of_the_sites_area_or_says_which_place_it_is_of(run: Run) -> None:
    people = occupations(run, asked(run), needs(run, asked(run)))
    places = {job.wages.place for job in people if job.wages}
    assert "Durham-Chapel Hill" in places
    assert places <= {"Durham-Chapel Hill", "North Carolina"}


def test_what_is_written_is_what_is_printed(run: Run, tmp_path: Path) -> None:
    written = employer.write(run, employer.Told("Pine <b>", "3254", 400, "37063", 2027, 2031, 72_000), tmp_path)
    said = json.loads((tmp_path / "brief.json").read_text())
    assert said["headline"] == written.brief.headline
    assert (tmp_path / "brief.pdf").stat().st_size > 10_000
    assert "Pine &lt;b&gt;" in (tmp_path / "brief.html").read_text(encoding="utf-8")
