"""How the tests change a copy of a college's folder."""

import csv
from pathlib import Path

from gapengine import college
from gapengine.arrivals import choices


def undecided(target: Path) -> Path:
    """A copy of the embedded college's folder without its decisions about announcements."""
    folder = college.init(target)
    (folder / choices.FILE).unlink()
    return folder


def change(folder: Path, file: str, old: str, new: str) -> None:
    """Replace a text that must be in the file, once."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def set_cell(folder: Path, program: str, **cells: str) -> None:
    """Write cells of one program's row."""
    path = folder / "programs.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    next(row for row in rows if row["program_id"] == program).update(cells)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0])
        writer.writeheader()
        writer.writerows(rows)
