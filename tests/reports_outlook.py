"""Invented sectors, counties, portfolio and closing dossier for the invented report."""

from __future__ import annotations

from reports.charts.slope import Slope, SlopeLine
from reports.closing import ClosingDossier, GateVerdict, Instead, Settling, StudentGroup, TeachOutStep
from reports.outlook import CountyTile, IndustryPath, SectorLens, YouthPipeline
from reports.portfolio import FrontierPoint, LimitUse, PortfolioChoice, PortfolioPage
from reports.quantities import Range

YEARS, LOW, HIGH = (2025, 2026, 2027), (90.0, 95.0, 99.0), (95.0, 104.0, 117.0)

SLOPE = Slope(
    "2026 Q3",
    "2026 Q4",
    tuple(
        SlopeLine(f"Program {k}, diploma", 40.0 - 9 * k, 35.0 - 11 * k, "expand" if k < 3 else "hold") for k in range(7)
    ),
)

PORTFOLIO = PortfolioPage(
    finding="Three sections in two programs fit the limits, for about $250,000 a year",
    choices=(
        PortfolioChoice(
            "p0", "Program 0", "2 sections more", "2 in 2027 Q3", 160_000, 40_000, 21.4, "money", "Pays if ..."
        ),
        PortfolioChoice("p9", "Program 9", "ends", "", -90_000, 12_000, 0.0),
    ),
    limits=(
        LimitUse("Recurring money", "$ a year", 250_000, 300_000, "assumed", True, 0.4),
        LimitUse("Clinical places", "places", 12, None, "unknown"),
    ),
    frontier=tuple(FrontierPoint(100_000.0 * k, 2 * k, 90_000.0 * k**0.5) for k in range(7)),
    budget=300_000,
    staffing="The changes need 1.8 instructors.",
    left_out="Program 7 (cost of a section).",
    remarks=("Doing nothing would be worth $240,000 less.",),
)

SECTORS = (
    SectorLens(
        "Instruments",
        "Instruments should gain about 410 jobs by 2032",
        "Makers of instruments.",
        tuple(
            IndustryPath(f"334{k}", f"Industry number {k} with a long name", YEARS, LOW, LOW, HIGH, 12.0 * k)
            for k in range(5)
        ),
        Range(100, 240, 420),
        3,
        ("p0", "p1"),
        (
            YouthPipeline(
                "School of instruments", "Public schools", ("Program 0",), 25, None, "2025", "https://example.org"
            ),
            YouthPipeline("Summer academy", "Public schools", (), None, None),
        ),
    ),
    SectorLens("Nothing counted", "No industry of it is counted", ""),
)

COUNTIES = (
    CountyTile("99001", "Sand", 0, 0, 1.0, 120_400.0, 830.0, 210.0),
    CountyTile("99003", "Pine", 1, 1, 0.25, None, 0.0, 0.0),
)

SETTLING = (
    Settling("share who stay and work in field", 0.31, "Hold below 46%."),
    Settling("cost of a section", None, "Not known."),
)


def dossier(passed: bool = True) -> ClosingDossier:
    gates = (
        "surplus in three editions",
        "two of three taxonomies",
        "negative value through teach-out",
        "equity table shown",
    )
    return ClosingDossier(
        verdicts=tuple(
            GateVerdict(gate, passed or k < 2, f"Found with its number {k}.", "" if passed or k < 2 else "State it.")
            for k, gate in enumerate(gates)
        ),
        last_intake="2026 Q4",
        ends="2028 Q2",
        cost=182_000,
        value=Range(-410_000, -220_000, -60_000),
        steps=tuple(TeachOutStep(k, 3 - k, 30.0 - 9 * k, 120_000 - 40_000 * k, 160_000) for k in range(1, 4)),
        basis="Seats and costs are the college's own.",
        groups=(StudentGroup("Women", 41, 12, 0.6, 0.55), StudentGroup("Group too small", None, None, None, 0.02)),
        instead=(Instead("Run one section less", "the engine", "Still 14 graduates a year without an opening."),),
        shared_with=("Program 2",),
    )
