"""Benchmarks, each a command that prints one JSON object."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from gapengine.commands import bench_forecasts
from gapengine.commands.options import JsonOption


def add(bench: typer.Typer) -> None:
    """Put the benchmarks on ``gapengine bench``."""
    bench_forecasts.add(bench)
    bench.command("delivery")(bench_delivery)
    bench.command("joining")(bench_joining)
    bench.command("staffing")(bench_staffing)
    bench.command("entrants")(bench_entrants)
    bench.command("backward")(bench_backward)
    bench.command("run")(bench_run)
    bench.command("report")(bench_report)
    bench.command("ingest")(bench_ingest)
    bench.command("match")(bench_match)
    bench.command("portfolio")(bench_portfolio)
    bench.command("announcements")(bench_announcements)
    bench.command("classify")(bench_classify)


def bench_delivery(as_json: JsonOption = True) -> None:
    """The share of promised jobs delivered: cohorts predicted from each other, known projects one by one."""
    from gapengine.benchmarks import delivery

    typer.echo(json.dumps(delivery.measure(), indent=2))


def bench_joining(
    texts: Annotated[Path, typer.Option("--texts", help="Folder of text files.")],
    labels: Annotated[Path, typer.Option("--labels", help="JSON lines, one per text and project.")],
    as_json: JsonOption = True,
) -> None:
    """How well texts about one project are joined: precision and recall over pairs, a held-out half apart."""
    from gapengine.benchmarks import joining

    typer.echo(json.dumps(joining.measure(texts, labels), indent=2))


def bench_staffing(as_json: JsonOption = True) -> None:
    """Staffing before and after fitting: rank correlation, weighted error, held-out occupations, registered nurses."""
    from gapengine.benchmarks import staffing

    typer.echo(json.dumps(staffing.measure(), indent=2))


def bench_entrants(as_json: JsonOption = True) -> None:
    """The entrant share against the nation's completers and openings."""
    from gapengine.benchmarks import entrants

    typer.echo(json.dumps(entrants.measure(), indent=2))


def bench_backward(
    last_year: Annotated[int, typer.Option("--known-to", help="Newest year of completions the advice knows.")] = 2021,
    as_json: JsonOption = True,
) -> None:
    """Advice on completions up to an earlier year, against the completions and totals that came after it."""
    from gapengine.benchmarks import backward

    typer.echo(json.dumps(backward.measure(last_year), indent=2))


def bench_ingest(
    rows: Annotated[int, typer.Option("--rows", help="Rows to generate and load.", min=1)] = 10_000_000,
    as_json: JsonOption = True,
) -> None:
    """Loading a QCEW-shaped file of ten million rows into Parquet with the parser's checks: seconds, peak memory."""
    from gapengine.benchmarks import ingest

    typer.echo(json.dumps(ingest.measure(rows), indent=2))


def bench_run(as_json: JsonOption = True) -> None:
    """Stage times and peak memory of a whole run with its report."""
    from gapengine.benchmarks import whole_run

    typer.echo(json.dumps(whole_run.measure(), indent=2))


def bench_match(as_json: JsonOption = True) -> None:
    """The matching alone: 1,000 draws of 120 programs and 400 occupations, on a usual map and on a tangled one."""
    from gapengine.benchmarks import matching

    typer.echo(json.dumps(matching.measure(), indent=2))


def bench_portfolio(as_json: JsonOption = True) -> None:
    """The portfolio of the embedded college: its base solution, every program as a candidate, and all questions."""
    from gapengine.benchmarks import portfolio

    typer.echo(json.dumps(portfolio.measure(), indent=2))


def bench_announcements(
    texts: Annotated[Path, typer.Option("--texts", help="Folder of text files: header lines, ---, text.")],
    labels: Annotated[Path | None, typer.Option("--labels", help="JSON lines that say what each text states.")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Write one JSON line per project found here.")] = None,
    as_json: JsonOption = True,
) -> None:
    """Facts read from announcements against labels: precision, recall and F1 per field; without labels only reads."""
    from gapengine.benchmarks import announcements

    typer.echo(json.dumps(announcements.measure(texts, labels, out), indent=2))


def bench_classify(as_json: JsonOption = True) -> None:
    """Descriptions put into industries: accuracy at two to four digits, top three and calibration, cross-validated."""
    from gapengine.benchmarks import classify

    typer.echo(json.dumps(classify.measure(), indent=2))


def bench_report(as_json: JsonOption = True) -> None:
    """The report from its plain data, PDF, HTML and Excel, and one employer brief: seconds, pages, peak memory."""
    from gapengine.benchmarks import report

    typer.echo(json.dumps(report.measure(), indent=2))
