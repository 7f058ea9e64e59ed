"""What stands behind the advice: arrivals, unserved occupations, assumptions, sources, method, words."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from itertools import groupby, takewhile
from typing import Any

import numpy as np
import pandas as pd

from gapengine import scorecard
from gapengine.arrivals import Event
from gapengine.briefing import coming, words
from gapengine.rows import records
from gapengine.run import Run
from gapengine.snapshot import Dataset
from gapengine.track_record import CANNOT_BE_TESTED, findings
from reports.background import (
    Announcement,
    Assumption,
    JointGap,
    Layoff,
    Source,
    TrackRecord,
    UnservedOccupation,
)

_MOST_UNSERVED = 18
_MOST_JOINT = 8


def announcements(run: Run) -> tuple[Announcement, ...]:
    """Every announced project of the labor shed, those that still add jobs first, newest first."""
    rows = {(row["event_id"], row["county_fips"]): row for row in records(run.coming.register.table())}
    titles = run.snapshot["naics_titles"].drop_duplicates("naics_code").set_index("naics_code")["naics_title"]
    named = coming.programs_named(run)
    out = [
        _announcement(
            run,
            event,
            rows[event.event_id, event.county_fips],
            str(titles.get(event.naics_code, "")),
            named.get((event.event_id, event.county_fips), ""),
        )
        for event in run.coming.events
    ]
    newest = sorted(out, key=lambda item: item.announced, reverse=True)
    return tuple(sorted(newest, key=lambda item: (not item.counted, item.cancelled)))


def _announcement(run: Run, event: Event, row: dict[str, Any], industry: str, programs: str) -> Announcement:
    known = {name: value for name, value in row.items() if pd.notna(value)}
    county = run.college.county_names.get(event.county_fips, event.county_fips)
    jobs = known.get("jobs")
    qualifier = known.get("jobs_qualifier", "")
    return Announcement(
        company=f"{event.company} (Project {known['project']})" if "project" in known else event.company,
        place=f"{known['city']}, {county} County" if "city" in known else f"{county} County",
        industry=industry or event.naics_code,
        stage=event.stage,
        announced=known["announced_date"],
        promised_low=jobs,
        promised_high=max(known.get("jobs_max", 0.0), jobs) if jobs is not None else None,
        promised_qualifier="" if qualifier in ("exact", "range") else qualifier,
        expected=words.spread(event.increments.sum(axis=1)) if event.counted else None,
        start_year=known.get("start_year"),
        by_year=known.get("by_year"),
        counted=event.counted,
        why=event.reason,
        source_address=known["source_address"],
        history=_history(event, str(known.get("note", ""))),
        programs=programs,
    )


def _history(event: Event, note: str) -> str:
    """'Announced 2021-05, cancelled 2026-02' and what a reader must know."""
    stages = [next(steps) for _, steps in groupby(event.history, key=lambda step: step.stage)]
    if len(stages) < 2:  # told again or corrected, it stands where it stood
        return note
    told = ", ".join(f"{step.stage} {step.date[:7]}" for step in stages)
    return f"{told[0].upper()}{told[1:]}. {note}".strip()


def layoffs(run: Run) -> tuple[Layoff, ...]:
    """Layoffs and closures of the labor shed, each event once, newest first."""
    newest = sorted(run.coming.leaving, key=lambda event: (event.notice_date, event.event_id), reverse=True)
    return tuple(
        Layoff(
            company=event.company,
            place=event.city,
            effective=event.effective_date,
            jobs=event.workers,
            note=f"{event.kind}: {event.reason}",
            source_address=event.source_address,
        )
        for event in newest
    )


def unserved(run: Run) -> tuple[UnservedOccupation, ...]:
    """Occupations with openings below the bachelor's degree that no program of the college feeds."""
    own = {(program.cip_code, program.award_class) for program in run.college.programs}
    edges = run.feeds.edges
    pairs = list(zip(edges["cip_code"], edges["award_class"], strict=True))
    fed = set(edges.loc[[pair in own for pair in pairs], "soc_code"])
    elsewhere = edges.groupby("soc_code")["cip_code"].first()
    opened = run.openings["shed"].total
    reach = run.shares["combined"].max(axis=1)
    wages = run.wages
    table = run.snapshot["occupations"].set_index("soc_code").reindex(list(run.universe.codes))
    size = opened.mean(axis=0) * (run.shares["combined"] * run.entrants).max(axis=1)
    enough = (reach >= run.assumptions.value("unserved.reach")) & (wages >= run.assumptions.value("living_wage"))
    order = [index for index in np.argsort(-size) if enough[index] and run.universe.codes[index] not in fed]
    out = []
    for index in order[:_MOST_UNSERVED]:
        code = run.universe.codes[index]
        rival = elsewhere.get(code)
        why = f"{reach[index]:.0%} within reach"
        out.append(
            UnservedOccupation(
                code,
                run.universe.titles[code],
                words.spread(opened[:, index]),
                float(wages[index]),
                str(table["entry_education"].iloc[index]),
                f"{why}; others train for it (CIP {rival})" if rival is not None else why,
            )
        )
    return tuple(out)


def joint_gaps(run: Run) -> tuple[JointGap, ...]:
    """Programs of the college that compete for the same openings, and the one gap that they share."""
    balance = run.balances["shed"]
    matched = balance.matching
    component = matched.component_of_program
    own = component[: balance.market.n_own]
    titles = np.array([f"{program.title} ({program.award_level})" for program in run.college.programs])
    judged = np.array([advice.action != "transfer" for advice in run.advice])
    node_component = balance.market.graph.component_of_occupation
    out = []
    for number in np.unique(own):
        members = np.flatnonzero((own == number) & judged)
        if len(members) < 2:
            continue
        everyone = np.flatnonzero(component == number)
        out.append(
            JointGap(
                tuple(titles[members]),
                words.spread(balance.demand[:, node_component == number].sum(axis=1)),
                words.spread(balance.supply[:, everyone].sum(axis=1)),
                words.spread(matched.joint_gap[:, number]),
            )
        )
    return tuple(sorted(out, key=lambda item: -(item.gap.p50 if item.gap else 0.0))[:_MOST_JOINT])


def assumptions(run: Run) -> tuple[Assumption, ...]:
    """Every assumption, with the value that this run used; neighbours of one unit, reason and source share a line."""
    out = []
    for (unit, why, source), group in groupby(
        run.assumptions.values(), lambda item: (item.unit, item.why, item.source)
    ):
        members = list(group)
        if len(members) == 1:
            item = members[0]
            out.append(Assumption(item.name, item.value, unit, item.low, item.high, why, source, item.overridden))
            continue
        stem = _shared([item.name.split(".") for item in members])
        values = "; ".join(
            f"{item.name[len(stem) + 1 :].replace('.', ' ')} {item.value:g} ({item.low:g} to {item.high:g})"
            for item in members
        )
        overridden = any(item.overridden for item in members)
        out.append(Assumption(stem, values, unit, None, None, why, source, overridden))
    return tuple(out)


def _shared(names: list[list[str]]) -> str:
    """The levels that all names begin with, joined by dots."""
    same = takewhile(lambda level: len(set(level)) == 1, zip(*names, strict=False))
    return ".".join(level[0] for level in same)


def sources(run: Run) -> tuple[Source, ...]:
    """Every publication that the snapshot was built from, with vintage, age and the hash of what was read."""
    from_store = any(item.status == "pulled" for item in run.snapshot.datasets.values())
    return tuple(
        Source(
            item.title,
            item.agency,
            item.vintage,
            item.retrieved.isoformat(),
            item.rows,
            _one_hash(item.files),
            item.licence,
            f"figures to {item.covers_until:%B %Y}",
            _caveats(item, from_store),
            item.address,
        )
        for item in run.snapshot.datasets.values()
    )


def _caveats(item: Dataset, from_store: bool) -> tuple[str, ...]:
    """What differs from the agency's file; in a run on a store also which figures are not from it."""
    embedded = from_store and item.status == "embedded"
    origin = ("Embedded in the program: the store has no such figures.",) if embedded else ()
    return ((item.note,) if item.note else ()) + origin


def _one_hash(files: Mapping[str, str]) -> str:
    """The file's own hash, or the hash of the sorted hashes where a publication came in several files."""
    hashes = sorted(files.values())
    return hashes[0] if len(hashes) == 1 else hashlib.sha256("\n".join(hashes).encode()).hexdigest()


def track_record(run: Run) -> tuple[TrackRecord, ...]:
    """How well the parts were tested, on which data; what was not tested is said."""
    rows = [TrackRecord(item.tested, item.figure, item.sentence) for item in findings(run.snapshot)]
    rows += _earlier(run)
    rows += [TrackRecord("Not tested", "–", sentence) for sentence in CANNOT_BE_TESTED]
    return tuple(rows)


def _earlier(run: Run) -> list[TrackRecord]:
    """How forecasts that earlier editions froze have fared."""
    title = "Earlier advice of this report"
    if not run.past.editions:
        return [TrackRecord(title, "none yet", "This is the first edition; the next one opens with how it fared.")]
    names = {"awards": "awards of a program in a year", "jobs": "jobs of an area"}
    found = [
        TrackRecord(
            f"Earlier editions: {names[score.kind]}",
            f"{score.inside:.0%}",
            f"inside the frozen 80% range, of {score.count}; mean error {score.error:,.0f}, of the naive rival "
            f"{score.naive_error:,.0f}.",
        )
        for score in scorecard.scores(run.outcomes)
    ]
    return found or [TrackRecord(title, "not due yet", "No year that an earlier edition forecast has been counted.")]
