"""Students of a program by group, as the college supplied them; counts too small to print are withheld."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gapengine.college import College
from gapengine.decisions.dossier import EquityRow

SMALLEST = 10  # a count of people that the college supplied is printed from here on


def equity_rows(college: College, program_id: str) -> tuple[EquityRow, ...]:
    """The newest year's groups of a program beside all programs of the same year that the college stated.

    A count below ten is withheld; where one group alone would be withheld, the next smallest goes with it, so that
    it cannot be found by subtraction.
    """
    own = [row for row in college.capacity.equity if row.program_id == program_id]
    if not own:
        return ()
    year = max(row.year for row in own)
    groups = list(dict.fromkeys(row.group for row in own if row.year == year))
    students = {row.group: row.enrolled for row in own if row.year == year}
    completers = {row.group: row.completers for row in own if row.year == year}
    everyone: dict[str, int] = dict.fromkeys(groups, 0)
    for row in college.capacity.equity:
        if row.year == year and row.group in everyone and row.enrolled is not None:
            everyone[row.group] += row.enrolled
    shown = withheld(students)
    graduated = withheld(completers)
    total, of_all = sum(count or 0 for count in students.values()), sum(everyone.values())
    return tuple(
        EquityRow(
            group,
            shown[group],
            graduated[group],
            None if shown[group] is None or not total else (shown[group] or 0) / total,
            None if shown[group] is None or not of_all else everyone[group] / of_all,
        )
        for group in groups
    )


def withheld(counts: Mapping[str, int | None]) -> dict[str, int | None]:
    """The counts that may be printed; the others None, never exactly one of them."""
    out = {name: count if count is not None and count >= SMALLEST else None for name, count in counts.items()}
    hidden = [name for name, count in out.items() if count is None]
    rest: Sequence[str] = sorted((name for name, count in out.items() if count is not None), key=lambda n: out[n] or 0)
    if len(hidden) == 1 and counts[hidden[0]] is not None and rest:
        out[rest[0]] = None
    return out
