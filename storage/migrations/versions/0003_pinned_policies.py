"""Rounds keep the policy documents they began with. Rounds of before have none kept: the installed ones apply."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLE = "pinned_policies"


def upgrade() -> None:
    """Forward only: going back is restoring the backup made before."""
    op.add_column("rounds", sa.Column("policies", sa.Text(), nullable=True))
    op.create_table(
        TABLE,
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("policy_id", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name="pk_pinned_policies"),
    )
    dialect = op.get_bind().dialect.name
    for act in ("update", "delete"):
        if dialect == "sqlite":
            op.execute(
                f"create trigger {TABLE}_no_{act} before {act} on {TABLE} "
                f"begin select raise(abort, '{TABLE} is append-only'); end"
            )
        elif dialect == "postgresql":  # refuse_change() is the first schema's
            op.execute(
                f"create trigger {TABLE}_no_{act} before {act} on {TABLE} for each row execute function refuse_change()"
            )
