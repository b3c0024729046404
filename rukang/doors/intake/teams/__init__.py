"""The sheets of 05-出勤与计件 about teams: what they made, and who shares it by what weight."""

from rukang.doors.intake.teams.check import Teams, check_teams
from rukang.doors.intake.teams.rows import MEMBERS, TEAMS
from rukang.doors.intake.teams.store import keep_teams

__all__ = ["MEMBERS", "TEAMS", "Teams", "check_teams", "keep_teams"]
