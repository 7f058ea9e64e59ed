"""Demand: industry history -> nowcast -> announcements -> occupations -> openings, all as draws.

Reads in this order: :mod:`industries`, :mod:`occupations`, :mod:`openings`, :mod:`levels`.
"""
