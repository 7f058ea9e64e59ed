"""Page 1: the finding, the decisions, what they cost, and what a reader must not ignore."""

from __future__ import annotations

from collections import Counter
from datetime import date

import numpy as np

from gapengine.briefing import short, words
from gapengine.decisions import Advice
from gapengine.figures import Known
from gapengine.portfolio.result import Choice
from gapengine.run import Run
from reports.quantities import ActionKind
from reports.quarterly import DataAge, Decision, KeyFigure
from reports.wording import number

MOST_DECISIONS = 6
_SECTION = (
    "One class of a program. Its size, cost and teachers are assumptions unless the program's page marks them known"
)
_PROMISED = "As employers announced them; each with its source under “Who is coming”"
_EXPECTED = "Median after the usual shortfall and delay of such promises, less what the trend already holds"
_HIGH = (
    "Nearly every simulated future agrees, and the advice is the same at both ends of the share of openings that new "
    "graduates fill and under every education taxonomy"
)
_ORDER = {"expand": 0, "launch": 0, "close": 1, "review": 1, "watch": 2, "hold": 3, "transfer": 4}


def ranked(run: Run) -> list[Advice]:
    """Advice in the order of page 1: action first, then certainty, then size."""
    sure = {"high": 0, "fair": 1, "low": 2}

    def weight(advice: Advice) -> tuple[int, int, float, str]:
        evidence = advice.evidence
        size = float(np.median(evidence.gap)) if advice.action in ("expand", "launch") else evidence.supply.mean()
        return _ORDER[advice.action], sure[advice.certainty], -float(size), evidence.program.program_id

    return sorted(run.advice, key=weight)


def action_counts(run: Run) -> dict[ActionKind, int]:
    """Programs by action, in the order of page 1."""
    found = Counter(advice.action for advice in run.advice)
    return {action: found[action] for action in _ORDER if found[action]}  # type: ignore[misc]


def gate_counts(run: Run) -> dict[str, int]:
    """How many programs each gate turned to "watch"."""
    found = Counter(gate for advice in run.advice for gate in advice.gates)
    return dict(sorted(found.items()))


def headline(run: Run) -> str:
    """The finding in one sentence."""
    found = action_counts(run)
    parts = []
    if grow := found.get("expand", 0):
        parts.append((grow, "is too small", "are too small"))
    if launch := found.get("launch", 0):
        parts.append((launch, "should start", "should start"))
    if close := found.get("close", 0):
        parts.append((close, "should be taught out", "should be taught out"))
    if review := found.get("review", 0):
        parts.append((review, "needs a review", "need a review"))
    if not parts:
        return "No program is clearly too small or too large for the openings ahead"
    (count, one, many), *rest = parts
    said = [f"{words.number(count)} {words.plural(count, 'program ' + one, 'programs ' + many)}"]
    said += [f"{words.number(count).lower()} {words.plural(count, one, many)}" for count, one, many in rest]
    return words.joined(said).replace(" and ", ", and ", 1) if len(said) == 2 else words.joined(said)


def standfirst(run: Run) -> str:
    """Two sentences below the headline."""
    first, last = run.period
    shown = decisions(run)
    names = _titles(run, shown, ("expand", "launch"), 3)
    surplus = _titles(run, shown, ("close", "review"), 2)
    parts = []
    if names:
        parts.append(
            f"In the labor shed of {run.college.name}, {words.joined(names)} "
            f"{words.plural(len(names), 'stands', 'stand')} out: even after every other "
            f"institution's graduates are placed, more graduates would find work each year from {first} to {last}."
        )
    if surplus:
        parts.append(f"For {words.joined(surplus)}, graduates outnumber the openings that they can reach.")
    return " ".join(parts)


def _titles(run: Run, shown: tuple[Decision, ...], actions: tuple[str, ...], most: int) -> list[str]:
    """Programs of the decisions that page 1 lists, so that its opening names what stands below it."""
    found = (run.college.program(item.program_id).title for item in shown if item.action in actions)
    return [words.inside(title) for title in dict.fromkeys(found)][:most]


def key_figures(run: Run) -> tuple[KeyFigure, ...]:
    """Four large numbers."""
    growing = [advice for advice in run.advice if advice.action in ("expand", "launch")]
    sections = sum(advice.sections for advice in growing)
    promised = _promised(run)
    changes = [advice for advice in run.advice if advice.action in ("expand", "launch", "review", "close")]
    agreed = sum(advice.certainty == "high" for advice in changes)
    added = (
        f"{words.plural(sections, 'section', 'sections')} to add in {len(growing)} "
        f"{words.plural(len(growing), 'program', 'programs')}"
    )
    figures = [
        KeyFigure(str(sections), added, _SECTION),
        KeyFigure(
            f"{promised[0]:,.0f}",
            f"jobs promised by {promised[1]} {words.plural(promised[1], 'project', 'projects')} not yet finished",
            _PROMISED,
        ),
        KeyFigure(number(promised[2]), f"of them expected by {run.period[1]}, beyond the usual flow", _EXPECTED),
        KeyFigure(f"{agreed} of {len(changes)}", "changes advised with high certainty", _HIGH),
    ]
    return tuple(figures)


def _promised(run: Run) -> tuple[float, int, float]:
    table = run.coming.register.table().set_index(["event_id", "county_fips"])["jobs"]
    counted = [event for event in run.coming.events if event.counted]
    jobs = sum(float(table[event.event_id, event.county_fips]) for event in counted)
    expected = words.spread(run.coming.expected()).p50
    return jobs, len({event.event_id for event in counted}), expected


def decisions(run: Run) -> tuple[Decision, ...]:
    """Three to seven actions, each with its number, its certainty and its cost; both kinds of advice are shown."""
    order = [advice for advice in ranked(run) if advice.action in ("expand", "launch", "close", "review", "watch")]
    fits = {choice.program_id for choice in run.portfolio.choices if choice.sections > 0}
    growing = [advice for advice in order if advice.action in ("expand", "launch")]
    growing.sort(key=lambda advice: advice.evidence.program.program_id not in fits)
    doubtful = [advice for advice in order if advice.action in ("close", "review")]
    room = max(MOST_DECISIONS - min(len(doubtful), 3), 4)
    chosen = growing[:room]
    chosen += doubtful[: MOST_DECISIONS - len(chosen)]
    if len(chosen) < 3:
        chosen += [advice for advice in order if advice.action == "watch"][: 3 - len(chosen)]
    return tuple(_decision(advice, run.portfolio.of(advice.evidence.program.program_id)) for advice in chosen)


def _decision(advice: Advice, choice: Choice | None) -> Decision:
    evidence = advice.evidence
    low, middle, high = np.quantile(evidence.gap, [0.1, 0.5, 0.9])
    if advice.action in ("expand", "launch"):
        year = short.announced(advice)
        start = "Start" if year is None else f"Go ahead as announced in {year}, with"
        verb = "Add" if advice.action == "expand" else start
        sentence = (
            f"{verb} {advice.sections} {words.plural(advice.sections, 'section', 'sections')}; the region could place "
            f"{middle:,.0f} more graduates a year ({low:,.0f} to {high:,.0f})"
        )
        if choice is not None and choice.sections > 0:
            sentence += f", of which these fill about {choice.placed:,.0f}."
        else:
            sentence += ". Not within the assumed limits." if choice is not None else "."
        if advice.growth.limited and not advice.growth.permanent:
            sentence += " For a few cohorts, then to be looked at again."
    elif advice.action in ("close", "review"):
        start = "Every gate of closing passed: about" if advice.action == "close" else "About"
        sentence = (
            f"{start} {evidence.share_unplaced:.0%} of {_own(advice)} a year who look for work in the field find no "
            f"opening; a surplus in {words.percent(evidence.p_surplus)} of simulated futures."
        )
    else:
        chance = words.percent(evidence.p_shortage)
        sentence = f"Held back ({words.joined(list(advice.gates))}); a shortage in {chance} of simulated futures."
    cost = f"{words.money_a_year(advice.cost)}." if advice.cost else ""
    action: ActionKind = advice.action  # type: ignore[assignment]
    return Decision(
        action,
        words.named(evidence.program.title, evidence.program.award_level),
        sentence,
        f"{advice.certainty.capitalize()} certainty",
        cost,
        evidence.program.program_id,
    )


def _own(advice: Advice) -> str:
    if advice.evidence.few:
        return "its fewer than ten graduates"
    return f"{np.median(advice.evidence.supply):,.0f} graduates"


def budget(run: Run) -> str:
    """What the advice costs together; the budget left only where the college stated a budget."""
    growing = [advice for advice in run.advice if advice.cost is not None]
    if not growing:
        return "The advice of this edition costs nothing beyond staff time."
    low, middle, high = (sum(advice.cost[end] for advice in growing if advice.cost) for end in range(3))
    sections = sum(advice.sections for advice in growing)
    known = all(isinstance(a.evidence.program.cost_per_section_usd, Known) for a in growing)
    basis = "at the college's own costs" if known else "on assumed costs per section"
    together = f"All {sections} sections together" if sections != 1 else "The one section"
    total = f"{together}: {words.money_a_year((low, middle, high)).lower()}, {basis}."
    money = next((used for used in run.portfolio.used if used.resource.name == "recurring_usd"), None)
    if money is None or money.there is None:
        return f"{total} The money for them is not known here, so nothing is ranked by it."
    if money.resource.figure.standing == "known":
        left = money.there - middle
        said = f"leaves {words.money(left)} of" if left >= 0 else f"exceeds by {words.money(-left)}"
        return f"{total} That {said} the college's {words.money(money.there)} a year."
    fits = [choice for choice in run.portfolio.choices if choice.sections > 0]
    count = sum(choice.sections for choice in fits)
    if count >= sections:
        return f"{total} They fit the assumed {words.money(money.there)} a year; the college should state its own."
    cost = sum(choice.recurring_usd for choice in fits)
    once = next((used for used in run.portfolio.used if used.resource.name == "one_time_usd"), None)
    said = f"{words.money(cost)} of an assumed {words.money(money.there)} a year"
    if once is not None and once.there is not None:
        said += f" and {words.money(once.used)} of an assumed {words.money(once.there)} once"
    return (
        f"{total} {count} of them, in {words.number(len(fits)).lower()} "
        f"{words.plural(len(fits), 'program', 'programs')} (listed first), fit assumed limits: they use {said}."
    )


def caveats(run: Run) -> tuple[str, ...]:
    """What a decision must not ignore."""
    entrant = run.assumptions["entrant_share.open"]
    settled = [advice for advice in run.advice if advice.dossier is not None and not _own_missing(advice)]
    return (
        f"New graduates are assumed to fill about {entrant.value:.0%} of openings within reach ({entrant.low:.0%} to "
        f"{entrant.high:.0%} is defensible), more where a licence is needed. Each page says where its advice flips.",
        "Seats, costs and teachers are the college's own where a page marks them known, and assumptions elsewhere. "
        "A program is closed here only where every gate of its dossier is passed."
        if settled
        else "Seats, costs and teachers are assumptions until the college overwrites them. Without them no program is "
        "closed here: the strongest word is review.",
        "Announcements are a sample from the press and the county's agendas, not a census.",
    )


def _own_missing(advice: Advice) -> bool:
    """Whether a program that might be closed lacks the college's own seats and costs."""
    program = advice.evidence.program
    return not all(isinstance(figure, Known) for figure in (program.seats_per_section, program.cost_per_section_usd))


def data_age(run: Run) -> tuple[DataAge, ...]:
    """How old each kind of figure is, newest table of each kind."""
    kinds = {
        "Industry employment": "industry_employment",
        "Employment totals": "area_totals",
        "Occupations and wages": "oews",
        "Graduates": "completions",
        "Announcements": "announcements",
    }
    until = {item.name: item.covers_until for item in run.snapshot.provenance}
    return tuple(DataAge(kind, _age(until[table], run.as_of)) for kind, table in kinds.items())


def _age(until: date, today: date) -> str:
    years = (today - until).days / 365.25
    age = f"{years:.1f} years" if years >= 1 else f"{max((today - until).days // 30, 0)} months"
    return f"to {until:%B %Y}, {age} old"
