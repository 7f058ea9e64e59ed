"""Announcements, layoffs and error scales of the invented college's figures. Every number is made up."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import NormalDist

import pandas as pd


def announcements() -> pd.DataFrame:
    """A shipyard that takes on people."""
    row: dict[str, object] = {
        "event_id": "harborworks-2026",
        "company": "Harborworks",
        "project": "second dry dock",
        "county_fips": "39901",
        "city": "Lakeport",
        "naics_code": "3366",
        "jobs": 500.0,
        "jobs_max": float("nan"),
        "jobs_qualifier": "exact",
        "investment_usd": 9e7,
        "avg_wage_usd": 61000.0,
        "announced_date": "2026-09",
        "start_year": 2027,
        "by_year": 2031,
        "horizon_years": float("nan"),
        "operational_year": None,
        "stage": "hiring",
        "stage_date": None,
        "realised_jobs": float("nan"),
        "source_address": "https://lakeport.example/harborworks",
        "outcome_address": None,
        "note": None,
    }
    whole = dict.fromkeys(("start_year", "by_year", "operational_year"), "Int64")
    text = dict.fromkeys(("stage_date", "outcome_address", "note"), "object")
    return pd.DataFrame([row]).astype(whole | text)


def error_scales() -> pd.DataFrame:
    """Errors of about the usual size, with normal tails."""
    values = {
        "common_df": 6.0,
        "common_exponent": 0.6,
        "common_sd": 0.02,
        "n_own": 1000.0,
        "origins": 3.0,
        "own_exponent": 0.5,
        "own_floor": 0.004,
        "own_group_share": 0.1,
        "own_per_job": 0.3,
        "occupation_projection_df": 5.0,
        "occupation_projection_floor": 0.0005,
        "occupation_projection_per_job": 5.0,
    }
    levels = (0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.975, 0.99)
    values |= {f"own_quantile_{level:.3f}": NormalDist().inv_cdf(level) for level in levels}
    rows = [(name, value, "invented", 0, "invented", "invented") for name, value in sorted(values.items())]
    return pd.DataFrame(rows, columns=["name", "value", "unit", "n", "source", "method"])


def industry_outlook(codes: Iterable[str]) -> pd.DataFrame:
    """Half a percent a year for every industry."""
    rows = [(code, 0.005, code, 2024, 2034) for code in codes]
    return pd.DataFrame(rows, columns=["naics_code", "growth_per_year", "line", "base_year", "target_year"])


def layoffs() -> pd.DataFrame:
    """None."""
    columns = ["company", "city", "county_fips", "workers", "kind", "notice_date", "source_address"]
    return pd.DataFrame(columns=columns).astype({"workers": float})
