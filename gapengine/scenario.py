"""A what-if in one TOML file: other assumptions, announcements cancelled or added, another budget or retention."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd

from gapengine.assumptions import Assumptions
from gapengine.college import College
from gapengine.college_files import TomlFile, nearest, read_toml
from gapengine.college_records import Limit
from gapengine.snapshot import Snapshot

_TABLES = ("title", "assumptions", "announcements", "budget", "limits", "retention")
_REQUIRED = ("event_id", "company", "county_fips", "naics_code", "jobs", "announced_date")
_STAGES = ("announced", "approved", "building", "hiring", "open", "amended", "delayed", "cancelled")


@dataclass(frozen=True)
class Scenario:
    """What differs from the base run.

    Attributes:
        title: what it is called in reports.
        settings: texts name=value that replace assumptions.
        cancel: event_ids that deliver nothing.
        add: rows of the table of announcements.
        budget: key of [budget] in college.toml -> dollars.
        limits: key of [limits] -> value.
        retention: factor on the share of completers who stay, for all classes and markets.
        file: where it was read; names the file in messages.
    """

    title: str
    settings: tuple[str, ...]
    cancel: tuple[str, ...]
    add: tuple[Mapping[str, Any], ...]
    budget: Mapping[str, float]
    limits: Mapping[str, float]
    retention: float
    file: TomlFile

    @property
    def sha256(self) -> str:
        """Hash of the scenario's content, part of a run's id; the snapshot and the folder keep their own."""
        return hashlib.sha256(json.dumps(self.file.data, sort_keys=True, default=str).encode()).hexdigest()


@dataclass(frozen=True)
class Inputs:
    """What a run starts from."""

    snapshot: Snapshot
    college: College
    assumptions: Assumptions


def load(path: Path) -> Scenario:
    """Read a scenario.

    Raises:
        DataContract: the file is no TOML or holds a key that no scenario has; the message names the nearest.
    """
    file = read_toml(path)
    data = file.data
    if unknown := next((name for name in data if name not in _TABLES), None):
        raise file.fail((unknown,), f"only {', '.join(_TABLES)}", nearest(unknown, _TABLES))
    projects = data.get("announcements", {})
    for number, row in enumerate(projects.get("add", [])):
        _check_project(file, number, row)
    return Scenario(
        title=str(data.get("title", path.stem)),
        settings=tuple(f"{name}={value}" for name, value in _leaves(data.get("assumptions", {}))),
        cancel=tuple(projects.get("cancel", [])),
        add=tuple(projects.get("add", [])),
        budget=_numbers(file, "budget"),
        limits=_numbers(file, "limits"),
        retention=_numbers(file, "retention").get("factor", 1.0),
        file=file,
    )


def apply(chosen: Scenario, given: Inputs) -> Inputs:
    """The inputs as the scenario has them; the given ones stay as they are.

    Raises:
        UsageError: an assumption that does not exist or a value outside its range.
        DataContract: an event, a budget or a limit that does not exist.
    """
    return Inputs(
        _with_announcements(chosen, given.snapshot),
        _with_limits(chosen, given.college),
        _with_retention(chosen, given.assumptions.override(chosen.settings)),
    )


def _leaves(table: Mapping[str, Any], before: str = "") -> list[tuple[str, Any]]:
    """Names and values; a nested table is a longer name, as in assumptions.toml."""
    found: list[tuple[str, Any]] = []
    for name, value in table.items():
        found += _leaves(value, f"{before}{name}.") if isinstance(value, Mapping) else [(f"{before}{name}", value)]
    return found


def _numbers(file: TomlFile, table: str) -> dict[str, float]:
    out = {}
    for name, value in file.data.get(table, {}).items():
        if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
            raise file.fail((table, name), f"a number of at least 0, found {value!r}", "Write it without quotes.")
        out[name] = float(value)
    return out


def _check_project(file: TomlFile, number: int, row: Mapping[str, Any]) -> None:
    keys = ("announcements", "add", str(number))
    if missing := next((name for name in _REQUIRED if name not in row), None):
        raise file.fail(keys, f"a {missing}", f"An added project needs {', '.join(_REQUIRED)}.")
    if (stage := row.get("stage", "announced")) not in _STAGES:
        raise file.fail((*keys, "stage"), f"one of {', '.join(_STAGES)}", nearest(str(stage), _STAGES))


def _with_announcements(chosen: Scenario, given: Snapshot) -> Snapshot:
    if not chosen.cancel and not chosen.add:
        return given
    table = given["announcements"]
    known = table["event_id"].tolist()
    if unknown := next((name for name in chosen.cancel if name not in known), None):
        raise chosen.file.fail(
            ("announcements", "cancel"), f"known event_ids, not {unknown!r}", nearest(unknown, known)
        )
    changed = table.assign(stage=table["stage"].mask(table["event_id"].isin(chosen.cancel), "cancelled"))
    if chosen.add:
        rows = [{"stage": "announced", "jobs_qualifier": "exact", **row} for row in chosen.add]
        for number, row in enumerate(rows):
            if strange := next((name for name in row if name not in table.columns), None):
                keys = ("announcements", "add", str(number), strange)
                raise chosen.file.fail(keys, "a column of announcements", nearest(strange, list(table.columns)))
        added = pd.DataFrame(rows).reindex(columns=table.columns)
        added = added.astype({name: kind for name, kind in table.dtypes.items() if str(kind) != "object"})
        changed = pd.concat([changed, added], ignore_index=True)
    return replace(given, tables=MappingProxyType({**given.tables, "announcements": changed}))


def _with_limits(chosen: Scenario, given: College) -> College:
    if not chosen.budget and not chosen.limits:
        return given
    profile = given.profile
    update = {
        "budget": _replaced(chosen, "budget", profile.budget, chosen.budget),
        "limits": _replaced(chosen, "limits", profile.limits, chosen.limits),
    }
    return replace(given, profile=profile.model_copy(update=update))


def _replaced(
    chosen: Scenario, table: str, given: Mapping[str, Limit], values: Mapping[str, float]
) -> dict[str, Limit]:
    out = dict(given)
    for name, value in values.items():
        if name not in out:
            raise chosen.file.fail((table, name), f"a key of [{table}] in college.toml", nearest(name, list(out)))
        why = f"Scenario: {chosen.title}."
        out[name] = out[name].model_copy(
            update={"value": value, "low": None, "high": None, "source_address": "", "why": why, "by_quarter": {}}
        )
    return out


def _with_retention(chosen: Scenario, given: Assumptions) -> Assumptions:
    """Move the share who stay, within the range that each assumption defends; beyond, the range moves along."""
    if chosen.retention == 1.0:
        return given
    changed = dict(given.by_name)
    for name, item in given.items():
        if name.startswith("stays."):
            low, value, high = (min(end * chosen.retention, 1.0) for end in (item.low, item.value, item.high))
            why = f"{item.why} Scenario: times {chosen.retention:g}."
            changed[name] = replace(item, value=value, low=low, high=high, why=why)
    return replace(given, by_name=changed)
