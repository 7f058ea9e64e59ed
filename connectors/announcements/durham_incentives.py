"""Agenda items of Durham County's board about performance-based awards: projects before their company is named.

The web interface's matters are fetched by its own connector; here its agenda items and the item pages
(LegislationDetail.aspx) become announcements: "Public Hearing to Consider a Performance-Based Award for Project ...".
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
from lxml import html

from connectors.announcements import markup
from connectors.announcements.fetching import EDITED, is_page_of
from connectors.announcements.layout import Article, having, read_article
from connectors.cadence import IRREGULAR, Cadence
from connectors.parts import ByColumns
from connectors.replies import Reply
from connectors.source import Feed, Source, none
from connectors.tables.announcing import ANNOUNCEMENT_TEXTS
from connectors.tables.declaring import checked

SOURCE = Source(
    name="durham_incentives",
    title="Legistar: pages of agenda items of the Board of County Commissioners",
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
    r"performance[- ]based|economic development (?:incentive|award|agreement|grant)|incentive (?:award|agreement"
    r"|grant)"
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
PASSED = re.compile(r"^(?:pass(?:ed)?|approved?|adopted)\b", re.IGNORECASE)
"""Statuses of an item that the board agreed to."""


def parse_article(reply: Reply, name: str) -> pd.DataFrame:
    """The page of one agenda item (LegislationDetail.aspx) as plain text."""
    return read_article(reply, name, ARTICLE)


def from_agenda(agenda: pd.DataFrame) -> pd.DataFrame:
    """Announcements among the matters and agenda items that the county's web interface gave.

    Args:
        agenda: rows of the declared table ``agenda_texts``.

    Returns:
        Rows of ``ANNOUNCEMENT_TEXTS`` for items whose title bears on a company's project, markup taken out; an item
        that passed says so in a sentence of its own. None where no item does.
    """
    rows = [_row(item) for item in agenda.to_dict("records") if TITLES.search(str(item["title"]))]
    frame = pd.DataFrame(rows, columns=list(ANNOUNCEMENT_TEXTS.columns))
    return checked(frame, ANNOUNCEMENT_TEXTS, "agenda_texts")


def _row(item: Mapping[Hashable, Any]) -> dict[str, str | None]:
    title = markup.plain(str(item["title"]))
    parts = [title, *_note(item["text"])]
    if PASSED.search(str(item["status"])):
        parts.append(f"The board approved this item on {item['date']}.")
    return {
        "site": SOURCE.name,
        "address": markup.address(str(item["source_address"]), ARTICLE.base),
        "title": f"{title} ({item['text_id']})",
        "published_date": str(item["date"]),
        "text": "\n\n".join(parts),
        "links": None,
    }


def _note(note: object) -> list[str]:
    """Notes are plain text or markup: either way paragraphs of plain text."""
    if not isinstance(note, str) or not note.strip():
        return []
    if "<" in note and ">" in note:
        return markup.paragraphs(html.fragment_fromstring(note, create_parent="div"))
    return markup.plain_paragraphs(note).split("\n\n")


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
