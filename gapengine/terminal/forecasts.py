"""Forecasts of county-industries and the track record on the terminal, as CSV and as charts."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from gapengine.backtesting import OriginScore
from gapengine.errors import UsageError
from gapengine.forecasting import CountyIndustry
from gapengine.track_record import Finding
from reports.charts.outlook import Outlook, outlook

_MARCH = 2.4 / 12  # the axis counts Marches
_BARS = "▁▂▃▄▅▆▇█"
_COLUMNS = (
    "county_fips",
    "county",
    "naics_code",
    "title",
    "kind",
    "year",
    "jobs",
    "lo80",
    "hi80",
    "lo95",
    "hi95",
    "source",
)


def sparkline(values: Sequence[float | None]) -> str:
    """One character a value, from the least to the greatest; a gap where a value is unknown."""
    known = [value for value in values if value is not None]
    if not known:
        return ""
    low, high = min(known), max(known)
    span = high - low or 1.0
    return "".join(" " if v is None else _BARS[round((v - low) / span * (len(_BARS) - 1))] for v in values)


def show(found: Sequence[CountyIndustry]) -> None:
    """Print one table, then where the numbers come from."""
    console = Console(highlight=False)
    last = found[0].years[-1].year
    table = Table(box=None, pad_edge=False)
    wide = console.width >= 104  # narrower terminals do without the 95% interval
    for name in ("county", "industry", ""):
        table.add_column(name, no_wrap=True)
    for name in ("nowcast", f"{last}", "80%", *(("95%",) if wide else ())):
        table.add_column(name, justify="right", no_wrap=True)
    for item in found:
        end = item.years[-1]
        cbp = [point.jobs for point in item.history if point.source == "CBP" and point.year >= 2018]
        name = f"{item.naics_code} {item.title}"
        name = name if len(name) <= 19 or wide else f"{name[:18]}…"
        row = [
            item.county,
            f"{name}{' *' if item.imputed else ''}",
            sparkline([*cbp, None, item.nowcast, *(year.mean for year in item.years)]),
            f"{item.nowcast:,.0f}",
            f"{end.mean:,.0f}",
            f"{end.lo80:,.0f}–{end.hi80:,.0f}",
            f"{end.lo95:,.0f}–{end.hi95:,.0f}",
        ]
        table.add_row(*row[: 7 if wide else 6])
    console.print(table)
    console.print("Jobs in March. The line: County Business Patterns from 2018, a gap, then nowcast and expected jobs.")
    if any(item.imputed for item in found):
        console.print("* the last level, or that of a part, was not published and is estimated.")
    for line in found[0].origins[:4]:
        console.print(f"- {line}")


def write(found: Sequence[CountyIndustry], folder: Path) -> tuple[Path, ...]:
    """Write forecasts.csv and one SVG an industry; returns the files.

    Raises:
        UsageError: the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        written = [folder / "forecasts.csv"]
        with written[0].open("w", newline="", encoding="utf-8") as file:
            table = csv.writer(file)
            table.writerow(_COLUMNS)
            for item in found:
                table.writerows(_rows(item))
        for item in found:
            path = folder / f"{item.county_fips}_{item.naics_code}.svg"
            path.write_text(_drawn(item), encoding="utf-8")
            written.append(path)
    except OSError as error:
        raise UsageError(f"--out {folder}: cannot write there ({error.strerror}). Choose another folder.") from None
    return tuple(written)


def show_record(findings: Sequence[Finding], origins: Sequence[OriginScore], untested: Sequence[str]) -> None:
    """Print the findings by topic, the origins of the snapshot, and what cannot be tested."""
    console = Console(highlight=False)
    topic = ""
    for item in findings:
        if item.topic != topic:
            topic = item.topic
            console.print(f"\n[bold]{topic.capitalize()}[/bold]")
        mark = {True: "+", False: "–", None: "·"}[item.good]
        console.print(f"{mark} {item.sentence} ({item.n:,} tested; {item.source})")
    console.print("\n[bold]On this snapshot[/bold] (County Business Patterns of the labor shed)")
    table = Table(box=None, pad_edge=False)
    names = list(origins[0].skill)
    for name in ("origin", "years", "series", *(f"against {name}" for name in names), "80%", "95%", "2020"):
        table.add_column(name, justify="right")
    for score in origins:
        skills = [f"{score.skill[name]:+.1%}" for name in names]
        inside = (f"{score.coverage80:.0%}", f"{score.coverage95:.0%}")
        table.add_row(
            str(score.origin), str(score.years), f"{score.n:,}", *skills, *inside, "yes" if score.holds_2020 else "no"
        )
    console.print(table)
    console.print("\n[bold]Not tested[/bold]")
    for line in untested:
        console.print(f"· {line}")


def _rows(item: CountyIndustry) -> list[list[object]]:
    head = [item.county_fips, item.county, item.naics_code, item.title]
    rows: list[list[object]] = []
    for point in item.history:
        jobs = "" if point.jobs is None else f"{point.jobs:.0f}"
        rows.append([*head, point.status, point.year, jobs, "", "", "", "", point.source])
    basis = "nowcast, last level imputed" if item.imputed else "nowcast"
    rows.append([*head, basis, f"{item.nowcast_at:.2f}", f"{item.nowcast:.0f}", "", "", "", "", "QCEW total"])
    for year in item.years:
        ends = (year.lo80, year.hi80, year.lo95, year.hi95)
        rows.append([*head, "expected", year.year, f"{year.mean:.0f}", *(f"{end:.0f}" for end in ends), "forecast"])
    return rows


def _drawn(item: CountyIndustry) -> str:
    end = item.years[-1]
    title = (
        f"{item.title}, {item.county} County: {end.p50:,.0f} jobs in {end.year}, 80% between {end.lo80:,.0f} and "
        f"{end.hi80:,.0f}"
    )
    picture = outlook(
        Outlook(
            title,
            [(point.year, point.jobs, point.source) for point in item.history if point.jobs is not None],
            (item.nowcast_at - _MARCH, item.nowcast),
            [year.year for year in item.years],
            *([getattr(year, name) for year in item.years] for name in ("p50", "lo80", "hi80", "lo95", "hi95")),
        )
    )
    return str(picture)
