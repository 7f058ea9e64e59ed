"""The terminal as every command writes to it."""

from __future__ import annotations

import sys

from rich.console import Console


def console() -> Console:
    """The terminal. Text from data is printed as it is: no markup, no emoji, no highlighting."""
    width = None if sys.stdout.isatty() else 110
    return Console(width=width, markup=False, emoji=False, highlight=False)
