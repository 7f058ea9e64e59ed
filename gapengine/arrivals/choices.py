"""An analyst's decisions about announced projects: confirm, correct, merge, split, reject; they win over the machine.

They stand in announcement_decisions.csv of the college's folder, one row a decision, and apply in the order of the
file. No pull writes that file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter, ValidationError

from gapengine import college_checks as checks
from gapengine.arrivals.tellings import STAGES, County, Stage, cells, write_rows
from gapengine.college_files import Row, nearest
from gapengine.college_records import Record
from gapengine.errors import DataContract

FILE = "announcement_decisions.csv"
_ID = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
_OPTIONAL_ID = Annotated[str, Field(pattern=r"^([a-z0-9]+(-[a-z0-9]+)*)?$")]
_DAY = Annotated[str, Field(pattern=r"^\d{4}(-\d\d(-\d\d)?)?$")]
_Number = Annotated[float, Field(ge=0, allow_inf_nan=False)]
_Year = Annotated[int, Field(ge=1990, le=2100)]
_Words = Annotated[str, Field(min_length=1)]

FIELDS: dict[str, TypeAdapter[object]] = {
    "company": TypeAdapter(_Words),
    "project": TypeAdapter(_Words),
    "county_fips": TypeAdapter(County),
    "city": TypeAdapter(_Words),
    "naics_code": TypeAdapter(Annotated[str, Field(pattern=r"^\d{4}$")]),
    "jobs": TypeAdapter(_Number),
    "jobs_max": TypeAdapter(_Number),
    "jobs_qualifier": TypeAdapter(_Words),
    "investment_usd": TypeAdapter(_Number),
    "avg_wage_usd": TypeAdapter(_Number),
    "announced_date": TypeAdapter(_DAY),
    "start_year": TypeAdapter(_Year),
    "by_year": TypeAdapter(_Year),
    "horizon_years": TypeAdapter(_Number),
    "operational_year": TypeAdapter(_Year),
    "stage": TypeAdapter(Stage),
    "stage_date": TypeAdapter(_DAY),
    "realised_jobs": TypeAdapter(_Number),
    "source_address": TypeAdapter(Annotated[str, Field(pattern=r"^https?://\S+$")]),
    "note": TypeAdapter(_Words),
}
"""What ``correct`` may change, and what its value must be."""


class Decision(Record):
    """One row of announcement_decisions.csv.

    Attributes:
        decision: confirm (it is right as shown, and its doubts are settled), correct (set ``field`` to ``value``),
            merge (``event`` is the same project as ``other``, and goes into it), split (``telling`` is a project of its
            own, named ``other`` where given), reject (not a project that brings jobs; or one ``telling`` of it).
        event: the event, as ``announcements list`` shows it.
        other: see merge and split.
        telling: one telling of the event, for split and reject.
        county: for correct, the county whose row is meant; empty where the event has one county or all are meant.
        field, value: for correct.
        decided_on, decided_by: day, and a role or initials.
        why: the reason, in a sentence.
    """

    decision: Literal["confirm", "correct", "merge", "split", "reject"]
    event: _ID
    other: _OPTIONAL_ID
    telling: _OPTIONAL_ID
    county: Annotated[str, Field(pattern=r"^(\d{5})?$")]
    field: str
    value: str
    decided_on: date
    decided_by: str
    why: str


COLUMNS = tuple(Decision.model_fields)


@dataclass(frozen=True)
class Choice:
    """A decision and the row that it stands in, so that a message can name the line."""

    decision: Decision
    row: Row = field(compare=False)

    @property
    def parsed(self) -> object:
        """The value of a correction in the type of its field."""
        return FIELDS[self.decision.field].validate_python(self.decision.value)


def read(folder: Path) -> tuple[Choice, ...]:
    """Decisions of a college's folder; none where it has no such file.

    Raises:
        DataContract: a cell breaks the declaration, or a decision lacks what it needs; the message names the line.
    """
    path = folder / FILE
    if not path.exists():
        return ()
    found, rows = checks.table(path, Decision)
    choices = tuple(Choice(decision, row) for decision, row in zip(found, rows, strict=True))
    for choice in choices:
        _check(choice)
    return choices


LAYOFF = "warn-"
"""Names of layoffs start so; an analyst may correct their industry, which notices do not tell."""


def _check(choice: Choice) -> None:
    decision, row = choice.decision, choice.row
    if decision.event.startswith(LAYOFF) and (decision.decision, decision.field) != ("correct", "naics_code"):
        raise row.fail("field", "naics_code: of a layoff only the industry can be corrected", "Correct the row.")
    if decision.decision == "merge" and not decision.other:
        raise row.fail("other", "the event that it is the same as", "Name it, as `announcements list` shows it.")
    if decision.decision == "merge" and decision.other == decision.event:
        raise row.fail("other", "another event than the one merged", "Delete the row, or name the other event.")
    if decision.decision == "split" and not decision.telling:
        raise row.fail("telling", "the telling to take out", "`announcements show EVENT` lists them.")
    if decision.decision != "correct":
        return
    if decision.field not in FIELDS:
        raise row.fail("field", f"a field to correct ({', '.join(FIELDS)})", nearest(decision.field, list(FIELDS)))
    try:
        FIELDS[decision.field].validate_strings(decision.value)
    except ValidationError as error:
        message = error.errors(include_url=False)[0]["msg"].removeprefix("Input should be ")
        extra = f" ({', '.join(STAGES)})" if decision.field == "stage" else ""
        raise row.fail("value", f"for {decision.field}: {message}{extra}", "Correct the cell.") from None


def append(folder: Path, decision: Decision) -> None:
    """Add a decision at the end of the file, which appears whole or not at all; a first one makes the file.

    Raises:
        DataContract: the file as it is, or the decision, breaks the declaration; nothing is written.
    """
    known = read(folder)
    row = Row(folder / FILE, len(known) + 2, cells(decision))
    _check(Choice(decision, row))
    write_rows(folder / FILE, COLUMNS, [cells(item.decision) for item in known] + [cells(decision)])


def unknown_event(choice: Choice, column: str, name: str, known: Sequence[str]) -> DataContract:
    """The error of a decision about an event or telling that there is not."""
    return choice.row.fail(column, f"one that there is, not {name!r}", nearest(name, known))
