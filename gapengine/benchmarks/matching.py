"""The matching alone: 1,000 draws of 120 programs and 400 occupations, all of it exact and fair in every draw.

Two maps made up for the purpose: one as program maps are (twelve fields, one edge in ten leads to another field, twice
as many edges a program as the embedded state's), one tangled, in which every edge leads anywhere.
"""

from __future__ import annotations

import time
from typing import Any

import numpy as np

from gapengine.benchmarks.machine import machine, peak_mb
from models.flows import Graph, graph, match

DRAWS, PROGRAMS, OCCUPATIONS = 1000, 120, 400
TARGET_SECONDS = 4.0
_FIELDS, _EDGES = 12, 4.5
_SEED = 20260401


def measure() -> dict[str, Any]:
    """Time the matching of both maps."""
    cases = [_case("as program maps are", 0.1), _case("tangled", 1.0)]
    return {
        "name": "match",
        "machine": machine(),
        "what": (
            f"{DRAWS} draws, {PROGRAMS} programs, {OCCUPATIONS} occupations: gap, least, greatest, fair allocation, "
            "joint gap by component, P(shortage), P(surplus), with the layout of the map"
        ),
        "seconds": cases[0]["seconds"],
        "target_seconds": TARGET_SECONDS,
        "within_target": cases[0]["seconds"] <= TARGET_SECONDS,
        "cases": cases,
        "peak_mb": peak_mb(),
    }


def made_up(across: float, rng: np.random.Generator) -> tuple[list[tuple[int, int]], np.ndarray, np.ndarray]:
    """Edges, supply (K, P) and demand (K, O); `across` is the share of edges that leave their field."""
    field_of_program = np.sort(rng.integers(0, _FIELDS, PROGRAMS))
    field_of_occupation = np.sort(rng.integers(0, _FIELDS, OCCUPATIONS))
    edges: set[tuple[int, int]] = set()
    for program in range(PROGRAMS):
        near = np.flatnonzero(field_of_occupation == field_of_program[program])
        for _ in range(1 + int(rng.poisson(_EDGES - 1))):
            outside = rng.random() < across or not near.size
            edges.add((program, int(rng.integers(OCCUPATIONS) if outside else rng.choice(near))))
    supply = rng.gamma(2.0, 15.0, PROGRAMS) * rng.lognormal(0.0, 0.3, (DRAWS, PROGRAMS))
    demand = rng.gamma(1.0, 20.0, OCCUPATIONS) * rng.lognormal(0.0, 0.5, (DRAWS, OCCUPATIONS))
    return sorted(edges), supply, demand


def _case(title: str, across: float) -> dict[str, Any]:
    edges, supply, demand = made_up(across, np.random.default_rng(_SEED))
    start, used = time.perf_counter(), time.process_time()
    layout = graph(PROGRAMS, OCCUPATIONS, edges)
    found = match(layout, supply, demand)
    p_shortage = (found.gap >= 10.0).mean(axis=0)
    p_surplus = ((supply - found.fair > 0.2 * supply) & (supply > 0)).mean(axis=0)
    return {
        "map": title,
        "edges": len(edges),
        "components": len(layout.components),
        "by_elimination": _eliminated(layout),
        "seconds": round(time.perf_counter() - start, 2),
        "cpu_seconds": round(time.process_time() - used, 2),
        "mean_p_shortage": round(float(p_shortage.mean()), 4),
        "mean_p_surplus": round(float(p_surplus.mean()), 4),
        "share_filled": round(float(found.filled.sum() / demand.sum()), 4),
    }


def _eliminated(layout: Graph) -> bool:
    """Whether every component is narrow enough for elimination; a wide one is solved by flows for each program."""
    return all(component is None or component.plan is not None for component in layout.components)
