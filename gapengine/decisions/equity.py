"""Students of a program by group, as the college supplied them; counts too small to print are withheld."""

from __future__ import annotations

from collections.abc import Mapping

from gapengine import privacy
from gapengine.capacity_records import EquityRow as Stated
from gapengine.college import College
from gapengine.decisions.dossier import EquityRow


def equity_rows(college: College, program_id: str) -> tuple[EquityRow, ...]:
    """The newest year's groups of a program beside all programs of the same year that the college stated.

    Groups are parts of a whole: those whose names share what stands before a colon (``age: under 25``) are one whole,
    those without a colon another. A count below ten is withheld, with whatever else it could be computed from
    (:mod:`gapengine.privacy`).
    """
    own = [row for row in college.capacity.equity if row.program_id == program_id]
    year = max((row.year for row in own), default=0)
    own = [row for row in own if row.year == year]
    everyone = [row for row in college.capacity.equity if row.year == year]
    out: list[EquityRow] = []
    for whole in dict.fromkeys(_whole(row.group) for row in own):
        out += _rows(
            [row for row in own if _whole(row.group) == whole], [row for row in everyone if _whole(row.group) == whole]
        )
    return tuple(out)


def _rows(own: list[Stated], everyone: list[Stated]) -> list[EquityRow]:
    shown = withheld({row.group: row.enrolled for row in own})
    graduated = withheld({row.group: row.completers for row in own})
    total, of_all = (sum(row.enrolled or 0 for row in rows) for rows in (own, everyone))
    college = {row.group: 0 for row in own}
    for row in everyone:
        if row.group in college:
            college[row.group] += row.enrolled or 0
    return [
        EquityRow(
            group,
            count,
            graduated[group],
            None if count is None or not total else count / total,
            None if count is None or not of_all else college[group] / of_all,
        )
        for group, count in shown.items()
    ]


def withheld(counts: Mapping[str, int | None]) -> dict[str, int | None]:
    """The counts of one whole that may be printed beside their total; the others None."""
    known = {name: count for name, count in counts.items() if count is not None}
    shown, _ = privacy.protect_list(list(known.values()))
    return dict.fromkeys(counts) | dict(zip(known, shown, strict=True))


def _whole(group: str) -> str:
    return group.partition(":")[0] if ":" in group else ""
