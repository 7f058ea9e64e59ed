"""Writes files newer than the embedded figures, in the agencies' layouts: QCEW, OEWS, IPEDS and notices of layoffs.

Every figure is invented from the embedded ones, moved on, so that a test knows what a run must find.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pandas as pd
import xlsxwriter

from connectors import bls_oews, bls_qcew, nc_warn, nces_ipeds
from gapengine import snapshot

COUNTIES = ("37063", "37135", "37037", "37145", "37183", "37101", "37069")
STATE = "37000"
QUARTERS = (*((year, quarter) for year in (2024, 2025) for quarter in (1, 2, 3, 4)), (2026, 1))
EMBEDDED = snapshot.load()
SPANS = {"31": "31-33", "32": "31-33", "33": "31-33", "44": "44-45", "45": "44-45", "48": "48-49", "49": "48-49"}
_LEVELS = {"county": "7", "state": "5"}


def cells() -> pd.DataFrame:
    """Private four-digit cells of NAICS 2022 by county: jobs in 2024 Q1, establishments; one in five is withheld."""
    rows = EMBEDDED["industry_employment"]
    rows = rows[(rows["source"] == "CBP") & (rows["year"] == 2021)].dropna(subset=["employment"])
    bridge = EMBEDDED["naics_bridge"].query("from_vintage == '2017' and weight > 0.5")
    homes = bridge.set_index("from_code")["to_code"].to_dict()
    rows = rows.assign(naics_code=rows["naics_code"].map(homes)).dropna(subset=["naics_code"])
    summed = rows.groupby(["county_fips", "naics_code"], as_index=False)[["employment", "establishments"]].sum()
    summed = summed[summed["employment"] >= 60]
    number = np.arange(len(summed))
    return summed.assign(
        jobs=(summed["employment"] * (1.05 + 0.1 * (number % 3))).round(),
        establishments=summed["establishments"].clip(lower=1),
        hidden=number % 5 == 4,
    )


def qcew(area: str, year: int, quarter: int | None, table: pd.DataFrame) -> str:
    """One file of the API: all levels of private jobs and the owners' totals; quarter None is the annual average."""
    feed = bls_qcew.FEEDS[0 if quarter else 1]
    moved = table.assign(jobs=(table["jobs"] * (1 + 0.02 * (year - 2024) + 0.005 * ((quarter or 2) - 1))).round())
    first = "5" if area.endswith("000") else "7"
    levels = [("6", moved["naics_code"]), ("5", moved["naics_code"].str[:3])]
    levels += [("4", moved["naics_code"].str[:2].replace(SPANS)), ("1", pd.Series("10", index=moved.index))]
    parts = []
    for level, codes in levels:
        sums = moved.groupby(codes.rename("industry_code"))[["jobs", "establishments"]].sum().reset_index()
        sums["hidden"] = level == "6" and sums["industry_code"].isin(moved.loc[moved["hidden"], "naics_code"])
        parts.append(sums.assign(agglvl_code=first + level, own_code="5"))
    private = float(moved["jobs"].sum())
    others = {"0": private * 1.2, "1": private * 0.02, "2": private * 0.06, "3": private * 0.12}
    for owner, jobs in others.items():
        level = first + ("0" if owner == "0" else "1")
        one = {"industry_code": "10", "jobs": round(jobs), "establishments": 20, "hidden": False}
        parts.append(pd.DataFrame([one | {"agglvl_code": level, "own_code": owner}]))
    rows = pd.concat(parts, ignore_index=True)
    shown = rows["jobs"].where(~rows["hidden"], 0).astype("int64")
    known = {"area_fips": area, "own_code": rows["own_code"], "industry_code": rows["industry_code"]}
    known |= {"agglvl_code": rows["agglvl_code"], "size_code": "0", "year": str(year), "qtr": str(quarter or "A")}
    known |= {"disclosure_code": rows["hidden"].map({True: "N", False: ""})}
    known |= {name: rows["establishments"].astype("int64") for name in ("qtrly_estabs", "annual_avg_estabs")}
    known |= {f"month{month}_emplvl": shown for month in (1, 2, 3)} | {"annual_avg_emplvl": shown}
    columns = feed.headers[0].columns
    empty = {name: "" if "disclosure" in name else 0 for name in columns}
    frame = pd.DataFrame({name: known.get(name, empty[name]) for name in columns}, index=rows.index)
    return frame.to_csv(index=False, quoting=csv.QUOTE_NONNUMERIC)


def write_qcew(folder: Path, quarters: tuple[tuple[int, int], ...] = QUARTERS, late: str = "") -> None:
    """Quarters of every county and the state, annual averages of the state; a late county lacks the newest quarter."""
    table = cells()
    whole = table.groupby("naics_code", as_index=False)[["jobs", "establishments"]].sum().assign(hidden=False)
    whole = whole.assign(jobs=whole["jobs"] * 4, establishments=whole["establishments"] * 4)
    places = {county: table[table["county_fips"] == county] for county in COUNTIES} | {STATE: whole}
    for area, rows in places.items():
        for year, quarter in quarters:
            if area != late or (year, quarter) != quarters[-1]:
                (folder / f"{year}q{quarter}_{area}.csv").write_text(qcew(area, year, quarter, rows))
    for year in sorted({year for year, quarter in quarters if quarter == 4}):
        (folder / f"{year}a_{STATE}.csv").write_text(qcew(STATE, year, None, whole))


def write_oews(folder: Path, year: int = 2026) -> None:
    """The embedded survey as the edition of another year, two percent more jobs, three archives."""
    survey = EMBEDDED["oews"]
    for name, areas in {"MSA": ("20500", "39580"), "state": ("37",), "national": ("99",)}.items():
        header = bls_oews.FEEDS[0].headers[0].columns
        with xlsxwriter.Workbook(str(folder / f"{name}_M{year}_dl.xlsx")) as book:
            sheet = book.add_worksheet(f"{name}_M{year}_dl")
            sheet.write_row(0, 0, header)
            for number, row in enumerate(survey[survey["area_code"].isin(areas)].to_dict("records"), start=1):
                jobs = "**" if pd.isna(row["employment"]) else round(row["employment"] * 1.02, -1)
                known = {"AREA": row["area_code"], "AREA_TITLE": "Somewhere", "NAICS": "000000", "OWN_CODE": "1235"}
                known |= {"NAICS_TITLE": "Cross-industry", "I_GROUP": "cross-industry", "OCC_CODE": row["soc_code"]}
                known |= {"OCC_TITLE": f"Occupation {row['soc_code']}", "O_GROUP": "detailed", "TOT_EMP": jobs}
                for place in ("10", "25", "MEDIAN", "75", "90"):
                    stem = "median" if place == "MEDIAN" else f"p{place}"
                    wage = row[f"wage_{stem}_usd"]
                    known[f"A_{place}" if place == "MEDIAN" else f"A_PCT{place}"] = "#" if pd.isna(wage) else wage
                sheet.write_row(number, 0, [known.get(column, "*" if "_" in column else "") for column in header])


def write_ipeds(folder: Path, newest: int = 2025) -> None:
    """Three years of awards: the shed's own, and two invented institutions for the rest of the state and the nation."""
    awards, directory, extra = nces_ipeds.FEEDS[1].headers[0].columns, EMBEDDED["institutions"], ("990001", "990002")
    own = EMBEDDED["completions"].assign(year=lambda rows: rows["year"] + newest - rows["year"].max())
    far = [EMBEDDED[f"{name}_completions"] for name in ("state", "national")]
    for year in range(newest - 2, newest + 1):
        parts = [own[own["year"] == year]]
        parts += [
            part[part["year"] == part["year"].max()].assign(unit_id=unit) for part, unit in zip(far, extra, strict=True)
        ]
        rows = pd.concat(parts)
        known = {"UNITID": rows["unit_id"], "CIPCODE": rows["cip_code"], "MAJORNUM": "1"}
        known |= {"AWLEVEL": rows["award_level_code"]}
        known |= {f"CTOTAL{sex}": rows["awards"].astype(int) if sex in "TW" else 0 for sex in "TMW"}
        flags = {name: "R" if name.startswith("XC") else 0 for name in awards}
        frame = pd.DataFrame({name: known.get(name, flags[name]) for name in awards}, index=rows.index)
        frame.to_csv(folder / f"c{year}_a.csv", index=False)
    places = directory.assign(state="NC")[["unit_id", "name", "city", "county_fips", "sector_code", "state"]]
    far_away = [
        (extra[0], "Rest of State", "Asheville", "37021", "4", "NC"),
        (extra[1], "Rest", "Columbus", "39049", "4", "OH"),
    ]
    places = pd.concat([places, pd.DataFrame(far_away, columns=list(places.columns))])
    columns = nces_ipeds.FEEDS[0].headers[0].columns
    known = {"UNITID": places["unit_id"], "INSTNM": places["name"], "CITY": places["city"], "STABBR": places["state"]}
    known |= {"SECTOR": places["sector_code"], "COUNTYCD": places["county_fips"], "ICLEVEL": "2", "CONTROL": "1"}
    frame = pd.DataFrame({name: known.get(name, "") for name in columns}, index=places.index)
    frame.to_csv(folder / f"hd{newest}.csv", index=False)


def write_warn(folder: Path) -> None:
    """A list of 2025 and one of 2026: a layoff whose plant closes a year later, and one of its own."""
    head = ",".join(nc_warn.COLUMNS)
    old = "Durham County,202500001,9/5/2025,9/6/2025,11/7/2025,Sample Foods Inc.,Layoff,Permanent,40,1 Road,Durham"
    new = [
        "Durham County,202600017,9/2/2026,9/2/2026,2/1/2027,Sample Foods,Closure,Permanent,310,1 Road,Durham",
        "Wake County,202600018,9/3/2026,9/4/2026,3/1/2027,Other Works LLC,Layoff,Permanent,90,2 Road,Raleigh",
        "Mecklenburg County,202600019,9/3/2026,9/4/2026,3/1/2027,Far Away LLC,Layoff,Permanent,90,2 Road,Charlotte",
    ]
    (folder / "warn_2025.csv").write_text("\n".join([head, old]) + "\n")
    (folder / "warn_2026.csv").write_text("\n".join([head, *new]) + "\n")
