"""What announcements promise, as arrays: jobs low and high, first hires, the year they are due, stage, known counts."""

from __future__ import annotations

import numpy as np
import pandas as pd

from gapengine.arrivals.stages import zero_odds
from gapengine.arrivals.when import decimal_date
from gapengine.assumptions import Assumptions
from models.delivery import Prior, Projects, Ramp


def prior(assumptions: Assumptions) -> Prior:
    """The prior of delivered shares, as the assumptions state it."""
    return Prior.from_mean(
        assumptions.value("announcement.share_delivering_nothing"),
        assumptions.value("announcement.mean_share_delivered"),
        assumptions.value("announcement.effective_sample"),
        assumptions.value("announcement.concentration"),
    )


def ramp(assumptions: Assumptions) -> Ramp:
    """How long hiring takes and how far starts slip."""
    return Ramp(
        assumptions["announcement.ramp_years"].low,
        assumptions["announcement.ramp_years"].high,
        assumptions["announcement.slip_years"].low,
        assumptions["announcement.slip_years"].high,
    )


def projects(table: pd.DataFrame, assumptions: Assumptions, given: Prior) -> Projects:
    """Announcements as the model of delivery takes them.

    Args:
        table: rows of the declared table ``announcements``.
        assumptions: announcement.up_to_low_share, stage.*, what known outcomes are worth.
        given: the prior, which the stages' factors shift.
    """
    low = table["jobs"].fillna(0).to_numpy(float)
    high = np.fmax(table["jobs_max"].to_numpy(float), low)
    upper_only = table["jobs_qualifier"].eq("up to").to_numpy()
    low = np.where(upper_only, low * assumptions.value("announcement.up_to_low_share"), low)
    announced = table["announced_date"].map(decimal_date).to_numpy(float)
    start = table["start_year"].to_numpy(float)
    opening = table["operational_year"].to_numpy(float)
    begin = np.where(np.isnan(start), np.where(np.isnan(opening), announced + 0.5, opening), start)
    by_year = table["by_year"].to_numpy(float) + 1.0
    horizon = table["horizon_years"].to_numpy(float)
    by_year = np.where(np.isnan(by_year), begin + horizon, by_year)
    stages = table["stage"]
    return Projects(
        ids=[f"{event}/{county}" for event, county in zip(table["event_id"], table["county_fips"], strict=True)],
        jobs_low=low,
        jobs_high=high,
        start_year=begin,
        by_year=by_year,
        zero_odds=zero_odds(table, assumptions, given),
        share_odds=stages.map(lambda stage: assumptions.value(f"stage.{stage}.share_odds")).to_numpy(float),
        slips=(~stages.isin(["hiring", "open"])).to_numpy(bool),
        realised=table["realised_jobs"].to_numpy(float),
        realised_at=table["stage_date"].map(decimal_date).to_numpy(float),
    )
