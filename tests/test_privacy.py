"""No count under ten that the college supplied can be read or computed from what is shown; nothing else is lost."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from gapengine.privacy import LEAST, Published, pool, protect, protect_list, shown

SMALL = st.integers(min_value=0, max_value=40)
TABLES = st.integers(1, 5).flatmap(
    lambda columns: st.lists(st.lists(SMALL, min_size=columns, max_size=columns), min_size=1, max_size=5)
)


def with_totals(counts: list[list[int]]) -> np.ndarray:
    rows = np.array([[*row, sum(row)] for row in counts])
    return np.vstack([rows, rows.sum(axis=0)])


def highest(published: Published, cell: tuple[int, int]) -> float:
    """The most that a cell can be for all that a reader can compute: a linear program over the withheld cells."""
    shape = (len(published.values), len(published.values[0]))
    index = {(i, j): i * shape[1] + j for i in range(shape[0]) for j in range(shape[1])}
    equations = []
    for i in range(shape[0]):
        line = np.zeros(len(index))
        line[[index[i, j] for j in range(shape[1] - 1)]] = 1
        line[index[i, shape[1] - 1]] = -1
        equations.append(line)
    for j in range(shape[1]):
        line = np.zeros(len(index))
        line[[index[i, j] for i in range(shape[0] - 1)]] = 1
        line[index[shape[0] - 1, j]] = -1
        equations.append(line)
    bounds = [(value, value) if value is not None else (0, None) for row in published.values for value in row]
    goal = np.zeros(len(index))
    goal[index[cell]] = -1
    found = linprog(goal, A_eq=np.array(equations), b_eq=np.zeros(len(equations)), bounds=bounds)
    return np.inf if found.status == 3 else -float(found.fun)


@settings(max_examples=60, deadline=None)
@given(TABLES, st.booleans(), st.booleans())
def test_every_small_count_might_be_ten_or_more_for_all_that_is_shown(
    counts: list[list[int]], rows: bool, columns: bool
) -> None:
    published = protect(counts, row_totals=rows, column_totals=columns)
    full = with_totals(counts)
    for i, j in zip(*np.nonzero(full < LEAST), strict=True):
        assert published.values[i][j] is None
        assert highest(published, (int(i), int(j))) >= LEAST - 1e-6


@settings(max_examples=200, deadline=None)
@given(TABLES, st.booleans(), st.booleans())
def test_what_is_shown_is_true_and_at_least_ten(counts: list[list[int]], rows: bool, columns: bool) -> None:
    published = protect(counts, row_totals=rows, column_totals=columns)
    full = with_totals(counts)
    seen = [(value, full[i, j]) for i, row in enumerate(published.values) for j, value in enumerate(row)]
    assert all(value is None or value == count >= LEAST for value, count in seen)
    assert published == protect(counts, row_totals=rows, column_totals=columns)


@given(TABLES)
def test_a_table_without_small_counts_is_shown_whole(counts: list[list[int]]) -> None:
    large = [[count + LEAST for count in row] for row in counts]
    assert protect(large).values == tuple(map(tuple, with_totals(large).tolist()))


@given(st.lists(SMALL, max_size=8))
def test_a_list_and_its_total_give_no_small_count_away(counts: list[int]) -> None:
    values, total = protect_list(counts)
    assert len(values) == len(counts)
    hidden = [count for count, value in zip(counts, values, strict=True) if value is None]
    if total is not None and hidden:
        assert len(hidden) > 1
        assert sum(hidden) >= LEAST
    assert all(value is None or value >= LEAST for value in values)


def test_one_small_count_takes_the_smallest_other_one_with_it() -> None:
    values, total = protect_list([120, 4, 33, 18])
    assert values == (120, None, 33, None)
    assert total == 175


def test_a_small_count_in_a_corner_is_covered_by_a_rectangle() -> None:
    published = protect([[3, 50, 60], [40, 20, 70], [80, 90, 100]])
    assert published.cells == ((None, None, 60), (None, None, 70), (80, 90, 100))
    assert published.row_totals == (113, 130, 270)
    assert published.total == 513


def test_zero_is_withheld_like_any_small_count_and_said_so() -> None:
    values, total = protect_list([0, 400])
    assert values[0] is None
    assert total is None or values[1] is None
    assert shown(None) == "withheld"
    assert shown(1234) == "1,234"


@given(st.lists(st.tuples(st.text("abcdef", min_size=1, max_size=3), SMALL), max_size=9))
def test_pooling_keeps_every_person_and_every_name(counts: list[tuple[str, int]]) -> None:
    groups = pool(counts)
    assert sorted(name for names, _ in groups for name in names) == sorted(name for name, _ in counts)
    if any(count is None for _, count in groups):
        assert len(groups) == 1
        assert sum(count for _, count in counts) < LEAST
    else:
        assert sum(count or 0 for _, count in groups) == sum(count for _, count in counts)
        assert all(count is not None and count >= LEAST for _, count in groups)


@pytest.mark.parametrize("counts", [[[-1]], [[1.5]], [[]], [[1], [1, 2]], [[True]]])
def test_what_is_no_count_is_refused(counts: list[list[int]]) -> None:
    with pytest.raises(ValueError, match=r"whole numbers|equal length"):
        protect(counts)
