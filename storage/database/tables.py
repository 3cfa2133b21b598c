"""The tables. A change here needs a migration beside it (`storage/migrations/`); a test compares the two.

What is `APPEND_ONLY` (the history first of all) has triggers that refuse UPDATE and DELETE (SQLite, PostgreSQL).
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from storage.database.columns import ExactJson, Moment

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

APPEND_ONLY = ("entry_versions", "moves", "audit", "pinned_standards", "pinned_policies")

accounts = Table(
    "accounts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("username", String(64), nullable=False, unique=True),
    Column("display_name", String(200), nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("role", String(40), nullable=False),
    Column("division_code", String(6), nullable=False),
    Column("unit", String(200)),
    Column("must_change_password", Boolean, nullable=False),
    Column("disabled", Boolean, nullable=False),
    Column("demo", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("password_set_at", Moment, nullable=False),
    Column("predecessors", Text),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("account_id", ForeignKey("accounts.id"), nullable=False, index=True),
    Column("created_at", Moment, nullable=False),
    Column("last_seen_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("revoked_at", Moment),
    Column("address", String(64)),
    Column("device", String(64)),
)

attempts = Table(
    "attempts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name_digest", String(64), nullable=False),
    Column("address", String(64), nullable=False),
    Column("succeeded", Boolean, nullable=False),
    Column("at", Moment, nullable=False, index=True),
    Index("ix_attempts_name_digest_at", "name_digest", "at"),
    Index("ix_attempts_address_at", "address", "at"),
)

rounds = Table(
    "rounds",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("title", String(200), nullable=False),
    Column("standards", ExactJson, nullable=False),
    Column("fingerprints", ExactJson, nullable=False),
    Column("period_first", Date, nullable=False),
    Column("period_last", Date, nullable=False),
    Column("apply_by", Date),
    Column("recommend_by", Date),
    Column("quota_per_prefecture", Integer),
    Column("demo", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("closed_at", Moment),
    Column("policies", ExactJson, nullable=True),
    Column("stamp", Integer, nullable=False, server_default="0"),
    Column("repinning", ExactJson, nullable=True),  # while it takes other rules, county by county: which, who, why
    Column("given", ExactJson, nullable=True),  # what a level gives once for all its counties: division → fact
    Column("second_reviewer", Boolean, nullable=False, server_default=false()),
)

# The merged standards that rounds pin, as the text their fingerprints are taken of; below, their policy documents.
pinned_standards = Table(
    "pinned_standards",
    metadata,
    Column("fingerprint", String(64), primary_key=True),
    Column("standard_id", String(64), nullable=False),
    Column("text", Text, nullable=False),
    Column("kept_at", Moment, nullable=False),
)

pinned_policies = Table(
    "pinned_policies",
    metadata,
    Column("fingerprint", String(64), primary_key=True),
    Column("policy_id", String(64), nullable=False),
    Column("text", Text, nullable=False),
    Column("kept_at", Moment, nullable=False),
)

submissions = Table(
    "submissions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("round_id", ForeignKey("rounds.id"), nullable=False),
    Column("division_code", String(6), nullable=False),
    Column("division_name", String(200), nullable=False),
    Column("state", String(40), nullable=False),
    Column("version", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("state_since", Moment, nullable=False),
    Column("stamp", Integer, nullable=False, server_default="0"),
    Column("repinned", Boolean, nullable=False, server_default=false()),  # of a round's being repinned, this is done
    Column("extended_to", Date),
    Column("reviewers", ExactJson, nullable=False, server_default="{}"),  # level → section ("": all) → username
    UniqueConstraint("round_id", "division_code"),
)

entries = Table(
    "entries",
    metadata,
    Column("submission_id", ForeignKey("submissions.id"), primary_key=True),
    Column("kind", String(64), primary_key=True),
    Column("key", String(128), primary_key=True),
    Column("body", ExactJson, nullable=False),
    Column("version", Integer, nullable=False),
    Column("updated_by", String(64), nullable=False),
    Column("updated_at", Moment, nullable=False),
)

entry_versions = Table(
    "entry_versions",
    metadata,
    Column("submission_id", ForeignKey("submissions.id"), primary_key=True),
    Column("kind", String(64), primary_key=True),
    Column("key", String(128), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("body", ExactJson, nullable=False),
    Column("removed", Boolean, nullable=False),
    Column("by", String(64), nullable=False),
    Column("at", Moment, nullable=False),
)

moves = Table(
    "moves",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("submission_id", ForeignKey("submissions.id"), nullable=False, index=True),
    Column("move", String(64), nullable=False),
    Column("from_state", String(40), nullable=False),
    Column("to_state", String(40), nullable=False),
    Column("by", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    Column("reason", Text),
)

returns = Table(
    "returns",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("submission_id", ForeignKey("submissions.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("level", String(40), nullable=False),
    Column("reason", Text),
    Column("due", Date),
    Column("items", ExactJson, nullable=False),
    Column("created_by", String(64), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("closed_at", Moment),
    Column("taken_back_at", Moment),
    UniqueConstraint("submission_id", "number"),
)

files = Table(
    "files",
    metadata,
    Column("submission_id", ForeignKey("submissions.id"), primary_key=True),
    Column("sha256", String(64), primary_key=True),
    Column("name", String(255), nullable=False),
    Column("media_type", String(128), nullable=False),
    Column("size", Integer, nullable=False),
    Column("added_by", String(64), nullable=False),
    Column("added_at", Moment, nullable=False),
    Index("ix_files_sha256", "sha256"),
)

# What reading the file's text gave, by its bytes; worked out of them at any time, so no part of the record.
file_remarks = Table(
    "file_remarks",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("remarks", ExactJson, nullable=False),
)

# What judging gave, kept beside what it was given; worked out of the entries at any time, so no part of the record.
verdicts = Table(
    "verdicts",
    metadata,
    Column("submission_id", ForeignKey("submissions.id"), primary_key=True),
    Column("level", String(40), primary_key=True),
    Column("standard", String(64), primary_key=True),
    Column("verdicts", ExactJson, nullable=False),
    Column("blocking", ExactJson, nullable=False),
    Column("eligible", Boolean, nullable=False),
    Column("scheme", String(64), nullable=False),
    Column("score", ExactJson, nullable=False),
    Column("rules", String(64), nullable=False),
    Column("code", String(64), nullable=False),
)

printed_forms = Table(
    "printed_forms",
    metadata,
    Column("submission_id", ForeignKey("submissions.id"), primary_key=True),
    Column("code", String(64), primary_key=True),
    Column("at", Moment, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("actor", String(64), nullable=False, index=True),
    Column("action", String(64), nullable=False, index=True),
    Column("subject", String(255), nullable=False),
    Column("submission_id", Integer, index=True),
    Column("detail", ExactJson, nullable=False),
    Column("previous_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)

# The departments of a county, with what else each is called: one row a county, once its coordinator has saved the list.
departments = Table(
    "departments",
    metadata,
    Column("division_code", String(6), primary_key=True),
    Column("listed", ExactJson, nullable=False),
)

# What is typed and not saved, each field by itself: the account's own, in no backup, audit or export. Kept by
# `Store.jot`. ``scope`` says whose form it is (a submission's, ``admin``), ``tab`` which of the person's windows.
drafts = Table(
    "drafts",
    metadata,
    Column("account_id", Integer, primary_key=True, autoincrement=False),
    Column("scope", String(40), primary_key=True),
    Column("kind", String(64), primary_key=True),
    Column("key", String(128), primary_key=True),
    Column("tab", String(40), primary_key=True),
    Column("field", String(255), primary_key=True),
    Column("seen", Integer, nullable=False),
    Column("generation", Integer, nullable=False),
    Column("value", ExactJson, nullable=False),
    Column("since", Moment, nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_drafts_scope", "scope"),
)

# How often a window closed (saved, gave up) its form on an entry: what was typed before that is not kept any more.
draft_closings = Table(
    "draft_closings",
    metadata,
    Column("account_id", Integer, primary_key=True, autoincrement=False),
    Column("scope", String(40), primary_key=True),
    Column("kind", String(64), primary_key=True),
    Column("key", String(128), primary_key=True),
    Column("tab", String(40), primary_key=True),
    Column("generation", Integer, nullable=False),
    Column("at", Moment, nullable=False),
)
NOT_BACKED_UP = ("drafts", "draft_closings")

# The chain's end, one row: writers of a shared database lock it first, and a chain that was cut off no longer meets it.
audit_head = Table(
    "audit_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seq", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
)
