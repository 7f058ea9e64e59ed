"""Cases a dean can read: what is given, what is advised, and why. Each runs through the engine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from gapengine import assumptions, college, snapshot
from gapengine.decisions import Advice
from gapengine.run import Run, execute
from tests import case_engine
from tests.colleges import write
from tests.colleges.figures import EDITIONS

FILES = sorted((Path(__file__).parent / "cases").glob("*.yaml"))
CASES = [case for file in FILES for case in yaml.safe_load(file.read_text(encoding="utf-8"))]
EXPECTATIONS: dict[str, Callable[[Advice, Any, Advice | None], bool]] = {
    "action": lambda found, value, _: found.action == value,
    "action_not": lambda found, value, _: found.action != value,
    "signal": lambda found, value, _: found.signal == value,
    "sections": lambda found, value, _: found.sections == value,
    "certainty": lambda found, value, _: found.certainty == value,
    "gate": lambda found, value, _: value in found.gates,
    "gates": lambda found, value, _: list(found.gates) == value,
    "market": lambda found, value, _: found.evidence.market == value,
    "change": lambda found, value, _: value in found.change,
    "open_gate": lambda found, value, _: found.dossier is not None and value in found.dossier.open_gates,
    "open_gates": lambda found, value, _: found.dossier is not None and list(found.dossier.open_gates) == value,
    "printed_groups": lambda found, value, _: (
        found.dossier is not None and [row.group for row in found.dossier.equity if row.students is not None] == value
    ),
    "settles": lambda found, value, _: any(value in item.name for item in found.settles),
    "permanent": lambda found, value, _: found.growth.permanent == value,
    "limited_at_least": lambda found, value, _: found.growth.limited >= value,
    "p_surplus_at_least": lambda found, value, _: found.evidence.p_surplus >= value,
    "openings_above": lambda found, value, _: float(np.median(found.evidence.openings)) > value,
    "gap_between": lambda found, value, _: value[0] <= float(np.median(found.evidence.gap)) <= value[1],
    "gap_below_base": lambda found, _, base: (
        base is not None and float(found.evidence.gap.mean()) < float(base.evidence.gap.mean())
    ),
    "shortage_at_least_base": lambda found, _, base: (
        base is not None and found.evidence.p_shortage >= base.evidence.p_shortage
    ),
}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A quarter of the invented college as it is."""
    settings = assumptions.for_college(write.LAKEPORT).override([f"draws={case_engine.DRAWS}"])
    figures = write.snapshot(tmp_path_factory.mktemp("cases") / "figures", EDITIONS[0])
    return execute(snapshot.load(figures), college.load(write.LAKEPORT, settings), settings)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_engine_advises_as_the_case_expects(case: dict[str, Any], base: Run) -> None:
    if "balance" in case:
        advice, before = case_engine.advise_balance(case["balance"]), {}
    else:
        advice = case_engine.advise_quarter(case["quarter"], base)
        before = {item.evidence.program.program_id: item for item in base.advice}
    for program, wanted in case["expect"].items():
        found = advice[program]
        for name, value in wanted.items():
            told = f"{program}: {name} {value!r}; found {found.action} ({found.signal}), gates {found.gates}, "
            told += f"change {found.change!r}, gap {np.median(found.evidence.gap):.0f}, "
            told += f"shortage {found.evidence.p_shortage:.2f}, surplus {found.evidence.p_surplus:.2f}, "
            told += f"open {found.dossier.open_gates if found.dossier else None}"
            assert EXPECTATIONS[name](found, value, before.get(program)), f"{case['why']}\n{told}"


def test_there_are_cases_for_every_trap_and_enough_of_the_rest() -> None:
    names = [case["name"] for case in CASES]
    assert len(names) == len(set(names)) >= 25
    for number in range(1, 10):
        assert any(name.startswith(f"trap {number}:") for name in names), number
    assert all(len(case["why"]) > 30 and case["why"].strip().endswith(".") for case in CASES)
