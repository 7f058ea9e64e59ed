"""Completers of every other institution of a market, each at the weight that its county's openings carry."""

from __future__ import annotations

import pandas as pd

from gapengine.assumptions import Assumptions
from gapengine.college import College
from gapengine.programs import class_of
from gapengine.snapshot import Snapshot
from gapengine.supply.awards import awards_by_year, by_year, people_per_award, pooled_years


def providers(snapshot: Snapshot, college: College, assumptions: Assumptions, market: str) -> pd.DataFrame:
    """Other institutions' completers, weighted as the openings of their county are.

    Returns:
        One row per institution, CIP and award level: name, county_fips, weight, award_class, awards (a year) and
        completers (people a year times the weight).
    """
    recent = awards_by_year(snapshot)[pooled_years(snapshot, assumptions)]
    people = people_per_award(snapshot, college)
    if market == "state":
        wide = by_year(snapshot["state_completions"], ["cip_code", "award_level"])
        told = [year for year in recent.columns if year in wide.columns]  # a store may hold fewer years of the state
        mean = wide[told].mean(axis=1)
        own = recent[told].mean(axis=1).xs(college.unit_id, level="unit_id")
        frame = mean.sub(own, fill_value=0).clip(lower=0).rename("awards").reset_index()
        frame = frame.assign(unit_id="", name="All other institutions of the state", county_fips="", weight=1.0)
    else:
        weights = college.county_weights(market)
        places = snapshot["institutions"].drop_duplicates("unit_id").set_index("unit_id")
        frame = recent.mean(axis=1).rename("awards").reset_index()
        frame = frame[frame["unit_id"] != college.unit_id]
        frame["county_fips"] = frame["unit_id"].map(places["county_fips"])
        frame["name"] = frame["unit_id"].map(places["name"])
        frame["weight"] = frame["county_fips"].map(weights)
        frame = frame.dropna(subset=["weight"])
    frame["award_class"] = frame["award_level"].map(class_of)
    frame["completers"] = frame["awards"] * frame["award_level"].map(people) * frame["weight"]
    return frame[frame["completers"] > 0].reset_index(drop=True)
