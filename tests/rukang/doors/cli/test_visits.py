"""``rukang visits``: what is left out is said when a plan is made, and again when it is applied."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from sqlalchemy import select

from rukang.base.access import Grant, Role
from rukang.base.access.accounts import create_account
from rukang.base.database.context import as_actor, today
from rukang.base.settings import Settings
from rukang.bodies.homes import find_home
from rukang.doors.upkeep import bring_up
from rukang.engines.rating import load_edition
from rukang.stars.inspections import Inspection, Reason, open_inspection, upsert_inspector
from rukang.stars.inspections.steps.planning import find_plan
from tests.factories import a_home
from tests.rukang.doors.cli.conftest import OFFICER, Rukang

HERE, FAR_AWAY = (Decimal("37.3"), Decimal("117.9")), (Decimal("21.0"), Decimal("101.0"))


def test_homes_left_out_are_warned_of(rukang: Rukang, home: Path) -> None:
    """A home that no inspector reaches within a day is named, with the reason, by both.

    The plan, and the visit that is set by it, are in the name of the account that acts.
    """
    database = bring_up(Settings(home, f"sqlite:///{home / 'rukang.sqlite'}"))
    with database.session() as session:
        near = find_home(session, "ZP001")
        near.latitude, near.longitude = HERE
        a_home(session, code="ZP900", latitude=FAR_AWAY[0], longitude=FAR_AWAY[1])
        first, last = today(session) + timedelta(days=7), today(session) + timedelta(days=40)
        for one in (near, find_home(session, "ZP900")):
            edition = load_edition("example-2026")
            open_inspection(
                as_actor(session, OFFICER), one, edition, Reason.REVIEW, last, "示例复核"
            )
        for email in ("one@example.org", "two@example.org"):
            grant = Grant(Role.INSPECTOR, region="371600")
            create_account(session, email, "示例评定员", "four words in a row", [grant])
            upsert_inspector(session, email, "示例评定员", "371600", HERE)
    database.close()
    when = ("--first", str(first), "--last", str(last))
    planned = rukang("--as", OFFICER, "visits", "plan", "--region", "371600", *when)
    assert planned.code == 0, planned.err
    assert "1/2 次上门" in planned.out
    applied = rukang("--as", OFFICER, "visits", "apply", "1", "--since", str(first))
    assert applied.code == 0, applied.err
    assert "1 次上门已排定" in applied.out
    assert "1 homes are left out" in applied.out
    assert "ZP900: no two inspectors can go together" in " ".join(applied.out.split())
    database = bring_up(Settings(home, f"sqlite:///{home / 'rukang.sqlite'}"))
    with database.session() as session:
        kept, _, _ = find_plan(session, 1)
        visited = session.scalars(select(Inspection).where(Inspection.visit_on.is_not(None))).one()
        assert kept.made_by == OFFICER
        assert visited.steps[-1].by == OFFICER
    database.close()
