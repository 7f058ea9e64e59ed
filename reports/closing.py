"""What must be on the page before anybody speaks of closing a program: gates, teach-out, students, alternatives."""

from __future__ import annotations

from dataclasses import dataclass

from reports.quantities import Range


@dataclass(frozen=True)
class GateVerdict:
    """One gate of closing.

    Attributes:
        gate: its name.
        passed: whether the figures bear it out.
        finding: what was found, a sentence with its number.
        missing: what would let it pass; empty where it passed.
    """

    gate: str
    passed: bool
    finding: str
    missing: str = ""


@dataclass(frozen=True)
class TeachOutStep:
    """One year from the decision on: sections, graduates (None: too few to show), dollars with and without it."""

    year: int
    sections: int
    graduates: float | None
    cost: float
    kept_cost: float


@dataclass(frozen=True)
class StudentGroup:
    """One group of students; None where a count is too small to print or not supplied.

    Attributes:
        group: as the college names it.
        students: in the program.
        completers: a year.
        share_here: share of the program's students.
        share_college: share of the college's students.
    """

    group: str
    students: int | None
    completers: int | None
    share_here: float | None
    share_college: float | None


@dataclass(frozen=True)
class Instead:
    """Something other than closing, and what came of it."""

    what: str
    tried_by: str
    outcome: str


@dataclass(frozen=True)
class Settling:
    """A number that would settle the advice.

    Attributes:
        name: what it is.
        changes: probability that knowing it changes the advice; None where no range of it is known.
        finding: what the advice would be.
    """

    name: str
    changes: float | None
    finding: str


@dataclass(frozen=True)
class ClosingDossier:
    """The dossier of one program.

    Attributes:
        verdicts: every gate, in the order of the method.
        last_intake: last quarter in which students are admitted; empty where no plan can be made.
        ends: quarter in which the last of them finish.
        cost: dollars through teach-out.
        value: dollars of going on over closing, 80% range; negative where closing is better.
        steps: year by year.
        basis: which numbers are the college's own.
        groups: students by group; empty where the college has not supplied them.
        instead: alternatives.
        shared_with: programs that share its courses or teachers.
    """

    verdicts: tuple[GateVerdict, ...]
    last_intake: str = ""
    ends: str = ""
    cost: float | None = None
    value: Range | None = None
    steps: tuple[TeachOutStep, ...] = ()
    basis: str = ""
    groups: tuple[StudentGroup, ...] = ()
    instead: tuple[Instead, ...] = ()
    shared_with: tuple[str, ...] = ()
