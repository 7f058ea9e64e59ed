"""Finds every connector by scanning this package: there is no list to edit, and finding none is an error."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from types import ModuleType

import connectors
from connectors.source import Feed, Source


@dataclass(frozen=True)
class Connector:
    """One connector: what its module declares.

    Attributes:
        source: the facts.
        feeds: the tables it yields; empty for a source whose parser is called by hand.
    """

    source: Source
    feeds: tuple[Feed, ...]


def modules(package: ModuleType = connectors) -> list[ModuleType]:
    """Modules of a package, and of packages inside it, that have a ``SOURCE``, in the order of their names.

    Raises:
        LookupError: there is none.
    """
    found = [
        importlib.import_module(info.name) for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    ]
    declared = sorted((module for module in found if hasattr(module, "SOURCE")), key=lambda module: module.__name__)
    if not declared:
        raise LookupError(f"the package {package.__name__} holds no module with a SOURCE: the installation is broken")
    return declared


def connectors_of(package: ModuleType = connectors) -> tuple[Connector, ...]:
    """Every connector of a package.

    Raises:
        LookupError: there is none, or two sources or two feeds of a source have one name.
    """
    out = tuple(Connector(module.SOURCE, tuple(getattr(module, "FEEDS", ()))) for module in modules(package))
    names = [connector.source.name for connector in out]
    twice = {name for name in names if names.count(name) > 1}
    for connector in out:
        titles = [feed.title for feed in connector.feeds]
        twice |= {f"{connector.source.name} {title}" for title in titles if titles.count(title) > 1}
    if twice:
        raise LookupError(f"two connectors or feeds share a name: {', '.join(sorted(twice))}")
    return out
