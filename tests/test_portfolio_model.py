"""The two-stage program against trying every possibility, and by what must hold whatever the numbers."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import linprog

from models.portfolio import Block, Limits, Moves, Solution, shortfalls, solve, values, worst_mean
from models.portfolio_value import merged
from models.scenarios import choose

Floats = NDArray[np.float64]


def best_filling(block: Block, supply: Floats, demand: Floats) -> float:
    """The most valuable filling of one draw, as a plain linear program."""
    if not len(block.program):
        return 0.0
    rows = np.zeros((len(supply) + len(demand), len(block.program)))
    for e, (p, o) in enumerate(zip(block.program, block.occupation, strict=True)):
        rows[p, e] = rows[len(supply) + o, e] = 1.0
    found = linprog(-block.value[block.occupation], A_ub=rows, b_ub=np.r_[supply, demand])
    return -float(found.fun)


@st.composite
def blocks(draw: st.DrawFn, draws: int = 3) -> Block:
    """A small block in which move i adds to the supply of program i."""
    p, o = draw(st.integers(1, 3)), draw(st.integers(1, 4))
    pairs = st.tuples(st.integers(0, p - 1), st.integers(0, o - 1))
    edges = draw(st.lists(pairs, unique=True, min_size=1, max_size=9))
    amount = st.sampled_from([0.0, 1.0, 2.5, 6.0, 10.0])
    program, occupation = np.array(edges, dtype=np.intp).T

    def table(width: int) -> Floats:
        return np.reshape(draw(st.lists(amount, min_size=draws * width, max_size=draws * width)), (draws, width))

    value = np.array(draw(st.lists(st.sampled_from([0.0, 1.0, 2.0, 3.0]), min_size=o, max_size=o)))
    own = np.arange(p, dtype=np.intp)
    return Block(program, occupation, table(p), table(o), value, own, own, table(p))


def moves_of(block: Block, cost: float) -> Moves:
    n = block.supply.shape[1]
    return Moves(np.zeros(n), np.full(n, 2.0), np.ones(n, dtype=bool), np.full(n, cost))


def limited(block: Block, there: float) -> Limits:
    return Limits(("money",), np.array([[1.0, 2.0, 1.5][: block.supply.shape[1]]]), np.array([there]))


def gain(block: Block, moves: Moves, units: Floats, weights: Floats, risk: float) -> float:
    """The objective by its definition."""
    idle = values(block, np.zeros(len(units)))
    after = values(block, units) - moves.cost @ units
    mean = weights @ (after - idle)
    return float((1 - risk) * mean + risk * (worst_mean(after, weights, 0.2) - worst_mean(idle, weights, 0.2)))


@settings(max_examples=60, deadline=None)
@given(blocks())
def test_the_value_of_a_filling_is_that_of_the_linear_program(block: Block) -> None:
    found = values(block, np.zeros(block.supply.shape[1]))
    for k, (supply, demand) in enumerate(zip(block.supply, block.demand, strict=True)):
        assert found[k] == pytest.approx(best_filling(block, supply, demand), abs=1e-7)


@settings(max_examples=60, deadline=None)
@given(blocks(), st.lists(st.integers(0, 2), min_size=3, max_size=3))
def test_merging_what_reaches_the_same_changes_no_value(block: Block, units: list[int]) -> None:
    chosen = np.array(units[: block.supply.shape[1]], dtype=float)
    assert values(merged(block), chosen) == pytest.approx(values(block, chosen), abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(
    blocks(), st.sampled_from([0.0, 1.0, 2.5, 4.0]), st.sampled_from([0.1, 1.0, 4.0]), st.sampled_from([0.0, 0.3, 1.0])
)
def test_no_choice_of_units_within_the_limits_is_better(block: Block, money: float, cost: float, risk: float) -> None:
    moves, limits, weights = moves_of(block, cost), limited(block, money), np.array([0.5, 0.1, 0.4])
    found = solve(moves, limits, [block], weights, risk, gap=1e-9)
    assert found is not None and found.proven
    every = [np.array(units, dtype=float) for units in product(range(3), repeat=len(moves.cost))]
    best = max(gain(block, moves, units, weights, risk) for units in every if limits.uses @ units <= money + 1e-9)
    assert gain(block, moves, found.units, weights, risk) == pytest.approx(best, abs=1e-5)
    assert found.gain == pytest.approx(best, abs=1e-5)


@settings(max_examples=40, deadline=None)
@given(blocks(), st.floats(0.0, 6.0), st.floats(0.0, 3.0), st.floats(0.05, 3.0))
def test_the_portfolio_keeps_every_limit_is_no_worse_than_nothing_and_gains_with_the_budget(
    block: Block, money: float, more: float, cost: float
) -> None:
    moves, weights = moves_of(block, cost), np.array([0.2, 0.3, 0.5])
    found: list[Solution] = []
    for there in (money, money + more):
        limits = limited(block, there)
        solution = solve(moves, limits, [block], weights, 0.3)
        assert solution is not None
        assert (limits.uses @ solution.units <= limits.there + 1e-6).all()
        assert (solution.units >= 0).all() and (solution.units == np.round(solution.units)).all()
        found.append(solution)
    assert found[0].gain >= -1e-6
    assert found[1].gain >= found[0].gain - 1e-4 * max(1.0, abs(found[0].gain))


def test_with_full_weight_on_the_worst_draws_a_move_that_helps_only_good_ones_is_left() -> None:
    one = np.zeros(1, dtype=np.intp)
    block = Block(
        one, one, np.array([[1.0], [1.0]]), np.array([[1.0], [9.0]]), np.array([10.0]), one, one, np.full((2, 1), 4.0)
    )
    moves = Moves(np.zeros(1), np.ones(1), np.ones(1, dtype=bool), np.array([5.0]))
    limits = Limits(("money",), np.ones((1, 1)), np.ones(1))
    equal = np.array([0.5, 0.5])
    bold, careful = (solve(moves, limits, [block], equal, risk) for risk in (0.0, 1.0))
    assert bold is not None and careful is not None
    assert (bold.units.tolist(), careful.units.tolist()) == ([1.0], [0.0])


def test_impossible_demands_are_explained_by_the_limit_and_the_amount_that_is_missing() -> None:
    moves = Moves(np.array([2.0, 0.0]), np.array([2.0, 5.0]), np.ones(2, dtype=bool), np.ones(2))
    limits = Limits(
        ("teachers", "places", "places"), np.array([[1.0, 1.0], [4.0, 0.0], [5.0, 0.0]]), np.array([3.0, 8.0, 7.0])
    )
    block = Block(*(np.zeros(0, dtype=np.intp),) * 2, np.zeros((1, 1)), np.zeros((1, 1)), np.zeros(1),
                  *(np.zeros(0, dtype=np.intp),) * 2, np.zeros((1, 0)))  # fmt: skip
    assert solve(moves, limits, [block], np.ones(1), 0.3) is None
    assert shortfalls(moves, limits) == pytest.approx({"places": 3.0})


def test_few_draws_keep_the_mean_and_the_tail_of_many() -> None:
    rng = np.random.default_rng(3)
    level = rng.gamma(2.0, 10.0, 1000)
    features = np.column_stack([level * rng.lognormal(0, 0.2, 1000), rng.normal(50, 9, 1000)])
    chosen, weights = choose(level, features, 30, np.random.default_rng(1))
    assert len(chosen) == 30 and len(set(chosen.tolist())) == 30
    assert weights.sum() == pytest.approx(1.0)
    assert weights @ features[chosen] == pytest.approx(features.mean(axis=0), rel=0.03)
    even = np.full(1000, 1e-3)
    assert worst_mean(level[chosen], weights, 0.2) == pytest.approx(worst_mean(level, even, 0.2), rel=0.1)
