"""Benchmarks, each a command that prints one JSON object."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from gapengine.commands.options import JsonOption


def add(bench: typer.Typer) -> None:
    """Put the benchmarks on ``gapengine bench``."""
    bench.command("staffing")(bench_staffing)
    bench.command("entrants")(bench_entrants)
    bench.command("run")(bench_run)
    bench.command("forecast")(bench_forecast)


def bench_staffing(as_json: JsonOption = True) -> None:
    """Staffing before and after fitting: rank correlation, weighted error, held-out occupations, registered nurses."""
    from gapengine.benchmarks import staffing

    typer.echo(json.dumps(staffing.measure(), indent=2))


def bench_entrants(as_json: JsonOption = True) -> None:
    """The entrant share against the nation's completers and openings."""
    from gapengine.benchmarks import entrants

    typer.echo(json.dumps(entrants.measure(), indent=2))


def bench_run(as_json: JsonOption = True) -> None:
    """Stage times and peak memory of a whole run with its report."""
    from gapengine.benchmarks import whole_run

    typer.echo(json.dumps(whole_run.measure(), indent=2))


def bench_forecast(
    data: Annotated[
        Path, typer.Option(help="Folder with sets as Parquet or CSV: series_id, t, y, split, horizon, season.")
    ],
    set_: Annotated[
        list[str] | None, typer.Option("--set", help="A set to take; repeat for more. Default: all.")
    ] = None,
    peer: Annotated[str | None, typer.Option(help="A competitor to run on the same series: statsforecast.")] = None,
    out: Annotated[Path | None, typer.Option(help="Parquet file for the forecasts with their intervals.")] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes that share batches of 4,096 series.")] = 1,
    as_json: JsonOption = True,
) -> None:
    """Forecast accuracy, coverage, processor time and memory on benchmark sets, by the M4 competition's rules."""
    from gapengine.benchmarks import forecasting

    typer.echo(json.dumps(forecasting.measure(data, tuple(set_ or ()), peer, out, workers), indent=2))
