"""The audit log played back: what accounts, rounds, returns and files must be now, against what the tables hold.

Only what the log says is compared: a field it never recorded (a password hash, a session) is nothing to replay.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from sqlalchemy import Table, select

from storage.acts import (
    ACCOUNT_ADD,
    ACCOUNT_CHANGE,
    ACCOUNT_SET_PASSWORD,
    DEPARTMENTS_LIST,
    FILE_REGISTER,
    POLICY_KEEP,
    RETURN_CLOSE,
    RETURN_EXTEND,
    RETURN_OPEN,
    RETURN_REOPEN,
    RETURN_TAKE_BACK,
    ROUND_ADD,
    ROUND_CHANGE,
    ROUND_CLOSE,
    ROUND_GIVE,
    ROUND_KEEP_POLICIES,
    ROUND_REPIN,
    ROUND_REPINNING,
    STANDARD_KEEP,
    SUBMISSION_ADD,
    SUBMISSION_ASSIGN,
    SUBMISSION_EXTEND,
    WHY,
    Act,
    ChangesDetail,
)
from storage.database import tables
from storage.records import AuditEntry
from storage.store import Transaction

_Key = tuple[Any, ...]
_ACCOUNT_WORDS = {
    "username": "用户名",
    "display_name": "姓名",
    "role": "角色",
    "division_code": "行政区划",
    "unit": "单位",
    "disabled": "停用",
    "demo": "演示",
    "must_change_password": "须改密码",
    "password_set_at": "密码设置时间",
    "predecessors": "接手自",
}
_ROUND_WORDS = {
    "title": "名称",
    "standards": "标准",
    "fingerprints": "标准指纹",
    "policies": "政策文件指纹",
    "period_first": "申报期起",
    "period_last": "申报期止",
    "apply_by": "申报截止",
    "recommend_by": "推荐截止",
    "quota_per_prefecture": "推荐名额",
    "second_reviewer": "两人分别办理",
    "demo": "演示",
    "closed_at": "关闭时间",
    "repinning": "正在换用的规则",
    "given": "各级给出的数",
}
_STANDARD_WORDS = {"standard_id": "标准编号", "kept_at": "保存时间"}
_POLICY_WORDS = {"policy_id": "政策文件编号", "kept_at": "保存时间"}
_RETURN_WORDS = {
    "level": "级别",
    "reason": "理由",
    "due": "期限",
    "items": "补正事项",
    "created_by": "开具人",
    "created_at": "开具时间",
    "closed_at": "办结时间",
    "taken_back_at": "收回时间",
}
_FILE_WORDS = {
    "name": "文件名",
    "media_type": "类型",
    "size": "大小",
    "added_by": "上传人",
    "added_at": "上传时间",
}
_SUBMISSION_WORDS = {
    "round_id": "批次",
    "division_code": "行政区划",
    "division_name": "县名",
    "created_at": "建立时间",
    "extended_to": "延期至",
    "reviewers": "评审分工",
}


@dataclass
class _Ledger:
    """What one table must hold by the log, row by row; and what its rows are called."""

    table: Table
    key: tuple[str, ...]
    words: Mapping[str, str]
    name: Callable[[_Key], str]
    rows: dict[_Key, dict[str, object]] = field(default_factory=dict)

    def change(self, key: _Key, **values: object) -> None:
        self.rows.setdefault(key, {}).update(values)

    def faults(self, tx: Transaction) -> Iterator[str]:
        stored = {tuple(row[name] for name in self.key): row for row in _rows(tx, self.table)}
        for key in sorted(self.rows.keys() - stored.keys()):
            yield f"{self.name(key)}：审计有记录而表中缺失"
        for key in sorted(stored.keys() - self.rows.keys()):
            yield f"{self.name(key)}：表中有而审计没有记录"
        for key in sorted(stored.keys() & self.rows.keys()):
            for column, recorded in self.rows[key].items():
                value = stored[key][column]
                if value != recorded:
                    yield f"{self.name(key)}：{self.words[column]}现为“{value}”，审计记录为“{recorded}”，与审计不符"


def replay_faults(tx: Transaction) -> Iterator[str]:
    """Each difference, located, in Chinese. Raises StoreError when a row cannot even be read."""
    ledgers = {
        "account": _Ledger(tables.accounts, ("id",), _ACCOUNT_WORDS, lambda key: f"账号 {key[0]}"),
        "round": _Ledger(tables.rounds, ("id",), _ROUND_WORDS, lambda key: f"批次 {key[0]}"),
        "standard": _Ledger(
            tables.pinned_standards, ("fingerprint",), _STANDARD_WORDS, lambda key: f"批次采用的规则 {key[0][:16]}"
        ),
        "policy": _Ledger(
            tables.pinned_policies, ("fingerprint",), _POLICY_WORDS, lambda key: f"批次采用的政策文件 {key[0][:16]}"
        ),
        "return": _Ledger(
            tables.returns,
            ("submission_id", "number"),
            _RETURN_WORDS,
            lambda key: f"申报 {key[0]} 补正通知第 {key[1]} 号",
        ),
        "file": _Ledger(
            tables.files, ("submission_id", "sha256"), _FILE_WORDS, lambda key: f"申报 {key[0]} 文件 {key[1]}"
        ),
        "departments": _Ledger(
            tables.departments, ("division_code",), {"listed": "名单"}, lambda key: f"{key[0]} 的部门名单"
        ),
        "submission": _Ledger(tables.submissions, ("id",), _SUBMISSION_WORDS, lambda key: f"申报 {key[0]}"),
    }
    for entry in reversed(tx.audit.entries(limit=None)):
        step = _STEPS.get(entry.action)
        if step is not None:
            table, _, name = entry.subject.partition("/")
            step(ledgers[table], name, entry)
    for ledger in ledgers.values():
        yield from ledger.faults(tx)


def _rows(tx: Transaction, table: Table) -> Iterable[dict[str, Any]]:
    for row in tx.audit.connection.execute(select(table)):
        yield {name: _plain(value) for name, value in row._mapping.items()}


def _plain(value: Any) -> Any:  # noqa: ANN401 - any column
    """As the log writes it."""
    return value.isoformat() if hasattr(value, "isoformat") else value


def _to(entry: AuditEntry, act: Act[ChangesDetail]) -> dict[str, object]:
    return {name: change["to"] for name, change in entry.detail_as(act).items()}


def _account_add(ledger: _Ledger, name: str, entry: AuditEntry) -> None:
    ledger.change((int(name),), **entry.detail, disabled=False, password_set_at=_plain(entry.at))


def _account_change(ledger: _Ledger, name: str, entry: AuditEntry) -> None:
    ledger.change((int(name),), **_to(entry, ACCOUNT_CHANGE))


def _account_password(ledger: _Ledger, name: str, entry: AuditEntry) -> None:
    must_change = entry.detail_as(ACCOUNT_SET_PASSWORD)["must_change"]
    ledger.change((int(name),), must_change_password=must_change, password_set_at=_plain(entry.at))


def _round_add(ledger: _Ledger, name: str, entry: AuditEntry) -> None:
    recorded = {column: value for column, value in entry.detail.items() if column != "id"}
    ledger.change((name,), **recorded, closed_at=None, repinning=None, given=None)


def _round_change(ledger: _Ledger, name: str, entry: AuditEntry) -> None:
    changed = _to(entry, ROUND_CHANGE)
    changed.pop(WHY, None)
    ledger.change((name,), **changed)


def _round_close(ledger: _Ledger, name: str, entry: AuditEntry) -> None:
    ledger.change((name,), closed_at=_plain(entry.at))


def _round_give(ledger: _Ledger, name: str, entry: AuditEntry) -> None:
    gave = entry.detail_as(ROUND_GIVE)
    before = cast("Mapping[str, Mapping[str, object]]", ledger.rows.get((name,), {}).get("given") or {})
    one = {"value": gave["value"], "version": gave["version"], "by": entry.actor, "at": _plain(entry.at)}
    of_division = {**before.get(gave["division_code"], {}), gave["fact"]: one}
    ledger.change((name,), given={**before, gave["division_code"]: of_division})


def _round_repinning(ledger: _Ledger, name: str, entry: AuditEntry) -> None:
    ledger.change((name,), repinning={**entry.detail, "by": entry.actor, "at": _plain(entry.at)})


def _round_repin(ledger: _Ledger, name: str, entry: AuditEntry) -> None:
    recorded = entry.detail_as(ROUND_REPIN)
    ledger.change((name,), fingerprints=recorded["fingerprints"]["to"], repinning=None)
    if "policies" in recorded:  # 以前的换用没有记政策文件。
        ledger.change((name,), policies=recorded["policies"]["to"])


def _round_keep_policies(ledger: _Ledger, name: str, entry: AuditEntry) -> None:
    ledger.change((name,), policies=entry.detail_as(ROUND_KEEP_POLICIES)["policies"]["to"])


def _text_keep(ledger: _Ledger, name: str, entry: AuditEntry) -> None:
    ledger.change((name,), **entry.detail, kept_at=_plain(entry.at))


def _return_open(ledger: _Ledger, name: str, entry: AuditEntry) -> None:
    opened = {"created_by": entry.actor, "created_at": _plain(entry.at), "closed_at": None, "taken_back_at": None}
    ledger.change((entry.submission_id, int(name)), **entry.detail, **opened)


def _return_extend(ledger: _Ledger, name: str, entry: AuditEntry) -> None:
    ledger.change((entry.submission_id, int(name)), due=entry.detail_as(RETURN_EXTEND)["to"])


def _return_close(ledger: _Ledger, name: str, entry: AuditEntry) -> None:
    ledger.change((entry.submission_id, int(name)), closed_at=_plain(entry.at))


def _return_reopen(ledger: _Ledger, name: str, entry: AuditEntry) -> None:
    ledger.change((entry.submission_id, int(name)), closed_at=None, taken_back_at=None)


def _return_take_back(ledger: _Ledger, name: str, entry: AuditEntry) -> None:
    ledger.change((entry.submission_id, int(name)), closed_at=_plain(entry.at), taken_back_at=_plain(entry.at))


def _file_register(ledger: _Ledger, name: str, entry: AuditEntry) -> None:
    ledger.change((entry.submission_id, name), **entry.detail, added_by=entry.actor, added_at=_plain(entry.at))


def _departments_list(ledger: _Ledger, name: str, entry: AuditEntry) -> None:
    ledger.change((name,), **entry.detail)


def _submission_add(ledger: _Ledger, name: str, entry: AuditEntry) -> None:
    # 状态由流转记录核对（storage.care.integrity）。
    recorded = {column: value for column, value in entry.detail.items() if column != "state"}
    ledger.change((int(name),), **recorded, created_at=_plain(entry.at), extended_to=None, reviewers={})


def _submission_assign(ledger: _Ledger, name: str, entry: AuditEntry) -> None:
    detail = entry.detail_as(SUBMISSION_ASSIGN)
    before = cast("Mapping[str, object]", ledger.rows.get((int(name),), {}).get("reviewers") or {})
    ledger.change((int(name),), reviewers={**before, detail["level"]: detail["to"]})


def _submission_extend(ledger: _Ledger, name: str, entry: AuditEntry) -> None:
    ledger.change((int(name),), extended_to=entry.detail_as(SUBMISSION_EXTEND)["to"])


_STEPS: dict[str, Callable[[_Ledger, str, AuditEntry], None]] = {
    ACCOUNT_ADD: _account_add,
    ACCOUNT_CHANGE: _account_change,
    ACCOUNT_SET_PASSWORD: _account_password,
    ROUND_ADD: _round_add,
    ROUND_CHANGE: _round_change,
    ROUND_CLOSE: _round_close,
    ROUND_GIVE: _round_give,
    ROUND_REPINNING: _round_repinning,
    ROUND_REPIN: _round_repin,
    ROUND_KEEP_POLICIES: _round_keep_policies,
    STANDARD_KEEP: _text_keep,
    POLICY_KEEP: _text_keep,
    RETURN_OPEN: _return_open,
    RETURN_EXTEND: _return_extend,
    RETURN_CLOSE: _return_close,
    RETURN_REOPEN: _return_reopen,
    RETURN_TAKE_BACK: _return_take_back,
    FILE_REGISTER: _file_register,
    DEPARTMENTS_LIST: _departments_list,
    SUBMISSION_ADD: _submission_add,
    SUBMISSION_ASSIGN: _submission_assign,
    SUBMISSION_EXTEND: _submission_extend,
}
