"""The sizes of past forecast errors, fitted on other places and earlier editions."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from tools import backtest_rows, fit_error_scales
from tools.recipe import Recipe

_DIGITS = 8


def error_scales(data: Path) -> pd.DataFrame:
    """The fitted numbers to eight digits, so that a rebuild elsewhere gives the same bytes."""
    rows = fit_error_scales.error_scales(data)
    return rows.assign(value=[float(f"{value:.{_DIGITS}g}") for value in rows["value"]])


def backtests(data: Path) -> pd.DataFrame:
    """What the benchmarks measured, to six digits."""
    rows = backtest_rows.backtests(data)
    return rows.assign(value=[float(f"{value:.6g}") for value in rows["value"]])


RECIPES = (
    Recipe(
        "error_scales",
        "A number that says how large forecast errors are, or how well such forecasts did on what they had not seen.",
        {
            "name": "name of the number",
            "value": "its value, in the unit of the row",
            "unit": "unit",
            "n": "errors or occupations it rests on; 0 where it is stated, not fitted",
            "source": "data it was fitted on",
            "method": "how it was fitted",
        },
        ("name",),
        ("qcew_georgia", "qcew_maryland", "bea_compensation", "bea_states", "ep_2016_26", "ep_2024_34"),
        "QCEW Georgia 2014-18, Maryland 2011-19, BEA 2001-18, EP 2016-26",
        "2024-12-31",
        "Errors of 2001-24.",
        error_scales,
        ("Fitted on other places and periods: the figures of Georgia enter the product only as these scales.",),
    ),
    Recipe(
        "backtests",
        "One measured figure about a forecast that was made as of a past date and compared with what came.",
        {
            "test": "what was tested: kind, place or edition, span",
            "measure": "skill_jobs, skill_log, coverage80, coverage95, direction, faster, ...",
            "against": "the other way to forecast, for skills; empty otherwise",
            "part": "all, chosen_on or confirmed_on (halves of the counties), an origin + years ahead, a sector ...",
            "value": "the figure, in the unit of the row",
            "n": "series or groups of occupations it rests on",
            "unit": "unit",
            "source": "data that it was tested on",
        },
        ("test", "measure", "against", "part"),
        (
            "qcew_georgia",
            "qcew_ohio",
            "cbp_nc",
            "bea_states",
            "bea_compensation",
            "qcew_maryland",
            "ep_2016_26",
            "ep_2019_29",
            "ep_2020_30",
            "ep_2022_32",
            "ep_2024_34",
            "ep_2020_30_industry",
            "oews_nc_2003_13",
            "oews_nc_2025",
            "oews_2019_owner",
            "oews_2024_industry",
            "soc_2010_2018",
        ),
        "QCEW 2014-23, CBP 2017-21, EP 2016-34, OEWS 2003-25",
        "2025-05-31",
        "Tests on 2013 to 2025.",
        backtests,
        (
            "Measured by `gapengine bench local`, `nowcast` and `occupations` on the agencies' files, which a run does "
            "not have.",
            "The halves of the counties share the state's and the nation's history, so they do not tell how another "
            "decade would have gone.",
        ),
    ),
)
