"""Benchmarks of the forecasting engine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from gapengine.commands.options import JsonOption

DataOption = Annotated[
    Path, typer.Option("--data", help="Folder with sets as Parquet or CSV: series_id, t, y, split, horizon, season.")
]
WorkersOption = Annotated[int, typer.Option("--workers", min=1, help="Processes that share batches of 4,096 series.")]


def add(bench: typer.Typer) -> None:
    """Put the forecasting benchmarks on ``gapengine bench``."""
    bench.command("forecast")(bench_forecast)


def bench_forecast(
    data: DataOption,
    names: Annotated[list[str] | None, typer.Option("--set", help="A set to take; repeat for more.")] = None,
    peer: Annotated[str | None, typer.Option("--peer", help="A competitor on the same series: statsforecast.")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Parquet file for the forecasts and intervals.")] = None,
    workers: WorkersOption = 1,
    as_json: JsonOption = True,
) -> None:
    """Forecast accuracy, coverage, processor time and memory on benchmark sets, by the M4 competition's rules."""
    from gapengine.benchmarks import forecasting

    typer.echo(json.dumps(forecasting.measure(data, tuple(names or ()), peer, out, workers), indent=2))
