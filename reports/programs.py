"""What the report needs to know of a program: its row in the table of all programs, and its own page."""

from __future__ import annotations

from dataclasses import dataclass

from reports.closing import ClosingDossier, Settling
from reports.quantities import ActionKind, Figure, Range, YearCount


@dataclass(frozen=True)
class ProgramRow:
    """One program in the table of all programs. Openings, graduates and gaps are people a year.

    Attributes:
        program_id: short identifier, unique in the report; becomes the page's anchor.
        title: the program's name.
        cip_code: CIP 2020 code as text, "51.0719".
        award_level: "Associate degree", "Certificate, under a year", ...
        market: "Labor shed", "Region", "State", "Nation".
        action: the advice.
        advice: the advice in a few words with its size, "Add 2 sections of 16".
        certainty: "high", "fair", "low" or any short word.
        openings: all openings a year of the occupations that the program feeds.
        addressable: those openings that fresh completers fill.
        graduates: completers a year who stay and work in the field.
        gap: further completers a year who would still be placed; never negative.
        unplaced: the program's own completers a year who find no opening in their field; never negative.
        p_shortage: share of draws with a gap of at least one cohort.
        p_surplus: share of draws in which more than a fifth of the completers stay unplaced.
        taxonomies_agree: how many of three education taxonomies agree with the sign, 0 to 3.
        sections: sections to add (positive) or drop (negative).
        cost: dollars a year that the advice costs, as a range.
        completions: the program's completions by year, for the sparkline.
        because: why this and nothing else, in few words; empty where the numbers of the row say it.
        uncounted: what stands in place of graduates that are not shown: "none yet", "fewer than 10".
    """

    program_id: str
    title: str
    cip_code: str
    award_level: str
    market: str
    action: ActionKind
    advice: str = ""
    certainty: str = ""
    openings: Range | None = None
    addressable: Range | None = None
    graduates: Range | None = None
    gap: Range | None = None
    unplaced: Range | None = None
    p_shortage: float | None = None
    p_surplus: float | None = None
    taxonomies_agree: int | None = None
    sections: int | None = None
    cost: Range | None = None
    completions: tuple[YearCount, ...] = ()
    because: str = ""
    uncounted: str = "not known"


@dataclass(frozen=True)
class OccupationFed:
    """An occupation that a program prepares for; openings are people a year in the labor shed.

    Attributes:
        soc_code: SOC 2018 code, "19-4021".
        title: the occupation's name.
        layer: "official", "inferred" or "college": where the link comes from.
        reason: why the link is made.
        recurring: openings from exits and transfers.
        one_off: openings from growth and announcements.
        addressable: openings that fresh completers fill.
        entry_education: typical entry education.
        median_wage: dollars a year.
    """

    soc_code: str
    title: str
    layer: str
    reason: str = ""
    recurring: float | None = None
    one_off: float | None = None
    addressable: float | None = None
    entry_education: str = ""
    median_wage: float | None = None


@dataclass(frozen=True)
class OtherProvider:
    """Another institution that trains for the same occupations.

    Attributes:
        institution: its name.
        county: where it is.
        completers: completers a year in the same programs, before the weight.
        weight: share of them that counts in this labor shed, 0 to 1.
    """

    institution: str
    county: str
    completers: float | None
    weight: float | None


@dataclass(frozen=True)
class DemandFan:
    """Addressable openings by year, forecast as a fan, with the line of what the program supplies.

    Attributes:
        title: the finding, a whole sentence.
        subtitle: what is plotted, where, in which unit.
        years: forecast years, ascending; the five percentiles have the same length.
        p10: 10th percentile by year, people a year.
        p25: 25th percentile.
        p50: median.
        p75: 75th percentile.
        p90: 90th percentile.
        capacity: graduates (or seats) a year drawn as a level line.
        capacity_label: what that line is, "graduates".
        history: earlier completions of the program, drawn before the fan.
        history_label: what the history is, "completions".
    """

    title: str
    subtitle: str
    years: tuple[int, ...] = ()
    p10: tuple[float, ...] = ()
    p25: tuple[float, ...] = ()
    p50: tuple[float, ...] = ()
    p75: tuple[float, ...] = ()
    p90: tuple[float, ...] = ()
    capacity: float | None = None
    capacity_label: str = "graduates"
    history: tuple[YearCount, ...] = ()
    history_label: str = "completions"


@dataclass(frozen=True)
class GapHistogram:
    """How the gap is distributed over the draws.

    Attributes:
        title: the finding.
        subtitle: what is plotted, in which unit.
        edges: bin edges in people a year, one more than shares.
        shares: share of the draws in each bin, 0 to 1.
        cohort: size of one cohort, drawn as the threshold.
    """

    title: str
    subtitle: str
    edges: tuple[float, ...] = ()
    shares: tuple[float, ...] = ()
    cohort: float | None = None


@dataclass(frozen=True)
class Placement:
    """How many of the program's completers find openings (people a year, medians).

    Attributes:
        least: openings that nobody else would fill.
        placed: in the fair allocation that is shown.
        greatest: most that the program could place when it comes first.
    """

    least: float | None
    placed: float | None
    greatest: float | None


@dataclass(frozen=True)
class ProgramPage:
    """Everything on a program's own page.

    Attributes:
        row: the program's row in the table of all programs.
        summary: one or two sentences: the advice and the numbers behind it.
        reasons: why this action, each with its number.
        flips: what would change the advice, each a sentence.
        gates: rules that held the advice back, each a sentence.
        fan: openings by year against graduates.
        gap: distribution of the gap.
        placement: least, placed and greatest.
        occupations: occupations that the program feeds.
        others: who else trains for them.
        capacity: seats, cost and staffing, each tagged known, assumed or unknown.
        placement_assumption: which share stays and works in the field, and where that comes from.
        notes: anything a reader of this page must know.
        settling: the numbers that would settle the advice, most useful first.
        dossier: for a program that is reviewed or closed: what must be on the table.
    """

    row: ProgramRow
    summary: str = ""
    reasons: tuple[str, ...] = ()
    flips: tuple[str, ...] = ()
    gates: tuple[str, ...] = ()
    fan: DemandFan | None = None
    gap: GapHistogram | None = None
    placement: Placement | None = None
    occupations: tuple[OccupationFed, ...] = ()
    others: tuple[OtherProvider, ...] = ()
    capacity: tuple[Figure, ...] = ()
    placement_assumption: str = ""
    notes: tuple[str, ...] = ()
    settling: tuple[Settling, ...] = ()
    dossier: ClosingDossier | None = None


@dataclass(frozen=True)
class TransferProgram:
    """A program that prepares for transfer; it is judged by transfer and never by openings.

    Attributes:
        program_id: short identifier.
        title: the program's name.
        cip_code: CIP 2020 code.
        award_level: the award.
        completions: awards by year.
        transfer_rate: share who transfer, 0 to 1; None when it is not known.
        note: one sentence.
    """

    program_id: str
    title: str
    cip_code: str
    award_level: str
    completions: tuple[YearCount, ...] = ()
    transfer_rate: float | None = None
    note: str = ""
