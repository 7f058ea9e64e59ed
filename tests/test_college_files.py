"""Wrong files in a college's folder are refused: file, line, column, what was found, what was expected, what to do."""

import csv
import re
import shutil

import pytest

from gapengine import college as module
from gapengine.college_files import looks_personal
from gapengine.errors import DataContract
from gapengine.problems import sentences
from tests.college_folder import change, set_cell

DURHAM = module.load()


@pytest.fixture
def folder(tmp_path):
    """A copy of the embedded college, to be broken."""
    return module.init(tmp_path / "college")


@pytest.mark.parametrize(
    "column",
    ["name", "student_name", "First Name", "lastName", "student_id", "StudentNumber", "Campus ID", "birth_date", "DOB",
     "date of birth", "e-mail", "Email", "email_address", "SSN", "phone", "learner", "surname"],
)  # fmt: skip
def test_a_column_that_looks_personal_is_refused_before_a_row_is_read(folder, column):
    assert looks_personal(column)
    change(folder, "programs.csv", "program_id,title", f"program_id,{column},title")
    with pytest.raises(
        DataContract, match=r"programs\.csv, line 1, column 2: .* looks like data about persons"
    ) as raised:
        module.load(folder)
    assert raised.value.exit_code == 6


@pytest.mark.parametrize("record", ["programs.csv", "pipelines.csv", "funding.csv", "employers.csv"])
def test_no_declared_column_looks_personal(record):
    header = (module.embedded() / record).read_text(encoding="utf-8").splitlines()[0]
    assert not [column for column in header.split(",") if looks_personal(column)]


@pytest.mark.parametrize("column", ["program_name", "course_title", "students", "seats_filled", "employer"])
def test_a_count_or_a_thing_does_not_look_personal(column):
    assert not looks_personal(column)


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"seats": "many"}, "column seats: found 'many', expected a valid number"),
        ({"seats": "-3"}, "column seats: found '-3', expected greater than or equal to 0"),
        ({"seats": "inf"}, "column seats: found 'inf', expected a finite number"),
        ({"fill_rate": "95"}, "column fill_rate: found '95', expected less than or equal to 1"),
        ({"award_level": "master"}, "expected 'certificate', 'diploma', 'associate' or 'noncredit'"),
        ({"cip_code": "51.38"}, "column cip_code: found '51.38'"),
        ({"add_soc": "29-1141;291142"}, "column add_soc"),
        ({"add_soc": "29-1141", "map_reason": ""}, "column map_reason: found '', expected a reason"),
        ({"add_soc": "25-1072"}, "column drop_soc"),
        ({"stacks_into": "nursing-as"}, "Did you mean 'nursing-aas'"),
        ({"stacks_into": "nursing-aas"}, "another program than this one"),
        ({"kind": "noncredit"}, "noncredit exactly where award_level is noncredit"),
        ({"completers_low": "5"}, "both ends of the range"),
        ({"completers_low": "5", "completers_high": "4"}, "no less than completers_low"),
        ({"source_address": "see website"}, "one web address"),
        ({"title": ""}, "column title: found ''"),
        ({"program_id": "practical-nursing-diploma"}, "has it too"),
        ({"first_completers_year": "26"}, "column first_completers_year"),
    ],
)
def test_a_wrong_cell_is_named_with_line_column_and_remedy(folder, cells, message):
    line = [program.program_id for program in DURHAM.programs].index("nursing-aas") + 2
    set_cell(folder, "nursing-aas", **cells)
    with pytest.raises(DataContract, match=re.escape(message)) as raised:
        module.load(folder)
    first = sentences(raised.value)[0]
    assert re.match(rf"programs\.csv, line ({line}|{line + 1}), column ", first)
    assert str(folder) in str(raised.value)


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("programs.csv", "award_level", "award_levl", "unknown column 'award_levl'. Did you mean 'award_level'?"),
        ("programs.csv", ",seats,", ",", "missing column seats"),
        ("programs.csv", ",seats,", ",kind,", "kind appears twice"),
        ("programs.csv", "certificate,career,auto", "certificate,career,auto,,", "27 cells, expected 25"),
        ("funding.csv", ",one_time,", ",once,", "column term: found 'once', expected 'one_time' or 'recurring'"),
        ("funding.csv", "county-bond-health", "county-bond-life-sciences", "has it too"),
        ("pipelines.csv", ",biowork,", ",bio-work,", "Did you mean 'biowork'?"),
        ("employers.csv", ",3254,", ",325,", "column naics_code: found '325'"),
        ("college.toml", 'unit_id = "198455"', "unit_id = 198455", "line 4, unit_id: expected a valid string"),
        ("college.toml", "unit_id", "unitid", "Did you mean 'unit_id'?"),
        ("college.toml", 'weight = "labor_shed.outer_weight"', 'weight = "outer"', "labor_shed.1.weight"),
        ("college.toml", '37145 = "Person"', '37183 = "Person"', "each county once; 37183 is in two areas"),
        ("college.toml", '37063 = "Durham", ', "", "the college's own county 37063"),
        ("college.toml", '"biowork", ', '"biowrk", ', "Did you mean 'biowork'?"),
        ("college.toml", '"threshold.min_completers"', '"threshold.min"', "smallest_program: expected the name"),
        ("indicators.toml", "owner = ", "ownr = ", "Did you mean 'owner'?"),
        ("indicators.toml", "[biowork_certified]", "biowork = 3\n[biowork_certified]", "life_sciences_gap.biowork"),
    ],
)
def test_a_wrong_file_is_refused_with_its_place_and_the_nearest_known_name(folder, file, old, new, message):
    change(folder, file, old, new)
    with pytest.raises(DataContract, match=re.escape(message)) as raised:
        module.load(folder)
    assert any(sentence.startswith(file) and message in sentence for sentence in sentences(raised.value))


def test_a_missing_file_a_wrong_encoding_and_a_torn_quote_are_told(folder):
    (folder / "funding.csv").unlink()
    with pytest.raises(DataContract, match=r"funding\.csv: no such file"):
        module.load(folder)
    shutil.copy(module.embedded() / "funding.csv", folder)
    raw = (folder / "pipelines.csv").read_bytes()
    (folder / "pipelines.csv").write_bytes(raw + "caf\xe9".encode("cp1252"))
    with pytest.raises(DataContract, match="is no UTF-8"):
        module.load(folder)
    (folder / "pipelines.csv").write_bytes(raw + b'x,"torn')
    with pytest.raises(DataContract, match=r"pipelines\.csv, line \d+: "):
        module.load(folder)


def test_a_byte_order_mark_swapped_columns_and_blank_lines_do_no_harm(folder):
    path = folder / "programs.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, list(reversed(rows[0])))
        writer.writeheader()
        stream.write("\r\n# a note\r\n")
        writer.writerows(rows)
    assert module.load(folder).programs == DURHAM.programs
