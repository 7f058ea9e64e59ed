"""How well tellings of one project are joined: pairs of labelled texts, with what the labels say and with what is read.

Half of the event groups, by a rule that looks at their names only, is reported apart: the half that rules and points
were not looked at with.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from connectors.announcements.extract import announced, extract
from connectors.announcements.extract_places import counties
from gapengine.arrivals.joining import join
from gapengine.arrivals.names import words
from gapengine.arrivals.reading import telling_of
from gapengine.arrivals.tellings import Telling, telling
from gapengine.arrivals.when import days_between
from gapengine.benchmarks.announcements import read_text
from gapengine.benchmarks.machine import machine, peak_mb
from gapengine.errors import UsageError


@dataclass(frozen=True)
class Pairs:
    """Pairs of tellings: joined rightly, joined wrongly, left apart wrongly, and put before a person."""

    right: int
    wrong: int
    missed: int
    doubtful: int

    @property
    def precision(self) -> float:
        """Share of the joined pairs that are of one project; 1 where none is joined."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Share of the pairs of one project that are joined; 1 where there is none."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    def as_json(self) -> dict[str, float]:
        """The counts and both shares."""
        return {**vars(self), "precision": round(self.precision, 3), "recall": round(self.recall, 3)}


_TOLD_AGAIN = 31
"""Days within which equal labels of two groups are one project."""
Labelled = tuple[Telling, tuple[str, str], str]
"""A telling, the project it is in truth (group and name), and its event group."""


def measure(texts: Path, labels: Path) -> dict[str, Any]:
    """Join the labelled texts twice: with the facts of the labels, and with the facts that are read from the texts.

    Args:
        texts: folder of text files.
        labels: JSON lines, one per text and project, with ``event_id``.

    Raises:
        UsageError: a file is missing.
    """
    if not labels.is_file() or not texts.is_dir():
        raise UsageError(f"expected a folder of texts and a file of labels; found {texts} and {labels}.")
    start = time.process_time()
    rows = [json.loads(line) for line in labels.read_text(encoding="utf-8").splitlines() if line.strip()]
    rows = [row for row in rows if row["n_projects"]]
    truth = truths(rows)
    stated = [_labelled(row, true) for row, true in zip(rows, truth, strict=True)]
    read = _read(texts, rows, truth)
    return {
        "name": "joining",
        "machine": machine(),
        "what": "pairs of texts about one project, joined or not",
        "event_groups": len({group for _, _, group in stated}),
        "tellings": len(stated),
        "facts_of_labels": _parts(stated),
        "facts_as_read": _parts(read),
        "seconds": round(time.process_time() - start, 2),
        "peak_mb": peak_mb(),
    }


def pairs(rows: Sequence[Labelled]) -> Pairs:
    """Join the tellings and compare every pair with the truth."""
    joined = join([row[0] for row in rows])
    counts = [0, 0, 0]
    for one, other in combinations(range(len(rows)), 2):
        together, same = joined.group[one] == joined.group[other], rows[one][1] == rows[other][1]
        counts[0 if together and same else 1 if together else 2] += together or same
    return Pairs(counts[0], counts[1], counts[2], len(joined.doubts))


def held_out(group: str) -> bool:
    """Whether an event group is of the half that is reported apart."""
    return sum(group.encode()) % 2 == 1


def _parts(rows: Sequence[Labelled]) -> dict[str, dict[str, float]]:
    return {
        "all": pairs(rows).as_json(),
        "looked_at": pairs([row for row in rows if not held_out(row[2])]).as_json(),
        "held_out": pairs([row for row in rows if held_out(row[2])]).as_json(),
    }


def truths(rows: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """The project of each label: its event group and its company, for a group may hold several companies.

    A text that lists one company twice tells of two projects, told apart by their county. A label without a company
    is the group's only company. The same company, county and jobs in two groups within a month are one
    project told in both.
    """
    names = [_name(row["company"]) for row in rows]
    twice = {
        (row["event_id"], name)
        for row, name in zip(rows, names, strict=True)
        if sum(other["text_id"] == row["text_id"] and _name(other["company"]) == name for other in rows) > 1
    }
    out = []
    for row, name in zip(rows, names, strict=True):
        event = row["event_id"]
        in_group = {other for at, other in enumerate(names) if rows[at]["event_id"] == event and other}
        known = name or (next(iter(in_group)) if len(in_group) == 1 else "")
        out.append((event, f"{known} {row['county']}" if (event, known) in twice else known))
    same: dict[tuple[str, str], tuple[str, str]] = {}
    for (one, true), (other, also) in combinations(zip(rows, out, strict=True), 2):
        alike = true[1] == also[1] and one["jobs"] == other["jobs"] and one["county"] == other["county"]
        if true[0] != also[0] and alike and days_between(one["text_date"], other["text_date"]) <= _TOLD_AGAIN:
            same[also] = same.get(true, true)
    return [same.get(truth, truth) for truth in out]


def _name(company: str | None) -> str:
    """The word of a company's name that texts agree on: its first, or the last of a person's name."""
    found = words(company or "")
    return "" if not found else found[-1] if found[0] == "eli" else found[0]


def _labelled(row: Mapping[str, Any], truth: tuple[str, str]) -> Labelled:
    codes = counties()
    return (
        telling(
            telling_id="t0",
            event_id="new",
            site="labels",
            title=row["text_id"],
            source_address=row["url"],
            published_date=row["text_date"],
            company=row["company"] or "",
            project="" if row["company"] else "unnamed",
            counties=tuple(codes[name] for name in _several(row["county"])),
            cities=tuple(_several(row["city"])),
            jobs=_cell(row["jobs"]),
            jobs_max=_cell(row["jobs_max"]),
            investment_usd=_cell(row["investment_usd"]),
        ),
        truth,
        row["event_id"],
    )


def _read(texts: Path, rows: Sequence[Mapping[str, Any]], truth: Sequence[tuple[str, str]]) -> list[Labelled]:
    """Tellings read from the texts, each with the truth of the label that it fits best; unfit ones are their own."""
    out = []
    for text_id in dict.fromkeys(row["text_id"] for row in rows):
        labels = [at for at, row in enumerate(rows) if row["text_id"] == text_id]
        page = read_text(texts / f"{text_id}.txt")
        first = rows[labels[0]]
        about = {"site": "texts", "address": first["url"], "title": text_id, "published_date": first["text_date"]}
        for index, facts in enumerate(announced(extract(page.body, page.published))):
            item = telling_of(about, page.body, facts, index)
            fits = [(_fit(rows[at], item), -at) for at in labels]
            best, at = max(fits)
            out.append((item, truth[-at] if best > 0 else (text_id, str(index)), str(first["event_id"])))
    return out


def _fit(row: Mapping[str, Any], item: Telling) -> int:
    same_name = bool(set(words(row["company"] or "")[:2]) & set(words(item.company)))
    return 2 * same_name + (row["jobs"] is not None and row["jobs"] == item.jobs)


def _several(value: str | list[str] | None) -> list[str]:
    return value if isinstance(value, list) else [value] if value else []


def _cell(value: float | None) -> Any:
    return "" if value is None else value
