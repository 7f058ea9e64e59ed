"""The second stage of the portfolio: who fills which openings in the components that a choice can move."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from gapengine.assumptions import Assumptions
from gapengine.matching import Balance
from gapengine.portfolio.columns import Column
from gapengine.supply import Supply
from models.portfolio import Block
from models.portfolio_value import merged


def blocks(
    cols: Sequence[Column],
    balances: Mapping[str, Balance],
    supplies: Mapping[str, Supply],
    served: Sequence[str],
    wages: np.ndarray,
    assumptions: Assumptions,
) -> tuple[tuple[Block, ...], dict[str, int]]:
    """The second stage: every component of a market in which a program of the columns is judged."""
    out: list[Block] = []
    place: dict[str, int] = {}
    for name, of in balances.items():
        mine = [
            number
            for number, column in enumerate(cols)
            if served[column.need.index] == name and column.kind in ("add", "drop", "close")
        ]
        graph = of.market.graph
        value = node_values(wages[of.market.nodes["position"].to_numpy(int)], assumptions)
        for component in sorted({int(graph.component_of_program[cols[number].need.index]) for number in mine}):
            members = [n for n in mine if graph.component_of_program[cols[n].need.index] == component]
            place |= {cols[n].need.program.program_id: len(out) for n in members}
            out.append(_block(of, component, members, cols, supplies[name], value))
    return tuple(out), place


def node_values(pay: np.ndarray, assumptions: Assumptions) -> np.ndarray:
    """Value of a filled opening: its median pay, in steps, where known and no less than a living wage; else nothing."""
    step = assumptions.value("portfolio.pay_step")
    enough = np.nan_to_num(pay) >= assumptions.value("living_wage")
    rounded = np.round(np.nan_to_num(pay) / step) * step
    return np.asarray(np.where(enough, rounded, 0.0) * assumptions.value("portfolio.pay_counted"))


def _block(
    of: Balance, component: int, members: Sequence[int], cols: Sequence[Column], supply: Supply, value: np.ndarray
) -> Block:
    graph = of.market.graph
    programs = np.flatnonzero(graph.component_of_program == component)
    nodes = np.flatnonzero(graph.component_of_occupation == component)
    inside = graph.component_of_program[graph.program] == component
    effects = [_effect(cols[number], supply) for number in members]
    return merged(
        Block(
            np.searchsorted(programs, graph.program[inside]),
            np.searchsorted(nodes, graph.occupation[inside]),
            of.supply[:, programs],
            of.demand[:, nodes],
            value[nodes],
            np.array(members, dtype=np.intp),
            np.searchsorted(programs, [cols[number].need.index for number in members]),
            np.column_stack(effects),
        )
    )


def _effect(column: Column, supply: Supply) -> np.ndarray:
    """(K,) completers in field and market that one unit adds."""
    item = column.need
    if column.kind == "add":
        return np.asarray(item.completers * supply.kept_draws[:, item.index] * column.part)
    now = item.now.value or 1.0
    units = 1.0 if column.kind == "drop" else now
    return np.asarray(-supply.own[:, item.index] * units / now * column.part)
