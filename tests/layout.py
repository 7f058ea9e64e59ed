"""Lays a report out as it is printed and says what would trouble a reader: clipped text, headings left alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import weasyprint

from reports.pdf import _drawings_apart, _fetcher
from reports.quarterly import QuarterlyReport
from reports.render import document

HEADS = {"h1", "h2", "h3", "h4", "caption"}
_SLACK = 1.5  # px


def laid_out(report: QuarterlyReport) -> list[Any]:
    """The pages as boxes, in order."""
    page, drawings = _drawings_apart(document(report, "print"))
    made = weasyprint.HTML(string=page, url_fetcher=_fetcher(drawings), base_url="asset:").render()
    return [sheet._page_box for sheet in made.pages]


def clipped(pages: list[Any]) -> list[str]:
    """Texts that reach beyond the text column, or beyond their cell in a table, with their page."""
    return [f"page {number}: {said}" for number, page in enumerate(pages, 1) for said in _beyond(page)]


def left_alone(pages: list[Any]) -> list[str]:
    """Headings and captions that stand last on their page."""
    found = []
    for number, page in enumerate(pages, 1):
        lines = sorted((box.position_y, tag, box.text) for tag, box in _texts(page) if box.text.strip())
        if lines and lines[-1][1] in HEADS:
            found.append(f"page {number}: {lines[-1][2]}")
    return found


def _beyond(page: Any) -> Iterator[str]:
    column = page.content_box_x(), page.content_box_y()
    right, bottom = column[0] + page.width, column[1] + page.height
    for box in _body(page).descendants():
        name = type(box).__name__
        if name == "TextBox" and box.text.strip():
            if box.position_x + box.width > right + _SLACK or box.position_y + box.height > bottom + _SLACK:
                yield box.text
        elif name == "TableCellBox":
            end = box.position_x + box.border_width()
            for inner in box.descendants():
                if type(inner).__name__ == "TextBox" and inner.position_x + inner.width > end + _SLACK:
                    yield f"{inner.text} (in a cell)"


def _texts(page: Any) -> Iterator[tuple[str, Any]]:
    """Every text of the page's body with the heading it stands in, if any."""

    def walk(box: Any, tag: str) -> Iterator[tuple[str, Any]]:
        tag = box.element_tag if box.element_tag in HEADS else tag
        if type(box).__name__ == "TextBox":
            yield tag, box
        for child in getattr(box, "children", ()):
            yield from walk(child, tag)

    yield from walk(_body(page), "")


def _body(page: Any) -> Any:
    return next(child for child in page.children if type(child).__name__ == "BlockBox")
