"""One county may be given a later deadline than its round's."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: going back is restoring the backup made before."""
    op.add_column("submissions", sa.Column("extended_to", sa.Date(), nullable=True))
