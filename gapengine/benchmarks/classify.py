"""How well short texts are put into industries: cross-validation on the official index of activities."""

from __future__ import annotations

import time
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from gapengine import snapshot
from gapengine.benchmarks.machine import machine, peak_mb
from models.text import train

FOLDS = 5
_BINS = (0.0, 0.2, 0.4, 0.6, 0.8, 0.9, 1.0)


def measure(folds: int = FOLDS, seed: int = 1) -> dict[str, Any]:
    """Train on four fifths of the index (and the titles), predict the rest, over all folds.

    Args:
        folds: number of folds.
        seed: of the division into folds and of the calibrating examples.

    Returns:
        ``accuracy`` at two, three and four digits, ``top3`` at four, ``calibration`` (rows of predicted and observed
        share by bin), ``calibration_error`` (expected, weighted by rows), ``unsure`` (share without a four-digit code
        at probability 0.5, and the accuracy of the rest), ``train_seconds``.
    """
    start = time.process_time()
    table = snapshot.load(names=["naics_index"])["naics_index"]
    index = table[table["kind"] == "index"].reset_index(drop=True)
    titles = table[table["kind"] == "title"]
    rng = np.random.default_rng(seed)
    fold = rng.integers(folds, size=len(index))
    right = index["naics_code"].str[:4].to_numpy(str)
    best, sure = np.empty(len(index), dtype="U4"), np.zeros(len(index))
    top3 = np.zeros(len(index), dtype=bool)
    for number in range(folds):
        seen, unseen = index[fold != number], np.flatnonzero(fold == number)
        rows = pd.concat([seen, titles])
        model = train(rows["entry"].tolist(), rows["naics_code"].str[:4].tolist(), rng)
        chances = model.probabilities(index["entry"].to_numpy()[unseen].tolist())
        order = np.argsort(-chances, axis=1, kind="stable")
        best[unseen] = model.codes[order[:, 0]]
        sure[unseen] = chances.max(axis=1)
        top3[unseen] = (model.codes[order[:, :3]] == right[unseen, None]).any(axis=1)
    hit = best == right
    begin = time.process_time()
    train(table["entry"].tolist(), table["naics_code"].str[:4].tolist(), rng)
    return {
        "name": "classify",
        "machine": machine(),
        "what": f"{folds}-fold cross-validation on the NAICS index, titles always seen",
        "entries": len(index),
        "codes": len(set(right)),
        "accuracy": {str(n): _share([a[:n] == b[:n] for a, b in zip(best, right, strict=True)]) for n in (2, 3, 4)},
        "top3": _share(top3),
        "calibration": _bins(sure, hit),
        "calibration_error": _error(sure, hit),
        "unsure": {"share": _share(sure < 0.5), "accuracy_of_the_rest": _share(hit[sure >= 0.5])},
        "train_cpu_seconds": round(time.process_time() - begin, 2),
        "seconds": round(time.process_time() - start, 2),
        "peak_mb": peak_mb(),
    }


def _share(flags: Any) -> float:
    return round(float(np.mean(flags)), 4)


def _bins(sure: np.ndarray, hit: np.ndarray) -> list[dict[str, float | int]]:
    rows: list[dict[str, float | int]] = []
    for low, high in pairwise(_BINS):
        inside = (sure > low) & (sure <= high)
        if inside.any():
            rows.append(
                {
                    "up_to": high,
                    "predicted": _share(sure[inside]),
                    "observed": _share(hit[inside]),
                    "n": int(inside.sum()),
                }
            )
    return rows


def _error(sure: np.ndarray, hit: np.ndarray) -> float:
    rows = _bins(sure, hit)
    gaps = [abs(row["predicted"] - row["observed"]) * row["n"] for row in rows]
    return round(float(sum(gaps) / len(sure)), 4)
