"""An invented report for the tests of `reports`: every figure is made up, every kind of page occurs."""

from __future__ import annotations

import numpy as np

from reports.quarterly import (
    ActionKind,
    Announcement,
    Assumption,
    DataAge,
    Decision,
    DemandFan,
    Figure,
    GapHistogram,
    Indicator,
    JointGap,
    KeyFigure,
    Layoff,
    OccupationFed,
    OtherProvider,
    Paragraph,
    Placement,
    ProgramPage,
    ProgramRow,
    QuarterlyReport,
    Range,
    Source,
    Tally,
    Term,
    TrackRecord,
    TransferProgram,
    UnservedOccupation,
    YearCount,
)

FIELDS = [
    "Biopharmaceutical technology",
    "Industrial systems technology",
    "Electronics engineering technology",
    "Medical assisting",
    "Information technology: support and services",
    "Paralegal technology",
    "Medical office administration",
    "Opticianry",
    "Dental laboratory technology",
    "Clinical research coordination",
    "Automotive systems technology with a concentration in electric and hybrid drive trains and diagnostics",
    "Welding",
    "Nursing (associate degree)",
    "Respiratory therapy",
    "Electrical systems",
    "Early childhood education",
    "Plumbing",
    "Accounting and finance",
]
AWARDS = ["Associate degree", "Certificate, one to two years", "Certificate, under a year", "Diploma", "Non-credit"]
MARKETS = ["Labor shed", "Region", "State"]
ACTIONS: list[ActionKind] = ["expand", "watch", "hold", "review", "hold", "watch", "close", "hold", "launch"]
OCCUPATIONS = [
    ("19-4021", "Biological technicians"),
    ("51-9011", "Chemical equipment operators and tenders"),
    ("49-9041", "Industrial machinery mechanics"),
    ("17-3023", "Electrical and electronic engineering technologists and technicians"),
    ("31-9092", "Medical assistants"),
    ("15-1232", "Computer user support specialists"),
    ("43-6013", "Medical secretaries and administrative assistants"),
    ("51-2090", "Miscellaneous assemblers and fabricators"),
    ("23-2011", "Paralegals and legal assistants"),
    ("29-1141", "Registered nurses"),
    ("47-2111", "Electricians"),
    ("25-2011", "Preschool teachers, except special education"),
]


def around(middle: float, width: float = 0.35) -> Range:
    return Range(max(0.0, middle * (1 - width)), middle, middle * (1 + width))


def row(i: int, rng: np.random.Generator) -> ProgramRow:
    action = ACTIONS[i % len(ACTIONS)]
    graduates = float(rng.gamma(2, 22))
    ratio = {"expand": 2.4, "launch": 3.0, "watch": 1.3, "hold": 1.02, "review": 0.55, "close": 0.4}[action]
    openings = graduates * ratio
    awards = [max(0, round(graduates * rng.uniform(0.6, 1.5))) for _ in range(5)]
    history = tuple(YearCount(2020 + k, None if (i % 11 == 3 and k == 2) else float(a)) for k, a in enumerate(awards))
    return ProgramRow(
        program_id=f"p{i:03d}",
        title=FIELDS[i % len(FIELDS)] + (f" {i // len(FIELDS) + 1}" if i >= len(FIELDS) else ""),
        cip_code=f"{10 + i % 40}.{100 + i:04d}",
        award_level=AWARDS[i % len(AWARDS)],
        market=MARKETS[i % len(MARKETS)],
        action=action,
        advice={"expand": "Add 2 sections of 16", "launch": "Start one cohort of 16", "close": "Close one section"}.get(
            action, "Keep as it is"
        ),
        certainty=["high", "fair", "low"][i % 3],
        openings=around(openings * 3),
        addressable=around(openings),
        graduates=around(graduates, 0.15),
        gap=around(max(0.0, openings - graduates), 0.6),
        unplaced=around(max(0.0, graduates - openings), 0.6),
        p_shortage=float(np.clip(ratio / 2.5, 0.001, 0.998)),
        p_surplus=float(np.clip(1 - ratio / 1.2, 0, 0.99)),
        taxonomies_agree=i % 4,
        sections=2 if action == "expand" else None,
        cost=around(86_000) if action in {"expand", "launch"} else None,
        completions=history if action != "launch" else (),
    )


def page(r: ProgramRow, i: int, rng: np.random.Generator, wordy: int = 1) -> ProgramPage:
    if i % 25 == 24:  # a program of which nothing but its row is known
        return ProgramPage(row=r)
    assert r.addressable and r.gap and r.graduates
    years = tuple(range(2027, 2032))
    level = r.addressable.p50 * (1 + 0.05 * np.arange(5))
    spread = 0.12 + 0.05 * np.arange(5)
    fan = DemandFan(
        title="Openings stay above graduates in nine futures of ten"
        if r.gap.p50 > 1
        else "Graduates outnumber openings",
        subtitle="Openings for graduates a year, Durham–Chapel Hill labor shed, people",
        years=years,
        p10=tuple(level * (1 - 1.28 * spread)),
        p25=tuple(level * (1 - 0.67 * spread)),
        p50=tuple(level),
        p75=tuple(level * (1 + 0.67 * spread)),
        p90=tuple(level * (1 + 1.28 * spread)),
        capacity=r.graduates.p50,
        history=r.completions,
    )
    draws = np.maximum(0, rng.normal(r.gap.p50, r.gap.p50 * 0.5 + 6, 1000))
    counts, edges = np.histogram(
        draws, bins=np.arange(0, max(draws.max(), 32) + 8, max(4, round(draws.max() / 120) * 8))
    )
    sentence = " It rests on a figure that the college has not stated yet and that could move it either way."
    return ProgramPage(
        row=r,
        summary="The shortfall is 51 to 129 graduates a year, and even the low case leaves 62 openings unfilled.",
        reasons=tuple(
            text + sentence * (wordy - 1)
            for text in (
                "Shortage in 97% of the draws; the median is 62 graduates a year, nearly four cohorts of 16.",
                "All three education taxonomies agree on the sign.",
                "Two announced plants add 58 expected openings a year from 2028: add cohorts that can end.",
                "Recurring openings alone, 84 a year, exceed the graduates.",
            )
        )[: 2 + i % 3],
        flips=("Hold if fewer than 46% of graduates stay in the region.", "Hold if the 410-job plant is cancelled.")[
            : i % 3
        ],
        gates=("Only one completions vintage shows the surplus; two are needed.",) if r.action == "watch" else (),
        fan=fan,
        gap=GapHistogram(
            title="A shortage of at least one cohort is likely",
            subtitle="Share of 1,000 simulated futures",
            edges=tuple(float(e) for e in edges),
            shares=tuple(float(c) / 1000 for c in counts),
            cohort=16.0,
        ),
        placement=Placement(r.graduates.p50 * 0.3, r.graduates.p50 * 0.7, r.graduates.p50 * 0.95),
        occupations=tuple(
            OccupationFed(
                soc,
                title,
                ["official", "inferred", "college"][k % 3],
                "related occupation at this award level, sibling CIP 41.0101" if k % 3 == 1 else "",
                float(rng.integers(1, 90)),
                None if k == 2 else float(rng.integers(0, 30)),
                float(rng.integers(1, 60)),
                "Postsecondary nondegree award" if k % 2 else "Associate's degree",
                None if k == 3 else 41_200.0 + 1_000 * k,
            )
            for k, (soc, title) in enumerate(OCCUPATIONS[: 1 + (i * wordy) % len(OCCUPATIONS)])
        ),
        others=tuple(
            OtherProvider(name, county, count, weight)
            for name, county, count, weight in (
                ("Wake Technical Community College", "Wake", 212.0, 0.35),
                ("Alamance Community College", "Alamance", 41.0, 0.2),
                ("Central Carolina Community College, Harnett campus", "Chatham", None, 1.0),
                ("Vance-Granville Community College", "Granville", 18.0, None),
            )
        )[: i % 5],
        capacity=(
            Figure("Seats in a section", 16, "seats", "assumed", 12, 20),
            Figure("Sections a year", 3, "sections", "known"),
            Figure("Cost of a section", 43_000, "$ a year", "assumed", 30_000, 55_000),
            Figure("Completion rate", 0.62, "share of 1", "assumed", 0.5, 0.7),
            Figure("Full-time faculty", None, "people", "unknown"),
        ),
        placement_assumption="60% of graduates stay in the region and 75% of those work in the field (both assumed).",
        notes=("Awards of short certificates saw-tooth from year to year, so three years are pooled.",) * wordy,
    )


def full_report(programs: int = 75, wordy: int = 1) -> QuarterlyReport:
    rng = np.random.default_rng(7)
    rows = tuple(row(i, rng) for i in range(programs))
    pages = tuple(page(r, i, rng, wordy) for i, r in enumerate(rows))
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
