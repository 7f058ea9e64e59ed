"""What it would cost to hold one program on either side of the minimum cut: how far it is from being indifferent.

Both ways are exact and give the same numbers: elimination for networks of small width, flows for wide ones.
"""

import numpy as np

from models.bipartite import Component
from models.cut import Plan, marginals
from models.maxflow import TOLERANCE, Flags, Floats, Network, augment, reach, received, sent


def spare(component: Component, supply: Floats, demand: Floats) -> tuple[Floats, Floats, Floats]:
    """Cost of holding each program on either side, beyond the minimum cut.

    Args:
        component: a component and how to solve it.
        supply: (K, P) completers by draw and merged program.
        demand: (K, O) openings by draw and merged occupation.

    Returns:
        `behind` and `along`, each (K, P), and the (K,) maximum flow, in the unit of the inputs. `along` is the gap of
        the program; its supply less `behind` is the part of its placements that nobody else would take over. At least
        one of the two is 0.
    """
    if component.plan is None:
        behind, along = spare_by_flows(component.network, supply, demand)
        filled = augment(component.network, supply, demand).sum(axis=1)
    else:
        behind, along, filled = spare_by_elimination(component.plan, supply, demand)
    nothing = TOLERANCE * (supply.sum(axis=1, keepdims=True) + demand.sum(axis=1, keepdims=True))
    return np.where(behind > nothing, behind, 0.0), np.where(along > nothing, along, 0.0), filled


def spare_by_elimination(chosen: Plan, supply: Floats, demand: Floats) -> tuple[Floats, Floats, Floats]:
    """Min-marginals of every program less their minimum, and the minimum, for a network that has a plan."""
    behind, along = marginals(chosen, np.ascontiguousarray(supply.T), np.ascontiguousarray(demand.T))
    cheapest = np.minimum(behind, along)
    return (behind - cheapest).T, (along - cheapest).T, cheapest[0]


def spare_by_flows(net: Network, supply: Floats, demand: Floats) -> tuple[Floats, Floats]:
    """One maximum flow, then for each program what its neighbours' rerouting adds to it.

    In a draw a program is either crowded (on the source side of the smallest minimum cut) or not. One that is not could
    place more: the flow that a further supply adds, rerouting the others that are not crowded. A crowded one could not,
    but would be replaced in part: the flow that the others' unplaced completers add when its openings become free.
    """
    flow = augment(net, supply, demand)
    unplaced = np.maximum(supply - sent(net, flow), 0.0)
    unplaced[unplaced <= TOLERANCE * supply.sum(axis=1, keepdims=True)] = 0.0
    crowded, taken = reach(net, unplaced > 0, flow)
    unfilled = np.where(taken, 0.0, np.maximum(demand - received(net, flow), 0.0))
    behind, along = np.zeros_like(supply), np.zeros_like(supply)
    same_side = crowded[:, net.program] == taken[:, net.occupation]
    for p in range(net.n_programs):
        mine = net.program == p
        rows = np.flatnonzero(~crowded[:, p])
        further = np.zeros((rows.size, net.n_programs))
        further[:, p] = unfilled[rows].sum(axis=1)
        usable = same_side[rows] & ~crowded[rows][:, net.program]
        along[rows, p] = _added(net, further, unfilled[rows], flow[rows], usable)

        rows = np.flatnonzero(crowded[:, p])
        freed = received(net, np.where(mine, flow[rows], 0.0))
        usable = crowded[rows][:, net.program] & ~mine
        replaced = _added(net, unplaced[rows], freed, flow[rows], usable)
        behind[rows, p] = supply[rows, p] - freed.sum(axis=1) + replaced
    return behind, along


def _added(net: Network, supply: Floats, demand: Floats, flow: Floats, usable: Flags) -> Floats:
    """(n,) what a maximum flow adds over the usable edges."""
    total: Floats = augment(net, supply, demand, np.where(usable, flow, 0.0), usable).sum(axis=1)
    return total
