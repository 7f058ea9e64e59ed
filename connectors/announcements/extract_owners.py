"""Whose figures each block tells, where nobody acts as the subject: the one company or code name that a block names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from connectors.announcements.extract_anchors import BESIDE, FOREIGN, INTRODUCES, Anchor, related
from connectors.announcements.extract_company import Mention, grouped, strength
from connectors.announcements.extract_places import municipalities
from connectors.announcements.extract_readings import Reading, named_well
from connectors.announcements.extract_reviews import STRONG

_CONTINUES = re.compile(r"^\W*(?:[Tt]he|[Tt]his|[Ii]ts?|A|An)\b")
_PLACED = (
    r"(?:\b(?:in|at|near|to|from|of|its|outside)\s+{0}\b(?!['’]|\s+[A-Z])|\b{0}(?:,\s+[A-Z]\.|\s+(?:city|plant)\b))"
)
_HOLDS = re.compile(r"'s?\s+(?!(?:head|president|chief|chairman|vice|director|owner|founder)\b)[a-z]")
_LABELS = re.compile(r"\s*(?:[-–—:]\s|\([^)]*\):|,? officials\b)")


def owned(read: Sequence[Reading], found: Sequence[Anchor]) -> list[Anchor]:
    """Owners of blocks that tell figures, beside those who promise as the subject of a sentence.

    A company is told in one run of blocks and nowhere else, its figures are not those of another, and it is the only
    one that its block names; so a supplier or neighbour in the story of one company owns nothing.

    Args:
        read: all sentences in order.
        found: who promises as the subject of a sentence.

    Returns:
        All owners in the order of the text; those of ``found`` alone where no block has another.
    """
    blocks = _blocks(read, {one.index for one in found})
    whole = " ".join(reading.sentence.text for reading in read)
    made = [replace(one, company=list(one.company), codes=list(one.codes)) for one in found]
    weak: list[Anchor] = []
    for number, (start, block) in enumerate(blocks):
        after = blocks[number + 1][1] if number + 1 < len(blocks) else []
        if not _tells(block, after) or any(one.owns(reading) for one in [*made, *weak] for reading in block):
            continue
        told = block if any(reading.promises for reading in block) else [*block, *after]
        earlier = [reading for reading in read if not any(reading is one for one in told)]
        before = [one for one in [*made, *weak] if one.index < start]
        group, sure = _owner(block, [one for reading in block for one in reading.mentions if _may_own(one, whole)])
        if group and not _seen(told, earlier) and not _returns(before, read[start + len(block) :]):
            company = [replace(one, score=max(one.score, STRONG)) for one in group]
            new = Anchor(company, [], _begins(read, start, company))
            if not any(related(read, one, new) for one in [*made, *weak]):
                (made if sure else weak).append(new)
    if len(made) >= 2 or len(weak) >= 2 or not found:
        made.extend(weak)
    return _opened(read, sorted(made, key=lambda one: one.index)) if len(made) >= 2 else list(found)


def _begins(read: Sequence[Reading], start: int, company: Sequence[Mention]) -> int:
    """Where a company's part of its block begins: with its name where that sentence promises, else with the block."""
    first = min(company, key=lambda one: one.name.start).name.sentence
    at = next(index for index, reading in enumerate(read) if reading.sentence is first)
    return at if read[at].promises else start


def _opened(read: Sequence[Reading], made: list[Anchor]) -> list[Anchor]:
    """Let each begin with its paragraph, where the sentences before its name are nobody else's."""
    for one in made:
        while (
            one.index
            and not read[one.index].sentence.first
            and not any(other.owns(read[one.index - 1]) or other.index == one.index - 1 for other in made)
            and not read[one.index - 1].mentions
            and not (read[one.index].promises and (read[one.index - 1].jobs or read[one.index - 1].investments))
        ):
            one.index -= 1
    return made


def _blocks(read: Sequence[Reading], starts: set[int]) -> list[tuple[int, list[Reading]]]:
    """The paragraphs and lines of a text, divided where somebody else begins, each with its first sentence's place."""
    made: list[tuple[int, list[Reading]]] = []
    for index, reading in enumerate(read):
        if made and index not in starts and made[-1][1][-1].sentence.block == reading.sentence.block:
            made[-1][1].append(reading)
        else:
            made.append((index, [reading]))
    return made


def _tells(block: Sequence[Reading], after: Sequence[Reading]) -> bool:
    """Whether a block tells figures, or introduces a company whose figures the next block tells."""
    introduces = any(_introduces(one) for one in block)
    if block[0].sentence.heading or introduces or any(FOREIGN.search(one.sentence.text) for one in block):
        return False
    if any(reading.promises for reading in block):
        return True
    follows = bool(after) and not after[0].mentions and after[0].promises
    return follows and bool(_CONTINUES.match(after[0].sentence.text)) and _describes(block)


def _introduces(reading: Reading) -> bool:
    """Whether a sentence introduces several; the incentives that one company asks for introduce nobody."""
    found = INTRODUCES.search(reading.sentence.text)
    return found is not None and not (found.group().lower() == "incentives" and reading.mentions)


def _describes(block: Sequence[Reading]) -> bool:
    return any(one.score >= 1.0 and (one.described or one.acts) for reading in block for one in reading.mentions)


def _may_own(one: Mention, whole: str) -> bool:
    """Whether a name may be a company of its own: no word that opens a sentence, no place, no bystander."""
    name = one.name.text
    placed = " " not in name and re.search(_PLACED.format(re.escape(name)), whole)
    bystander = one.score < -1.2 or one.background or BESIDE.search(one.name.lead) or one.name.lead.endswith("(")
    return named_well(one) and not (bystander or placed) and name not in municipalities()


def _owner(block: Sequence[Reading], mentions: Sequence[Mention]) -> tuple[list[Mention], bool]:
    """The only company of a block, or the one that opens it, and whether that is sure; empty where nobody owns it."""
    groups = grouped(one for one in mentions if not one.name.sentence.text.startswith('"'))
    chosen = [group for group in groups if any(_leads(block, one) for one in group)]
    if chosen:
        return max(chosen, key=strength), True
    if len(groups) == 1:
        return groups[0], strength(groups[0]) >= 1.0 or _introduced(block, groups[0])
    return [], False


def _introduced(block: Sequence[Reading], group: Sequence[Mention]) -> bool:
    """Whether the sentence behind a name promises for "the company"."""
    first = min(group, key=lambda one: one.name.start).name.sentence
    at = next(index for index, reading in enumerate(block) if reading.sentence is first)
    after = block[at + 1] if at + 1 < len(block) and not block[at].promises else None
    return after is not None and after.promises and bool(_CONTINUES.match(after.sentence.text))


def _leads(block: Sequence[Reading], one: Mention) -> bool:
    """Whether a name is the label of its block, or has the figures of its sentence: "Hollis's choice to build"."""
    sentence = one.name.sentence
    behind = sentence.text[one.name.end - sentence.start :]
    if sentence.first and one.name.start - sentence.start < 3 and _LABELS.match(behind):
        return True
    return bool(_HOLDS.match(behind)) and any(
        claim.start > one.name.end and claim.kind in ("new", "investment")
        for reading in block
        if reading.sentence is sentence
        for claim in (*reading.jobs, *reading.investments)
    )


def _seen(told: Sequence[Reading], earlier: Sequence[Reading]) -> bool:
    """Whether all figures of a block are told elsewhere too: the story of another company goes on."""

    def figures(read: Sequence[Reading]) -> set[float]:
        claims = [claim for one in read for claim in (*one.jobs, *one.investments)]
        return {claim.value for claim in claims if claim.kind in ("new", "grant", "investment")}

    return figures(told) <= figures([one for one in earlier if not one.sentence.heading])


def _returns(made: Sequence[Anchor], later: Sequence[Reading]) -> bool:
    """Whether the text comes back to the only company told before."""
    return len(made) == 1 and any(made[0].owns(reading) for reading in later if not reading.sentence.heading)
