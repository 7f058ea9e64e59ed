"""Tellings of one project become one event: renamed, amended, cancelled; what is doubtful goes to a person."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gapengine.arrivals.joining import compare, join
from gapengine.arrivals.names import likeness, slug, words
from gapengine.arrivals.tellings import Telling, telling
from gapengine.benchmarks import joining

DURHAM, WAKE, JOHNSTON = "37063", "37183", "37101"


def told(company: str = "Alder Hydraulics, Inc.", **cells: Any) -> Telling:
    base: dict[str, Any] = {
        "telling_id": "t0",
        "event_id": "new",
        "site": "nc_commerce",
        "published_date": "2031-04-09",
        "company": company,
        "counties": (DURHAM,),
        "jobs": 140,
        "investment_usd": 22e6,
    }
    return telling(**{**base, **cells})


def groups(*tellings: Telling) -> list[int]:
    return list(join(tellings).group)


def test_one_project_from_three_sites_renamed_amended_and_cancelled_is_one_event() -> None:
    agenda = told("", project="Heron", site="durham_incentives", published_date="2031-03-10")
    named = told("Alder Hydraulics", project="Heron", site="durham_incentives", published_date="2031-04-08")
    release = told("Alder Hydraulics, Inc.", site="governor_nc")
    news = told("Alder Hydraulics", site="research_triangle", published_date="2031-04-11", jobs=138)
    amended = told("Alder Hydraulics", published_date="2033-02-01", stage="amended", jobs=90, investment_usd="")
    cancelled = told("Alder", published_date="2034-06-01", stage="cancelled", jobs="", investment_usd="")
    found = join([agenda, named, release, news, amended, cancelled])
    assert set(found.group) == {0} and not found.doubts
    assert all(match.reasons and match.score >= 4.5 for _, match in found.links.values())
    assert any("code name Heron" in reason for reason in found.links[1][1].reasons)


def test_a_second_project_of_a_company_is_not_the_first_one_told_again() -> None:
    later = told(published_date="2033-04-09", jobs=300, investment_usd=80e6)
    elsewhere = told(counties=(JOHNSTON,), jobs=60, investment_usd=5e6)
    assert groups(told(), later, elsewhere) == [0, 1, 2]


def test_two_projects_of_one_text_stay_two() -> None:
    text = {"source_address": "https://example.org/a", "title": "Two sites"}
    assert groups(told(jobs=317, **text), told(jobs=111, investment_usd="", counties=(JOHNSTON,), **text)) == [0, 1]


def test_equal_numbers_do_not_make_two_companies_one() -> None:
    assert groups(told("Brindle Foods"), told("Corvid Biologics")) == [0, 1]


def test_the_doubtful_is_left_apart_and_named_with_its_reasons() -> None:
    again = told(published_date="2031-12-20", investment_usd=23e6)
    found = join([told(), again])
    assert list(found.group) == [0, 1]
    assert [(doubt.telling, doubt.other) for doubt in found.doubts] == [(1, 0)]
    assert any("announced once" in reason for reason in found.doubts[0].match.reasons)


def test_a_notice_that_fits_two_projects_of_a_company_is_doubtful() -> None:
    second = told(published_date="2033-04-09", jobs=300, investment_usd=80e6)
    notice = told(published_date="2034-01-01", stage="cancelled", jobs="", investment_usd="")
    found = join([told(), second, notice])
    assert list(found.group) == [0, 1, 2] and len(found.doubts) == 1


def test_what_was_joined_before_stays_and_a_new_telling_finds_it() -> None:
    found = join([told(), told("Brindle Foods", jobs=60), told(published_date="2031-04-12")], known=["a", "b"])
    assert list(found.group) == [0, 1, 0]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Eli Lilly and Company", "Eli Lilly & Co.", 1.0),
        ("Eli Lilly", "Lilly", 0.75),
        ("Sturm, Ruger & Company, Inc.", "Sturm Ruger", 1.0),
        ("Pöppelmann Plastics USA", "Poppelmann Plastics", 1.0),
        ("BioAgilytix Labs LLC", "BioAgilytix", 0.75),
        ("Novartis Gene Therapies", "Novartis", 0.75),
        ("Jaguar Gene Therapy", "Taysha Gene Therapies", 0.0),
        ("North Carolina Central University", "North Carolina", 0.0),
        ("Alder Hydraulics", "Alder Hydralics", 0.6),
        ("", "Alder", 0.0),
    ],
)
def test_names_are_compared_without_legal_forms_accents_and_punctuation(one: str, other: str, alike: float) -> None:
    assert likeness(one, other) == likeness(other, one) == alike


def test_a_name_that_is_only_a_legal_form_still_has_a_word() -> None:
    assert words("The Company") == ("the", "company") and slug("???") == "unnamed"


companies = st.sampled_from(["Alder Hydraulics, Inc.", "Alder", "Brindle Foods Co.", "Corvid Biologics", ""])
any_telling = st.builds(
    told,
    companies,
    published_date=st.dates(date(2015, 1, 1), date(2035, 1, 1)).map(str),
    jobs=st.sampled_from(["", 50, 140, 141, 1200]),
    counties=st.sampled_from([(), (DURHAM,), (WAKE,), (DURHAM, WAKE)]),
    project=st.sampled_from(["", "Heron", "Blue Jay"]),
    stage=st.sampled_from(["announced", "amended", "cancelled", "open"]),
)


@settings(max_examples=150, deadline=None)
@given(any_telling, any_telling)
def test_the_order_of_a_pair_makes_no_difference(one: Telling, other: Telling) -> None:
    assert compare(one, other).score == pytest.approx(compare(other, one).score)


@settings(max_examples=60, deadline=None)
@given(st.lists(any_telling, max_size=12), st.integers(0, 12))
def test_a_later_telling_never_regroups_earlier_ones(tellings: list[Telling], cut: int) -> None:
    early = sorted(tellings, key=lambda item: item.published_date)
    before = join(early[:cut]).group
    after = join(early, known=[f"e{number}" for number in before]).group
    assert after[: len(before)] == before


def test_labelled_texts_are_joined_as_a_reader_would(shared_data: Path) -> None:
    announcements = shared_data / "announcements"
    found = joining.measure(announcements / "texts", announcements / "labels_design.jsonl")
    assert found["event_groups"] >= 30
    for part in ("all", "looked_at", "held_out"):
        stated, read = found["facts_of_labels"][part], found["facts_as_read"][part]
        assert stated["right"] >= 15 and stated["precision"] >= 0.97 and stated["recall"] >= 0.9, (part, stated)
        assert read["precision"] >= 0.9 and read["recall"] >= 0.8, (part, read)
