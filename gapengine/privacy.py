"""Withholds college-supplied counts under ten, and whatever else would let a reader compute one of them.

Counts that the college supplies are printed only when they are ten or more, or pooled; a withheld count must not be
computable from the totals beside it (complementary suppression). Federal figures are printed as published and do not
pass through here. Everything is computed on whole numbers in memory: what is withheld never reaches a page, a text, a
chart's geometry or an attachment, since these are made from :attr:`Published.values`.

The counts of a table with its totals are flows in a network: each inner cell leads from its row to its column, each
row's total into its row, each column's total out of its column, the grand total closes the circle. A withheld cell may
rise by as much as can be sent around through the other withheld cells without making one negative. A count f under the
threshold t is safe when it might be t or more for all a reader can tell: when t - f can be sent. Where it cannot, the
cells of the cheapest way around are withheld as well (M. Fischetti and J. J. Salazar, "Models and Algorithms for the
2-Dimensional Cell Suppression Problem in Statistical Disclosure Control", Mathematical Programming 84, 1999, treat the
same networks).
"""

from __future__ import annotations

import heapq
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

LEAST = 10
WITHHELD = "withheld"
WHY = "Fewer than 10, or a figure from which such a count could be computed."

Mask = npt.NDArray[np.bool_]
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Published:
    """A table of counts as it may be shown.

    Attributes:
        values: inner cells, then a last column of row totals and a last row of column totals, shape (rows + 1,
            columns + 1); None where withheld.
    """

    values: tuple[tuple[int | None, ...], ...]

    @property
    def cells(self) -> tuple[tuple[int | None, ...], ...]:
        """The inner cells."""
        return tuple(row[:-1] for row in self.values[:-1])

    @property
    def row_totals(self) -> tuple[int | None, ...]:
        """Total of each row."""
        return tuple(row[-1] for row in self.values[:-1])

    @property
    def column_totals(self) -> tuple[int | None, ...]:
        """Total of each column."""
        return self.values[-1][:-1]

    @property
    def total(self) -> int | None:
        """Total of all."""
        return self.values[-1][-1]


def shown(value: int | None) -> str:
    """A count as text: with thousands separators, or the word that stands for a withheld one."""
    return WITHHELD if value is None else f"{value:,}"


def protect(
    counts: Sequence[Sequence[int]], *, row_totals: bool = True, column_totals: bool = True, least: int = LEAST
) -> Published:
    """Decide what of a table may be shown.

    Args:
        counts: whole numbers of people, shape (rows, columns), none below zero.
        row_totals: whether the totals of rows are shown at all.
        column_totals: whether the totals of columns are shown at all; the total of all goes with either.
        least: smallest count that may be shown.

    Returns:
        The table with totals. Every shown figure is at least ``least``, and each smaller one might, for all that the
        shown figures tell, be ``least`` or more.

    Raises:
        ValueError: a count is negative or no whole number, or rows differ in length.
    """
    full = _with_totals(counts)
    hidden = full < least
    hidden[:-1, -1] |= not row_totals
    hidden[-1, :-1] |= not column_totals
    hidden[-1, -1] |= not (row_totals or column_totals)
    for cell in sorted(zip(*np.nonzero(full < least), strict=True), key=lambda at: (-int(full[at]), at)):
        _cover(full, hidden, (int(cell[0]), int(cell[1])), least)
    return Published(
        tuple(
            tuple(None if hidden[i, j] else int(full[i, j]) for j in range(full.shape[1])) for i in range(full.shape[0])
        )
    )


def protect_list(counts: Sequence[int], *, least: int = LEAST) -> tuple[tuple[int | None, ...], int | None]:
    """Decide what of a list with its total may be shown: the counts in their order, and the total.

    Raises:
        ValueError: as :func:`protect`.
    """
    if not counts:
        return (), None
    table = protect([[count] for count in counts], row_totals=False, least=least)
    return tuple(row[0] for row in table.cells), table.column_totals[0]


def pool(counts: Sequence[tuple[str, int]], *, least: int = LEAST) -> tuple[tuple[tuple[str, ...], int | None], ...]:
    """Join small counts into groups that may be shown, so that no sum is lost.

    Counts of ``least`` and more stay alone. The smaller ones are joined, the smallest first, until a group reaches
    ``least``; a rest that does not is joined to the last group, or else to the smallest count that stood alone.

    Args:
        counts: name and count of each.
        least: smallest count that may be shown.

    Returns:
        Names and count of each group, those that stood alone first, in the given order; one group with None where even
        all together stay below ``least``.
    """
    alone: list[tuple[tuple[str, ...], int]] = [((name,), count) for name, count in counts if count >= least]
    groups: list[tuple[tuple[str, ...], int]] = []
    names: tuple[str, ...] = ()
    size = 0
    for name, count in sorted(((name, count) for name, count in counts if count < least), key=lambda item: item[1]):
        names, size = (*names, name), size + count
        if size >= least:
            groups.append((names, size))
            names, size = (), 0
    if names and groups:
        groups[-1] = ((*groups[-1][0], *names), groups[-1][1] + size)
    elif names and alone:
        at = min(range(len(alone)), key=lambda i: alone[i][1])
        alone[at] = ((*alone[at][0], *names), alone[at][1] + size)
    elif names:
        return ((names, None),)
    return (*alone, *groups)


def _with_totals(counts: Sequence[Sequence[int]]) -> Counts:
    inner = np.array(counts, dtype=object)
    if inner.ndim != 2 or inner.size == 0:
        raise ValueError(f"expected rows of equal length, found shape {inner.shape}")
    if any(isinstance(count, bool) or int(count) != count or count < 0 for count in inner.flat):
        raise ValueError("expected whole numbers of people, none below zero")
    whole = inner.astype(np.int64)
    rows = np.hstack([whole, whole.sum(axis=1, keepdims=True)])
    return np.vstack([rows, rows.sum(axis=0, keepdims=True)])


def _ends(cell: tuple[int, int], shape: tuple[int, int]) -> tuple[Hashable, Hashable]:
    """From where to where a cell's count flows."""
    last_row, last_column = shape[0] - 1, shape[1] - 1
    row, column = ("row", cell[0]), ("column", cell[1])
    into_rows = cell[1] == last_column
    return (column, row) if into_rows != (cell[0] == last_row) else (row, column)


def _cover(full: Counts, hidden: Mask, cell: tuple[int, int], least: int) -> None:
    """Withhold more cells until the cell might be ``least`` or more; changes ``hidden``."""
    start, goal = _ends(cell, full.shape)
    room = full.astype(object)  # by how much each cell may still fall; rising has no end
    missing = least - int(full[cell])
    free = hidden.copy()
    while missing > 0:
        way = _cheapest(full, room, free, cell, goal, start)
        amount = min([missing, *(int(room[at]) for at, rises in way if not rises)])
        for at, rises in way:
            room[at] += amount if rises else -amount
            free[at] = hidden[at] = True
        missing -= amount


def _cheapest(
    full: Counts,
    room: npt.NDArray[np.object_],
    free: Mask,
    cell: tuple[int, int],
    start: Hashable,
    goal: Hashable,
) -> list[tuple[tuple[int, int], bool]]:
    """Cells to change, and whether each rises, that lead from one node to another at the least loss of shown counts.

    There always is one: the column's total, the grand total and the row's total, all rising.
    """
    steps: dict[Hashable, list[tuple[Hashable, tuple[int, int], bool]]] = {}
    for at in _cells(full.shape):
        if at != cell:
            tail, head = _ends(at, full.shape)
            steps.setdefault(tail, []).append((head, at, True))
            if room[at] > 0:
                steps.setdefault(head, []).append((tail, at, False))
    best: dict[Hashable, float] = {start: 0.0}
    came: dict[Hashable, tuple[Hashable, tuple[int, int], bool]] = {}
    queue: list[tuple[float, int, Hashable]] = [(0.0, 0, start)]
    pushed = 0
    while queue:
        cost, _, node = heapq.heappop(queue)
        if node == goal:
            break
        if cost > best[node]:
            continue
        for head, at, rises in steps.get(node, []):
            price = cost + (0.0 if free[at] else 1.0 + float(full[at]))
            if price < best.get(head, np.inf):
                best[head], came[head] = price, (node, at, rises)
                pushed += 1
                heapq.heappush(queue, (price, pushed, head))
    way: list[tuple[tuple[int, int], bool]] = []
    node = goal
    while node != start:
        node, at, rises = came[node]
        way.append((at, rises))
    return way


def _cells(shape: tuple[int, int]) -> Iterator[tuple[int, int]]:
    return ((i, j) for i in range(shape[0]) for j in range(shape[1]))
