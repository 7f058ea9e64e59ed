"""A college's folder as an Excel workbook: the same college, the same checks, and every problem told at once."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook
from typer.testing import CliRunner

from gapengine import college
from gapengine.cli import app
from gapengine.college_workbook import ABOUT, NAME
from gapengine.errors import DataContract
from gapengine.problems import Problems, sentences


def cells_of(folder: Path) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_path(str(folder / NAME))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def written(folder: Path, sheets: dict[str, list[list[object]]]) -> None:
    with xlsxwriter.Workbook(str(folder / NAME)) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                for place, cell in enumerate(row):
                    if cell != "":
                        sheet.write(at, place, cell)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return college.init(tmp_path / "college", excel=True)


def problems(folder: Path) -> tuple[str, ...]:
    with pytest.raises(DataContract) as raised:
        college.load(folder)
    return sentences(raised.value)


def test_the_workbook_says_what_the_files_say(folder: Path) -> None:
    assert not list(folder.glob("programs.csv"))
    from_files, from_workbook = college.load(), college.load(folder)
    assert from_workbook.programs == from_files.programs
    assert from_workbook.pipelines == from_files.pipelines
    assert from_workbook.funding == from_files.funding
    assert from_workbook.commitments == from_files.commitments
    assert from_workbook.capacity == from_files.capacity
    assert from_workbook.sha256 != from_files.sha256


def test_the_command_writes_one_workbook_and_says_how_to_go_on(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["init", str(tmp_path / "mine"), "--excel"])
    assert result.exit_code == 0
    assert "college.xlsx" in result.output
    assert {"programs", "sections", ABOUT} <= set(cells_of(tmp_path / "mine"))


def test_numbers_of_excel_are_read_as_they_are_meant(folder: Path) -> None:
    sheets = cells_of(folder)
    head = sheets["programs"][0]
    row = next(row for row in sheets["programs"] if row[0] == "nursing-aas")
    row[head.index("seats")], row[head.index("completion_rate")] = 96.0, 0.625
    written(folder, sheets)
    program = next(row for row in college.load(folder).programs if row.program_id == "nursing-aas")
    assert program.seats.value == 96
    assert program.completion_rate.value == 0.625


def test_sections_and_seats_by_term_are_read_from_their_sheet(folder: Path) -> None:
    sheets = cells_of(folder)
    sheets["sections"] = [sheets["sections"][0], ["biowork", 2026.0, "fall", 3.0, 60.0, 48.0, 41.0]]
    written(folder, sheets)
    (term,) = college.load(folder).capacity.terms
    assert (term.program_id, term.year, term.term, term.sections, term.seats) == ("biowork", 2026, "fall", 3, 60)


def test_every_problem_of_every_sheet_is_told_at_once_with_its_place(folder: Path) -> None:
    sheets = cells_of(folder)
    programs = sheets["programs"]
    head = [str(cell) for cell in programs[0]]
    programs[1][head.index("cip_code")] = 51.38
    programs[2][head.index("fill_rate")] = "most"
    programs[2][head.index("award_level")] = "bachelor"
    sheets["pipelines"][1][[str(cell) for cell in sheets["pipelines"][0]].index("feeds")] = "biowrk"
    sheets["sections"] = [sheets["sections"][0], ["biowork", 2026.0, "autumn", 3.5], ["nobody", 2026.0, "fall", 1.0]]
    written(folder, sheets)
    told = problems(folder)
    for start in (
        "college.xlsx, sheet programs, row 2, column cip_code: found '51.38'",
        "college.xlsx, sheet programs, row 3, column fill_rate: found 'most'",
        "college.xlsx, sheet programs, row 3, column award_level: found 'bachelor'",
        "college.xlsx, sheet pipelines, row 2, column feeds: found 'biowrk'",
        "college.xlsx, sheet sections, row 2, column term: found 'autumn'",
        "college.xlsx, sheet sections, row 2, column sections: found '3.5'",
        "college.xlsx, sheet sections, row 3, column program_id: found 'nobody'",
    ):
        assert [sentence for sentence in told if sentence.startswith(start)], start
    assert len(told) == 7
    assert all("expected" in sentence for sentence in told)


@pytest.mark.parametrize(
    "heading",
    ["Student Name", "student_id", "Date of Birth", "birth_date", "E-Mail", "email", "SSN", "lastName", "Banner ID"],
)
def test_a_column_that_looks_personal_is_refused_in_any_sheet(folder: Path, heading: str) -> None:
    sheets = cells_of(folder)
    sheets["sections"][0].append(heading)
    written(folder, sheets)
    (told,) = problems(folder)
    assert "looks like data about persons" in told
    assert told.startswith("college.xlsx, sheet sections, row 1, column ")
    assert "delete the column" in told


@pytest.mark.parametrize("cell", ["call jane.doe@example.edu", "123-45-6789"])
def test_a_cell_that_tells_a_person_is_refused_and_not_repeated(folder: Path, cell: str) -> None:
    sheets = cells_of(folder)
    head = [str(name) for name in sheets["programs"][0]]
    sheets["programs"][1][head.index("note")] = cell
    written(folder, sheets)
    (told,) = [sentence for sentence in problems(folder) if "social security" in sentence]
    assert "column note" in told
    assert cell.rsplit(maxsplit=1)[-1] not in told


def test_a_sheet_that_is_no_table_is_refused(folder: Path) -> None:
    sheets = cells_of(folder)
    written(folder, sheets | {"Students 2026": [["anything"]]})
    assert any("sheet Students 2026: no table of this name" in sentence for sentence in problems(folder))


def test_a_cell_behind_the_last_heading_is_refused(folder: Path) -> None:
    sheets = cells_of(folder)
    sheets["funding"][1].append("forgotten")
    written(folder, sheets)
    assert any(
        "row 2" in sentence and "'forgotten' behind the last heading" in sentence for sentence in problems(folder)
    )


def test_a_table_in_both_places_is_refused(folder: Path) -> None:
    (folder / "funding.csv").write_text("fund_id\n", encoding="utf-8")
    assert any("funding.csv" in sentence and "delete the other" in sentence for sentence in problems(folder))


def test_what_is_no_workbook_is_told(folder: Path) -> None:
    (folder / NAME).write_bytes(b"PK\x03\x04 nothing")
    assert "no Excel workbook" in problems(folder)[0]


def test_one_problem_reads_as_one_sentence_and_many_as_a_list() -> None:
    assert str(Problems(["a"])) == "a"
    assert str(Problems(["a", "b"])) == "2 problems:\n- a\n- b"
    assert str(Problems(map(str, range(150)))).endswith("- and 50 more")
