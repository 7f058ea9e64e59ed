"""Which tellings are of one project: each pair is scored by stated evidence, and every join carries its reasons.

Points are sums of evidence for and against; a pair joins at ``JOIN`` points, is doubtful from ``DOUBT`` on (a person
decides) and is apart below. A telling that fits two projects about equally well is doubtful too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from gapengine.arrivals.names import code_name, likeness, words
from gapengine.arrivals.tellings import Telling
from gapengine.arrivals.when import days_between

JOIN, DOUBT, CLEAR_LEAD = 4.5, 2.0, 1.0
_LATER = frozenset({"approved", "building", "hiring", "open", "amended", "delayed", "cancelled"})


@dataclass(frozen=True)
class Match:
    """How two tellings compare.

    Attributes:
        score: points.
        reasons: what they share and what speaks against, in words, with the points of each.
    """

    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Doubt:
    """A telling that may belong to an event.

    Attributes:
        telling: index of the telling.
        other: index of the telling that it resembles most.
        match: why, and why not.
    """

    telling: int
    other: int
    match: Match


@dataclass(frozen=True)
class Joined:
    """The outcome for a list of tellings.

    Attributes:
        group: event number of each telling, in order of the first telling of each.
        links: telling -> the earlier telling that it was joined to, and why.
        doubts: what a person must decide.
    """

    group: tuple[int, ...]
    links: dict[int, tuple[int, Match]] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()


def compare(one: Telling, other: Telling) -> Match:
    """Score a pair of tellings; the order of the two makes no difference."""
    said: list[tuple[float, str]] = []
    named = _names(one, other, said)
    _places(one, other, said)
    _numbers(one, other, said)
    _dates(one, other, said)
    if not named:
        said.append((-1.0, "no name ties them"))
    if one.source_address and one.source_address == other.source_address and one.title == other.title:
        said.append((-4.0, "two projects of one text"))
    return Match(sum(points for points, _ in said), tuple(f"{text} ({points:+.1f})" for points, text in said))


def _names(one: Telling, other: Telling, said: list[tuple[float, str]]) -> bool:
    tied = False
    codes = code_name(one.project), code_name(other.project)
    if all(codes):
        tied = codes[0] == codes[1]
        said.append((4.0, f"same code name {one.project}") if tied else (-2.0, "different code names"))
    if one.company and other.company:
        alike = likeness(one.company, other.company)
        if alike == 0.0:
            said.append((-2.0 if tied else -6.0, f"different companies ({one.company}, {other.company})"))
        elif alike == 1.0:
            said.append((4.0, f"same company {one.company}"))
        else:
            said.append((3.5 if alike > 0.7 else 2.5, f"companies' names alike ({one.company}, {other.company})"))
        tied = tied or alike > 0
    return tied


def _places(one: Telling, other: Telling, said: list[tuple[float, str]]) -> None:
    counties = set(one.counties), set(other.counties)
    cities = {city.casefold() for city in one.cities}, {city.casefold() for city in other.cities}
    if all(counties):
        shared = bool(counties[0] & counties[1])
        said.append((1.0, "same county") if shared else (-4.0, "different counties"))
    if all(cities) and cities[0] & cities[1]:
        said.append((1.0, f"same city {sorted(cities[0] & cities[1])[0].title()}"))
    elif all(cities) and not (all(counties) and counties[0] & counties[1]):
        said.append((-1.0, "different cities"))


def _numbers(one: Telling, other: Telling, said: list[tuple[float, str]]) -> None:
    jobs = [(item.jobs, item.jobs_max or item.jobs) for item in (one, other)]
    if jobs[0][0] and jobs[1][0]:
        ratio = _apart(jobs[0], jobs[1])
        listed = f"{jobs[0][0]:,.0f} and {jobs[1][0]:,.0f} jobs"
        if ratio <= 1.02:
            said.append((2.0, f"same jobs ({listed})"))
        elif ratio <= 1.15:
            said.append((1.0, f"jobs near each other ({listed})"))
        elif ratio > 1.6 and not _revised(one, other):
            said.append((-2.0, f"jobs far apart ({listed})"))
    if one.investment_usd and other.investment_usd:
        ratio = _apart((one.investment_usd,) * 2, (other.investment_usd,) * 2)
        listed = f"${one.investment_usd / 1e6:,.4g} and ${other.investment_usd / 1e6:,.4g} million"
        if ratio <= 1.03:
            said.append((1.5, f"same investment ({listed})"))
        elif ratio <= 1.15:
            said.append((0.5, f"investments near each other ({listed})"))
        elif ratio > 2 and not _revised(one, other):
            said.append((-1.5, f"investments far apart ({listed})"))


def _apart(one: tuple[float | None, float | None], other: tuple[float | None, float | None]) -> float:
    """Smallest ratio (1 or more) between two ranges; 1 where they overlap."""
    low, high = sorted(((float(a or 0), float(b or a or 0)) for a, b in (one, other)), key=lambda pair: pair[0])
    return max(1.0, high[0] / max(low[1], 1e-9))


def _revised(one: Telling, other: Telling) -> bool:
    return "amended" in (one.stage, other.stage)


def _dates(one: Telling, other: Telling, said: list[tuple[float, str]]) -> None:
    early, late = sorted((one, other), key=lambda item: item.published_date)
    apart = days_between(early.published_date, late.published_date)
    if apart <= 10:
        said.append((1.5, f"{apart} days apart" if apart else "same days"))
    elif apart <= 60:
        said.append((0.5, f"{apart} days apart"))
    elif late.stage in _LATER:
        said.append((0.0 if apart < 3650 else -2.0, f"the later text reports it as {late.stage}"))
    elif apart <= 365 and not (early.company and late.company) and (early.project or late.project):
        said.append((0.0, f"{apart} days apart, one of them under a code name"))
    else:
        said.append((-4.0 if apart > 120 else -1.5, f"announced {apart} days apart: a project is announced once"))


def join(tellings: Sequence[Telling], known: Sequence[str] = ()) -> Joined:
    """Group tellings into projects.

    Args:
        tellings: in any order.
        known: for the first ``len(known)`` tellings the event they already belong to; these stay as they are.

    Returns:
        Groups; joins with their reasons; doubts. Tellings are added to groups one by one, in the order of their
        dates, so a telling of tomorrow never regroups those of yesterday.
    """
    order = sorted(range(len(tellings)), key=lambda i: (i >= len(known), tellings[i].published_date, i))
    group: dict[int, int] = {}
    members: dict[int, list[int]] = defaultdict(list)
    numbers: dict[str, int] = {}
    links: dict[int, tuple[int, Match]] = {}
    doubts: list[Doubt] = []
    index = _Index()
    for i in order:
        if i < len(known):
            number = numbers.setdefault(known[i], len(members))
        else:
            best = _best(i, tellings, index.near(tellings[i]), group)
            number = len(members)
            if best and best[0][1].score >= JOIN and not _unclear(best):
                number = group[best[0][0]]
                links[i] = best[0]
            elif best and best[0][1].score >= DOUBT:
                doubts.append(Doubt(i, *best[0]))
        group[i] = number
        members[number].append(i)
        index.add(i, tellings[i])
    first: dict[int, int] = {}
    for i in range(len(tellings)):
        first.setdefault(group[i], len(first))
    return Joined(tuple(first[group[i]] for i in range(len(tellings))), links, tuple(doubts))


def _best(i: int, tellings: Sequence[Telling], near: Iterable[int], group: dict[int, int]) -> list[tuple[int, Match]]:
    """The best fitting telling of each near group, best group first; a group that one member speaks against is out."""
    by_group: dict[int, list[tuple[int, Match]]] = defaultdict(list)
    for j in near:
        by_group[group[j]].append((j, compare(tellings[i], tellings[j])))
    best = []
    for matches in by_group.values():
        if min(match.score for _, match in matches) > -3.0:
            best.append(max(matches, key=lambda pair: (pair[1].score, -pair[0])))
    day = tellings[i].published_date
    return sorted(best, key=lambda pair: (-pair[1].score, days_between(day, tellings[pair[0]].published_date), pair[0]))


def _unclear(best: Sequence[tuple[int, Match]]) -> bool:
    return len(best) > 1 and best[0][1].score - best[1][1].score < CLEAR_LEAD


class _Index:
    """Finds the tellings worth a comparison: those that share a word of a name, a code name, or jobs."""

    def __init__(self) -> None:
        self._by_key: dict[object, list[int]] = defaultdict(list)

    def add(self, i: int, item: Telling) -> None:
        """Enter a telling."""
        for key in self._keys(item):
            self._by_key[key].append(i)

    def near(self, item: Telling) -> list[int]:
        """Indices of tellings that share a key, in order."""
        return sorted({i for key in self._keys(item) for i in self._by_key.get(key, ())})

    @staticmethod
    def _keys(item: Telling) -> set[object]:
        keys: set[object] = {("word", word[:5]) for word in words(item.company)} if item.company else set()
        if item.project:
            keys.add(("code", code_name(item.project)))
        if item.jobs:
            keys.add(("jobs", round(item.jobs)))
        return keys
