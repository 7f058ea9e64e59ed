"""What holds for any market: nobody is placed twice, more seats never fill less, order does not matter."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from gapengine import arrivals, assumptions, college, snapshot
from gapengine.arrivals.stages import outcomes
from gapengine.demand.levels import CLASSES
from gapengine.demand.openings import Openings
from gapengine.evidence import shortage, surplus
from gapengine.groundwork import prepare
from gapengine.matching import Balance, Market, balance, glances
from gapengine.supply import Supply
from models.flows import graph

DRAWS = 3
PEOPLE = st.floats(0, 200).map(lambda value: round(value, 3))
SHARE = st.floats(0.01, 0.99)
examples = settings(max_examples=60, deadline=None)


@dataclass(frozen=True)
class Case:
    """A small market: programs of the college first, then other institutions; one node an occupation."""

    people: np.ndarray
    openings: np.ndarray
    shares: np.ndarray
    entrants: np.ndarray
    edges: tuple[tuple[int, int], ...]
    n_own: int

    @property
    def market(self) -> Market:
        n_nodes = self.openings.shape[1]
        nodes = pd.DataFrame({"soc_code": "", "award_class": CLASSES[0], "position": range(n_nodes)})
        layout = pd.DataFrame(list(self.edges), columns=["program", "node"], dtype=int)
        return Market("shed", graph(self.people.shape[1], n_nodes, self.edges), nodes, layout, self.n_own)

    @property
    def supply(self) -> Supply:
        own, others = self.people[:, : self.n_own], self.people[:, self.n_own :]
        empty = pd.DataFrame()
        kept, gone = np.ones_like(own), np.zeros((len(own), 1))
        basis = ("stated",) * self.n_own
        return Supply(own, own, others, empty, empty, empty, np.ones(self.n_own), basis, kept, gone)

    @property
    def opened(self) -> Openings:
        none = np.zeros_like(self.openings)
        paths = np.zeros((*self.openings.shape, 2))
        return Openings(self.openings, none, none, paths, none[0], np.array([2027]), (2027, 2027))

    def balance(self) -> Balance:
        return balance(self.market, self.supply, self.opened, self.shares, self.entrants)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    n_own, n_others, n_occupations = (draw(st.integers(*ends)) for ends in ((1, 3), (0, 3), (1, 4)))
    n_programs = n_own + n_others
    possible = [(program, node) for program in range(n_programs) for node in range(n_occupations)]
    return Case(
        draw(arrays.arrays(float, (DRAWS, n_programs), elements=PEOPLE)),
        draw(arrays.arrays(float, (DRAWS, n_occupations), elements=PEOPLE)),
        draw(arrays.arrays(float, (n_occupations, len(CLASSES)), elements=SHARE)),
        draw(arrays.arrays(float, n_occupations, elements=SHARE)),
        tuple(sorted(draw(st.sets(st.sampled_from(possible))))),
        n_own,
    )


def with_more(case: Case, program: int, seats: float) -> Case:
    people = case.people.copy()
    people[:, program] += seats
    return replace(case, people=people)


# ------------------------------------------------------------------------------------------------------- the balance


@examples
@given(cases())
def test_nobody_is_placed_twice_and_no_opening_is_filled_twice(case: Case) -> None:
    found = case.balance()
    demand = case.openings * case.shares[:, 0] * case.entrants
    np.testing.assert_allclose(found.demand, demand)
    placed = found.matching.fair
    assert (placed <= case.people + 1e-6).all()
    np.testing.assert_allclose(placed.sum(axis=1), found.matching.filled, atol=1e-6)
    assert (found.matching.filled <= demand.sum(axis=1) + 1e-6).all()
    for program in range(case.people.shape[1]):
        reached = [node for index, node in case.edges if index == program]
        assert (placed[:, program] <= demand[:, reached].sum(axis=1) + 1e-6).all()


@examples
@given(cases())
def test_every_occupations_programs_together_place_no_more_than_it_opens(case: Case) -> None:
    """Of any set of programs, by all the occupations that any of them feeds (the condition of Hall)."""
    found = case.balance()
    placed = found.matching.fair
    n_programs = case.people.shape[1]
    for chosen in range(1, 2**n_programs):
        members = [program for program in range(n_programs) if chosen >> program & 1]
        reached = sorted({node for program, node in case.edges if program in members})
        assert (placed[:, members].sum(axis=1) <= found.demand[:, reached].sum(axis=1) + 1e-6).all()


@examples
@given(cases())
def test_least_placed_and_greatest_lie_in_this_order(case: Case) -> None:
    found = case.balance().matching
    assert (found.least <= found.fair + 1e-6).all()
    assert (found.fair <= found.greatest + 1e-6).all()
    assert (found.gap >= 0).all()


@examples
@given(cases(), st.floats(0, 100), st.data())
def test_more_seats_never_fill_fewer_openings(case: Case, seats: float, data: st.DataObject) -> None:
    program = data.draw(st.integers(0, case.people.shape[1] - 1))
    before, after = case.balance().matching, with_more(case, program, seats).balance().matching
    assert (after.filled >= before.filled - 1e-6).all()
    np.testing.assert_allclose(after.filled - before.filled, np.minimum(before.gap[:, program], seats), atol=1e-5)
    np.testing.assert_allclose(after.gap[:, program], np.maximum(before.gap[:, program] - seats, 0), atol=1e-5)


@examples
@given(cases(), st.floats(0, 100), st.data())
def test_more_seats_elsewhere_never_raise_a_programs_gap(case: Case, seats: float, data: st.DataObject) -> None:
    program = data.draw(st.integers(0, case.people.shape[1] - 1))
    before, after = case.balance(), with_more(case, program, seats).balance()
    assert (after.gap <= before.gap + 1e-5).all()


@examples
@given(cases(), st.floats(1, 3))
def test_a_higher_entrant_share_never_lowers_a_gap(case: Case, factor: float) -> None:
    before, after = case.balance(), replace(case, entrants=case.entrants * factor).balance()
    assert (after.gap >= before.gap - 1e-5).all()
    assert (after.matching.filled >= before.matching.filled - 1e-6).all()
    for program in range(case.n_own):
        assert shortage(after.gap[:, program] + 1e-5, 5.0) >= shortage(before.gap[:, program], 5.0)


@examples
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_programs_and_occupations_does_not_matter(case: Case, shuffler) -> None:
    own, others = list(range(case.n_own)), list(range(case.n_own, case.people.shape[1]))
    nodes = list(range(case.openings.shape[1]))
    for part in (own, others, nodes):
        shuffler.shuffle(part)
    order = [*own, *others]
    turned = Case(
        case.people[:, order],
        case.openings[:, nodes],
        case.shares[nodes],
        case.entrants[nodes],
        tuple((order.index(program), nodes.index(node)) for program, node in reversed(case.edges)),
        case.n_own,
    )
    one, other = case.balance(), turned.balance()
    np.testing.assert_allclose(one.matching.filled, other.matching.filled, atol=1e-6)
    np.testing.assert_allclose(one.gap[:, own], other.gap, atol=1e-5)
    np.testing.assert_allclose(one.matching.least[:, order], other.matching.least, atol=1e-5)
    np.testing.assert_allclose(one.placed[:, own], other.placed, atol=1e-4)


@examples
@given(cases(), st.integers(1, DRAWS))
def test_a_glance_at_fewer_draws_sees_what_the_balance_sees_in_them(case: Case, draws: int) -> None:
    found = case.balance()
    views = {"as it is": (case.shares, case.entrants), 0.5: (case.shares, case.entrants * 0.5)}
    seen = glances(case.market, case.supply, case.opened, views, draws)
    np.testing.assert_allclose(seen["as it is"].gap, found.gap[:draws], atol=1e-6)
    np.testing.assert_allclose(seen["as it is"].placed, found.placed[:draws], atol=1e-6)
    half = replace(case, entrants=case.entrants * 0.5).balance()
    np.testing.assert_allclose(seen[0.5].gap, half.gap[:draws], atol=1e-6)


@examples
@given(
    arrays.arrays(float, 8, elements=PEOPLE),
    arrays.arrays(float, 8, elements=st.floats(0, 1)),
    st.floats(0.05, 0.5),
)
def test_shortage_and_surplus_are_shares_of_draws(people: np.ndarray, part: np.ndarray, tolerated: float) -> None:
    assert 0 <= surplus(people, people * part, tolerated) <= 1
    assert surplus(people, people, tolerated) == 0
    assert surplus(np.zeros(8), np.zeros(8), tolerated) == 0, "a program without completers has no surplus"
    assert surplus(people, people * part, tolerated) >= surplus(people, people * part, tolerated + 0.1)
    assert shortage(people, 1.0) >= shortage(people, 20.0)


# ----------------------------------------------------------------------------------------------------- announcements

YEARS = np.arange(2026, 2037)


@cache
def _embedded() -> tuple[snapshot.Snapshot, college.College, assumptions.Assumptions]:
    place = college.embedded()
    chosen = assumptions.for_college(place).override(["draws=50"])
    return snapshot.load(), college.load(place, chosen), chosen


def with_announcements(loaded: snapshot.Snapshot, table: pd.DataFrame) -> snapshot.Snapshot:
    return replace(loaded, tables=MappingProxyType({**loaded.tables, "announcements": table}))


def deciding(place: college.College, table: pd.DataFrame) -> college.College:
    """The college without its decisions about announcements that are not in the table."""
    gone = set(_embedded()[0]["announcements"]["event_id"]) - set(table["event_id"])
    return replace(place, choices=tuple(choice for choice in place.choices if choice.decision.event not in gone))


def coming(table: pd.DataFrame, seed: int) -> dict[tuple[str, str], np.ndarray]:
    """(K, Y) jobs a year of each project and county."""
    loaded, durham, chosen = _embedded()
    rng = np.random.default_rng(seed)
    found = arrivals.events(with_announcements(loaded, table), deciding(durham, table), chosen, YEARS, rng)
    return {(event.event_id, event.county_fips): event.increments for event in found}


@settings(max_examples=20, deadline=None)
@given(st.data(), st.integers(0, 1000))
def test_removing_an_announcement_never_raises_demand(data: st.DataObject, seed: int) -> None:
    table = _embedded()[0]["announcements"]
    known = outcomes(table)  # what became of a project tells about the others
    open_ended = [at for at, event in enumerate(table["event_id"]) if event not in known]
    gone = data.draw(st.sets(st.sampled_from(open_ended), min_size=1))
    every, fewer = coming(table, seed), coming(table.drop(table.index[sorted(gone)]), seed)
    assert fewer.keys() <= every.keys()
    for key, jobs in fewer.items():
        np.testing.assert_allclose(jobs, every[key], err_msg="the others stay as they were")
    nothing = np.zeros((50, len(YEARS)))
    assert (sum(fewer.values(), nothing) <= sum(every.values(), nothing) + 1e-6).all()


def test_a_cancelled_project_adds_nothing_and_one_without_a_number_is_not_counted_as_zero() -> None:
    loaded, durham, chosen = _embedded()
    found = arrivals.events(loaded, durham, chosen, YEARS, np.random.default_rng(1))
    cancelled = [event for event in found if event.stage == "cancelled"]
    assert cancelled and not any(event.counted or event.increments.any() for event in cancelled)
    table = loaded["announcements"].copy()
    counted = next(event for event in found if event.counted)
    table.loc[table["event_id"] == counted.event_id, ["jobs", "jobs_max"]] = np.nan
    again = arrivals.events(with_announcements(loaded, table), durham, chosen, YEARS, np.random.default_rng(1))
    same = next(event for event in again if event.event_id == counted.event_id)
    assert not same.counted and same.reason == "no number of jobs stated: not counted"


def test_without_any_announcement_no_occupation_opens_more() -> None:
    loaded, durham, chosen = _embedded()
    empty = with_announcements(loaded, loaded["announcements"].iloc[:0])
    undecided = deciding(durham, empty["announcements"])
    every, none = prepare(loaded, durham, chosen), prepare(empty, undecided, chosen)
    assert none.coming.events == () and not none.openings["shed"].announced.any()
    more = every.openings["shed"].total - none.openings["shed"].total
    assert more.min() >= -0.01
    assert more.sum(axis=1).mean() > 100, "and with them many do"
