"""A round takes other rules county by county: the mark on the round, and which counties have taken them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: going back is restoring the backup made before."""
    op.add_column("rounds", sa.Column("repinning", sa.Text(), nullable=True))
    op.add_column("submissions", sa.Column("repinned", sa.Boolean(), nullable=False, server_default=sa.false()))
