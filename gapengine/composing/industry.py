"""Tables of industry employment from QCEW and County Business Patterns."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from gapengine.composing.held import Derived, Held, Shed
from gapengine.composing.withheld import estimates, filled
from gapengine.snapshot import Snapshot

LEVELS = {"71": "total", "74": "sector", "75": "three digits", "76": "four digits"}
_PRIVATE, _PUBLIC = "5", ("1", "2", "3")
_QCEW = "bls_qcew"
_MONTHS = [f"employment_month{month}" for month in (1, 2, 3)]
_CELL = ["area_fips", "naics_code"]


def march(rows: pd.DataFrame, level: str) -> pd.DataFrame:
    """First-quarter rows of one aggregation level."""
    return rows[(rows["quarter"] == 1) & (rows["agglvl_code"] == level)]


def private_march(published: pd.DataFrame, derived: pd.DataFrame) -> pd.DataFrame:
    """Private jobs in March by four-digit industry, as published.

    Args:
        published: QCEW rows.
        derived: QCEW rows of a year before, derived from the year after.

    Returns:
        area_fips, naics_code, year, employment, establishments, status: published, derived, suppressed (also where the
        year before could not be derived), or absent (an industry of other years without a row in a published one).
    """
    now = march(published, "76")
    now = now[now["own_code"] == _PRIVATE].assign(status="published")
    now["status"] = now["status"].where(now["disclosed"], "suppressed")
    before = march(derived, "76")
    before = before[before["own_code"] == _PRIVATE].assign(status="derived")
    before = before[~pd.MultiIndex.from_frame(before[["area_fips", "year"]]).isin(_years(now))]
    both = pd.concat([now, before])
    years = pd.concat([_frame(now).assign(missing="absent"), _frame(before).assign(missing="suppressed")])
    grid = both[_CELL].drop_duplicates().merge(years, on="area_fips")
    wide = grid.merge(both[[*_CELL, "year", "employment", "establishments", "status"]], how="left", on=[*_CELL, "year"])
    return wide.assign(status=wide["status"].fillna(wide["missing"])).drop(columns="missing")


def _years(rows: pd.DataFrame) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(_frame(rows))


def _frame(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[["area_fips", "year"]].drop_duplicates()


def in_one_vintage(rows: pd.DataFrame, homes: Mapping[str, str]) -> pd.DataFrame:
    """Rows of :func:`private_march` under other industry codes; those without one home are left out.

    Args:
        rows: of years that share one vintage of the classification.
        homes: code -> its one code in the vintage wanted.

    Returns:
        The same columns. A sum with a suppressed part is suppressed, one with an imputed part imputed.
    """
    moved = rows.assign(naics_code=rows["naics_code"].map(dict(homes))).dropna(subset=["naics_code"])
    order = ("suppressed", "imputed", "derived", "published", "absent")
    summed = moved.groupby([*_CELL, "year"], as_index=False).agg(
        employment=("employment", lambda jobs: jobs.sum(min_count=1)),
        establishments=("establishments", "sum"),
        status=("status", lambda states: next(state for state in order if state in set(states))),
    )
    summed["employment"] = summed["employment"].mask(summed["status"].isin(["suppressed", "absent"]))
    return summed


def government(published: pd.DataFrame) -> pd.DataFrame:
    """Government jobs of first quarters by owner, as printed, at four levels."""
    rows = published[(published["quarter"] == 1) & published["own_code"].isin(_PUBLIC)]
    rows = rows[rows["agglvl_code"].isin(LEVELS)]
    total = rows["agglvl_code"] == "71"
    shown = rows["disclosed"].map({True: "published", False: "suppressed"})
    rows = rows.assign(level=rows["agglvl_code"].map(LEVELS), status=shown)
    return rows.assign(naics_code=rows["naics_code"].where(~total, "10")).rename(columns={"area_fips": "county_fips"})


def totals(published: pd.DataFrame) -> pd.DataFrame:
    """All industries by owner: mean of the three months of first quarters."""
    rows = published[(published["quarter"] == 1) & (published["naics_code"] == "10") & published["disclosed"]]
    rows = rows[rows["own_code"].isin(["0", *_PUBLIC, _PRIVATE])]
    return rows.assign(employment=rows[_MONTHS].mean(axis=1).round(2))


def annual(rows: pd.DataFrame, vintage: str) -> pd.DataFrame:
    """Private annual averages by four-digit industry, where disclosed."""
    rows = rows[(rows["own_code"] == _PRIVATE) & rows["naics_code"].str.fullmatch(r"\d{4}") & rows["disclosed"]]
    return rows.assign(source="QCEW annual", naics_vintage=vintage)


def vintage_of(year: int) -> str:
    """Vintage of NAICS by which QCEW and CBP classify a year."""
    return str(2012 + (year - 2012) // 5 * 5)


def _homes(snapshot: Snapshot) -> dict[str, dict[str, str]]:
    """Vintage -> code -> its one home in NAICS 2017; codes that split or merge otherwise are left out."""
    bridge = snapshot["naics_bridge"]
    older = bridge[bridge["from_vintage"] == "2012"]
    newer = bridge[bridge["from_vintage"] == "2017"]
    forward = older[~older["from_code"].duplicated(keep=False)]
    both_ways = ~newer["from_code"].duplicated(keep=False) & ~newer["to_code"].duplicated(keep=False)
    back = newer[both_ways]
    same = {str(code): str(code) for code in (*older["to_code"], *newer["from_code"], "9999")}
    return {
        "2012": dict(zip(forward["from_code"], forward["to_code"], strict=True)) | {"9999": "9999"},
        "2017": same,
        "2022": dict(zip(back["to_code"], back["from_code"], strict=True)) | {"9999": "9999"},
    }


def industry_employment(held: Held, shed: Shed, embedded: Snapshot) -> pd.DataFrame | None:
    """County histories of QCEW in NAICS 2017, and the years of CBP that the store has."""
    parts = [_from_qcew(held, shed, embedded), _from_cbp(held, shed, embedded)]
    found = [part for part in parts if part is not None]
    return pd.concat(found, ignore_index=True) if found else None


def _from_qcew(held: Held, shed: Shed, embedded: Snapshot) -> pd.DataFrame | None:
    published = held.frame(_QCEW, "qcew", shed.counties)
    if published is None:
        return None
    derived = held.frame(_QCEW, "qcew_year_before", shed.counties)
    rows = private_march(published, published.iloc[:0] if derived is None else derived)
    state = held.frame(_QCEW, "qcew", (f"{shed.state_fips}000",))
    rows = filled(rows, estimates(published, published.iloc[:0] if state is None else state))
    homes = _homes(embedded)
    vintages = rows["year"].map(lambda year: vintage_of(int(year)))
    moved = [in_one_vintage(part, homes[vintage]) for vintage, part in rows.groupby(vintages) if vintage in homes]
    if not moved:
        return None
    return pd.concat(moved).rename(columns={"area_fips": "county_fips"}).assign(own_code=_PRIVATE, source="QCEW")


def _from_cbp(held: Held, shed: Shed, embedded: Snapshot) -> pd.DataFrame | None:
    rows = held.frame("census_cbp", "cbp")
    if rows is None:
        return None
    rows = rows[rows["county_fips"].isin(shed.counties) & rows["naics_code"].str.fullmatch(r"\d{4}")]
    homes = _homes(embedded)["2022"]
    late = rows["year"] >= 2022
    rows = rows.assign(naics_code=rows["naics_code"].where(~late, rows["naics_code"].map(homes))).dropna(
        subset=["naics_code"]
    )
    status = rows["suppressed"].map({True: "suppressed", False: "published"})
    cells = rows[["county_fips", "naics_code"]].drop_duplicates()
    grid = cells.merge(rows[["county_fips", "year"]].drop_duplicates(), on="county_fips")
    full = grid.merge(rows.assign(status=status), how="left", on=["county_fips", "naics_code", "year"])
    full = full[(full["year"] < 2022) | full["naics_code"].isin(homes.values())]
    return full.assign(status=full["status"].fillna("absent"), own_code=_PRIVATE, source="CBP")


def left_out(held: Held, shed: Shed, embedded: Snapshot) -> list[dict[str, Any]]:
    """Industries of newer classifications without one home in NAICS 2017, which no county history holds.

    Returns:
        By code and year: table, from, to (homes of its parts), year, counties and published_jobs, as in a manifest.
    """
    published = held.frame(_QCEW, "qcew", shed.counties)
    if published is None:
        return []
    rows = march(published, "76")
    rows = rows[(rows["own_code"] == _PRIVATE) & rows["naics_code"].str.fullmatch(r"\d{4}")]
    bridge = embedded["naics_bridge"]
    parts = bridge[bridge["to_vintage"] == "2022"].groupby("to_code")["from_code"].agg(list).to_dict()
    homes, out = _homes(embedded), []
    for (code, year), part in rows[rows["year"] >= 2022].groupby(["naics_code", "year"]):
        vintage = vintage_of(int(str(year)))
        if code in homes.get(vintage, {}):
            continue
        jobs = part["employment"].sum(min_count=1)
        out.append(
            {
                "table": "industry_employment",
                "from": f"NAICS {vintage} {code}",
                "to": [f"NAICS 2017 {target}" for target in parts.get(code, [])],
                "year": int(str(year)),
                "counties": sorted(set(part["area_fips"])),
                "published_jobs": None if pd.isna(jobs) else int(jobs),
            }
        )
    return out


def government_employment(held: Held, shed: Shed, _embedded: Snapshot) -> pd.DataFrame | None:
    """The newest first quarter of each county."""
    published = held.frame(_QCEW, "qcew", shed.counties)
    if published is None:
        return None
    rows = government(published)
    newest = rows.groupby("county_fips")["year"].transform("max")
    return rows[rows["year"] == newest] if len(rows) else None


def area_totals(held: Held, shed: Shed, _embedded: Snapshot) -> pd.DataFrame | None:
    """First quarters of every area."""
    published = held.frame(_QCEW, "qcew", shed.qcew_areas)
    return None if published is None else totals(published)


def state_industry_employment(held: Held, shed: Shed, _embedded: Snapshot) -> pd.DataFrame | None:
    """Annual averages of state and nation; CBP summed over the state's counties."""
    state = f"{shed.state_fips}000"
    parts = []
    rows = held.frame(_QCEW, "qcew_annual", (state, "US000"))
    if rows is not None:
        parts += [annual(part, vintage_of(int(str(year)))) for year, part in rows.groupby("year")]
    cbp = held.frame("census_cbp", "cbp")
    if cbp is not None:
        cbp = cbp[cbp["county_fips"].str.startswith(shed.state_fips) & cbp["naics_code"].str.fullmatch(r"\d{4}")]
        cbp = (
            cbp[cbp["year"] >= 2018]
            .groupby(["naics_code", "year"], as_index=False)
            .agg(employment=("employment", "sum"))
        )
        vintages = cbp["year"].map(lambda year: vintage_of(int(year)))
        parts.append(cbp.assign(area_fips=state, source="CBP", naics_vintage=vintages))
    return pd.concat(parts, ignore_index=True) if parts else None


def _march_of(rows: pd.DataFrame) -> date:
    return date(int(rows["year"].max()), 3, 12)


def _quarter_end(rows: pd.DataFrame) -> date:
    return date(int(rows["year"].max()), 3, 31)


def _year_end(rows: pd.DataFrame) -> date:
    return date(int(rows["year"].max()), 12, 31)


DERIVED = (
    Derived("industry_employment", industry_employment, ("county_fips", "year", "source"), _march_of),
    Derived("state_industry_employment", state_industry_employment, ("area_fips", "source", "year"), _year_end),
    Derived("government_employment", government_employment, ("county_fips",), _quarter_end),
    Derived("area_totals", area_totals, ("area_fips", "year", "quarter"), _quarter_end),
)
