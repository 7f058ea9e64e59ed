"""What earlier editions said of a program, as far as this edition's advice depends on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    """One edition's finding on one program, as frozen in the ledger.

    Attributes:
        edition: year and quarter, as in 2026Q4.
        action: the advice that was printed.
        signal: what that edition's figures alone pointed to, before earlier editions were heard.
        p_shortage, p_surplus: shares of draws.
        completions_year: newest year of completions that it knew: the vintage of its supply.
        vintages: newest period of each kind of figure, and a hash of the snapshot under ``snapshot``.
    """

    edition: str
    action: str
    signal: str
    p_shortage: float
    p_surplus: float
    completions_year: int
    vintages: tuple[tuple[str, str], ...] = ()

    @property
    def snapshot(self) -> str:
        """Hash of the figures it was computed from."""
        return dict(self.vintages).get("snapshot", "")

    @property
    def periods(self) -> tuple[tuple[str, str], ...]:
        """How far each kind of figure reached, without the hash: a revision leaves these alone."""
        return tuple(pair for pair in self.vintages if pair[0] != "snapshot")


def in_a_row(past: Sequence[Said], wanted: str) -> tuple[Said, ...]:
    """The newest editions without a break whose signal was the wanted one, newest last.

    Editions are quarters: one that is missing between two breaks the row, for nobody looked then.
    """
    found: list[Said] = []
    for said in reversed(past):
        if said.signal != wanted or (found and quarters_between(said.edition, found[-1].edition) != 1):
            break
        found.append(said)
    return tuple(reversed(found))


def quarters_between(earlier: str, later: str) -> int:
    """Quarters from one edition to another, both as in 2026Q4."""
    first, second = (int(name[:4]) * 4 + int(name[5]) for name in (earlier, later))
    return second - first
