"""Where a project is: its own places, or the one place that a round-up names for all of its projects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from connectors.announcements.extract_elsewhere import counties_elsewhere, other_state, towns_elsewhere
from connectors.announcements.extract_parts import Project
from connectors.announcements.extract_places import (
    CAPITAL,
    DATELINE,
    RTP,
    Place,
    city_mentions,
    county_mentions,
    municipalities,
)
from connectors.announcements.extract_readings import Reading
from connectors.announcements.extract_text import Page


def places(page: Page, project: Project) -> tuple[list[Place], list[Place]]:
    """Cities and counties of a project's site.

    Args:
        page: the text.
        project: its readings, and the sentences that introduce it together with others.

    Returns:
        The cities and the counties, each in the order of the text; a county only where the text calls it one.
    """
    towns = [project.town] if project.town else []
    if other_state(page.clean):
        counties = [place for reading in project.readings for place in _weighed(reading, counties_elsewhere(reading))]
        found = [place for reading in project.readings for place in _weighed(reading, towns_elsewhere(reading))]
        common = [place for reading in project.lead for place in counties_elsewhere(reading)]
        if project.county:
            return [], [place for place in counties if place.name == project.county][:1]
        if not counties and not found and len({place.name for place in common}) == 1:
            counties = [replace(place, score=1.0) for place in common]
        return _sites(found, 1.0) or towns, _sites(counties, 2.0)
    mentioned = [
        place for reading in project.readings for place in _weighed(reading, county_mentions(reading.sentence))
    ]
    introduced = [place for reading in project.lead for place in county_mentions(reading.sentence)]
    counties = _sites(mentioned, 2.0) or ([project.within] if project.within else [])
    near = frozenset(place.name for place in [*mentioned, *introduced])
    cities = _cities(page, project.readings, near)
    chosen = _one_park(_sites([place for place in cities if place.score > 0], 1.0))
    if project.county:  # one part of a project in several counties
        counties = [place for place in mentioned if place.name == project.county][:1]
        sited = [place for place in cities if place.score > 0 and project.county in _home(place)]
        chosen = sorted(sited, key=lambda place: -place.score)[:1]
    if counties and chosen:
        fitting = [place for place in chosen if set(_home(place)) & near]
        chosen = fitting or chosen[:1]
    if not chosen and towns and towns[0].name in municipalities():
        chosen = towns if not counties or set(_home(towns[0])) & near else []
    if not chosen and not counties:  # "a grant to the county for a building" before "the company plans"
        beside = [
            one for one in project.weak if any(one.sentence.block == own.sentence.block for own in project.readings)
        ]
        counties = _sites([place for reading in beside for place in county_mentions(reading.sentence)], 2.0)
        near = frozenset(place.name for place in counties)
        chosen = _one_park(_sites([place for place in _cities(page, beside, near) if place.score > 0], 1.0))
    if not chosen and not project.lead and not project.county:
        chosen = _fallback(page, project, near)
    if project.lead:
        chosen, counties = _inherited(page, project, chosen, counties, introduced)
    return chosen, counties


def _fallback(page: Page, project: Project, near: frozenset[str]) -> list[Place]:
    """The town of the dateline, or the one whose mayor or council speaks, in a county that the text names.

    Where the text names no county any town counts but the capital, from which the state writes about all others.
    """
    opening = [place for one in page.sentences[:6] for place in city_mentions(page, one, near)]
    lines = [place for place in opening if place.score == DATELINE]
    spoken = [place for place in _cities(page, project.readings, near) if _governs(place)]
    for place in [*lines, *spoken]:
        if near & set(_home(place)) or not (near or place.name == CAPITAL):
            return [place]
    return []


def _inherited(
    page: Page, project: Project, cities: list[Place], counties: list[Place], introduced: list[Place]
) -> tuple[list[Place], list[Place]]:
    """Fill in the one city and county that the introduction names, where they do not contradict the project's own."""
    near = frozenset(place.name for place in introduced)
    if not counties and len(near) == 1 and all(near & set(_home(place)) for place in cities):
        counties = [place for place in introduced if place.score > 0][:1]
    common = [place for place in _cities(page, project.lead, near) if place.score > 0.4 or _governs(place)]
    names = {place.name for place in common}
    if not cities and len(names) == 1:
        home = set(_home(common[0]))
        if not counties or home & {place.name for place in counties}:
            cities = common[:1]
    return cities, counties


def _governs(place: Place) -> bool:
    """Whether a city stands there as the one that decides: 'Greensboro council members approved'."""
    text = place.sentence.text
    behind = text[place.end - place.sentence.start :].lower().lstrip()
    return behind.startswith(("city council", "council", "town council", "town board", "leaders", "officials", "mayor"))


def _cities(page: Page, read: Sequence[Reading], near: frozenset[str]) -> list[Place]:
    """Cities of sentences; those of a sentence that promises weigh more."""
    found = []
    for reading in read:
        found.extend(_weighed(reading, city_mentions(page, reading.sentence, near)))
    return found


def _weighed(reading: Reading, found: list[Place]) -> list[Place]:
    """Places of a sentence that promises count for more."""
    more = 1.0 if reading.promises else 0.0
    return [replace(one, score=one.score + more) for one in found]


def _home(place: Place) -> tuple[str, ...]:
    return municipalities()[place.name][0]


def _one_park(chosen: list[Place]) -> list[Place]:
    """The research park or the cities around it, whichever is told first."""
    if len(chosen) < 2 or not any(place.name == RTP for place in chosen):
        return chosen
    park = chosen[0].name == RTP
    return [place for place in chosen if (place.name == RTP) == park]


def _sites(places: list[Place], apart: float) -> list[Place]:
    """The likeliest place, and those that the same sentence sets beside it."""
    if not places:
        return []
    totals: dict[str, float] = {}
    for place in places:
        totals[place.name] = max(totals.get(place.name, -9.0), place.score)
    counts = Counter(place.name for place in places)
    order = sorted(
        totals,
        key=lambda name: (
            -totals[name] - 0.2 * min(counts[name], 4),
            min(place.start for place in places if place.name == name),
        ),
    )
    best = order[0]
    if totals[best] <= 0:
        return []
    first = max((place for place in places if place.name == best), key=lambda place: (place.score, -place.start))
    beside = [
        place
        for place in places
        if place.sentence is first.sentence
        and place.name != best
        and place.score > 0
        and place.score >= first.score - apart
    ]
    chosen: dict[str, Place] = {}
    for place in sorted([first, *beside], key=lambda place: place.start):
        chosen.setdefault(place.name, place)
    return list(chosen.values())
