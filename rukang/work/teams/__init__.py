"""What a team made together, and by what weight its pay is shared out."""

from rukang.work.teams.records import MadeDuring, TeamMember, TeamWork
from rukang.work.teams.shares import LARGEST_WEIGHT, by_weight

__all__ = ["LARGEST_WEIGHT", "MadeDuring", "TeamMember", "TeamWork", "by_weight"]
