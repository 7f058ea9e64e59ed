"""Jobs of single county-industries: published history, the nowcast, and the years ahead with their intervals.

The same steps as in a run (gapengine.demand.industries), for one county and industry at a time, and with the nation's
expected growth put back, which a run takes from the occupations instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd

from gapengine.assumptions import Assumptions
from gapengine.college import College
from gapengine.demand.industries import PRIVATE, county_growth, private_levels, years_since_history
from gapengine.errors import UsageError
from gapengine.snapshot import Snapshot
from models.nowcast import carry_to_totals
from models.panel_errors import ErrorScales, draw_common, draw_paths

_LEVELS = {"lo95": 0.025, "lo80": 0.1, "p50": 0.5, "hi80": 0.9, "hi95": 0.975}
_MARCH = 2.4 / 12


@dataclass(frozen=True)
class Point:
    """One published figure.

    Attributes:
        year: March of this year.
        jobs: as published; None where withheld or absent.
        source: QCEW or CBP, two classifications that do not join.
        status: published, derived, suppressed or absent.
    """

    year: int
    jobs: float | None
    source: str
    status: str


@dataclass(frozen=True)
class YearAhead:
    """Jobs in March of a year: mean, median, and the 80% and 95% intervals."""

    year: int
    mean: float
    p50: float
    lo80: float
    hi80: float
    lo95: float
    hi95: float


@dataclass(frozen=True)
class CountyIndustry:
    """The forecast of one industry of one county, or of several added up.

    Attributes:
        county_fips, county: the county.
        naics_code: two to four digits, or 10 for all private industries.
        title: the industry's name.
        history: what was published, oldest first.
        nowcast: jobs at the date of the newest totals; nowcast_at is that date in years.
        years: the forecast.
        imputed: whether the last level was estimated, not published.
        growth: log points a year that are expected, and their parts: nation, place (state and county), own.
        origins: where each number comes from, in words.
    """

    county_fips: str
    county: str
    naics_code: str
    title: str
    history: tuple[Point, ...]
    nowcast: float
    nowcast_at: float
    years: tuple[YearAhead, ...]
    imputed: bool
    growth: dict[str, float]
    origins: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """Every field, numbers as they are."""
        return asdict(self)


def forecasts(
    snapshot: Snapshot,
    college: College,
    assumptions: Assumptions,
    *,
    counties: Sequence[str],
    industries: Sequence[str],
    horizon: int,
    rng: np.random.Generator,
) -> tuple[CountyIndustry, ...]:
    """Forecast chosen industries of chosen counties, each county's largest first.

    Args:
        snapshot: every figure.
        college: the labor shed, whose counties may be named.
        assumptions: premiums and the number of draws.
        counties: FIPS codes or names; empty for the first area's counties.
        industries: NAICS codes of two to four digits (a shorter code is the sum of its parts), 10 for all private
            jobs; empty for 10 and the eight largest industries of each county.
        horizon: years after the newest totals.
        rng: source of randomness.

    Raises:
        UsageError: a county is not in the labor shed, an industry is in none of its counties, or the horizon is not
            between 1 and 15 years.
    """
    if not 1 <= horizon <= 15:
        raise UsageError(f"--horizon {horizon}: expected 1 to 15 years; errors beyond were measured nowhere.")
    chosen = _counties(college, counties)
    shed = [fips for area in college.areas for fips in area.counties]
    cells = _nowcast(snapshot, college, assumptions, shed)
    known = set(cells.index.get_level_values("naics_code"))
    for code in industries:
        if code != "10" and not any(name.startswith(code) for name in known):
            raise UsageError(f"--industry {code}: no private industry of the labor shed starts with it (or use 10).")
    scales = ErrorScales.from_frame(snapshot["error_scales"])
    newest = years_since_history(snapshot) + float(snapshot["industry_employment"]["year"].max()) + _MARCH
    years = np.arange(int(newest) + 1, int(newest) + 1 + horizon)
    drawn = _draws(cells, years, newest, snapshot, scales, assumptions, rng)
    titles = snapshot["naics_titles"].drop_duplicates("naics_code").set_index("naics_code")["naics_title"]
    out = []
    for fips, name in chosen.items():
        own = cells.xs(fips, level="county_fips")
        for code in industries or ["10", *own["nowcast"].nlargest(8).index]:
            members = [at for at, cell in enumerate(cells.index) if cell[0] == fips and _holds(code, cell[1])]
            if members:
                title = "All private industries" if code == "10" else str(titles.get(code, f"NAICS {code}"))
                part = cells.iloc[members]
                paths = drawn[:, members, :].sum(axis=1)
                out.append(_told(snapshot, fips, name, code, title, part, paths, years, newest))
    return tuple(out)


def _counties(college: College, wanted: Sequence[str]) -> dict[str, str]:
    names = college.county_names
    if not wanted:
        return {fips: names[fips] for fips in college.areas[0].counties}
    found = {}
    for text in wanted:
        fits = [fips for fips, name in names.items() if text.lower() in (fips, name.lower())]
        if not fits:
            listed = ", ".join(f"{name} ({fips})" for fips, name in names.items())
            raise UsageError(f"--county {text}: not in the labor shed, which has {listed}.")
        found[fits[0]] = names[fits[0]]
    return found


def _nowcast(snapshot: Snapshot, college: College, assumptions: Assumptions, shed: Sequence[str]) -> pd.DataFrame:
    """Cells of every county of the shed at the newest totals: nowcast, jobs, imputed, growth parts, bridge_sd."""
    private, bridge_sd = private_levels(snapshot, list(shed))
    private = private.join(county_growth(snapshot, private, f"{college.state_fips}000", assumptions))
    totals = snapshot["area_totals"]
    totals = totals[(totals["year"] == totals["year"].max()) & (totals["own_code"] == PRIVATE)]
    newest = totals.set_index("area_fips")["employment"].astype(float)
    outlook = snapshot["industry_outlook"].set_index("naics_code")["growth_per_year"]
    nation = outlook.reindex(private.index.get_level_values("naics_code")).fillna(outlook.mean()).to_numpy(float)
    now = carry_to_totals(
        private["jobs"].to_numpy(float),
        private.index.get_level_values("county_fips").tolist(),
        {fips: float(newest[fips]) for fips in shed},
        years=years_since_history(snapshot),
        growth=nation,
        once=private["settling"].to_numpy(float),
        scales=ErrorScales.from_frame(snapshot["error_scales"]),
    )
    occupations = snapshot["occupations"]
    span = float((occupations["target_year"] - occupations["base_year"]).iloc[0])
    total = np.log(occupations["employment_target"].sum() / occupations["employment_base"].sum()) / span
    # the pandemic year in the industries' projection gives way to the newest projection of all jobs
    nation = nation + total - np.average(nation, weights=now.levels)
    return private.assign(nowcast=now.levels, nation=nation, bridge_sd=bridge_sd)


def _draws(
    cells: pd.DataFrame,
    years: np.ndarray,
    newest: float,
    snapshot: Snapshot,
    scales: ErrorScales,
    assumptions: Assumptions,
    rng: np.random.Generator,
) -> np.ndarray:
    """(K, N, H) jobs. Own errors run since the last history, the common one since the newest totals.

    What is uncertain at the newest totals (own errors until then, the two classifications) is only how a county's total
    splits: every draw meets it.
    """
    ahead = years + _MARCH - newest
    since = years_since_history(snapshot)
    sizes, n_draws = cells["nowcast"].to_numpy(float), assumptions.whole("draws")
    labels = cells.index.get_level_values("naics_code").to_numpy()
    horizon = np.concatenate([[since], since + ahead])
    own = draw_paths(np.zeros(len(cells)), horizon, sizes, scales, n_draws, rng, groups=labels, common=False)
    spread = cells["bridge_sd"].to_numpy(float)
    own += (rng.standard_normal((n_draws, len(cells))) * spread - spread**2 / 2)[:, :, None]
    position, _ = pd.factorize(cells.index.get_level_values("county_fips"))
    member = np.eye(position.max() + 1)[position]
    level = sizes * np.exp(own[:, :, 0])
    met = level * ((sizes @ member) / (level @ member))[:, position]
    growth = (cells["nation"] + cells["growth_deviation"]).to_numpy(float)
    log = own[:, :, 1:] - own[:, :, :1] + growth[:, None] * ahead
    log += draw_common(ahead, scales, n_draws, rng)[:, None, :]
    return np.asarray(met[:, :, None] * np.exp(log))


def _told(
    snapshot: Snapshot,
    fips: str,
    county: str,
    code: str,
    title: str,
    part: pd.DataFrame,
    paths: np.ndarray,
    years: np.ndarray,
    newest: float,
) -> CountyIndustry:
    quantiles = {name: np.quantile(paths, level, axis=0) for name, level in _LEVELS.items()}
    ahead = tuple(
        YearAhead(
            int(year), float(paths[:, at].mean()), **{name: float(values[at]) for name, values in quantiles.items()}
        )
        for at, year in enumerate(years)
    )
    weight = part["nowcast"] / part["nowcast"].sum()
    nation, deviation = (float((part[name] * weight).sum()) for name in ("nation", "growth_deviation"))
    imputed = bool(part["imputed"].any())
    origins = [
        "History: QCEW (2015-16) and County Business Patterns (from 2017), March, private; two classifications that "
        "do not join.",
        f"Nowcast at {_quarter(newest)}: last level, grown by the national projection of its industry, then all "
        "industries of the county scaled to its QCEW total.",
        "Growth: projected national growth of the industry, moved so that all jobs grow as the newest projection says, "
        "plus the state's and the county's premium and what of the local growth lasts.",
        "Intervals: own errors measured on county-industries of another state, the spread between the two "
        "classifications, and one factor common to all from the past of two metropolitan areas.",
    ]
    if imputed:
        names = [str(name) for name in part.index[part["imputed"]].get_level_values("naics_code")]
        listed = f"{', '.join(names[:6])}{' and others' if len(names) > 6 else ''}"
        origins.append(f"Imputed: the last level of {listed} was not published and stands at an earlier one.")
    return CountyIndustry(
        fips,
        county,
        code,
        title,
        _history(snapshot, fips, code),
        float(part["nowcast"].sum()),
        newest,
        ahead,
        imputed,
        {"nation": nation, "above the nation": deviation},
        tuple(origins),
    )


def _history(snapshot: Snapshot, fips: str, code: str) -> tuple[Point, ...]:
    """Published sums of a year; unknown where a part is withheld. Absent cells hold under three establishments."""
    table = snapshot["industry_employment"]
    table = table[(table["county_fips"] == fips) & (table["own_code"] == PRIVATE)]
    rows = table[[_holds(code, name) for name in table["naics_code"]]]
    out = []
    for _, part in rows.groupby(["source", "year"], sort=True):
        source, year = part["source"].iloc[0], part["year"].iloc[0]
        states = set(part["status"])
        withheld = "suppressed" in states
        jobs = np.nan if withheld else part["employment"].sum(min_count=1)
        status = "suppressed" if withheld else min(states - {"absent"}, default="absent")
        out.append(Point(int(year), None if pd.isna(jobs) else float(jobs), str(source), status))
    return tuple(sorted(out, key=lambda point: (point.year, point.source)))


def _holds(code: str, naics_code: str) -> bool:
    return code == "10" or naics_code.startswith(code)


def _quarter(at: float) -> str:
    return f"{int(at)} Q{int((at % 1) * 4) + 1}"
