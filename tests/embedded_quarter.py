"""Short ways to what a run of the embedded quarter says of a program."""

from __future__ import annotations

import pandas as pd

from gapengine.decisions import Advice
from gapengine.run import Run


def advice(run: Run, program_id: str) -> Advice:
    return next(item for item in run.advice if item.evidence.program.program_id == program_id)


def fed(run: Run, program_id: str) -> pd.DataFrame:
    program = run.college.program(program_id)
    return run.feeds.of(program.cip_code, program.award_class).set_index("soc_code")


def judged(run: Run) -> list[Advice]:
    return [item for item in run.advice if item.action != "transfer"]
