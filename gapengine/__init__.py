"""The engine: knows the college and composes the three tools (connectors, models, reports)."""

__version__ = "0.1.0"
