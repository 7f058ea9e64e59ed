"""What the terminal shows of a portfolio: choices, limits, budgets, prices, other worlds."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from gapengine.portfolio.result import Portfolio
from gapengine.portfolio.study import Study


def show(of: Study) -> None:
    """Print a study."""
    console = Console(highlight=False, markup=False, width=max(Console().width, 140))
    base = of.base
    if base.infeasible:
        console.print("What is required is impossible under the college's limits. At least this is missing:")
        for name, amount in base.infeasible.items():
            console.print(f"  {name}: {amount:,.1f} more")
        return
    console.print(
        f"Best use of the limits: ${base.gain_usd:,.0f} a year over doing nothing (pay at or above a living wage less "
        f"cost; mean ${base.mean_usd:,.0f}, worst draws ${base.worst_usd:,.0f}); {base.placed:.0f} further openings "
        "filled."
    )
    _choices(console, base)
    _limits(console, of)
    if of.frontier:
        table = _table("budget", "gain, $ a year", "sections")
        for point in of.frontier:
            table.add_row(f"{point.share:.0%}", f"{point.gain_usd:,.0f}", _sections(point.sections))
        console.print("\nWith another budget, one-time and recurring together", table, sep="\n")
    if of.without_unknown is not None:
        console.print(
            f"\nIf nothing were to be had of {', '.join(of.unknown)}, whose amounts nobody states: "
            f"${of.without_unknown.gain_usd:,.0f} a year with {_sections(of.without_unknown.sections)}."
        )
    if of.worlds:
        table = _table("if", "lost by this choice, $", "best there")
        for world in of.worlds:
            table.add_row(world.name, f"{world.regret_usd:,.0f}", _sections(world.sections))
        console.print("\nIn other worlds", table, sep="\n")


def _choices(console: Console, base: Portfolio) -> None:
    table = _table(
        "program",
        "sections",
        "$ a year",
        "$ once",
        "placed",
        "one more gains, $",
        "kept out by",
        "hold if kept share is",
    )
    for choice in base.choices:
        below = "" if choice.kept_below is None else f"below {choice.kept_below:.0%}"
        above = "" if choice.kept_above is None else f"above {choice.kept_above:.0%}"
        table.add_row(
            choice.program_id,
            f"{choice.sections:+d}" + (" launch" if choice.launch else " close" if choice.close else ""),
            f"{choice.recurring_usd:,.0f}",
            f"{choice.one_time_usd:,.0f}",
            f"{choice.placed:.1f}",
            "" if choice.one_more_usd is None else f"{choice.one_more_usd:,.0f}",
            ", ".join(choice.blocked_by),
            " or ".join(part for part in (below, above) if part),
        )
    console.print(table)
    for name, missing in base.left_out.items():
        console.print(f"{name} took no part: not known are {', '.join(missing)}.")


def _limits(console: Console, of: Study) -> None:
    gains = {price.limit: price for price in of.prices}
    table = _table("limit", "there", "used", "standing", "one more gains, $", "so much more", "gains, $")
    for use in of.base.used:
        price = gains.get(use.resource.name)
        there = "not known" if use.there is None else f"{use.there:,.1f}"
        one = "" if price is None or price.gain_usd is None else f"{price.gain_usd:,.0f}"
        enough = "" if price is None or price.enough is None else f"{price.enough:,.0f}"
        gain = "" if price is None or price.enough_usd is None else f"{price.enough_usd:,.0f}"
        table.add_row(use.resource.title, there, f"{use.used:,.1f}", use.resource.figure.standing, one, enough, gain)
    console.print("\nLimits", table, sep="\n")


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _sections(sections: dict[str, int]) -> str:
    return ", ".join(f"{name} {count:+d}" for name, count in sections.items()) or "no change"
