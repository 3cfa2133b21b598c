"""The audit log: one chained entry beside every write, in the same transaction.

``hash = SHA-256(previous_hash + "\\n" + canonical JSON of the other fields)``, the first ``previous_hash`` being zeros.
Whoever changes, removes or inserts a line breaks the chain; `AuditLog.verify` says where. Someone who can rewrite the
whole database can rewrite the chain too: the head printed by ``python -m storage verify`` and kept in every backup is
what an outsider compares.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, select, update

from storage.acts import Act, Detail
from storage.canonical import canonical
from storage.database.tables import audit, audit_head
from storage.errors import ReadOnly
from storage.records import AuditEntry

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class AuditHead:
    """The chain's last link: how many there are and the last hash."""

    seq: int
    hash: str


@dataclass
class ChainEnd:
    """The chain's end as a writing transaction knows it, which nobody else moves meanwhile; None: look it up."""

    head: AuditHead | None = None


@dataclass(frozen=True, slots=True)
class AuditFault:
    """The first link that does not hold."""

    seq: int
    message: str


class AuditLog:
    """Reading, verifying and (inside a writing transaction) appending."""

    def __init__(
        self, connection: Connection, actor: str | None, now: datetime | None, end: ChainEnd | None = None
    ) -> None:
        self.connection, self._actor, self._now = connection, actor, now
        self._end = end or ChainEnd()

    def append(self, act: Act[Detail], subject: str, detail: Detail, submission_id: int | None = None) -> AuditEntry:
        """Add a link. Repositories call it beside their write; workflow for what is no row (an export, a refusal)."""
        (entry,) = self.append_all([(act, subject, detail, submission_id)])
        return entry

    def append_all(self, links: Iterable[tuple[Act[Detail], str, Detail, int | None]]) -> list[AuditEntry]:
        """Links, each its act, subject, detail and submission id, in their order; as few statements as for one."""
        if self._actor is None or self._now is None:
            raise ReadOnly("只读事务中不能写入。")
        new = list(links)
        if not new:
            return []
        head = self.head()
        seq, previous = head.seq, head.hash
        entries: list[AuditEntry] = []
        for act, subject, detail, submission_id in new:
            seq += 1
            entry = AuditEntry(seq, self._now, self._actor, str(act), subject, submission_id, detail, previous, hash="")
            previous = _link(entry)
            entries.append(replace(entry, hash=previous))
        rows = [{name: getattr(entry, name) for name in AuditEntry.__slots__} for entry in entries]
        self.connection.execute(audit.insert(), rows)
        self.connection.execute(update(audit_head).values(seq=seq, hash=previous))
        self._end.head = AuditHead(seq, previous)
        return entries

    def head(self) -> AuditHead:
        """The chain's end; ``seq`` 0 where nothing was ever written."""
        if self._end.head is not None:
            return self._end.head
        row = self.connection.execute(select(audit_head.c.seq, audit_head.c.hash)).one()
        return AuditHead(*row)

    def entries(
        self,
        *,
        submission_id: int | None = None,
        actor: str | None = None,
        action: str | None = None,
        before: int | None = None,
        limit: int | None = 200,
    ) -> tuple[AuditEntry, ...]:
        """The newest first, at most ``limit`` (None = all); page on with ``before`` = the last ``seq`` seen."""
        query = select(audit).order_by(audit.c.seq.desc()).limit(limit)
        for column, value in (
            (audit.c.submission_id, submission_id),
            (audit.c.actor, actor),
            (audit.c.action, action),
        ):
            if value is not None:
                query = query.where(column == value)
        if before is not None:
            query = query.where(audit.c.seq < before)
        return tuple(AuditEntry(**row._mapping) for row in self.connection.execute(query))

    def verify(self) -> AuditFault | None:
        """Walk the whole chain; the first broken link, or None."""
        previous, seq = GENESIS, 0
        in_order = select(audit).order_by(audit.c.seq)
        for row in self.connection.execute(in_order, execution_options={"yield_per": 1000}):
            entry = AuditEntry(**row._mapping)
            seq += 1
            if entry.seq != seq:
                return AuditFault(seq, f"审计记录第 {seq} 条缺失（其后为第 {entry.seq} 条）")
            if entry.previous_hash != previous:
                return AuditFault(seq, f"审计记录第 {seq} 条与前一条不相接")
            if entry.hash != _link(entry):
                return AuditFault(seq, f"审计记录第 {seq} 条的内容与其摘要不符（{entry.action} {entry.subject}）")
            previous = entry.hash
        head = self.head()
        if (head.seq, head.hash) != (seq, previous):
            return AuditFault(seq + 1, f"审计记录止于第 {seq} 条，而链尾记为第 {head.seq} 条：末尾被删改")
        return None


def _link(entry: AuditEntry) -> str:
    text = canonical(
        {
            "seq": entry.seq,
            "at": entry.at.isoformat(timespec="microseconds"),
            "actor": entry.actor,
            "action": entry.action,
            "subject": entry.subject,
            "submission_id": entry.submission_id,
            "detail": entry.detail,
        }
    )
    return sha256(f"{entry.previous_hash}\n{text}".encode()).hexdigest()
