"""What is published about the occupations of a four-digit industry: three sources, from whole to partial."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from connectors import bls_matrix
from tools.converters import oews_top_ten
from tools.official import oews
from tools.staffing.split import Evidence, Vector, known_shares

MATRIX_GROUPS: Mapping[str, tuple[str, ...]] = {
    "3252": ("3251", "3252", "3253", "3259"),
    "3255": ("3255", "3256"),
    "3321": ("3321", "3322", "3325", "3326", "3329"),
    "3339": ("3331", "3332", "3334", "3339"),
    "4235": ("4232", "4233", "4235", "4236", "4237", "4239"),
    "4247": ("4241", "4247", "4249"),
    "3272": (),
    "4841": (),
}
"""File -> industries that the matrix publishes combined in it, as its jobs agree with QCEW 2024 (within 1.5%) for no
other set. Files of a whole three-digit industry (3272, 4841) say nothing that OEWS does not."""
_SAME_FILE = {"3326", "3329", "4239", "4842"}
_WHOLE = 0.9


@dataclass(frozen=True)
class Published:
    """Figures below three digits, in one order of occupations.

    Attributes:
        matrix: four-digit industry -> national pattern by the National Employment Matrix 2024.
        parts: five- or six-digit industry -> jobs by occupation (OEWS 2024).
        top_ten: four-digit industry -> position of an occupation -> share.
    """

    matrix: Mapping[str, Vector]
    parts: Mapping[str, Vector]
    top_ten: Mapping[str, Mapping[int, float]]


def read(data: Path, codes: pd.Index[str]) -> Published:
    """Read the matrix files, the five- and six-digit OEWS and the lists of ten.

    Args:
        data: folder of source files.
        codes: order of the occupations.
    """
    matrix: dict[str, Vector] = {}
    for path in sorted(data.glob("official/nem/us_staffing_*.csv")):
        code = path.stem.removeprefix("us_staffing_")
        members = MATRIX_GROUPS.get(code, (code,))
        if code not in _SAME_FILE and members:
            rows = bls_matrix.parse_staffing(path, path.name)
            pattern = _vector(rows[rows["occupation_type"] == "Line item"], "employment_base", codes)
            matrix |= dict.fromkeys(members, pattern / pattern.sum())
    detail = oews(data, "oews_nat5d_6d_m2024_dl.csv")
    detail = detail[detail["occupation_group"] == "detailed"].dropna(subset=["employment"])
    parts = {str(code): _vector(rows, "employment", codes) for code, rows in detail.groupby("naics_code")}
    path = data / "tables/oews_role_mix_top10_naics4_2024.csv"
    tops = oews_top_ten.read(path)
    positions = {soc: at for at, soc in enumerate(codes)}
    lists = {
        str(code): {positions[soc]: float(share) for soc, share in zip(rows["soc_code"], rows["share"], strict=True)}
        for code, rows in tops[tops["soc_code"].isin(codes)].groupby("naics_code")
    }
    return Published(matrix, parts, lists)


def of_child(code: str, published: Published, jobs: pd.Series[float], parent: Vector) -> Evidence:
    """Best evidence on one four-digit industry.

    Whole five- or six-digit industries win; then the matrix where the industry has a file of its own. Everywhere else
    the shares of the ten largest occupations are kept, and the rest follows the matrix of combined industries, the
    covered five- or six-digit parts, or the three-digit industry.

    Args:
        code: four-digit industry.
        published: what is published below three digits.
        jobs: QCEW jobs of the nation by industry, four to six digits.
        parent: pattern of the three-digit industry.
    """
    parts = {part: vector for part, vector in published.parts.items() if part.startswith(code)}
    covered = min(sum(_jobs(jobs, part) for part in parts) / _jobs(jobs, code), 1.0) if parts else 0.0
    words = []
    if covered >= _WHOLE:
        return Evidence(_mixed(parts, 1.0, parent), "OEWS 2024, five- or six-digit industries")
    combined = any(code in members and len(members) > 1 for members in MATRIX_GROUPS.values())
    if code in published.matrix and not combined:
        return Evidence(published.matrix[code], "National Employment Matrix 2024")
    if code in published.matrix:
        words.append("National Employment Matrix 2024, combined industries")
    elif parts:
        words.append("OEWS 2024, five- or six-digit part")
    pattern = published.matrix.get(code, _mixed(parts, covered, parent))
    if code in published.top_ten:
        words.insert(0, "OEWS 2024, ten largest occupations")
        pattern = known_shares(published.top_ten[code], pattern)
    return Evidence(pattern, "; ".join(words) or "pattern of the three-digit industry")


def _mixed(parts: Mapping[str, Vector], covered: float, parent: Vector) -> Vector:
    """Pattern of the covered parts together, and the parent's for what they leave out."""
    if not parts:
        return parent
    whole = np.sum(list(parts.values()), axis=0)
    return np.asarray(covered * whole / whole.sum() + (1 - covered) * parent)


def _jobs(jobs: pd.Series[float], code: str) -> float:
    """QCEW writes a five-digit industry with a trailing zero dropped."""
    for candidate in (code, code.rstrip("0")):
        if candidate in jobs.index:
            return float(jobs[candidate])
    return 0.0


def _vector(rows: pd.DataFrame, column: str, codes: pd.Index[str]) -> Vector:
    values = rows.groupby("soc_code")[column].sum().reindex(codes).fillna(0.0)
    return values.to_numpy(dtype="float64")
