"""What is known about each program's balance: gathered from its market's matching, under every taxonomy and scale."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from gapengine.assumptions import Assumptions
from gapengine.college import College
from gapengine.demand.codes import Universe
from gapengine.demand.levels import CLASSES, TAXONOMIES
from gapengine.demand.openings import Openings
from gapengine.figures import Unknown
from gapengine.matching import Balance, Glance, balance, glances, market, recurring_gap
from gapengine.national import Nation
from gapengine.program_map import ProgramMap
from gapengine.programs import Program
from gapengine.supply import Supply

GLANCE = 200  # draws used where only a probability is wanted: taxonomies and flip values
_SCALES = (0.75, 1.5)


@dataclass(frozen=True)
class Evidence:
    """What is known about one program's balance, (K,) draws where not said otherwise.

    Attributes:
        program: the program.
        market: shed, region or state.
        openings: all openings a year of its occupations.
        addressable: those that entrants with its award level fill.
        graduates: completers a year.
        supply: (K,) those of them who stay and work in field.
        gap: further completers who would still be placed.
        placed: (D,) placed in the fair matching, in the first D draws.
        least: openings that nobody else would fill.
        greatest: most it could place.
        cohort: completers of one section who stay and work in field.
        by_taxonomy: taxonomy -> (p_shortage, p_surplus).
        by_scale: demand relative to supply -> (p_shortage, p_surplus), to find where the advice flips.
        basis: where the graduates come from: completions, range or none.
        n_edges: occupations fed.
        n_confident: of these, official or confirmed by the college.
        wage: median annual wage of its openings, dollars, weighted by the openings it can reach; NaN where unknown.
        uncounted: true where non-credit programs train for the same award and nobody publishes their completers.
        tolerated: share of its completers that may stay unplaced without a surplus.
        entry_wage: the same at entry (mean of the 10th and 25th percentiles); NaN where unknown.
        recurring_gap: (K,) the gap against recurring openings alone (exits and transfers); None where not computed.
        fits_nation: most of its field's completers for whom the whole nation has openings at this level, as a share.
        entrant_share: share of the openings it can reach that new graduates fill; NaN where it reaches none.
        wider: any wider market that was matched -> P(surplus) there.
        inputs: name of an input that varies from draw to draw -> its (K,) values.
        running: true where it has completers, or its completers are merely not known.
    """

    program: Program
    market: str
    openings: np.ndarray
    addressable: np.ndarray
    graduates: np.ndarray
    supply: np.ndarray
    gap: np.ndarray
    placed: np.ndarray
    least: np.ndarray
    greatest: np.ndarray
    cohort: float
    by_taxonomy: dict[str, tuple[float, float]]
    by_scale: dict[float, tuple[float, float]]
    basis: str
    n_edges: int
    n_confident: int
    wage: float
    uncounted: bool
    running: bool
    tolerated: float
    entry_wage: float = float("nan")
    recurring_gap: np.ndarray | None = None
    fits_nation: float = 1.0
    entrant_share: float = float("nan")
    wider: dict[str, float] = field(default_factory=dict)
    inputs: dict[str, np.ndarray] = field(default_factory=dict)

    @property
    def few(self) -> bool:
        """Whether its graduates rest on a count of the college's, never a federal one, too small to be shown."""
        stated = self.basis in ("stated", "range") and self.program.few_completers
        return stated or (self.basis == "capacity" and self.program.few_enrolled)

    @property
    def p_shortage(self) -> float:
        """Share of draws with a gap of at least one cohort."""
        return shortage(self.gap, self.cohort)

    @property
    def p_surplus(self) -> float:
        """Share of draws in which too many of its own completers stay unplaced."""
        return surplus(self.supply[: len(self.placed)], self.placed, self.tolerated)

    @property
    def share_unplaced(self) -> float:
        """Mean share of its own completers who stay unplaced."""
        looking = float(self.supply[: len(self.placed)].sum())
        return 1 - float(self.placed.sum()) / looking if looking > 0 else 0.0

    @property
    def unplaced(self) -> np.ndarray:
        """(D,) completers who find no opening, in the draws that were shared fairly."""
        return np.asarray(np.maximum(self.supply[: len(self.placed)] - self.placed, 0.0))


def shortage(gap: np.ndarray, cohort: float) -> float:
    """Share of draws in which at least one more cohort would be placed."""
    return float(np.mean(gap >= cohort))


def surplus(supply: np.ndarray, placed: np.ndarray, tolerated: float) -> float:
    """Share of draws in which more than `tolerated` of the program's own completers stay unplaced."""
    return float(np.mean((supply - placed > tolerated * supply) & (supply > 0)))


def gather(
    college: College,
    assumptions: Assumptions,
    openings: dict[str, Openings],
    supplies: dict[str, Supply],
    feeds: ProgramMap,
    universe: Universe,
    shares: dict[str, np.ndarray],
    nation: Nation,
    wages: np.ndarray,
    entry_wages: np.ndarray,
    served: tuple[str, ...],
) -> tuple[dict[str, Balance], list[Evidence]]:
    """Match every market and gather each program's evidence from its own.

    Args:
        college: its programs.
        assumptions: cohort_size.*, threshold.surplus_share, the range of entrant_share.open.
        openings: by market.
        supplies: by market.
        feeds: the program map.
        universe: order of the occupations.
        shares: level shares by taxonomy.
        nation: entrant shares, and how well each field fits the nation's openings.
        wages: (O,) median annual wages.
        entry_wages: (O,) annual wages at entry.
        served: market of each program.

    Returns:
        The balance of each market, and one entry of evidence a program, in the college's order.
    """
    tolerated = assumptions.value("threshold.surplus_share")
    entrants = nation.entrants
    views: dict[str | float, tuple[np.ndarray, np.ndarray]] = {name: (shares[name], entrants) for name in TAXONOMIES}
    views |= {scale: (shares["combined"], entrants * scale) for scale in scales(assumptions)}
    uncounted = {
        (program.cip_code, program.award_class)
        for program in college.programs
        if program.kind == "noncredit" and isinstance(program.completers, Unknown)
    }
    balances: dict[str, Balance] = {}
    found: dict[int, Evidence] = {}
    for name, market_openings in openings.items():
        judged = [place for place, of in enumerate(served) if of == name]
        whole = None if name == "shed" else judged  # the college's own region is shown whole
        layout = market(name, college, supplies[name], feeds, universe, whole)
        main = balance(layout, supplies[name], market_openings, shares["combined"], entrants)
        seen = glances(layout, supplies[name], market_openings, views, GLANCE)
        balances[name] = main
        lasting = recurring_gap(main, supplies[name], market_openings, shares["combined"], entrants)
        for index in judged:
            program = college.programs[index]
            kept = float(supplies[name].kept[index])
            cohort = assumptions.value(f"cohort_size.{program.award_level}") * kept
            layers = feeds.of(program.cip_code, program.award_class)["layer"]
            found[index] = _evidence(
                index,
                program,
                main,
                supplies[name],
                market_openings,
                cohort,
                tolerated,
                {key: _probabilities(view, index, cohort, tolerated) for key, view in seen.items()},
                int((layers != "inferred").sum()),
                wages,
                entry_wages,
                (program.cip_code, program.award_class) in uncounted,
                lasting[:, index],
                nation,
            )
    return balances, [found[index] for index in range(len(college.programs))]


def scales(assumptions: Assumptions) -> list[float]:
    """Demand against supply at which every program is looked at again: both ends of the entrant share, two between."""
    entrant = assumptions["entrant_share.open"]
    low, high = entrant.low / entrant.value, entrant.high / entrant.value
    return sorted({low, high, *(scale for scale in _SCALES if low < scale < high)} - {1.0})


def _inputs(main: Balance, program: int, supply: Supply, openings: Openings, position: np.ndarray) -> dict[str, Any]:
    """What the balance of a program is drawn from, each (K,) draws, under the names that a reader knows."""
    graduates, own = supply.graduates[:, program], supply.own[:, program]
    edges = main.market.edges
    rivals = edges.loc[edges["node"].isin(main.market.nodes_of(program)) & (edges["program"] != program), "program"]
    people = main.supply[:, np.unique(rivals.to_numpy(int))].sum(axis=1)
    return {
        "completers a year of the program": graduates,
        "share of graduates who stay and work in the field": np.divide(
            own, graduates, out=np.zeros_like(own), where=graduates > 0
        ),
        "openings a year of its occupations": openings.total[:, position].sum(axis=1),
        "announced jobs that come, in its occupations": openings.announced[:, position].sum(axis=1),
        "graduates of other programs and institutions in its field": people,
    }


def _probabilities(view: Glance, program: int, cohort: float, tolerated: float) -> tuple[float, float]:
    return shortage(view.gap[:, program], cohort), surplus(view.own[:, program], view.placed[:, program], tolerated)


def _evidence(
    index: int,
    program: Program,
    main: Balance,
    supply: Supply,
    openings: Openings,
    cohort: float,
    tolerated: float,
    seen: dict[str | float, tuple[float, float]],
    n_confident: int,
    wages: np.ndarray,
    entry_wages: np.ndarray,
    uncounted: bool,
    lasting: np.ndarray,
    nation: Nation,
) -> Evidence:
    nodes = main.market.nodes_of(index)
    position = main.market.nodes["position"].to_numpy(int)[nodes]
    reached = main.demand[:, nodes]
    mean_reached = reached.mean(axis=0)
    matched = main.matching
    own = _probabilities(Glance(main.gap, main.own, main.placed), index, cohort, tolerated)
    return Evidence(
        program=program,
        market=main.market.name,
        openings=openings.total[:, np.unique(position)].sum(axis=1),
        addressable=reached.sum(axis=1),
        graduates=supply.graduates[:, index],
        supply=supply.own[:, index],
        gap=matched.gap[:, index],
        placed=matched.fair[:, index],
        least=matched.least[:, index],
        greatest=matched.greatest[:, index],
        cohort=cohort,
        by_taxonomy={key: pair for key, pair in seen.items() if isinstance(key, str)},
        by_scale={key: pair for key, pair in seen.items() if not isinstance(key, str)} | {1.0: own},
        basis=supply.basis[index],
        n_edges=len(nodes),
        n_confident=n_confident,
        wage=_weighted(wages[position], mean_reached),
        uncounted=uncounted,
        tolerated=tolerated,
        running=supply.basis[index] != "none" or program.kind == "noncredit",
        entry_wage=_weighted(entry_wages[position], mean_reached),
        recurring_gap=lasting,
        fits_nation=nation.fits.get((program.cip_code, program.award_class), 1.0),
        entrant_share=_mean_share(mean_reached, nation.entrants[position, CLASSES.index(program.award_class)]),
        inputs=_inputs(main, index, supply, openings, np.unique(position)),
    )


def _weighted(wages: np.ndarray, openings: np.ndarray) -> float:
    """Mean wage over openings; occupations whose wage is unknown are left out, NaN where all are."""
    weight = np.where(np.isnan(wages), 0.0, openings)
    return float(np.nansum(wages * weight) / weight.sum()) if weight.sum() > 0 else float("nan")


def _mean_share(filled: np.ndarray, entrants: np.ndarray) -> float:
    """Openings that entrants fill over those that the award reaches."""
    reachable = float((filled / entrants).sum())
    return float(filled.sum()) / reachable if reachable > 0 else float("nan")
