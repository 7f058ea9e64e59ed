"""Awards of every institution by year, and how many people stand behind them."""

from __future__ import annotations

import pandas as pd
from scipy.special import gammaincinv

from gapengine.assumptions import Assumptions
from gapengine.college import College
from gapengine.snapshot import Snapshot

IPEDS_LEVELS = {"certificate": ("1", "20", "21"), "diploma": ("2", "4"), "associate": ("3",)}
LEVEL_OF_IPEDS = {code: level for level, codes in IPEDS_LEVELS.items() for code in codes}
CATEGORY_OF_LEVEL = {"certificate": "12", "diploma": "2", "associate": "3"}


def overdispersion(awards: pd.DataFrame) -> float:
    """Typical ratio of the yearly variance of awards to their mean, over all programs with at least five a year.

    The median over programs, so that one school that opened or closed does not stand for all, divided by the median of
    a chi-squared variable over its mean, which makes it an estimate of the ratio itself.
    """
    mean, variance = awards.mean(axis=1), awards.var(axis=1)
    usable = mean >= 5
    freedom = awards.shape[1] - 1
    return float(max((variance[usable] / mean[usable]).median() / (2 * gammaincinv(freedom / 2, 0.5) / freedom), 1.0))


def awards_by_year(snapshot: Snapshot) -> pd.DataFrame:
    """Awards below the bachelor's degree by (unit_id, cip_code, award_level) and year."""
    return by_year(snapshot["completions"], ["unit_id", "cip_code", "award_level"])


def by_year(table: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Awards below the bachelor's degree by some keys and year; zero where a year has none."""
    table = table.assign(award_level=table["award_level_code"].map(LEVEL_OF_IPEDS)).dropna(subset=["award_level"])
    return table.pivot_table(index=keys, columns="year", values="awards", aggfunc="sum", fill_value=0)


def pooled_years(snapshot: Snapshot, assumptions: Assumptions) -> list[int]:
    """The newest years of completions, as many as are pooled."""
    last = int(snapshot["completions"]["year"].max())
    return list(range(last - assumptions.whole("completion_years") + 1, last + 1))


def people_per_award(snapshot: Snapshot, college: College) -> dict[str, float]:
    """Unduplicated completers per award by level, of the college, in the newest year that both files cover."""
    counts = snapshot["completers_unduplicated"]
    counts = counts[counts["unit_id"] == college.unit_id]
    year = int(counts["year"].max())
    people = counts[counts["year"] == year].set_index("award_level_category")["completers"]
    awards = snapshot["completions"]
    awards = awards[(awards["unit_id"] == college.unit_id) & (awards["year"] == year)]
    by_level = awards.groupby(awards["award_level_code"].map(LEVEL_OF_IPEDS))["awards"].sum()
    return {
        level: min(1.0, float(people.get(category, by_level.get(level, 1))) / max(float(by_level.get(level, 1)), 1))
        for level, category in CATEGORY_OF_LEVEL.items()
    }


def own_awards(college: College, wide: pd.DataFrame) -> pd.DataFrame:
    """Awards of the college's programs by program_id and year; zero where none were reported."""
    keys = [(college.unit_id, program.cip_code, program.award_level) for program in college.programs]
    own = wide.reindex(pd.MultiIndex.from_tuples(keys, names=wide.index.names), fill_value=0).astype(float)
    return own.set_axis([program.program_id for program in college.programs])
