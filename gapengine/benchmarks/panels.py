"""Panels of past employment that forecasts are tested on: counties by industry, states, the nation's industries.

The files are the agencies' (QCEW, County Business Patterns, BEA, Employment Projections), found by name below one
folder; none of them is in a run's snapshot, so a test of a method never reads what the method was fed with.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from connectors import bls_projections


@dataclass(frozen=True)
class Nation:
    """The nation's jobs by industry line over many years, and what was projected for all of them.

    Attributes:
        lines: jobs by BEA line, one column a year.
        state: the same lines in the panel's state; null where BEA withholds them.
        total: jobs of all private nonfarm industries, the same columns.
        projected: official projection of all jobs, log points a year.
    """

    lines: pd.DataFrame
    state: pd.DataFrame
    total: pd.Series
    projected: float


@dataclass(frozen=True)
class Panel:
    """Private employment by county and four-digit industry, and by industry in the state.

    Attributes:
        name: the place.
        source: agency, data set and years.
        local: jobs, indexed by (county, industry), one column a year, null where not published.
        state: jobs, indexed by industry, the same columns; a column is null where it does not join the next one.
        total: jobs of all private industries of the state, the same columns.
        nation: the longer history behind the state's.
        line_of: industry -> line of `nation`; an industry that no line holds is left out.
    """

    name: str
    source: str
    local: pd.DataFrame
    state: pd.DataFrame
    total: pd.Series
    nation: Nation
    line_of: pd.Series

    def half(self, second: bool) -> Panel:
        """Every other county of the panel, the first or the second half; state and nation stay whole."""
        county = self.local.index.get_level_values(0)
        chosen = sorted(set(county))[int(second) :: 2]
        return Panel(
            self.name, self.source, self.local[county.isin(chosen)], self.state, self.total, self.nation, self.line_of
        )


def georgia(data: Path) -> Panel:
    """QCEW annual averages 2014-18; 2014 is 2015 less the published change, where both codes disclose it."""
    raw = pd.read_parquet(data / "official/qcew_api/ga_2015_2018_annual_private.parquet")
    text = ["area_fips", "industry_code", "disclosure_code", "oty_disclosure_code"]
    raw[text] = raw[text].astype("str")

    def wide(level: int) -> pd.DataFrame:
        rows = raw[(raw["agglvl_code"] == level) & (raw["disclosure_code"] == "")]
        now = rows.assign(year=rows["year"].astype(int), jobs=rows["annual_avg_emplvl"].astype(float))
        base = now[(now["year"] == 2015) & (now["oty_disclosure_code"] == "")]
        before = base.assign(year=2014, jobs=base["jobs"] - base["oty_annual_avg_emplvl_chg"])
        both = pd.concat([before, now])
        out = both.pivot_table(index=["area_fips", "industry_code"], columns="year", values="jobs", observed=True)
        return out.where(out > 0)

    local = wide(76)
    state = wide(56).droplevel("area_fips").reindex(sorted(set(local.index.get_level_values(1))))
    source = "BLS QCEW, Georgia, counties x NAICS 4-digit, private, annual averages 2014-18"
    return Panel("Georgia", source, local, state, wide(51).iloc[0], nation(data, "13000"), _lines(data, state.index))


def north_carolina(data: Path, years: Sequence[int] = (2017, 2018, 2019, 2020, 2021)) -> Panel:
    """County Business Patterns, March, 100 counties; the state is the sum of its published cells.

    The rule of what is withheld changed between 2017 and 2018: the sums of 2017 do not join those of 2018.
    """
    folder = data / "official/cbp"
    parts = []
    for year in years:
        wide = pd.read_csv(folder / f"cbp_nc_counties_naics4_{year}.csv", dtype={"Fips": "str"}).set_index("Fips")
        jobs = wide.filter(regex=r"^Emp-\d{4}$").rename(columns=lambda name: name[4:])
        long = jobs.apply(pd.to_numeric).reset_index().melt("Fips", var_name="naics_code", value_name=str(year))
        parts.append(long.set_index(["Fips", "naics_code"])[str(year)].rename(year))
    local = pd.concat(parts, axis=1).rename_axis(index=["county_fips", "naics_code"])
    local = local.where(local > 0).dropna(how="all")
    state = local.groupby(level=1).sum(min_count=1)
    total = state.sum()
    if 2017 in state.columns:
        state[2017], total[2017] = np.nan, np.nan
    source = f"Census County Business Patterns, North Carolina, counties x NAICS 4-digit, {years[0]}-{years[-1]}"
    return Panel("North Carolina", source, local, state, total, nation(data, "37000"), _lines(data, state.index))


def nation(data: Path, state_fips: str) -> Nation:
    """BEA SAEMP25N 2009-18, lines of the nation and of a state, and the total that EP 2016-26 projected."""
    raw = pd.read_csv(data / "tables/bea_state_employment_2009_2018.csv", dtype={"geo_fips": "str"})
    by_place = {
        fips: part.pivot_table(index="line_code", columns="year", values="jobs")
        for fips, part in raw[raw["geo_fips"].isin(["00000", state_fips])].groupby("geo_fips")
    }
    lines = by_place["00000"]
    detail = lines[(lines > 0).all(axis=1)].loc[100:1999]
    name = "occupation_2016_26.xlsx"
    jobs = bls_projections.parse_projections(data / "official/ep" / name, name).set_index("soc_code")
    names = ["base_year", "target_year", "employment_base", "employment_target"]
    base_year, target_year, base, target = jobs.loc["00-0000", names].to_numpy(float)
    projected = np.log(target / base) / (target_year - base_year)
    state = by_place[state_fips].reindex(detail.index)
    return Nation(
        detail, state.where(state > 0), pd.Series(lines.loc[90].to_numpy(float), lines.columns), float(projected)
    )


def triangle_jobs(data: Path) -> pd.DataFrame:
    """Wage and salary jobs 2001-18 of seven counties: BEA compensation (line 1) / compensation per job (line 9)."""
    raw = pd.read_csv(data / "tables/bea_nc_compensation_durham_2001_2018.csv", dtype={"county_fips": "str"})
    line = {
        k: raw[raw["line_code"] == k].pivot_table(index="county_name", columns="year", values="compensation")
        for k in (1, 9)
    }
    return 1000.0 * line[1] / line[9]


def state_jobs(data: Path) -> pd.DataFrame:
    """Wage and salary jobs 2009-18 of the states (BEA SAEMP25N line 20)."""
    raw = pd.read_csv(data / "tables/bea_state_employment_2009_2018.csv")
    state = (raw["geo_fips"] % 1000 == 0) & raw["geo_fips"].between(1000, 56000) & (raw["line_code"] == 20)
    return raw[state].pivot_table(index="geo_name", columns="year", values="jobs")


def maryland_jobs(data: Path) -> pd.DataFrame:
    """First-quarter jobs 2011-19 by jurisdiction and sector; jurisdictions with a typing error are left out.

    Saint Mary's 2014 and 2019, Calvert, Charles and Garrett jump by 15% or more in a year and back: not employment.
    """
    raw = pd.read_csv(data / "benchmarks/qcew_md_quarterly.csv", dtype={"naics_sector": "str"})
    raw = raw[raw["quarter"] == 1]
    wide = raw.pivot_table(index=["area", "sector"], columns="year", values="employment")
    return wide.drop(["Saint Mary's", "Calvert", "Charles", "Garrett"], level="area")


def _lines(data: Path, industries: pd.Index) -> pd.Series:
    """The most detailed BEA line of each four-digit industry; of two as detailed that with fewer industries."""
    table = pd.read_csv(data / "tables/bea_line_codes.csv", dtype={"naics": "str"})
    table = table[table["used_in"].str.contains("SAEMP25N") & table["naics"].notna()]
    stems = [(len(stem), -len(parts), int(line), stem) for line, parts in _stems(table) for stem in parts]
    found: dict[str, int] = {}
    for industry in sorted(set(industries)):
        fits = [entry for entry in stems if industry.startswith(entry[3]) and 100 <= entry[2] < 2000]
        if fits:
            found[industry] = max(fits)[2]
    return pd.Series(found, dtype=int)


def _stems(table: pd.DataFrame) -> list[tuple[int, list[str]]]:
    out = []
    for line, text in zip(table["line_code"], table["naics"], strict=True):
        parts: list[str] = []
        for part in text.split(","):
            low, _, high = part.partition("-")
            parts += [str(code) for code in range(int(low), int(high or low) + 1)]
        out.append((int(line), parts))
    return out
