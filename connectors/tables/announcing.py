"""What announcing sites say: links of their listings, and the texts of their articles."""

from __future__ import annotations

from connectors.tables.declaring import table, text

_DATE = r"^\d{4}(-\d\d(-\d\d)?)?$"

ANNOUNCEMENT_LINKS = table(
    "announcement_links",
    "Items of a site's listing page, in the page's order.",
    {
        "site": text("short name of the connector"),
        "address": text("web address of the article, http or https", pattern=r"^https?://"),
        "title": text("title as listed"),
        "published_date": text("year-month-day, or year-month", pattern=_DATE, null=True),
        "teaser": text("first sentences, where the listing shows them", null=True),
    },
    ("address",),
    ("A listing moves as items are added: the same page number shows other items a month later.",),
)

ANNOUNCEMENT_TEXTS = table(
    "announcement_texts",
    "Announcements as read from a page, a PDF or a file: plain text, whose paragraphs a blank line parts.",
    {
        "site": text("short name of the connector, or 'imported'"),
        "address": text("web address of the page, where known", pattern=r"^https?://", null=True),
        "title": text("title"),
        "published_date": text("year-month-day, or less where the day is not known", pattern=_DATE, null=True),
        "text": text("the text, without markup and invisible characters"),
        "links": text("web addresses that the text links to, parted by spaces", null=True),
    },
    ("address", "title"),
    ("Texts are copyrighted by their publishers: kept in the store for checking, never printed whole.",),
)
