"""The audit log: one chained entry beside every write, in the same transaction.

``hash = SHA-256(previous_hash + "\\n" + canonical JSON of the other fields)``, the first ``previous_hash`` being zeros.
Whoever changes, removes or inserts a line breaks the chain; `AuditLog.verify` says where. Someone who can rewrite the
whole database can rewrite the chain too: the head printed by ``python -m storage verify`` and kept in every backup is
what an outsider compares.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, select, update

from storage.acts import (
    ENTRY_PUT,
    ENTRY_REMOVE,
    RETURN_CLOSE,
    RETURN_OPEN,
    RETURN_REOPEN,
    RETURN_TAKE_BACK,
    SUBMISSION_MOVE,
    Act,
    Detail,
)
from storage.canonical import canonical
from storage.database.tables import audit, audit_head
from storage.errors import ReadOnly
from storage.records import AuditEntry, EntryStep, EntryVersion, Return

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


_LAST = sys.maxsize


@dataclass(frozen=True, slots=True)
class Order:
    """In which order things of a submission were written, whatever the clock said: the numbers of their links.

    ``lines``: by kind and key, and version. ``moves``: the first move first.
    """

    lines: Mapping[tuple[str, int], int] = field(default_factory=dict)
    moves: tuple[int, ...] = ()
    opened: Mapping[str, int] = field(default_factory=dict)
    closed: Mapping[str, int] = field(default_factory=dict)

    def of(self, line: EntryStep | EntryVersion) -> int:
        """When a version was written."""
        return self.lines[f"{line.kind}/{line.key}", line.version]

    def after(self, lines: Iterable[EntryVersion], links: Iterable[int]) -> Order:
        """The order with what was written since."""
        new = {(f"{line.kind}/{line.key}", line.version): link for line, link in zip(lines, links, strict=True)}
        return replace(self, lines={**self.lines, **new})

    def since(self, notice: Return) -> int:
        """When a return was opened."""
        return self.opened[f"return/{notice.number}"]

    def until(self, notice: Return) -> int:
        """When it was closed; what is written while it is open comes before that."""
        return self.closed.get(f"return/{notice.number}", _LAST)


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
        submission_ids: Collection[int] | None = None,
        actor: str | None = None,
        action: str | None = None,
        before: int | None = None,
        after: int = 0,
        between: tuple[datetime | None, datetime | None] = (None, None),
        limit: int | None = 200,
    ) -> tuple[AuditEntry, ...]:
        """The newest first, at most ``limit`` (None = all); page on with ``before`` = the last ``seq`` seen.

        ``between``: these two moments, both included; None: any.
        """
        first, last = between
        query = select(audit).order_by(audit.c.seq.desc()).limit(limit)
        for column, value in (
            (audit.c.submission_id, submission_id),
            (audit.c.actor, actor),
            (audit.c.action, action),
        ):
            if value is not None:
                query = query.where(column == value)
        if submission_ids is not None:
            query = query.where(audit.c.submission_id.in_(submission_ids))
        if before is not None:
            query = query.where(audit.c.seq < before)
        if after:
            query = query.where(audit.c.seq > after)
        if first is not None:
            query = query.where(audit.c.at >= first)
        if last is not None:
            query = query.where(audit.c.at <= last)
        return tuple(AuditEntry(**row._mapping) for row in self.connection.execute(query))

    def order(self, submission_id: int) -> Order:
        """In which order its entries, moves and returns were written."""
        lines: dict[tuple[str, int], int] = {}
        moves: list[int] = []
        opened: dict[str, int] = {}
        closed: dict[str, int] = {}
        notices = {RETURN_OPEN: opened, RETURN_CLOSE: closed, RETURN_TAKE_BACK: closed}
        written = [str(act) for act in (ENTRY_PUT, ENTRY_REMOVE)]
        query = select(audit.c.seq, audit.c.action, audit.c.subject, audit.c.detail).where(
            audit.c.submission_id == submission_id,
            audit.c.action.in_([*written, *map(str, (*notices, RETURN_REOPEN, SUBMISSION_MOVE))]),
        )
        for seq, action, subject, detail in self.connection.execute(query.order_by(audit.c.seq)):
            if action in written:
                lines[subject, detail["version"]] = seq
            elif action in notices:
                notices[action][subject] = seq
            elif action == RETURN_REOPEN:
                closed.pop(subject, None)
            else:
                moves.append(seq)
        return Order(lines, tuple(moves), opened, closed)

    def moves(self, submission_id: int) -> tuple[int, ...]:
        """The links of its moves alone, in order."""
        query = select(audit.c.seq).where(
            audit.c.submission_id == submission_id, audit.c.action == str(SUBMISSION_MOVE)
        )
        return tuple(self.connection.execute(query.order_by(audit.c.seq)).scalars())

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
