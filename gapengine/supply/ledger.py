"""The ledger of supply for one program: every line of people who compete for its openings; the unknown not counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gapengine.evidence import shortage, surplus
from gapengine.figures import Assumed, Known, Unknown
from gapengine.supply.pipelines import direct
from gapengine.supply.sections import section_yield
from models.flows import match

if TYPE_CHECKING:
    from gapengine.programs import Program
    from gapengine.run import Run


@dataclass(frozen=True)
class Line:
    """One line of the ledger; people a year who look for work in the field and the market.

    Attributes:
        name: short name, for --line.
        title: as printed.
        people: (K,) draws; None where nobody states it.
        counted: whether the line is in the matching.
        standing: known, assumed or unknown.
        why: where it comes from, or who could state it.
    """

    name: str
    title: str
    people: np.ndarray | None
    counted: bool
    standing: str
    why: str


def ledger(run: Run, program_id: str) -> tuple[Line, ...]:
    """All lines for one program, in its market."""
    program = run.college.program(program_id)
    index = [item.program_id for item in run.college.programs].index(program_id)
    return (
        _own(run, index),
        _capacity(program),
        *_rivals(run, index),
        *_pipelines(run, program),
        _displaced(run, index),
        Line(
            "commuters",
            "People who commute in from outside the labor shed",
            None,
            False,
            "unknown",
            "Census LODES is not pulled; the weight of the outer counties stands for those within the shed.",
        ),
    )


def _own(run: Run, index: int) -> Line:
    supply = run.supply[run.served[index]]
    basis = supply.basis[index]
    title = "Its own graduates who stay and work in the field"
    why = {
        "completions": "Completions of recent years, as people, with their own noise.",
        "stated": "The college states its completers.",
        "range": "Its completers are not published: a stated range.",
        "capacity": "Sections times seats, share taken, share who complete and cohorts a year.",
    }.get(basis)
    if why is None:
        return Line("own", title, None, False, "unknown", "No completers are published or stated.")
    standing = "assumed" if basis == "range" else "known"
    return Line(
        "own", title, supply.own[:, index], True, standing, f"{why} {supply.kept[index]:.0%} stay and work in it."
    )


def _capacity(program: Program) -> Line:
    """What one section yields, to compare with; never in the matching beside the graduates themselves."""
    amount = section_yield(program)
    title = "One further section, graduates a year before leaving"
    if amount is None:
        return Line("section", title, None, False, "unknown", "Seats, share taken, completion or cohorts are unknown.")
    parts = ("seats_per_section", "fill_rate", "completion_rate", "cohorts_per_year")
    figures = program.figures
    text = " x ".join(f"{figures[name].value:g}" for name in parts)
    lead = program.lead_quarters.value
    wait = "an unknown time" if lead is None else f"{lead:g} quarters"
    standing = "known" if all(isinstance(figures[name], Known) for name in parts) else "assumed"
    return Line(
        "section",
        title,
        np.array([amount]),
        False,
        standing,
        f"{text}; first ones {wait} after the decision; for comparison.",
    )


def _rivals(run: Run, index: int) -> list[Line]:
    """Others who feed the same occupations: the college's other programs, non-credit ones, other institutions."""
    market = run.served[index]
    balance = run.balances[market]
    edges = balance.market.edges
    near = edges.loc[edges["node"].isin(balance.market.nodes_of(index)) & (edges["program"] != index), "program"]
    who = np.unique(near.to_numpy(int))
    own, others = who[who < balance.market.n_own], who[who >= balance.market.n_own]
    programs = [run.college.programs[place] for place in own]
    credit = [place for place, item in zip(own, programs, strict=True) if item.kind != "noncredit"]
    silent = [item.title for item in programs if item.kind == "noncredit" and isinstance(item.completers, Unknown)]
    spoken = [
        place
        for place, item in zip(own, programs, strict=True)
        if item.kind == "noncredit" and isinstance(item.completers, Known | Assumed)
    ]
    lines = [
        Line(
            "college",
            "Other credit programs of the college that feed the same occupations",
            balance.supply[:, credit].sum(axis=1),
            True,
            "known",
            ", ".join(run.college.programs[place].program_id for place in credit) or "There is none.",
        ),
        Line(
            "institutions",
            "Other institutions that feed the same occupations, at their county's weight",
            balance.supply[:, others].sum(axis=1),
            True,
            "known",
            f"{len(others)} groups of equal field and level; with people who come straight from pipelines.",
        ),
    ]
    if spoken:
        names = ", ".join(run.college.programs[place].program_id for place in spoken)
        people = balance.supply[:, spoken].sum(axis=1)
        lines.append(Line("noncredit", "Non-credit programs of the college", people, True, "assumed", names))
    if silent:
        why = f"{', '.join(silent)}: completers are not published; the college can state them."
        lines.append(Line("noncredit-unknown", "Non-credit programs nobody counts", None, False, "unknown", why))
    return lines


def _pipelines(run: Run, program: Program) -> list[Line]:
    lines = []
    for pipeline in run.college.pipelines:
        if program.program_id not in pipeline.feeds and pipeline.feeds:
            continue
        people = direct(pipeline)
        name, title = f"pipeline-{pipeline.pipeline_id}", f"{pipeline.title}: straight to work"
        if people is None or not pipeline.feeds:
            known = "" if pipeline.entrants is None else f" {pipeline.entrants:g} entrants are known."
            why = f"{pipeline.owner} can state completers, their next step and the field.{known} {pipeline.note}"
            lines.append(Line(name, title, None, False, "unknown", why))
        else:
            share = np.array([people / len(pipeline.feeds)])
            why = f"{pipeline.completers:g} completers, {pipeline.progression:.0%} of whom enrol first. {pipeline.note}"
            lines.append(Line(name, f"{title} (within other institutions)", share, False, "known", why))
    return lines


def _displaced(run: Run, index: int) -> Line:
    market = run.served[index]
    balance = run.balances[market]
    positions = np.unique(balance.market.nodes["position"].to_numpy(int)[balance.market.nodes_of(index)])
    events = [event for event in run.coming.leaving if event.workers]
    unnamed = sum(event.workers or 0 for event in events if not event.naics_code)
    title = "Displaced workers who look for the same work"
    people = run.supply[market].displaced[:, positions].sum(axis=1)
    span = f"{run.period[0]} to {run.period[1]}"
    told = f"{len(events)} notices of {sum(event.workers or 0 for event in events):,.0f} people are known"
    told += f"; {unnamed:,.0f} of them are in industries that nobody told"
    if not people.any():
        why = f"{told}. None in its occupations reaches {span}: who is notified now will have found work or left."
        return Line("displaced", title, None, False, "unknown", why)
    why = f"{told} and not counted. Those whose date lies in {span} take openings before graduates do."
    return Line("displaced", title, people, True, "assumed", why)


@dataclass(frozen=True)
class WhatIf:
    """The balance of a program before and after a change of lines: mean gap, P(shortage), P(surplus)."""

    gap: tuple[float, float]
    p_shortage: tuple[float, float]
    p_surplus: tuple[float, float]


def what_if(run: Run, program_id: str, people: Mapping[str, float]) -> WhatIf:
    """Match a program's market again with other numbers in its ledger.

    Args:
        run: the run.
        program_id: the program.
        people: line -> people a year instead of what the ledger has; an unknown line counts from zero. All of them
            compete for the program's occupations.
    """
    index = [item.program_id for item in run.college.programs].index(program_id)
    lines = {line.name: line for line in ledger(run, program_id)}
    balance, evidence = run.balances[run.served[index]], run.advice[index].evidence
    supply = balance.supply.copy()
    for name, amount in people.items():
        known = lines[name].people
        now = float(known.mean()) if known is not None and lines[name].counted else 0.0
        column = supply[:, index]
        supply[:, index] = (
            column * amount / now if name == "own" and now > 0 else np.maximum(column + amount - now, 0.0)
        )
    after = match(balance.market.graph, supply, balance.demand)
    return WhatIf(
        (float(evidence.gap.mean()), float(after.gap[:, index].mean())),
        (evidence.p_shortage, shortage(after.gap[:, index], evidence.cohort)),
        (evidence.p_surplus, surplus(supply[:, index], after.fair[:, index], evidence.tolerated)),
    )
