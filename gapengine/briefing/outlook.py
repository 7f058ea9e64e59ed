"""The sectors as lenses and the labor shed as a map of tiles."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gapengine.arrivals import Event
from gapengine.briefing.words import named, number, spread
from gapengine.college_records import Sector
from gapengine.demand.openings import rates
from gapengine.demand.private import PRIVATE
from gapengine.privacy import alone
from gapengine.run import Run
from gapengine.supply import LEVEL_OF_IPEDS
from reports.outlook import CountyTile, IndustryPath, SectorLens, YouthPipeline
from reports.quantities import Range
from reports.wording import number as people

_MOST_INDUSTRIES = 6


def sectors(run: Run) -> tuple[SectorLens, ...]:
    """Each sector of the college, in its order."""
    return tuple(_lens(run, sector) for sector in run.college.sectors)


def _lens(run: Run, sector: Sector) -> SectorLens:
    paths = {code: path for code in sector.naics_codes if (path := industry_path(run, code)) is not None}
    largest = sorted(paths, key=lambda code: (-float(np.median(paths[code][:, 0])), code))[:_MOST_INDUSTRIES]
    titles = dict(
        zip(run.snapshot["naics_titles"]["naics_code"], run.snapshot["naics_titles"]["naics_title"], strict=True)
    )
    coming = [event for event in run.coming.events if event.counted and event.naics_code[:4] in sector.naics_codes]
    first, years = run.industries.nowcast_year, run.industries.years
    industries = tuple(
        _path(code, str(titles.get(code, code)), (first, *(int(year) for year in years)), paths[code], coming)
        for code in largest
    )
    announced = spread(np.sum([event.increments.sum(axis=1) for event in coming], axis=0)) if coming else None
    return SectorLens(
        sector.title,
        _finding(run, sector, paths),
        sector.note,
        industries,
        announced,
        len(coming),
        sector.programs,
        _pipelines(run, sector),
    )


def _path(code: str, title: str, years: tuple[int, ...], jobs: np.ndarray, coming: Sequence[Event]) -> IndustryPath:
    low, middle, high = (tuple(float(value) for value in np.quantile(jobs, level, axis=0)) for level in (0.1, 0.5, 0.9))
    mine = [event for event in coming if event.naics_code[:4] == code]
    announced = _together(mine)
    return IndustryPath(code, title, years, low, middle, high, announced)


def _together(coming: Sequence[Event]) -> float:
    """Median of the jobs that projects add together; medians of single projects do not add up to it."""
    return float(np.median(np.sum([event.increments.sum(axis=1) for event in coming], axis=0))) if coming else 0.0


def _ahead(coming: Sequence[Event]) -> tuple[float, float, float]:
    """Median and 90th percentile of the jobs that projects add together, and what they promised at most."""
    if not coming:
        return 0.0, 0.0, 0.0
    jobs = spread(np.sum([event.increments.sum(axis=1) for event in coming], axis=0))
    return jobs.p50, jobs.p90, sum(event.promised[1] for event in coming if event.promised)


def industry_path(run: Run, naics_code: str) -> np.ndarray | None:
    """(K, Y + 1) private jobs of an industry in the labor shed, from the nowcast year on; None where it has no row.

    Its occupations grow as the nation's, its deviation from them as drawn, its announced jobs on top.
    """
    jobs = run.industries
    pace = rates(run.snapshot, run.universe).growth
    ahead = np.concatenate([[0], jobs.years - jobs.nowcast_year])
    grown = np.exp(np.outer(np.nan_to_num(pace), ahead))
    total: np.ndarray | None = None
    for area in run.college.areas:
        positions = jobs.of_area(area.area_code)
        rows = jobs.rows.iloc[positions]
        mine = np.flatnonzero((rows["naics_code"] == naics_code) & (rows["own_code"] == PRIVATE))
        events = [event for event in run.coming.in_area(area.area_code) if event.naics_code == naics_code]
        part = np.zeros((jobs.deviation.shape[0], len(ahead)))
        for row in mine:
            local = np.exp(np.pad(jobs.deviation[:, positions[row], :], ((0, 0), (1, 0))))
            part += local * (run.staffing[area.area_code].jobs[row] @ grown)
        for event in events:
            part[:, 1:] += np.cumsum(event.increments, axis=1)
        if len(mine) or events:
            total = part * area.weight if total is None else total + part * area.weight
    return total


def _finding(run: Run, sector: Sector, paths: dict[str, np.ndarray]) -> str:
    growing = [
        a for a in run.advice if a.evidence.program.program_id in sector.programs and a.action in ("expand", "launch")
    ]
    if not paths:
        return f"{sector.title}: no industry of it is counted in the labor shed"
    change = spread(np.sum([path[:, -1] - path[:, 0] for path in paths.values()], axis=0))
    way = "should gain" if change.p50 >= 0 else "may lose"
    last = int(run.industries.years[-1])
    part = f"{number(len(growing)).lower()} of its programs {'is' if len(growing) == 1 else 'are'} too small"
    return f"{sector.title} {way} about {people(abs(change.p50))} jobs by {last} ({_between(change)}); {part}"


def _between(change: Range) -> str:
    """The 80% range of a gain or a loss; where it may be either, both ends say which."""
    low, high = sorted((abs(change.p10), abs(change.p90)))
    if change.p10 < 0 < change.p90:
        return f"from {people(-change.p10)} fewer to {people(change.p90)} more"
    return f"{people(low)} to {people(high)}"


def _pipelines(run: Run, sector: Sector) -> tuple[YouthPipeline, ...]:
    titles = {program.program_id: named(program.title, program.award_level) for program in run.college.programs}
    return tuple(
        YouthPipeline(
            way.title,
            way.owner,
            tuple(titles[program] for program in way.feeds if program in titles),
            alone(way.entrants),
            alone(way.completers),
            str(way.year) if way.year else "",
            way.source_address,
        )
        for way in run.college.pipelines
        if set(way.feeds) & set(sector.programs)
    )


def counties(run: Run) -> tuple[CountyTile, ...]:
    """The counties that the college has placed on its map; none where it placed none."""
    places = run.college.profile.tiles
    weights = run.college.county_weights("shed")
    jobs = run.snapshot["area_totals"]
    newest = jobs[jobs["own_code"] == "0"].sort_values(["year", "quarter"]).drop_duplicates("area_fips", keep="last")
    by_county = newest.set_index("area_fips")["employment"]
    graduates = _graduates(run)
    coming = [event for event in run.coming.events if event.counted]
    return tuple(
        CountyTile(
            county,
            name,
            places[county][0],
            places[county][1],
            weights[county],
            float(by_county[county]) if county in by_county.index else None,
            graduates.get(county, 0.0),
            *_ahead([event for event in coming if event.county_fips == county]),
        )
        for county, name in run.college.county_names.items()
        if county in places
    )


def _graduates(run: Run) -> dict[str, float]:
    """Awards a year below the bachelor's degree by county of the institution, mean of the years that supply uses."""
    table = run.snapshot["completions"]
    last = int(table["year"].max())
    years = run.assumptions.whole("completion_years")
    used = table[(table["year"] > last - years) & table["award_level_code"].isin(list(LEVEL_OF_IPEDS))]
    where = run.snapshot["institutions"].set_index("unit_id")["county_fips"]
    by = used.groupby(used["unit_id"].map(where))["awards"].sum() / years
    return {str(county): float(value) for county, value in by.items()}
