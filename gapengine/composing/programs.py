"""Tables of programs from IPEDS, the CIP-SOC crosswalk and the classifications' titles."""

from __future__ import annotations

from datetime import date

import pandas as pd

from gapengine.composing.held import Derived, Held, Shed
from gapengine.snapshot import Snapshot

SUB_BACCALAUREATE = ("1", "2", "3", "4", "20", "21")
BACHELOR = "5"
_RECENT = 3
_IPEDS = "nces_ipeds"


def in_shed(directory: pd.DataFrame, counties: tuple[str, ...], unit_id: str) -> set[str]:
    """Institutions located in the labor shed, and the college."""
    return set(directory.loc[directory["county_fips"].isin(counties), "unit_id"]) | {unit_id}


def of_shed(awards: pd.DataFrame, units: set[str]) -> pd.DataFrame:
    """Awards up to the bachelor's degree of some institutions."""
    levels = [*SUB_BACCALAUREATE, BACHELOR]
    return awards[awards["unit_id"].isin(units) & awards["award_level_code"].isin(levels)]


def of_state(awards: pd.DataFrame, units: set[str]) -> pd.DataFrame:
    """Awards below the bachelor's degree by program, level and year, and how many institutions offer each.

    Args:
        awards: of every institution, first majors.
        units: institutions of the state.

    Returns:
        cip_code, award_level_code, year, awards, institutions and institutions_any_level (in the newest three years).
    """
    rows = awards[awards["unit_id"].isin(units) & awards["award_level_code"].isin(SUB_BACCALAUREATE)]
    out = rows.groupby(["cip_code", "award_level_code", "year"], as_index=False).agg(awards=("awards", "sum"))
    recent = recent_years(rows)
    at_level = recent.groupby(["cip_code", "award_level_code"])["unit_id"].nunique().rename("institutions")
    at_all = recent.groupby("cip_code")["unit_id"].nunique().rename("institutions_any_level")
    out = out.join(at_level, on=["cip_code", "award_level_code"]).join(at_all, on="cip_code")
    for column in ("institutions", "institutions_any_level"):
        out[column] = out[column].fillna(0).astype("int64")
    return pd.DataFrame(out)


def of_nation(awards: pd.DataFrame) -> pd.DataFrame:
    """Awards of the nation by program and level, newest three years."""
    rows = recent_years(awards)
    return pd.DataFrame(
        rows.groupby(["cip_code", "award_level_code", "year"], as_index=False).agg(awards=("awards", "sum"))
    )


def recent_years(awards: pd.DataFrame) -> pd.DataFrame:
    """Rows of the newest three years."""
    return awards.loc[awards["year"] > int(awards["year"].max()) - _RECENT]


def with_awards(directory: pd.DataFrame, awards: pd.DataFrame) -> pd.DataFrame:
    """Institutions of a directory that confer awards up to the bachelor's degree."""
    seen = awards[awards["award_level_code"].isin([*SUB_BACCALAUREATE, BACHELOR])]
    return directory[directory["unit_id"].isin(seen["unit_id"])]


def _directory(held: Held, shed: Shed) -> pd.DataFrame | None:
    """Institutions of the state in the newest directory; a state is told by its counties."""
    rows = held.frame(_IPEDS, "institutions", newest=True)
    return None if rows is None else rows[rows["county_fips"].str[:2] == shed.state_fips]


def _awards(held: Held, embedded: Snapshot) -> pd.DataFrame | None:
    """First majors with an award of every institution, where the newest three years are there and none is older."""
    rows = held.frame(_IPEDS, "completions")
    if rows is None:
        return None
    years = set(rows["year"])
    newest = max(years)
    if newest < embedded["completions"]["year"].max() or not {newest - back for back in range(_RECENT)} <= years:
        return None
    return rows[(rows["major_number"] == "1") & (rows["awards"] > 0)]


def _completions(held: Held, shed: Shed, embedded: Snapshot) -> pd.DataFrame | None:
    awards, directory = _awards(held, embedded), _directory(held, shed)
    if awards is None or directory is None:
        return None
    return of_shed(awards, in_shed(directory, shed.counties, shed.unit_id))


def _state(held: Held, shed: Shed, embedded: Snapshot) -> pd.DataFrame | None:
    awards, directory = _awards(held, embedded), _directory(held, shed)
    return None if awards is None or directory is None else of_state(awards, set(directory["unit_id"]))


def _nation(held: Held, _shed: Shed, embedded: Snapshot) -> pd.DataFrame | None:
    awards = _awards(held, embedded)
    return None if awards is None else of_nation(awards)


def _institutions(held: Held, shed: Shed, embedded: Snapshot) -> pd.DataFrame | None:
    awards, directory = _awards(held, embedded), _directory(held, shed)
    return None if awards is None or directory is None else with_awards(directory, awards)


def _completers(held: Held, shed: Shed, _embedded: Snapshot) -> pd.DataFrame | None:
    rows, directory = held.frame(_IPEDS, "completers"), _directory(held, shed)
    if rows is None or directory is None:
        return None
    return rows[rows["unit_id"].isin(in_shed(directory, shed.counties, shed.unit_id))]


def _pairs(held: Held, _shed: Shed, _embedded: Snapshot) -> pd.DataFrame | None:
    rows = held.frame("nces_cip_soc", "cip_soc", newest=True)
    return None if rows is None else rows[["cip_code", "soc_code"]]


def _titles(held: Held, _shed: Shed, _embedded: Snapshot) -> pd.DataFrame | None:
    rows = held.frame("nces_cip_soc", "cip_titles", newest=True)
    return None if rows is None else rows.loc[rows["cip_code"].str.len() == 7, ["cip_code", "cip_title"]]


def _naics_titles(held: Held, _shed: Shed, _embedded: Snapshot) -> pd.DataFrame | None:
    rows = held.frame("census_naics", "naics_titles", newest=True)
    return None if rows is None else rows[rows["naics_code"].str.fullmatch(r"\d{2,4}|\d\d-\d\d")]


def _june(rows: pd.DataFrame) -> date:
    return date(int(rows["year"].max()), 6, 30)


DERIVED = (
    Derived("cip_soc", _pairs, (), None),
    Derived("cip_titles", _titles, (), None),
    Derived("completions", _completions, ("year",), _june),
    Derived("state_completions", _state, (), _june),
    Derived("national_completions", _nation, (), _june),
    Derived("institutions", _institutions, (), None),
    Derived("completers_unduplicated", _completers, ("year",), _june),
    Derived("naics_titles", _naics_titles, ("naics_code",), None),
)
