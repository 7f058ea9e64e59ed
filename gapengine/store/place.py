"""Where the store lies, and what it is asked to hold for a college."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import platformdirs

from connectors.secrets import Secrets
from connectors.source import Ask, Place
from gapengine.college import College
from gapengine.errors import UsageError

KEYS = ("GAPENGINE_BLS_KEY",)


def store_folder() -> Path:
    """The folder that GAPENGINE_STORE names; without it, one in the user's data folder."""
    named = os.environ.get("GAPENGINE_STORE", "").strip()
    return (
        Path(named).expanduser() if named else Path(platformdirs.user_data_dir("gapengine", appauthor=False)) / "store"
    )


def contact() -> str:
    """The address that agencies can write to about our requests.

    Raises:
        UsageError: GAPENGINE_CONTACT is not set, or is no address.
    """
    said = os.environ.get("GAPENGINE_CONTACT", "").strip()
    if not said or not ("@" in said or said.startswith("https://")) or any(ord(letter) < 32 for letter in said):
        raise UsageError(
            "GAPENGINE_CONTACT is not set to an address. Agencies ask automatic readers to say who they are and refuse "
            "those who do not: set it to your e-mail address, as in GAPENGINE_CONTACT=name@college.edu, and pull "
            "again. Files that are here already need no address: gapengine pull --from FOLDER."
        )
    return said


def secrets() -> Secrets:
    """Keys from the environment."""
    return Secrets({name: value for name in KEYS if (value := os.environ.get(name, "").strip())})


def ask_of(college: College, as_of: date) -> Ask:
    """What to ask agencies for a college."""
    place = Place(
        state_fips=college.state_fips,
        county_fips=college.counties,
        area_codes=tuple(area.area_code for area in college.areas),
        unit_ids=(college.unit_id,),
    )
    return Ask(place, as_of, frozenset(secrets().values))
