"""Published counts of delivered jobs (delivery_cohorts.toml), the prior they give, each predicted from the others."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Literal

from gapengine.assumptions import Assumptions
from models.delivery_prior import Cohort, Predicted, effective_sample, left_out, predict

OWN = "North Carolina"


@dataclass(frozen=True)
class Published:
    """One published count.

    Attributes:
        name: key in the file.
        title: what was counted, where and when.
        state: the group it belongs to.
        use: mean (share of promised jobs delivered), zero (share of projects without a job) or none.
        share: as published, or numerator over denominator.
        why: why it is used, or not.
        address: who published it.
        numerator, denominator: where both are published.
    """

    name: str
    title: str
    state: str
    use: Literal["mean", "zero", "none"]
    share: float
    why: str
    address: str
    numerator: float | None = None
    denominator: float | None = None


@dataclass(frozen=True)
class Estimate:
    """What the cohorts say of the next one of the own state.

    Attributes:
        mean: expected share of promised jobs delivered, and the spread of a cohort around it.
        share_zero: share of projects that deliver nothing: the middle of the published bounds.
        zero_range: those bounds.
        effective_sample: projects that the prior is worth.
    """

    mean: Predicted
    share_zero: float
    zero_range: tuple[float, float]
    effective_sample: float


def published() -> tuple[Published, ...]:
    """All counts of the file, in its order."""
    text = (files("gapengine") / "data" / "delivery_cohorts.toml").read_text(encoding="utf-8")
    return tuple(Published(name=name, **entry) for name, entry in tomllib.loads(text).items())


def means(rows: Sequence[Published]) -> list[Cohort]:
    """Cohorts that count towards the mean."""
    return [Cohort(row.title, row.state, row.share) for row in rows if row.use == "mean"]


def estimate(rows: Sequence[Published], assumptions: Assumptions) -> Estimate:
    """The prior for the next projects of the own state."""
    mean = predict(means(rows), OWN, assumptions.value("announcement.cohort_spread"))
    zero = sorted(row.share for row in rows if row.use == "zero")
    middle = (zero[0] + zero[-1]) / 2
    return Estimate(mean, middle, (zero[0], zero[-1]), effective_sample(middle, mean))


def each_from_the_others(rows: Sequence[Published], assumptions: Assumptions) -> list[tuple[Cohort, Predicted]]:
    """Each cohort of the mean beside its prediction from all the others."""
    return left_out(means(rows), assumptions.value("announcement.cohort_spread"))
