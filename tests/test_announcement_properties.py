"""What must hold for any announcement: figures stand in the text, other paragraphs change nothing, order is kept."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.announcements.extract import extract
from connectors.announcements.extract_amounts import money
from connectors.announcements.facts import ProjectFacts
from gapengine.arrivals.reading import telling_of

LIGHT = settings(max_examples=40, deadline=None)
COMPANIES = ["Alban Mills", "Brill Optics Inc.", "Corvin Foods", "Dunmore & Pell", "Eastbrook Robotics", "Fennel Bio"]
PLACES = {
    "Hickory": "Catawba",
    "Kinston": "Lenoir",
    "Clayton": "Johnston",
    "Burlington": "Alamance",
    "Lenoir": "Caldwell",
}
FORMS = [
    "{company} will create {jobs} jobs in {city}, {county} County. The company will invest ${millions} million.",
    "In {county} County, {company} plans to add {jobs} jobs and invest ${millions} million in {city}.",
    "{company} will spend ${millions} million on a plant in {city} and hire {jobs} people in {county} County.",
]
ASIDES = [
    "The county fair opens on Friday with rides and a pie contest.",
    "Registration for the spring semester ends on May 3.",
    "The board also heard a report on stormwater fees and thanked two retiring clerks.",
    "Rain is likely on Thursday, the weather service said.",
    "The state's seasonally adjusted unemployment rate was 3.6 percent in March.",
    "Subscribe to our newsletter.",
]


@dataclass(frozen=True)
class Told:
    """One project as these tests write it."""

    company: str
    city: str
    jobs: int
    millions: float
    form: int

    @property
    def text(self) -> str:
        """Its paragraph."""
        return FORMS[self.form].format(
            company=self.company,
            city=self.city,
            county=PLACES[self.city],
            jobs=f"{self.jobs:,}",
            millions=f"{self.millions:g}",
        )

    @property
    def values(self) -> tuple[object, ...]:
        """What should be read."""
        company = self.company.removesuffix(" Inc.")
        return company, self.jobs, self.millions * 1e6, (self.city,), (PLACES[self.city],)


TOLD = st.builds(
    Told,
    st.sampled_from(COMPANIES),
    st.sampled_from(sorted(PLACES)),
    st.integers(12, 4_000).filter(lambda jobs: not 1990 <= jobs <= 2069),
    st.integers(2, 900).map(lambda tenths: round(tenths * 0.5 + 0.5, 1)),
    st.integers(0, len(FORMS) - 1),
)


def read(facts: ProjectFacts) -> tuple[object, ...]:
    company = facts.company.value.removesuffix(" Inc.") if facts.company else None
    return (
        company,
        facts.jobs.value if facts.jobs else None,
        facts.investment_usd.value if facts.investment_usd else None,
        tuple(city.value for city in facts.cities),
        tuple(county.value for county in facts.counties),
    )


@LIGHT
@given(TOLD)
def test_a_project_is_read_whatever_its_figures(told: Told) -> None:
    assert [read(facts) for facts in extract(told.text, "2024-05-01")] == [told.values]


@LIGHT
@given(st.lists(TOLD, min_size=2, max_size=4, unique_by=lambda told: told.company))
def test_the_order_of_paragraphs_is_the_order_of_projects(several: list[Told]) -> None:
    for order in (several, several[::-1]):
        found = extract("\n\n".join(told.text for told in order), "2024-05-01")
        assert [read(facts) for facts in found] == [told.values for told in order]


@LIGHT
@given(TOLD, st.lists(st.sampled_from(ASIDES), min_size=1, max_size=3, unique=True), st.booleans())
def test_an_unrelated_paragraph_changes_nothing(told: Told, asides: list[str], before: bool) -> None:
    parts = [*asides, told.text] if before else [told.text, *asides]
    assert [read(facts) for facts in extract("\n\n".join(parts), "2024-05-01")] == [told.values]


PIECES = st.sampled_from(
    [
        *COMPANIES, "will create", "plans", "invested", "the company", "a $40 million", "$1.2B", "two dozen", "120",
        "jobs", "employees", "plant", "in Hickory", "Wake County", "Virginia", "Project Falcon", "by 2028", "over five",
        "years", "an average of $61,000", "grant", "of", "and", "terminated", "-", "\n", ".", ",", ":", "(", ")",
        "5,000", "million", "hundred", "between", "to", "Gov. Roe announced that", "which", "<b>", "&nbsp;", "\u00ad\n",
    ]
)  # fmt: skip


@LIGHT
@given(st.lists(PIECES, max_size=60).map(" ".join))
def test_any_text_is_read_and_every_value_stands_where_it_says(text: str) -> None:
    for facts in extract(text, "2024-05-01"):
        for pairs in facts.spans().values():
            assert all(0 <= start < end <= len(text) for start, end in pairs)
        if facts.jobs and (shown := re.fullmatch(r"[\d,]+", text[facts.jobs.start : facts.jobs.end])):
            assert int(shown.group().replace(",", "")) == facts.jobs.value
        if facts.investment_usd:
            words = text[facts.investment_usd.start : facts.investment_usd.end]
            assert facts.investment_usd.value in {amount.value for amount in money(words)}


@LIGHT
@given(st.integers(1, 9_999), st.sampled_from(["billion", "million"]), st.sampled_from(["$", "US$", "USD ", "€", "C$"]))
def test_dollars_are_read_in_any_size_and_other_money_is_not(tenths: int, scale: str, sign: str) -> None:
    found = money(f"an investment of {sign}{tenths / 10:g} {scale} in the county")
    value = round(tenths / 10 * {"million": 1e6, "billion": 1e9}[scale], 2)
    assert [amount.value for amount in found] == ([] if sign in ("€", "C$") else [value])


def test_a_county_of_another_state_is_never_taken_for_one_of_ours() -> None:
    text = (
        "Brill Optics will create 50 jobs in Washington County, Tennessee. Brill, of Tennessee, will invest $4 million."
    )
    (facts,) = extract(text, "2024-05-01")
    assert (facts.state, [county.value for county in facts.counties]) == ("Tennessee", ["Washington"])
    row = {"site": "a", "address": None, "title": "", "published_date": "2024-05-01"}
    assert telling_of(row, text, facts, 0).counties == ()
