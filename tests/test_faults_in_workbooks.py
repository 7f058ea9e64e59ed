"""A renamed field or heading in JSON and Excel, tried on the recordings of every connector: named, or of no use."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from tests.test_faults_across_sources import RECORDINGS, named, outcome, reader, same

JSONS = sorted(RECORDINGS.glob("*/*/*.json"))
BOOKS = sorted(RECORDINGS.glob("*/*/*.xlsx"))
DEEP = 12  # rows in which a header is looked for


def fields(text: str) -> list[str]:
    return sorted(set(re.findall(r'"(\w+)"\s*:', text)) or {str(cell) for cell in json.loads(text)[0]})


@pytest.mark.parametrize("path", JSONS, ids=named)
def test_a_renamed_field_is_refused_or_was_never_used(path: Path) -> None:
    read, text = reader(path), path.read_text(encoding="utf-8")
    whole = read(text.encode())
    silent = []
    for field in fields(text):
        result = outcome(read, text.replace(f'"{field}"', f'"{field}New"').encode())
        if not isinstance(result, Exception) and not same(result, whole):
            silent.append(field)
    assert [field for field in silent if field not in OPTIONAL] == [], "these fields were lost without a word"


OPTIONAL = (
    # Legistar leaves these out or empty where a county does not use them.
    *("MatterName", "MatterNotes", "EventItemMatterId", "EventItemMatterFile", "EventItemActionName"),
    # Footnotes of the BLS API: none means that a figure is final.
    *("footnotes", "code"),
)


def sheets(raw: bytes) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def written(book: dict[str, list[list[object]]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as workbook:
        for name, rows in book.items():
            sheet = workbook.add_worksheet(name)
            for at, row in enumerate(rows):
                for place, cell in enumerate(row):
                    if cell != "":
                        sheet.write(at, place, cell)
    return out.getvalue()


def headings(book: dict[str, list[list[object]]]) -> Iterator[tuple[str, int, int]]:
    for name, rows in book.items():
        texts = [sum(isinstance(cell, str) and cell != "" for cell in row) for row in rows[:DEEP]]
        if not texts or max(texts) < 2:
            continue
        at = texts.index(max(texts))
        yield from ((name, at, place) for place, cell in enumerate(rows[at]) if isinstance(cell, str) and cell)


@pytest.mark.hard
@pytest.mark.parametrize("path", BOOKS, ids=named)
def test_a_renamed_heading_of_a_workbook_is_refused_or_was_never_used(path: Path) -> None:
    read, book = reader(path), sheets(path.read_bytes())
    whole = read(written(book))
    silent = []
    for name, at, place in headings(book):
        changed = {title: [list(row) for row in rows] for title, rows in book.items()}
        changed[name][at][place] = f"Renamed {place}"
        result = outcome(read, written(changed))
        if not isinstance(result, Exception) and not same(result, whole):
            silent.append((name, book[name][at][place]))
    assert silent == [], "these columns were lost without a word"
