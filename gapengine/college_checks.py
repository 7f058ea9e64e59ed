"""Checks a college's files row by row, and what one file says about another; every message names the place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from gapengine.assumptions import Assumptions
from gapengine.college_files import Row, TomlFile, nearest, read_rows
from gapengine.college_records import AreaEntry, CollegeFile, Indicator, Limit, ProgramRow, Record, Sector
from gapengine.errors import DataContract
from gapengine.problems import Findings, together

_R = TypeVar("_R", bound=Record)


def table(path: Path, model: type[_R]) -> tuple[tuple[_R, ...], tuple[Row, ...]]:
    """Read a CSV file into records, and return with them the rows that know their place.

    Columns for which the record has a default may be missing from the file.

    Raises:
        DataContract: the file or one of its cells breaks the declaration of the record.
    """
    optional = [name for name, declared in model.model_fields.items() if not declared.is_required()]
    rows = read_rows(path, tuple(model.model_fields), optional)
    return typed(model, rows), rows


def gathered(found: Findings, path: Path, model: type[_R]) -> tuple[tuple[_R, ...] | None, tuple[Row, ...]]:
    """Read a table as :func:`table` does, but keep what is wrong for a message about all files.

    Returns:
        The records, None where a cell is wrong; the rows, none where the table could not be read at all.
    """
    optional = [name for name, declared in model.model_fields.items() if not declared.is_required()]
    rows = found.of(partial(read_rows, path, tuple(model.model_fields), optional))
    return (None, ()) if rows is None else (found.of(partial(typed, model, rows)), rows)


def typed(model: type[_R], rows: Sequence[Row]) -> tuple[_R, ...]:
    """Check rows into records.

    Raises:
        Problems: every cell of every row that breaks the declaration.
    """
    found: list[_R] = []
    wrong: list[DataContract] = []
    for row in rows:
        try:
            found.append(model.model_validate(dict(row.cells)))
        except ValidationError as error:
            wrong += [
                row.fail(str(item["loc"][0]), _expected(item["msg"]), "Correct the cell; leave it empty where unknown.")
                for item in error.errors(include_url=False)
            ]
    together(wrong)
    return tuple(found)


def record(model: type[_R], toml: TomlFile, data: Mapping[str, object], keys: tuple[str, ...]) -> _R:
    """Check one table of a TOML file into a record.

    Args:
        model: the record's class.
        toml: the file, for the message.
        data: the table.
        keys: where the table stands in the file.

    Raises:
        DataContract: a key is unknown, missing or has a wrong value.
    """
    try:
        return model.model_validate(data)
    except ValidationError as error:
        together(_wrong_keys(model, toml, error, keys))
        raise


def _wrong_keys(
    model: type[Record], toml: TomlFile, error: ValidationError, keys: tuple[str, ...]
) -> Iterator[DataContract]:
    """One problem a key: unknown keys first, since they often explain the missing ones."""
    found = sorted(error.errors(include_url=False), key=lambda item: item["type"] != "extra_forbidden")
    for item in found:
        loc = (*keys, *(str(part) for part in item["loc"]))
        remedy = "Correct it; `gapengine init DIR` writes a full example."
        if item["type"] == "extra_forbidden":
            below = (name for part in (AreaEntry, Sector, Limit) for name in part.model_fields)
            remedy = nearest(loc[-1], list(model.model_fields if len(item["loc"]) == 1 else below))
        yield toml.fail(loc, _expected(item["msg"]), remedy)


def indicators(toml: TomlFile) -> Iterator[Indicator]:
    """Yield the shared indicators of indicators.toml, one table each.

    Raises:
        DataContract: as :func:`record`.
    """
    for name, entry in toml.data.items():
        if not isinstance(entry, dict):
            raise toml.fail((name,), "a table for each indicator, as in [completers]", "Move the key into one.")
        yield record(Indicator, toml, {"indicator_id": name.replace("_", "-"), **entry}, (name,))


def _expected(message: str) -> str:
    text = message.removeprefix("Value error, expected ").removeprefix("Input should be ")
    return {"Extra inputs are not permitted": "no such key", "Field required": "this key, which is missing"}.get(
        text, text
    )


def unique(rows: Sequence[Row], column: str) -> None:
    """Refuse a file that uses a name twice.

    Raises:
        DataContract: naming both lines.
    """
    together(_twice(rows, column))


def _twice(rows: Sequence[Row], column: str) -> Iterator[DataContract]:
    seen: dict[str, int] = {}
    for row in rows:
        name = row.cells[column]
        if name in seen:
            yield row.fail(column, f"a name used once (line {seen[name]} has it too)", "Rename one of the two.")
        seen.setdefault(name, row.line)


def refer(rows: Sequence[Row], names: Sequence[tuple[str, ...]], column: str, known: Sequence[str]) -> None:
    """Refuse a row that names a program which programs.csv lacks.

    Raises:
        DataContract: naming the program and the nearest known one.
    """
    together(
        row.fail(column, f"program_ids of programs.csv, not {name!r}", nearest(name, known))
        for row, listed in zip(rows, names, strict=True)
        for name in listed
        if name not in known
    )


def listed(rows: Sequence[Row], column: str) -> list[tuple[str, ...]]:
    """The names that a cell lists, separated by semicolons, of each row."""
    cells = (row.cells.get(column, "").split(";") for row in rows)
    return [tuple(name.strip() for name in names if name.strip()) for names in cells]


def check_programs(programs: Sequence[ProgramRow], rows: Sequence[Row]) -> None:
    """Refuse programs that contradict themselves or name an award to stack into that does not exist.

    Raises:
        DataContract: naming line and column.
    """
    together(_contradictions(programs, rows))


def _contradictions(programs: Sequence[ProgramRow], rows: Sequence[Row]) -> Iterator[DataContract]:
    by_id = {program.program_id: program for program in programs}
    for program, row in zip(programs, rows, strict=True):
        if program.stacks_into is not None and program.stacks_into not in by_id:
            yield row.fail("stacks_into", "the program_id of a higher award", nearest(program.stacks_into, list(by_id)))
        if program.stacks_into == program.program_id:
            yield row.fail("stacks_into", "another program than this one", "Leave it empty.")
        if (program.add_soc or program.drop_soc) and not program.map_reason:
            yield row.fail("map_reason", "a reason for add_soc or drop_soc", "Say why the official pairs are wrong.")
        if both := set(program.add_soc) & set(program.drop_soc):
            yield row.fail("drop_soc", f"no code of add_soc ({', '.join(sorted(both))})", "Keep it in one of the two.")
        if (program.kind == "noncredit") != (program.award_level == "noncredit"):
            yield row.fail("kind", "noncredit exactly where award_level is noncredit", "Change one of the two.")
        if (program.completers_low is None) != (program.completers_high is None):
            yield row.fail(
                "completers_high", "both ends of the range or neither", "Repeat the number for an exact one."
            )
        elif (program.completers_low or 0) > (program.completers_high or 0):
            yield row.fail("completers_high", "no less than completers_low", "Swap the two.")


def check_counties(toml: TomlFile, profile: CollegeFile) -> None:
    """Refuse a labor shed that counts a county twice or leaves out the college's own.

    Raises:
        DataContract: naming the county.
    """
    counts = Counter(county for area in profile.labor_shed for county in area.counties)
    if twice := [county for county, count in counts.items() if count > 1]:
        raise toml.fail(("labor_shed",), f"each county once; {', '.join(twice)} is in two areas", "Delete one.")
    if profile.county_fips not in counts:
        home = f"an area that holds the college's own county {profile.county_fips}"
        raise toml.fail(("labor_shed",), home, "Add it.")


def check_sectors(toml: TomlFile, profile: CollegeFile, program_ids: Sequence[str]) -> None:
    """Refuse a sector that names a program which programs.csv lacks.

    Raises:
        DataContract: naming the program and the nearest known one.
    """
    together(
        toml.fail(
            ("sectors", str(number), "programs"), f"programs of programs.csv, not {name!r}", nearest(name, program_ids)
        )
        for number, sector in enumerate(profile.sectors)
        for name in sector.programs
        if name not in program_ids
    )


def check_thresholds(toml: TomlFile, profile: CollegeFile, assumptions: Assumptions) -> None:
    """Refuse a threshold that names no assumption.

    Raises:
        DataContract: naming the key and the nearest assumption.
    """
    together(
        toml.fail(("thresholds", key), f"the name of an assumption, not {name!r}", nearest(name, list(assumptions)))
        for key, name in profile.thresholds.items()
        if name not in assumptions
    )
