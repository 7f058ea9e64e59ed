"""The portfolio in the report's terms, with frontier and shadow prices where they were computed."""

from __future__ import annotations

from gapengine.briefing.words import joined, money, named, number, percent, plural
from gapengine.portfolio.result import Choice, Portfolio
from gapengine.portfolio.study import Study
from gapengine.run import Run
from reports.portfolio import FrontierPoint, LimitUse, PortfolioChoice, PortfolioPage

_MORE = (
    "This page shows the best changes under the limits above. What other budgets would bring (the frontier), what one "
    "unit more of each limit is worth, and in which other worlds the changes would be regretted are computed by the "
    "command “gapengine portfolio”, which prints them on this page."
)
_STAFF = ("faculty_fte", "coaches_fte")


def portfolio(run: Run, deeper: Study | None = None) -> PortfolioPage:
    """The portfolio of a run.

    Args:
        run: the run.
        deeper: other budgets, prices and worlds, where they were computed.
    """
    best = run.portfolio
    titles = {program.program_id: named(program.title, program.award_level) for program in run.college.programs}
    names = {used.resource.name: used.resource.title for used in best.used}
    prices = {price.limit: price.gain_usd for price in (deeper.prices if deeper else ())}
    changed = [choice for choice in best.choices if choice.sections or choice.launch or choice.close]
    return PortfolioPage(
        finding=_finding(best, changed),
        choices=tuple(_choice(choice, titles, names) for choice in changed),
        limits=tuple(
            LimitUse(
                used.resource.title,
                used.resource.unit,
                used.used,
                used.there,
                used.resource.figure.standing,
                used.resource.name in best.binding,
                prices.get(used.resource.name),
            )
            for used in best.used
        ),
        staffing=_staffing(best),
        left_out=_left_out(best, titles),
        frontier=tuple(
            FrontierPoint(point.recurring_usd, sum(max(count, 0) for count in point.sections.values()), point.gain_usd)
            for point in (deeper.frontier if deeper else ())
        ),
        budget=next((used.there for used in best.used if used.resource.name == "recurring_usd"), None),
        remarks=(*_infeasible(best, names), *(_regret(deeper, names) if deeper else ())),
        how_to_get="" if deeper else _MORE,
    )


def _finding(best: Portfolio, changed: list[Choice]) -> str:
    if best.infeasible:
        return "What is required does not fit the limits"
    if not changed:
        return "No change is worth its cost within the limits"
    added = sum(max(choice.sections, 0) for choice in changed)
    cost = sum(choice.recurring_usd for choice in changed)
    where = f"{number(len(changed)).lower()} {plural(len(changed), 'program', 'programs')}"
    return (
        f"{number(added)} {'section' if added == 1 else 'sections'} in {where} fit the limits, for about "
        f"${cost / 1000:,.0f},000 a year, and would fill {best.placed:,.0f} more openings"
    )


def _choice(choice: Choice, titles: dict[str, str], names: dict[str, str]) -> PortfolioChoice:
    count = abs(choice.sections)
    sections = f"{count} {'section' if count == 1 else 'sections'}"
    change = (
        "ends"
        if choice.close
        else f"starts with {sections}"
        if choice.launch
        else (f"{sections} more" if choice.sections > 0 else f"{sections} less")
    )
    starts = ", ".join(f"{count} in {quarter}" for quarter, count in sorted(choice.added.items()) if count)
    flip = ""
    if choice.kept_below is not None:
        flip = f"Pays only if at least {percent(choice.kept_below)} stay and work in the field."
    blocked = joined([names.get(name, name).lower() for name in choice.blocked_by])
    return PortfolioChoice(
        choice.program_id,
        titles[choice.program_id],
        change,
        starts,
        choice.recurring_usd,
        choice.one_time_usd,
        choice.placed,
        blocked,
        flip,
    )


def _staffing(best: Portfolio) -> str:
    used = {item.resource.name: item for item in best.used}
    parts = [
        f"{used[name].used:,.1f} {used[name].resource.unit} of {used[name].resource.title.lower()}"
        for name in _STAFF
        if name in used
    ]
    return f"The changes need {joined(parts)}." if parts else ""


def _left_out(best: Portfolio, titles: dict[str, str]) -> str:
    parts = [f"{titles.get(program, program)} ({joined(list(missing))})" for program, missing in best.left_out.items()]
    return "; ".join(parts[:8]) + (f"; and {len(parts) - 8} more" if len(parts) > 8 else "") + ("." if parts else "")


def _infeasible(best: Portfolio, names: dict[str, str]) -> tuple[str, ...]:
    return tuple(f"{names.get(name, name)}: {amount:,.0f} too little." for name, amount in best.infeasible.items())


def _regret(deeper: Study, names: dict[str, str]) -> tuple[str, ...]:
    """In which other worlds the changes would be regretted most, and what the unknown limits could cost."""
    found = []
    worst = sorted(deeper.worlds, key=lambda world: (-world.regret_usd, world.name))[:3]
    parts = [f"{world.name} ({money(world.regret_usd)} a year)" for world in worst if world.regret_usd >= 0.5]
    if parts:
        found.append(f"These changes would be regretted most if {joined(parts)}.")
    elif worst:
        found.append(f"In none of the {len(deeper.worlds)} other worlds that were tried would others have been better.")
    if deeper.without_unknown is not None:
        lost = deeper.base.gain_usd - deeper.without_unknown.gain_usd
        unknown = joined([names.get(name, name).lower() for name in deeper.unknown])
        found.append(f"If nothing were to be had of {unknown}, {money(lost)} a year would be lost.")
    return tuple(found)
