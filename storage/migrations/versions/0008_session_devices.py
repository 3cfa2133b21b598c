"""A session knows from which network address and with which browser it was opened; older ones do not."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: going back is restoring the backup made before."""
    op.add_column("sessions", sa.Column("address", sa.String(64), nullable=True))
    op.add_column("sessions", sa.Column("device", sa.String(64), nullable=True))
