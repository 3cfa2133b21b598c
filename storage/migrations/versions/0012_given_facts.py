"""A round keeps what a prefecture or a province gives once for all its counties."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.database.columns import ExactJson

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: going back is restoring the backup made before."""
    op.add_column("rounds", sa.Column("given", ExactJson, nullable=True))
