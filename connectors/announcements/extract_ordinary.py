"""Capitalised words that are no names: what opens a sentence or fills a loud headline, and towns that a text names."""

from __future__ import annotations

import re
from functools import lru_cache

from connectors.announcements.extract_cues import COMMIT, TRADE
from connectors.announcements.extract_names import Name, bare
from connectors.announcements.extract_places import STATES
from connectors.announcements.extract_text import Page

_WITH_STATE = re.compile(
    rf"\b(?P<town>[A-Z][\w'-]+(?: [A-Z][\w'-]+)?),\s+(?:{STATES}|N\.?\s?C\.?|North Carolina)(?=[\s,.;:)–—-]|$)"
)
_COUNTY = re.compile(r"\b(?P<town>[A-Z][\w'-]+) (?:County|[Cc]ounties)\b")
_DATELINE = re.compile(
    r"(?m)^\s*(?P<town>[A-Z][A-Z'-]{3,}(?: [A-Z]{3,})?)(?:, [A-Z][\w.]+)?(?: \([^)\n]{2,30}\))? ?(?:–|—|--|- )"
)
_TRADE_OF = re.compile(r" (?P<trade>(?:[a-z-]+ ){1,3})[A-Z][a-z]")  # "Poultry processor Hollis"
_COUNT = re.compile(r"(?:Twenty|Thirty|Forty|Fifty|Sixty|Seventy|Eighty|Ninety)-\w+")
_ENDS = re.compile(r"[A-Z]\w*ly")


def towns(page: Page) -> frozenset[str]:
    """Towns that stand in a dateline or before the name of a state, in the form of ``extract_names.bare``."""
    found = set()
    for pattern in (_WITH_STATE, _DATELINE, _COUNTY):
        for match in pattern.finditer(page.clean):
            before = page.clean[max(0, match.start() - 12) : match.start()]
            if pattern is not _WITH_STATE or re.search(r"(?:^|\n|[a-z,(\"–—-])\s*$", before):
                found.add(bare(match["town"]))
    return frozenset(found)


def ordinary(page: Page, name: Name) -> bool:
    """Whether a name is only a common word with the capital of its place: a first word, or one of a loud headline.

    A single word at the beginning of a sentence is believed where the text writes it with a capital within a sentence
    too; otherwise not where it ends like an adverb or is written small elsewhere.
    """
    if name.legal or _COUNT.fullmatch(name.text):
        return not name.legal
    loud = name.sentence.heading and name.sentence.text.isupper()
    opens = not re.search(r"\w", name.sentence.text[: name.start - name.sentence.start])
    if loud:  # of a headline in capitals nothing tells names from words
        return not re.search(rf"\b{re.escape(name.text)}\b", _without(page, name), re.IGNORECASE)
    if not re.fullmatch(r"[A-Z][a-z-]+", name.text) or not (opens or name.sentence.heading):
        return False
    inside, small = _spellings(page.clean)
    if name.text in inside:
        return False
    behind = name.sentence.text[name.end - name.sentence.start :]
    said = _TRADE_OF.match(behind) if opens and not name.sentence.heading else None
    if said and (TRADE.search(said["trade"]) or (said["trade"].count(" ") == 1 and not COMMIT.match(said["trade"]))):
        return True
    return bool(_ENDS.fullmatch(name.text)) or name.text.lower() in small


@lru_cache(maxsize=8)
def _spellings(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Words that a text writes with a capital within a sentence, and those it writes small."""
    inside = re.findall(r"(?<=[a-z,'\"] )[A-Z][\w-]*|(?<=[a-z,'\"]\n)[A-Z][\w-]*", text)
    return frozenset(inside), frozenset(re.findall(r"(?<![\w@.])[a-z][\w-]*", text))


def _without(page: Page, name: Name) -> str:
    """The text without the sentence of a name."""
    return page.clean[: name.sentence.start] + "\n" + page.clean[name.sentence.end :]
