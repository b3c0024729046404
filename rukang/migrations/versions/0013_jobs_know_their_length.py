"""Jobs know how long their work may take; wage runs from before steps know who asked for them.

A run that was calculated before runs had steps is told its first step from the job that calculated
it: who asked answers for the inputs and may not approve them. A run from the command line names
nobody; nobody may approve it until somebody takes it back and calculates it anew
(:func:`rukang.pay.advance`).
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0014"
branch_labels = None
depends_on = None

NOTE = "迁移时按任务记录补记 from the job on record"


def upgrade() -> None:
    """Add the seconds; give runs without a first step that of the job that calculated them."""
    with op.batch_alter_table("job") as batch:
        batch.add_column(sa.Column("seconds", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("job") as batch:
        batch.alter_column("seconds", server_default=None)
    op.execute(
        "UPDATE job SET seconds = (SELECT time_limit FROM roster_plan"
        " WHERE roster_plan.id = job.subject_id) WHERE kind = 'solve_roster'"
        " AND EXISTS (SELECT 1 FROM roster_plan WHERE roster_plan.id = job.subject_id)"
    )
    op.get_bind().execute(
        sa.text(
            "INSERT INTO pay_step (home_id, run_id, state, at, by, note)"
            " SELECT run.home_id, run.id, 'draft', job.asked_at, job.asked_by, :note"
            " FROM pay_run AS run JOIN job ON job.kind = 'run_payroll' AND job.subject_id = run.id"
            " WHERE NOT EXISTS (SELECT 1 FROM pay_step AS step"
            " WHERE step.run_id = run.id AND step.state = 'draft')"
            " AND job.id = (SELECT max(latest.id) FROM job AS latest"
            " WHERE latest.kind = 'run_payroll' AND latest.subject_id = run.id)"
        ),
        {"note": NOTE},
    )


def downgrade() -> None:
    """Take both away."""
    op.get_bind().execute(sa.text("DELETE FROM pay_step WHERE note = :note"), {"note": NOTE})
    with op.batch_alter_table("job") as batch:
        batch.drop_column("seconds")
