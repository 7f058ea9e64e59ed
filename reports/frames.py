"""The numbers of a report as tidy tables: what is attached to the PDF as CSV and what the Excel workbook shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import pandas as pd

from reports.programs import ProgramPage, ProgramRow
from reports.quantities import Range
from reports.quarterly import QuarterlyReport
from reports.wording import clean, web_address

Row = dict[str, object]

_SIGNS = frozenset("=+-@\t\r")
_NUMBER = re.compile(r"^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$")


def frames(report: QuarterlyReport) -> dict[str, pd.DataFrame]:
    """Every table of the report by name; people are people a year, money is dollars, shares lie between 0 and 1.

    Tables without rows are left out. The figures are unrounded; a page prints the same figures rounded.
    """
    tables: dict[str, list[Row]] = {
        "page_one": _page_one(report),
        "programs": [_program(row) for row in report.programs],
        "occupations_fed": [_with(page, **vars(fed)) for page in report.pages for fed in page.occupations],
        "other_providers": [_with(page, **vars(other)) for page in report.pages for other in page.others],
        "capacity": [_with(page, **vars(figure)) for page in report.pages for figure in page.capacity],
        "reasons": [row for page in report.pages for row in _reasons(page)],
        "placements": [_with(page, **vars(page.placement)) for page in report.pages if page.placement],
        "demand_by_year": [row for page in report.pages for row in _demand(page)],
        "completions": [
            {"program_id": identifier, "year": year.year, "completions": year.count}
            for identifier, history in (
                *((row.program_id, row.completions) for row in report.programs),
                *((program.program_id, program.completions) for program in report.transfer),
            )
            for year in history
        ],
        "settling": [_with(page, **vars(item)) for page in report.pages for item in page.settling],
        **_closing(report),
        **_outlook(report),
        "announcements": [_flat(vars(item)) for item in report.announcements],
        "layoffs": [_flat(vars(item)) for item in report.layoffs],
        "unserved_occupations": [_flat(vars(item)) for item in report.unserved],
        "transfer_programs": [
            _flat({k: v for k, v in vars(item).items() if k != "completions"}) for item in report.transfer
        ],
        "joint_gaps": [_flat(vars(item) | {"programs": " | ".join(item.programs)}) for item in report.joint_gaps],
        "indicators": [_flat(vars(item)) for item in report.indicators],
        "assumptions": [_flat(vars(item)) for item in report.assumptions],
        "sources": sources(report),
    }
    return {name: pd.DataFrame(rows) for name, rows in tables.items() if rows}


def _closing(report: QuarterlyReport) -> dict[str, list[Row]]:
    """The dossiers: gates, teach-out, students, alternatives."""
    cases = [(page, page.dossier) for page in report.pages if page.dossier]
    return {
        "closing_gates": [_with(page, **vars(gate)) for page, case in cases for gate in case.verdicts],
        "teach_out": [_with(page, **vars(step)) for page, case in cases for step in case.steps],
        "students_by_group": [_with(page, **vars(group)) for page, case in cases for group in case.groups],
        "instead_of_closing": [_with(page, **vars(other)) for page, case in cases for other in case.instead],
    }


def _outlook(report: QuarterlyReport) -> dict[str, list[Row]]:
    """The portfolio, the sectors, the counties, and what changed."""
    best = report.portfolio
    return {
        "portfolio": [_flat(vars(choice)) for choice in best.choices] if best else [],
        "limits": [_flat(vars(limit)) for limit in best.limits] if best else [],
        "frontier": [_flat(vars(point)) for point in best.frontier] if best else [],
        "industries_by_year": [
            {"sector": lens.title, "naics_code": path.naics_code, "title": path.title, "year": year}
            | {"jobs_p10": low, "jobs_p50": middle, "jobs_p90": high}
            for lens in report.sectors
            for path in lens.industries
            for year, low, middle, high in zip(path.years, path.p10, path.p50, path.p90, strict=True)
        ],
        "youth_pipelines": [
            {"sector": lens.title}
            | _flat(vars(way) | {"feeds": " | ".join(way.feeds), "address": web_address(way.address)})
            for lens in report.sectors
            for way in lens.pipelines
        ],
        "counties": [_flat(vars(county)) for county in report.counties],
        "changed_programs": [_flat(vars(line)) for line in report.slope.lines] if report.slope else [],
    }


def sources(report: QuarterlyReport) -> list[Row]:
    """One row for each source, as the first sheet of the workbook lists them."""
    return [_flat(vars(item) | {"caveats": " ".join(item.caveats)}) for item in report.sources]


def csv_attachments(report: QuarterlyReport) -> dict[str, bytes]:
    """The tables as CSV files by name, in UTF-8; texts that a spreadsheet would run as formulas are made harmless."""
    return {f"{name}.csv": csv_bytes(frame) for name, frame in frames(report).items()}


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """One frame as CSV, an unknown value as nothing."""
    safe = frame.map(lambda value: harmless(value) if isinstance(value, str) else value)
    content: str = safe.to_csv(index=False, lineterminator="\n")
    return content.encode()


def harmless(text: str) -> str:
    """Foreign text that no spreadsheet takes for a formula: an apostrophe before = + - @ TAB CR, except in numbers."""
    text = clean(text)  # first, because what it strips may uncover a sign
    return "'" + text if text[:1] in _SIGNS and not _NUMBER.match(text) else text


def _page_one(report: QuarterlyReport) -> list[Row]:
    rows: list[Row] = [
        {"part": "headline", "program_id": "", "action": "", "title": report.headline, "text": report.standfirst}
    ]
    rows += [
        {"part": "key figure", "program_id": "", "action": "", "title": figure.value, "text": figure.label}
        for figure in report.key_figures
    ]
    rows += [
        {
            "part": "decision",
            "program_id": item.program_id,
            "action": item.action,
            "title": item.program,
            "text": " ".join(part for part in (item.sentence, item.certainty, item.cost) if part),
        }
        for item in report.decisions
    ]
    others = [("budget", report.budget), ("last quarter", report.last_quarter), ("freshness", report.freshness)]
    others += [("caveat", caveat) for caveat in report.caveats]
    others += [("data age", f"{age.kind} {age.age}") for age in report.data_age]
    rows += [{"part": part, "program_id": "", "action": "", "title": "", "text": text} for part, text in others if text]
    return rows


def _program(row: ProgramRow) -> Row:
    return _flat({name: value for name, value in vars(row).items() if name != "completions"})


def _with(page: ProgramPage, **values: object) -> Row:
    return {"program_id": page.row.program_id} | _flat(values)


def _reasons(page: ProgramPage) -> Iterable[Row]:
    kinds = {"reason": page.reasons, "gate": page.gates, "would flip it": page.flips, "note": page.notes}
    for kind, texts in kinds.items():
        for text in texts:
            yield _with(page, kind=kind, text=text)


def _demand(page: ProgramPage) -> Iterable[Row]:
    fan = page.fan
    if fan is None:
        return
    for year, *levels in zip(fan.years, fan.p10, fan.p25, fan.p50, fan.p75, fan.p90, strict=True):
        yield _with(page, year=year, **dict(zip(("p10", "p25", "p50", "p75", "p90"), levels, strict=True)))


def _flat(values: Mapping[str, object]) -> Row:
    """Ranges as three columns; a field of ranges that is None keeps its three columns, empty."""
    row: Row = {}
    for name, value in values.items():
        if isinstance(value, Range):
            row |= {f"{name}_p10": value.p10, f"{name}_p50": value.p50, f"{name}_p90": value.p90}
        elif name == "source_address":
            row[name] = web_address(str(value))
        elif value is None and name in _RANGES:
            row |= {f"{name}_p10": None, f"{name}_p50": None, f"{name}_p90": None}
        else:
            row[name] = value
    return row


_RANGES = {"openings", "graduates", "gap", "unplaced", "cost", "expected"}
