"""An account knows whose work it goes on with: usernames, the first one first, with blanks between."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: going back is restoring the backup made before."""
    op.add_column("accounts", sa.Column("predecessors", sa.Text(), nullable=True))
