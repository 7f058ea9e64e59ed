"""The three numbers by which a distribution over draws is printed: its 10th, 50th and 90th percentile."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Quantiles:
    """Percentiles of draws, in the unit of the draws; each array has the shape of one draw."""

    p10: Floats
    p50: Floats
    p90: Floats


def quantiles(draws: Floats) -> Quantiles:
    """Reduce draws to p10, p50 and p90 along axis 0, by linear interpolation between order statistics.

    Args:
        draws: (K, ...) at least one draw, no value missing.

    Returns:
        The percentiles, each of shape (...).

    Raises:
        ValueError: there is no draw, or a value is missing (an unknown has no percentile).
    """
    draws = np.asarray(draws, dtype=np.float64)
    if draws.ndim == 0 or draws.shape[0] == 0:
        raise ValueError(f"quantiles of draws of shape {draws.shape}: expected at least one draw along axis 0")
    if np.isnan(draws).any():
        raise ValueError("quantiles of draws that hold missing values: leave out what is unknown before reducing it")
    p10, p50, p90 = np.quantile(draws, [0.1, 0.5, 0.9], axis=0)
    return Quantiles(p10=np.asarray(p10), p50=np.asarray(p50), p90=np.asarray(p90))
