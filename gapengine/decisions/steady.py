"""Advice turns only with sustained evidence: what earlier editions said is heard before a new word is given.

A program is not to be told "expand" in one quarter and "hold" in the next because a survey was revised. People's own
changes (a corrected seat count, another assumption) are no noise: where the figures are the same as in the last
edition, the advice follows at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gapengine.decisions.past import Said, in_a_row

DIRECTION = {"expand": 1, "launch": 1, "hold": 0, "watch": 0, "review": -1, "close": -1}
REVISED = "turned by a revision of the same figures"
OPPOSITE = "turned from growing to shrinking, or back, within one edition"
WAITING = "newer figures point elsewhere, in too few editions yet"
RECOVERED = "the surplus that led to close is gone in this edition"
SIGNALS = {"launch": "expand", "close": "review"}  # a launch is an expansion from nothing, a close a review with proof


@dataclass(frozen=True)
class Turn:
    """What hearing the earlier editions did to this edition's signal.

    Attributes:
        action: the advice to print.
        gate: the gate that turned it to watch; empty where none did.
        reason: a sentence on what was said before and why it changed or did not; empty in a first edition.
    """

    action: str
    gate: str = ""
    reason: str = ""


def steady(signal: str, now: Said, past: Sequence[Said], needed: int) -> Turn:
    """Hear the earlier editions.

    Args:
        signal: what this edition's figures point to, gates included: expand, review, hold or watch.
        now: this edition's own finding; its action is not read.
        past: earlier editions of this program, oldest first.
        needed: editions in a row, this one included, after which new evidence turns the advice.
    """
    if not past:
        return Turn(signal)
    last = past[-1]
    said = SIGNALS.get(last.action, last.action)
    before = f"{last.edition} said {last.action}"
    row = len(in_a_row([*past, now], signal))
    settled = last.action == "watch" and last.signal == "watch"
    opposite = DIRECTION[signal] * DIRECTION[last.action] < 0
    stands = f"{before} and stands: newer figures point to {signal}, in {row} of the {needed} editions needed."
    same = "the figures are the same: an assumption or the college's facts changed."
    rules = (  # the first that holds
        (signal == said, Turn(signal, reason=f"{before}; the figures still say so.")),
        (now.snapshot == last.snapshot, Turn(signal, reason=f"{before}; {same}")),
        (last.action == "close", Turn("watch", RECOVERED, f"{before}; newer figures point to {signal}.")),
        (settled, Turn(signal, reason=f"{before}; what held it back is settled.")),
        (row >= needed, Turn(signal, reason=f"{before}; the last {row} editions pointed to {signal}.")),
        (signal == "watch", Turn(signal, reason=f"{before}; a gate now holds it back.")),
        (
            now.periods == last.periods,
            Turn("watch", REVISED, f"{before}; revised figures of the same periods now point to {signal}."),
        ),
        (opposite, Turn("watch", OPPOSITE, f"{before}; newer figures now point to {signal}.")),
        (True, Turn(said, WAITING if said == "watch" else "", stands)),
    )
    return next(turn for holds, turn in rules if holds)
