"""A level divides its counties among its people; a round may want two of them for each county."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.database.columns import ExactJson

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: going back is restoring the backup made before."""
    op.add_column("submissions", sa.Column("reviewers", ExactJson, nullable=False, server_default="{}"))
    op.add_column("rounds", sa.Column("second_reviewer", sa.Boolean(), nullable=False, server_default=sa.false()))
