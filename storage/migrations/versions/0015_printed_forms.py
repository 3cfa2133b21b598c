"""The check codes of printed forms are kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.database.columns import Moment

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: going back is restoring the backup made before."""
    op.create_table(
        "printed_forms",
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name="fk_printed_forms_submission_id_submissions"
        ),
        sa.PrimaryKeyConstraint("submission_id", "code", name="pk_printed_forms"),
    )
