"""Agencies' files in, tidy tables out. Knows agencies; knows no college and no model."""
