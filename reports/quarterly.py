"""The quarterly report as plain data: what its pages need, and nothing about how they look.

Build one :class:`QuarterlyReport` and hand it to :func:`reports.pdf.write_pdf`, :func:`reports.html.write_html` and
:func:`reports.text.summary_text`. Text is plain (no markup), people are people a year, money is dollars, shares lie
between 0 and 1, dates are ISO text. Whatever is empty or None is left out of the page or printed as not known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from reports.background import (
    Announcement,
    Assumption,
    Indicator,
    JointGap,
    Layoff,
    Paragraph,
    Source,
    Tally,
    Term,
    TrackRecord,
    UnservedOccupation,
)
from reports.charts.slope import Slope
from reports.outlook import CountyTile, SectorLens
from reports.portfolio import PortfolioPage
from reports.programs import (
    DemandFan,
    GapHistogram,
    OccupationFed,
    OtherProvider,
    Placement,
    ProgramPage,
    ProgramRow,
    TransferProgram,
)
from reports.quantities import ActionKind, Figure, Range, Standing, YearCount

__all__ = [
    "ActionKind",
    "Announcement",
    "Assumption",
    "DataAge",
    "Decision",
    "DemandFan",
    "Figure",
    "GapHistogram",
    "Indicator",
    "JointGap",
    "KeyFigure",
    "Layoff",
    "OccupationFed",
    "OtherProvider",
    "Paragraph",
    "Placement",
    "ProgramPage",
    "ProgramRow",
    "QuarterlyReport",
    "Range",
    "Source",
    "Standing",
    "Tally",
    "Term",
    "TrackRecord",
    "TransferProgram",
    "UnservedOccupation",
    "YearCount",
]


@dataclass(frozen=True)
class KeyFigure:
    """One of the two to four large numbers on page 1.

    Attributes:
        value: the number as it is printed, "249" or "82%".
        label: what it is, with its unit, one short phrase.
        note: its definition and where it comes from, printed as a footnote.
    """

    value: str
    label: str
    note: str = ""


@dataclass(frozen=True)
class Decision:
    """One of the three to seven actions on page 1.

    Attributes:
        action: what to do.
        program: the program's name, or a few words.
        sentence: the size of the action and the number behind it.
        certainty: how sure, a short word or phrase.
        cost: what it costs, a short sentence; empty when it costs nothing or is not known.
        program_id: the program whose page has the details; empty for none.
    """

    action: ActionKind
    program: str
    sentence: str
    certainty: str = ""
    cost: str = ""
    program_id: str = ""


@dataclass(frozen=True)
class DataAge:
    """How old one kind of figure is.

    Attributes:
        kind: "Industry employment", "Occupations", "Announcements", ...
        age: "to March 2021, 5.6 years old".
    """

    kind: str
    age: str


@dataclass(frozen=True)
class QuarterlyReport:
    """One edition of the report.

    Attributes:
        college: the college's full name.
        edition: "2026Q4".
        as_of: date of the snapshot, ISO text; the only date that the files carry.
        run_id: the run's identifier; identical runs have identical identifiers.
        headline: page 1's finding, one sentence without a full stop.
        standfirst: two or three sentences below it.
        area: name of the labor shed, "Sandhill labor shed".
        period: what "a year" averages over, "yearly average 2027–2031".
        key_figures: up to four.
        decisions: three to seven actions, most important first.
        budget: what the advice costs together and what is left, a sentence.
        caveats: two or three that a decision must not ignore.
        data_age: how old each kind of figure is.
        freshness: how to make the figures current, a sentence that names the command.
        last_quarter: how last quarter's advice fared, a sentence.
        programs: every program that is judged by openings; the renderer groups them by action.
        programs_notes: what its columns count and where that comes from, printed as footnotes.
        programs_finding: the finding of that table, a sentence; empty for a neutral title.
        pages: one page per program, in the order of the report.
        changes: what changed since last quarter, and why.
        slope: balances of the programs that moved most, last edition against this one; None in a first edition.
        portfolio: the changes that fit the limits; None where no portfolio was chosen.
        sectors: the lenses of the college, in its order.
        counties: the labor shed on a map of tiles.
        announcements: who is coming.
        arrivals_finding: the finding of that section.
        arrivals_note: what the list is and is not (a sample, not a census).
        arrivals_total: jobs expected of all projects together; None where none is counted.
        layoffs: who is leaving.
        unserved: occupations without a program.
        unserved_finding: the finding of that section.
        transfer: transfer programs.
        joint_gaps: gaps of linked programs together.
        indicators: the partners' shared scoreboard.
        indicators_finding: the finding of that section.
        track_record: how earlier forecasts fared.
        action_counts: programs by action.
        gates: how many programs each gate turned to "watch".
        assumptions: every assumption.
        sources: every source.
        method: the method in paragraphs.
        glossary: the words used.
        attributions: notices that sources require, "O*NET is a trademark of ...".
    """

    college: str
    edition: str
    as_of: str
    run_id: str
    headline: str
    standfirst: str = ""
    area: str = ""
    period: str = ""
    key_figures: tuple[KeyFigure, ...] = ()
    decisions: tuple[Decision, ...] = ()
    budget: str = ""
    caveats: tuple[str, ...] = ()
    data_age: tuple[DataAge, ...] = ()
    freshness: str = ""
    last_quarter: str = ""
    programs: tuple[ProgramRow, ...] = ()
    programs_notes: tuple[Term, ...] = ()
    programs_finding: str = ""
    pages: tuple[ProgramPage, ...] = ()
    changes: tuple[Paragraph, ...] = ()
    slope: Slope | None = None
    portfolio: PortfolioPage | None = None
    sectors: tuple[SectorLens, ...] = ()
    counties: tuple[CountyTile, ...] = ()
    announcements: tuple[Announcement, ...] = ()
    arrivals_finding: str = ""
    arrivals_note: str = ""
    arrivals_total: Range | None = None
    layoffs: tuple[Layoff, ...] = ()
    unserved: tuple[UnservedOccupation, ...] = ()
    unserved_finding: str = ""
    transfer: tuple[TransferProgram, ...] = ()
    joint_gaps: tuple[JointGap, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    indicators_finding: str = ""
    track_record: tuple[TrackRecord, ...] = ()
    action_counts: Mapping[ActionKind, int] = field(default_factory=dict)
    gates: tuple[Tally, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    sources: tuple[Source, ...] = ()
    method: tuple[Paragraph, ...] = ()
    glossary: tuple[Term, ...] = ()
    attributions: tuple[str, ...] = ()
