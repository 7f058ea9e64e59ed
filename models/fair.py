"""The max-min fair way to fill the most openings: shares of completers placed, the worst-off programs first.

Among all maximum flows one raises the smallest placed share as far as possible, then the next, and so on. It is the
lexicographically optimal base of a polymatroid (Fujishige 1980, Mathematics of Operations Research 5) and is found by
splitting blocks: if the programs of a block cannot all place the block's average share, the cut that shows it separates
those that get less from those that get more, and each part goes on alone.
"""

import numpy as np

from models.maxflow import ROUGH, Flags, Floats, Integers, Network, augment, reach, sent


def shares(net: Network, supply: Floats, demand: Floats, crowded: Flags) -> Floats:
    """Share of each program's completers that the fair matching places.

    Args:
        net: the layout of the network.
        supply: (n, P) completers by draw and program.
        demand: (n, O) openings by draw and occupation.
        crowded: (n, P) the programs on the source side of the smallest minimum cut; all others place everybody.

    Returns:
        (n, P) shares between 0 and 1; 1 for a program without completers that is not crowded.
    """
    result = np.ones_like(supply)
    rows = np.flatnonzero(crowded.any(axis=1))
    live = crowded[rows]
    taken = np.logical_or.reduceat(live[:, net.program][:, net.by_occupation], net.occupation_starts, axis=1)
    blocks = np.where(np.c_[live, taken], 0, -1)
    while rows.size:
        blocks = _numbered(blocks)
        program_block, occupation_block = blocks[:, : net.n_programs], blocks[:, net.n_programs :]
        live = program_block >= 0
        share = _block_shares(program_block, occupation_block, supply[rows], demand[rows])
        result[rows] = np.where(live, share, result[rows])
        worse = _worse_off(net, program_block, occupation_block, share * supply[rows], demand[rows])
        split = _splits(blocks, worse)
        blocks = np.where(split, 2 * blocks + worse, -1)
        going = split.any(axis=1)
        rows, blocks = rows[going], blocks[going]
    return result


def _numbered(blocks: Integers) -> Integers:
    """Number the blocks of all draws from 0, apart for each draw; -1 stays out."""
    draw = np.arange(blocks.shape[0])[:, None]
    keys = np.where(blocks >= 0, blocks + draw * (blocks.max() + 1), -1)
    _, numbers = np.unique(keys, return_inverse=True)
    return numbers.reshape(blocks.shape) - int((keys < 0).any())


def _block_shares(program_block: Integers, occupation_block: Integers, supply: Floats, demand: Floats) -> Floats:
    """Openings over completers of each program's block, at most 1; 0 outside every block."""
    count = int(program_block.max()) + 2
    openings = np.bincount(occupation_block.ravel() + 1, weights=demand.ravel(), minlength=count)
    completers = np.bincount(program_block.ravel() + 1, weights=supply.ravel(), minlength=count)
    ratio = np.minimum(openings / np.where(completers > 0, completers, 1.0), 1.0)
    ratio[0] = 0.0
    chosen: Floats = ratio[program_block + 1]
    return chosen


def _worse_off(
    net: Network, program_block: Integers, occupation_block: Integers, target: Floats, demand: Floats
) -> Flags:
    """Nodes (n, P + O) cut off with programs that cannot place their block's average share."""
    from_block = program_block[:, net.program]
    usable = (from_block == occupation_block[:, net.occupation]) & (from_block >= 0)
    flow = augment(net, target, np.where(occupation_block >= 0, demand, 0.0), usable=usable, passes=1)
    short = target - sent(net, flow) > ROUGH * target.sum(axis=1, keepdims=True)
    return np.concatenate(reach(net, short, flow, usable), axis=1)


def _splits(blocks: Integers, worse: Flags) -> Flags:
    """Members of blocks of which some nodes are worse off and others are not."""
    count = int(blocks.max()) + 2
    members = np.bincount(blocks.ravel() + 1, minlength=count)
    some = np.bincount(blocks.ravel() + 1, weights=worse.ravel(), minlength=count)
    parted = (some > 0) & (some < members)
    parted[0] = False
    flags: Flags = parted[blocks + 1]
    return flags
