"""Sections of the advice as the portfolio allows them: what the limits leave room for, and what had to wait."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gapengine.decisions import Advice
from gapengine.decisions.sections import NONE, Growth
from gapengine.figures import Assumed, Known
from gapengine.portfolio.needs import MONEY
from gapengine.portfolio.result import Choice, Portfolio, Used

NO_ROOM = "other programs use the college's limits better"
NO_WORTH = "a section costs more than the pay of those it places"


def settled(advice: Sequence[Advice], portfolio: Portfolio) -> tuple[Advice, ...]:
    """Set the sections of every program that is to grow; one for which no section is left is watched, and says why.

    Where only assumed limits or an assumed cost leave no section, the advice stands with the sections that its openings
    allow, and says that it would have to wait: what nobody stated must not keep a program from growing. Programs whose
    cost is not known took no part.
    """
    return tuple(_settled(item, portfolio) for item in advice)


def _settled(item: Advice, portfolio: Portfolio) -> Advice:
    if item.action not in ("expand", "launch"):
        return item
    program = item.evidence.program
    choice = portfolio.of(program.program_id)
    if choice is None:
        missing = portfolio.left_out.get(program.program_id, ())
        reason = f"It took no part in the portfolio: not known are {', '.join(missing)}." if missing else ""
        return replace(item, reasons=(*item.reasons, reason)) if reason else item
    own_cost = isinstance(program.cost_per_section_usd, Known)
    assumed = [use.resource.title.lower() for use in portfolio.used if _assumed(use, choice)]
    if choice.sections > 0:
        reason = _held(choice) + (_by_assumption(own_cost, assumed) if assumed or not own_cost else "")
        plan = _resized(item.growth, choice)
        return replace(item, sections=choice.sections, cost=plan.cost, growth=plan, reasons=(*item.reasons, reason))
    worth = choice.one_more_usd is not None and choice.one_more_usd > 0
    reason = _waits(choice, portfolio)
    if not own_cost or (worth and assumed):
        return replace(item, reasons=(*item.reasons, reason + _by_assumption(own_cost, assumed)))
    gate = NO_ROOM if worth else NO_WORTH
    return replace(
        item,
        action="watch",
        sections=0,
        cost=None,
        growth=NONE,
        gates=(*item.gates, gate),
        reasons=(*item.reasons, reason),
    )


def _assumed(use: Used, choice: Choice) -> bool:
    """Whether a limit that bears on a program is an embedded assumption."""
    money_or_blocking = use.resource.name in MONEY or use.resource.name in choice.blocked_by
    return money_or_blocking and isinstance(use.resource.figure, Assumed)


def _by_assumption(own_cost: bool, assumed: Sequence[str]) -> str:
    what = [*([] if own_cost else ["the cost of a section"]), *assumed]
    return f" This rests on assumptions, not on the college's own numbers: {', '.join(what)}."


def _resized(plan: Growth, choice: Choice) -> Growth:
    """The plan with as many sections as the portfolio holds, permanent ones first."""
    share = choice.sections / plan.sections
    permanent = min(plan.permanent, choice.sections)

    def scaled(amount: tuple[float, float, float] | None) -> tuple[float, float, float] | None:
        return None if amount is None else (amount[0] * share, amount[1] * share, amount[2] * share)

    once = plan.once
    if once is not None and once[1] > 0:
        factor = choice.one_time_usd / once[1]
        once = (once[0] * factor, choice.one_time_usd, once[2] * factor)
    return replace(
        plan,
        sections=choice.sections,
        permanent=permanent,
        limited=choice.sections - permanent,
        cost=scaled(plan.cost),
        once=once,
    )


def _held(choice: Choice) -> str:
    start = " and ".join(f"{count} from {quarter}" for quarter, count in choice.added.items())
    plural = "section" if choice.sections == 1 else "sections"
    text = (
        f"The best use of the college's money and teachers holds {choice.sections} {plural} of it ({start}): "
        f"about {choice.placed:.0f} further openings at or above a living wage filled a year for "
        f"${choice.recurring_usd:,.0f} a year and ${choice.one_time_usd:,.0f} once."
    )
    if choice.unchecked:
        needs = ", ".join(f"{name.replace('_', ' ')} ({amount:.0f})" for name, amount in choice.unchecked.items())
        text += f" Whether there is enough of this is not known: {needs}."
    return text


def _waits(choice: Choice, portfolio: Portfolio) -> str:
    if choice.one_more_usd is None or choice.one_more_usd <= 0:
        return "A further section would cost more a year than the pay at or above a living wage of those it places."
    titles = {use.resource.name: use.resource.title.lower() for use in portfolio.used}
    limits = [titles.get(name, name) for name in choice.blocked_by] or ["what it costs beside the programs chosen"]
    return (
        f"Its openings would carry a section worth ${choice.one_more_usd:,.0f} a year beyond its cost, but others use "
        f"the college's limits better: {', '.join(limits)}."
    )
