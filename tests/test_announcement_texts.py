"""The facts of whole announcements, written for these tests in the forms that agencies and newspapers use."""

from __future__ import annotations

import html
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from connectors.announcements.extract import announced, extract
from connectors.announcements.facts import Found, ProjectFacts
from gapengine.benchmarks import announcements
from gapengine.cli import app

FOLDER = Path(__file__).parent / "announcements"
LABELS = [json.loads(line) for line in (FOLDER / "labels.jsonl").read_text(encoding="utf-8").splitlines()]
TEXTS = {path.stem: announcements.read_text(path) for path in sorted((FOLDER / "texts").glob("*.txt"))}
# The lowest F1 that these texts may fall to. They were written before the rules that read them were finished, so the
# figures say that nothing broke, not how well unseen texts are read: docs/extraction.md has those.
LEAST = {"company": 0.97, "jobs": 0.97, "investment_usd": 0.97, "avg_wage_usd": 0.95, "county": 0.95, "city": 0.95}
LEAST |= {"by_year": 0.85, "horizon_years": 0.9, "county_avg_wage_usd": 0.9, "naics3": 0.85}


def facts_of(text_id: str) -> tuple[ProjectFacts, ...]:
    return announced(extract(TEXTS[text_id].body, TEXTS[text_id].published))


def values(found: tuple[ProjectFacts, ...]) -> list[dict[str, Any]]:
    """What is told, without the places it was read from."""
    plain = []
    for facts in found:
        fields = {
            name: getattr(facts, name) for name in facts.__dataclass_fields__ if name not in ("description", "dates")
        }
        plain.append(
            {
                name: tuple(item.value for item in value)
                if isinstance(value, tuple)
                else (value.value if isinstance(value, Found) else value)
                for name, value in fields.items()
            }
        )
    return plain


def test_every_text_has_labels_and_every_label_a_text() -> None:
    assert {label["text_id"] for label in LABELS} == set(TEXTS)


def test_the_facts_of_the_texts_are_found() -> None:
    by_text: dict[str, list[dict[str, Any]]] = {}
    for label in LABELS:
        by_text.setdefault(label["text_id"], []).append(label)
    scored = announcements.score({name: announcements.rows_of(text) for name, text in TEXTS.items()}, by_text)
    assert {
        name: figures["f1"] for name, figures in scored["fields"].items() if figures["f1"] < LEAST.get(name, 0)
    } == {}
    assert scored["projects"]["f1"] >= 0.98


@pytest.mark.parametrize("text_id", sorted({label["text_id"] for label in LABELS if label["n_projects"] == 0}))
def test_no_project_is_invented(text_id: str) -> None:
    assert facts_of(text_id) == ()


def test_an_end_of_plans_is_told_as_such() -> None:
    ended = [facts for name in ("neg_cancel", "neg_terminations") for facts in extract(TEXTS[name].body)]
    assert ended and {facts.stage for facts in ended} == {"cancelled"}
    assert [facts.stage for facts in facts_of("delayed")] == ["delayed"]


@pytest.mark.parametrize("text_id", sorted(TEXTS))
def test_values_stand_in_the_original_where_they_say(text_id: str) -> None:
    body = TEXTS[text_id].body
    for facts in extract(body, TEXTS[text_id].published):
        for found in (
            facts.company,
            facts.jobs,
            facts.investment_usd,
            facts.avg_wage_usd,
            *facts.cities,
            *facts.counties,
        ):
            if found is not None:
                assert found.sentence_start <= found.start < found.end <= found.sentence_end
        if facts.investment_usd is not None:
            words = body[facts.investment_usd.start : facts.investment_usd.end]
            assert "$" in words or "dollar" in words.lower()
        for city in facts.cities:
            assert city.value.split()[0].lower() in body[city.start : city.end].replace("\u2011", "-").lower()


def _as_page(text: str) -> str:
    return "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in text.split("\n"))


DRESSES: dict[str, Callable[[str], str]] = {
    "typographic quotes": lambda text: text.replace("'", "\u2019"),
    "non-breaking spaces": lambda text: text.replace("$", "\u200b$").replace(" million", "\u00a0million"),
    "windows line ends": lambda text: text.replace("\n", "\r\n"),
    "a web page": _as_page,
    "bold figures": lambda text: text.replace("$", "<b>$").replace(" million", " million</b>"),
}


@pytest.mark.parametrize("dress", sorted(DRESSES))
def test_the_dress_of_a_text_changes_nothing(dress: str) -> None:
    plain = {name: text for name, text in TEXTS.items() if name != "markup"}
    wrong = [
        name
        for name, text in plain.items()
        if values(extract(DRESSES[dress](text.body), text.published)) != values(extract(text.body, text.published))
    ]
    assert wrong == []


@pytest.mark.parametrize("text_id", ["bearings_commerce", "roundup_colon", "battery_megasite", "markup"])
def test_a_text_may_end_anywhere_without_a_wrong_figure(text_id: str) -> None:
    """A cut number is left out: what is read from any beginning of a text is a figure of the whole text."""
    body = TEXTS[text_id].body
    digits = "".join(body.replace(",", "").split())
    for end in range(40, len(body), 7):
        for facts in extract(body[:end]):
            for found in (facts.jobs, facts.avg_wage_usd):
                assert found is None or f"{found.value:.0f}" in digits


def test_two_hundred_texts_are_read_in_five_seconds() -> None:
    start = time.process_time()
    pages = (list(TEXTS.values()) * 4)[:200]
    for page in pages:
        extract(page.body, page.published)
    assert len(pages) == 200 and time.process_time() - start < 5


def test_the_benchmark_reads_without_labels_and_scores_with_them(tmp_path: Path) -> None:
    out = tmp_path / "found.jsonl"
    asked = ["bench", "announcements", "--texts", str(FOLDER / "texts"), "--out", str(out)]
    read = CliRunner().invoke(app, asked)
    assert read.exit_code == 0 and "fields" not in json.loads(read.stdout)
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    wanted = {
        "text_id",
        "project_index",
        "company",
        "jobs",
        "jobs_max",
        "jobs_qualifier",
        "investment_usd",
        "avg_wage_usd",
    }
    wanted |= {
        "city",
        "county",
        "by_year",
        "start_year",
        "horizon_years",
        "operational_year",
        "naics4",
        "grant_jobs",
        "stage",
    }
    assert all(wanted | {"spans"} <= set(row) for row in rows)
    row = next(row for row in rows if row["text_id"] == "bearings_commerce")
    (start, end), body = row["spans"]["investment_usd"][0], TEXTS["bearings_commerce"].body
    assert body[start:end] == "$41.5 million"
    scored = CliRunner().invoke(app, [*asked, "--labels", str(FOLDER / "labels.jsonl")])
    figures = json.loads(scored.stdout)
    assert figures["name"] == "announcements" and figures["invented"] == 0
    assert set(figures["fields"]["jobs"]) == {"precision", "recall", "f1", "n"}


def test_a_missing_and_a_false_value_count_as_the_labels_imply() -> None:
    label = {"n_projects": 1, "company": "Hollis Foods, Inc.", "jobs": 40, "city": ["Apex", "Cary"], "by_year": None}
    found = {"company": "Hollis Foods", "jobs": 41, "city": "Apex", "by_year": 2030}
    fields = announcements.score({"one": [found]}, {"one": [label]})["fields"]
    assert fields["company"]["f1"] == 1
    assert (fields["jobs"]["precision"], fields["jobs"]["recall"]) == (0, 0)
    assert (fields["city"]["precision"], fields["city"]["recall"]) == (1, 0.5)
    assert (fields["by_year"]["precision"], fields["by_year"]["recall"]) == (0, None)
