"""What the page on who is coming needs, as plain data: by year, by program, histories, layoffs, displaced workers."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from gapengine.arrivals import Event
from gapengine.arrivals.promised import prior, projects
from gapengine.demand.displaced import displaced
from gapengine.demand.levels import CLASSES
from gapengine.demand.openings import local_pattern
from gapengine.rows import records
from gapengine.run import Run

_LEAST = 0.5
"""Expected openings of a project for a program that are worth a line."""
_NAMED = 3


def tables(run: Run) -> dict[str, pd.DataFrame]:
    """Every table of this page, name -> rows."""
    return {
        "arrivals_by_year": by_year(run),
        "arrivals_by_program": by_program(run),
        "arrivals_history": run.coming.register.history(),
        "layoffs": layoffs(run),
        "displaced_workers": displaced(run.coming, run.staffing, run.industries, run.universe, run.assumptions),
    }


def by_year(run: Run) -> pd.DataFrame:
    """Promised and expected jobs, one row a project, county and year after the nowcast.

    Returns:
        event_id, company, county_fips, stage, counted, year; promised_low, promised_high: jobs due in that year if the
        promise ("up to" is a range) were kept and hiring even from the stated start to the year in which the jobs are
        due (null where no number is stated; zero for what is cancelled); expected_p10, expected_p50, expected_p90,
        expected_mean: jobs added in that year as the run counts them; source_address.
    """
    columns = [
        *("event_id", "company", "county_fips", "stage", "counted", "year", "promised_low", "promised_high"),
        *("expected_p10", "expected_p50", "expected_p90", "expected_mean", "source_address"),
    ]
    promised = _promised(run)
    years = run.industries.years
    rows = []
    for event in run.coming.events:
        due, lowest, highest, address = promised[event.event_id, event.county_fips]
        for at, year in enumerate(years):
            jobs = event.increments[:, at]
            low, middle, high = np.quantile(jobs, [0.1, 0.5, 0.9])
            kept = 0.0 if event.stage == "cancelled" else due[at]
            rows.append(
                (
                    *(event.event_id, event.company, event.county_fips, event.stage, event.counted, int(year)),
                    *((lowest * kept, highest * kept) if event.promised else (np.nan, np.nan)),
                    *(float(low), float(middle), float(high), float(jobs.mean()), address),
                )
            )
    return pd.DataFrame(rows, columns=columns)


def _promised(run: Run) -> Mapping[tuple[str, str], tuple[np.ndarray, float, float, str]]:
    """(event, county) -> (Y,) share of the promise due in each year, fewest and most jobs, the main source."""
    table = run.coming.register.table()
    table = table[table["county_fips"].isin(run.college.counties)]
    if table.empty:
        return {}
    given = projects(table, run.assumptions, prior(run.assumptions))
    shortest = run.assumptions["announcement.ramp_years"].low
    years = run.industries.years
    out = {}
    for at, row in enumerate(records(table)):
        begin = float(given.start_year[at])
        end = given.by_year[at] if np.isfinite(given.by_year[at]) and given.by_year[at] > begin else begin + shortest
        done = np.clip((np.append(years, years[-1] + 1) - begin) / (end - begin), 0.0, 1.0)
        out[str(row["event_id"]), str(row["county_fips"])] = (
            np.diff(done),
            float(given.jobs_low[at]),
            float(given.jobs_high[at]),
            str(row["source_address"]),
        )
    return out


def by_program(run: Run) -> pd.DataFrame:
    """What each counted project does to which programs: openings after the nowcast at the program's level.

    An opening that several programs could fill stands in the row of each: rows of one project must not be added up.

    Returns:
        event_id, company, county_fips, program; openings_p10, openings_p50, openings_p90: of all its expected jobs,
        those in occupations that the program feeds and that fresh completers of its level fill, weighted as the
        program's market weighs the area; occupations: the three that matter most.
    """
    columns = ["event_id", "company", "county_fips", "program", "openings_p10", "openings_p50", "openings_p90"]
    reach = _reach(run)
    rows = []
    for event in run.coming.events:
        if not event.counted:
            continue
        pattern = _pattern(run, event)
        jobs = event.increments.sum(axis=1)
        for number, program in enumerate(run.college.programs):
            market = run.served[number]
            weight = run.college.area_weights(market)[event.area_code]
            filled = pattern * reach[number] * weight
            openings = jobs * float(filled.sum())
            if openings.mean() < _LEAST:
                continue
            low, middle, high = np.quantile(openings, [0.1, 0.5, 0.9])
            most = [run.universe.codes[at] for at in np.argsort(-filled)[:_NAMED] if filled[at] > 0]
            named = "; ".join(run.universe.titles[code] for code in most)
            place = (event.event_id, event.company, event.county_fips)
            rows.append((*place, program.program_id, float(low), float(middle), float(high), named))
    return pd.DataFrame(rows, columns=[*columns, "occupations"])


def _reach(run: Run) -> list[np.ndarray]:
    """(O,) per program: share of an occupation's openings that its fresh completers can fill."""
    position = {code: at for at, code in enumerate(run.universe.codes)}
    out = []
    for program in run.college.programs:
        share = np.zeros(len(position))
        if program.award_class in CLASSES:
            fed = run.feeds.of(program.cip_code, program.award_class)["soc_code"]
            at = [position[code] for code in fed if code in position]
            of_class = list(CLASSES).index(program.award_class)
            share[at] = run.shares["combined"][at, of_class] * run.entrants[at, of_class]
        out.append(share)
    return out


def _pattern(run: Run, event: Event) -> np.ndarray:
    area = run.staffing[event.area_code]
    positions = run.industries.of_area(event.area_code)
    return local_pattern(area, run.industries, run.coming, positions, event.naics_code)


def layoffs(run: Run) -> pd.DataFrame:
    """Layoffs and closures, one row an event, newest first; jobs lost as the run subtracts them (mean over draws)."""
    columns = [
        *("event_id", "company", "city", "county_fips", "naics_code", "kind", "notice_date", "effective_date"),
        *("workers", "notices", "counted", "reason", "source_address"),
    ]
    events = sorted(run.coming.leaving, key=lambda event: (event.notice_date, event.event_id), reverse=True)
    rows = [[getattr(event, name) for name in columns] + [float(event.losses.sum(axis=1).mean())] for event in events]
    frame = pd.DataFrame(rows, columns=[*columns, "jobs_lost_mean"])
    return frame.astype({"workers": "float64"})


def programs_named(run: Run) -> dict[tuple[str, str], str]:
    """(event, county) -> 'Biotechnology 12, Biomanufacturing 8': the programs that a project gives most openings."""
    found = by_program(run)
    titles = {program.program_id: program.title for program in run.college.programs}
    found = found[found["openings_p50"] >= _LEAST]
    out: dict[tuple[str, str], str] = {}
    for key, rows in found.groupby(["event_id", "county_fips"]):
        most = rows.sort_values(["openings_p50", "program"], ascending=[False, True]).head(_NAMED)
        parts = [f"{titles[row['program']]} {row['openings_p50']:,.0f}" for row in records(most)]
        out[str(key[0]), str(key[1])] = ", ".join(parts)
    return out
