"""Completers a year of the college's programs and of every other institution of the market, as draws.

Method section 7. Awards of recent years with their own noise, turned into people, then those who stay and work in
field. Where the college states its sections and nobody reports awards, completers come from capacity.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass

import numpy as np
import pandas as pd

from gapengine.assumptions import Assumptions
from gapengine.college import College
from gapengine.figures import Assumed, Known
from gapengine.programs import Program
from gapengine.snapshot import Snapshot
from gapengine.supply.awards import awards_by_year, overdispersion, own_awards, people_per_award, pooled_years
from gapengine.supply.kept import kept_draws, kept_names, kept_shares
from gapengine.supply.pipelines import direct_entrants
from gapengine.supply.sections import section_draws

_GROUP = ["cip_code", "award_class", "graduates"]


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
        basis: (P) where each program's graduates come from: completions, stated, range, capacity or none.
        kept_draws: (K, P) the share that stays and works in field, drawn.
        displaced: (K, O) displaced workers who take openings of their own occupation before graduates do.
    """

    graduates: np.ndarray
    own: np.ndarray
    others: np.ndarray
    groups: pd.DataFrame
    history: pd.DataFrame
    providers: pd.DataFrame
    kept: np.ndarray
    basis: tuple[str, ...]
    kept_draws: np.ndarray
    displaced: np.ndarray


def completers(
    snapshot: Snapshot,
    college: College,
    assumptions: Assumptions,
    market: str,
    others: pd.DataFrame,
    licensed: Set[tuple[str, str]],
    rng: np.random.Generator,
    kept: Mapping[str, np.ndarray] | None = None,
    displaced: np.ndarray | None = None,
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
        kept: draws of stays.* and works_in_field.*, from :func:`kept_draws`, the same in every market; drawn here where
            none are given.
        displaced: (K, O) displaced workers a year; nobody by default.
    """
    n_draws = assumptions.whole("draws")
    years = pooled_years(snapshot, assumptions)
    people = people_per_award(snapshot, college)
    wide = awards_by_year(snapshot)
    recent = wide[years]
    spread = overdispersion(recent)
    own_history = own_awards(college, wide)
    columns, basis = [], []
    for program, awards in zip(college.programs, own_history[years].to_numpy(), strict=True):
        draws, kind = _own_draws(program, awards, people, spread, n_draws, rng)
        columns.append(draws)
        basis.append(kind)
    graduates = np.column_stack(columns)
    drawn = kept_draws(assumptions, rng) if kept is None else kept
    own = [(program.award_class, (program.cip_code, program.award_class) in licensed) for program in college.programs]
    names = [kept_names(of_class, market, tied) for of_class, tied in own]
    stated = {
        place: program.placement_rate.value
        for place, program in enumerate(college.programs)
        if isinstance(program.placement_rate, Known)
    }
    field = [stated[place] if place in stated else assumptions.value(pair[1]) for place, pair in enumerate(names)]
    middle = np.array([assumptions.value(pair[0]) for pair in names]) * np.array(field)
    own_kept = kept_shares(names, drawn, n_draws, stated)
    everyone = pd.concat(
        [others[["cip_code", "award_class", "completers"]].set_axis(_GROUP, axis=1), direct_entrants(college)]
    )
    groups = everyone.groupby(["cip_code", "award_class"], as_index=False).agg(graduates=("graduates", "sum"))
    noise = np.sqrt(spread * (1 / len(years) + 1 / 5))
    means = groups["graduates"].to_numpy(float)
    other_graduates = _gamma(means, noise**2 * means, n_draws, rng)
    pairs = zip(groups["cip_code"], groups["award_class"], strict=True)
    other_kept = kept_shares([kept_names(pair[1], market, pair in licensed) for pair in pairs], drawn, n_draws)
    return Supply(
        graduates,
        graduates * own_kept,
        other_graduates * other_kept,
        groups,
        own_history,
        others,
        middle,
        tuple(basis),
        own_kept,
        np.zeros((n_draws, 1)) if displaced is None else displaced,
    )


def _own_draws(
    program: Program,
    awards: np.ndarray,
    people: dict[str, float],
    spread: float,
    n_draws: int,
    rng: np.random.Generator,
) -> tuple[np.ndarray, str]:
    """Draw a program's completers a year; from what is stated, else reported, else its sections."""
    stated = program.completers
    if isinstance(stated, Known):
        return np.full(n_draws, stated.value), "stated"
    if isinstance(stated, Assumed):
        return rng.triangular(stated.low, stated.value, stated.high, n_draws), "range"
    mean = float(awards.mean()) * people.get(program.award_level, 1.0)
    if mean == 0:
        if isinstance(program.sections, Known) and program.sections.value > 0:
            return program.sections.value * section_draws(program, n_draws, rng), "capacity"
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
