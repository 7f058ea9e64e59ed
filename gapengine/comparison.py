"""Two runs side by side: which actions flip and which numbers moved."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gapengine.errors import DataContract, UsageError

_NUMBERS = ("p_shortage", "p_surplus", "sections")
_LEAST = {"p_shortage": 0.05, "p_surplus": 0.05, "sections": 1, "gap_p50": 1.0}


@dataclass(frozen=True)
class Moved:
    """One program in both runs; a program that only one of them knows has None on the other side.

    Attributes:
        program: program_id.
        actions: advice in the first and in the second run.
        signals: what each run's figures alone point to.
        numbers: name -> values in the first and in the second run.
    """

    program: str
    actions: tuple[str | None, str | None]
    signals: tuple[str | None, str | None]
    numbers: dict[str, tuple[float | None, float | None]]

    @property
    def flips(self) -> bool:
        """True where the advice, or what the figures alone point to, differs."""
        return self.actions[0] != self.actions[1] or self.signals[0] != self.signals[1]

    @property
    def moves(self) -> bool:
        """True where a number differs by more than a reader would pass over."""
        for name, (first, second) in self.numbers.items():
            if first is None or second is None or abs(first - second) >= _LEAST[name]:
                return True
        return False


@dataclass(frozen=True)
class Comparison:
    """What differs between two runs.

    Attributes:
        runs: title of each: edition, scenario and id.
        inputs: what went in and differs: name -> values in the first and in the second run.
        programs: every program that flips or moves, flips first.
    """

    runs: tuple[str, str]
    inputs: dict[str, tuple[Any, Any]]
    programs: tuple[Moved, ...]

    def as_json(self) -> dict[str, Any]:
        """What ``gapengine compare --json`` prints."""
        return {
            "runs": list(self.runs),
            "inputs": {name: list(pair) for name, pair in self.inputs.items()},
            "flips": [row.program for row in self.programs if row.flips],
            "programs": [
                {
                    "program": row.program,
                    "action": list(row.actions),
                    "signal": list(row.signals),
                    **{name: list(pair) for name, pair in row.numbers.items()},
                }
                for row in self.programs
            ],
        }


def compare(first: Path, second: Path) -> Comparison:
    """Compare two folders of runs.

    Raises:
        UsageError: a folder holds no run.json, or the runs are of different colleges.
        DataContract: a run.json cannot be read.
    """
    one, other = _described(first), _described(second)
    if one["college"]["unit_id"] != other["college"]["unit_id"]:
        names = f"{one['college']['name']} and {other['college']['name']}"
        raise UsageError(f"compare: {names} are different colleges. Name two runs of the same one.")
    rows = [{row["program"]: row for row in run["programs"]} for run in (one, other)]
    everyone = list(dict.fromkeys([*rows[0], *rows[1]]))
    moved = [_moved(name, rows[0].get(name), rows[1].get(name)) for name in everyone]
    kept = [row for row in moved if row.flips or row.moves]
    return Comparison(
        (_title(one), _title(other)),
        _inputs(one, other),
        tuple(sorted(kept, key=lambda row: (not row.flips, row.program))),
    )


def _described(folder: Path) -> dict[str, Any]:
    path = folder / "run.json"
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UsageError(f"{folder}: no run.json. Name the folder of a run, as `gapengine run` prints it.") from None
    except ValueError as error:
        raise DataContract(f"{path}: expected JSON ({error}). Run that quarter again.") from None
    return dict(found)


def _title(run: dict[str, Any]) -> str:
    return " ".join(part for part in (run["edition"], run.get("scenario", ""), run["run_id"]) if part)


def _inputs(one: dict[str, Any], other: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    found: dict[str, tuple[Any, Any]] = {}
    for name in ("edition", "as_of", "seed", "scenario", "heard"):
        found[name] = (one.get(name, ""), other.get(name, ""))
    for name in ("snapshot", "college"):
        found[name] = (one[name]["sha256"][:12], other[name]["sha256"][:12])
    values = one["assumptions"], other["assumptions"]
    for name in dict.fromkeys([*values[0], *values[1]]):
        found[name] = (values[0].get(name), values[1].get(name))
    return {name: pair for name, pair in found.items() if pair[0] != pair[1]}


def _moved(program: str, one: dict[str, Any] | None, other: dict[str, Any] | None) -> Moved:
    both = (one or {}, other or {})
    numbers: dict[str, tuple[float | None, float | None]] = {
        name: (both[0].get(name), both[1].get(name)) for name in _NUMBERS
    }
    gaps = [row.get("gap", {}).get("p50") for row in both]
    numbers["gap_p50"] = (gaps[0], gaps[1])
    return Moved(
        program,
        (both[0].get("action"), both[1].get("action")),
        (both[0].get("signal"), both[1].get("signal")),
        numbers,
    )
