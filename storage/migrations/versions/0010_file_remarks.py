"""What reading a file's text gave is kept beside the file: what may name somebody, what was not looked at."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: going back is restoring the backup made before. Files kept before have no remarks."""
    op.create_table(
        "file_remarks",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("remarks", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_file_remarks"),
    )
