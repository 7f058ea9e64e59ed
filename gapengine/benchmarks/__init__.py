"""Benchmarks: one file each, a `measure()` that returns what `gapengine bench NAME` prints as one JSON object."""
