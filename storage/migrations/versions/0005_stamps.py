"""Submissions and rounds say by one number whether anything of theirs was written since."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: going back is restoring the backup made before."""
    for table in ("submissions", "rounds"):
        op.add_column(table, sa.Column("stamp", sa.Integer(), nullable=False, server_default="0"))
    # What stands was written as often as its history says.
    op.execute(
        "update submissions set stamp = "
        "(select count(*) from entry_versions where entry_versions.submission_id = submissions.id)"
    )
