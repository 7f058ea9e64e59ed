"""Runs a case a dean can read through the engine: small invented openings and graduates in, the advice out.

Two kinds of cases. A ``balance`` states openings and graduates of a small market and goes through matching, evidence,
gates, earlier editions and closing. A ``quarter`` changes the invented college's figures and runs a whole quarter.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from gapengine import assumptions, college
from gapengine.assumptions import Assumptions
from gapengine.capacity_records import AlternativeRow, CapacityRow, EquityRow, SharedRow
from gapengine.college import Capacity, College
from gapengine.college_records import ProgramRow
from gapengine.decisions import Advice, Context, Said, advise
from gapengine.demand.codes import Universe
from gapengine.demand.levels import TAXONOMIES
from gapengine.demand.openings import Openings
from gapengine.evidence import gather
from gapengine.national import Nation
from gapengine.program_map import ProgramMap
from gapengine.programs import Program, from_row
from gapengine.run import Run, execute
from gapengine.scenario import Inputs, Scenario, apply, load
from gapengine.supply import Supply
from tests.colleges import write

DRAWS = 200
CLASSES = {"certificate": 0, "diploma": 0, "noncredit": 0, "associate": 1}
_CAPACITY = set(CapacityRow.model_fields) - {"program_id", "source_address", "note"}
_FILES = {"shared": SharedRow, "equity": EquityRow, "alternatives": AlternativeRow}
Given = Mapping[str, Any]


def advise_balance(given: Given) -> dict[str, Advice]:
    """The advice on each program of a balance, by its name."""
    chosen = assumptions.for_college(write.LAKEPORT).override([f"draws={DRAWS}", *given.get("settings", [])])
    loaded = _college(given, chosen)
    codes = _universe(given)
    openings = {"shed": _openings(given)}
    shares = _shares(given, chosen)
    entrants = np.array([[float(item.get("entrants", 0.2))] * 2 for item in given["occupations"].values()])
    fits = {(item.cip_code, item.award_class): _fits(given, item.program_id) for item in loaded.programs}
    nation = Nation(entrants, entrants, fits)
    wages = np.array([float(item.get("wage", "nan")) for item in given["occupations"].values()])
    supplies = {"shed": _supply(given, loaded)}
    served = ("shed",) * len(loaded.programs)
    feeds = _map(given, loaded, codes)
    _, found = gather(loaded, chosen, openings, supplies, feeds, codes, shares, nation, wages, wages * 0.8, served)
    advice = advise(found, chosen, _context(given, loaded))
    return {item.evidence.program.program_id: item for item in advice}


def _college(given: Given, chosen: Assumptions) -> College:
    programs = []
    for name, item in given["programs"].items():
        low, high = _range(item["completers"]) if item.get("kind") == "noncredit" else (None, None)
        stated = {key: value for key, value in item.items() if key in ProgramRow.model_fields}
        blank = dict.fromkeys(ProgramRow.model_fields, "")
        row = ProgramRow.model_validate(
            blank
            | {"kind": "career", "market": "shed", "title": name, "award_level": "certificate"}
            | stated
            | {"program_id": name, "cip_code": _cip(given, name), "completers_low": low, "completers_high": high}
        )
        more = CapacityRow.model_validate({"program_id": name} | {key: item[key] for key in _CAPACITY & item.keys()})
        programs.append(from_row(row, chosen, more))
    files = {name: tuple(model.model_validate(row) for row in given.get(name, [])) for name, model in _FILES.items()}
    base = college.load(write.LAKEPORT, chosen)
    return replace(base, programs=tuple(programs), capacity=Capacity(**files))  # type: ignore[arg-type]


def _range(completers: Any) -> tuple[float | None, float | None]:
    if completers == "unknown":
        return None, None
    return tuple(completers) if isinstance(completers, list) else (completers, completers)


def _cip(given: Given, name: str) -> str:
    """Each field has a code of its own; a program may name the field it belongs to."""
    fields = list(dict.fromkeys(item.get("field", key) for key, item in given["programs"].items()))
    return f"50.{fields.index(given['programs'][name].get('field', name)) + 1:04d}"


def _universe(given: Given) -> Universe:
    names = list(given["occupations"])
    return Universe(tuple(names), {name: name for name in names}, {name: name for name in names})


def _fits(given: Given, program: str) -> float:
    return float(given["programs"][program].get("fits_nation", 1.0))


def _noise(name: str, spread: float) -> np.ndarray:
    """(K,) factors of mean one with the given spread; the same for the same name."""
    seed = int.from_bytes(name.encode(), "big") % 2**32
    return np.exp(np.random.default_rng(seed).standard_normal(DRAWS) * spread - spread**2 / 2)


def _openings(given: Given) -> Openings:
    recurring, one_off, announced = [], [], []
    for name, item in given["occupations"].items():
        noise = _noise(name, float(item.get("spread", 0.15)))
        recurring.append(float(item["openings"]) * noise)
        coming = float(item.get("announced", 0)) * _delivered(name, item)
        announced.append(coming)
        one_off.append(float(item.get("growth", 0)) * noise + coming)
    columns = [np.column_stack(part) for part in (recurring, one_off, announced)]
    paths = np.zeros((DRAWS, len(recurring), 2), dtype=np.float32)
    return Openings(*columns, paths, np.zeros(len(recurring)), np.array([2028]), (2028, 2032))


def _delivered(name: str, item: Given) -> np.ndarray:
    """(K,) share of the announced jobs that come: nothing at all in the stated share of draws."""
    nothing = float(item.get("delivers_nothing", 0.36))
    at = np.random.default_rng(len(name)).permutation(DRAWS) / DRAWS
    return np.where(at < nothing, 0.0, 1.0)


def _shares(given: Given, chosen: Assumptions) -> dict[str, np.ndarray]:
    out = {}
    for taxonomy in TAXONOMIES:
        columns = []
        for item in given["occupations"].values():
            share = item.get("share", 0.6)
            both = share.get(taxonomy) if isinstance(share, dict) else share
            columns.append(both if isinstance(both, list) else [both, both])
        out[taxonomy] = np.array(columns, dtype=float)
    return out | {"combined": np.mean(list(out.values()), axis=0)}


def _supply(given: Given, loaded: College) -> Supply:
    graduates, kept, basis = [], [], []
    for name, item in given["programs"].items():
        completers = item["completers"]
        part = float(item.get("kept", 0.5))
        if completers in ("unknown", "none yet"):
            graduates.append(np.zeros(DRAWS))
            basis.append("none")
        elif isinstance(completers, list):
            graduates.append(np.linspace(*completers, DRAWS)[np.random.default_rng(7).permutation(DRAWS)])
            basis.append("range")
        else:
            graduates.append(float(completers) * _noise(f"graduates of {name}", float(item.get("noise", 0.15))))
            basis.append("completions")
        kept.append(part)
    others = given.get("others", {})
    rivals = [float(item["completers"]) * 0.5 * _noise(f"others {name}", 0.1) for name, item in others.items()]
    groups = pd.DataFrame(
        [(f"60.{place + 1:04d}", item.get("award_class", "certificate")) for place, item in enumerate(others.values())],
        columns=["cip_code", "award_class"],
    )
    people = np.column_stack(graduates)
    empty = pd.DataFrame()
    return Supply(
        graduates=people,
        own=people * np.array(kept),
        others=np.column_stack(rivals) if rivals else np.zeros((DRAWS, 0)),
        groups=groups,
        history=empty,
        providers=empty,
        kept=np.array(kept),
        basis=tuple(basis),
        kept_draws=np.tile(kept, (DRAWS, 1)),
        displaced=np.zeros((DRAWS, 1)),
    )


def _map(given: Given, loaded: College, codes: Universe) -> ProgramMap:
    rows = []
    for name, item in given["programs"].items():
        of = loaded.program(name)
        layer = item.get("layer", "official")
        rows += [(of.cip_code, of.award_class, soc, layer, "stated by the case") for soc in item.get("feeds", [])]
    for place, item in enumerate(given.get("others", {}).values()):
        of_class = item.get("award_class", "certificate")
        rows += [(f"60.{place + 1:04d}", of_class, soc, "official", "stated by the case") for soc in item["feeds"]]
    columns = ["cip_code", "award_class", "soc_code", "layer", "reason"]
    edges = pd.DataFrame(sorted(set(rows)), columns=columns)
    return ProgramMap(edges, edges.iloc[:0])


def _context(given: Given, loaded: College) -> Context:
    past: dict[str, tuple[Said, ...]] = {}
    for name, rows in given.get("past", {}).items():
        past[name] = tuple(_said(row) for row in rows)
    now = given.get("now", {})
    return Context(
        loaded,
        now.get("edition", "2027Q3"),
        int(now.get("completions_year", 2026)),
        _vintages(now),
        past,
    )


def _said(row: Given) -> Said:
    signal = row.get("signal", row["action"])
    surplus = float(row.get("p_surplus", 0.9 if signal == "review" else 0.1))
    shortage = float(row.get("p_shortage", 0.9 if signal == "expand" else 0.1))
    year = int(row.get("completions_year", 2026))
    return Said(row["edition"], row["action"], signal, shortage, surplus, year, _vintages(row))


def _vintages(row: Given) -> tuple[tuple[str, str], ...]:
    return ("figures", str(row.get("figures_to", row.get("edition", "2027Q3")))), (
        "snapshot",
        str(row.get("snapshot", row.get("edition", "2027Q3"))),
    )


def advise_quarter(given: Given, base: Run) -> dict[str, Advice]:
    """The advice of a whole quarter of the invented college with some of its figures or inputs changed."""
    tables = dict(base.snapshot.tables)
    for name, changes in given.get("figures", {}).items():
        tables[name] = _changed(tables[name], changes)
    inputs = Inputs(replace(base.snapshot, tables=MappingProxyType(tables)), base.college, base.assumptions)
    if "scenario" in given:
        inputs = apply(_scenario(given["scenario"]), inputs)
    loaded = replace(inputs.college, programs=tuple(_replaced(given, item) for item in inputs.college.programs))
    run = execute(inputs.snapshot, loaded, inputs.assumptions)
    return {item.evidence.program.program_id: item for item in run.advice}


def _replaced(given: Given, program: Program) -> Program:
    return replace(program, **given.get("programs", {}).get(program.program_id, {}))


def _changed(table: pd.DataFrame, changes: list[Given]) -> pd.DataFrame:
    """Rows where the columns have the given values get others; a change without ``set`` adds a row."""
    for change in changes:
        if "add" in change:
            table = pd.concat([table, pd.DataFrame(change["add"])], ignore_index=True)
            continue
        rows = np.logical_and.reduce([table[name] == value for name, value in change["where"].items()])
        assert rows.any(), f"no row where {change['where']}"
        table = table.assign(**{name: table[name].mask(rows, value) for name, value in change["set"].items()})
    return table


def _scenario(data: Given) -> Scenario:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "case.toml"
        path.write_text("\n".join(_toml(data)), encoding="utf-8")
        return load(path)


def _toml(data: Given, before: str = "") -> list[str]:
    """Plain values as TOML: tables of numbers, texts and lists of texts."""
    lines = [f"{key} = {json.dumps(value)}" for key, value in data.items() if not isinstance(value, dict)]
    for key, value in data.items():
        if isinstance(value, dict):
            lines += [f"[{before}{key}]", *_toml(value, f"{before}{key}.")]
    return lines
