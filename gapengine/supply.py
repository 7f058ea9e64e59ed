"""Supply: completers a year of the college's programs and of every other institution of the market, as draws.

Method section 7. Awards of recent years with their own noise, turned into people, then those who stay and work in
field. Lines of the ledger that are not known are listed as not counted, never as zero.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import gammaincinv

from gapengine.assumptions import Assumptions
from gapengine.college import College
from gapengine.figures import Assumed, Known
from gapengine.programs import Program, class_of
from gapengine.snapshot import Snapshot

IPEDS_LEVELS = {"certificate": ("1", "20", "21"), "diploma": ("2", "4"), "associate": ("3",)}
LEVEL_OF_IPEDS = {code: level for level, codes in IPEDS_LEVELS.items() for code in codes}
_CATEGORY_OF_LEVEL = {"certificate": "12", "diploma": "2", "associate": "3"}


@dataclass(frozen=True)
class Supply:
    """People who look for work in their field in a market, a year.

    Attributes:
        graduates: (K, P) completers of the college's own programs, before leaving or changing field.
        own: (K, P) those of them who stay in the market and work in field.
        others: (K, Q) the same of other institutions, one column a group of equal CIP and award class.
        groups: (Q) cip_code, award_class and graduates (mean completers a year).
        history: (P, years) awards as reported, columns are years.
        providers: one row per other institution, CIP and award class: name, county_fips, weight, completers.
        kept: (P,) mean share that stays and works in field.
        basis: (P) where each program's graduates come from: completions, stated, range or none.
    """

    graduates: np.ndarray
    own: np.ndarray
    others: np.ndarray
    groups: pd.DataFrame
    history: pd.DataFrame
    providers: pd.DataFrame
    kept: np.ndarray
    basis: tuple[str, ...]


def completers(
    snapshot: Snapshot,
    college: College,
    assumptions: Assumptions,
    market: str,
    others: pd.DataFrame,
    licensed: Set[tuple[str, str]],
    rng: np.random.Generator,
) -> Supply:
    """Draw the yearly completers of a market.

    Args:
        snapshot: needs completions, completers_unduplicated.
        college: programs and labor shed.
        assumptions: completion_years, stays.*, works_in_field.*, draws.
        market: shed, region or state; it sets the weight of each county's institutions, the same as that county's
            openings carry.
        others: other institutions of the market, from :func:`providers`.
        licensed: (cip_code, award_class) whose occupations nobody enters without the credential.
        rng: the run's generator.
    """
    n_draws = assumptions.whole("draws")
    years = _years(snapshot, assumptions)
    people = _people_per_award(snapshot, college)
    wide = _awards(snapshot)
    recent = wide[years]
    spread = overdispersion(recent)
    own_history = _own_awards(college, wide)
    columns, basis = [], []
    for program, awards in zip(college.programs, own_history[years].to_numpy(), strict=True):
        draws, kind = _own_draws(program, awards, people, spread, n_draws, rng)
        columns.append(draws)
        basis.append(kind)
    graduates = np.column_stack(columns)
    own = [(program.award_class, (program.cip_code, program.award_class) in licensed) for program in college.programs]
    names = [kept_names(of_class, market, tied) for of_class, tied in own]
    kept = np.array([assumptions.value(stays) * assumptions.value(field) for stays, field in names])
    kept_draws = _kept_draws(names, assumptions, rng)
    groups = others.groupby(["cip_code", "award_class"], as_index=False).agg(graduates=("completers", "sum"))
    noise = np.sqrt(spread * (1 / len(years) + 1 / 5))
    means = groups["graduates"].to_numpy(float)
    other_graduates = _gamma(means, noise**2 * means, n_draws, rng)
    pairs = zip(groups["cip_code"], groups["award_class"], strict=True)
    other_kept = _kept_draws([kept_names(pair[1], market, pair in licensed) for pair in pairs], assumptions, rng)
    return Supply(
        graduates,
        graduates * kept_draws,
        other_graduates * other_kept,
        groups,
        own_history,
        others,
        kept,
        tuple(basis),
    )


def overdispersion(awards: pd.DataFrame) -> float:
    """Typical ratio of the yearly variance of awards to their mean, over all programs with at least five a year.

    The median over programs, so that one school that opened or closed does not stand for all, divided by the median of
    a chi-squared variable over its mean, which makes it an estimate of the ratio itself.
    """
    mean, variance = awards.mean(axis=1), awards.var(axis=1)
    usable = mean >= 5
    freedom = awards.shape[1] - 1
    return float(max((variance[usable] / mean[usable]).median() / (2 * gammaincinv(freedom / 2, 0.5) / freedom), 1.0))


def _awards(snapshot: Snapshot) -> pd.DataFrame:
    """Awards below the bachelor's degree by (unit_id, cip_code, award_level) and year."""
    return _by_year(snapshot["completions"], ["unit_id", "cip_code", "award_level"])


def _by_year(table: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    table = table.assign(award_level=table["award_level_code"].map(LEVEL_OF_IPEDS)).dropna(subset=["award_level"])
    return table.pivot_table(index=keys, columns="year", values="awards", aggfunc="sum", fill_value=0)


def _years(snapshot: Snapshot, assumptions: Assumptions) -> list[int]:
    last = int(snapshot["completions"]["year"].max())
    return list(range(last - assumptions.whole("completion_years") + 1, last + 1))


def _people_per_award(snapshot: Snapshot, college: College) -> dict[str, float]:
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
        for level, category in _CATEGORY_OF_LEVEL.items()
    }


def _own_awards(college: College, wide: pd.DataFrame) -> pd.DataFrame:
    """Awards of the college's programs by program_id and year; zero where none were reported."""
    keys = [(college.unit_id, program.cip_code, program.award_level) for program in college.programs]
    own = wide.reindex(pd.MultiIndex.from_tuples(keys, names=wide.index.names), fill_value=0).astype(float)
    return own.set_axis([program.program_id for program in college.programs])


def _own_draws(
    program: Program,
    awards: np.ndarray,
    people: dict[str, float],
    spread: float,
    n_draws: int,
    rng: np.random.Generator,
) -> tuple[np.ndarray, str]:
    """Draw a program's completers a year; the base is reported completions, else the college's or our range."""
    stated = program.completers
    if isinstance(stated, Known):
        return np.full(n_draws, stated.value), "stated"
    if isinstance(stated, Assumed):
        return rng.triangular(stated.low, stated.value, stated.high, n_draws), "range"
    mean = float(awards.mean()) * people.get(program.award_level, 1.0)
    if mean == 0:
        return np.zeros(n_draws), "none"
    own = max(float(awards.var(ddof=1)) / mean, 1.0)
    ratio = (own * len(awards) + spread * 3) / (len(awards) + 3)
    variance = ratio * mean * (1 / len(awards) + 1 / 5)
    return _gamma(np.array([mean]), np.array([variance]), n_draws, rng)[:, 0], "completions"


def _gamma(mean: np.ndarray, variance: np.ndarray, n_draws: int, rng: np.random.Generator) -> np.ndarray:
    """Gamma draws (K, N) with given means and variances; a zero mean gives zeros."""
    safe = np.maximum(mean, 1e-9)
    scale = np.maximum(variance, 1e-9) / safe
    return np.where(mean > 0, rng.gamma(safe / scale, scale, (n_draws, len(mean))), 0.0)


def kept_names(award_class: str, market: str, licensed: bool) -> tuple[str, str]:
    """Names of the two assumptions that turn completers into people at work in their field in a market."""
    place = "state" if market == "state" else "shed"
    return f"stays.{place}.{award_class}", f"works_in_field.{'licensed' if licensed else award_class}"


def _kept_draws(names: list[tuple[str, str]], assumptions: Assumptions, rng: np.random.Generator) -> np.ndarray:
    """(K, N) share who stay and work in field; an assumption is drawn once and holds for all programs that share it."""
    n_draws = assumptions.whole("draws")
    wanted = sorted({name for pair in names for name in pair})
    drawn = {name: assumptions[name].draw(rng, n_draws) for name in wanted}
    columns = [drawn[stays] * drawn[field] for stays, field in names]
    return np.column_stack(columns) if columns else np.zeros((n_draws, 0))


def providers(snapshot: Snapshot, college: College, assumptions: Assumptions, market: str) -> pd.DataFrame:
    """Other institutions' completers, weighted as the openings of their county are.

    Returns:
        One row per institution, CIP and award level: name, county_fips, weight, award_class, awards (a year) and
        completers (people a year times the weight).
    """
    recent = _awards(snapshot)[_years(snapshot, assumptions)]
    people = _people_per_award(snapshot, college)
    if market == "state":
        wide = _by_year(snapshot["state_completions"], ["cip_code", "award_level"])
        mean = wide[list(recent.columns)].mean(axis=1)
        own = recent.mean(axis=1).xs(college.unit_id, level="unit_id")
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
