"""What a team made together, and by what weight its pay is shared out."""

from rukang.teams.records import MadeDuring, TeamMember, TeamWork
from rukang.teams.shares import LARGEST_WEIGHT, by_weight

__all__ = ["LARGEST_WEIGHT", "MadeDuring", "TeamMember", "TeamWork", "by_weight"]
