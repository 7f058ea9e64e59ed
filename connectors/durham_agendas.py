"""What Durham County's boards had before them: matters and agenda items, from the county's Legistar web API.

Input defined by Granicus, "Legistar Web API" (https://webapi.legistar.com/Help): JSON lists of at most 1,000 entries,
paged by the OData options ``$top`` and ``$skip``. Matters are asked for by their date of introduction; events
(meetings) are followed to the items of their agendas.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pandas as pd

from connectors.cadence import IRREGULAR, Cadence
from connectors.reading import Reply, SourceError, decode, load, noted, possible
from connectors.source import JSON, Ask, Feed, Limits, Source, Wanted
from connectors.tables import AGENDA_TEXTS, checked

SOURCE = Source(
    name="durham_agendas",
    title="Durham County Legistar: matters and agenda items",
    publisher="Durham County, North Carolina",
    address="https://durhamcounty.legistar.com/Calendar.aspx",
    licence="Public records of Durham County; cite the county, the file number and the date.",
    cadence="Continuously; agendas appear about a week before a meeting.",
    document="Legistar Web API, https://webapi.legistar.com/Help",
    caveats=(
        "Texts as the county's staff wrote them: code names until a project is public.",
        "An item says what was before the board, not what was decided; see status.",
    ),
)

API = "https://webapi.legistar.com/v1/durhamcounty"
PAGE = 500
_YEARS = 3
_MATTER = ("MatterId", "MatterFile", "MatterTitle", "MatterBodyName", "MatterStatusName", "MatterIntroDate")
_ITEM = ("EventItemId", "EventItemEventId", "EventItemTitle", "EventItemAgendaNote", "EventItemMinutesNote")
_EVENT = ("EventId", "EventDate")


def parse_matters(reply: Reply, name: str) -> pd.DataFrame:
    """Matters (files) that were introduced.

    Args:
        reply: a page of the API.
        name: what to call it in messages.

    Returns:
        Table ``agenda_texts``, kind matter. Matters without a title or a date are set aside and named in
        ``attrs["quarantined"]``; "line" there counts the entries of the page.

    Raises:
        SourceError: no JSON list, or an entry lacks a field.
        TableError: a value breaks the declaration of the table.
    """
    entries = _entries(decode(load(reply, name), name), name, _MATTER)
    rows = [
        {
            "text_id": f"matter {entry['MatterId']}",
            "kind": "matter",
            "date": _day(entry["MatterIntroDate"]),
            "body": _words(entry["MatterBodyName"]),
            "file_number": _words(entry["MatterFile"]),
            "status": _words(entry["MatterStatusName"]),
            "title": _words(entry["MatterTitle"]) or _words(entry.get("MatterName")),
            "text": _words(entry.get("MatterNotes")),
            "source_address": f"{API}/matters/{entry['MatterId']}",
        }
        for entry in entries
    ]
    return _table(rows, name)


def parse_items(reply: Reply, name: str) -> pd.DataFrame:
    """Items of one meeting's agenda.

    Args:
        reply: the API's list of the items of an event.
        name: what to call it in messages; states the day of the meeting (``eventitems_2026-03-09_1234.json``).

    Returns:
        Table ``agenda_texts``, kind agenda item: headings without a matter, a note or an action are left out. Otherwise
        as :func:`parse_matters`.

    Raises:
        SourceError: no JSON list, an entry lacks a field, or the name states no day.
        TableError: a value breaks the declaration of the table.
    """
    day = re.search(r"\d{4}-\d{2}-\d{2}", name)
    if not day:
        raise SourceError(
            name, "expected the day of the meeting in the name, found none", "Name it eventitems_DAY_ID.json"
        )
    rows = []
    for entry in _entries(decode(load(reply, name), name), name, _ITEM):
        notes = [_words(entry["EventItemAgendaNote"]), _words(entry["EventItemMinutesNote"])]
        text = " ".join(note for note in notes if note)
        if not (text or entry.get("EventItemMatterId") or _words(entry.get("EventItemActionName"))):
            continue
        rows.append(
            {
                "text_id": f"item {entry['EventItemId']}",
                "kind": "agenda item",
                "date": day[0],
                "body": None,
                "file_number": _words(entry.get("EventItemMatterFile")),
                "status": _words(entry.get("EventItemActionName")),
                "title": _words(entry["EventItemTitle"]),
                "text": text or None,
                "source_address": f"{API}/events/{entry['EventItemEventId']}/eventitems",
            }
        )
    return _table(rows, name)


def _table(rows: list[dict[str, str | None]], name: str) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=list(AGENDA_TEXTS.columns), index=pd.RangeIndex(1, len(rows) + 1, name="line"))
    rules = {"no title": table["title"].isna(), "no date": table["date"].isna()}
    table, aside = possible(table, rules, name) if rows else (table, [])
    return noted(checked(table, AGENDA_TEXTS, name), aside)


def _entries(text: str, name: str, due: tuple[str, ...]) -> list[Mapping[str, Any]]:
    try:
        entries = json.loads(text)
    except json.JSONDecodeError as error:
        raise SourceError(name, f"expected JSON ({error.msg})", "Ask again", line=error.lineno) from None
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise SourceError(name, "expected a list of entries, found something else", f"Compare with {SOURCE.document}")
    for at, entry in enumerate(entries, start=1):
        if lost := [field for field in due if field not in entry]:
            found = f"expected a field {lost[0]!r}, found none"
            raise SourceError(name, found, f"Compare with {SOURCE.document}", line=at, column=lost[0])
    return entries


def _day(stamp: object) -> str | None:
    found = re.match(r"\d{4}-\d{2}-\d{2}", str(stamp))
    return found[0] if found else None


def _words(text: object) -> str | None:
    return " ".join(str(text).split()) or None if text is not None else None


def wanted_matters(ask: Ask) -> tuple[Wanted, ...]:
    """First page of the matters introduced in the last three years, oldest first."""
    return (_page("matters", "MatterIntroDate", "MatterId", ask, 0),)


def wanted_events(ask: Ask) -> tuple[Wanted, ...]:
    """First page of the meetings of the last three years, to be followed to their items."""
    return (_page("events", "EventDate", "EventId", ask, 0),)


def _page(what: str, field: str, order: str, ask: Ask, skip: int) -> Wanted:
    since = (ask.as_of - timedelta(days=365 * _YEARS)).isoformat()
    condition = quote(f"{field} ge datetime'{since}'")
    address = f"{API}/{what}?$filter={condition}&$orderby={order}&$top={PAGE}&$skip={skip}"
    return Wanted(address, f"{what}_{skip}.json", JSON, listing=what == "events")


def next_page(page: Wanted, raw: bytes) -> tuple[Wanted, ...]:
    """The page after a full one; none after the last."""
    entries = _entries(decode(raw, page.name), page.name, ())
    skip = int(page.address.rpartition("=")[2]) + PAGE
    address = re.sub(r"\$skip=\d+$", f"$skip={skip}", page.address)
    name = f"{page.name.partition('_')[0]}_{skip}.json"
    return (Wanted(address, name, JSON, listing=page.listing),) if len(entries) >= PAGE else ()


def items_and_next_page(page: Wanted, raw: bytes) -> tuple[Wanted, ...]:
    """The items of every meeting on a page of events, and the page after it; nothing after a list of items."""
    if not page.listing:
        return ()
    out = []
    for event in _entries(decode(raw, page.name), page.name, _EVENT):
        address = f"{API}/events/{event['EventId']}/eventitems?AgendaNote=1&MinutesNote=1"
        out.append(Wanted(address, f"eventitems_{_day(event['EventDate'])}_{event['EventId']}.json", JSON))
    return (*out, *next_page(page, raw))


def _is(field: bytes, raw: bytes) -> bool:
    """Whether a file is a list of this API's with a field."""
    return raw.lstrip().startswith(b"[") and field in raw[:5000]


FEEDS = (
    Feed(
        AGENDA_TEXTS,
        parse_matters,
        wanted_matters,
        (),
        Cadence(IRREGULAR),
        recognise=lambda raw: _is(b'"MatterIntroDate"', raw),
        name="matters",
        limits=Limits(rows=(0.9, 3), changed=0.5),
        follow=next_page,
    ),
    Feed(
        AGENDA_TEXTS,
        parse_items,
        wanted_events,
        (),
        Cadence(IRREGULAR),
        recognise=lambda raw: _is(b'"EventItemTitle"', raw),
        name="agenda_items",
        limits=Limits(rows=(0.9, 3), changed=0.5),
        follow=items_and_next_page,
    ),
)
