"""Inspections, their sheets and evidence, and the register of stars."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables, and where a home lies."""
    op.create_table(
        "edition_text",
        sa.Column("edition", sa.String(length=40), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition_text")),
        sa.UniqueConstraint("digest", name=op.f("uq_edition_text_digest")),
    )
    op.create_table(
        "inspector",
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("region", sa.String(length=6), nullable=False),
        sa.Column("latitude", sa.String(length=40), nullable=False),
        sa.Column("longitude", sa.String(length=40), nullable=False),
        sa.Column("skills", sa.JSON(), nullable=False),
        sa.Column("most_days", sa.Integer(), nullable=False),
        sa.Column("away", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspector")),
        sa.UniqueConstraint("email", name=op.f("uq_inspector_email")),
    )
    op.create_index(op.f("ix_inspector_region"), "inspector", ["region"], unique=False)
    op.create_table(
        "visit_plan",
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("problem", sa.JSON(), nullable=False),
        sa.Column("plan", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=320), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["visit_plan.id"], name=op.f("fk_visit_plan_replaces_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_plan")),
    )
    op.create_table(
        "interest",
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("held_from", sa.Date(), nullable=False),
        sa.Column("held_to", sa.Date(), nullable=True),
        sa.Column("home_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["home_id"], ["home.id"], name=op.f("fk_interest_home_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interest")),
        sa.UniqueConstraint(
            "home_id", "email", "held_from", name=op.f("uq_interest_home_id_email_held_from")
        ),
    )
    op.create_index(op.f("ix_interest_email"), "interest", ["email"], unique=False)
    op.create_index(op.f("ix_interest_home_id"), "interest", ["home_id"], unique=False)
    op.create_table(
        "inspection",
        sa.Column(
            "reason",
            sa.Enum(
                "application",
                "due",
                "revisit",
                "review",
                name="reason",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "opened",
                "self_reported",
                "desk_checked",
                "planned",
                "visited",
                "moderated",
                "proposed",
                "published",
                "withdrawn",
                name="stage",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("edition_text_id", sa.Integer(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("visit_on", sa.Date(), nullable=True),
        sa.Column("proposed_on", sa.Date(), nullable=True),
        sa.Column("objections_until", sa.Date(), nullable=True),
        sa.Column("publish_by", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("rating_id", sa.Integer(), nullable=True),
        sa.Column("home_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_text_id"], ["edition_text.id"], name=op.f("fk_inspection_edition_text_id")
        ),
        sa.ForeignKeyConstraint(["home_id"], ["home.id"], name=op.f("fk_inspection_home_id")),
        sa.ForeignKeyConstraint(["rating_id"], ["rating.id"], name=op.f("fk_inspection_rating_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection")),
    )
    op.create_index(op.f("ix_inspection_closed_on"), "inspection", ["closed_on"], unique=False)
    op.create_index(op.f("ix_inspection_due_on"), "inspection", ["due_on"], unique=False)
    op.create_index(op.f("ix_inspection_home_id"), "inspection", ["home_id"], unique=False)
    op.create_index(op.f("ix_inspection_visit_on"), "inspection", ["visit_on"], unique=False)
    op.create_index(
        "uq_inspection_under_way",
        "inspection",
        ["home_id"],
        unique=True,
        sqlite_where=sa.text("closed_on IS NULL"),
        postgresql_where=sa.text("closed_on IS NULL"),
    )
    op.create_table(
        "rating_loss",
        sa.Column("rating_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.String(length=40), nullable=False),
        sa.Column("criterion", sa.String(length=12), nullable=False),
        sa.Column("title_zh", sa.String(length=200), nullable=False),
        sa.Column("title_en", sa.String(length=200), nullable=False),
        sa.Column("lost", sa.String(length=40), nullable=False),
        sa.Column("points", sa.String(length=40), nullable=False),
        sa.Column("home_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["home_id"], ["home.id"], name=op.f("fk_rating_loss_home_id")),
        sa.ForeignKeyConstraint(
            ["rating_id"], ["rating.id"], name=op.f("fk_rating_loss_rating_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating_loss")),
        sa.UniqueConstraint(
            "rating_id", "criterion", name=op.f("uq_rating_loss_rating_id_criterion")
        ),
    )
    op.create_index(op.f("ix_rating_loss_home_id"), "rating_loss", ["home_id"], unique=False)
    op.create_index(op.f("ix_rating_loss_rating_id"), "rating_loss", ["rating_id"], unique=False)
    op.create_table(
        "star_event",
        sa.Column(
            "kind",
            sa.Enum(
                "granted",
                "lowered",
                "removed",
                "corrected",
                name="eventkind",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("star", sa.Integer(), nullable=False),
        sa.Column("edition", sa.String(length=40), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("replaced_on", sa.Date(), nullable=True),
        sa.Column("revisit_on", sa.Date(), nullable=True),
        sa.Column("rating_id", sa.Integer(), nullable=True),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("home_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["star_event.id"], name=op.f("fk_star_event_corrects_id")
        ),
        sa.ForeignKeyConstraint(["home_id"], ["home.id"], name=op.f("fk_star_event_home_id")),
        sa.ForeignKeyConstraint(["rating_id"], ["rating.id"], name=op.f("fk_star_event_rating_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_star_event")),
    )
    op.create_index(
        "ix_star_event_held", "star_event", ["effective_on", "replaced_on"], unique=False
    )
    op.create_index(op.f("ix_star_event_home_id"), "star_event", ["home_id"], unique=False)
    op.create_index(op.f("ix_star_event_rating_id"), "star_event", ["rating_id"], unique=False)
    op.create_index(op.f("ix_star_event_revisit_on"), "star_event", ["revisit_on"], unique=False)
    op.create_table(
        "corrective_action",
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(length=12), nullable=False),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("reported", sa.String(length=500), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("confirmed_by", sa.String(length=320), nullable=True),
        sa.Column("home_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["home_id"], ["home.id"], name=op.f("fk_corrective_action_home_id")
        ),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspection.id"], name=op.f("fk_corrective_action_inspection_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrective_action")),
    )
    op.create_index(
        op.f("ix_corrective_action_due_on"), "corrective_action", ["due_on"], unique=False
    )
    op.create_index(
        op.f("ix_corrective_action_home_id"), "corrective_action", ["home_id"], unique=False
    )
    op.create_index(
        op.f("ix_corrective_action_inspection_id"),
        "corrective_action",
        ["inspection_id"],
        unique=False,
    )
    op.create_table(
        "double_score",
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.String(length=40), nullable=False),
        sa.Column("scored_on", sa.Date(), nullable=False),
        sa.Column("criterion", sa.String(length=12), nullable=False),
        sa.Column("first_by", sa.String(length=60), nullable=False),
        sa.Column("second_by", sa.String(length=60), nullable=False),
        sa.Column("first", sa.String(length=40), nullable=False),
        sa.Column("second", sa.String(length=40), nullable=False),
        sa.Column("home_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["home_id"], ["home.id"], name=op.f("fk_double_score_home_id")),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspection.id"], name=op.f("fk_double_score_inspection_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_double_score")),
    )
    op.create_index(op.f("ix_double_score_home_id"), "double_score", ["home_id"], unique=False)
    op.create_index(
        op.f("ix_double_score_inspection_id"), "double_score", ["inspection_id"], unique=False
    )
    op.create_index("ix_double_score_round", "double_score", ["edition", "scored_on"], unique=False)
    op.create_table(
        "inspection_sheet",
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column(
            "part",
            sa.Enum("self", "first", "second", "third", name="part", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("filled_by", sa.String(length=320), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("home_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["home_id"], ["home.id"], name=op.f("fk_inspection_sheet_home_id")),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspection.id"], name=op.f("fk_inspection_sheet_inspection_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_sheet")),
        sa.UniqueConstraint(
            "inspection_id", "filled_by", name=op.f("uq_inspection_sheet_inspection_id_filled_by")
        ),
        sa.UniqueConstraint(
            "inspection_id", "part", name=op.f("uq_inspection_sheet_inspection_id_part")
        ),
    )
    op.create_index(
        op.f("ix_inspection_sheet_filled_by"), "inspection_sheet", ["filled_by"], unique=False
    )
    op.create_index(
        op.f("ix_inspection_sheet_home_id"), "inspection_sheet", ["home_id"], unique=False
    )
    op.create_index(
        op.f("ix_inspection_sheet_inspection_id"),
        "inspection_sheet",
        ["inspection_id"],
        unique=False,
    )
    op.create_table(
        "inspection_step",
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column(
            "before",
            sa.Enum(
                "opened",
                "self_reported",
                "desk_checked",
                "planned",
                "visited",
                "moderated",
                "proposed",
                "published",
                "withdrawn",
                name="stage",
                native_enum=False,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column(
            "after",
            sa.Enum(
                "opened",
                "self_reported",
                "desk_checked",
                "planned",
                "visited",
                "moderated",
                "proposed",
                "published",
                "withdrawn",
                name="stage",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=320), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("home_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["home_id"], ["home.id"], name=op.f("fk_inspection_step_home_id")),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspection.id"], name=op.f("fk_inspection_step_inspection_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_step")),
    )
    op.create_index(
        op.f("ix_inspection_step_home_id"), "inspection_step", ["home_id"], unique=False
    )
    op.create_index(
        op.f("ix_inspection_step_inspection_id"), "inspection_step", ["inspection_id"], unique=False
    )
    op.create_table(
        "objection",
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("by", sa.String(length=320), nullable=False),
        sa.Column("words", sa.String(length=2000), nullable=False),
        sa.Column("upheld", sa.Boolean(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.String(length=320), nullable=True),
        sa.Column("decision", sa.String(length=2000), nullable=True),
        sa.Column("changes", sa.JSON(), nullable=True),
        sa.Column("home_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["home_id"], ["home.id"], name=op.f("fk_objection_home_id")),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspection.id"], name=op.f("fk_objection_inspection_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection")),
    )
    op.create_index(op.f("ix_objection_home_id"), "objection", ["home_id"], unique=False)
    op.create_index(
        op.f("ix_objection_inspection_id"), "objection", ["inspection_id"], unique=False
    )
    op.create_table(
        "evidence",
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("media_type", sa.String(length=40), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("latitude", sa.String(length=40), nullable=True),
        sa.Column("longitude", sa.String(length=40), nullable=True),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("complete_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("home_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["home_id"], ["home.id"], name=op.f("fk_evidence_home_id")),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["inspection_sheet.id"], name=op.f("fk_evidence_sheet_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint(
            "sheet_id", "criterion", "sha256", name=op.f("uq_evidence_sheet_id_criterion_sha256")
        ),
    )
    op.create_index(op.f("ix_evidence_home_id"), "evidence", ["home_id"], unique=False)
    op.create_index(op.f("ix_evidence_sha256"), "evidence", ["sha256"], unique=False)
    op.create_index(op.f("ix_evidence_sheet_id"), "evidence", ["sheet_id"], unique=False)
    op.create_table(
        "sheet_answer",
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(length=12), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "met",
                "not_met",
                "not_applicable",
                "no_data",
                name="state",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("value", sa.String(length=60), nullable=True),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("home_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["home_id"], ["home.id"], name=op.f("fk_sheet_answer_home_id")),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["inspection_sheet.id"], name=op.f("fk_sheet_answer_sheet_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_answer")),
        sa.UniqueConstraint(
            "sheet_id", "criterion", name=op.f("uq_sheet_answer_sheet_id_criterion")
        ),
    )
    op.create_index(op.f("ix_sheet_answer_home_id"), "sheet_answer", ["home_id"], unique=False)
    op.create_index(op.f("ix_sheet_answer_sheet_id"), "sheet_answer", ["sheet_id"], unique=False)
    op.create_table(
        "evidence_part",
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content_cipher", sa.LargeBinary(), nullable=True),
        sa.Column("home_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_evidence_part_evidence_id")
        ),
        sa.ForeignKeyConstraint(["home_id"], ["home.id"], name=op.f("fk_evidence_part_home_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_part")),
        sa.UniqueConstraint(
            "evidence_id", "number", name=op.f("uq_evidence_part_evidence_id_number")
        ),
    )
    op.create_index(
        op.f("ix_evidence_part_evidence_id"), "evidence_part", ["evidence_id"], unique=False
    )
    op.create_index(op.f("ix_evidence_part_home_id"), "evidence_part", ["home_id"], unique=False)
    op.add_column("home", sa.Column("latitude", sa.String(length=40), nullable=True))
    op.add_column("home", sa.Column("longitude", sa.String(length=40), nullable=True))


def downgrade() -> None:
    """Take them away, with every inspection in them."""
    op.drop_column("home", "longitude")
    op.drop_column("home", "latitude")
    op.drop_index(op.f("ix_evidence_part_home_id"), table_name="evidence_part")
    op.drop_index(op.f("ix_evidence_part_evidence_id"), table_name="evidence_part")
    op.drop_table("evidence_part")
    op.drop_index(op.f("ix_sheet_answer_sheet_id"), table_name="sheet_answer")
    op.drop_index(op.f("ix_sheet_answer_home_id"), table_name="sheet_answer")
    op.drop_table("sheet_answer")
    op.drop_index(op.f("ix_evidence_sheet_id"), table_name="evidence")
    op.drop_index(op.f("ix_evidence_sha256"), table_name="evidence")
    op.drop_index(op.f("ix_evidence_home_id"), table_name="evidence")
    op.drop_table("evidence")
    op.drop_index(op.f("ix_objection_inspection_id"), table_name="objection")
    op.drop_index(op.f("ix_objection_home_id"), table_name="objection")
    op.drop_table("objection")
    op.drop_index(op.f("ix_inspection_step_inspection_id"), table_name="inspection_step")
    op.drop_index(op.f("ix_inspection_step_home_id"), table_name="inspection_step")
    op.drop_table("inspection_step")
    op.drop_index(op.f("ix_inspection_sheet_inspection_id"), table_name="inspection_sheet")
    op.drop_index(op.f("ix_inspection_sheet_home_id"), table_name="inspection_sheet")
    op.drop_index(op.f("ix_inspection_sheet_filled_by"), table_name="inspection_sheet")
    op.drop_table("inspection_sheet")
    op.drop_index("ix_double_score_round", table_name="double_score")
    op.drop_index(op.f("ix_double_score_inspection_id"), table_name="double_score")
    op.drop_index(op.f("ix_double_score_home_id"), table_name="double_score")
    op.drop_table("double_score")
    op.drop_index(op.f("ix_corrective_action_inspection_id"), table_name="corrective_action")
    op.drop_index(op.f("ix_corrective_action_home_id"), table_name="corrective_action")
    op.drop_index(op.f("ix_corrective_action_due_on"), table_name="corrective_action")
    op.drop_table("corrective_action")
    op.drop_index(op.f("ix_star_event_revisit_on"), table_name="star_event")
    op.drop_index(op.f("ix_star_event_rating_id"), table_name="star_event")
    op.drop_index(op.f("ix_star_event_home_id"), table_name="star_event")
    op.drop_index("ix_star_event_held", table_name="star_event")
    op.drop_table("star_event")
    op.drop_index(op.f("ix_rating_loss_rating_id"), table_name="rating_loss")
    op.drop_index(op.f("ix_rating_loss_home_id"), table_name="rating_loss")
    op.drop_table("rating_loss")
    op.drop_index(
        "uq_inspection_under_way",
        table_name="inspection",
        sqlite_where=sa.text("closed_on IS NULL"),
        postgresql_where=sa.text("closed_on IS NULL"),
    )
    op.drop_index(op.f("ix_inspection_visit_on"), table_name="inspection")
    op.drop_index(op.f("ix_inspection_home_id"), table_name="inspection")
    op.drop_index(op.f("ix_inspection_due_on"), table_name="inspection")
    op.drop_index(op.f("ix_inspection_closed_on"), table_name="inspection")
    op.drop_table("inspection")
    op.drop_index(op.f("ix_interest_home_id"), table_name="interest")
    op.drop_index(op.f("ix_interest_email"), table_name="interest")
    op.drop_table("interest")
    op.drop_table("visit_plan")
    op.drop_index(op.f("ix_inspector_region"), table_name="inspector")
    op.drop_table("inspector")
    op.drop_table("edition_text")
