"""The programs of an invented report: every figure is made up, every kind of row and page occurs."""

from __future__ import annotations

import numpy as np

from reports.quarterly import (
    ActionKind,
    DemandFan,
    Figure,
    GapHistogram,
    OccupationFed,
    OtherProvider,
    Placement,
    ProgramPage,
    ProgramRow,
    Range,
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
