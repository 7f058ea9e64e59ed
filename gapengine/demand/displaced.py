"""Workers who lose their jobs in a layoff, by occupation: a line of the supply beside graduates."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from gapengine.arrivals import Arrivals
from gapengine.assumptions import Assumptions
from gapengine.demand.codes import Universe
from gapengine.demand.industries import Industries
from gapengine.demand.occupations import AreaStaffing
from gapengine.demand.openings import local_pattern

COLUMNS = (
    *("event_id", "company", "county_fips", "area_code", "effective_date", "year", "naics_code", "industry_known"),
    *("soc_code", "workers", "source_address"),
)


def displaced(
    coming: Arrivals,
    staffing: Mapping[str, AreaStaffing],
    industries: Industries,
    universe: Universe,
    assumptions: Assumptions,
) -> pd.DataFrame:
    """People who lose their jobs after the nowcast, one row an event and occupation.

    They are counted in full, before any overlap with the usual flow: each of them looks for work, while demand already
    holds the usual losses. Whether they stay in the field is for the supply to say.

    Args:
        coming: its counted layoffs.
        staffing: fitted staffing by area.
        industries: rows of all areas.
        universe: order of the occupations.
        assumptions: layoff.share_carried_out.

    Returns:
        Columns ``COLUMNS``: workers in people; ``industry_known`` false where the company's industry is not known, so
        that its workers are spread as the area's private jobs are. Workers of an event sum to those notified, times
        the share carried out.
    """
    rows: list[dict[str, object]] = []
    carried_out = assumptions.value("layoff.share_carried_out")
    for event in coming.leaving:
        if not event.counted or event.workers is None:
            continue
        area = staffing[event.area_code]
        positions = industries.of_area(event.area_code)
        pattern = local_pattern(area, industries, coming, positions, event.naics_code)
        pattern = pattern / max(float(pattern.sum()), 1e-9)
        rows.extend(
            {
                "event_id": event.event_id,
                "company": event.company,
                "county_fips": event.county_fips,
                "area_code": event.area_code,
                "effective_date": event.effective_date,
                "year": int(event.effective_date[:4]),
                "naics_code": event.naics_code,
                "industry_known": bool(event.naics_code),
                "soc_code": universe.codes[at],
                "workers": float(event.workers * carried_out * pattern[at]),
                "source_address": event.source_address,
            }
            for at in np.flatnonzero(pattern > 0)
        )
    return pd.DataFrame(rows, columns=list(COLUMNS))
