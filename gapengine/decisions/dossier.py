"""What must be on the table before anybody speaks of closing a program: plain, frozen data that a report can print."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np


@dataclass(frozen=True)
class Verdict:
    """One gate of closing.

    Attributes:
        gate: its name, as in ``surplus in three editions``.
        passed: true only where the figures bear it out; what is not known does not pass.
        finding: what was found, with its number.
        missing: what would have to be supplied or found for it to pass; empty where it passed.
    """

    gate: str
    passed: bool
    finding: str
    missing: str = ""


@dataclass(frozen=True)
class TeachOutYear:
    """One year from the decision on.

    Attributes:
        year: 1 for the first year after the decision.
        sections: sections that still run for students already enrolled.
        graduates: completers that year, mean.
        cost_usd: dollars that year for them, and for what closing does not save.
        kept_cost_usd: dollars that year if the program went on.
    """

    year: int
    sections: int
    graduates: float
    cost_usd: float
    kept_cost_usd: float


@dataclass(frozen=True)
class TeachOut:
    """How the program would run down, and what that costs against going on.

    Attributes:
        last_intake: edition after which no students are admitted.
        ends: edition in which the last students finish.
        years: year by year, from the decision to the horizon.
        cost_usd: dollars until the last students have finished, one-time costs of closing included.
        value_of_going_on_usd: (low, middle, high) of 80 of 100 draws: benefit less cost of going on, less that of the
            teach-out, over the horizon; negative where closing is better.
        p_negative: share of draws in which it is negative.
        pays_off_in_year: first year by whose end closing has saved more than it cost; None within the horizon.
        basis: which numbers are the college's own and which are assumed.
        value_draws: (K,) the value of going on, by draw.
    """

    last_intake: str
    ends: str
    years: tuple[TeachOutYear, ...]
    cost_usd: float
    value_of_going_on_usd: tuple[float, float, float]
    p_negative: float
    pays_off_in_year: int | None
    basis: str
    value_draws: np.ndarray = field(default_factory=lambda: np.zeros(0), repr=False, compare=False)


@dataclass(frozen=True)
class EquityRow:
    """One group of students of the program; a count below the limit of publication is None.

    Attributes:
        group: as the college names it.
        students, completers: people a year; None where too few to print.
        share_of_program: share of the program's students; None where not printed.
        share_of_college: share of all students that the college stated, for comparison; None where not printed.
    """

    group: str
    students: int | None
    completers: int | None
    share_of_program: float | None
    share_of_college: float | None


@dataclass(frozen=True)
class Alternative:
    """Something other than closing.

    Attributes:
        what: what it is, as in ``run one section less``.
        tried_by: the college, or the engine, which computed it.
        outcome: what came of it, with its number.
        cures: true where it would remove the surplus: then closing is not the answer.
    """

    what: str
    tried_by: str
    outcome: str
    cures: bool


@dataclass(frozen=True)
class Dossier:
    """Everything section 9 of the method asks before a program is closed.

    Attributes:
        verdicts: every gate with its verdict, in the order of the method.
        teach_out: plan and cost; None where seats, sections or costs are not known at all.
        equity: students by group; empty where the college has not supplied them.
        alternatives: what was tried or computed instead.
        shared_with: programs that share its courses or teachers.
    """

    verdicts: tuple[Verdict, ...]
    teach_out: TeachOut | None
    equity: tuple[EquityRow, ...]
    alternatives: tuple[Alternative, ...]
    shared_with: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """True where every gate passed: only then the word is close."""
        return all(verdict.passed for verdict in self.verdicts)

    @property
    def open_gates(self) -> tuple[str, ...]:
        """Names of the gates that did not pass."""
        return tuple(verdict.gate for verdict in self.verdicts if not verdict.passed)
