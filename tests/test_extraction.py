"""Facts read from announcements: each value is where it says it is, and what is no fact of the project stays out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.announcements.extract import announced, extract
from connectors.announcements.extract_amounts import money
from connectors.announcements.extract_names import bare
from connectors.announcements.extract_numbers import hedge, words_value
from connectors.announcements.extract_places import counties, municipalities
from connectors.announcements.extract_text import read
from connectors.announcements.facts import Found, ProjectFacts

RELEASE = (
    "Tarnwick Bearings, Inc., a maker of precision bearings, will create 164 new jobs in Catawba County, the Governor"
    " announced today. The company will invest $41.5 million in Newton over the next four years."
    " The average salary for the new positions will be $58,210; the current average wage in Catawba County is $49,030."
    " Over 12 years the project is estimated to grow the state's economy by $612 million, and the grant may pay up"
    " to $2,310,000."
)


def only(text: str, published: str | None = None) -> ProjectFacts:
    found = extract(text, published)
    assert len(found) == 1
    return found[0]


def test_a_release_gives_its_project_and_none_of_the_other_figures() -> None:
    facts = only(RELEASE, "2024-05-06")
    values = (facts.company, facts.jobs, facts.investment_usd, facts.avg_wage_usd, facts.county_avg_wage_usd)
    assert [value.value for value in values if value] == ["Tarnwick Bearings, Inc.", 164, 41.5e6, 58210, 49030]
    assert [city.value for city in facts.cities] == ["Newton"]
    assert [county.value for county in facts.counties] == ["Catawba"]
    assert facts.horizon_years is not None and facts.horizon_years.value == 4


def test_every_value_stands_where_it_says_and_in_its_sentence() -> None:
    marked = RELEASE.replace("164 new", "<b>164</b>&nbsp;new").replace("state's", "state\u2019s")
    facts = only("<p>" + marked + "</p>")
    assert facts.jobs is not None and "164" in marked[facts.jobs.start - 3 : facts.jobs.end]
    assert facts.investment_usd is not None and "will invest $41.5 million" in facts.investment_usd.quote(
        "<p>" + marked
    )
    for pairs in facts.spans().values():
        assert all(0 <= start < end <= len(marked) + 7 for start, end in pairs)


@pytest.mark.parametrize(
    "text",
    [
        "The state's seasonally adjusted unemployment rate was 3.9 percent in May, unchanged from April.",
        "Visitors spent $1.2 billion in Buncombe County last year and supported 18,400 jobs.",
        "Companies announced 14,300 new jobs and $9.7 billion of investment across North Carolina in 2023.",
        "",
        "\u200b\u200f <div><div></div>",
    ],
)
def test_nothing_is_invented_where_nothing_is_announced(text: str) -> None:
    assert extract(text) == ()


def test_an_ended_project_is_an_update_and_no_announcement() -> None:
    text = (
        "Tarnwick Bearings cancels plans for Newton plant\n\nTarnwick Bearings, which had planned to create 164 jobs in"
    )
    found = extract(text + " Catawba County, has withdrawn from its incentive agreement with the state.")
    assert [facts.stage for facts in found] == ["cancelled"]
    assert announced(found) == ()


@pytest.mark.parametrize(
    ("words", "value"), [("a dozen", 12), ("two hundred and fifty", 250), ("twenty-five", 25), ("twelve hundred", 1200)]
)
def test_number_words(words: str, value: int) -> None:
    assert words_value(words) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("$1.2-million", 1.2e6),
        ("$3 billion", 3e9),
        ("$470M", 4.7e8),
        ("half a billion dollars", 5e8),
        ("$28,500,000", 2.85e7),
    ],
)
def test_money_in_its_many_forms(text: str, value: float) -> None:
    assert [amount.value for amount in money(text)] == [value]


def test_hedges_are_told_apart() -> None:
    said = {"up to": "up to ", "as many as": "as many as ", "at least": "at least ", "over": "over ", "some": "some "}
    found = {key: hedge("will create " + words) for key, words in said.items()}
    assert found == {
        "up to": "up to",
        "as many as": "up to",
        "at least": "at least",
        "over": "more than",
        "some": "about",
    }
    assert hedge("will create ", "+ jobs") == "more than"


def test_the_gazetteer_has_the_hundred_counties_and_places_in_them() -> None:
    assert len(counties()) == 100 and counties()["Durham"] == "37063" and counties()["Yancey"] == "37199"
    assert all(county in counties() for within, _ in municipalities().values() for county in within)


@given(st.text(max_size=400))
def test_any_text_is_read_without_an_error_and_keeps_its_places(text: str) -> None:
    page = read(text)
    assert len(page.clean) == len(page.starts) == len(page.ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(page.starts, page.ends, strict=True))
    for facts in extract(text):
        for pairs in facts.spans().values():
            assert all(start < end <= len(text) for start, end in pairs)


@given(jobs=st.integers(12, 9_000), millions=st.integers(1, 900))
def test_the_figures_of_a_plain_sentence_are_the_figures_read(jobs: int, millions: int) -> None:
    text = f"Quillmoor Foods, a snack maker, will create {jobs:,} jobs and invest ${millions} million in Tarboro."
    facts = only(text)
    assert isinstance(facts.jobs, Found) and facts.jobs.value == jobs
    assert isinstance(facts.investment_usd, Found) and facts.investment_usd.value == millions * 1e6


@pytest.mark.parametrize(
    ("text", "company", "jobs"),
    [
        ("Brandt (North Carolina), LLC will invest $9 million in Wilson and create 41 jobs.", "brandt", 41),
        (
            "Tilling and Moss, Inc. (TMI), a pump maker, is looking to create 62 new jobs in Lenoir.",
            "tilling and moss",
            62,
        ),
        ("Orvane Foods and its sister company Telsk Cold will be adding 44 new jobs in Shelby.", "orvane foods", 44),
        ("Last week, Quillmoor Foods, a snack maker, said it will create 90 jobs in Tarboro.", "quillmoor foods", 90),
        (
            "Harl Building Supplies announced it selected Tarboro for a plant that will create 70 jobs.",
            "harl building supplies",
            70,
        ),
    ],
)
def test_a_company_is_found_however_its_name_is_built(text: str, company: str, jobs: int) -> None:
    facts = only(text)
    assert facts.company is not None and bare(facts.company.value) == company
    assert facts.jobs is not None and facts.jobs.value == jobs


def test_jobs_that_a_sentence_leaves_out_are_not_counted() -> None:
    assert extract("The 4,700 potential jobs in Lee County do not include the 9,000 jobs of a rival bid.") == ()
