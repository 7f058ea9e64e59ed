"""Who an employer needs and who is here: occupations of its staffing pattern against jobs, pay, openings, graduates."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gapengine.briefing.words import spread
from gapengine.demand.industries import PRIVATE
from gapengine.demand.occupations import national_patterns, published
from gapengine.employer.request import EmployerPlan
from gapengine.groundwork import Groundwork
from reports.employer_brief import OccupationNeeded, Wages

SHED = "shed"
_PERCENTILES = ("wage_p10_usd", "wage_p25_usd", "wage_median_usd", "wage_p75_usd", "wage_p90_usd")
_SMALLEST_SHARE = 0.004  # of the jobs; smaller occupations are added up


@dataclass(frozen=True)
class Needs:
    """What an employer needs, by occupation.

    Attributes:
        jobs: (O,) jobs once fully staffed.
        listed: positions of the occupations that are large enough to be listed, largest first.
        trained: (O,) whether a program of the college leads to the occupation.
    """

    jobs: np.ndarray
    listed: tuple[int, ...]
    trained: np.ndarray


def needs(ground: Groundwork, plan: EmployerPlan) -> Needs:
    """Spread a company's jobs over occupations, by its own mix or its industry's national staffing pattern."""
    position = ground.universe.position
    if plan.mix:
        shares = np.zeros(len(position))
        for code, share in plan.mix.items():
            shares[position[code]] += share
    else:
        shares = national_patterns(ground.snapshot, ground.universe).of(plan.naics_code, PRIVATE)
    jobs = np.asarray(plan.jobs * shares)
    order = np.argsort(-jobs, kind="stable")
    listed = tuple(int(o) for o in order if shares[o] >= _SMALLEST_SHARE and jobs[o] >= 0.5)
    trained = np.zeros(len(position), bool)
    for program in ground.college.programs:
        if not program.is_transfer:
            fed = ground.feeds.of(program.cip_code, program.award_class)["soc_code"]
            trained[[position[code] for code in fed]] = True
    return Needs(jobs, listed, trained)


def occupations(ground: Groundwork, plan: EmployerPlan, wanted: Needs) -> tuple[OccupationNeeded, ...]:
    """The listed occupations with what is here today, in the labor shed."""
    area = next(area for area in ground.college.areas if plan.county_fips in area.counties)
    codes = ground.universe
    here = ground.openings[SHED]
    quotient = published(ground.snapshot, codes, area.area_code, "location_quotient")
    pay = _pay(ground, area.area_code, area.title)
    education = ground.snapshot["occupations"].set_index("soc_code")["entry_education"]
    graduates = graduates_by_occupation(ground)
    return tuple(
        OccupationNeeded(
            soc_code=codes.codes[o],
            title=codes.titles[codes.codes[o]],
            jobs=float(wanted.jobs[o]),
            jobs_here=spread(here.paths[:, o, 0]),
            concentration=None if np.isnan(quotient[o]) else float(quotient[o]),
            wages=pay[o],
            openings=spread(here.total[:, o]),
            completers=spread(graduates[:, o]),
            entry_education=str(education.get(codes.codes[o]) or ""),
            trained_here=bool(wanted.trained[o]),
        )
        for o in wanted.listed
    )


def graduates_by_occupation(ground: Groundwork) -> np.ndarray:
    """(K, O) graduates a year of all institutions of the shed who can take an occupation and stay in the field.

    A graduate who can take several occupations counts in each of them: the columns must not be added.
    """
    supply = ground.supply[SHED]
    position = ground.universe.position
    out = np.zeros((len(supply.own), len(position)))
    own = [(program.cip_code, program.award_class) for program in ground.college.programs]
    groups = list(zip(supply.groups["cip_code"], supply.groups["award_class"], strict=True))
    for pairs, people in ((own, supply.own), (groups, supply.others)):
        for index, (cip_code, award_class) in enumerate(pairs):
            fed = [position[code] for code in ground.feeds.of(cip_code, award_class)["soc_code"]]
            out[:, fed] += people[:, [index]]
    return out


def _pay(ground: Groundwork, area_code: str, title: str) -> dict[int, Wages | None]:
    """Pay by occupation: as the site's area prints it, else the state."""
    places = ((area_code, title), (ground.college.state_fips, ground.college.profile.state_name))
    found: dict[int, Wages | None] = dict.fromkeys(range(len(ground.universe.codes)))
    for code, name in reversed(places):
        printed = np.column_stack(
            [published(ground.snapshot, ground.universe, code, column) for column in _PERCENTILES]
        )
        for o in np.flatnonzero(~np.isnan(printed[:, 2])):
            p10, p25, p50, p75, p90 = (None if np.isnan(value) else float(value) for value in printed[o])
            found[int(o)] = Wages(p10, p25, p50, p75, p90, name)
    return found
