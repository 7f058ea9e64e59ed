"""Announced projects: from facts in texts to the jobs they are expected to add.

``tellings`` are what texts say, ``joining`` tells which of them are one project, ``register`` puts them together with
the snapshot's announcements and an analyst's ``choices``, ``expected`` discounts and ramps what is promised;
``layoffs`` are the negative events. ``industry`` reads the industry from a description.
"""

from gapengine.arrivals.expected import Arrivals, Event, arrive, events, registered
from gapengine.arrivals.layoffs import Leaving
from gapengine.arrivals.when import decimal_date

__all__ = ["Arrivals", "Event", "Leaving", "arrive", "decimal_date", "events", "registered"]
