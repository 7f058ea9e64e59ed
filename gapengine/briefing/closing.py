"""What would settle an advice, and the dossier of a program that is reviewed or closed."""

from __future__ import annotations

import math

from gapengine.briefing.words import named
from gapengine.decisions.advice import Advice
from gapengine.decisions.dossier import TeachOut
from gapengine.run import Run
from reports.closing import ClosingDossier, GateVerdict, Instead, Settling, StudentGroup, TeachOutStep
from reports.quantities import Range


def settling(advice: Advice) -> tuple[Settling, ...]:
    """The numbers that would settle the advice, most useful first."""
    return tuple(
        Settling(item.name, None if math.isnan(item.changes) else item.changes, item.finding) for item in advice.settles
    )


def dossier(run: Run, advice: Advice) -> ClosingDossier | None:
    """The dossier in the report's terms; None for a program that nobody thinks of closing."""
    case = advice.dossier
    if case is None:
        return None
    titles = {program.program_id: named(program.title, program.award_level) for program in run.college.programs}
    plan, few = case.teach_out, advice.evidence.few
    return ClosingDossier(
        verdicts=tuple(GateVerdict(v.gate, v.passed, v.finding, v.missing) for v in case.verdicts),
        last_intake=plan.last_intake if plan else "",
        ends=plan.ends if plan else "",
        cost=plan.cost_usd if plan else None,
        value=_value(plan),
        steps=tuple(
            TeachOutStep(year.year, year.sections, None if few else year.graduates, year.cost_usd, year.kept_cost_usd)
            for year in (plan.years if plan else ())
        ),
        basis=plan.basis if plan else "",
        groups=tuple(
            StudentGroup(row.group, row.students, row.completers, row.share_of_program, row.share_of_college)
            for row in case.equity
        ),
        instead=tuple(Instead(other.what, other.tried_by, other.outcome) for other in case.alternatives),
        shared_with=tuple(titles.get(program, program) for program in case.shared_with),
    )


def _value(plan: TeachOut | None) -> Range | None:
    return Range(*plan.value_of_going_on_usd) if plan else None
