"""The market that each program serves: the labor shed, the region or the whole state (method trap 4)."""

from __future__ import annotations

from gapengine.assumptions import Assumptions
from gapengine.college import College
from gapengine.snapshot import Snapshot
from gapengine.supply import LEVEL_OF_IPEDS, class_of


def markets(snapshot: Snapshot, college: College, assumptions: Assumptions) -> tuple[str, ...]:
    """Market of each program, in the college's order.

    What programs.csv states wins. ``auto`` looks at how few institutions of the state award the same CIP and class: a
    program that hardly anyone else offers draws from, and serves, the whole state. ``nation`` is balanced within the
    state, the widest market the snapshot holds both sides of.
    """
    few, some = (assumptions.value(f"market.{name}_when_at_most") for name in ("state", "region"))
    offering = institutions_offering(snapshot)
    out = []
    for program in college.programs:
        stated = "state" if program.market == "nation" else program.market
        if stated == "auto":
            count = offering.get((program.cip_code, class_of(program.award_level)), 0)
            wide = program.kind == "career" and count > 0
            stated = "state" if wide and count <= few else "region" if wide and count <= some else "shed"
        out.append(stated)
    return tuple(out)


def institutions_offering(snapshot: Snapshot) -> dict[tuple[str, str], int]:
    """How many institutions of the state award each CIP and class below the bachelor's degree."""
    table = snapshot["state_completions"]
    table = table.assign(award_class=table["award_level_code"].map(LEVEL_OF_IPEDS)).dropna(subset=["award_class"])
    table["award_class"] = table["award_class"].map(class_of)
    counts = table.groupby(["cip_code", "award_class"])["institutions"].max()
    return {(str(cip), str(of_class)): int(count) for (cip, of_class), count in counts.items()}
