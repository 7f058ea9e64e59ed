"""Which company announces: its names judged by what the text has them do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from connectors.announcements.extract_claims import BACKGROUND
from connectors.announcements.extract_cues import (
    ALIAS,
    APPOSITION,
    ARRIVES,
    ASIDE,
    COMMIT,
    DASHED,
    GIVER,
    GREETED,
    HELPED,
    INTRO,
    IS_FIRM,
    JOINT,
    LABEL,
    LEADS,
    OF_HOME,
    OTHER_ROLE,
    OWN_FIGURE,
    OWN_PROJECT,
    PARENT,
    PLANT,
    QUIET,
    REPORTS,
    SUBJECT,
    TRADE,
)
from connectors.announcements.extract_firms import is_company
from connectors.announcements.extract_names import Name, bare, names, same, words
from connectors.announcements.extract_ordinary import ordinary
from connectors.announcements.extract_text import Page, Sentence

_CODE = re.compile(
    r"\b(?:Project|PROJECT)\s+(?P<code>(?:[A-Z][\w'-]*|[A-Z]+|\d{1,3})(?:\s+(?:[A-Z][a-z'-]+|[IVX]+"
    r"|\d{1,3})(?![\w.]*\s+(?:County|Corp)))?)"
)


@dataclass(frozen=True)
class Mention:
    """A company's name where it stands.

    Attributes:
        name: the words.
        score: how surely this company announces here.
        acts: true where it is the subject of a commitment.
        background: true where the sentence tells an older or other story.
        described: (start, end) clean offsets of the words that say what it is, or null.
    """

    name: Name
    score: float
    acts: bool
    background: bool
    described: tuple[int, int] | None = None


def mentions(page: Page, sentence: Sentence, people: frozenset[str], claims: bool) -> list[Mention]:
    """Judge every name of a sentence.

    Args:
        page: the text.
        sentence: where to look.
        people: persons of the text.
        claims: true where the sentence states jobs or an investment.
    """
    found: list[Mention] = []
    for name in names(page, sentence):
        again = sentence.heading and page.clean.count(name.text) > 1
        if is_company(name, people, again) and not ordinary(page, name):
            found.append(_judged(page, sentence, name, claims))
    for at in range(len(found) - 1, 0, -1):
        first, second = found[at - 1], found[at]
        between = page.clean[first.name.end : second.name.start]
        if second.acts and not first.acts and first.score > -1.0 and JOINT.fullmatch(between):
            found[at - 1] = replace(first, score=max(first.score, second.score + 0.1), acts=True)
    return found


def _judged(page: Page, sentence: Sentence, name: Name, claims: bool) -> Mention:
    before = page.clean[sentence.start : name.start]
    rest = page.clean[name.end : sentence.end]
    described, after = _described(name, rest)
    again = page.clean.count(name.text) > 1
    score, acts = _does(name, sentence, before, rest, after, claims, again)
    if re.match(r"\s*said\b", rest) and re.search(r"[\"',]\s*$", before) and " " not in name.text:
        acts = False  # '"..." Evans said'
    if described:
        score += 1.0 if COMMIT.match(after.lstrip(' ,"')) else 0.4
    role, acts = _role(name, before, rest, claims, acts)
    score += role + _standing(sentence, name, before, rest)
    background = bool(BACKGROUND.search(sentence.text))
    return Mention(name, score - (2.0 if background else 0.0), acts, background, described)


def _does(
    name: Name, sentence: Sentence, before: str, rest: str, after: str, claims: bool, again: bool
) -> tuple[float, bool]:
    """How surely a name is the subject of a commitment, by what stands right behind it; the first rule that fits."""
    if re.match(r":\s+[A-Z]", rest) and sentence.first and len(before) < 3 and not sentence.heading:
        return 3.2, True
    verb = None if re.match(r"\s*,\s*(?:said|says)", after) else COMMIT.match(after.lstrip(' ,"'))
    if verb and verb.group().startswith("to ") and HELPED.search(before):
        verb = None  # "customers rely on Hollis to bring"
    if verb and verb.group()[0].isupper() and (not sentence.heading or rest.startswith(",")):
        verb = None  # a noun of a longer name, or the next of a list
    for said, score in ((LABEL.search(before), 4.0), (ALIAS.match(rest), 3.0), (OWN_FIGURE.match(rest), 3.6)):
        if said:
            return score, True
    if own := OWN_PROJECT.match(rest):
        return 1.6 + (1.0 if claims and COMMIT.match(rest[own.end() :].lstrip()) else 0.0), True
    if verb:
        return (1.0 if QUIET.fullmatch(verb.group().split()[-1]) else 2.0) + (1.5 if claims else 0.0), True
    if claims and re.search(r"\b(?:the|a|new)\s+$", before) and PLANT.match(rest):
        return 2.6, True  # "45 people will work at the Alban plant"
    led = claims and (name.legal or again or " " in name.text) and not INTRO.sub("", before)
    return _opens(sentence, after, again) if led else (0.0, False)


def _opens(sentence: Sentence, after: str, again: bool) -> tuple[float, bool]:
    """How surely a name that opens a sentence with figures is their subject, whatever its verb."""
    if sentence.heading:
        return (2.0, True) if again else (0.0, False)
    return (2.2, True) if SUBJECT.match(after) else (0.0, False)


def _role(name: Name, before: str, rest: str, claims: bool, acts: bool) -> tuple[float, bool]:
    """What the words before a name make of it: who is welcomed, who leads it, a parent, a neighbour, a town."""
    score = (1.2 if TRADE.search(before) else 0.0) + (1.3 if LEADS.search(before) else 0.0)
    if len(before) < 3 and IS_FIRM.match(rest):
        score += 1.2  # "Axton is a global leader in paper"
    if GIVER.search(before):
        score += 3.0 if claims and GREETED.search(before) else 1.5
        acts = acts or claims
    town = re.search(r"\b(?:in|near|at|outside)\s+$", before) and not name.legal
    town = town or (before.endswith("to ") and ARRIVES.search(before) and not name.legal)
    neighbour = re.search(r"\b(?:to|near|from)\s+$", before) and re.match(r",\s+(?:which|whose|who)\b", rest)
    if town or neighbour:
        score -= 2.0
        acts = False
    if re.search(
        r"\b(?:through|via|by) (?:an?|its|the)? ?(?:[\w-]+ )?(?:subsidiary|affiliate|unit|division|entity),?\s+$",
        before,
    ):
        return score - 3.0, False  # "through its subsidiary Hollis Sites LLC"
    if PARENT.search(before):
        return score - 3.0, False
    if OTHER_ROLE.search(before) and not acts:
        score -= 1.0
    return score, acts


def _described(name: Name, rest: str) -> tuple[tuple[int, int] | None, str]:
    """The words in apposition behind a name, and what follows them."""
    whole = rest
    if name.legal and re.match(r"\s+(?:an?|the)\s", rest):
        rest = "," + rest  # "Hollis Corp. a maker of"
    aside = ASIDE.match(rest)
    after = rest[aside.end() :] if aside else rest
    offset = name.end + len(whole) - len(after)
    if home := OF_HOME.match(after):  # "Quentin Guitars of Akron, Ohio, will move"
        return None, after[home.end() :]
    seated = re.match(r"\s+of\s+[A-Z]\w+(?: [A-Z]\w+)?(?:, [A-Z][\w.]+)?(?=,\s+(?:an?|the|which)\b)", after)
    after = after[seated.end() :] if seated else after
    offset += seated.end() if seated else 0
    for pattern in (APPOSITION, DASHED):
        match = pattern.match(after)
        if match and not match.group().startswith(", and"):
            words = (offset + 1, offset + len(match.group().rstrip(" ,")))
            return words, after[match.end() - 1 :] if match.group()[-1] == " " else after[match.end() :]
    loose = re.match(r",\s+(?:an?|the|one of|which)\b[^;\n]{4,260}?(?=,|\.$|\.\s)", rest)
    return ((name.end + 2, name.end + loose.end()) if loose else None), after


def _standing(sentence: Sentence, name: Name, before: str, rest: str) -> float:
    """What form and place of a name say: legal form, headline, start of a paragraph; a newspaper's report against."""
    score = 1.2 if name.legal else 0.0
    if REPORTS.match(rest) or re.search(r"\((?:AP|WNCN|WRAL|via [^)]*)\)?\s*$", before):
        score -= 3.0
    if sentence.heading and sentence.block <= 3:
        score += 0.5
    if len(before.strip()) < 3 and sentence.first:
        score += 0.4
    return score


def grouped(found: Iterable[Mention]) -> list[list[Mention]]:
    """Put the spellings of one company together."""
    groups: list[list[Mention]] = []
    for mention in sorted(found, key=lambda one: -len(one.name.text)):
        for group in groups:
            if any(same(mention.name.text, other.name.text) for other in group):
                group.append(mention)
                break
        else:
            groups.append([mention])
    return groups


def strength(group: Sequence[Mention]) -> float:
    """How surely a group of mentions is the announcing company."""
    scores = sorted((mention.score for mention in group), reverse=True)
    return scores[0] + 0.5 * max(scores[1] if len(scores) > 1 else 0.0, 0.0) + 0.15 * min(len(group), 8)


def best_name(group: Sequence[Mention]) -> Mention:
    """The fullest name of a company that the text has act; a name with a legal form before one without."""
    acting = [mention for mention in group if mention.score >= 1.0] or list(group)
    top = max(mention.score for mention in acting)
    good = [mention for mention in acting if mention.score >= min(top, 2.0) - 0.8 or mention.name.legal]
    known = {bare(mention.name.text) for mention in good}
    first = min(mention.name.start for mention in group)
    good += [
        one
        for one in group
        if (one.score >= 0.3 and (one.acts or one.name.legal) if one.name.start > first else one.score >= -0.5)
        and any(bare(one.name.text).startswith(name + " ") for name in known)
    ]
    good = [one for one in good if not any(_shortens(one, other) for other in group)] or good
    good += [other for other in group if any(_shortens(one, other) for one in acting)]
    chosen = max(good, key=lambda one: (one.name.legal, len(bare(one.name.text).split()), one.score, -one.name.start))
    return replace(chosen, described=chosen.described or next((one.described for one in group if one.described), None))


def _shortens(one: Mention, other: Mention) -> bool:
    """Whether a name is the initials of another."""
    if one.name.text == other.name.text or not one.name.text.isupper():
        return False
    initials = "".join(word[0] for word in bare(other.name.text).split() if word not in ("and", "of"))
    return len(initials) > 1 and one.name.text.isupper() and re.sub(r"\band\b|\s", "", bare(one.name.text)) == initials


def subject(group_of: Iterable[Mention]) -> list[Mention]:
    """The company of a text in which none promises: repeated, described, with a legal form, or the only one."""
    groups = [group for group in grouped(group_of) if max(one.score for one in group) >= -1.0]
    told = [group for group in groups if len(group) > 1 or group[0].described or group[0].name.legal]
    told = told or (groups if len(groups) == 1 else [])
    return max(told, key=strength, default=[])


def code_names(page: Page, sentence: Sentence) -> list[Name]:
    """Code names (without the word Project) of a sentence."""
    found = []
    for match in _CODE.finditer(sentence.text):
        code = match["code"].rstrip("'")
        if code.split()[0].lower() in words()["not_code"]:
            continue
        parts = code.split()
        if len(parts) == 2 and parts[1].lower() in ("with", "award", "public", "the", "hearing", "will", "performance"):
            code = parts[0]
        start = sentence.start + match.start("code")
        found.append(
            Name(code.title() if code.isupper() and len(code) > 3 else code, start, start + len(code), sentence, False)
        )
    return found
