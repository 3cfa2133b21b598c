"""What every repository stands on: the connection, who acts and when, and the audit log beside each write."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from storage.canonical import Json
from storage.errors import ReadOnly
from storage.repositories.audit import AuditLog


@dataclass(frozen=True, slots=True)
class Scope:
    """One transaction. ``actor`` and ``now`` are None when it only reads."""

    connection: Connection
    actor: str | None
    now: datetime | None
    audit: AuditLog


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

    def _record(self, action: str, subject: str, detail: dict[str, Json], submission_id: int | None = None) -> None:
        """The audit entry of the write it stands beside."""
        self._scope.audit.append(action, subject, detail, submission_id)
