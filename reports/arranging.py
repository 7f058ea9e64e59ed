"""Which programs and projects stand where: groups of the table, the timeline's choice, columns of the index."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate

from reports import wording
from reports.background import Announcement
from reports.fitting import PageView
from reports.programs import ProgramRow, TransferProgram
from reports.quantities import ActionKind

_MOST_ON_TIMELINE = 24
_INDEX_LETTERS = 70  # that a line of a column of the index holds


def by_action(rows: Iterable[ProgramRow]) -> list[tuple[ActionKind, list[ProgramRow]]]:
    """The rows by advice, what needs a decision first; kinds without a program are left out."""
    rows = list(rows)
    groups = [(kind, [row for row in rows if row.action == kind]) for kind in wording.ACTION_ORDER]
    return [(kind, members) for kind, members in groups if members]


def in_order(pages: Iterable[PageView]) -> list[PageView]:
    """The pages of programs in the order of the table of all programs."""
    return sorted(pages, key=lambda view: wording.ACTION_ORDER.index(view.page.row.action))


def charted(announcements: Sequence[Announcement]) -> list[Announcement]:
    """The projects on the timeline: those with most jobs, oldest first."""

    def size(project: Announcement) -> tuple[bool, float]:
        """Those that still count first, then by what is promised or expected, whichever is more."""
        expected = project.expected.p50 if project.expected else 0.0
        return project.counted and not project.cancelled, max(expected, project.promised_high or 0.0)

    largest = sorted(announcements, key=size, reverse=True)[:_MOST_ON_TIMELINE]
    return sorted(largest, key=lambda project: (project.announced, project.company))


def left_over(row: ProgramRow) -> bool:
    """Whether its own graduates find no opening: half a person or more, or less where a surplus is likelier."""
    if row.unplaced is None or (row.gap is not None and row.gap.p50 >= 0.5):
        return False
    likelier = row.p_surplus is not None and row.p_surplus > (row.p_shortage or 0.0)
    return row.unplaced.p50 >= 0.5 or (likelier and row.unplaced.p50 > 0)


def in_balance(row: ProgramRow) -> bool:
    """Whether neither a graduate nor an opening is left over, as far as the medians say."""
    return row.gap is not None and row.gap.p50 < 0.5 and not left_over(row)


def columns(entries: Sequence[ProgramRow | TransferProgram]) -> tuple[list[ProgramRow | TransferProgram], ...]:
    """The entries of the index in two columns of about as many printed lines, the left one never the shorter."""
    lines = [
        1 + len(f"{entry.title[:44]}, {entry.award_level.split(',')[0]}, 00") // _INDEX_LETTERS for entry in entries
    ]
    done = list(accumulate(lines))
    half = next((at + 1 for at, count in enumerate(done) if 2 * count >= done[-1]), 0)
    return list(entries[:half]), list(entries[half:])
