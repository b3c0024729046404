"""Reviews that come unannounced: when a visit began, and causes that no home sees."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0016"
branch_labels = None
depends_on = None

ANNOUNCED = sa.text("closed_on IS NULL AND reason <> 'review'")
REVIEW = sa.text("closed_on IS NULL AND reason = 'review'")
OPEN = sa.text("closed_on IS NULL")

# A visit has begun once an inspector wrote something: the first answer says when, or the sheet's
# submission, or at least the step to the next stage.
BEGUN = """
UPDATE inspection SET begun_at = (
  SELECT min(at) FROM (
    SELECT answer.received_at AS at FROM sheet_answer AS answer
      JOIN inspection_sheet AS sheet ON sheet.id = answer.sheet_id
      WHERE sheet.inspection_id = inspection.id AND sheet.part <> 'self'
    UNION ALL
    SELECT sheet.submitted_at FROM inspection_sheet AS sheet
      WHERE sheet.inspection_id = inspection.id AND sheet.part <> 'self'
        AND sheet.submitted_at IS NOT NULL
    UNION ALL
    SELECT step.at FROM inspection_step AS step
      WHERE step.inspection_id = inspection.id AND step.after = 'visited'
  ) AS moments
)
"""
CAUSES = """
INSERT INTO review_cause (home_id, inspection_id, words)
SELECT home_id, id, words FROM inspection WHERE reason = 'review'
"""
FORGET_NOTES = """
UPDATE inspection_step SET note = '' WHERE before IS NULL AND inspection_id IN (
  SELECT id FROM inspection WHERE reason = 'review')
"""
FORGET_WORDS = "UPDATE inspection SET words = '' WHERE reason = 'review'"
WORDS_AGAIN = """
UPDATE inspection SET words = (
  SELECT words FROM review_cause WHERE review_cause.inspection_id = inspection.id
) WHERE id IN (SELECT inspection_id FROM review_cause)
"""
NOTES_AGAIN = """
UPDATE inspection_step SET note = (
  SELECT words FROM review_cause
  WHERE review_cause.inspection_id = inspection_step.inspection_id
) WHERE before IS NULL AND inspection_id IN (SELECT inspection_id FROM review_cause)
"""
# Two of a home under way are one too many for the older version: its review is withdrawn.
BESIDE = """
UPDATE inspection SET stage = 'withdrawn', closed_on = CURRENT_DATE
WHERE closed_on IS NULL AND reason = 'review' AND home_id IN (
  SELECT home_id FROM inspection WHERE closed_on IS NULL AND reason <> 'review')
"""


def upgrade() -> None:
    """Keep when visits began, and move what reviews were opened for out of sight."""
    op.create_table(
        "review_cause",
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("home_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["home_id"], ["home.id"], name=op.f("fk_review_cause_home_id")),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspection.id"], name=op.f("fk_review_cause_inspection_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_cause")),
        sa.UniqueConstraint("inspection_id", name=op.f("uq_review_cause_inspection_id")),
    )
    op.create_index(op.f("ix_review_cause_home_id"), "review_cause", ["home_id"], unique=False)
    op.add_column("inspection", sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True))
    for statement in (BEGUN, CAUSES, FORGET_NOTES, FORGET_WORDS):
        op.execute(statement)
    op.drop_index("uq_inspection_under_way", table_name="inspection")
    _index("uq_inspection_under_way", ANNOUNCED)
    _index("uq_inspection_review_under_way", REVIEW)


def downgrade() -> None:
    """Put the causes back; where a review stands beside another inspection, it is withdrawn."""
    for statement in (WORDS_AGAIN, NOTES_AGAIN, BESIDE):
        op.execute(statement)
    op.drop_index("uq_inspection_review_under_way", table_name="inspection")
    op.drop_index("uq_inspection_under_way", table_name="inspection")
    _index("uq_inspection_under_way", OPEN)
    op.drop_column("inspection", "begun_at")
    op.drop_index(op.f("ix_review_cause_home_id"), table_name="review_cause")
    op.drop_table("review_cause")


def _index(name: str, where: sa.TextClause) -> None:
    op.create_index(
        name, "inspection", ["home_id"], unique=True, sqlite_where=where, postgresql_where=where
    )
