"""The college's folder (college.toml, programs.csv and their neighbours) read into checked, frozen objects."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from gapengine import college_capacity, college_workbook
from gapengine import college_checks as checks
from gapengine.arrivals import choices, tellings
from gapengine.assumptions import Assumptions, for_college
from gapengine.college_capacity import Capacity
from gapengine.college_files import TomlFile, check_sheets, nearest, read_toml
from gapengine.college_records import (
    AreaEntry,
    CollegeFile,
    Commitment,
    Fund,
    Indicator,
    Limit,
    Pipeline,
    ProgramRow,
    Sector,
)
from gapengine.errors import UsageError
from gapengine.problems import Findings
from gapengine.programs import Program, from_row

if TYPE_CHECKING:
    from gapengine.snapshot import Snapshot

__all__ = [
    "Area",
    "Capacity",
    "College",
    "Commitment",
    "Fund",
    "Indicator",
    "Limit",
    "Pipeline",
    "Program",
    "Sector",
    "embedded",
    "init",
    "load",
]

MARKETS = ("shed", "region", "state")
FILES = ("college.toml", "programs.csv", "pipelines.csv", "funding.csv", "employers.csv", "indicators.toml")
OPTIONAL_FILES = (tellings.FILE, choices.FILE)
TABLES = tuple(name.removesuffix(".csv") for name in (*FILES, *college_capacity.FILES) if name.endswith(".csv"))
"""Tables that may be sheets of the folder's workbook instead of CSV files."""


@dataclass(frozen=True)
class Area:
    """One OEWS area of the labor shed.

    Attributes:
        area_code: OEWS area.
        title: its name.
        counties: its counties.
        weight: share of its openings, and of its institutions' completers, that count in the shed.
        assumption: name of the assumption behind the weight; empty where it is a plain number.
    """

    area_code: str
    title: str
    counties: tuple[str, ...]
    weight: float
    assumption: str = ""


@dataclass(frozen=True)
class College:
    """Everything that the college's folder says.

    Attributes:
        profile: college.toml as written: name, unit_id, county, state, as_of, budget, limits, outcomes.
        areas: the labor shed, weights resolved.
        programs, pipelines, funding, commitments, indicators: the rows of the other files, in their order.
        capacity: sections, shared limits, terms, shared courses, equity counts and rates of the state.
        sha256: hash of the six files, and of the optional ones that are there; part of a run's id.
        tellings: what texts read for this college say of projects (announcements.csv, where there is one).
        choices: its analysts' decisions about them (announcement_decisions.csv).
    """

    profile: CollegeFile
    areas: tuple[Area, ...]
    programs: tuple[Program, ...]
    pipelines: tuple[Pipeline, ...]
    funding: tuple[Fund, ...]
    commitments: tuple[Commitment, ...]
    indicators: tuple[Indicator, ...]
    capacity: Capacity
    sha256: str
    tellings: tuple[tellings.Telling, ...] = ()
    choices: tuple[choices.Choice, ...] = ()

    @property
    def name(self) -> str:
        """The institution's name."""
        return self.profile.name

    @property
    def short_name(self) -> str:
        """Name for folders, as in runs/durham-tech."""
        return self.profile.short_name

    @property
    def unit_id(self) -> str:
        """IPEDS UNITID."""
        return self.profile.unit_id

    @property
    def state_fips(self) -> str:
        """Two-digit state code; also the OEWS area of the state."""
        return self.profile.state_fips

    @property
    def sectors(self) -> tuple[Sector, ...]:
        """Lenses, the first one first in the report."""
        return self.profile.sectors

    @property
    def county_names(self) -> dict[str, str]:
        """Name of each county of the labor shed."""
        return {county: name for entry in self.profile.labor_shed for county, name in entry.counties.items()}

    @property
    def counties(self) -> tuple[str, ...]:
        """All counties of the labor shed, in the order of the areas."""
        return tuple(county for area in self.areas for county in area.counties)

    def area_weights(self, market: str) -> dict[str, float]:
        """Weight of each OEWS area in a market: its own in the shed, full in any wider market."""
        return {area.area_code: area.weight if market == "shed" else 1.0 for area in self.areas}

    def county_weights(self, market: str) -> dict[str, float]:
        """Weight of each county in a market: one weight for its openings and for its institutions' completers.

        Args:
            market: shed, or any wider one (region, state), in which the shed's counties count in full.

        Raises:
            UsageError: no such market.
        """
        if market not in MARKETS:
            raise UsageError(f"market {market!r} is unknown. {nearest(market, MARKETS)}")
        weights = self.area_weights(market)
        return {county: weights[area.area_code] for area in self.areas for county in area.counties}

    def markets(self, snapshot: Snapshot, assumptions: Assumptions) -> tuple[str, ...]:
        """Market of each program, in their order: as stated, or by how few institutions of the state offer its CIP.

        A program whose market is the nation is judged in the state, the widest market that a run computes.

        Args:
            snapshot: needs state_completions (institutions_any_level by cip_code).
            assumptions: market.state_when_at_most, market.region_when_at_most.
        """
        offered = snapshot["state_completions"].groupby("cip_code")["institutions_any_level"].max()
        few = assumptions.whole("market.state_when_at_most")
        some = assumptions.whole("market.region_when_at_most")
        found = []
        for program in self.programs:
            count = int(offered.get(program.cip_code, some + 1))
            by_count = "state" if count <= few else "region" if count <= some else "shed"
            stated = "state" if program.market == "nation" else program.market
            found.append(by_count if stated == "auto" else stated)
        return tuple(found)

    def program(self, program_id: str) -> Program:
        """Return one program.

        Raises:
            UsageError: no such program; the message offers the nearest.
        """
        for program in self.programs:
            if program.program_id == program_id:
                return program
        raise UsageError(
            f"{self.name} has no program {program_id!r}. {nearest(program_id, [p.program_id for p in self.programs])}"
        )


def embedded() -> Path:
    """Return the folder of the college that comes with the program."""
    inside = Path(str(files("gapengine"))) / "data"
    return min(inside.glob("*/college.toml")).parent


def init(target: Path, *, excel: bool = False) -> Path:
    """Copy the embedded college to a folder of your own, to be edited there.

    Args:
        target: the new folder.
        excel: write the tables as sheets of one workbook instead of CSV files.

    Raises:
        UsageError: the target exists and is not an empty folder; nothing is overwritten.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise UsageError(f"{target} exists and is not empty: nothing was written. Name a new folder.")
    shutil.copytree(embedded(), target, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__", "*.py"))
    if excel:
        college_workbook.from_files(target, TABLES)
    return target


def load(folder: Path | None = None, assumptions: Assumptions | None = None) -> College:
    """Read a college's folder.

    Args:
        folder: the folder; the embedded college where none is given.
        assumptions: those of the run, with their overrides; the folder's (or embedded) ones where none are given.

    Raises:
        DataContract: files break their declaration; the message tells all that is wrong, each with file and line (or
            sheet and row), column, value, expectation and remedy.
    """
    place = embedded() if folder is None else folder
    settings = for_college(place) if assumptions is None else assumptions
    found = Findings()
    toml = read_toml(place / "college.toml")
    profile = found.of(partial(checks.record, CollegeFile, toml, toml.data, ()))
    program_rows, program_places = checks.gathered(found, place / "programs.csv", ProgramRow)
    pipelines, pipeline_places = checks.gathered(found, place / "pipelines.csv", Pipeline)
    funding, fund_places = checks.gathered(found, place / "funding.csv", Fund)
    commitments, commitment_places = checks.gathered(found, place / "employers.csv", Commitment)
    for places, column in ((program_places, "program_id"), (pipeline_places, "pipeline_id"), (fund_places, "fund_id")):
        found.of(partial(checks.unique, places, column))
    if program_rows is not None:
        found.of(partial(checks.check_programs, program_rows, program_places))
    ids = [row.cells["program_id"] for row in program_places]
    names = ((pipeline_places, "feeds"), (commitment_places, "programs"), (fund_places, "programs"))
    for places, column in names if ids else ():
        found.of(partial(checks.refer, places, checks.listed(places, column), column, ids))
    indicators = found.of(lambda: tuple(checks.indicators(read_toml(place / "indicators.toml"))))
    areas = None
    if profile is not None:
        found.of(partial(checks.check_sectors, toml, profile, ids))
        found.of(partial(checks.check_counties, toml, profile))
        found.of(partial(checks.check_thresholds, toml, profile, settings))
        areas = found.of(partial(_areas, toml, profile, settings))
    limits = list(profile.limits) if profile else None
    capacity = found.of(partial(college_capacity.load, place, ids, limits)) if ids else None
    found.of(partial(check_sheets, place, TABLES))
    program_rows, capacity = found.need(program_rows), found.need(capacity)
    return College(
        profile=found.need(profile),
        areas=found.need(areas),
        programs=tuple(
            from_row(row, settings, capacity.of(row.program_id), capacity.terms_of(row.program_id))
            for row in program_rows
        ),
        pipelines=found.need(pipelines),
        funding=found.need(funding),
        commitments=found.need(commitments),
        indicators=found.need(indicators),
        capacity=capacity,
        sha256=_hash(place),
        tellings=tellings.read(place),
        choices=choices.read(place),
    )


def _hash(folder: Path) -> str:
    names = (*FILES, *college_capacity.FILES, *OPTIONAL_FILES, college_workbook.NAME)
    there = [name for name in names if (folder / name).is_file()]
    parts = [f"{name} {hashlib.sha256((folder / name).read_bytes()).hexdigest()}" for name in there]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _areas(toml: TomlFile, profile: CollegeFile, assumptions: Assumptions) -> tuple[Area, ...]:
    return tuple(_area(toml, number, entry, assumptions) for number, entry in enumerate(profile.labor_shed))


def _area(toml: TomlFile, number: int, entry: AreaEntry, assumptions: Assumptions) -> Area:
    if isinstance(entry.weight, float):
        return Area(entry.area_code, entry.title, tuple(entry.counties), entry.weight)
    if entry.weight not in assumptions:
        raise toml.fail(
            ("labor_shed", str(number), "weight"),
            f"a number above 0 and at most 1, or the name of an assumption, not {entry.weight!r}",
            "The embedded college uses labor_shed.outer_weight.",
        )
    return Area(entry.area_code, entry.title, tuple(entry.counties), assumptions.value(entry.weight), entry.weight)
