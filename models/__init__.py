"""Statistics: arrays and frames in, arrays and frames out. Knows no agency, no college, no files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from models.forecasting import Forecast, forecast

__all__ = ["Forecast", "forecast"]


def __getattr__(name: str) -> Any:
    """Load the forecasting entry when it is first asked for: `import models` alone stays cheap."""
    if name in __all__:
        from models import forecasting  # noqa: PLC0415  # lazy on purpose

        return getattr(forecasting, name)
    raise AttributeError(f"module 'models' has no attribute {name!r}")
