"""Where the store lies, who asks, and with which keys."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

from connectors.secrets import Secrets
from gapengine.errors import UsageError

KEYS = ("GAPENGINE_BLS_KEY", "GAPENGINE_CENSUS_KEY")


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
