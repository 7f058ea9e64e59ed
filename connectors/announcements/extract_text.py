"""Turns a saved text into clean sentences that still know where they stand in the original.

Input: prose with what is left of markup, typographic signs and page furniture. Nothing is lost: every character of the
clean text knows its place in the original, so each value can be shown there.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from connectors.announcements.extract_lines import calmed, joined, rejoined
from connectors.announcements.facts import Found, T

MAX_CHARACTERS = 400_000
_LONGEST = 3_000  # characters of a sentence
_BLOCK_TAGS = r"p|br|div|li|ul|ol|tr|td|th|h[1-6]|table|section|article|header|footer|blockquote|hr|title"
_TOKEN = re.compile(
    r"(?P<drop><!--.*?-->|<(?P<dead>script|style|noscript)\b[^<>]{0,2000}>.*?</(?P=dead)\s*>)"
    rf"|(?P<block></?(?:{_BLOCK_TAGS})\b[^<>]{{0,1000}}>)"
    r"|(?P<inline></?[a-zA-Z][^<>]{0,1000}>)"
    r"|(?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,31});)"
    r"|(?P<split>(?<=[a-z]{2})-[ \t]*\r?\n[ \t]*(?=[a-z]{2}))"
    r"|(?P<address>(?:\b(?:[Ww]eb ?[Ss]ite|[Uu][Rr][Ll]|[Ee]-?[Mm]ail): {0,3})?"
    r"(?:(?:https?://|www\.)[^\s<>\"')]+|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+))"
    r"|(?P<line>\r\n?|\n|[\u2028\u2029\x0b\x0c\x85])"
    r"|(?P<none>[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ae\u2122\u2120\u00a9\x00-\x08\x0e-\x1f]"
    r"|\*\*|__|~~)"
    r"|(?P<space>[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000])"
    r"|(?P<sign>[\u2018\u2019\u201a\u201b\u2032\u02bc\u00b4`\u201c\u201d\u201e\u00ab\u00bb\u2033\u2010-\u2012\u2212\u2026])",
    re.DOTALL,
)
_SIGNS = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc\u00b4`", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb\u2033", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2212", "-"),
    "\u2026": "...",
}
_ABBREVIATION = re.compile(
    r"(?:\b(?:Inc|Corp|Co|Cos|Ltd|Bros|Gov|Govs|Lt|Mr|Mrs|Ms|Dr|St|Ft|Mt|Jr|Sr|Sen|Rep|Reps|Sens|Sec|Gen|Col"
    r"|Capt|Rev|Hon"
    r"|Prof|Ph\.D|No|Nos|vs|approx|avg|est|incl|dept|Dept|Assn|Ave|Blvd|Rd|sq|ft|Jan|Feb|Mar|Apr|Aug|Sept|Sep"
    r"|Oct|Nov|Dec"
    r"|Va|Ga|Fla|Tenn|Ky|Ala|Miss|La|Tex|Ark|Mo|Ill|Ind|Mich|Wis|Minn|Kan|Neb|Okla|Colo|Ariz|Nev|Calif|Ore|Wash|Pa|Md"
    r"|Del|Conn|Mass|Vt|Me|i\.e|e\.g|etc|al|mil|min|max|fka|dba|d/b/a)|\b[A-Z]|\b[ap]\.m|\bU\.S\.A?|\bN\.C|\bS\.C)\.$"
)
_ENDS_ANYWAY = re.compile(
    r"\s+(?:[\"'(]*)(?:The|This|That|These|Those|It|Its|In|On|At|As|An?|We|He|She|They|Their|Our|For|With|But"
    r"|And|Although"
    r"|While|When|Today|Under|Over|Salaries|Wages|Average|New|Company|Officials|According|Construction|Hiring|Jobs)\s"
)
_CELLS = re.compile(r"^[^\n\t]++(?:\t[^\n\t]++){2,}", re.MULTILINE)  # a row of a table: cells parted by tabs
_STOP = re.compile(r"[.!?]+[\"')\]]*(?=\s)|(?<=[a-z]{2})[.!?][\"')]*(?=[\"']?[A-Z][a-z]+[\s'])")
_BULLET = re.compile(r"\s*(?:[•●▪◦‣·\u2043\u25a0-\u25ff*>]|[-–—](?=\s)|\(?\d{1,2}[.)](?=\s)|#{1,6}\s)*\s*")


@dataclass(frozen=True)
class Sentence:
    """One sentence, heading or list item of the clean text.

    Attributes:
        start, end: offsets in the clean text.
        text: its words.
        block: number of the paragraph or line it belongs to.
        first: true where it opens that block.
        heading: true for a line without a full stop.
    """

    start: int
    end: int
    text: str
    block: int
    first: bool
    heading: bool


@dataclass(frozen=True)
class Page:
    """A text made clean, with the way back to the original.

    Attributes:
        raw: the original.
        clean: plain words, straight quotes, single line ends between blocks.
        starts, ends: for each clean character, the original's offsets it came from.
    """

    raw: str
    clean: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences in order."""
        return tuple(_sentences(self.clean))

    @cached_property
    def cut(self) -> int:
        """Offset behind which a number may be cut off: the end, where the text does not end with a full stop."""
        body = self.clean.rstrip()
        words = body.split()
        if "\n" not in body.strip() and sum(not word[0].islower() for word in words) > 0.6 * len(words):
            return len(self.clean) + 1  # a headline
        return len(self.clean) + 1 if re.search(r"[.!?\"')]$", body) and not body.endswith("...") else len(body)

    def sentence_at(self, position: int) -> Sentence:
        """The sentence that holds a clean offset."""
        index = bisect_right([sentence.start for sentence in self.sentences], position) - 1
        return self.sentences[max(index, 0)]

    def found(self, value: T, start: int, end: int, qualifier: str | None = None) -> Found[T]:
        """A value with its place in the original.

        Args:
            value: normalised value.
            start: clean offset of the first character.
            end: clean offset behind the last.
            qualifier: how the text hedges it.
        """
        sentence = self.sentence_at(start)
        return Found(
            value,
            self.starts[start],
            self.ends[max(end - 1, start)],
            self.starts[sentence.start],
            self.ends[max(sentence.end - 1, sentence.start)],
            qualifier,
        )


def read(text: str) -> Page:
    """Clean a text.

    Args:
        text: as saved; what lies beyond ``MAX_CHARACTERS`` is not read.

    Returns:
        The page; empty where the text holds no words.
    """
    whole = text[:MAX_CHARACTERS]
    text = _CELLS.sub(lambda line: line.group().replace("\t", "|"), whole) if "\t" in whole else whole
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []

    def put(piece: str, start: int, end: int) -> None:
        letters.extend(piece)
        starts.extend([start] * len(piece))
        ends.extend([end] * len(piece))

    done = 0
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        letters.extend(text[done:start])
        starts.extend(range(done, start))
        ends.extend(range(done + 1, start + 1))
        done = end
        put(_replacement(match) if match.lastgroup != "split" else rejoined(text, start, end), start, end)
    letters.extend(text[done:])
    starts.extend(range(done, len(text)))
    ends.extend(range(done + 1, len(text) + 1))
    return Page(whole, calmed(joined("".join(letters))), tuple(starts), tuple(ends))


def _replacement(match: re.Match[str]) -> str:
    kind = match.lastgroup if match.lastgroup != "dead" else "drop"
    token = match.group()
    if kind == "entity":
        plain = html.unescape(token)
        if len(plain) > 2 or plain == token:
            return " "
        again = _TOKEN.fullmatch(plain)
        return _replacement(again) if again and again.lastgroup != "entity" else plain
    if kind == "sign":
        return _SIGNS[token]
    return {"block": "\n", "line": "\n", "none": "", "inline": ""}.get(str(kind), " ")


def _sentences(text: str) -> list[Sentence]:
    found: list[Sentence] = []
    block = 0
    for line in re.finditer(r"[^\n]+", text):
        bullet = _BULLET.match(text, line.start(), line.end())
        start = bullet.end() if bullet else line.start()
        stop = start + len(text[start : line.end()].rstrip())
        if stop <= start:
            continue
        spans = _split(text, start, stop)
        body = text[start:stop]
        name = len(body) < 60 and re.search(r"^[A-Z][^.!?]*\b(?:Inc|Corp|Co|Ltd|Bros)\.$", body) and not _running(body)
        heading = len(spans) == 1 and (name or not re.search(r"[.!?:]['\")\]]*$", body)) and len(body) < 220
        heading = bool(heading) and not (len(body) > 130 and _running(body))
        for number, (left, right) in enumerate(spans):
            found.append(Sentence(left, right, text[left:right], block, number == 0, heading))
        block += 1
    return found


def _running(body: str) -> bool:
    """Whether a line reads as running text and not as a headline: most of its words are in small letters."""
    parts = body.split()
    return sum(part[0].islower() for part in parts) > 0.55 * len(parts)


def _split(text: str, start: int, stop: int) -> list[tuple[int, int]]:
    spans = []
    left = start
    for match in _STOP.finditer(text, start, stop):
        rest = text[match.end() : match.end() + 40]
        if not re.match(r"\s*[\"'(\[]*(?:[A-Z0-9$]|[a-z]{1,2}[A-Z])", rest):
            continue
        head = text[max(left, match.start() - 14) : match.start() + 1]
        if match.group().startswith(".") and _ABBREVIATION.search(head) and not _ENDS_ANYWAY.match(rest + " "):
            continue
        spans.append((left, match.end()))
        left = match.end() + len(rest) - len(rest.lstrip())
    if left < stop:
        spans.append((left, stop))
    return [part for span in spans for part in _pieces(text, *span)]


def _pieces(text: str, start: int, stop: int) -> list[tuple[int, int]]:
    """A span, cut at spaces where it is longer than any sentence: text without full stops is read in bounded time."""
    found = []
    while stop - start > _LONGEST:
        space = text.rfind(" ", start, start + _LONGEST)
        cut = space + 1 if space > start else start + _LONGEST
        found.append((start, cut))
        start = cut
    return [*found, (start, stop)]
