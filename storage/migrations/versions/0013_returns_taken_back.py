"""A return for correction may be taken back by the level that made it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.database.columns import Moment

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: going back is restoring the backup made before."""
    op.add_column("returns", sa.Column("taken_back_at", Moment(), nullable=True))
