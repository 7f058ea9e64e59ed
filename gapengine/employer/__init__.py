"""The employer brief: from a company's plan and a quarter's figures to the pages that the Chamber hands over."""

from gapengine.employer.compose import compose
from gapengine.employer.deliver import DRAWS, Told, WrittenBrief, groundwork, write
from gapengine.employer.request import EmployerPlan, plan

__all__ = ["DRAWS", "EmployerPlan", "Told", "WrittenBrief", "compose", "groundwork", "plan", "write"]
