"""Agenda items of Durham County's board about performance-based awards: projects before their company is named.

The web interface's matters are fetched by its own connector; here its agenda items and the item pages
(LegislationDetail.aspx) become announcements: "Public Hearing to Consider a Performance-Based Award for Project ...".
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pandas as pd
from lxml import html

from connectors.announcements import markup
from connectors.announcements.dates import find_date
from connectors.announcements.fetching import EDITED, is_page_of
from connectors.announcements.layout import Article, having, read_article
from connectors.cadence import IRREGULAR, Cadence
from connectors.parts import ByColumns
from connectors.replies import Reply, SourceError, load
from connectors.source import Feed, Source, none
from connectors.tables.announcing import ANNOUNCEMENT_TEXTS
from connectors.tables.declaring import checked

SOURCE = Source(
    name="durham_incentives",
    title="Legistar: agenda items of the Board of County Commissioners",
    publisher="Durham County Government",
    address="https://durhamcounty.legistar.com/Calendar.aspx",
    licence="A public record of Durham County; facts may be cited with their address.",
    cadence="before each meeting of the board, some four a month",
    document="Legistar Web API, Events and EventItems: https://webapi.legistar.com/Help",
    caveats=(
        "A project carries a code name until the board votes; the company's name follows in later items.",
        "The award is public money, not the investment.",
        "A public hearing is not yet an approval: the stage is 'announced' until the item passed.",
    ),
)
TITLES = re.compile(
    r"performance[- ]based|economic development (?:incentive|award|agreement|grant)|incentive (?:award|agreement|grant)"
    r"|\b(?-i:Project|PROJECT) (?-i:[A-Z])[\w-]+",
    re.IGNORECASE,
)
"""Titles of agenda items that bear on a company's project; a code name starts with a capital."""
ARTICLE = Article(
    site=SOURCE.name,
    base="https://durhamcounty.legistar.com",
    body=(
        "//*[contains(@id, 'divBody')]",
        "//*[contains(@id, 'divText')]",
        f"//*[{having('LegislationDetail')}]",
        "//form",
    ),
    title=("//*[contains(@id, 'lblTitle')]", "//*[contains(@id, 'lblName2')]"),
    date=("//*[contains(@id, 'hypOnAgenda') or contains(@id, 'lblOnAgenda')]", "//*[contains(@id, 'hypMeetingDate')]"),
    least=60,
)
_ADDRESS = "https://webapi.legistar.com/v1/durhamcounty/Matters/{matter}"


def parse_article(reply: Reply, name: str) -> pd.DataFrame:
    """The page of one agenda item (LegislationDetail.aspx) as plain text."""
    return read_article(reply, name, ARTICLE)


def parse_items(reply: Reply, name: str) -> pd.DataFrame:
    """Agenda items about companies' projects, from the web interface's EventItems or Matters (JSON).

    Raises:
        SourceError: not a JSON list, or a list without one item that has a title: the interface changed. A list of
            items none of which is about a project is no error: it gives no rows.
    """
    raw = load(reply, name)
    try:
        items = json.loads(raw)
    except ValueError as error:
        raise SourceError(name, f"expected JSON ({error})", "Ask the web interface again, without XML") from error
    if not isinstance(items, list):
        raise SourceError(
            name, "expected a list of agenda items", "The interface changed, or the client's name is wrong"
        )
    titled = [item for item in items if isinstance(item, dict) and _title(item)]
    if items and not titled:
        raise SourceError(
            name, "expected EventItemTitle or MatterTitle in an item, found none", "The interface changed"
        )
    return from_matters(titled, name)


def from_matters(items: list[dict[str, Any]], name: str) -> pd.DataFrame:
    """Rows of ``ANNOUNCEMENT_TEXTS`` for the items whose title bears on a company's project.

    Args:
        items: records of the web interface (EventItem... or Matter... fields), as its connector keeps them.
        name: what was read, for messages.
    """
    rows = [_row(item) for item in items if TITLES.search(_title(item))]
    frame = pd.DataFrame(rows, columns=list(ANNOUNCEMENT_TEXTS.columns))
    return checked(frame, ANNOUNCEMENT_TEXTS, name)


def _title(item: dict[str, Any]) -> str:
    return markup.plain(str(item.get("EventItemTitle") or item.get("MatterTitle") or item.get("MatterName") or ""))


def _row(item: dict[str, Any]) -> dict[str, str | None]:
    matter = item.get("EventItemMatterId") or item.get("MatterId")
    passed = str(item.get("EventItemPassedFlagName") or item.get("MatterStatusName") or "")
    dates = (item.get(key) for key in ("EventDate", "MatterAgendaDate", "MatterPassedDate", "MatterIntroDate"))
    dated = next((day for value in dates if (day := find_date(str(value or "")))), None)
    parts = [_title(item), *_notes(item)]
    if passed.lower() in ("pass", "passed", "adopted", "approved"):
        parts.append(f"The board approved this item{f' on {dated}' if dated else ''}.")
    return {
        "site": SOURCE.name,
        "address": _ADDRESS.format(matter=matter) if matter else None,
        "title": _title(item),
        "published_date": dated,
        "text": "\n\n".join(parts),
        "links": None,
    }


def _notes(item: dict[str, Any]) -> Iterator[str]:
    """Notes are plain text or markup: either way paragraphs of plain text."""
    for key in ("EventItemAgendaNote", "EventItemMinutesNote", "MatterText", "MatterTextPlain", "MatterNotes"):
        note = str(item.get(key) or "")
        if "<" in note and ">" in note:
            yield from markup.paragraphs(html.fragment_fromstring(note, create_parent="div"))
        elif note.strip():
            yield markup.plain_paragraphs(note)


FEEDS = (
    Feed(
        table=ANNOUNCEMENT_TEXTS,
        parse=parse_article,
        wanted=none,
        headers=(),
        cadence=Cadence(IRREGULAR),
        recognise=lambda raw: is_page_of(raw, ("durhamcounty.legistar.com",), ()) or b"lblOnAgenda" in raw,
        parts=ByColumns(("site", "address")),
        limits=EDITED,
    ),
)
"""Item pages are saved by hand; agenda items come from the matters that the web interface's connector pulls."""
