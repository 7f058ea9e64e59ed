"""Every connector reads its recorded replies into exactly the rows that somebody has looked at.

Where recordings are, and which parser reads them::

    tests/recordings/<connector>/<parse function>/<file as the agency names it>
    tests/recordings/<connector>/<parse function>/<file ...>.expected.csv

``<connector>`` is a module of the package ``connectors`` that has a ``SOURCE`` (``bls_qcew``; a module inside a
subpackage is written with a dot, ``announcements.nc_commerce``). ``<parse function>`` is one of its functions, called
as ``function(reply_bytes, file_name)``; every public function whose name starts with ``parse`` needs a recording, and
others (``derive_year_before``) may have one. A recording is small, in the agency's layout, and written by us.

The first run without an ``.expected.csv`` writes it and fails: read it, correct the parser or commit it. Rows that the
parser set aside as impossible are listed below the table, each in a line that starts with ``#``.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

import connectors
from connectors.source import Source

RECORDINGS = Path(__file__).resolve().parent / "recordings"
EXPECTED = ".expected.csv"


def connector_modules() -> list[ModuleType]:
    found = pkgutil.walk_packages(connectors.__path__, "connectors.")
    modules = [importlib.import_module(info.name) for info in found]
    return [module for module in modules if hasattr(module, "SOURCE")]


def short_name(module: ModuleType) -> str:
    return module.__name__.removeprefix("connectors.")


def parsers(module: ModuleType) -> list[str]:
    own = inspect.getmembers(module, inspect.isfunction)
    return [name for name, function in own if name.startswith("parse") and function.__module__ == module.__name__]


def recordings() -> list[Path]:
    files = (path for path in RECORDINGS.glob("*/*/*") if path.is_file() and not path.name.endswith(EXPECTED))
    return sorted(files)


def written(table: pd.DataFrame) -> str:
    aside = "".join(f"# {sentence}\n" for sentence in table.attrs.get("quarantined", []))
    return table.to_csv(index=False, lineterminator="\n") + aside


MODULES = connector_modules()


def test_there_are_connectors() -> None:
    assert MODULES, "the package connectors holds no module with a SOURCE"


@pytest.mark.parametrize("module", MODULES, ids=short_name)
def test_a_connector_states_its_source(module: ModuleType) -> None:
    source = module.SOURCE
    assert isinstance(source, Source)
    assert source.name == short_name(module).rpartition(".")[2]
    assert source.address.startswith("https://")
    for fact in (source.title, source.publisher, source.licence, source.cadence, source.document):
        assert fact.strip()


@pytest.mark.parametrize("module", MODULES, ids=short_name)
def test_every_parser_of_a_connector_has_a_recording(module: ModuleType) -> None:
    recorded = {path.parent.name for path in recordings() if path.parent.parent.name == short_name(module)}
    assert parsers(module), f"{module.__name__} has a SOURCE but no public parse function"
    missing = [f"tests/recordings/{short_name(module)}/{name}/" for name in parsers(module) if name not in recorded]
    assert not missing, f"write a small reply in the agency's layout into {missing}"


@pytest.mark.parametrize("path", recordings(), ids=lambda path: str(path.relative_to(RECORDINGS)))
def test_a_recording_reads_as_expected(path: Path) -> None:
    module = importlib.import_module(f"connectors.{path.parent.parent.name}")
    table = getattr(module, path.parent.name)(path.read_bytes(), path.name)
    expected = path.with_name(path.name + EXPECTED)
    if not expected.exists():
        expected.write_text(written(table), encoding="utf-8")
        pytest.fail(f"wrote {expected.relative_to(RECORDINGS)}: read it, then commit it")
    assert written(table) == expected.read_text(encoding="utf-8")
