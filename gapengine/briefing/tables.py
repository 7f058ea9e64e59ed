"""Tidy tables of every stage of a run, as written to Parquet; what the report prints comes from its own frames."""

from __future__ import annotations

import numpy as np
import pandas as pd

from gapengine.briefing import coming
from gapengine.briefing.background import unserved
from gapengine.demand.levels import CLASSES, TAXONOMIES
from gapengine.portfolio import rendered
from gapengine.run import Run


def tables(run: Run) -> dict[str, pd.DataFrame]:
    """Every table of a run, name -> rows; people a year where not said otherwise."""
    return {
        "programs": programs(run),
        "occupations_fed": _edges(run),
        "announcements": _announcements(run),
        **coming.tables(run),
        "occupations_without_a_program": _unserved(run),
        "other_providers": pd.concat(
            [part.providers.assign(market=name) for name, part in run.supply.items()], ignore_index=True
        ),
        "assumptions": pd.DataFrame([vars(item) for item in run.assumptions.values()]),
        "sources": pd.DataFrame([item.as_json() for item in run.snapshot.provenance]),
        "industries": run.industries.rows,
        "occupations": _occupations(run),
        "staffing": _staffing(run),
        "gap_draws": _gap_draws(run),
        "portfolio": rendered.choices(run.portfolio),
        "limits": rendered.limits(run.portfolio),
    }


def programs(run: Run) -> pd.DataFrame:
    """One row a program: the same figures as in the report, unrounded."""
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
                "graduates_p50": np.nan if evidence.few else float(np.median(evidence.supply)),
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


def _edges(run: Run) -> pd.DataFrame:
    kept = run.feeds.edges.assign(kept=True)
    dropped = run.feeds.dropped.assign(kept=False)
    frame = pd.concat([kept, dropped], ignore_index=True)
    frame.insert(3, "soc_title", frame["soc_code"].map(run.universe.titles))
    return frame


def _announcements(run: Run) -> pd.DataFrame:
    records = []
    for event in run.coming.events:
        totals = event.increments.sum(axis=1)
        records.append(
            {
                "event_id": event.event_id,
                "county_fips": event.county_fips,
                "counted": event.counted,
                "why": event.reason,
                "expected_p10": float(np.quantile(totals, 0.1)),
                "expected_p50": float(np.median(totals)),
                "expected_p90": float(np.quantile(totals, 0.9)),
            }
        )
    found = pd.DataFrame(
        records, columns=["event_id", "county_fips", "counted", "why", "expected_p10", "expected_p50", "expected_p90"]
    )
    return run.coming.register.table().merge(found, on=["event_id", "county_fips"], how="inner")


def _unserved(run: Run) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "soc_code": item.soc_code,
                "soc_title": item.title,
                "openings_p10": item.openings.p10,
                "openings_p50": item.openings.p50,
                "openings_p90": item.openings.p90,
                "median_wage_usd": item.median_wage,
                "entry_education": item.entry_education,
                "why": item.why,
            }
            for item in unserved(run)
            if item.openings is not None
        ]
    )


def _occupations(run: Run) -> pd.DataFrame:
    shed = run.openings["shed"]
    total = np.quantile(shed.total, [0.1, 0.5, 0.9], axis=0)
    frame = pd.DataFrame(
        {
            "soc_code": run.universe.codes,
            "soc_title": [run.universe.titles[code] for code in run.universe.codes],
            "jobs": shed.jobs,
            "openings_p10": total[0],
            "openings_p50": total[1],
            "openings_p90": total[2],
            "recurring_mean": shed.recurring.mean(axis=0),
            "one_off_mean": shed.one_off.mean(axis=0),
            "announced_mean": shed.announced.mean(axis=0),
            "median_wage_usd": run.wages,
        }
    )
    for name in ("combined", *TAXONOMIES):
        for place, of_class in enumerate(CLASSES):
            frame[f"{name}_{of_class}_share"] = run.shares[name][:, place]
    return frame


def _staffing(run: Run) -> pd.DataFrame:
    """Fitted jobs by area and occupation, with what was published and what 3% of the area's total does."""
    parts = []
    for area_code, fitted in run.staffing.items():
        low, middle, high = np.quantile(fitted.draws, [0.1, 0.5, 0.9], axis=0)
        parts.append(
            pd.DataFrame(
                {
                    "area_code": area_code,
                    "soc_code": run.universe.codes,
                    "published_jobs": fitted.published,
                    "seed_jobs": fitted.seed_totals,
                    "fitted_jobs": fitted.jobs.sum(axis=0),
                    "jobs_p10": low,
                    "jobs_p50": middle,
                    "jobs_p90": high,
                    "jobs_if_total_lower": fitted.low,
                    "jobs_if_total_higher": fitted.high,
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def _gap_draws(run: Run) -> pd.DataFrame:
    """Every draw of every program's gap, so that another reader can take another quantile."""
    return pd.DataFrame(
        {advice.evidence.program.program_id: advice.evidence.gap.astype(np.float32) for advice in run.advice}
    )
