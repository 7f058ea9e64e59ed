"""The industry of a project comes from the words that say what is made or done, never from who does it."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from connectors.announcements.extract import extract
from connectors.announcements.facts import ProjectFacts
from gapengine import snapshot
from gapengine.arrivals.industry import classify as classified
from gapengine.arrivals.industry import embedded_reader, industry_of
from gapengine.arrivals.trades import phrases
from gapengine.benchmarks import classify

UNKNOWN = ProjectFacts()
CASES = {
    "a contract manufacturer of biologics with a new fill-finish line": "325",
    "a maker of lithium-ion battery cells": "335",
    "an electric vehicle manufacturer that will assemble trucks": "336",
    "a contract research organization that runs clinical trials": "541",
    "a fulfillment center for online orders": "493",
    "a hyperscale data center campus": "518",
    "a producer of frozen sweet potato products": "311",
    "an upholstered furniture manufacturer": "337",
    "a mortgage lender": "522",
    "a shared services center": "551",
    "a customer contact center": "561",
    "injection molded plastic packaging": "326",
}


@pytest.mark.parametrize("text", sorted(CASES))
def test_the_language_of_announcements_is_understood(text: str) -> None:
    assert embedded_reader().read([text]).naics4.startswith(CASES[text])


@pytest.mark.parametrize("half", ["development", "held_out"])
def test_one_sentence_tells_the_industry(half: str) -> None:
    """206 sentences in the style of announcements over 127 industries, written before the rules they test."""
    rows = list(csv.DictReader((Path(__file__).parent / "industry" / f"{half}.csv").open(encoding="utf-8")))
    found = [industry_of((extract(row["sentence"], "2025-03-01") or [UNKNOWN])[0]) for row in rows]
    pairs = [(item, row["naics_code"]) for item, row in zip(found, rows, strict=True) if item is not None]
    named = [(item.naics_code, code) for item, code in pairs if item.naics_code]
    assert sum(item.naics4[:3] == code[:3] for item, code in pairs) >= 0.9 * len(rows)
    assert sum(code.startswith(name) for name, code in named) >= 0.93 * len(named) >= 0.93 * 0.85 * len(rows)


def test_buyers_and_founders_count_little() -> None:
    reader = embedded_reader()
    assert reader.read(["a maker of adhesives for the furniture and footwear industries"]).naics4 == "3255"
    assert (
        reader.read(["a maker of pumps", "a company founded by three airlines and a bank, will expand"]).naics4
        == "3339"
    )


def test_what_equipment_is_for_is_not_what_is_made() -> None:
    reader = embedded_reader()
    assert reader.read(["a maker of process equipment for drug manufacturing"]).naics4 == "3332"
    assert reader.read(["a developer of software for banks and insurers"]).naics4 == "5132"


def test_who_deals_in_a_product_is_a_wholesaler() -> None:
    reader = embedded_reader()
    assert reader.read(["a wholesale distributor of plywood and doors"]).naics4 == "4233"
    assert reader.read(["a manufacturer of plywood and doors"]).naics4.startswith("321")


def test_what_the_official_index_does_not_name_gets_a_shorter_code() -> None:
    industry = embedded_reader().read(["an operator of electric vehicle charging stations", "will run charging hubs"])
    assert industry.naics_code == "457"


def test_a_name_without_a_word_of_the_trade_tells_nothing() -> None:
    industry = embedded_reader().read(["will create 90 jobs"], "Pfizer")
    assert industry.naics_code is None and industry.phrases == ()


def test_a_name_with_a_word_of_the_trade_counts() -> None:
    assert embedded_reader().read(["will create 90 jobs"], "Quillmoor Pet Foods").naics4 == "3111"


def test_a_plant_that_also_ships_is_a_plant_and_a_warehouse_is_a_warehouse() -> None:
    reader = embedded_reader()
    assert reader.read(["a manufacturer of tires", "will build a plant with a distribution center"]).naics4 == "3262"
    stores = reader.read(["a furniture retailer", "will build a distribution center for the Southeast"])
    assert stores.naics4 == "4931"


def test_the_answer_names_its_phrases_and_runners_up() -> None:
    facts = extract("Corvane Cycles, a maker of motorcycles, will create 80 jobs and invest $9 million in Troutman.")[0]
    industry = industry_of(facts)
    assert industry is not None and industry.naics_code == "3369"
    assert "motorcycles" in industry.phrases
    assert industry.runners_up[0] == ("3369", industry.probability)


def test_only_a_sure_industry_is_handed_on() -> None:
    sure = extract("Corvane Cycles, a maker of motorcycles, will create 80 jobs and invest $9 million in Troutman.")[0]
    vague = extract("Corvane will create 80 jobs and invest $9 million in Troutman.")[0]
    assert classified(sure) is not None and classified(vague) is None


def test_every_code_of_the_phrases_is_an_industry() -> None:
    official = set(snapshot.load(names=["naics_index"])["naics_index"]["naics_code"].str[:4])
    groups = official | {code[:3] for code in official} | {code[:2] for code in official}
    table = phrases()
    assert {*table["strong"], *table["weak"]} <= groups
    assert {*table["wholesale"], *table["wholesale"].values()} <= official
    assert all(any(code.startswith(group) for group in table["usual"]) for code in official)


def test_cross_validation_reports_accuracy_and_calibration() -> None:
    figures = classify.measure(folds=2)
    assert figures["accuracy"]["4"] > 0.70 and figures["top3"] > 0.85
    assert figures["calibration_error"] < 0.10
    assert sum(row["n"] for row in figures["calibration"]) == figures["entries"]


def test_a_run_does_not_import_the_classifier() -> None:
    code = (
        "import sys, gapengine.run; sys.exit('sklearn' in sys.modules or 'gapengine.arrivals.industry' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0
