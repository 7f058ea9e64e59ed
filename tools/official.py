"""Reads the agencies' own files below the data folder, each once, through the parsers of ``connectors``."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd

from connectors import bls_matrix, bls_oews, bls_projections, bls_qcew, census_naics, nces_cip_soc, nces_ipeds


def _one(data: Path, pattern: str) -> Path:
    found = sorted(data.glob(pattern))
    if len(found) != 1:
        raise FileNotFoundError(f"{data.name}: expected one file {pattern}, found {len(found)}")
    return found[0]


@cache
def qcew_area(data: Path, area: str) -> pd.DataFrame:
    """QCEW 2016 of one area."""
    path = _one(data, f"official/qcew/2016.q1-q4 {area} *.csv.gz")
    return bls_qcew.parse(path, path.name)


@cache
def qcew_area_2015(data: Path, area: str) -> pd.DataFrame:
    """QCEW 2015 of one area, derived where both disclosure codes allow."""
    path = _one(data, f"official/qcew/2016.q1-q4 {area} *.csv.gz")
    return bls_qcew.derive_year_before(path, path.name)


@cache
def qcew_annual(data: Path, name: str) -> pd.DataFrame:
    """An annual QCEW file of the state or the nation, such as 2024_annual_US000."""
    path = data / f"official/qcew_api/{name}.csv.gz"
    return bls_qcew.parse(path, path.name)


@cache
def oews(data: Path, name: str) -> pd.DataFrame:
    """An OEWS workbook, or a CSV of its columns."""
    path = data / "official/oews" / name
    return bls_oews.parse(path, path.name)


@cache
def projections(data: Path) -> pd.DataFrame:
    """EP table 1.2 of 2024-34."""
    path = data / "official/ep/occupation_2024_34.xlsx"
    return bls_projections.parse_projections(path, path.name)


@cache
def separations(data: Path) -> pd.DataFrame:
    """EP table 1.10 of 2024-34."""
    path = data / "official/ep/occupation_2024_34.xlsx"
    return bls_projections.parse_separations(path, path.name)


@cache
def crosswalk(data: Path) -> pd.DataFrame:
    """Matrix occupations to SOC and O*NET."""
    path = data / "official/ep/nem-onet-to-soc-crosswalk.xlsx"
    return bls_matrix.parse_crosswalk(path, path.name)


@cache
def cip_soc(data: Path) -> pd.DataFrame:
    """Pairs of the official crosswalk."""
    path = data / "official/cip_soc/CIP2020_SOC2018_Crosswalk.xlsx"
    return nces_cip_soc.parse_pairs(path, path.name)


@cache
def concordance(data: Path, first: str, last: str) -> pd.DataFrame:
    """Six-digit industries of one NAICS vintage to the next."""
    path = data / f"official/naics/{first}_to_{last}_NAICS.csv"
    return census_naics.parse_concordance(path, path.name)


@cache
def directory(data: Path) -> pd.DataFrame:
    """Institutions of the 2024 directory."""
    path = data / "official/ipeds/hd2024.csv.gz"
    return nces_ipeds.parse_institutions(path, path.name)
