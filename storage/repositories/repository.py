"""What every repository stands on: the connection, who acts and when, and the audit log beside each write."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, CursorResult, update

from storage.acts import Act, Detail
from storage.database.tables import submissions
from storage.errors import ReadOnly
from storage.repositories.audit import AuditLog


@dataclass(frozen=True, slots=True)
class Scope:
    """One transaction. ``actor`` and ``now`` are None when it only reads."""

    connection: Connection
    actor: str | None
    now: datetime | None
    audit: AuditLog


def inserted_id(result: CursorResult[Any]) -> int:
    """The number the database gave the row just inserted."""
    key = result.inserted_primary_key
    if key is None:
        raise TypeError("not the result of inserting one row")
    return int(key[0])


class Repository:
    """Base of the repositories."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._connection = scope.connection

    def _writer(self) -> tuple[str, datetime]:
        """Who writes and when. Raises ReadOnly inside ``Store.read()``."""
        if self._scope.actor is None or self._scope.now is None:
            raise ReadOnly("只读事务中不能写入。")
        return self._scope.actor, self._scope.now

    def _record(self, act: Act[Detail], subject: str, detail: Detail, submission_id: int | None = None) -> None:
        """The audit entry of the write it stands beside; what is a submission's raises its stamp."""
        self._scope.audit.append(act, subject, detail, submission_id)
        if submission_id is not None:
            self._raise_stamp(submission_id)

    def _raise_stamp(self, submission_id: int) -> int:
        """Whoever kept something of the submission by its stamp reads anew. The stamp it has now."""
        raised = update(submissions).where(submissions.c.id == submission_id).values(stamp=submissions.c.stamp + 1)
        return int(self._connection.execute(raised.returning(submissions.c.stamp)).scalar() or 0)
