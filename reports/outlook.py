"""What the report needs to know of the region: its sectors, its counties, and the ways young people come in."""

from __future__ import annotations

from dataclasses import dataclass

from reports.quantities import Range


@dataclass(frozen=True)
class IndustryPath:
    """Jobs of one industry by year, as a small fan.

    Attributes:
        naics_code: four digits.
        title: its name.
        years: ascending; the three percentiles have the same length.
        p10, p50, p90: jobs.
        announced: jobs that announced projects are expected to add in these years; zero where none.
    """

    naics_code: str
    title: str
    years: tuple[int, ...]
    p10: tuple[float, ...]
    p50: tuple[float, ...]
    p90: tuple[float, ...]
    announced: float = 0.0


@dataclass(frozen=True)
class YouthPipeline:
    """A way by which young people reach a program.

    Attributes:
        title: its name.
        owner: who runs it.
        feeds: names of the programs it leads to; empty where nobody says.
        entrants, completers: people a year; None where not published.
        period: the year of the counts; empty for none.
        address: web address of the source.
    """

    title: str
    owner: str
    feeds: tuple[str, ...]
    entrants: float | None
    completers: float | None
    period: str = ""
    address: str = ""


@dataclass(frozen=True)
class SectorLens:
    """One sector: its jobs, who is coming, the programs that feed it, the pipelines into them.

    Attributes:
        title: its name.
        finding: the finding, a sentence.
        note: what the sector holds.
        industries: its largest industries.
        announced: jobs that its announced projects are expected to add; None where none is announced.
        projects: number of those projects.
        programs: program_ids, in the order of the sector.
        pipelines: youth pipelines into these programs.
    """

    title: str
    finding: str
    note: str = ""
    industries: tuple[IndustryPath, ...] = ()
    announced: Range | None = None
    projects: int = 0
    programs: tuple[str, ...] = ()
    pipelines: tuple[YouthPipeline, ...] = ()


@dataclass(frozen=True)
class CountyTile:
    """One county of the labor shed on a map of equal tiles.

    Attributes:
        county_fips: its code.
        name: its name.
        column, row: place on the map, from 0, west to east and north to south.
        weight: share of its openings and graduates that counts.
        jobs: all jobs; None where not known.
        graduates: completers a year of its institutions below the bachelor's degree, before the weight.
        announced: jobs expected there from announced projects that still count.
        announced_high: one draw in ten expects more.
        promised: jobs that these projects promised there.
    """

    county_fips: str
    name: str
    column: int
    row: int
    weight: float
    jobs: float | None
    graduates: float
    announced: float
    announced_high: float = 0.0
    promised: float = 0.0
