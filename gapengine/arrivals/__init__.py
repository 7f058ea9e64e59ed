"""Announced projects: from facts in texts to the jobs they are expected to add.

``expected`` discounts and ramps the announcements of a snapshot; ``industry`` reads the industry from a description.
"""

from gapengine.arrivals.expected import Arrivals, Event, decimal_date, events

__all__ = ["Arrivals", "Event", "decimal_date", "events"]
