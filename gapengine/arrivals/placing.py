"""Places new tellings in the register: each joins a project that is there, starts one of its own, or is in doubt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from gapengine.arrivals.joining import Joined, join
from gapengine.arrivals.names import slug
from gapengine.arrivals.register import Entry, Register
from gapengine.arrivals.tellings import Telling, telling


def place(known: Register, new: Iterable[Telling]) -> tuple[Telling, ...]:
    """Tellings that the register does not hold yet, each with its event, and with score and reasons of the join.

    Args:
        known: the register as it stands, decisions applied.
        new: tellings in any order; one whose id the register holds is left out.

    Returns:
        In the order of their dates. A doubtful one starts an event of its own and names the event it resembles in
        ``doubt``; that event of its own adds no jobs until a person decided.
    """
    held = {item.telling_id for entry in known.entries.values() for item in entry.tellings}
    fresh = sorted(
        {item.telling_id: item for item in new if item.telling_id not in held}.values(),
        key=lambda item: (item.published_date, item.telling_id),
    )
    before, events = _known(known)
    joined = join([*before, *fresh], events)
    names = _names(joined, events, fresh, known)
    out = []
    for at, item in enumerate(fresh, len(before)):
        update: dict[str, object] = {"event_id": names[joined.group[at]]}
        if at in joined.links:
            _, match = joined.links[at]
            update |= {"score": max(round(match.score, 1), 0.0), "reasons": "; ".join(match.reasons)}
        for doubt in joined.doubts:
            if doubt.telling == at:
                update |= {
                    "doubt": names[joined.group[doubt.other]],
                    "score": max(round(doubt.match.score, 1), 0.0),
                    "reasons": "; ".join(doubt.match.reasons),
                }
        out.append(item.model_copy(update=update))
    return tuple(out)


def _known(known: Register) -> tuple[list[Telling], list[str]]:
    """What new tellings are compared with, and the event of each."""
    before: list[Telling] = []
    events: list[str] = []
    for entry in known.entries.values():
        compared = [*_of_rows(entry), *entry.tellings]
        before.extend(compared)
        events.extend([entry.event_id] * len(compared))
    return before, events


def _of_rows(entry: Entry) -> list[Telling]:
    """The embedded rows of an event as one telling: its counties together, as texts tell it."""
    if not entry.embedded:
        return []
    table = pd.DataFrame(entry.rows)
    first = {name: value for name, value in entry.rows[0].items() if pd.notna(value)}
    return [
        telling(
            telling_id=f"e-{entry.event_id}",
            event_id=entry.event_id,
            site="embedded",
            source_address=first.get("source_address", ""),
            title=entry.event_id,
            published_date=first["announced_date"],
            company=first["company"],
            project=first.get("project", ""),
            counties=tuple(table["county_fips"]),
            cities=tuple(dict.fromkeys(table["city"].dropna())),
            jobs=_sum(table["jobs"]),
            jobs_max=_sum(table["jobs_max"].fillna(table["jobs"])),
            investment_usd=_sum(table["investment_usd"]),
        )
    ]


def _sum(column: pd.Series[float]) -> float | str:
    """The sum of what is known; an empty cell where nothing is."""
    known = pd.to_numeric(column, errors="coerce").dropna()
    return float(known.sum()) if len(known) else ""


def _names(joined: Joined, events: Sequence[str], fresh: Sequence[Telling], known: Register) -> dict[int, str]:
    """Name of each group: that of its event, or company and year, numbered where taken."""
    names = {joined.group[at]: event for at, event in enumerate(events)}
    taken = set(known.entries)
    for at, item in enumerate(fresh, len(events)):
        group = joined.group[at]
        if group not in names:
            stem = f"{slug(item.company or f'project {item.project}')}-{item.published_date[:4]}"
            number = next(n for n in range(1, len(taken) + 2) if (stem if n == 1 else f"{stem}-{n}") not in taken)
            names[group] = stem if number == 1 else f"{stem}-{number}"
            taken.add(names[group])
    return names
