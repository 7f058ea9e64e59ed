"""One company, several sites: where a text gives each county its own jobs and money, each county is a project."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from connectors.announcements.extract_claims import Claim
from connectors.announcements.extract_parts import Project
from connectors.announcements.extract_places import municipalities
from connectors.announcements.extract_readings import Reading


def by_county(project: Project) -> list[Project]:
    """Divide a project by county where the parts are told and add up.

    Args:
        project: of one company.

    Returns:
        One project per county where at least two counties have new jobs and an investment of their own and a stated
        total is the sum of those jobs; else the project as it is.
    """
    named = {county for reading in project.readings for county, _ in _mentions(reading, None)}
    if len(named) < 2:
        return [project]
    owners: dict[int, str] = {}
    current: str | None = None
    for reading in project.readings:
        places = _mentions(reading, named)
        for claim in (*reading.jobs, *reading.investments, *reading.wages, *reading.years):
            county = _nearest(claim, places) or (current if not places else None)
            if county:
                owners[id(claim)] = county
        current = places[-1][0] if places else current
    jobs = _first(project, owners, "new", lambda one: one.jobs)
    money = _first(project, owners, "investment", lambda one: one.investments)
    sites = [county for county in jobs if county in money]
    total = sum(jobs[county].value for county in sites)
    stated = {claim.value for reading in project.readings for claim in reading.jobs if id(claim) not in owners}
    largest = max((jobs[county].value for county in sites), default=0.0)
    stated |= {claim.value for reading in project.readings for claim in reading.jobs if claim.value > largest}
    if len(sites) < 2 or total not in stated:
        return [project]
    return [_part(project, owners, county, total) for county in sites]


def _mentions(reading: Reading, within: set[str] | None) -> list[tuple[str, int]]:
    """Counties (and cities of the counties ``within``) of a sentence with their clean offsets, in order."""
    sentence = reading.sentence
    found = []
    for match in re.finditer(r"[A-Z][\w-]+(?:\s[A-Z][\w-]+)?", sentence.text):
        name, behind = match.group(), sentence.text[match.end() :]
        plain = re.sub(r"\s+County$", "", name)
        called = name.endswith("County") or re.match(r"\s+Count(?:y|ies)\b", behind)
        home = municipalities()[plain][0][0] if plain in municipalities() else None
        if called or (within and plain in within):
            found.append((plain, sentence.start + match.start()))
        elif within and home in within:
            found.append((str(home), sentence.start + match.start()))
    return found


def _nearest(claim: Claim, places: Sequence[tuple[str, int]]) -> str | None:
    """The only county of its clause, that right behind a number ("111 jobs in Nash County"), the nearest before."""
    text, at = claim.sentence.text, claim.start - claim.sentence.start
    left = max(text.rfind(";", 0, at), text.rfind(", and ", 0, at)) + claim.sentence.start
    ends = [end for mark in (";", ", and ") if (end := text.find(mark, at)) >= 0]
    right = min(ends, default=len(text)) + claim.sentence.start
    within = {county for county, start in places if left < start < right}
    if len(within) == 1:  # the only one of its clause
        return within.pop()
    behind = [(start - claim.end, county) for county, start in places if 0 <= start - claim.end < 25]
    before = [(claim.start - start, county) for county, start in places if 0 < claim.start - start < 60]
    return min(behind)[1] if behind else min(before)[1] if before else None


def _first(
    project: Project, owners: dict[int, str], kind: str, get: Callable[[Reading], tuple[Claim, ...]]
) -> dict[str, Claim]:
    found: dict[str, Claim] = {}
    for reading in project.readings:
        for claim in get(reading):
            if claim.kind in (kind, "part") and id(claim) in owners:
                known = found.get(owners[id(claim)])
                if known is None or claim.value < known.value:  # the part, not the total that stands beside it
                    found[owners[id(claim)]] = claim
    return found


def _part(project: Project, owners: dict[int, str], county: str, total: float) -> Project:
    """The readings of one county: its own claims, and none of the totals."""

    def own(claims: tuple[Claim, ...], counted: bool) -> tuple[Claim, ...]:
        return tuple(
            replace(claim, kind="new") if claim.kind == "part" else claim
            for claim in claims
            if owners.get(id(claim)) == county and not (counted and claim.value == total)
        )

    readings = [
        replace(
            reading,
            jobs=own(reading.jobs, True),
            investments=own(reading.investments, False),
            wages=own(reading.wages, False),
            years=own(reading.years, False),
        )
        for reading in project.readings
    ]
    return Project(project.company, project.codes, readings, project.weak, county)
