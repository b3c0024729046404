"""The time limits of an inspection are counted at every reading and no longer kept.

A year's calendar may be arranged after a proposal, which moves both limits.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op

from rukang.base.calendar import Calendar

revision = "0016"
down_revision = "0008"
branch_labels = None
depends_on = None

LIMITS = ("objections_until", "publish_by")


def upgrade() -> None:
    """Drop both limits; the day of the proposal and the edition give them."""
    for name in LIMITS:
        op.drop_column("inspection", name)


def downgrade() -> None:
    """Write both limits again, as the calendars of published years give them."""
    for name in LIMITS:
        op.add_column("inspection", sa.Column(name, sa.Date(), nullable=True))
    inspection = sa.table(
        "inspection",
        *(sa.column(name, sa.Date()) for name in ("proposed_on", *LIMITS)),
        sa.column("id", sa.Integer()),
        sa.column("edition_text_id", sa.Integer()),
    )
    edition = sa.table("edition_text", sa.column("id"), sa.column("content", sa.Text()))
    rows = op.get_bind().execute(
        sa.select(inspection.c.id, inspection.c.proposed_on, edition.c.content)
        .join(edition, edition.c.id == inspection.c.edition_text_id)
        .where(inspection.c.proposed_on.is_not(None))
    )
    for row in rows.all():
        until, by = _limits(row.proposed_on, row.content)
        op.execute(
            sa.update(inspection)
            .where(inspection.c.id == row.id)
            .values(objections_until=until, publish_by=by)
        )


def _limits(proposed_on: date, content: Any) -> tuple[date, date]:
    periods = (json.loads(content) if isinstance(content, str) else content)["periods"]
    calendar = Calendar()
    until = calendar.workday_after(proposed_on, periods["objection_workdays"])
    return until, calendar.workday_after(until, periods["publication_workdays"])
