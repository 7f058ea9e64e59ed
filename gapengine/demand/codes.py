"""One universe of occupations: the line items of the National Employment Matrix, and how other SOC codes reach it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from gapengine.snapshot import Snapshot


@dataclass(frozen=True)
class Universe:
    """The occupations a run speaks of.

    Attributes:
        codes: matrix codes of line items, sorted; every (O,) array of a run follows this order.
        titles: title by code.
        to_matrix: SOC 2018 code -> matrix code (identity for the matrix codes themselves).
    """

    codes: tuple[str, ...]
    titles: dict[str, str]
    to_matrix: dict[str, str]

    @cached_property
    def position(self) -> dict[str, int]:
        """Position of each code in (O,) arrays."""
        return {code: index for index, code in enumerate(self.codes)}

    def map(self, soc_codes: pd.Series) -> pd.Series:
        """Matrix code of each SOC code; null where the matrix has none (military, unmatched)."""
        return soc_codes.map(self.to_matrix)


def universe(snapshot: Snapshot) -> Universe:
    """Build the universe from the projections' line items and the official matrix crosswalk.

    A detailed SOC code that the crosswalk does not list is tried by its broad code (29-2011 -> 29-2010) before it is
    given up, because OEWS and the matrix combine different lines.
    """
    occupations = snapshot["occupations"]
    codes = tuple(sorted(occupations["soc_code"]))
    known = set(codes)
    pairs = snapshot["nem_soc"]
    to_matrix = {soc: nem for soc, nem in zip(pairs["soc_code"], pairs["nem_code"], strict=True) if nem in known}
    for soc in pd.unique(pd.concat([snapshot["oews"]["soc_code"], snapshot["cip_soc"]["soc_code"]])):
        broad = f"{soc[:-1]}0"
        if soc not in to_matrix and broad in known:
            to_matrix[soc] = broad
    to_matrix.update({code: code for code in codes})
    titles = dict(zip(occupations["soc_code"], occupations["soc_title"], strict=True))
    return Universe(codes, titles, to_matrix)
