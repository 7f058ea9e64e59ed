"""Advice on every program: thresholds, gates, the dossier of closing, what would settle it, what was said before."""

from __future__ import annotations

from gapengine.decisions.advice import Advice, Context, advise, decide
from gapengine.decisions.flips import Flip
from gapengine.decisions.past import Said
from gapengine.decisions.rule import Rule

__all__ = ["Advice", "Context", "Flip", "Rule", "Said", "advise", "decide"]
