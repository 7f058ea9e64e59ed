"""A table of a web page as comma-separated text, so that it is read like any other file."""

from __future__ import annotations

import csv
import io

from lxml import etree, html

from connectors.replies import SourceError


def page_table(raw: bytes, name: str, column: str) -> str:
    """The first table of a page that has a column, header first.

    Args:
        raw: the page.
        name: what to call it in messages.
        column: text of one of the cells in the table's first row.

    Returns:
        Comma-separated lines; white space in a cell is one space; rows of another width than the header are left out.

    Raises:
        SourceError: no page, or no such table in it.
    """
    try:
        page = html.document_fromstring(raw, parser=html.HTMLParser(encoding="utf-8", huge_tree=False))
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise SourceError(name, f"expected a web page ({error})", "Download it again") from error
    for table in page.iter("table"):
        rows = [[_words(cell) for cell in row if cell.tag in {"th", "td"}] for row in table.iter("tr")]
        rows = [row for row in rows if row]
        if rows and column in rows[0]:
            text = io.StringIO()
            csv.writer(text, lineterminator="\n").writerows(row for row in rows if len(row) == len(rows[0]))
            return text.getvalue()
    found = f"expected a table with a column {column!r}, found none"
    raise SourceError(name, found, "Open the address in a browser and see whether the page has changed", column=column)


def _words(cell: html.HtmlElement) -> str:
    return " ".join(str(cell.text_content()).split())
