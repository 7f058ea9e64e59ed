"""Short texts of one fault each: numbers, years, headlines, round-ups, ends, lay-outs, and texts without a project."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from connectors.announcements.extract import announced, extract
from connectors.announcements.extract_names import bare
from connectors.announcements.facts import ProjectFacts

FOLDER = Path(__file__).parent / "announcements" / "cases"
CASES = [
    pytest.param(case, id=f"{path.stem}: {case['id']}")
    for path in sorted(FOLDER.glob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]
NAMES = {
    "invest": "investment_usd",
    "wage": "avg_wage_usd",
    "county_wage": "county_avg_wage_usd",
    "horizon": "horizon_years",
    "opens": "operational_year",
    "city": "cities",
    "county": "counties",
}


def told(facts: ProjectFacts, key: str) -> Any:
    """A value as the cases write it: one, a list of several, or null."""
    value = getattr(facts, NAMES.get(key, key))
    if isinstance(value, tuple):
        values = sorted(found.value for found in value)
        return values if len(values) > 1 else values[0] if values else None
    return value if value is None or isinstance(value, str) else value.value


@pytest.mark.parametrize("case", CASES)
def test_the_facts_of_a_short_text(case: dict[str, Any]) -> None:
    found = extract(case["text"], case.get("published", "2024-05-01"))
    if not case.get("ended"):  # an end is an update, never a new announcement
        found = announced(found)
    read = [{key: told(facts, key) for key in wanted} for facts, wanted in zip(found, case["want"], strict=False)]
    for one in (*read, *case["want"]):
        if one.get("company"):
            one["company"] = bare(one["company"])
    assert len(found) == len(case["want"])
    assert read == case["want"]
