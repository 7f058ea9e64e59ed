"""Counties of North Carolina by name: their FIPS codes are the odd numbers from 37001, in the order of the names."""

from __future__ import annotations

import pandas as pd

_NAMES = (
    "Alamance Alexander Alleghany Anson Ashe Avery Beaufort Bertie Bladen Brunswick Buncombe "
    "Burke Cabarrus Caldwell Camden Carteret Caswell Catawba Chatham Cherokee Chowan Clay "
    "Cleveland Columbus Craven Cumberland Currituck Dare Davidson Davie Duplin Durham Edgecombe "
    "Forsyth Franklin Gaston Gates Graham Granville Greene Guilford Halifax Harnett Haywood "
    "Henderson Hertford Hoke Hyde Iredell Jackson Johnston Jones Lee Lenoir Lincoln "
    "McDowell Macon Madison Martin Mecklenburg Mitchell Montgomery Moore Nash New_Hanover Northampton "
    "Onslow Orange Pamlico Pasquotank Pender Perquimans Person Pitt Polk Randolph Richmond "
    "Robeson Rockingham Rowan Rutherford Sampson Scotland Stanly Stokes Surry Swain Transylvania "
    "Tyrrell Union Vance Wake Warren Washington Watauga Wayne Wilkes Wilson Yadkin "
    "Yancey "
)

FIPS = {name.replace("_", " ").casefold(): f"37{2 * at + 1:03d}" for at, name in enumerate(_NAMES.split())}


def county_fips(name: pd.Series[str]) -> pd.Series[str]:
    """Codes of counties written as Wake, Wake County or WAKE COUNTY; null for anything else (N/A, several counties)."""
    bare = name.str.replace(r"\s+", " ", regex=True).str.strip().str.casefold().str.removesuffix(" county")
    return bare.map(FIPS)
