"""An invented report as large as Durham's: the pages around its programs, which reports_programs makes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from reports.quarterly import (
    ActionKind,
    Announcement,
    Assumption,
    DataAge,
    Decision,
    Indicator,
    JointGap,
    KeyFigure,
    Layoff,
    Paragraph,
    ProgramPage,
    QuarterlyReport,
    Source,
    Tally,
    Term,
    TrackRecord,
    TransferProgram,
    UnservedOccupation,
    YearCount,
)
from tests.reports_outlook import COUNTIES, PORTFOLIO, SECTORS, SETTLING, SLOPE, dossier
from tests.reports_programs import OCCUPATIONS, around, page, row


def full_report(programs: int = 75, wordy: int = 1) -> QuarterlyReport:
    rng = np.random.default_rng(7)
    rows = tuple(row(i, rng) for i in range(programs))
    pages = tuple(_judged(page(r, i, rng, wordy)) for i, r in enumerate(rows))
    counts: dict[ActionKind, int] = {}
    for r in rows:
        counts[r.action] = counts.get(r.action, 0) + 1
    decisions = tuple(
        Decision(
            r.action,
            r.title,
            f"{r.advice}; {r.gap.p50:.0f} graduates a year are missing, 80% range {r.gap.p10:.0f} to {r.gap.p90:.0f}."
            if r.gap and r.gap.p50 > 1
            else "Even the high case of openings stays below today's graduates.",
            f"Certainty {r.certainty}",
            "About $86,000 a year." if r.cost else "",
            r.program_id,
        )
        for r in [x for x in rows if x.action in {"expand", "launch", "close", "review"}][:6]
    )
    towns = ["Durham", "Orange County", "Research Triangle Park", "Wake County"]
    announcements = tuple(
        Announcement(
            company=f"{name} {'Manufacturing and Distribution Holdings of North America' if k == 5 else 'Works'}",
            place=towns[k % 4],
            industry=["Pharmaceutical manufacturing", "Software", "Semiconductors"][k % 3],
            stage=["announced", "approved", "building", "cancelled", "hiring"][k % 5],
            announced=f"20{22 + k % 5}-{1 + k % 12:02d}-15",
            promised_low=None if k == 7 else 100.0 + 30 * k,
            promised_high=None if k == 7 else 150.0 + 45 * k,
            promised_qualifier="up to" if k % 2 else "",
            expected=None if k % 5 == 3 else around(60.0 + 20 * k, 0.5),
            start_year=2024 + k % 4,
            by_year=2028 + k % 3,
            counted=k % 4 != 1,
            why="Cancelled by the company in June 2026."
            if k % 5 == 3
            else "Adds jobs after the nowcast."
            if k % 4 != 1
            else "Already hired before the nowcast.",
            source_address="https://example.org/news" if k % 3 else "javascript:alert(1)",
            history="first announced under a code name" if k == 4 else "",
        )
        for k, name in enumerate(
            (
                "Alder",
                "Birch",
                "Cedar",
                "Dogwood",
                "Elm",
                "Fir",
                "Gum",
                "Hazel",
                "Ironwood",
                "Juniper",
                "Katsura",
                "Larch",
            )
        )
    )
    return QuarterlyReport(
        college="Durham Technical Community College (invented figures)",
        edition="2026Q4",
        as_of="2026-10-02",
        run_id="3f9ac1d27b40",
        headline="Three programs are too small for the employers already on their way",
        standfirst="Biopharmaceutical, industrial-systems and electronics programs graduate fewer than half the people "
        "that employers will need each year from 2027. Medical office administration graduates twice as many.",
        area="Durham–Chapel Hill labor shed",
        period="yearly average 2027–2031",
        key_figures=(
            KeyFigure("249", "graduates a year short in three programs (median)"),
            KeyFigure("13", "announcements since June, 2,840 promised jobs"),
            KeyFigure("57", "surplus graduates a year in medical office administration"),
            KeyFigure("82%", "of past outcomes fell inside our 80% ranges"),
        ),
        decisions=decisions,
        budget="The advice costs about $412,000 a year ($290,000–$530,000); $88,000 of the stated budget is left.",
        caveats=(
            "Seats, cost and faculty are assumptions until the college states its own; three actions depend on them.",
            "The announcements are a sample read by hand, not a census.",
            "Openings are not observed anywhere; they are computed from employment and separation rates.",
        ),
        data_age=(
            DataAge("Industry employment", "ends in March 2021; totals in March 2023."),
            DataAge("Occupations and wages", "describe May 2025."),
            DataAge("Completions", "cover award years 2020 to 2024."),
            DataAge("Announcements", "run into September 2026."),
        ),
        freshness="Run “gapengine pull” to bring every figure up to date.",
        last_quarter="This is the first edition; its advice will be scored in the next.",
        programs=rows,
        programs_finding="Twenty-five programs graduate fewer people than their occupations need" if rows else "",
        pages=pages,
        changes=(
            Paragraph(
                "Two new plants", "A cell-therapy plant (410 jobs by 2029) moved the biopharmaceutical gap by 38."
            ),
            Paragraph("Revised employment", "First-quarter employment in electronics was revised up by 2.1%."),
        ),
        slope=SLOPE,
        portfolio=PORTFOLIO,
        sectors=SECTORS,
        counties=COUNTIES,
        announcements=announcements,
        arrivals_finding="Thirteen projects promise 2,840 jobs; we expect about half of them by 2030",
        arrivals_note="A sample of public releases up to September 2026, not a census.",
        layoffs=(Layoff("Poplar Mills", "Durham", "2026-11-01", 120.0, "Closing", "https://example.org/warn"),),
        unserved=tuple(
            UnservedOccupation(
                soc,
                title,
                around(12.0 + 11 * k),
                39_000.0 + 900 * k,
                "Postsecondary nondegree award",
                "Recurring openings above one cohort; no program within 30 miles.",
            )
            for k, (soc, title) in enumerate(OCCUPATIONS)
        ),
        unserved_finding="Twelve occupations with steady openings have no program",
        transfer=(
            TransferProgram(
                "t1",
                "Associate in Arts",
                "24.0101",
                "Associate degree",
                tuple(YearCount(2020 + k, 210.0 + 9 * k) for k in range(5)),
                0.58,
                "Rate for the 2021 cohort.",
            ),
            TransferProgram("t2", "Pre-nursing", "51.1105", "Associate degree"),
        ),
        joint_gaps=(
            JointGap(
                ("Biopharmaceutical technology", "BioWork", "Chemical technology"),
                around(240),
                around(110),
                around(130),
            ),
        ),
        indicators=(
            Indicator(
                "Completion within three years",
                "Share of first-time students who complete",
                "share",
                "Durham Tech",
                "38%",
                "37%",
            ),
            Indicator(
                "Paid work-based learning", "Students placed in paid work-based learning", "students", "Made in Durham"
            ),
        ),
        track_record=(
            TrackRecord(
                "Industry forecasts, Georgia 2016 to 2018",
                "79% inside the 80% range",
                "The ranges hold what they promise.",
            ),
        ),
        action_counts=counts,
        gates=(Tally("Surplus in fewer than three editions", 9), Tally("Taxonomies disagree", 4)),
        assumptions=tuple(
            Assumption(
                f"placement.stays_in_region_{k}",
                0.6,
                "share of 1",
                0.45,
                0.75,
                "Wage-record studies of neighbouring colleges put it near this value.",
                "NC Commerce, NC TOWER",
                k == 2,
            )
            for k in range(30)
        ),
        sources=tuple(
            Source(
                name,
                "Bureau of Labor Statistics",
                "May 2025",
                "2026-09-30",
                48_216,
                "4be1a90f77c2" * 5 + "abcd",
                "Public domain",
                "Describes May 2025, 17 months before this edition.",
                ("Suppressed cells are unknown, never zero.",),
                "https://www.bls.gov/oes/",
            )
            for name in (
                "Occupational employment and wages",
                "Employment projections",
                "Quarterly census of employment",
            )
        ),
        method=tuple(
            Paragraph(
                title,
                "Each industry's employment is carried forward to today and its forecast is drawn a thousand times. "
                * 3,
            )
            for title in ("Industries", "Announcements", "Occupations", "Openings", "Graduates", "Matching")
        ),
        glossary=tuple(
            Term(word, "What the word means in this report, in one plain sentence.")
            for word in ("Completers", "Labor shed", "Openings", "Vintage")
        ),
        attributions=("O*NET is a trademark of the U.S. Department of Labor, Employment and Training Administration.",),
    )


def empty_report() -> QuarterlyReport:
    return QuarterlyReport("A college", "2026Q4", "2026-10-02", "0", "No program calls for a change this quarter")


def _judged(page: ProgramPage) -> ProgramPage:
    if page.row.action not in ("close", "review"):
        return replace(page, settling=SETTLING)
    return replace(page, settling=SETTLING, dossier=dossier(page.row.action == "close"))
