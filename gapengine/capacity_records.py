"""What sections take and yield, one frozen record per row: costs, shared limits, terms, shared courses, equity, rates.

These files of a college's folder are optional; a file or a cell that is missing means "unknown to the folder".
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from gapengine.college_records import Address, Name, Number, Record, Share, Slug, Text, Year, blank

Term = Literal["spring", "summer", "fall"]
Whole = Annotated[Annotated[int, Field(ge=0)] | None, BeforeValidator(blank)]


class CapacityRow(Record):
    """One line of capacity.csv: numbers of a program beyond those of programs.csv, all for one section if not said."""

    program_id: Slug
    cohorts_per_year: Number = None
    start_cost_usd: Annotated[Number, Field(description="dollars, once, for one further section")] = None
    launch_cost_usd: Annotated[Number, Field(description="dollars, once, to start the program where none runs")] = None
    coaches_per_section: Annotated[Number, Field(description="full-time equivalents of success coaches")] = None
    fte_per_section: Annotated[Number, Field(description="funded full-time equivalents of students a year")] = None
    placement_rate: Annotated[Share, Field(description="completers who work in field, of those who stay")] = None
    funding_tier: Annotated[str, Field(description="a tier or sector of rates.csv")] = ""
    teach_out_terms: Annotated[Number, Field(description="terms until the last student is through")] = None
    teach_out_cost_usd: Annotated[Number, Field(description="dollars, once, beyond the sections' own cost")] = None
    source_address: Address = ""
    note: str = ""


class Use(Record):
    """One line of uses.csv: a section of a program takes part of a shared limit (clinical places, laboratories)."""

    program_id: Slug
    limit: Annotated[Name, Field(description="a key of [limits] in college.toml")]
    per_section: Annotated[Number, Field(description="in the limit's unit; blank: the seats of a section")] = None
    source_address: Address = ""
    note: str = ""


class TermRow(Record):
    """One line of sections.csv: sections and seats of a program in a term, counts of people only in total."""

    program_id: Slug
    year: Annotated[int, Field(ge=1990, le=2100)]
    term: Term
    sections: Whole = None
    seats: Whole = None
    enrolled: Whole = None
    completers: Whole = None
    source_address: Address = ""
    note: str = ""


class SharedRow(Record):
    """One line of shared.csv: a program shares courses or instructors with another, so closing it saves less."""

    program_id: Slug
    with_program: Slug
    what: Literal["courses", "faculty"]
    share: Annotated[Share, Field(description="part of the program's sections that the other needs as well")] = None
    source_address: Address = ""
    note: str = ""


class EquityRow(Record):
    """One line of equity.csv: people of one group in a program, as counts; small cells stay blank."""

    program_id: Slug
    year: Annotated[int, Field(ge=1990, le=2100)]
    group: Text
    enrolled: Whole = None
    completers: Whole = None
    source_address: Address = ""
    note: str = ""


class AlternativeRow(Record):
    """One line of alternatives.csv: what the college tried instead of closing a program, and what came of it."""

    program_id: Slug
    year: Annotated[int, Field(ge=1990, le=2100)]
    alternative: Annotated[Text, Field(description="what was tried, as in: evening sections with two employers")]
    outcome: Annotated[Text, Field(description="what came of it, with a number where there is one")]
    cured: Annotated[Literal["yes", "no"], Field(description="whether graduates found openings afterwards")]
    source_address: Address = ""
    note: str = ""


class Rate(Record):
    """One line of rates.csv: what the state pays for a full-time equivalent of a tier or sector in a fiscal year."""

    tier: Text
    year: Annotated[Year, Field(description="calendar year in which the fiscal year ends")]
    usd_per_fte: Number = None
    source_address: Address = ""
    note: str = ""
