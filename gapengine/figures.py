"""A number and how we know it: known with an address, assumed with a range and a reason, or unknown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from gapengine.assumptions import Assumption

Standing = Literal["known", "assumed", "unknown"]


@dataclass(frozen=True)
class Known:
    """A number that a source states.

    Attributes:
        value: the number.
        address: web address of the source, or the file and line in which the college states it.
    """

    value: float
    address: str
    standing: Standing = "known"


@dataclass(frozen=True)
class Assumed:
    """A number that nobody publishes and the method needs.

    Attributes:
        value: the number used.
        low: lower end of its range.
        high: upper end.
        why: the reason.
        assumption: name of the assumption it comes from; empty where the college's folder states it.
    """

    value: float
    low: float
    high: float
    why: str
    assumption: str = ""
    standing: Standing = "assumed"

    @classmethod
    def of(cls, item: Assumption) -> Assumed:
        """Take over a named assumption."""
        return cls(item.value, item.low, item.high, item.why, item.name)


@dataclass(frozen=True)
class Unknown:
    """A number that is neither published nor assumed; never zero.

    Attributes:
        why: what would settle it.
    """

    why: str
    value: None = None
    standing: Standing = "unknown"


Figure = Known | Assumed | Unknown
