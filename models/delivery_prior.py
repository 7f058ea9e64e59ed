"""The prior share of promised jobs that get delivered, from published cohorts; each cohort predicted from the others.

One-way random effects with a known spread inside a group (a state over time): DerSimonian and Laird (1986), "Meta-
analysis in clinical trials", with every cohort's own sampling error taken as nothing beside the two spreads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from models.delivery import Prior


@dataclass(frozen=True)
class Cohort:
    """Projects of one place and time whose promised and delivered jobs somebody counted.

    Attributes:
        name: what is shown.
        group: cohorts of one group share a level (a state and its program).
        share: delivered jobs over promised jobs, 0 to 1.
    """

    name: str
    group: str
    share: float


@dataclass(frozen=True)
class Predicted:
    """A share with its spread.

    Attributes:
        mean: expected share.
        sd: standard deviation of a new cohort's share around it.
    """

    mean: float
    sd: float

    def interval(self, level: float = 0.8) -> tuple[float, float]:
        """Central interval of a normal law, held between 0 and 1."""
        z = NormalDist().inv_cdf(0.5 + level / 2)
        return max(0.0, self.mean - z * self.sd), min(1.0, self.mean + z * self.sd)


def predict(cohorts: Sequence[Cohort], group: str, within_sd: float) -> Predicted:
    """Share of a new cohort of a group, given published cohorts.

    Groups' levels spread around a common mean; a group's cohorts spread around its level by ``within_sd``. A group
    that has cohorts of its own is shrunk towards the common mean by the ratio of variances; a new group takes it.

    Args:
        cohorts: at least two groups.
        group: whose next cohort is wanted.
        within_sd: standard deviation of cohorts of one group over time, in shares.

    Raises:
        ValueError: fewer than two groups.
    """
    levels = {name: [item.share for item in cohorts if item.group == name] for name in {c.group for c in cohorts}}
    if len(levels) < 2:
        raise ValueError(f"predict: {len(levels)} group of cohorts; at least two are needed to tell their spread")
    means = np.array([np.mean(levels[name]) for name in sorted(levels)])
    noise = np.array([within_sd**2 / len(levels[name]) for name in sorted(levels)])
    between = max(float(means.var(ddof=1) - noise.mean()), within_sd**2 / 4)
    weights = 1 / (between + noise)
    common = float((weights * means).sum() / weights.sum())
    common_variance = float(1 / weights.sum())
    level_variance = between + common_variance
    if group not in levels:
        return Predicted(common, float(np.sqrt(level_variance + within_sd**2)))
    own, own_variance = float(np.mean(levels[group])), within_sd**2 / len(levels[group])
    kept = level_variance / (level_variance + own_variance)
    spread = kept * own_variance + within_sd**2
    return Predicted(common + kept * (own - common), float(np.sqrt(spread)))


def left_out(cohorts: Sequence[Cohort], within_sd: float) -> list[tuple[Cohort, Predicted]]:
    """Each cohort beside its prediction from all the others."""
    out = []
    for at, cohort in enumerate(cohorts):
        others = [item for other, item in enumerate(cohorts) if other != at]
        out.append((cohort, predict(others, cohort.group, within_sd)))
    return out


def effective_sample(share_zero: float, predicted: Predicted) -> float:
    """Projects that a prediction is worth: the ``Prior`` with that many spreads its overall mean by ``predicted.sd``.

    Its overall mean is (1 - p) m with p and m drawn from Betas of that sample, so to first order its variance is
    (p (1-p) m^2 + m (1-m) (1-p)^2) / (n + 1).
    """
    m = min(predicted.mean / (1 - share_zero), 1 - 1e-9)
    p = share_zero
    unit = p * (1 - p) * m**2 + m * (1 - m) * (1 - p) ** 2
    return float(unit / predicted.sd**2 - 1)


def updated_odds(prior: Prior, odds: float, strength: float, nothing: float, something: float) -> float:
    """A stage's factor on the odds of delivering nothing, after outcomes of projects that had reached the stage.

    The share that the factor implies is the mean of a Beta worth ``strength`` projects; outcomes add to it.

    Args:
        prior: share that delivers nothing, over all projects.
        odds: the stated factor.
        strength: projects that the stated factor is worth.
        nothing: outcomes with no job, each at its weight.
        something: outcomes with some.

    Returns:
        The factor that the updated share implies; infinite stays infinite.
    """
    if np.isinf(odds) or nothing + something == 0:
        return odds
    base = prior.share_zero / (1 - prior.share_zero)
    share = odds * base / (1 + odds * base)
    after = (share * strength + nothing) / (strength + nothing + something)
    return float(after / (1 - after) / base)
