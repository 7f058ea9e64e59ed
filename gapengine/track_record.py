"""What past forecasts were worth, in sentences for the report's page "Track record" and ``gapengine backtest``.

A run cannot read the agencies' old files, so the figures come from the snapshot's table ``backtests``, which
``make snapshot`` measures anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

import pandas as pd

from gapengine.snapshot import Snapshot

CANNOT_BE_TESTED = (
    "Openings are not observed: no agency counts them by occupation in a county or a metropolitan area.",
    "The nowcast of the college's own industries: the years between their last published figures and the newest totals "
    "have no figures by industry here, so it is tested elsewhere.",
    "Changes of the area's occupations: one survey of them is at hand.",
    "Ten-year trends of county-industries: they exist for a state's occupations only.",
    "A full ten-year projection: the oldest edition at hand starts in 2016 and is scored after eight years.",
    "Seasons: the counties' industry history in this snapshot is annual, so seasonal naive is the last value.",
)


_WHOLE = "two metropolitan areas 2001-18"


@dataclass(frozen=True)
class Finding:
    """One tested thing and how it came out.

    Attributes:
        topic: industries, intervals, nowcast, occupations or staffing.
        tested: what was tested, on which place and span, a phrase.
        figure: the main figure as it is printed.
        sentence: the finding with its numbers.
        source: the data.
        n: series, groups or errors behind it.
        good: whether it speaks for the method; None where it is neither for nor against.
        values: the numbers by name, in the units of the table.
    """

    topic: str
    tested: str
    figure: str
    sentence: str
    source: str
    n: int
    good: bool | None
    values: Mapping[str, float]

    def as_json(self) -> dict[str, object]:
        """Every field."""
        return asdict(self)


class _Table:
    """Reads one figure of the table by its key."""

    def __init__(self, frame: pd.DataFrame) -> None:
        keys = zip(*(frame[name].astype(str) for name in ("test", "measure", "against", "part")), strict=True)
        figures = zip(frame["value"].astype(float), frame["n"].astype(int), frame["source"].astype(str), strict=True)
        self.rows = dict(zip(keys, figures, strict=True))

    def tests(self, start: str) -> list[str]:
        return sorted({test for test, *_ in self.rows if test.startswith(start)})

    def value(self, test: str, measure: str, against: str = "", part: str = "all") -> float:
        return self.rows[test, measure, against, part][0]

    def n(self, test: str, measure: str, against: str = "", part: str = "all") -> int:
        return self.rows[test, measure, against, part][1]

    def source(self, test: str) -> str:
        return next(source for key, (_, _, source) in self.rows.items() if key[0] == test)

    def parts(self, test: str, measure: str) -> list[str]:
        return sorted(part for name, what, _, part in self.rows if (name, what) == (test, measure))

    def against(self, test: str) -> list[str]:
        return sorted({against for name, what, against, _ in self.rows if (name, what) == (test, "skill_jobs")})


def findings(snapshot: Snapshot) -> tuple[Finding, ...]:
    """Every finding, in the order of the page: industries, their intervals, the nowcast, occupations, staffing.

    None where the snapshot brings no table of measured backtests.
    """
    if "backtests" not in snapshot.tables:
        return ()
    table = _Table(snapshot["backtests"].fillna({"against": ""}))
    out = [_industries(table, test) for test in table.tests("industries")]
    out += [_intervals(table, test) for test in table.tests("industries")]
    out.append(_recession(table))
    out += [_nowcast(table, test) for test in table.tests("nowcast")]
    out += [_occupations(table, test) for test in table.tests("occupations")]
    out += [_staffing(table, test) for test in table.tests("staffing")]
    return tuple(out)


def _industries(table: _Table, test: str) -> Finding:
    place = test.removeprefix("industries ")
    skill = {name: table.value(test, "skill_jobs", name) for name in table.against(test)}
    log = table.value(test, "skill_log", "last value")
    last, better, sectors = (
        skill["last value"],
        *(table.value(test, measure, "last value") for measure in ("sectors_better", "sectors")),
    )
    held_out = table.value(test, "skill_jobs", "last value", "confirmed_on")
    n = table.n(test, "skill_jobs", "last value")
    own = f", {_saved(skill['own trend'])} against its own trend" if "own trend" in skill else ""
    sentence = (
        f"County-industries of {place}: the forecast {_saved(last)} of the absolute error in jobs against the last "
        f"value ({_saved(log)} in log terms; {_saved(held_out)} on the half of the counties that chose nothing) and "
        f"{_saved(skill['state industry'])} against the state's industry growth{own}; it was better than the last "
        f"value in {better:.0f} of {sectors:.0f} sectors."
    )
    values = {f"skill {name}": value for name, value in skill.items()} | {"skill_log last value": log}
    values |= {"sectors_better": better, "sectors": sectors, "skill last value, held out": held_out}
    good = last > 0 and better > sectors / 2
    return Finding("industries", f"Industries, {place}", f"{last:+.1%}", sentence, table.source(test), n, good, values)


def _intervals(table: _Table, test: str) -> Finding:
    place = test.removeprefix("industries ")
    inside = {level: table.value(test, f"coverage{level}") for level in (80, 95)}
    origins = {
        part: table.value(test, "coverage80", part=part) for part in table.parts(test, "coverage80") if "+" in part
    }
    worst = min(origins, key=lambda part: origins[part])
    origin, _, years = worst.partition(" + ")
    without = table.value(test, "coverage80", part="without_2020")
    apart = f" ({without:.1%} in the 80% ones without the spans that hold 2020)" if without != inside[80] else ""
    sentence = (
        f"County-industries of {place}: {inside[80]:.1%} lay inside their 80% intervals and {inside[95]:.1%} inside "
        f"their 95% ones{apart}; the worst origin was {origin}, {years} year{'s' if years != '1' else ''} ahead, with "
        f"{origins[worst]:.1%}."
    )
    good = abs(inside[80] - 0.8) <= 0.03 and abs(inside[95] - 0.95) <= 0.03
    values = {f"coverage{level}": value for level, value in inside.items()} | {"coverage80 without 2020": without}
    values |= {f"coverage80 {part}": value for part, value in origins.items()}
    n = table.n(test, "coverage80")
    return Finding(
        "intervals", f"Intervals, {place}", f"{inside[80]:.0%} of 80%", sentence, table.source(test), n, good, values
    )


def _recession(table: _Table) -> Finding:
    test = "common factor"
    parts = {part: table.value(test, "coverage80", part=part) for part in table.parts(test, "coverage80")}
    inside = parts["the same, spans with 2008-09"]
    whole = parts[_WHOLE]
    states = parts["states 2009-18"]
    sentence = (
        f"What hits all industries at once is drawn from the jobs of {_WHOLE}: {whole:.0%} of their "
        f"departures lie inside the 80% interval, but only {inside:.0%} of those that hold the recession of 2008-09; "
        f"for the states in 2009-18, which saw no recession, the same intervals were wide enough for {states:.0%}."
    )
    n = table.n(test, "coverage80", part=_WHOLE)
    return Finding(
        "intervals",
        "The common factor",
        f"{inside:.0%} of 80% in 2008-09",
        sentence,
        table.source(test),
        n,
        None,
        parts,
    )


def _nowcast(table: _Table, test: str) -> Finding:
    place = test.removeprefix("nowcast ")
    last, alone = (table.value(test, "skill_jobs", name) for name in ("last value", "total alone"))
    inside = {level: table.value(test, f"coverage{level}") for level in (80, 95)}
    sentence = (
        f"Industry levels of {place}, carried to newer county totals: {_saved(last)} of the absolute error against the "
        f"last known levels and {_saved(alone)} against moving all industries with the total; {inside[80]:.1%} lay "
        f"inside their 80% intervals and {inside[95]:.1%} inside their 95% ones."
    )
    values = {"skill last value": last, "skill total alone": alone} | {f"coverage{k}": v for k, v in inside.items()}
    n = table.n(test, "coverage80")
    return Finding("nowcast", f"Nowcast, {place}", f"{last:+.1%}", sentence, table.source(test), n, last > 0, values)


def _occupations(table: _Table, test: str) -> Finding:
    what = test.removeprefix("occupations ")
    names = ("direction", "always_growth", "faster", "bias", "slope")
    values = {name: table.value(test, name) for name in names}
    values |= {f"skill {name}": table.value(test, "skill_jobs", name) for name in ("same share", "last value")}
    kind = "own trend" if "own trend" in what else "projection"
    sentence = (
        f"Occupations, {what}: growth or decline came as the {kind} said in {values['direction']:.0%} of the groups of "
        f"occupations ({values['always_growth']:.0%} grew), faster or slower than average in {values['faster']:.0%}; "
        f"{_saved(values['skill same share'])} of the absolute differences against keeping each one's share of all "
        f"jobs. The total grew by {values['bias']:+.1%} a year against what was said."
    )
    good = values["direction"] > values["always_growth"] and values["skill same share"] > 0
    n = table.n(test, "direction")
    figure = f"{values['direction']:.0%} and {values['faster']:.0%}"
    return Finding("occupations", f"Occupations, {what}", figure, sentence, table.source(test), n, good, values)


def _staffing(table: _Table, test: str) -> Finding:
    code = test.split()[1]
    name = {"611": "Schools", "622": "Hospitals"}[code]
    values = {key: table.value(test, key) for key in ("industry_error", "staffing_error", "whole_error")}
    sentence = (
        f"{name} (NAICS {code}), May 2019 carried to May 2024 without change: occupations were off by "
        f"{values['whole_error']:.1%} of jobs; the industry's total alone accounts for {values['industry_error']:.1%} "
        f"and changed staffing for {values['staffing_error']:.1%} (they partly cancel)."
    )
    n = table.n(test, "whole_error")
    figure = f"{values['staffing_error']:.0%} staffing, {values['industry_error']:.0%} total"
    return Finding("staffing", f"Staffing, {name.lower()}", figure, sentence, table.source(test), n, None, values)


def _saved(share: float) -> str:
    """'saved 7.3%' or 'added 1.2%'."""
    return f"saved {share:.1%}" if share >= 0 else f"added {-share:.1%}"
