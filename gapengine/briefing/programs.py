"""Programs of a run as the report shows them: rows of the table and one page each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Set

import numpy as np

from gapengine.briefing import charts, closing, short, words
from gapengine.decisions import Advice
from gapengine.decisions.reasons import deciding
from gapengine.demand.levels import CLASSES, licensed_occupations
from gapengine.evidence import Evidence
from gapengine.figures import Assumed, Known, Unknown
from gapengine.rows import records
from gapengine.run import Run
from gapengine.supply import Supply, kept_names
from reports.programs import (
    OccupationFed,
    OtherProvider,
    Placement,
    ProgramPage,
    ProgramRow,
    TransferProgram,
)
from reports.quantities import ActionKind, Figure, Range

_Providers = dict[tuple[str, str], list[tuple[str, str, float, float]]]

_MOST_OCCUPATIONS = 8
_MOST_PROVIDERS = 6
_CAPACITY = {
    "seats_per_section": ("Seats in a section", "seats"),
    "fill_rate": ("Seats filled", "share of 1"),
    "completion_rate": ("Entrants who complete", "share of 1"),
    "cost_per_section_usd": ("Cost of a section", "$ a year"),
    "faculty_per_section": ("Teachers for a section", "full-time equivalents"),
    "lead_quarters": ("From decision to first completers", "quarters"),
    "clinical_places": ("Clinical or lab places", "places"),
}


def rows_and_pages(run: Run) -> tuple[tuple[ProgramRow, ...], tuple[ProgramPage, ...]]:
    """Every program that is judged by openings, as a table row and as a page."""
    judged = [(index, advice) for index, advice in enumerate(run.advice) if advice.action != "transfer"]
    rows = tuple(_row(run, index, advice) for index, advice in judged)
    tied = run.feeds.licensed(licensed_occupations(run.assumptions))
    providers = {market: _listed(supply) for market, supply in run.supply.items()}
    pages = tuple(
        _page(run, index, advice, row, tied, providers) for (index, advice), row in zip(judged, rows, strict=True)
    )
    return rows, pages


def transfer_programs(run: Run) -> tuple[TransferProgram, ...]:
    """Programs judged by transfer, apart from the others."""
    out = []
    for index, advice in enumerate(run.advice):
        program = advice.evidence.program
        if advice.action == "transfer":
            out.append(
                TransferProgram(
                    program.program_id,
                    program.title,
                    program.cip_code,
                    words.LEVELS[program.award_level],
                    words.counts(charts.history(run, index)),
                    None,
                    program.note,
                )
            )
    return tuple(out)


def _row(run: Run, index: int, advice: Advice) -> ProgramRow:
    evidence, program = advice.evidence, advice.evidence.program
    known, counted = evidence.n_edges > 0, evidence.basis != "none" and not evidence.few
    action: ActionKind = advice.action  # type: ignore[assignment]
    return ProgramRow(
        program.program_id,
        program.title,
        program.cip_code,
        words.LEVELS[program.award_level],
        words.MARKETS[evidence.market],
        action,
        advice=short.advised(advice),
        certainty=advice.certainty,
        openings=words.spread(evidence.openings) if known else None,
        addressable=words.spread(evidence.addressable) if known else None,
        graduates=words.spread(evidence.supply) if counted else None,
        gap=words.spread(evidence.gap) if known else None,
        unplaced=words.spread(evidence.unplaced) if known and counted else None,
        p_shortage=evidence.p_shortage if known else None,
        p_surplus=evidence.p_surplus if known and evidence.basis != "none" else None,
        taxonomies_agree=advice.taxonomies_agree if known else None,
        sections=advice.sections,
        cost=Range(*advice.cost) if advice.cost else None,
        completions=words.counts(charts.history(run, index)),
        because=short.because(advice, run.assumptions),
        uncounted=_uncounted(evidence),
    )


def _page(
    run: Run,
    index: int,
    advice: Advice,
    row: ProgramRow,
    tied: Set[tuple[str, str]],
    providers: Mapping[str, _Providers],
) -> ProgramPage:
    evidence = advice.evidence
    known = evidence.n_edges > 0
    return ProgramPage(
        row,
        summary=_summary(advice, row),
        reasons=deciding(evidence, advice.action, advice.growth),
        flips=_flips(run, advice),
        gates=tuple(f"{gate[0].upper()}{gate[1:]}." for gate in advice.gates),
        fan=charts.fan(run, index, advice) if known else None,
        gap=charts.histogram(advice) if known else None,
        placement=_placement(advice) if row.graduates else None,
        occupations=_occupations(run, advice),
        others=_others(run, advice, providers),
        capacity=_capacity(advice),
        placement_assumption=_kept(run, advice, tied),
        notes=tuple(note for note in (evidence.program.note, advice.change) if note),
        settling=closing.settling(advice),
        dossier=closing.dossier(run, advice),
    )


def _flips(run: Run, advice: Advice) -> tuple[str, ...]:
    """What would change the advice; where nothing tested would, what was tested."""
    if not advice.flips:
        entrant = run.assumptions["entrant_share.open"]
        return (
            f"No test changes it: it holds from {entrant.low:.0%} to {entrant.high:.0%} of reachable openings "
            "filled by new graduates.",
        )
    return tuple(
        f"{flip.to.capitalize()} if the {flip.name} is {'below' if flip.value < flip.now else 'above'} "
        f"{words.percents(flip.value, flip.now)}."
        for flip in advice.flips
    )


def _summary(advice: Advice, row: ProgramRow) -> str:
    if row.gap is None or row.addressable is None:
        return "No occupation is known that this award level leads to; the openings are unknown."
    gap, reach = row.gap, row.addressable
    sentence = f"About {words.openings(reach.p50)} a year for new graduates against {_own(row)}"
    if (year := short.announced(advice)) is not None:
        sentence = f"The college announced it in {year}. {sentence}"
    if advice.action in ("expand", "launch"):
        return f"{sentence}; the region could place {gap.p50:,.0f} more ({gap.p10:,.0f} to {gap.p90:,.0f})."
    if row.unplaced is not None and advice.evidence.p_surplus > advice.evidence.p_shortage:
        return f"{sentence}, shared with other institutions; {words.unplaced(row.unplaced.p50)}."
    return f"{sentence}; {gap.p50:,.0f} more would find work ({gap.p10:,.0f} to {gap.p90:,.0f})."


def _uncounted(evidence: Evidence) -> str:
    if evidence.few:
        return "fewer than 10"
    return "not known" if evidence.running else "none yet"


def _own(row: ProgramRow) -> str:
    """The program's own graduates who stay and work in the field; fewer than half a person is not nobody."""
    if row.graduates is None:
        said = {"none yet": "no graduates of its own yet", "fewer than 10": "fewer than ten graduates of its own"}
        return said.get(row.uncounted, "its own graduates, whom nobody counts")
    middle = row.graduates.p50
    if middle < 0.5:
        return "hardly a graduate of its own in the field"
    return f"{middle:.0f} {words.plural(round(middle), 'graduate', 'graduates')} of its own in the field"


def _placement(advice: Advice) -> Placement:
    evidence = advice.evidence
    return Placement(*(float(np.median(draws)) for draws in (evidence.least, evidence.placed, evidence.greatest)))


def _occupations(run: Run, advice: Advice) -> tuple[OccupationFed, ...]:
    evidence = advice.evidence
    opened = run.openings[evidence.market]
    of_class = evidence.program.award_class
    column = CLASSES.index(of_class)
    reach = run.shares["combined"][:, column] * run.entrants[:, column]
    entry = run.snapshot["occupations"].set_index("soc_code")["entry_education"]
    out = []
    for edge in records(run.feeds.of(evidence.program.cip_code, of_class)):
        soc_code = edge["soc_code"]
        place = run.universe.position[soc_code]
        wage = float(run.wages[place])
        out.append(
            OccupationFed(
                soc_code,
                run.universe.titles[soc_code],
                edge["layer"],
                edge["reason"],
                float(np.mean(opened.recurring[:, place])),
                float(np.mean(opened.one_off[:, place])),
                float(np.mean(opened.total[:, place]) * reach[place]),
                str(entry.get(soc_code, "") or ""),
                None if np.isnan(wage) else wage,
            )
        )
    return tuple(sorted(out, key=lambda item: -(item.addressable or 0)))[:_MOST_OCCUPATIONS]


def _others(run: Run, advice: Advice, providers: Mapping[str, _Providers]) -> tuple[OtherProvider, ...]:
    evidence = advice.evidence
    of_class = evidence.program.award_class
    people: dict[tuple[str, str, float], float] = defaultdict(float)
    for cip_code in sorted(run.feeds.sharing(evidence.program.cip_code, of_class)):
        for name, county_fips, weight, completers in providers[evidence.market].get((cip_code, of_class), ()):
            people[name, county_fips, weight] += completers / weight
    largest = sorted(people.items(), key=lambda item: (-item[1], item[0]))[:_MOST_PROVIDERS]
    names = run.college.county_names
    return tuple(
        OtherProvider(name, names.get(county_fips, county_fips), completers, weight)
        for (name, county_fips, weight), completers in largest
    )


def _listed(supply: Supply) -> _Providers:
    """Name, county, weight and weighted completers of every other institution, by CIP and award class."""
    found: _Providers = defaultdict(list)
    for row in records(supply.providers):
        listed = (str(row["name"]), str(row["county_fips"]), float(row["weight"]), float(row["completers"]))
        found[str(row["cip_code"]), str(row["award_class"])].append(listed)
    return found


def _capacity(advice: Advice) -> tuple[Figure, ...]:
    """The program's own seats and costs where the college stated them, assumptions where it did not, else unknown."""
    program = advice.evidence.program
    counted = Unknown("Withheld: fewer than ten people.") if program.few_enrolled else program.fill_rate
    stated = {field: getattr(program, field) for field in _CAPACITY} | {"fill_rate": counted}
    return tuple(_figure(name, unit, stated[field]) for field, (name, unit) in _CAPACITY.items())


def _figure(name: str, unit: str, figure: Known | Assumed | Unknown) -> Figure:
    if isinstance(figure, Assumed):
        return Figure(name, figure.value, unit, "assumed", figure.low, figure.high, figure.why)
    if isinstance(figure, Known):
        return Figure(name, figure.value, unit, "known", note=figure.address)
    return Figure(name, None, unit, "unknown", note=figure.why)


def _kept(run: Run, advice: Advice, tied: Set[tuple[str, str]]) -> str:
    evidence = advice.evidence
    of_class = evidence.program.award_class
    licensed = (evidence.program.cip_code, of_class) in tied
    stays, field = (run.assumptions[name] for name in kept_names(of_class, evidence.market, licensed))
    return (
        f"{stays.value:.0%} stay in the {'state' if evidence.market == 'state' else 'labor shed'} "
        f"({stays.low:.0%} to {stays.high:.0%}) and {field.value:.0%} work in the field "
        f"({field.low:.0%} to {field.high:.0%}): assumptions, drawn in every run."
    )
