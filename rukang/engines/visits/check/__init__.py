"""Whether a plan keeps every rule and costs what it says, recounted without the model."""

from rukang.engines.visits.check.check import check
from rukang.engines.visits.check.cost import cost, cost_left_out
from rukang.engines.visits.check.violation import Rule, Violation

__all__ = ["Rule", "Violation", "check", "cost", "cost_left_out"]
