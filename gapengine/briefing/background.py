"""What stands behind the advice: arrivals, unserved occupations, assumptions, sources, method, words."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import numpy as np
import pandas as pd

from gapengine.briefing import words
from gapengine.run import Run
from reports.background import (
    Announcement,
    Assumption,
    Indicator,
    JointGap,
    Layoff,
    Source,
    TrackRecord,
    UnservedOccupation,
)

_MOST_UNSERVED = 20
_MOST_JOINT = 8


def announcements(run: Run) -> tuple[Announcement, ...]:
    """Every announced project of the labor shed, those that still add jobs first, newest first."""
    table = run.snapshot["announcements"].set_index(["event_id", "county_fips"])
    titles = run.snapshot["naics_titles"].drop_duplicates("naics_code").set_index("naics_code")["naics_title"]
    out = []
    for event in run.coming.events:
        row = table.loc[(event.event_id, event.county_fips)]
        place = f"{row['city']}, " if pd.notna(row["city"]) else ""
        jobs = row["jobs"]
        out.append(
            Announcement(
                event.company if pd.isna(row["project"]) else f"{event.company} (Project {row['project']})",
                f"{place}{words.county(run, event.county_fips)} County",
                str(titles.get(event.naics_code, event.naics_code)),
                event.stage,
                str(row["announced_date"]),
                float(jobs) if pd.notna(jobs) else None,
                float(np.fmax(row["jobs_max"], jobs)) if pd.notna(jobs) else None,
                ""
                if pd.isna(row["jobs_qualifier"]) or row["jobs_qualifier"] in ("exact", "range")
                else str(row["jobs_qualifier"]),
                words.spread(event.increments.sum(axis=1)) if event.counted else None,
                None if pd.isna(row["start_year"]) else int(row["start_year"]),
                None if pd.isna(row["by_year"]) else int(row["by_year"]),
                event.counted,
                event.reason,
                str(row["source_address"]),
                "" if pd.isna(row["note"]) else str(row["note"]),
            )
        )
    newest = sorted(out, key=lambda item: item.announced, reverse=True)
    return tuple(sorted(newest, key=lambda item: (not item.counted, item.cancelled)))


def layoffs(run: Run) -> tuple[Layoff, ...]:
    """Notices of layoffs in the labor shed, newest first."""
    counties = {county for area in run.college.areas for county in area.counties}
    table = run.snapshot["layoffs"]
    table = table[table["county_fips"].isin(counties)].sort_values("notice_date", ascending=False)
    return tuple(
        Layoff(
            str(row.company),
            "" if pd.isna(row.city) else str(row.city),
            str(row.notice_date),
            None if pd.isna(row.workers) else float(row.workers),  # type: ignore[arg-type]
            str(row.kind),
            str(row.source_address),
        )
        for row in table.itertuples(index=False)
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
    size = opened.mean(axis=0) * reach
    enough = (reach >= run.assumptions.value("unserved.reach")) & (wages >= run.assumptions.value("living_wage"))
    order = [index for index in np.argsort(-size) if enough[index] and run.universe.codes[index] not in fed]
    out = []
    for index in order[:_MOST_UNSERVED]:
        code = run.universe.codes[index]
        rival = elsewhere.get(code)
        why = f"{reach[index]:.0%} of its openings can be reached below the bachelor's degree"
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
    """Every assumption, with the value that this run used."""
    return tuple(
        Assumption(item.name, item.value, item.unit, item.low, item.high, item.why, item.source, item.overridden)
        for item in run.assumptions.values()
    )


def sources(run: Run) -> tuple[Source, ...]:
    """Every publication that the snapshot was built from, with vintage, age and the hash of what was read."""
    rows: dict[str, int] = {}
    caveats: dict[str, list[str]] = {}
    for table in run.snapshot.provenance:
        for dataset_id in table.datasets:
            rows[dataset_id] = rows.get(dataset_id, 0) + table.rows
            caveats.setdefault(dataset_id, []).extend(table.caveats)
    return tuple(
        Source(
            item.title,
            item.agency,
            item.vintage,
            item.retrieved.isoformat(),
            rows.get(item.dataset_id),
            _one_hash(item.files),
            item.licence,
            f"figures to {item.covers_until:%B %Y}",
            tuple(dict.fromkeys([*([item.note] if item.note else []), *caveats.get(item.dataset_id, [])])),
            item.address,
        )
        for item in run.snapshot.datasets.values()
    )


def _one_hash(files: Mapping[str, str]) -> str:
    """The file's own hash, or the hash of the sorted hashes where a publication came in several files."""
    hashes = sorted(files.values())
    return hashes[0] if len(hashes) == 1 else hashlib.sha256("\n".join(hashes).encode()).hexdigest()


def indicators(run: Run) -> tuple[Indicator, ...]:
    """The partners' shared scoreboard; a value that nobody supplied stays unknown."""
    return tuple(
        Indicator(
            item.title,
            item.definition,
            item.unit,
            item.owner,
            f"{item.value:g} ({item.period})" if item.value is not None else "",
        )
        for item in run.college.indicators
    )


def track_record(run: Run) -> tuple[TrackRecord, ...]:
    """How well the parts were tested, on which data; what was not tested is said."""
    scales = run.snapshot["error_scales"]
    rows = []
    for row in scales.itertuples(index=False):
        if "skill" in row.name or "coverage" in row.name:
            figure = f"{row.value:.0%}" if row.unit.startswith("share") else f"{row.value:.3g} {row.unit}"
            rows.append(TrackRecord(row.method, figure, f"{row.source}, n = {row.n:,}"))
    rows.append(
        TrackRecord(
            "Earlier advice of this report",
            "none yet",
            "This is the first edition; the next one opens with how it fared.",
        )
    )
    rows.append(
        TrackRecord("Openings in Durham", "not observed", "No agency counts openings by occupation in a county.")
    )
    return tuple(rows)
