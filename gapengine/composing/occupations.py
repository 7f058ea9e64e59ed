"""Tables of occupations from OEWS, the projections, O*NET and the crosswalks."""

from __future__ import annotations

from datetime import date

import pandas as pd

from gapengine.composing.held import Derived, Held, Shed
from gapengine.snapshot import Snapshot

_RATES = ["soc_code", "exit_rate", "transfer_rate", "exits", "transfers"]
_LINE = "Line item"
_NO_MATCH = "99-9999"


def joined(projections: pd.DataFrame, separations: pd.DataFrame) -> pd.DataFrame:
    """Line items of tables 1.2 and 1.10 of one edition, joined."""
    rows = projections.merge(separations[_RATES], on="soc_code", how="left", validate="one_to_one")
    return rows[rows["occupation_type"] == _LINE]


def required(rows: pd.DataFrame) -> pd.DataFrame:
    """O*NET occupations of one SOC code count equally: their numbers of respondents are sample sizes, not jobs."""
    out = rows.groupby(["soc_code", "category"], as_index=False).agg(
        share=("share", "mean"), onet_occupations=("onet_code", "nunique")
    )
    out["share"] = (out["share"] / out.groupby("soc_code")["share"].transform("sum")).round(6)
    return out


def zones(rows: pd.DataFrame) -> pd.DataFrame:
    """Lowest, middle and highest zone of the O*NET occupations of a SOC code."""
    by_code = rows.groupby("soc_code")["job_zone"]
    middle = by_code.agg(lambda values: int(sorted(values)[(len(values) - 1) // 2]))
    return pd.DataFrame({"job_zone": middle, "lowest": by_code.min(), "highest": by_code.max()}).reset_index()


def related(rows: pd.DataFrame) -> pd.DataFrame:
    """Primary tiers, folded to SOC codes; the closest O*NET pair stands for the pair of SOC codes."""
    rows = rows[rows["tier"].str.startswith("Primary") & (rows["soc_code"] != rows["related_soc_code"])]
    return rows.groupby(["soc_code", "related_soc_code"], as_index=False).agg(
        tier=("tier", "max"), rank=("rank", "min")
    )


def titled(
    nation: pd.DataFrame, projections: pd.DataFrame, pairs: pd.DataFrame, crosswalk: pd.DataFrame
) -> pd.DataFrame:
    """Titles as the newest OEWS writes them, then the matrix, the CIP crosswalk and O*NET."""
    first = nation.loc[
        nation["occupation_group"].isin(["major", "detailed"]), ["soc_code", "soc_title", "occupation_group"]
    ]
    line_items = projections.loc[projections["occupation_type"] == _LINE, ["soc_code", "soc_title"]]
    others = [frame[["soc_code", "soc_title"]].dropna() for frame in (line_items, pairs, crosswalk) if len(frame)]
    rows = pd.concat([first, *others]).drop_duplicates("soc_code")
    rows = rows[rows["soc_code"] != _NO_MATCH]
    return rows.assign(occupation_group=rows["occupation_group"].fillna("detailed"))


def _oews(held: Held, shed: Shed, embedded: Snapshot) -> pd.DataFrame | None:
    """Detailed occupations of one edition of the survey: the newest that every area has, here or embedded."""
    rows = held.frame("bls_oews", "oews", ("nation", "states", "metropolitan areas"))
    if rows is None:
        return None
    wanted = (*shed.areas, shed.state_fips, "99")
    rows = rows[rows["area_code"].isin(wanted) & (rows["occupation_group"] == "detailed")]
    have = {area: set(rows.loc[rows["area_code"] == area, "year"]) for area in wanted}
    old = embedded["oews"]
    for area in wanted:
        have[area] |= set(old.loc[old["area_code"] == area, "year"])
    common = set.intersection(*have.values())
    if not common or max(common) < old["year"].max():
        return None
    rows = rows[rows["year"] == max(common)]
    return pd.DataFrame(rows) if len(rows) else None


def _occupations(held: Held, _shed: Shed, embedded: Snapshot) -> pd.DataFrame | None:
    projections, separations = _projections(held), held.frame("bls_projections", "separations")
    if projections is None or separations is None:
        return None
    both = set(projections["base_year"]) & set(separations["base_year"])
    if not both or max(both) < embedded["occupations"]["base_year"].max():
        return None
    of_year = [frame[frame["base_year"] == max(both)] for frame in (projections, separations)]
    return joined(*of_year)


def _projections(held: Held) -> pd.DataFrame | None:
    return held.frame("bls_projections", "occupation_projections")


def _attainment(held: Held, _shed: Shed, embedded: Snapshot) -> pd.DataFrame | None:
    rows = held.frame("bls_projections", "attainment", newest=True)
    if rows is None or rows["year"].max() < embedded["attainment"]["year"].max():
        return None
    return pd.DataFrame(rows[(rows["soc_code"] != "00-0000") & (rows["year"] == rows["year"].max())])


def _titles(held: Held, _shed: Shed, embedded: Snapshot) -> pd.DataFrame | None:
    nation = held.frame("bls_oews", "oews", ("nation",), newest=True)
    if nation is None or nation["year"].max() < embedded["oews"]["year"].max():
        return None
    empty = pd.DataFrame({"soc_code": pd.Series(dtype="str"), "soc_title": pd.Series(dtype="str")})
    projections = _projections(held)
    newest = empty.assign(occupation_type="") if projections is None else projections
    if projections is not None:
        newest = projections[projections["base_year"] == projections["base_year"].max()]
    others = [held.frame("nces_cip_soc", "cip_soc"), held.frame("bls_matrix", "nem_soc")]
    pairs, crosswalk = (empty if frame is None else frame for frame in others)
    return titled(nation, newest, pairs, crosswalk)


def _nem_soc(held: Held, _shed: Shed, _embedded: Snapshot) -> pd.DataFrame | None:
    rows = held.frame("bls_matrix", "nem_soc", newest=True)
    return None if rows is None else rows[["nem_code", "soc_code"]].drop_duplicates()


def _required(held: Held, _shed: Shed, _embedded: Snapshot) -> pd.DataFrame | None:
    rows = held.frame("onet", "required_education", newest=True)
    return None if rows is None else required(rows)


def _zones(held: Held, _shed: Shed, _embedded: Snapshot) -> pd.DataFrame | None:
    rows = held.frame("onet", "job_zones", newest=True)
    return None if rows is None else zones(rows)


def _related(held: Held, _shed: Shed, _embedded: Snapshot) -> pd.DataFrame | None:
    rows = held.frame("onet", "related_occupations", newest=True)
    return None if rows is None else related(rows)


def _may(rows: pd.DataFrame) -> date:
    return date(int(rows["year"].max()), 5, 31)


def _base(rows: pd.DataFrame) -> date:
    return date(int(rows["base_year"].max()), 12, 31)


def _year_end(rows: pd.DataFrame) -> date:
    return date(int(rows["year"].max()), 12, 31)


DERIVED = (
    Derived("oews", _oews, ("area_code",), _may),
    Derived("occupations", _occupations, (), _base),
    Derived("nem_soc", _nem_soc, (), None),
    Derived("attainment", _attainment, (), _year_end),
    Derived("required_education", _required, (), None),
    Derived("job_zones", _zones, (), None),
    Derived("related_occupations", _related, (), None),
    Derived("soc_titles", _titles, ("soc_code",), None),
)
