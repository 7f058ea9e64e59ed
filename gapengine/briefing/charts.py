"""What the charts of a program's page are drawn from: history of awards, openings by year, distribution of the gap."""

from __future__ import annotations

import numpy as np

from gapengine.briefing import words
from gapengine.decisions import Advice
from gapengine.decisions.reasons import draws
from gapengine.demand.levels import CLASSES
from gapengine.run import Run
from reports.programs import DemandFan, GapHistogram
from reports.quantities import Range

_ALIKE = 0.2
"""Openings and graduates count as about as many where they lie no further apart than this share of the larger."""


def history(run: Run, index: int) -> dict[int, float]:
    """Awards by year as reported; empty where none were."""
    awards = run.supply["shed"].history.iloc[index]
    pairs = zip(awards.index.tolist(), awards.tolist(), strict=True)
    return {int(year): float(count) for year, count in pairs} if awards.sum() > 0 else {}


def fan(run: Run, index: int, advice: Advice) -> DemandFan:
    """Openings by year that new graduates can take, against the program's own graduates."""
    evidence = advice.evidence
    opened = run.openings[evidence.market]
    balance = run.balances[evidence.market]
    nodes = balance.market.nodes.iloc[balance.market.nodes_of(index)]
    of_class = [CLASSES.index(name) for name in nodes["award_class"]]
    position = nodes["position"].to_numpy(int)
    reach = (run.shares["combined"] * run.entrants)[position, of_class]
    yearly = np.einsum("kny,n->ky", opened.by_year(position), reach)
    bands = np.quantile(yearly, [0.1, 0.25, 0.5, 0.75, 0.9], axis=0)
    shown = evidence.basis != "none" and not evidence.few
    graduates = float(np.median(evidence.supply)) if shown else None
    p10, p25, p50, p75, p90 = (tuple(float(value) for value in band) for band in bands)
    return DemandFan(
        _fan_title(words.spread(evidence.addressable), graduates),
        f"Openings a year for new graduates, {words.MARKETS[evidence.market].lower()}, against its own in the field",
        years=tuple(int(year) for year in opened.years),
        p10=p10,
        p25=p25,
        p50=p50,
        p75=p75,
        p90=p90,
        capacity=graduates,
        capacity_label="graduates",
        history=words.counts(history(run, index)),
        history_label="awards",
    )


def _fan_title(openings: Range, graduates: float | None) -> str:
    """What the medians say, and whether the range of openings reaches the graduates."""
    if graduates is None:
        return f"About {words.openings(openings.p50)} a year within reach of new graduates"
    apart = openings.p50 - graduates
    if abs(apart) <= _ALIKE * max(openings.p50, graduates):
        return "About as many openings as own graduates, others not counted"
    said = f"{'More' if apart > 0 else 'Fewer'} openings than own graduates, others not counted"
    return f"{said}; ranges overlap" if openings.p10 <= graduates <= openings.p90 else said


def histogram(advice: Advice) -> GapHistogram:
    """Distribution of the gap over the draws, with one section as the threshold."""
    gap, cohort = advice.evidence.gap, advice.evidence.cohort
    top = max(float(np.quantile(gap, 0.98)), cohort * 2)
    # the threshold is an edge, so that the bars beyond it add up to the probability in the title
    below = max(round(16 * cohort / top), 1)
    edges = np.concatenate([np.linspace(0, cohort, below + 1), np.linspace(cohort, top, 17 - below)[1:]])
    shares, _ = np.histogram(np.clip(gap, 0, top), bins=edges)
    return GapHistogram(
        f"A gap of at least one section in {draws(advice.evidence.p_shortage)}",
        "Further graduates placed a year, by draw",
        tuple(float(edge) for edge in edges),
        tuple(float(share) for share in shares / shares.sum()),
        cohort,
    )
