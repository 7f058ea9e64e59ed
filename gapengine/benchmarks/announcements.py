"""How well facts are read from announcements: precision, recall and F1 per field over labelled texts."""

from __future__ import annotations

import json
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from connectors.announcements.extract import extract
from connectors.announcements.extract_names import bare
from connectors.announcements.facts import Found, ProjectFacts
from gapengine.arrivals.industry import Industry, embedded_reader, industry_of
from gapengine.benchmarks.machine import machine, peak_mb
from gapengine.errors import UsageError

LEAST = 0.1  # an industry less likely than this, and without a phrase of the trade, is no answer
FIELDS = (
    "company",
    "jobs",
    "jobs_max",
    "jobs_qualifier",
    "investment_usd",
    "avg_wage_usd",
    "county_avg_wage_usd",
    "city",
    "county",
    "by_year",
    "start_year",
    "horizon_years",
    "operational_year",
    "grant_jobs",
)
_COLUMNS = {"cities": "city", "counties": "county"}
Row = Mapping[str, Any]
Values = frozenset[str | float]


@dataclass(frozen=True)
class Text:
    """One saved text.

    Attributes:
        text_id: the file's name without its ending.
        published: its DATE line, or null.
        body: what follows the line ``---``; the whole file where there is none.
    """

    text_id: str
    published: str | None
    body: str


def read_text(path: Path) -> Text:
    """Read a file of header lines, ``---`` and text."""
    raw = path.read_text(encoding="utf-8", errors="replace")
    head, line, body = raw.partition("\n---\n")
    if not line:
        return Text(path.stem, None, raw)
    lines = dict(row.split(": ", 1) for row in head.splitlines() if ": " in row)
    return Text(path.stem, lines.get("DATE"), body)


def measure(texts: Path, labels: Path | None, out: Path | None) -> dict[str, Any]:
    """Read every text of a folder, write what was found, and score it where there are labels.

    Args:
        texts: folder of text files (header lines, ``---``, text).
        labels: JSON lines, one per text and project; null: nothing is scored.
        out: where to write a JSON line per project found; null: nowhere.

    Returns:
        ``fields``: name -> precision, recall, f1, n (labelled values); ``projects``: the same for projects as such;
        ``invented``: projects that are not cancelled, found in texts that announce none; ``seconds_200``: time for 200
            such texts.

    Raises:
        UsageError: the folder holds no text, or a label names a text that is not there.
    """
    start = time.process_time()
    pages = [read_text(path) for path in sorted(texts.glob("*.txt"))]
    if not pages:
        raise UsageError(f"{texts}: no file ends in .txt. Expected one text file per announcement.")
    embedded_reader()
    begin = time.process_time()
    rows = {page.text_id: rows_of(page) for page in pages}
    reading = time.process_time() - begin
    if out is not None:
        lines = [json.dumps(row, ensure_ascii=False) + "\n" for page in pages for row in _coming(rows[page.text_id])]
        out.write_text("".join(lines), encoding="utf-8")
    scored = score(rows, _labels(labels, rows)) if labels is not None else {}
    return {
        "name": "announcements",
        "machine": machine(),
        "what": "facts read from announcements against labels, exact after normalisation",
        "texts": len(pages),
        **scored,
        "cpu_seconds_200_texts": round(reading / len(pages) * 200, 2),
        "seconds": round(time.process_time() - start, 2),
        "peak_mb": peak_mb(),
    }


def rows_of(page: Text) -> list[dict[str, Any]]:
    """One row per project of a text, ended ones too, in their order; spans count from the start of its body."""
    return [_row(page, index, facts) for index, facts in enumerate(extract(page.body, page.published))]


def _coming(rows: Sequence[Row]) -> list[Row]:
    """Rows of projects that are not cancelled."""
    return [row for row in rows if row.get("stage") != "cancelled"]


def _row(page: Text, index: int, facts: ProjectFacts) -> dict[str, Any]:
    industry = industry_of(facts)
    return {
        "text_id": page.text_id,
        "project_index": index,
        "company": _value(facts.company),
        "project": _value(facts.project),
        "jobs": _value(facts.jobs),
        "jobs_max": _value(facts.jobs_max),
        "jobs_qualifier": ("range" if facts.jobs_max else facts.jobs.qualifier) if facts.jobs else None,
        "investment_usd": _value(facts.investment_usd),
        "investment_qualifier": facts.investment_usd.qualifier if facts.investment_usd else None,
        "avg_wage_usd": _value(facts.avg_wage_usd),
        "avg_wage_qualifier": facts.avg_wage_usd.qualifier if facts.avg_wage_usd else None,
        "county_avg_wage_usd": _value(facts.county_avg_wage_usd),
        "city": _one_or_list(facts.cities),
        "county": _one_or_list(facts.counties),
        "by_year": _value(facts.by_year),
        "start_year": _value(facts.start_year),
        "horizon_years": _value(facts.horizon_years),
        "operational_year": _value(facts.operational_year),
        "naics4": _likely(industry),
        "naics_sure": industry.naics_code if industry else None,
        "naics_probability": round(industry.probability, 3) if industry else None,
        "grant_jobs": _value(facts.grant_jobs),
        "stage": facts.stage,
        "spans": {_COLUMNS.get(name, name): places for name, places in facts.spans().items()},
    }


def _likely(industry: Industry | None) -> str | None:
    """The likeliest industry, where a phrase or a fair probability speaks for it."""
    if industry is None or not (industry.phrases or industry.runners_up[0][1] >= LEAST):
        return None
    return industry.naics4


def _value(found: Found[Any] | None) -> Any:
    return None if found is None else found.value


def _one_or_list(found: Sequence[Found[str]]) -> str | list[str] | None:
    values = [item.value for item in found]
    return None if not values else values[0] if len(values) == 1 else values


def _labels(path: Path, rows: Mapping[str, object]) -> dict[str, list[Row]]:
    labelled: dict[str, list[Row]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        label = json.loads(line)
        if label["text_id"] not in rows:
            raise UsageError(f"{path}, line {number}: no text {label['text_id']!r} in the folder of texts.")
        labelled.setdefault(label["text_id"], []).append(label)
    return labelled


def normalised(field: str, value: Any) -> Values:
    """A value as the set of what is compared: names without legal forms, numbers as numbers, null as nothing."""
    if value is None or value == "":
        return frozenset()
    if isinstance(value, Mapping):
        return frozenset([float(sum(value.values()))])
    items = value if isinstance(value, list | tuple) else [value]
    if field == "company":
        return frozenset(bare(str(item)) for item in items)
    return frozenset(float(item) if isinstance(item, int | float) else str(item).strip().lower() for item in items)


def score(rows: Mapping[str, Sequence[Row]], labels: Mapping[str, Sequence[Row]]) -> dict[str, Any]:
    """Compare found with labelled projects, paired within each text so that most values agree.

    A value of the label that is not found counts against recall; a value found where the label is null, or another
    one, counts against precision. Null on both sides counts nowhere.

    Returns:
        ``fields``, ``projects`` and ``invented`` as in :func:`measure`.
    """
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    invented = 0
    for text_id, labelled in labels.items():
        wanted = [label for label in labelled if label.get("n_projects", 1)]
        found = list(rows.get(text_id, ()))
        if not wanted:
            found = _coming(found)
            invented += len(found)
        fields = [field for field in (*FIELDS, "naics4") if any(field in label for label in labelled)]
        for one, other in _pairs(found, wanted, fields):
            _count(counts["projects"], frozenset(["x"] if one else []), frozenset(["x"] if other else []))
            for field in fields:
                left = normalised(field, one.get(field)) if one else frozenset()
                right = normalised(field, other.get(field)) if other else frozenset()
                _count(counts[field], left, right)
                if field == "naics4":
                    _count(counts["naics3"], _cut(left), _cut(right))
    figures = {field: _figures(*count) for field, count in counts.items()}
    return {"projects": figures.pop("projects", None), "fields": figures, "invented": invented}


def _cut(values: Values) -> Values:
    return frozenset(str(value)[:3] for value in values)


def _count(count: list[int], found: Values, wanted: Values) -> None:
    count[0] += len(found & wanted)
    count[1] += len(found - wanted)
    count[2] += len(wanted - found)


def _pairs(found: list[Row], wanted: list[Row], fields: Iterable[str]) -> list[tuple[Row | None, Row | None]]:
    names = list(fields)
    agree = np.array(
        [[sum(bool(normalised(n, a.get(n)) & normalised(n, b.get(n))) for n in names) for b in wanted] for a in found]
    ).reshape(len(found), len(wanted))
    left, right = linear_sum_assignment(-agree)
    pairs: list[tuple[Row | None, Row | None]] = [(found[i], wanted[j]) for i, j in zip(left, right, strict=True)]
    pairs += [(row, None) for index, row in enumerate(found) if index not in set(left)]
    pairs += [(None, row) for index, row in enumerate(wanted) if index not in set(right)]
    return pairs


def _figures(hit: int, extra: int, missed: int) -> dict[str, float | int | None]:
    precision = hit / (hit + extra) if hit + extra else None
    recall = hit / (hit + missed) if hit + missed else None
    f1 = 2 * hit / (2 * hit + extra + missed) if hit + extra + missed else None
    return {
        "precision": None if precision is None else round(precision, 4),
        "recall": None if recall is None else round(recall, 4),
        "f1": None if f1 is None else round(f1, 4),
        "n": hit + missed,
    }
