"""Keeping the teams of 05-出勤与计件: what a month holds replaces what was kept of it before."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from rukang.base.database.keep import settle
from rukang.doors.intake.form import Intake
from rukang.doors.intake.teams.check import Teams
from rukang.people import Resident
from rukang.work.teams import TeamMember, TeamWork


def keep_teams(intake: Intake, teams: Teams, residents: Mapping[str, Resident]) -> None:
    """Replace what the month's teams made, and their members."""
    month = {"home_id": intake.home.id, "month": intake.month}
    made = select(TeamWork).filter_by(**month)
    settle(
        intake.session,
        TeamWork,
        {(of.team, of.item, of.day, of.made_during): of for of in intake.session.scalars(made)},
        {
            (row.team, row.item, row.day, row.made_during): month | row.model_dump()
            for row in (located.value for located in teams.made)
        },
    )
    members = select(TeamMember).filter_by(**month)
    settle(
        intake.session,
        TeamMember,
        {(of.team, of.resident_id): of for of in intake.session.scalars(members)},
        {
            (row.team, residents[row.resident].id): month
            | {
                "team": row.team,
                "resident_id": residents[row.resident].id,
                "weight": row.weight,
            }
            for row in (located.value for located in teams.members)
        },
    )
