"""Growth that the national projections expect of a four-digit industry, from the line of table 2.11 nearest to it."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd


def projected_growth(lines: pd.DataFrame, industries: Sequence[str]) -> pd.DataFrame:
    """Projected growth of four-digit industries, each from the most detailed line that holds it.

    Args:
        lines: table ``industry_projections`` of one edition; its codes are as printed, lists and ranges included.
        industries: NAICS codes.

    Returns:
        One row per industry in their order: naics_code, growth_per_year (log points), line, base_year, target_year;
        the median of all lines and an empty line where no line holds the industry.
    """
    named = lines[lines["naics_code"].notna()]
    ratio = (named["employment_target"] / named["employment_base"]).to_numpy(float)
    span = (named["target_year"] - named["base_year"]).to_numpy(float)
    growing = np.isfinite(ratio) & (ratio > 0)
    growth = np.log(ratio[growing]) / span[growing]
    codes = named.loc[growing, "naics_code"].astype(str).tolist()
    stems = [
        (len(stem), -len(listed), -place, stem)
        for place, text in enumerate(codes)
        for listed in [printed_codes(text)]
        for stem in listed
        if len(stem) <= 4
    ]
    found = []
    for code in industries:
        fits = [entry for entry in stems if code.startswith(entry[3])]
        place = -max(fits)[2] if fits else -1
        found.append((code, growth[place], codes[place]) if fits else (code, float(np.median(growth)), ""))
    out = pd.DataFrame(found, columns=["naics_code", "growth_per_year", "line"])
    return out.assign(base_year=int(named["base_year"].iloc[0]), target_year=int(named["target_year"].iloc[0]))


def printed_codes(text: str) -> list[str]:
    """Codes of a printed cell: '442-4, 451' is 442, 443, 444, 451; empty where the cell names no industry."""
    codes = []
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        hit = re.fullmatch(r"(\d{2,6})(?:-(\d{1,6}))?", part)
        if hit is None:
            return []
        low, high = hit.group(1), hit.group(2) or hit.group(1)
        high = low[: len(low) - len(high)] + high
        codes += [str(code) for code in range(int(low), int(high) + 1)]
    return codes
