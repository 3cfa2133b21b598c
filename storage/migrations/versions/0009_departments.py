"""A county has a list of its departments; one that has saved none goes by what the standards print."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.database.columns import ExactJson

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: going back is restoring the backup made before."""
    op.create_table(
        "departments",
        sa.Column("division_code", sa.String(6), nullable=False),
        sa.Column("listed", ExactJson, nullable=False),
        sa.PrimaryKeyConstraint("division_code", name=op.f("pk_departments")),
    )
