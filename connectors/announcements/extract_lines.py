"""Lines of a page: those that were only wrapped are joined, hyphens at their ends undone, capitals calmed."""

from __future__ import annotations

import re

_PAGE_WIDTH = 110

_COMPOUND_FIRST = re.compile(
    r"full|part|high|low|long|short|well|good|better|self|year|state|job|first|second|third|multi|non|mid|fast|large"
    r"|small|world|cost|clean|entry|family|locally|privately|publicly|newly|[\w-]+-[\w-]+"
)
_COMPOUND_LAST = re.compile(
    r"time|based|term|round|wide|paying|owned|foot|square|year|old|related|quality|level|of|the"
)
_MARKED = re.compile(r"\s*(?:[•●▪◦‣·\u2043\u25a0-\u25ff*>]|[-–—]\s|\(?\d{1,2}[.)]\s|#{1,6}\s)")
_COUNTED = re.compile(r"\s*\(\d+\)\s[a-z]")  # "seventy-six" at the end of a line, "(76) new jobs" on the next
_ENDED = re.compile(r"[.!?:][\"')]*\s*$")
_WRAPPED = re.compile(
    r"(?:,|\b(?:the|an?|of|in|and|or|to|for|with|by|at|on|from|will|is|are|that|its|their|as|new|more|than"
    r"|about|average))$"
)


def rejoined(text: str, start: int, end: int) -> str:
    """What stays of a hyphen at the end of a line: nothing, or the hyphen of a compound ("full-time")."""
    left = re.search(r"[a-z-]+$", text[:start])
    right = re.match(r"[a-z]+", text[end : end + 30])
    compound = left and right and (_COMPOUND_FIRST.fullmatch(left.group()) or _COMPOUND_LAST.fullmatch(right.group()))
    return "-" if compound else ""


def joined(text: str) -> str:
    """Join lines that were only wrapped; same length."""
    letters = list(text)
    for match in re.finditer(r"[^\n]*\n(?=[^\n])", text):
        line, break_at = match.group().rstrip(), match.end() - 1
        following = text[match.end() : match.end() + 80].lstrip(" ")
        if not line or not following or _MARKED.match(following):
            continue
        if _WRAPPED.search(line) or (following[0].islower() and not line.endswith((".", ":", "!", "?"))):
            letters[break_at] = " "
    for group in re.finditer(r"(?:[^\n]*\S[^\n]*\n?){3,}", text):
        lines = group.group().rstrip("\n").split("\n")
        position = group.start()
        plain = [line for line in lines if not _titled(line)] or lines
        usual = sorted(map(len, plain))[(len(plain) - 1) // 2]
        running = sum(bool(re.match(r" *(?:[a-z$]|\d[\d,]*(?![.)\d]))", line)) for line in lines[1:]) >= 0.4 * (
            len(lines) - 1
        )
        full = [line for line in lines[:-1] if len(line) >= 60 and not _ENDED.search(line)]
        running = running or (len(full) >= 0.5 * (len(lines) - 1) and sum(map(_small, full)) >= 0.7 * len(full))
        if running and 30 <= usual <= _PAGE_WIDTH:  # a printed page: full lines are wrapped, short ones end
            for line in lines[:-1]:
                position += len(line) + 1
                listed = _MARKED.match(text, position) and not (
                    _COUNTED.match(text, position) and not _ENDED.search(line)
                )
                if (
                    len(line) >= 0.65 * usual
                    and not listed
                    and not _titled(line)
                    and not re.search(r"[.!?:][\"')]*\s*$", line)
                ):
                    letters[position - 1] = " "
    return "".join(letters)


def _small(line: str) -> bool:
    """Whether most words of a line are in small letters, as in running text."""
    words = line.split()
    return sum(word[0].islower() for word in words) > 0.55 * len(words)


def _titled(line: str) -> bool:
    """Whether a line is written as a headline: its longer words have capitals."""
    long = re.findall(r"\b[A-Za-z][\w'-]{3,}", line)
    return line.isupper() or (len(long) >= 3 and sum(word[0].isupper() for word in long) > 0.75 * len(long))


def calmed(text: str) -> str:
    """Headlines in capitals as words with one capital each, so that names and words can be told apart; same length."""
    lines = []
    for line in text.split("\n"):
        words = [word for word in re.findall(r"[A-Za-z]{4,}", line) if word]
        loud = len(words) >= 4 and sum(word.isupper() for word in words) > 0.8 * len(words)
        calm = re.sub(r"[A-Z][A-Z']+", lambda found: found.group()[0] + found.group()[1:].lower(), line)
        if not loud:  # only the dateline: GREENSBORO, N.C. (AP)
            place = re.match(
                r"\s*[A-Z][A-Z'. -]{3,30}(?=,\s*(?:N\.|NC\b)|\s+[–—]|\s+--?\s|\s*\((?:AP|W[A-Z]{2,4})\))", line
            )
            calm = calm[: place.end()] + line[place.end() :] if place else line
        lines.append(re.sub(r"\bN\.c\.", "N.C.", calm) if len(calm) == len(line) else line)
    return "\n".join(lines)
