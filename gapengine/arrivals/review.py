"""What a person should look at: new and doubtful projects, one at a time, with the sentence behind each figure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from connectors.announcements.markup import plain
from gapengine.arrivals.choices import FIELDS, FILE, Decision, append
from gapengine.arrivals.history import promise, stated
from gapengine.arrivals.register import Entry, Register
from gapengine.errors import GapengineError

HELP = (
    "confirm | correct FIELD=VALUE | merge EVENT | split TELLING | reject [TELLING] | Enter: later | quit; "
    "a reason may follow after #"
)


def pending(known: Register) -> list[Entry]:
    """Entries with tellings that nobody has decided about: doubtful ones first, then by date of the last text."""
    waiting = [
        entry
        for entry in known.entries.values()
        if entry.tellings
        and not entry.rejected
        and (entry.doubts or entry.pending or (not entry.confirmed and not entry.embedded))
    ]
    return sorted(
        waiting,
        key=lambda entry: (not (entry.doubts or entry.pending), entry.tellings[-1].published_date, entry.event_id),
    )


@dataclass(frozen=True)
class Reviewed:
    """How a review ended: events decided about, left for later, and not reached."""

    decided: tuple[str, ...]
    later: tuple[str, ...]
    left: tuple[str, ...]


def walk(
    reread: Callable[[], Register],
    folder: Path,
    on: date,
    by: str,
    ask: Callable[[str], str | None],
    say: Callable[[str], None],
) -> Reviewed:
    """Show each pending entry and write what is answered to announcement_decisions.csv at once.

    Args:
        reread: puts the register together anew, so that the next entry is shown as it stands after the last answer.
        folder: the college's.
        on: day written beside each decision.
        by: person or role written beside it.
        ask: shows a prompt and returns the answer; None at the end of the input.
        say: prints a line.
    """
    decided: list[str] = []
    later: list[str] = []
    known = reread()
    while True:
        waiting = [entry for entry in pending(known) if entry.event_id not in later]
        if not waiting:
            return Reviewed(tuple(dict.fromkeys(decided)), tuple(later), ())
        entry = waiting[0]
        for line in described(entry):
            say(line)
        answer = ask(f"{HELP}\n> ")
        if answer is None or answer.strip().lower() in ("q", "quit"):
            return Reviewed(tuple(dict.fromkeys(decided)), tuple(later), tuple(item.event_id for item in waiting))
        if not answer.strip():
            later.append(entry.event_id)
            continue
        path = folder / FILE
        before = path.read_bytes() if path.exists() else None
        try:
            append(folder, understood(answer, entry, on, by))
            known = reread()
        except GapengineError as error:
            say(f"not written: {error}")
            _restore(path, before)
            continue
        decided.append(entry.event_id)


def _restore(path: Path, before: bytes | None) -> None:
    """Take back a decision that does not fit what there is."""
    if before is not None:
        path.write_bytes(before)
    else:
        path.unlink(missing_ok=True)


def understood(answer: str, entry: Entry, on: date, by: str) -> Decision:
    """The decision that an answer stands for.

    Raises:
        UnclearAnswer: it stands for none; the message says what was expected.
    """
    said, _, why = answer.partition("#")
    verb, _, rest = said.strip().partition(" ")
    rest = rest.strip()
    cells: dict[str, Any] = dict.fromkeys(Decision.model_fields, "")
    cells |= {"event": entry.event_id, "decided_on": on, "decided_by": by, "why": plain(why)}
    verbs = {"c": "confirm", "m": "merge", "s": "split", "r": "reject"}
    cells["decision"] = verbs.get(verb.lower(), verb.lower())
    if cells["decision"] == "correct":
        field, found, value = rest.partition("=")
        if not found:
            raise UnclearAnswer(f"expected correct FIELD=VALUE, found {plain(said)!r}. Fields: {', '.join(FIELDS)}.")
        cells |= {"field": field.strip(), "value": value.strip()}
    elif cells["decision"] == "merge":
        cells["other"] = rest
    elif cells["decision"] in ("split", "reject"):
        cells["telling"] = rest
    elif cells["decision"] != "confirm" or rest:
        raise UnclearAnswer(f"expected one of: {HELP}; found {plain(answer)!r}.")
    if cells["telling"] and cells["telling"] not in {item.telling_id for item in entry.tellings}:
        have = ", ".join(item.telling_id for item in entry.tellings)
        raise UnclearAnswer(f"expected a telling of {entry.event_id} ({have}), found {plain(rest)!r}.")
    try:
        return Decision.model_validate(cells)
    except ValueError as error:
        raise UnclearAnswer(f"found {plain(answer)!r}: {str(error).splitlines()[-2].strip()}") from None


class UnclearAnswer(GapengineError):  # noqa: N818 - named for what it is to a reader
    """An answer in a review that stands for no decision."""

    exit_code = 2


def described(entry: Entry) -> Iterator[str]:
    """An entry in lines: facts, doubts, history, and the sentence and address behind each telling."""
    yield ""
    yield f"{plain(entry.company)}  [{entry.event_id}]{'  (embedded)' if entry.embedded else ''}"
    for row in entry.rows:
        known = stated(row)
        facts = [promise(known), str(known["stage"]), f"county {known['county_fips']}"]
        facts += [f"{name} {_shown(known[name])}" for name in _MORE if name in known]
        yield f"  {', '.join(facts)}"
    for doubt in (*entry.doubts, *entry.pending):
        yield f"  ? {plain(doubt)}"
    for step in entry.history:
        yield f"  {step.date} {step.stage}: {plain(step.what)}"
    for item in entry.tellings:
        yield f"  {item.telling_id}  {item.published_date}  {item.site}: {plain(item.title)}"
        for quote in dict.fromkeys((item.quote, item.stage_quote)):
            if quote:
                yield f'      "{plain(quote)}"'
        if item.reasons and not item.doubt:
            yield f"      joined with {item.score:g} points: {plain(item.reasons)}"
        if item.source_address:
            yield f"      {item.source_address}"


_MORE = ("city", "naics_code", "investment_usd", "avg_wage_usd", "start_year", "by_year", "operational_year")


def _shown(value: object) -> str:
    return f"{value:,.0f}" if isinstance(value, float) else plain(str(value))


def as_json(entry: Entry) -> dict[str, Any]:
    """An entry as plain data."""
    return {
        "event_id": entry.event_id,
        "company": entry.company,
        "embedded": entry.embedded,
        "confirmed": entry.confirmed,
        "rejected": entry.rejected,
        "doubts": list(entry.doubts),
        "pending": list(entry.pending),
        "rows": [{name: None if pd.isna(value) else value for name, value in row.items()} for row in entry.rows],
        "history": [vars(step) for step in entry.history],
        "tellings": [item.model_dump(mode="json") for item in entry.tellings],
    }
