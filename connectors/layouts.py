"""The columns of an agency's file, and the check of a header against them."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from connectors.replies import SourceError


@dataclass(frozen=True)
class Layout:
    """The columns of an agency's file, as its document lists them.

    Names are compared without regard to case, line breaks and runs of spaces. Columns that the layout does not list
    are passed over.

    Attributes:
        document: where the layout is described; printed in error messages.
        columns: official names of the columns that must be there, in the agency's order.
        optional: official names of columns that may be there; absent ones are filled with "".
        spellings: other spellings of a column (older years) -> official name.
        ordered: whether ``columns`` must follow one another in the agency's order (a swapped header is then seen).
        whole: the agency's whole header, also the columns that are passed over, or several editions of it: the listed
            columns must then keep their order among all of these (a column swapped with its neighbour is then seen).
    """

    document: str
    columns: tuple[str, ...]
    optional: tuple[str, ...] = ()
    spellings: Mapping[str, str] = field(default_factory=dict)
    ordered: bool = True
    whole: tuple[tuple[str, ...], ...] = ()

    def official(self, header: Sequence[str]) -> list[str | None]:
        """Official name of each cell of a header row; None for a cell the layout does not list."""
        known = {plain(name): name for name in (*self.columns, *self.optional)}
        known |= {plain(other): name for other, name in self.spellings.items()}
        return [known.get(plain(cell)) for cell in header]


def check_header(header: Sequence[str], official: Sequence[str | None], layout: Layout, name: str, line: int) -> None:
    """Refuse a header in which a column is there twice, missing, renamed, or out of the agency's order.

    Args:
        header: its cells.
        official: their official names, as :meth:`Layout.official` gives them.
        layout: what they should be.
        name: what to call the file in messages.
        line: where the header stands.

    Raises:
        SourceError: naming the column.
    """
    remedy = f"Compare with {layout.document}"
    twice = [title for title in official if title and official.count(title) > 1]
    if twice:
        raise SourceError(name, f"expected one column {twice[0]!r}, found several", remedy, line=line)
    missing = [title for title in layout.columns if title not in official]
    if missing:
        strange = [plain(cell) for cell, title in zip(header, official, strict=True) if title is None and cell]
        near = {title: _renamed(title, header, official, layout) or title for title in missing}
        hints = [
            f"{title!r}" + (f" (renamed to {near[title]!r}?)" if near[title] != title else "") for title in missing
        ]
        found = f"expected columns that are missing: {', '.join(hints)}; unknown columns: {strange[:12]}"
        raise SourceError(name, found, remedy, line=line, column=missing[0])
    for title in layout.optional:
        names = (title, *(other for other, official_name in layout.spellings.items() if official_name == title))
        if title not in official and (other := _like(names, header, official)):
            found = f"expected {title!r} or nothing, found {other!r}: a renamed column would be lost"
            raise SourceError(name, found, remedy, line=line, column=title)
    if layout.ordered:
        seen = [title for title in official if title in layout.columns]
        moved = [title for title, due in zip(seen, layout.columns, strict=True) if title != due]
        if moved:
            found = f"expected the agency's order of columns, found {', '.join(map(repr, moved[:4]))} swapped"
            raise SourceError(name, found, remedy, line=line, column=moved[0])
    _check_whole(header, layout, name, line)


def _check_whole(header: Sequence[str], layout: Layout, name: str, line: int) -> None:
    """Refuse a header whose cells stand in another order than in the editions of the whole header nearest to it."""
    cells = [plain(cell) for cell in header]
    moved: list[str] = []
    orders = [{plain(title): at for at, title in enumerate(edition)} for edition in layout.whole]
    nearest = max((sum(cell in order for cell in cells) for order in orders), default=0)
    for order in orders:
        seen = [cell for cell in cells if cell in order]
        if len(seen) < nearest:
            continue
        moved = [cell for cell, due in zip(seen, sorted(seen, key=order.__getitem__), strict=True) if cell != due]
        if not moved:
            return
    if moved:
        found = f"expected the agency's order of columns, found {', '.join(map(repr, moved[:4]))} swapped"
        raise SourceError(name, found, f"Compare with {layout.document}", line=line, column=moved[0])


def _like(names: Sequence[str], header: Sequence[str], official: Sequence[str | None]) -> str | None:
    """An unlisted column that looks like a renamed one: it starts so, or differs in a few letters."""
    strange = [plain(cell) for cell, known in zip(header, official, strict=True) if known is None and cell]
    begun = [cell for cell in strange if cell.startswith(tuple(f"{plain(name)} " for name in names))]
    near = [cell for name in names for cell in difflib.get_close_matches(plain(name), strange, 1, 0.85)]
    return next(iter(begun or near), None)


def _renamed(missing: str, header: Sequence[str], official: Sequence[str | None], layout: Layout) -> str | None:
    """The unlisted column most like a missing one: at its place, between its neighbours, or anywhere."""
    at = layout.columns.index(missing)
    before = [official.index(title) for title in layout.columns[:at] if title in official]
    after = [official.index(title) for title in layout.columns[at + 1 :] if title in official]
    start, stop = max(before, default=-1) + 1, min(after, default=len(header))
    for first, last in ((start, min(start + 1, stop)), (start, stop), (0, len(header))):
        strange = [plain(header[i]) for i in range(first, last) if official[i] is None and header[i]]
        found = difflib.get_close_matches(plain(missing), strange, 1, 0.6)
        if found:
            return found[0]
    return None


def plain(cell: str) -> str:
    """A heading in small letters on one line, without a byte-order mark."""
    return " ".join(cell.replace("\ufeff", "").split()).casefold()
