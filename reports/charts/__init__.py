"""Hand-made SVG charts: deterministic, a few kilobytes each, the same in PDF and HTML."""

from reports.charts.bullet import axis, bullet
from reports.charts.fan import fan
from reports.charts.frontier import frontier
from reports.charts.histogram import histogram
from reports.charts.multiples import multiple
from reports.charts.pay import pay, pay_axis, pay_end
from reports.charts.placement import placement
from reports.charts.quarters import quarters
from reports.charts.slope import slope
from reports.charts.small import bar, counts_strip, sparkline
from reports.charts.tiles import tiles
from reports.charts.timeline import timeline

__all__ = [
    "axis",
    "bar",
    "bullet",
    "counts_strip",
    "fan",
    "frontier",
    "histogram",
    "multiple",
    "pay",
    "pay_axis",
    "pay_end",
    "placement",
    "quarters",
    "slope",
    "sparkline",
    "tiles",
    "timeline",
]
