"""An invented employer brief, as full as a real one."""

from __future__ import annotations

from reports.employer_brief import (
    CollegeOffer,
    CompetingProject,
    EmployerBrief,
    KeyFigure,
    OccupationNeeded,
    PipelineProgram,
    Request,
    Wages,
)
from reports.quantities import Range


def full_brief(occupations: int = 12) -> EmployerBrief:
    names = [
        "Chemical equipment operators and tenders",
        "Biological technicians",
        "Packaging machine operators",
        "Chemists",
    ]
    return EmployerBrief(
        college="Sandhill Technical College",
        partner="Chamber of Commerce of Sandhill",
        company="Pine & Cell Biologics <Inc.>",
        industry="Pharmaceutical and Medicine Manufacturing (NAICS 3254)",
        place="Sand County",
        plan="400 jobs from 2027 to 2031, average pay $72,000.",
        as_of="2026-11-22",
        brief_id="a1b2c3d4e5f6",
        headline="Technicians are here; 62 process operators a year are not, unless a class starts by spring",
        standfirst="Of 400 jobs, 250 are in occupations that need two years of college or less. "
        "The area has 1,900 people in them today and graduates 120 a year.",
        key_figures=(KeyFigure("400", "jobs by 2031"), KeyFigure("120", "graduates a year"), KeyFigure("3", "rivals")),
        occupations=tuple(
            OccupationNeeded(
                f"51-90{i:02d}",
                names[i % 4],
                60.0 - 4 * i,
                Range(100, 150, 220) if i % 5 else None,
                None if i == 3 else 0.5 + i / 4,
                None if i == 4 else Wages(31_000, 36_000, 44_000 + 2_000 * i, 55_000, 90_000, "Sand metro"),
                Range(5, 12, 20),
                Range(0, 3, 8),
                "High school diploma or equivalent" if i % 2 else "",
                i % 3 == 0,
            )
            for i in range(occupations)
        ),
        other_jobs=38.0,
        wage_offered=72_000.0,
        mix="Occupations follow the national pattern of the industry.",
        quarters=tuple(f"{2027 + i // 4} Q{i % 4 + 1}" for i in range(8)),
        pipeline=tuple(
            PipelineProgram(
                f"Program number {k}, associate degree", tuple((i + k) % 5 * 4.0 for i in range(8)), "reported"
            )
            for k in range(10)
        ),
        pipeline_note="Graduates who stay in the area and work in the field.",
        competing=tuple(
            CompetingProject(
                f"Rival {k}", "Sand County", "building", "2026\u20132029", Range(0, 20 + k, 60), "https://a.b/c"
            )
            for k in range(9)
        ),
        competing_finding="Nine other projects want 200 of the same people",
        offers=tuple(
            CollegeOffer(
                f"Program number {k}, associate degree",
                "one more section of 16",
                "2027 Q1",
                "2028 Q4",
                Range(4, 7, 11),
                Range(50_000, 90_000, 150_000) if k else None,
                k % 2 == 0,
                "assumed figures",
            )
            for k in range(7)
        ),
        requests=tuple(Request(f"Request {k}", "It makes something possible that was not.") for k in range(4)),
        caveats=tuple(f"Caveat {k}: mind that these are estimates with wide ranges." for k in range(4)),
        sources=("Occupational survey, May 2025", "Completions to 2024"),
        attributions=("This product includes information from a database.",),
    )
