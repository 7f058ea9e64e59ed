"""Rows of a frame as dictionaries: the one place where the types of cells, unknown to frames, are let go."""

from __future__ import annotations

from typing import Any

import pandas as pd


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows in order, column name -> cell; columns are declared in connectors.tables or where the frame is made."""
    return [{str(name): cell for name, cell in row.items()} for row in frame.to_dict("records")]
