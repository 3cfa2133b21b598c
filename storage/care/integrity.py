"""Checks that a store holds what was written: pages, audit chain, history, states, rules, files. Faults are located."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import text

from storage.acts import ENTRY_PUT, ENTRY_REMOVE, SUBMISSION_ADD
from storage.canonical import digest
from storage.care.replay import replay_faults
from storage.errors import StoreError
from storage.records import EntryVersion
from storage.repositories.audit import AuditHead
from storage.store import Store, Transaction


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was looked at and what was found; ``faults`` are located Chinese lines, none when all is well."""

    faults: tuple[str, ...]
    head: AuditHead | None
    submissions: int
    entry_versions: int
    files: int


Check = Callable[[Store], Iterator[str]]
_Check = Callable[[Store, Transaction], Iterator[str]]


def inspect_store(store: Store, also: Sequence[Check] = ()) -> Inspection:
    """Check pages, references, the audit chain, the history against it, and the bytes of every registered file.

    ``also``: what rooms above know of the store, asked last.
    """
    faults: list[str] = []
    counts = {"submissions": 0, "entry_versions": 0, "files": 0}
    head: AuditHead | None = None
    checks: tuple[_Check, ...] = (
        _pages, _chain, _history, _states, _replayed, _rules, _files,
    )  # fmt: skip
    for check in checks:
        try:
            with store.read() as tx:
                faults += check(store, tx)
        except (StoreError, ValueError, TypeError, KeyError) as unreadable:  # a damaged row may not even be read
            faults.append(f"数据库：{unreadable}")
    for look in also:
        try:
            faults += look(store)
        except (StoreError, ValueError, TypeError, KeyError) as unreadable:
            faults.append(f"数据库：{unreadable}")
    try:
        with store.read() as tx:
            head = tx.audit.head()
            submissions = tx.submissions.all()
            counts["submissions"] = len(submissions)
            counts["entry_versions"] = sum(len(tx.entries.history(submission.id)) for submission in submissions)
            counts["files"] = len(tx.files.all())
    except (StoreError, ValueError, TypeError) as unreadable:
        faults.append(f"数据库：{unreadable}")
    return Inspection(tuple(dict.fromkeys(faults)), head, **counts)


def _pages(store: Store, tx: Transaction) -> Iterator[str]:
    """The database's own checks; a server checks its pages itself."""
    if store.engine.dialect.name != "sqlite":
        return
    connection = tx.audit.connection
    for (line,) in connection.execute(text("PRAGMA integrity_check")):
        if line != "ok":
            yield f"数据库：{line}"
    for table, row, parent, _ in connection.execute(text("PRAGMA foreign_key_check")):
        yield f"数据库：表 {table} 第 {row} 行引用的 {parent} 不存在"


def _chain(_: Store, tx: Transaction) -> Iterator[str]:
    fault = tx.audit.verify()
    if fault is not None:
        yield f"审计链：{fault.message}"


def _history(_: Store, tx: Transaction) -> Iterator[str]:
    """Each version has its audit entry with its digest; what stands now is the last version."""
    written = {
        (entry.submission_id, entry.subject, detail["version"]): detail["body_sha256"]
        for act in (ENTRY_PUT, ENTRY_REMOVE)
        for entry in tx.audit.entries(action=act, limit=None)
        for detail in (entry.detail_as(act),)
    }
    for submission in tx.submissions.all():
        where = f"申报 {submission.id}（{submission.division_name}）"
        last: dict[str, EntryVersion] = {}
        for line in tx.entries.history(submission.id):
            name = f"{line.kind}/{line.key}"
            if written.pop((submission.id, name, line.version), None) != digest(line.body):
                yield f"{where} {name} 第 {line.version} 版：内容与审计记录不符"
            if name not in last or line.version > last[name].version:
                last[name] = line
        standing = {f"{entry.kind}/{entry.key}": entry for entry in tx.entries.all(submission.id)}
        for name in sorted(standing.keys() | {name for name, line in last.items() if not line.removed}):
            entry, latest = standing.get(name), last.get(name)
            if (
                entry is None
                or latest is None
                or latest.removed
                or (entry.version, entry.body) != (latest.version, latest.body)
            ):
                yield f"{where} {name}：现有内容与历史记录的最后一版不符"
    for submission_id, name, version in written:
        yield f"申报 {submission_id} {name} 第 {version} 版：审计有记录而历史缺失"


def _states(_: Store, tx: Transaction) -> Iterator[str]:
    begun = {
        entry.submission_id: entry.detail_as(SUBMISSION_ADD)["state"]
        for entry in tx.audit.entries(action=SUBMISSION_ADD, limit=None)
    }
    for submission in tx.submissions.all():
        moves = tx.moves.all(submission.id)
        # 没有流转过的，仍在审计所记的最初状态。
        stands = moves[-1].to_state if moves else begun.get(submission.id)
        if submission.version != len(moves) + 1 or stands != submission.state:
            yield f"申报 {submission.id}（{submission.division_name}）：当前状态 {submission.state} 与流转记录不符"


def _replayed(_: Store, tx: Transaction) -> Iterator[str]:
    """Accounts, rounds, returns, files and submissions are what the audit log made of them."""
    yield from replay_faults(tx)


def _rules(_: Store, tx: Transaction) -> Iterator[str]:
    """The standards and documents that rounds pin are what their fingerprints say."""
    for name, texts in (("规则", tx.pinned_standards.all()), ("政策文件", tx.pinned_policies.all())):
        for fingerprint, kept_text in texts.items():
            if sha256(kept_text.encode("utf-8")).hexdigest() != fingerprint:
                yield f"批次采用的{name} {fingerprint[:16]}：内容与指纹不符"


def _files(store: Store, tx: Transaction) -> Iterator[str]:
    for record in tx.files.all():
        fault = store.files.verify(record.sha256)
        if fault is not None:
            yield f"文件 {record.sha256}（申报 {record.submission_id}“{record.name}”）：{fault}"
