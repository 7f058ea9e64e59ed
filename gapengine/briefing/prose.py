"""The sentences of the report that explain: findings of sections, method, glossary."""

from __future__ import annotations

from gapengine import scorecard
from gapengine.briefing import words
from gapengine.briefing.front import action_counts
from gapengine.run import Run
from gapengine.track_record import findings
from reports.background import Paragraph, Term, UnservedOccupation
from reports.quantities import Range
from reports.wording import number

FRESHNESS = "Figures that the college has not pulled come with the program; “gapengine pull” brings all up to date."

GLOSSARY = (
    Term(
        "Addressable openings", "openings that a new graduate with this level of award can take and is likely to fill"
    ),
    Term("Award level", "certificate (under a year), diploma (one to two years), associate degree, or non-credit"),
    Term("CIP", "Classification of Instructional Programs, the federal code of a program"),
    Term(
        "Completers", "people who finish a program in a year; awards count certificates, so one person may have several"
    ),
    Term("Draw", "one of many simulated futures; a probability here is a share of draws"),
    Term("Gap", "further graduates a year who would still find work after everybody else is placed"),
    Term("Labor shed", "the counties where graduates work, each with the weight of its openings and its graduates"),
    Term(
        "Least and greatest", "openings that nobody else would fill, and the most a program could fill if it came first"
    ),
    Term(
        "One-off openings", "openings from growth and announced projects; they justify cohorts, not permanent sections"
    ),
    Term("OEWS", "Occupational Employment and Wage Statistics, the federal survey of jobs by occupation"),
    Term("QCEW", "Quarterly Census of Employment and Wages, the federal count of jobs by industry and county"),
    Term(
        "Recurring openings",
        "openings because people leave the labor force or change occupation; they return each year",
    ),
    Term("SOC", "Standard Occupational Classification, the federal code of an occupation"),
    Term("Staffing pattern", "which occupations an industry employs, as shares of its jobs"),
    Term("Suppressed", "withheld by the agency to protect employers: unknown, never zero"),
    Term("Taxonomy", "one of three ways to say which education an occupation needs: entry level, attainment, O*NET"),
    Term("Vintage", "the edition of a data set"),
)


def area(run: Run) -> str:
    """The labor shed in words, with the weights of its areas."""
    parts = [f"{item.title} at {item.weight:.0%}" for item in run.college.areas]
    return f"Labor shed: {words.joined(parts)}"


def programs_notes(run: Run) -> tuple[Term, ...]:
    """What the columns of the table of all programs count, and from which publications."""
    ages = {item.name: f"{item.publisher}, {item.vintage}" for item in run.snapshot.provenance}
    newest = {item.name: item.vintage for item in run.snapshot.provenance}
    return (
        Term(
            "openings for graduates",
            "from growth, exits and transfers, the part that new graduates of this award level fill; projected from "
            f"{ages['occupations']}, and jobs of {newest['oews']}",
        ),
        Term(
            "own in the field",
            f"awards turned into people, less those who leave or work elsewhere; {ages['completions']}",
        ),
        Term(
            "short or over",
            "further graduates who would still be placed after all institutions share the openings, or own graduates "
            "without one",
        ),
        Term(
            "chance",
            "share of simulated futures with a shortage of a whole section, or a surplus of more than "
            f"{run.assumptions.value('threshold.surplus_share'):.0%} of its graduates",
        ),
    )


def programs_finding(run: Run) -> str:
    """Title of the table of all programs."""
    found = action_counts(run)
    names = {
        "expand": "to expand",
        "launch": "to launch",
        "close": "to close",
        "review": "to review",
        "watch": "to watch",
        "hold": "to hold",
    }
    parts = [f"{found[action]} {said}" for action, said in names.items() if action in found]
    return f"Of {sum(count for action, count in found.items() if action != 'transfer')} programs: {words.joined(parts)}"


def arrivals_finding(run: Run) -> str:
    """Title of the page on who is coming."""
    total = arrivals_total(run)
    if total is None:
        return "No announced project is expected to add jobs after the figures the forecast starts from"
    many = len({event.event_id for event in run.coming.events if event.counted})
    return (
        f"{words.number(many)} announced {words.plural(many, 'project', 'projects')} should add about "
        f"{number(total.p50)} jobs beyond the usual flow by {run.period[1]} "
        f"({number(total.p10)} to {number(total.p90)})"
    )


def arrivals_total(run: Run) -> Range | None:
    """Jobs expected of all projects together; None where none is counted."""
    return words.spread(run.coming.expected()) if any(event.counted for event in run.coming.events) else None


def _sums(run: Run) -> str:
    """Why the projects' own medians do not add up to the median of all together, with both numbers."""
    total = arrivals_total(run)
    listed = sum(round(words.spread(event.increments.sum(axis=1)).p50) for event in run.coming.events if event.counted)
    if total is None or abs(listed - total.p50) < 0.5:
        return ""
    return (
        f" The medians of the single projects add up to {number(listed)}, the median of all together is "
        f"{number(total.p50)}: medians do not add up where most projects bring little and a few bring much."
    )


def arrivals_note(run: Run) -> str:
    """What the list of arrivals is, how a promise is discounted, and the usual flow beside what lies ahead."""
    usual = run.coming.usual
    flow = ""
    if usual is not None and usual.ahead.mean() >= 1:
        how = "counted from the list" if usual.counted else "a stated assumption, for the list is not complete"
        flow = (
            f" By the same rule the listed projects added about {number(usual.then.mean())} jobs a year in "
            f"{usual.first}-{usual.last} and would add {number(usual.ahead.mean())} a year from now on; "
            f"{usual.overlap.mean():.0%} of the latter is taken as the usual flow ({how})."
        )
    flow += _sums(run)
    return (
        "A sample of announcements from press releases and county agendas, not a census. A promise is not a job: each "
        "is discounted for projects that deliver nothing or less, spread over the years of hiring, and reduced by the "
        "usual flow of arrivals that the trend already holds. Jobs due before the figures the forecast starts from are "
        f"not counted again. Layoffs after that are subtracted on their date by the same rule.{flow}"
    )


def unserved_finding(found: tuple[UnservedOccupation, ...]) -> str:
    """Title of the page on occupations without a program."""
    if not found:
        return "Every occupation within reach that pays a living wage has a program"
    return f"{found[0].title} lead the occupations that pay a living wage and that no program here feeds"


def method(run: Run) -> tuple[Paragraph, ...]:
    """The method in the order of the run."""
    first, last = run.period
    value = run.assumptions.value
    return (
        Paragraph(
            "One geography for both sides",
            "A county's openings and the graduates of its institutions enter at the same weight. "
            f"{area(run)}; the outer weight is an assumption until commuting flows are read.",
        ),
        Paragraph(
            "Jobs now",
            f"Industry jobs come from {run.industries.origin}, scaled to the newest county totals and carried to "
            f"{run.industries.nowcast_year}. National staffing patterns are "
            "then fitted to the occupations that the survey prints for each area. Occupations that it does not print "
            "stay near the national pattern, with the error that hiding printed ones shows.",
        ),
        Paragraph(
            "Jobs ahead",
            "The national projection of each occupation, moved by how the area's industries grew against the nation's, "
            "shrunk towards the state where the local signal is weak. Every draw adds a common shock, each industry's "
            "own error and the error that earlier national projections had.",
        ),
        Paragraph(
            "Announced projects",
            "Each promise is discounted for non-delivery and delay, and "
            f"{value('announcement.overlap'):.0%} of what remains is taken to be in the trend already.",
        ),
        Paragraph(
            "Openings",
            "Growth, exits from the labor force and transfers to other occupations, averaged over "
            f"{first} to {last}, the years in which capacity decided now can graduate. An occupation's openings never "
            "fall below zero.",
        ),
        Paragraph(
            "Who can take them",
            "Three taxonomies give the share of openings within reach of an award level: typical entry education, what "
            "workers hold, and what O*NET says new hires need. Licences override them. "
            f"New graduates fill {value('entrant_share.open'):.0%} of what they can reach, "
            f"{value('entrant_share.licensed'):.0%} where a licence is needed and "
            f"{value('entrant_share.experienced'):.0%} where years of experience are; movers, returners and people "
            "already employed fill the rest.",
        ),
        Paragraph(
            "Graduates",
            f"Awards of the last {value('completion_years'):.0f} years turned into people, of whom some leave and some "
            "work elsewhere. Not counted, for nobody publishes them: in-commuters, jobseekers, non-credit completers "
            "of other colleges.",
        ),
        Paragraph(
            "Matching",
            "In every draw graduates of all institutions and openings are matched so that as many as possible are "
            "filled, each once. A program's gap is how many more graduates would still be placed. Gaps of linked "
            "programs overlap: never add them.",
        ),
        Paragraph(
            "Advice",
            f"Expand where a gap of a whole section shows in {value('threshold.p_shortage_expand'):.0%} of draws, "
            f"review where more than {value('threshold.surplus_share'):.0%} of graduates stay unplaced in "
            f"{value('threshold.p_surplus_review'):.0%}; at least {value('threshold.taxonomies_needed'):.0f} of 3 "
            "taxonomies must agree. Nothing is closed on assumed costs and seats.",
        ),
    )


def last_quarter(run: Run) -> str:
    """What the last edition said and what became of it."""
    if not run.past.editions:
        tested = [finding.good for finding in findings(run.snapshot) if finding.good is not None]
        told = (
            f" Tests on past years speak for the method in {sum(tested)} of {len(tested)} cases (see Track record); "
            "openings themselves are counted by nobody."
        )
        return f"First edition: no earlier advice to judge.{told if tested else ''}"
    last = run.past.editions[-1]
    now = {advice.evidence.program.program_id: advice.action for advice in run.advice}
    turned = scorecard.turned(run.past, now)
    kept = sum(row["program"] in now for row in last.document["programs"]) - len(turned)
    titles = {program.program_id: program.label for program in run.college.programs}
    changed = "; ".join(f"{titles.get(name, name)} from {was} to {is_now}" for name, was, is_now in turned[:5])
    sentences = [
        f"{last.edition} advised on {kept + len(turned)} programs that are judged again: {kept} keep their advice"
    ]
    sentences[0] += f", {len(turned)} {words.plural(len(turned), 'changes', 'change')} ({changed})." if turned else "."
    for score in scorecard.scores(run.outcomes):
        inside = round(score.inside * score.count)
        sentences.append(
            f"Of its {score.count} {words.plural(score.count, 'forecast', 'forecasts')} of {score.kind} now due, "
            f"{inside} {words.plural(inside, 'lies', 'lie')} inside the 80% range; "
            f"mean error {score.error:,.0f}, of assuming no change {score.naive_error:,.0f}."
        )
    if run.outcomes.empty:
        sentences.append("No year that it forecast has been counted yet.")
    return " ".join(sentences)
