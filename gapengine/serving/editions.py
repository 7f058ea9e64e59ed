"""What lies on disk to be read: editions of the report and earlier briefs. Nothing is looked up outside two folders."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

EDITION_FILES = {"report.pdf": "PDF", "report.html": "web page", "report.xlsx": "Excel"}
BRIEF_FILES = {"brief.pdf": "PDF", "brief.html": "web page"}
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


@dataclass(frozen=True)
class Shelf:
    """One folder with files to read.

    Attributes:
        place: its parts below the root, as they stand in an address.
        title: what a person calls it.
        files: names of the files that are there.
        made: order of appearance; newer is larger.
    """

    place: tuple[str, ...]
    title: str
    files: tuple[str, ...]
    made: str


def editions(runs: Path) -> list[Shelf]:
    """Every edition below the folder of runs, newest first: college/edition/run."""
    found = []
    for document in sorted(runs.glob("*/*/*/run.json")):
        folder = document.parent
        place = folder.relative_to(runs).parts
        if not all(_NAME.fullmatch(part) for part in place):
            continue
        files = tuple(name for name in EDITION_FILES if (folder / name).is_file())
        if files:
            found.append(Shelf(place, f"{place[0]}, {place[1]}", files, place[1]))
    return sorted(found, key=lambda shelf: (shelf.made, shelf.place), reverse=True)


def briefs(folder: Path) -> list[Shelf]:
    """Every brief that was made here, newest first."""
    found = []
    for document in folder.glob("*/brief.json"):
        name = document.parent.name
        if not re.fullmatch(r"[0-9a-f]{12}", name):
            continue
        try:
            told = json.loads(document.read_text(encoding="utf-8"))
            title = f"{told['company']}: {told['headline']}"
        except (OSError, ValueError, KeyError, TypeError):
            continue
        files = tuple(part for part in BRIEF_FILES if (document.parent / part).is_file())
        found.append(Shelf((name,), title, files, f"{document.stat().st_mtime_ns:020d}"))
    return sorted(found, key=lambda shelf: (shelf.made, shelf.place), reverse=True)


def file_in(root: Path, place: tuple[str, ...], name: str, allowed: dict[str, str]) -> Path | None:
    """The file of a shelf, if its name is one of the allowed and it lies below the root; else None."""
    if name not in allowed or not all(_NAME.fullmatch(part) for part in place):
        return None
    found = root.joinpath(*place, name).resolve()
    return found if found.is_file() and found.is_relative_to(root.resolve()) else None
