"""What a pull needs from the outside: the college's places, who asks and with which keys, who accepts and why."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from connectors.http import Session
from connectors.secrets import Secrets
from connectors.source import Ask, Place
from gapengine import __version__, assumptions, college
from gapengine.errors import UsageError
from gapengine.store import place
from gapengine.store.manifest import Manifest
from gapengine.store.pull import Acceptance


def acceptance(why: str | None) -> Acceptance | None:
    """Who accepts, and why.

    Raises:
        UsageError: no reason is given.
    """
    if why is None:
        return None
    if not why.strip():
        raise UsageError("--accept: say why the vintage is right; the reason is recorded with it.")
    return Acceptance(getpass.getuser(), why.strip())


def asking(folder: Path | None) -> tuple[Ask, Callable[[Manifest], Session]]:
    """What to ask for a college, and the session to ask with.

    Raises:
        UsageError: no contact address is set.
    """
    contact, secrets = place.contact(), place.secrets()
    home = college.embedded() if folder is None else folder
    loaded = college.load(home, assumptions.for_college(home))
    ask = ask_of(loaded, datetime.now(UTC).date(), secrets)
    return ask, lambda ledger: Session(contact, secrets, __version__, ledger)


def ask_of(school: college.College, as_of: date, secrets: Secrets) -> Ask:
    """What to ask agencies for a college."""
    place = Place(
        state_fips=school.state_fips,
        county_fips=school.counties,
        area_codes=tuple(area.area_code for area in school.areas),
    )
    return Ask(place, as_of, frozenset(secrets.values))
