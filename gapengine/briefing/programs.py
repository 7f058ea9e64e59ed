"""Programs of a run as the report shows them: rows of the table and one page each."""

from __future__ import annotations

import numpy as np
import pandas as pd

from gapengine.briefing import words
from gapengine.decisions import Advice
from gapengine.demand.levels import CLASSES, licensed_occupations
from gapengine.figures import Assumed, Known, Unknown
from gapengine.rows import records
from gapengine.run import Run
from gapengine.supply import kept_names
from reports.programs import (
    DemandFan,
    GapHistogram,
    OccupationFed,
    OtherProvider,
    Placement,
    ProgramPage,
    ProgramRow,
    TransferProgram,
)
from reports.quantities import ActionKind, Figure, Range

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
    pages = tuple(_page(run, index, advice, row) for (index, advice), row in zip(judged, rows, strict=True))
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
                    words.counts(_history(run, index)),
                    None,
                    program.note,
                )
            )
    return tuple(out)


def _history(run: Run, index: int) -> dict[int, float]:
    history = run.supply["shed"].history.iloc[index]
    pairs = zip(history.index.tolist(), history.tolist(), strict=True)
    return {int(year): float(count) for year, count in pairs} if history.sum() > 0 else {}


def _row(run: Run, index: int, advice: Advice) -> ProgramRow:
    evidence, program = advice.evidence, advice.evidence.program
    known = evidence.n_edges > 0
    action: ActionKind = advice.action  # type: ignore[assignment]
    return ProgramRow(
        program.program_id,
        program.title,
        program.cip_code,
        words.LEVELS[program.award_level],
        words.MARKETS[evidence.market],
        action,
        advice=_advice(advice),
        certainty=advice.certainty,
        openings=words.spread(evidence.openings) if known else None,
        addressable=words.spread(evidence.addressable) if known else None,
        graduates=words.spread(evidence.supply) if evidence.basis != "none" else None,
        gap=words.spread(evidence.gap) if known else None,
        unplaced=words.spread(evidence.unplaced) if known and evidence.basis != "none" else None,
        p_shortage=evidence.p_shortage if known else None,
        p_surplus=evidence.p_surplus if known and evidence.basis != "none" else None,
        taxonomies_agree=advice.taxonomies_agree if known else None,
        sections=advice.sections,
        cost=Range(*advice.cost) if advice.cost else None,
        completions=words.counts(_history(run, index)),
    )


def _advice(advice: Advice) -> str:
    seats = advice.evidence.program.seats_per_section.value
    if advice.action in ("expand", "launch"):
        verb = "Add" if advice.action == "expand" else "Start with"
        size = f" of {seats:.0f}" if seats is not None else ""
        return f"{verb} {advice.sections} {words.plural(advice.sections, 'section', 'sections')}{size}"
    return {
        "hold": "Keep as it is",
        "watch": "Wait for evidence",
        "review": "Review before the next intake",
    }[advice.action]


def _page(run: Run, index: int, advice: Advice, row: ProgramRow) -> ProgramPage:
    evidence = advice.evidence
    known = evidence.n_edges > 0
    return ProgramPage(
        row,
        summary=_summary(advice, row),
        reasons=advice.reasons,
        flips=_flips(run, advice),
        gates=tuple(f"{gate[0].upper()}{gate[1:]}." for gate in advice.gates),
        fan=_fan(run, index, advice) if known else None,
        gap=_histogram(advice) if known else None,
        placement=_placement(advice) if known and evidence.basis != "none" else None,
        occupations=_occupations(run, advice),
        others=_others(run, advice),
        capacity=_capacity(run, advice),
        placement_assumption=_kept(run, advice),
        notes=tuple(note for note in (evidence.program.note,) if note),
    )


def _flips(run: Run, advice: Advice) -> tuple[str, ...]:
    """What would change the advice; where nothing tested would, what was tested."""
    if not advice.flips:
        entrant = run.assumptions["entrant_share.open"]
        return (
            f"Nothing tested: it stays the same from {entrant.low:.0%} to {entrant.high:.0%} of reachable openings "
            "filled by new graduates.",
        )
    return tuple(
        f"{flip.to.capitalize()} if the {flip.name} is {'below' if flip.value < flip.now else 'above'} "
        f"{flip.value:.0%} (this run: {flip.now:.0%})."
        for flip in advice.flips
    )


def _summary(advice: Advice, row: ProgramRow) -> str:
    if row.gap is None or row.addressable is None:
        return "No occupation is known that this award level leads to; the openings are unknown."
    gap, reach = row.gap, row.addressable
    graduates = f"{row.graduates.p50:.0f} graduates" if row.graduates else "no graduates yet"
    sentence = f"About {reach.p50:,.0f} openings a year for new graduates against {graduates} of its own"
    if advice.action in ("expand", "launch"):
        return f"{sentence}; {gap.p50:,.0f} more would find work ({gap.p10:,.0f} to {gap.p90:,.0f})."
    if row.unplaced is not None and advice.action == "review":
        return f"{sentence}, shared with other institutions; about {row.unplaced.p50:.0f} of its own find none."
    return f"{sentence}; {gap.p50:,.0f} more would find work ({gap.p10:,.0f} to {gap.p90:,.0f})."


def _fan(run: Run, index: int, advice: Advice) -> DemandFan:
    evidence = advice.evidence
    opened = run.openings[evidence.market]
    balance = run.balances[evidence.market]
    nodes = balance.market.nodes.iloc[balance.market.nodes_of(index)]
    of_class = [CLASSES.index(name) for name in nodes["award_class"]]
    position = nodes["position"].to_numpy(int)
    reach = (run.shares["combined"] * run.entrants[:, None])[position, of_class]
    yearly = np.einsum("kny,n->ky", opened.by_year(position), reach)
    bands = np.quantile(yearly, [0.1, 0.25, 0.5, 0.75, 0.9], axis=0)
    graduates = float(np.median(evidence.supply)) if evidence.basis != "none" else None
    low, middle, high = np.quantile(evidence.addressable, [0.1, 0.5, 0.9])
    if graduates is None:
        title = f"About {middle:,.0f} openings a year are within reach of new graduates"
    elif graduates < low:
        title = "In nine of ten futures there are more openings than graduates of its own"
    elif graduates > high:
        title = "In nine of ten futures it graduates more people than there are openings"
    else:
        title = "Its graduates lie within the range of the openings"
    p10, p25, p50, p75, p90 = (tuple(float(value) for value in band) for band in bands)
    return DemandFan(
        title,
        f"Openings a year that new graduates can take, {words.MARKETS[evidence.market].lower()}, against its graduates "
        "in the field; competitors not subtracted",
        years=tuple(int(year) for year in opened.years),
        p10=p10,
        p25=p25,
        p50=p50,
        p75=p75,
        p90=p90,
        capacity=graduates,
        capacity_label="graduates",
        history=words.counts(_history(run, index)),
        history_label="awards",
    )


def _histogram(advice: Advice) -> GapHistogram:
    gap, cohort = advice.evidence.gap, advice.evidence.cohort
    top = max(float(np.quantile(gap, 0.98)), cohort * 2)
    # the threshold is an edge, so that the bars beyond it add up to the probability in the title
    below = max(round(16 * cohort / top), 1)
    edges = np.concatenate([np.linspace(0, cohort, below + 1), np.linspace(cohort, top, 17 - below)[1:]])
    shares, _ = np.histogram(np.clip(gap, 0, top), bins=edges)
    return GapHistogram(
        f"A gap of at least one section in {advice.evidence.p_shortage:.0%} of draws",
        "Further graduates a year who would still be placed, share of draws",
        tuple(float(edge) for edge in edges),
        tuple(float(share) for share in shares / shares.sum()),
        cohort,
    )


def _placement(advice: Advice) -> Placement:
    evidence = advice.evidence
    return Placement(*(float(np.median(draws)) for draws in (evidence.least, evidence.placed, evidence.greatest)))


def _occupations(run: Run, advice: Advice) -> tuple[OccupationFed, ...]:
    evidence = advice.evidence
    opened = run.openings[evidence.market]
    of_class = evidence.program.award_class
    reach = run.shares["combined"][:, CLASSES.index(of_class)] * run.entrants
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


def _others(run: Run, advice: Advice) -> tuple[OtherProvider, ...]:
    evidence = advice.evidence
    of_class = evidence.program.award_class
    fed = set(run.feeds.of(evidence.program.cip_code, of_class)["soc_code"])
    edges = run.feeds.edges
    rivals = edges[(edges["award_class"] == of_class) & edges["soc_code"].isin(fed)]["cip_code"].unique()
    table = run.supply[evidence.market].providers
    table = table[table["cip_code"].isin(rivals) & (table["award_class"] == of_class)]
    if table.empty:
        return ()
    table = table.assign(people=table["completers"] / table["weight"])
    grouped = table.groupby(["name", "county_fips", "weight"])["people"].sum().reset_index()
    largest = grouped.sort_values(by=["people", "name"], ascending=[False, True]).head(_MOST_PROVIDERS)
    names = run.college.county_names
    return tuple(
        OtherProvider(
            row["name"], names.get(row["county_fips"], row["county_fips"]), float(row["people"]), float(row["weight"])
        )
        for row in records(largest)
    )


def _capacity(run: Run, advice: Advice) -> tuple[Figure, ...]:
    """The program's own seats and costs where the college stated them, assumptions where it did not, else unknown."""
    program = advice.evidence.program
    return tuple(_figure(name, unit, getattr(program, field)) for field, (name, unit) in _CAPACITY.items())


def _figure(name: str, unit: str, figure: Known | Assumed | Unknown) -> Figure:
    if isinstance(figure, Assumed):
        return Figure(name, figure.value, unit, "assumed", figure.low, figure.high, figure.why)
    if isinstance(figure, Known):
        return Figure(name, figure.value, unit, "known", note=figure.address)
    return Figure(name, None, unit, "unknown", note=figure.why)


def _kept(run: Run, advice: Advice) -> str:
    evidence = advice.evidence
    of_class = evidence.program.award_class
    licensed = (evidence.program.cip_code, of_class) in run.feeds.licensed(licensed_occupations(run.assumptions))
    stays, field = (run.assumptions[name] for name in kept_names(of_class, evidence.market, licensed))
    return (
        f"{stays.value:.0%} stay in the {'state' if evidence.market == 'state' else 'labor shed'} "
        f"({stays.low:.0%} to {stays.high:.0%}) and {field.value:.0%} work in the field "
        f"({field.low:.0%} to {field.high:.0%}): assumptions, drawn in every run."
    )


def summary_table(run: Run) -> pd.DataFrame:
    """One row a program: what contracts call the programs of a run; the same figures as in the report."""
    records = []
    for advice in run.advice:
        evidence, program = advice.evidence, advice.evidence.program
        low, middle, high = np.quantile(evidence.gap, [0.1, 0.5, 0.9])
        records.append(
            {
                "program": program.program_id,
                "title": program.title,
                "cip_code": program.cip_code,
                "award_level": program.award_level,
                "market": evidence.market,
                "action": advice.action,
                "sections": advice.sections,
                "openings_p50": float(np.median(evidence.openings)),
                "addressable_p50": float(np.median(evidence.addressable)),
                "graduates_p50": float(np.median(evidence.supply)),
                "gap_p10": float(low),
                "gap_p50": float(middle),
                "gap_p90": float(high),
                "p_shortage": evidence.p_shortage,
                "p_surplus": evidence.p_surplus,
                "share_unplaced": evidence.share_unplaced,
                "taxonomies_agree": advice.taxonomies_agree,
                "certainty": advice.certainty,
                "cost_low_usd": advice.cost[0] if advice.cost else np.nan,
                "cost_usd": advice.cost[1] if advice.cost else np.nan,
                "cost_high_usd": advice.cost[2] if advice.cost else np.nan,
                "basis": evidence.basis,
            }
        )
    return pd.DataFrame(records)
