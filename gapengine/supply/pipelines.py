"""Youth pipelines: who comes from schools and academies straight to the labor market, beside those who enrol first."""

from __future__ import annotations

import pandas as pd

from gapengine.college import College
from gapengine.college_records import Pipeline


def direct(pipeline: Pipeline) -> float | None:
    """People a year who finish a pipeline and look for work at once; None where nobody states how many.

    Those who go on to a program of the college are among its completers and are not counted again.
    """
    if pipeline.completers is None or pipeline.progression is None:
        return None
    return pipeline.completers * (1.0 - pipeline.progression)


def direct_entrants(college: College) -> pd.DataFrame:
    """cip_code, award_class and graduates: people of pipelines who compete for a program's occupations at once.

    A pipeline that feeds several programs is shared equally between them.
    """
    rows = []
    for pipeline in college.pipelines:
        people = direct(pipeline)
        if people:
            for program_id in pipeline.feeds:
                program = college.program(program_id)
                rows.append((program.cip_code, program.award_class, people / len(pipeline.feeds)))
    return pd.DataFrame(rows, columns=["cip_code", "award_class", "graduates"]).astype({"graduates": float})
