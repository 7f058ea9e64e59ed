"""Run -> what the pages need: the dataclasses that reports declares."""

from __future__ import annotations

from gapengine.briefing import background, changes, choices, front, outlook, programs, prose, scoreboard, words
from gapengine.portfolio.study import Study
from gapengine.run import Run
from reports.background import Tally
from reports.quarterly import QuarterlyReport


def brief(run: Run, deeper: Study | None = None) -> QuarterlyReport:
    """Say a run in the report's terms, with other budgets and worlds where they were computed."""
    rows, pages = programs.rows_and_pages(run)
    first, last = run.period
    coming = background.announcements(run)
    unserved = background.unserved(run)
    shared = scoreboard.indicators(run)
    return QuarterlyReport(
        college=run.college.name,
        edition=run.edition,
        as_of=run.as_of.isoformat(),
        run_id=run.run_id,
        headline=front.headline(run),
        standfirst=front.standfirst(run),
        area=prose.area(run),
        period=f"yearly average {first}\u2013{last}",
        key_figures=front.key_figures(run),
        decisions=front.decisions(run),
        budget=front.budget(run),
        caveats=front.caveats(run),
        data_age=front.data_age(run),
        freshness=prose.FRESHNESS,
        last_quarter=prose.last_quarter(run),
        programs=rows,
        programs_notes=prose.programs_notes(run),
        programs_finding=prose.programs_finding(run),
        pages=pages,
        announcements=coming,
        arrivals_finding=prose.arrivals_finding(run),
        arrivals_note=prose.arrivals_note(run),
        arrivals_total=prose.arrivals_total(run),
        layoffs=background.layoffs(run),
        changes=changes.paragraphs(run),
        slope=changes.slope(run),
        portfolio=choices.portfolio(run, deeper),
        sectors=outlook.sectors(run),
        counties=outlook.counties(run),
        unserved=unserved,
        unserved_finding=prose.unserved_finding(unserved),
        transfer=programs.transfer_programs(run),
        joint_gaps=background.joint_gaps(run),
        indicators=shared,
        indicators_finding=scoreboard.finding(shared),
        track_record=background.track_record(run),
        action_counts=front.action_counts(run),
        gates=tuple(Tally(name, count) for name, count in front.gate_counts(run).items()),
        assumptions=background.assumptions(run),
        sources=background.sources(run),
        method=prose.method(run),
        glossary=prose.GLOSSARY,
        attributions=run.snapshot.attributions,
    )


def three_lines(run: Run) -> tuple[str, ...]:
    """The three lines that matter most: the finding, the first decisions, what they rest on."""
    chosen = front.decisions(run)[:3]
    named = "; ".join(f"{item.action} {item.program} ({item.certainty.lower()})" for item in chosen)
    ages = {item.kind: item.age for item in front.data_age(run)}
    return (
        f"Finding: {front.headline(run)}.",
        f"First: {named}.",
        f"Rests on: occupations {ages['Occupations and wages']}; industry history {ages['Industry employment']}.",
    )


__all__ = ["brief", "three_lines", "words"]
