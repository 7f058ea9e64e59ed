"""What stands behind the advice: arrivals, unserved occupations, assumptions, sources, indicators, track record."""

from __future__ import annotations

from dataclasses import dataclass

from reports.quantities import Range


@dataclass(frozen=True)
class Announcement:
    """An employer's announced project.

    Attributes:
        company: who.
        place: city or county.
        industry: what it does, in words.
        stage: "announced", "approved", "building", "hiring", "open", "amended", "cancelled".
        announced: date as text, ISO.
        promised_low: least number of jobs promised.
        promised_high: greatest; the same as promised_low when one number was promised.
        promised_qualifier: "up to", "more than" or nothing, as the release says it.
        expected: jobs expected after the discount for non-delivery.
        start_year: first year with new jobs.
        by_year: year by which the jobs are promised.
        counted: whether it enters the forecast.
        why: why it is counted, or why not.
        source_address: where it was announced, http or https.
        history: earlier stages, one short sentence.
        programs: programs that it gives most openings, with their number.
    """

    company: str
    place: str
    industry: str
    stage: str
    announced: str
    promised_low: float | None = None
    promised_high: float | None = None
    promised_qualifier: str = ""
    expected: Range | None = None
    start_year: int | None = None
    by_year: int | None = None
    counted: bool = True
    why: str = ""
    source_address: str = ""
    history: str = ""
    programs: str = ""

    @property
    def cancelled(self) -> bool:
        """Whether the project was called off."""
        return self.stage == "cancelled"


@dataclass(frozen=True)
class Layoff:
    """A notified layoff or closing.

    Attributes:
        company: who.
        place: city or county.
        effective: date as text, ISO.
        jobs: jobs that end.
        note: industry or reason, short.
        source_address: where it was notified.
    """

    company: str
    place: str
    effective: str
    jobs: float | None
    note: str = ""
    source_address: str = ""


@dataclass(frozen=True)
class UnservedOccupation:
    """An occupation with openings that no program of the college feeds.

    Attributes:
        soc_code: SOC 2018 code.
        title: the occupation.
        openings: openings a year in the labor shed.
        median_wage: dollars a year.
        entry_education: typical entry education.
        why: why it is a candidate for a new program.
    """

    soc_code: str
    title: str
    openings: Range | None = None
    median_wage: float | None = None
    entry_education: str = ""
    why: str = ""


@dataclass(frozen=True)
class JointGap:
    """Programs that compete for the same openings, with the one gap that they share.

    Attributes:
        programs: titles of the linked programs.
        openings: addressable openings a year that they share.
        graduates: their completers a year together.
        gap: further completers a year who would be placed, all together.
    """

    programs: tuple[str, ...]
    openings: Range | None = None
    graduates: Range | None = None
    gap: Range | None = None


@dataclass(frozen=True)
class Assumption:
    """A disputable number.

    Attributes:
        name: its name in assumptions.toml.
        value: the value used.
        unit: its unit.
        low: lowest plausible value.
        high: highest plausible value.
        why: reason for the value and range.
        source: where it comes from.
        overridden: whether this run used another value than the shipped one.
    """

    name: str
    value: float | str
    unit: str
    low: float | None = None
    high: float | None = None
    why: str = ""
    source: str = ""
    overridden: bool = False


@dataclass(frozen=True)
class Source:
    """A table that was read.

    Attributes:
        name: its name.
        publisher: the agency.
        vintage: the period that its figures describe.
        retrieved: date as text, ISO.
        rows: rows of its own files; None where nobody counted them.
        sha256: hash of the bytes it came from, in hexadecimal.
        licence: terms of use.
        age: how old the figures are, a sentence.
        caveats: what a reader must know.
        address: where it is published.
    """

    name: str
    publisher: str
    vintage: str
    retrieved: str
    rows: int | None
    sha256: str
    licence: str = ""
    age: str = ""
    caveats: tuple[str, ...] = ()
    address: str = ""


@dataclass(frozen=True)
class Indicator:
    """One line of the scoreboard that the partners share.

    Attributes:
        name: its name.
        definition: what is counted.
        unit: its unit.
        owner: who supplies it.
        value: this quarter's value as it is printed; empty means "not known yet".
        previous: last quarter's value as it was printed.
        period: what the value describes, "2022–2024".
        stale: why it is no fresh figure, "5 years old"; empty for a recent one.
    """

    name: str
    definition: str
    unit: str
    owner: str
    value: str = ""
    previous: str = ""
    period: str = ""
    stale: str = ""


@dataclass(frozen=True)
class TrackRecord:
    """One test of an earlier forecast or of the method.

    Attributes:
        tested: what was tested, on which data.
        figure: the result with its unit.
        meaning: what it means for the reader.
    """

    tested: str
    figure: str
    meaning: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the method, or a change since last quarter.

    Attributes:
        title: a few words.
        text: plain sentences.
    """

    title: str
    text: str


@dataclass(frozen=True)
class Term:
    """A glossary entry.

    Attributes:
        term: the word.
        meaning: what it means here.
    """

    term: str
    meaning: str


@dataclass(frozen=True)
class Tally:
    """How many programs fall under something (a gate, a reason).

    Attributes:
        name: what is counted, in words.
        count: number of programs.
    """

    name: str
    count: int
