"""The sizes of past forecast errors, fitted on other places and earlier editions."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from tools import fit_error_scales
from tools.recipe import Recipe

_DIGITS = 8


def error_scales(data: Path) -> pd.DataFrame:
    """The fitted numbers to eight digits, so that a rebuild elsewhere gives the same bytes."""
    rows = fit_error_scales.error_scales(data)
    return rows.assign(value=[float(f"{value:.{_DIGITS}g}") for value in rows["value"]])


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
        ("qcew_georgia", "cbp_nc", "bea_compensation", "ep_2016_26", "ep_2024_34"),
        "QCEW Georgia 2014-18, CBP 2018-21, BEA 2001-18, EP 2016-26",
        "2024-12-31",
        "Errors of 2001-24.",
        error_scales,
        ("Fitted on other places and periods: the figures of Georgia enter the product only as these scales.",),
    ),
)
