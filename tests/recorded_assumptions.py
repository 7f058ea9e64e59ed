"""Assumptions that remember which of them were read, so that a test can tell which ones the engine never uses."""

from __future__ import annotations

from collections import UserDict
from collections.abc import ItemsView, ValuesView
from dataclasses import dataclass, field

from gapengine.assumptions import Assumption, Assumptions


class _Group(UserDict[str, Assumption]):
    """Assumptions below a name; reading one of them counts, listing their names does not."""

    def __init__(self, members: dict[str, Assumption], seen: set[str]) -> None:
        super().__init__(members)
        self.seen = seen

    def __getitem__(self, key: str) -> Assumption:
        item = super().__getitem__(key)
        self.seen.add(item.name)
        return item


@dataclass(frozen=True)
class RecordedAssumptions(Assumptions):
    """Assumptions as a run takes them; whatever prints or hashes all of them does not count as using them."""

    seen: set[str] = field(default_factory=set)

    def __getitem__(self, name: str) -> Assumption:
        item = super().__getitem__(name)
        self.seen.add(name)
        return item

    def group(self, prefix: str) -> _Group:
        return _Group(super().group(prefix), self.seen)

    def items(self) -> ItemsView[str, Assumption]:
        return dict(self.by_name).items()

    def values(self) -> ValuesView[Assumption]:
        return dict(self.by_name).values()
