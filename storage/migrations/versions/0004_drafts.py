"""What is typed and not saved lies in the store as the person's own, beside the record and no part of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: going back is restoring the backup made before."""
    op.create_table(
        "drafts",
        *_window(),
        sa.Column("field", sa.String(length=255), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "scope", "kind", "key", "tab", "field", name="pk_drafts"),
    )
    op.create_index("ix_drafts_scope", "drafts", ["scope"])
    op.create_table(
        "draft_closings",
        *_window(),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "scope", "kind", "key", "tab", name="pk_draft_closings"),
    )


def _window() -> list[sa.Column[object]]:
    """Whose form, of which entry, in which window."""
    return [
        sa.Column("account_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("scope", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("tab", sa.String(length=40), nullable=False),
    ]
