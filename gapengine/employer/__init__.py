"""The employer brief: from a company's plan and a quarter's figures to the pages that the Chamber hands over."""

from gapengine.employer.compose import compose
from gapengine.employer.deliver import Told, WrittenBrief, groundwork, write
from gapengine.employer.request import EmployerPlan, plan

__all__ = ["EmployerPlan", "Told", "WrittenBrief", "compose", "groundwork", "plan", "write"]
