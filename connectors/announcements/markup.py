"""From a page's bytes to a safe tree and plain text: sizes and depths capped, entities refused, links checked.

What a page says is data: markup, template syntax and instructions in it become characters that are printed as they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from lxml import etree, html

from connectors.replies import Reply, SourceError, load

MAX_PAGE_BYTES = 8_000_000
"""An announcement is some kilobytes; a page above this is not one."""
MAX_TEXT = 400_000
"""Characters of text kept of one page."""
MAX_DEPTH = 200
"""Nested elements that are read; libxml2 itself stops at 256."""

_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?\s*([\w.:-]{3,30})", re.IGNORECASE)
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb]"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_SKIPPED = frozenset(
    (
        *("script", "style", "template", "noscript", "nav", "button", "select", "svg", "iframe", "object"),
        *("embed", "head", "footer", "aside", "canvas"),
    )
)
_BLOCKS = frozenset(
    (
        *("address", "article", "blockquote", "body", "br", "dd", "details", "div", "dl", "dt", "fieldset"),
        *("figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p"),
        *("pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    )
)
_DROPPED_PARAMETERS = re.compile(r"^(utm_\w+|udt_\w+|fbclid|gclid|mc_[ce]id)$", re.IGNORECASE)


@dataclass(frozen=True)
class Link:
    """A link that a page shows: where it leads, http or https only, and its words."""

    address: str
    words: str


def tree(reply: Reply, name: str) -> html.HtmlElement:
    """The page as a tree, read without any network, entity or schema.

    Args:
        reply: the page's bytes (gzip or not).
        name: what to call it in messages.

    Raises:
        SourceError: the page is empty or larger than ``MAX_PAGE_BYTES``, declares entities of its own (as an entity
            bomb does), or holds no element.
    """
    raw = load(reply, name)
    if len(raw) > MAX_PAGE_BYTES:
        found = f"expected a page of at most {MAX_PAGE_BYTES:,} bytes, found {len(raw):,}"
        raise SourceError(name, found, "Look at what was downloaded; an announcement is far smaller")
    declared = _ENTITY.search(raw)
    if declared:
        line = raw.count(b"\n", 0, declared.start()) + 1
        raise SourceError(
            name, "expected a page without entity declarations; it was refused", "Do not trust this page", line=line
        )
    parser = html.HTMLParser(
        encoding=_encoding(raw), no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        found_tree = html.document_fromstring(raw, parser=parser, ensure_head_body=False)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise SourceError(name, f"expected a web page ({error})", "Open the address in a browser and see") from error
    return found_tree


def _encoding(raw: bytes) -> str | None:
    """UTF-8 where the bytes are UTF-8; else None, which leaves the choice to the page's own declaration."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return None if _CHARSET.search(raw[:4096]) else "cp1252"
    return "utf-8"


def plain(words: str | None) -> str:
    """Words on one line: invisible and control characters out, spaces single, in the composed form of Unicode."""
    text = _CONTROL.sub(" ", _INVISIBLE.sub("", words or ""))
    return " ".join(unicodedata.normalize("NFC", text).split())


def plain_paragraphs(text: str) -> str:
    """Text with its paragraphs kept: each made :func:`plain`, parted by one blank line, empty ones left out."""
    parts = re.split(r"\n\s*\n|\r\n\s*\r\n", text[:MAX_TEXT])
    return "\n\n".join(found for part in parts if (found := plain(part)))


def words(element: html.HtmlElement) -> str:
    """All text of an element on one line, without what a reader does not see."""
    return " ".join(paragraphs(element))


def paragraphs(element: html.HtmlElement) -> list[str]:
    """The text of an element, one entry a block (paragraph, heading, list item, cell), empty ones left out.

    Walks without recursion and no deeper than ``MAX_DEPTH``; text beyond ``MAX_TEXT`` characters is left out.
    """
    out: list[str] = []
    run: list[str] = []
    size = 0
    for piece in _pieces(element):
        if piece is None:
            out.append(plain("".join(run)))
            run = []
            continue
        if size + len(piece) > MAX_TEXT:
            break
        size += len(piece)
        run.append(piece)
    out.append(plain("".join(run)))
    return [text for text in out if text]


def _pieces(element: html.HtmlElement) -> Iterator[str | None]:
    """Pieces of text in reading order; None wherever a block begins or ends."""
    stack: list[tuple[html.HtmlElement, int, bool]] = [(element, 0, True)]
    while stack:
        node, depth, opening = stack.pop()
        block = node.tag in _BLOCKS
        if opening:
            shown = depth == 0 or (isinstance(node.tag, str) and node.tag not in _SKIPPED and not _hidden(node))
            if shown and block:
                yield None
            if shown and node.text:
                yield node.text
            stack.append((node, depth, False))
            if shown and depth < MAX_DEPTH:
                stack.extend((child, depth + 1, True) for child in reversed(node))
        else:
            if block:
                yield None
            if depth > 0 and node.tail:
                yield node.tail


def _hidden(node: html.HtmlElement) -> bool:
    if node.get("hidden") is not None or node.get("aria-hidden") == "true":
        return True
    style = (node.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or "visibility:hidden" in style


def address(link: str | None, base: str) -> str | None:
    """A link as a whole address; None where it is not http or https (javascript:, file:, data:, mailto: ...).

    Fragments and parameters that only track the reader are dropped, so that one page has one address.
    """
    compact = re.sub(r"[\x00-\x20\u200b-\u200f\u202a-\u202e]+", "", link or "")
    if not compact:
        return None
    try:
        parts = urlsplit(urljoin(base, compact))
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or parts.username is not None:
        return None
    kept = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _DROPPED_PARAMETERS.match(pair[0])]
    return urlunsplit((parts.scheme, parts.netloc.lower(), parts.path or "/", urlencode(kept), ""))


def links(element: html.HtmlElement, base: str) -> list[Link]:
    """Links of an element in reading order, each address once; those of another scheme are dropped."""
    found: dict[str, Link] = {}
    for node in element.iter("a"):
        target = address(node.get("href"), base)
        if target is not None and target not in found:
            found[target] = Link(target, words(node))
    return list(found.values())
