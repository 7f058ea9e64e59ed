"""`gapengine doctor`: is everything there that a run needs?"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from gapengine import college, snapshot
from gapengine.errors import GapengineError, MissingLibrary

APT_LINE = "apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
FONTS = {"font_source_sans_pro": "Source Sans", "font_source_serif_pro": "Source Serif"}


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        what: what it is.
        ok: whether a run can use it.
        detail: version or place; where it fails, what to do.
        exit_code: code of the command where it fails.
    """

    what: str
    ok: bool
    detail: str
    exit_code: int = 0

    def as_json(self) -> dict[str, str | bool]:
        """The fields that `gapengine doctor --json` prints."""
        return {"what": self.what, "ok": self.ok, "detail": self.detail}


def examine() -> list[Finding]:
    """Look at everything a run needs, in the order in which it is needed."""
    python = ".".join(map(str, sys.version_info[:3]))
    return [
        Finding("Python", sys.version_info >= (3, 11), f"{python}; 3.11 or newer is needed"),
        _try("Embedded snapshot", _snapshot),
        _try("Embedded college", _college),
        _try("Fonts", _fonts),
        _try("Pango", _pango),
    ]


def _try(what: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(what, True, look())
    except GapengineError as error:
        return Finding(what, False, str(error), error.exit_code)


def _snapshot() -> str:
    altered = snapshot.verify()
    loaded = snapshot.load()
    if altered:
        raise GapengineError(f"altered or missing: {', '.join(altered)}. Install the program again.")
    return f"{len(loaded.tables)} tables, known on {loaded.as_of}, every byte as recorded"


def _college() -> str:
    loaded = college.load()
    return f"{loaded.name}, {len(loaded.programs)} programs"


def _fonts() -> str:
    missing = [name for package, name in FONTS.items() if not _has_files(package)]
    if missing:
        raise MissingLibrary(f"{', '.join(missing)} missing: install the program's dependencies again.")
    return ", ".join(FONTS.values())


def _has_files(package: str) -> bool:
    try:
        root = resources.files(package)
    except ModuleNotFoundError:
        return False
    return any(Path(str(root)).rglob("*.[ot]tf"))


def _pango() -> str:
    try:
        from weasyprint.text.ffi import pango
    except OSError as error:
        raise MissingLibrary(f"{str(error).splitlines()[0]}. Run: {APT_LINE}") from None
    return f"version {pango.pango_version()}"
