"""Verdicts are kept with the data, so that lists need not judge."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: going back is restoring the backup made before. Filled when the service starts."""
    op.create_table(
        "verdicts",
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("standard", sa.String(length=64), nullable=False),
        sa.Column("verdicts", sa.Text(), nullable=False),
        sa.Column("blocking", sa.Text(), nullable=False),
        sa.Column("eligible", sa.Boolean(), nullable=False),
        sa.Column("scheme", sa.String(length=64), nullable=False),
        sa.Column("score", sa.Text(), nullable=False),
        sa.Column("rules", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["submission_id"], ["submissions.id"], name="fk_verdicts_submission_id"),
        sa.PrimaryKeyConstraint("submission_id", "level", "standard", name="pk_verdicts"),
    )
    # Lists ask the log for acts of one kind; without an index they read all of it.
    op.create_index("ix_audit_action", "audit", ["action"])
