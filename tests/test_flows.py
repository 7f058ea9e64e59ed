"""The matching of completers to openings, against linear programs and by what must hold whatever the numbers."""

from collections.abc import Iterable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import linprog

from models import cut
from models.bipartite import graph
from models.flows import Matching, flow_once, match
from models.spare import spare, spare_by_flows

Floats = NDArray[np.float64]
Edges = list[tuple[int, int]]
Case = tuple[Edges, Floats, Floats]

AMOUNTS = st.one_of(
    st.sampled_from([0.0, 1.0, 2.0, 10.0]), st.floats(0.0, 50.0, allow_subnormal=False).map(lambda x: round(x, 3))
)


@st.composite
def cases(draw: st.DrawFn, draws: int = 2) -> Case:
    """Edges, supply (K, P) and demand (K, O) of a small map, with ties and zeros."""
    p, o = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    edges = draw(st.lists(st.tuples(st.integers(0, p - 1), st.integers(0, o - 1)), unique=True, max_size=14))
    supply = draw(st.lists(AMOUNTS, min_size=draws * p, max_size=draws * p))
    demand = draw(st.lists(AMOUNTS, min_size=draws * o, max_size=draws * o))
    return edges, np.reshape(supply, (draws, p)), np.reshape(demand, (draws, o))


def solved(edges: Edges, supply: Floats, demand: Floats) -> Matching:
    return match(graph(supply.shape[1], demand.shape[1], edges), supply, demand)


def limits(edges: Edges, n_programs: int, n_occupations: int) -> Floats:
    """One row a program, then one an occupation: which edges add up under its limit."""
    rows = np.zeros((n_programs + n_occupations, len(edges)))
    for e, (p, o) in enumerate(edges):
        rows[p, e] = rows[n_programs + o, e] = 1.0
    return rows


def most_filled(edges: Edges, supply: Floats, demand: Floats) -> float:
    """The maximum flow of one draw, as a linear program."""
    if not edges:
        return 0.0
    found = linprog(-np.ones(len(edges)), A_ub=limits(edges, len(supply), len(demand)), b_ub=np.r_[supply, demand])
    return -float(found.fun)


def fairest(edges: Edges, supply: Floats, demand: Floats) -> Floats:
    """Max-min fair placements among maximum flows: one linear program a level, fixing whoever cannot rise."""
    placed = np.zeros(len(supply))
    free = sorted({p for p, _ in edges if supply[p] > 0})
    if not free:
        return placed
    rows = limits(edges, len(supply), len(demand))
    ub, limit = np.c_[rows, np.zeros(len(rows))], np.r_[supply, demand]
    equal, values = [np.r_[np.ones(len(edges)), 0.0]], [most_filled(edges, supply, demand)]

    def best(objective: Floats, floor: float) -> Floats:
        above = np.array([np.r_[-rows[p], 0.0] for p in free])
        above[:, -1] = supply[free] if floor < 0 else 0.0
        found = linprog(
            -objective,
            A_ub=np.r_[ub, above],
            b_ub=np.r_[limit, np.zeros(len(free)) if floor < 0 else -floor * supply[free] + 1e-9],
            A_eq=np.array(equal),
            b_eq=np.array(values),
        )
        assert found.success, found.message
        solution: Floats = found.x
        return solution

    while free:
        share = best(np.r_[np.zeros(len(edges)), 1.0], -1.0)[-1]
        stuck = [p for p in free if rows[p] @ best(np.r_[rows[p], 0.0], share)[:-1] <= share * supply[p] + 1e-6]
        assert stuck
        for p in stuck:
            placed[p] = share * supply[p]
            equal.append(np.r_[rows[p], 0.0])
            values.append(placed[p])
            free.remove(p)
    return placed


@settings(max_examples=60, deadline=None)
@given(cases())
def test_filled_gap_and_least_equal_those_of_linear_programs(case: Case) -> None:
    edges, supply, demand = case
    found = solved(edges, supply, demand)
    for k, (has, wants) in enumerate(zip(supply, demand, strict=True)):
        filled = most_filled(edges, has, wants)
        assert found.filled[k] == pytest.approx(filled, abs=1e-7)
        for p in range(len(has)):
            others = has * (np.arange(len(has)) != p)
            unlimited = others + (np.arange(len(has)) == p) * (wants.sum() + has[p])
            assert found.gap[k, p] == pytest.approx(most_filled(edges, unlimited, wants) - filled, abs=1e-7)
            assert found.least[k, p] == pytest.approx(filled - most_filled(edges, others, wants), abs=1e-7)


@settings(max_examples=60, deadline=None)
@given(cases(draws=1))
def test_the_allocation_shown_is_the_max_min_fair_one(case: Case) -> None:
    edges, supply, demand = case
    assert solved(edges, supply, demand).fair[0] == pytest.approx(fairest(edges, supply[0], demand[0]), abs=1e-5)


@settings(max_examples=100, deadline=None)
@given(cases(draws=3))
def test_flows_never_exceed_supply_or_demand_and_bounds_enclose_the_fair_allocation(case: Case) -> None:
    edges, supply, demand = case
    found = solved(edges, supply, demand)
    assert (found.least <= found.fair + 1e-9).all()
    assert (found.fair <= found.greatest + 1e-9).all()
    assert (found.greatest <= supply).all()
    assert found.filled == pytest.approx(found.fair.sum(axis=1), abs=1e-9)
    assert found.filled == pytest.approx(found.by_component.sum(axis=1), abs=1e-9)
    for has, wants, fair in zip(supply, demand, found.fair, strict=True):
        flow = flow_once(has, wants, edges)
        sums = limits(edges, len(has), len(wants)) @ flow
        assert (flow >= 0).all()
        assert sums[: len(has)] == pytest.approx(fair, abs=1e-9)
        assert (sums[len(has) :] <= wants + 1e-9).all()


@settings(max_examples=100, deadline=None)
@given(cases(), st.integers(0, 4), st.floats(0.0, 20.0))
def test_more_seats_never_fill_fewer_openings_and_fill_the_gap_first(case: Case, which: int, seats: float) -> None:
    edges, supply, demand = case
    p = which % supply.shape[1]
    before = solved(edges, supply, demand)
    more = supply.copy()
    more[:, p] += seats
    after = solved(edges, more, demand)
    assert after.filled - before.filled == pytest.approx(np.minimum(seats, before.gap[:, p]), abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(cases(), st.randoms(use_true_random=False))
def test_results_do_not_depend_on_the_order_of_programs_and_occupations(case: Case, shuffle: object) -> None:
    edges, supply, demand = case
    ps, os = list(range(supply.shape[1])), list(range(demand.shape[1]))
    shuffle.shuffle(ps)  # type: ignore[attr-defined]
    shuffle.shuffle(os)  # type: ignore[attr-defined]
    renamed = [(ps.index(p), os.index(o)) for p, o in reversed(edges)]
    one, other = solved(edges, supply, demand), solved(renamed, supply[:, ps], demand[:, os])
    assert other.filled == pytest.approx(one.filled, abs=1e-9)
    for name in ("gap", "least", "greatest", "fair"):
        assert getattr(other, name) == pytest.approx(getattr(one, name)[:, ps], abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(cases())
def test_programs_with_the_same_occupations_are_treated_as_one_and_share_alike(case: Case) -> None:
    edges, supply, demand = case
    twin = supply.shape[1]
    together = solved(edges, supply, demand)
    part = np.c_[supply[:, 0] * 0.25, supply[:, 1:], supply[:, 0] * 0.75]
    apart = solved([*edges, *((twin, o) for p, o in edges if p == 0)], part, demand)
    assert apart.filled == pytest.approx(together.filled, abs=1e-9)
    assert apart.gap[:, 0] == pytest.approx(together.gap[:, 0], abs=1e-9)
    assert apart.fair[:, 0] == pytest.approx(together.fair[:, 0] / 4, abs=1e-9)


def sparse_map(seed: int, programs: int, occupations: int) -> Edges:
    """Each program feeds 2 to 6 occupations, the first ones more often."""
    rng = np.random.default_rng(seed)
    weight = 1 / np.arange(1, occupations + 1)
    return [
        (p, int(o))
        for p in range(programs)
        for o in rng.choice(occupations, rng.integers(2, 7), replace=False, p=weight / weight.sum())
    ]


def amounts(seed: int, draws: int, size: int) -> Floats:
    rng = np.random.default_rng(seed)
    return np.exp(rng.normal(3, 1, (1, size)) + rng.normal(0, 0.3, (draws, size)))


@pytest.mark.parametrize("seed", range(4))
def test_elimination_and_flows_agree(seed: int) -> None:
    supply, demand = amounts(seed, 30, 12), amounts(seed + 100, 30, 20)
    for component in graph(12, 20, sparse_map(seed, 12, 20)).components:
        assert component is not None and component.plan is not None
        has = np.stack([supply[:, m].sum(axis=1) for m in component.programs], axis=1)
        wants = np.stack([demand[:, m].sum(axis=1) for m in component.occupations], axis=1)
        for one, other in zip(
            spare(component, has, wants)[:2], spare_by_flows(component.network, has, wants), strict=True
        ):
            assert other == pytest.approx(one, rel=1e-9, abs=1e-9 * has.sum(axis=1).max())


def test_a_map_too_wide_for_elimination_gives_the_same_matching(monkeypatch: pytest.MonkeyPatch) -> None:
    edges, supply, demand = sparse_map(9, 14, 22), amounts(9, 20, 14), amounts(10, 20, 22)
    narrow = solved(edges, supply, demand)
    monkeypatch.setattr(cut, "MAX_STATES", 0)
    wide = graph(14, 22, edges)
    assert all(component is None or component.plan is None for component in wide.components)
    other = match(wide, supply, demand)
    for name in ("filled", "by_component", "gap", "least", "greatest", "fair", "joint_gap"):
        assert getattr(other, name) == pytest.approx(getattr(narrow, name), rel=1e-9, abs=1e-9)


def test_two_programs_that_compete_share_the_joint_gap_but_each_could_fill_it() -> None:
    found = solved([(0, 0), (1, 0), (1, 1)], np.array([[10.0, 10.0]]), np.array([[12.0, 18.0]]))
    assert found.filled.tolist() == [20.0]
    assert found.gap.tolist() == [[2.0, 10.0]]
    assert found.joint_gap.tolist() == [[10.0]]
    assert found.least.tolist() == [[10.0, 10.0]]


def test_a_crowded_pair_places_equal_shares_and_neither_is_indispensable() -> None:
    found = solved([(0, 0), (1, 0)], np.array([[30.0, 10.0]]), np.array([[20.0]]))
    assert found.fair.tolist() == [[15.0, 5.0]]
    assert found.least.tolist() == [[10.0, 0.0]]
    assert found.greatest.tolist() == [[20.0, 10.0]]
    assert found.gap.tolist() == [[0.0, 0.0]]


def test_a_program_without_occupations_places_nobody_and_is_a_component_of_its_own() -> None:
    found = solved([(1, 1)], np.array([[5.0, 5.0]]), np.array([[7.0, 9.0]]))
    assert found.component_of_program.tolist() == [0, 1]
    assert found.by_component.tolist() == [[0.0, 5.0]]
    assert found.joint_gap.tolist() == [[0.0, 4.0]]
    for name in ("gap", "least", "greatest", "fair"):
        assert getattr(found, name)[0, 0] == 0.0


def one_edge() -> Iterable[tuple[int, int]]:
    return [(0, 0)]


@pytest.mark.parametrize(
    ("supply", "demand", "message"),
    [
        ([[1.0, 2.0]], [[1.0]], "supply has shape"),
        ([[-1.0]], [[1.0]], "supply, draw 0, column 0: -1.0"),
        ([[1.0]], [[float("nan")]], "demand, draw 0, column 0: nan"),
        ([[1.0], [1.0]], [[1.0]], "2 draws and demand 1"),
    ],
)
def test_amounts_that_cannot_be_matched_are_named(
    supply: list[list[float]], demand: list[list[float]], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        match(graph(1, 1, one_edge()), np.array(supply), np.array(demand))


def test_an_edge_to_nowhere_is_named() -> None:
    with pytest.raises(ValueError, match=r"edge \(0, 3\): expected a program in 0..0 and an occupation in 0..1"):
        graph(1, 2, [(0, 3)])
