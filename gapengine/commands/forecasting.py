"""Commands about forecasts: forecast shows single county-industries, backtest what past forecasts were worth."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from gapengine.commands.options import (
    AsOfOption,
    CollegeOption,
    JsonOption,
    SeedOption,
    SetOption,
    SnapshotOption,
    inputs,
)

CountyOption = Annotated[
    list[str] | None, typer.Option("--county", help="County by name or five digits; may be given several times.")
]
IndustryOption = Annotated[
    list[str] | None,
    typer.Option("--industry", help="NAICS code of two to four digits, or 10 for all; may be given several times."),
]
HorizonOption = Annotated[int, typer.Option("--horizon", help="Years ahead of the newest totals, 1 to 15.")]
OutOption = Annotated[Path | None, typer.Option("--out", help="Folder for forecasts.csv and a chart each (SVG).")]


def add(app: typer.Typer) -> None:
    """Put the commands on the application."""
    app.command()(forecast)
    app.command()(backtest)


def forecast(
    county: CountyOption = None,
    industry: IndustryOption = None,
    horizon: HorizonOption = 7,
    college: CollegeOption = None,
    figures: SnapshotOption = None,
    as_of: AsOfOption = None,
    seed: SeedOption = 1,
    settings: SetOption = None,
    out: OutOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show jobs of county-industries: history, nowcast, the years ahead with 80% and 95% intervals, their origin."""
    import numpy as np

    from gapengine import forecasting
    from gapengine.terminal import forecasts

    given = inputs(college, as_of, settings or [], figures=figures)
    found = forecasting.forecasts(
        given.snapshot,
        given.college,
        given.assumptions,
        counties=county or [],
        industries=industry or [],
        horizon=horizon,
        rng=np.random.default_rng(seed),
    )
    written = forecasts.write(found, out) if out is not None else ()
    if as_json:
        typer.echo(json.dumps([item.as_json() for item in found], indent=2))
        return
    forecasts.show(found)
    for path in written:
        typer.echo(f"Wrote {path}")


def backtest(as_json: JsonOption = False) -> None:
    """Say what past forecasts were worth, on other places and on the snapshot, and what cannot be tested."""
    from gapengine import backtesting, snapshot, track_record
    from gapengine.terminal import forecasts

    loaded = snapshot.load()
    findings, origins = track_record.findings(loaded), backtesting.rolling(loaded)
    if as_json:
        shown = {
            "findings": [item.as_json() for item in findings],
            "snapshot_origins": [item.as_json() for item in origins],
            "cannot_be_tested": list(track_record.CANNOT_BE_TESTED),
        }
        typer.echo(json.dumps(shown, indent=2))
        return
    forecasts.show_record(findings, origins, track_record.CANNOT_BE_TESTED)
