"""The engine: knows the college and composes the three tools (connectors, models, reports)."""
