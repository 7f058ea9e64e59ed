"""The best set of changes under the college's money, teachers, rooms and places: a two-stage stochastic program."""

from gapengine.portfolio.candidates import candidates
from gapengine.portfolio.choose import choose
from gapengine.portfolio.problem import Situation
from gapengine.portfolio.result import Choice, Portfolio, Used
from gapengine.portfolio.settled import settled

__all__ = ["Choice", "Portfolio", "Situation", "Used", "candidates", "choose", "settled"]
