"""Every table of the snapshot, in the order of the manifest."""

from __future__ import annotations

from tools.recipe import Recipe
from tools.recipes import bridges, errors, events, industry, occupations, programs, staffing, titles

RECIPES: tuple[Recipe, ...] = (
    *industry.RECIPES,
    *occupations.RECIPES,
    *staffing.RECIPES,
    *programs.RECIPES,
    *events.RECIPES,
    *titles.RECIPES,
    *bridges.RECIPES,
    *errors.RECIPES,
)
