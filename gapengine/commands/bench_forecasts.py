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
    bench.command("maryland")(bench_maryland)
    bench.command("scale")(bench_scale)


def bench_forecast(
    data: DataOption,
    names: Annotated[list[str] | None, typer.Option("--set", help="A set to take; repeat for more.")] = None,
    peer: Annotated[str | None, typer.Option("--peer", help="A competitor on the same series: statsforecast.")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Parquet file for the forecasts and intervals.")] = None,
    workers: WorkersOption = 1,
    boosted: Annotated[bool, typer.Option("--boosted", help="Try gradient boosting for the correction too.")] = False,
    as_json: JsonOption = True,
) -> None:
    """Forecast accuracy, coverage, processor time and memory on benchmark sets, by the M4 competition's rules."""
    from gapengine.benchmarks import forecasting

    typer.echo(json.dumps(forecasting.measure(data, tuple(names or ()), peer, out, workers, boosted), indent=2))


def bench_maryland(
    data: Annotated[Path, typer.Option("--data", help="CSV of QCEW employment: area, sector, year, quarter.")],
    peer: Annotated[str | None, typer.Option("--peer", help="A competitor on the same series: statsforecast.")] = None,
    as_json: JsonOption = True,
) -> None:
    """Employment by county and sector against naive forecasts and a peer, held out and over twelve origins."""
    from gapengine.benchmarks import maryland

    typer.echo(json.dumps(maryland.measure(data, peer), indent=2))


def bench_scale(
    series: Annotated[int, typer.Option("--series", min=1, help="How many made-up quarterly series.")] = 300_000,
    length: Annotated[int, typer.Option("--length", min=40, help="Quarters of each series.")] = 88,
    workers: WorkersOption = 2,
    scheduler: Annotated[
        str | None, typer.Option("--scheduler", help="Address of a Dask scheduler that runs the batches.")
    ] = None,
    as_json: JsonOption = True,
) -> None:
    """Time and memory of forecasting 300,000 quarterly series with intervals, and of a twelve-origin backtest."""
    from gapengine.benchmarks import scale

    typer.echo(json.dumps(scale.measure(series, length, workers, scheduler), indent=2))
