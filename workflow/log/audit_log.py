"""操作日志: read and verified by administrators; who did what, when, in which submission."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import groupby

from storage.acts import ENTRY_PUT, FILE_REGISTER, RETURN_OPEN, SUBMISSION_MOVE
from storage.clock import BEIJING
from storage.records import AuditEntry
from storage.repositories.audit import AuditFault, AuditHead
from storage.store import Transaction
from workflow.errors import Refused
from workflow.log.audit_words import AuditLine, AuditReader
from workflow.office import Office
from workflow.people import Person, Role
from workflow.submission.repins import ACTION as REPIN
from workflow.submission.repins import OF_VERDICTS
from workflow.targets import FINDING_KINDS

PAGE = 200
ACTION_LABELS: Mapping[str, str] = {
    "account.add": "新增账号",
    "account.change": "修改账号",
    "account.set_password": "设置密码",
    "account.unlock": "解除登录限制",
    "session.open": "登录",
    "session.revoke": "退出登录",
    "round.add": "新增批次",
    "round.change": "修改批次",
    "round.give": "给出各县共用的县情",
    "round.repinning": "开始换用现行规则",
    "round.repin": "换用现行规则",
    "round.rules": "规则改了什么",
    "round.keep_policies": "确定批次采用的政策文件",
    "round.close": "结束批次",
    "standard.keep": "保存批次采用的规则",
    "policy.keep": "保存批次采用的政策文件",
    "submission.add": "开始申报",
    "submission.assign": "评审分工",
    "submission.extend": "个别县延期",
    "submission.move": "办理环节",
    "submission.rules": "换用现行规则的影响",
    "entry.put": "保存内容",
    "entry.remove": "删除内容、作废认定",
    "return.open": "退回补正",
    "return.close": "补正办结",
    "return.reopen": "恢复补正",
    "return.take_back": "收回退回补正",
    "return.extend": "延长补正期限",
    "file.register": "上传材料",
    "rules.serve": "服务启用规则",
    "store.backup": "备份",
    "store.restore": "恢复备份",
}

# By act: which of its detail administrators do not read, and what that is.
_WITHHELD: Mapping[str, tuple[Collection[str], str]] = {
    REPIN: (OF_VERDICTS, "结论的变化"),
    SUBMISSION_MOVE: ({"reason"}, "办理的理由"),
    RETURN_OPEN: ({"reason"}, "退回补正的总的说明和各项理由"),
    FILE_REGISTER: ({"name"}, "文件名"),
}


@dataclass(frozen=True, slots=True)
class AuditQuery:
    """Filters; None = any. ``first``/``last`` are days in Beijing, both included; ``before`` pages on. ``county``: part
    of its name, or the beginning of its code.
    """

    submission_id: int | None = None
    actor: str | None = None
    action: str | None = None
    first: date | None = None
    last: date | None = None
    before: int | None = None
    county: str | None = None


@dataclass(frozen=True, slots=True)
class AuditPage:
    """At most `PAGE` entries, the newest first; ``more`` = the ``before`` of the next page, None at the end.

    ``lines``: the same entries in words.
    """

    entries: tuple[AuditEntry, ...]
    more: int | None
    lines: tuple[AuditLine, ...] = ()


@dataclass(frozen=True, slots=True)
class ChainCheck:
    """The result of verifying the audit chain: its head, and its first broken link (None = unbroken)."""

    head: AuditHead
    fault: AuditFault | None


def audit_page(office: Office, by: Person, query: AuditQuery) -> AuditPage:
    """A page of the log. Raises Refused ``wrong_role``."""
    _administrators_only(by)
    with office.store.read() as tx:
        entries = tx.audit.entries(
            submission_id=query.submission_id,
            submission_ids=None if query.county is None else _of_county(tx, query.county),
            actor=query.actor or None,
            action=query.action or None,
            before=query.before,
            between=(_at(query.first, time.min), _at(query.last, time.max)),
            limit=PAGE + 1,
        )
        shown, reader = tuple(map(_shown, entries[:PAGE])), AuditReader(tx, office.library)
        more = shown[-1].seq if len(entries) > PAGE else None
        return AuditPage(shown, more, tuple(reader.line(entry) for entry in shown))


def _shown(entry: AuditEntry) -> AuditEntry:
    """The entry without what administrators do not read: verdicts of a county, what is said of its content."""
    withheld = _WITHHELD.get(entry.action)
    if withheld is None:
        return entry
    names, why = withheld
    told = {name: value for name, value in entry.detail.items() if name not in names}
    if entry.action == RETURN_OPEN:
        told["items"] = [[number, row_id, ""] for number, row_id, _ in entry.detail_as(RETURN_OPEN)["items"]]
    return replace(entry, detail={**told, "withheld": f"{why}不对系统管理员显示"})


def verify_audit(office: Office, by: Person) -> ChainCheck:
    """Verify the hash chain from its first entry. Raises Refused ``wrong_role``."""
    _administrators_only(by)
    with office.store.read() as tx:
        return ChainCheck(tx.audit.head(), tx.audit.verify())


def action_label(action: str) -> str:
    """The Chinese name of an action, as the filter lists it."""
    return ACTION_LABELS.get(action, "其他操作")


def act_label(line: AuditLine) -> str:
    """The Chinese name of what one line's entry did."""
    return line.act or action_label(line.entry.action)


def together(lines: Sequence[AuditLine]) -> tuple[AuditLine, ...]:
    """The lines with the findings of one save as one: what was confirmed together is one act."""
    saves = groupby(lines, lambda line: _save_of_findings(line) or line.entry.seq)
    return tuple(_one_act(list(those)) for _, those in saves)


def _save_of_findings(line: AuditLine) -> tuple[object, ...] | None:
    entry = line.entry
    kind = next((kind for kind in FINDING_KINDS.values() if entry.subject.startswith(f"{kind}/")), None)
    if entry.action != ENTRY_PUT or kind is None:
        return None
    return entry.actor, entry.at, entry.submission_id, kind


def _one_act(lines: list[AuditLine]) -> AuditLine:
    newest, *rest = lines
    if not rest:
        return newest
    rows = "、".join(line.entry.subject.partition("/")[2] for line in reversed(lines))
    what = f"{newest.what.partition(' ')[0]} {len(lines)} 项：{rows}"
    return replace(
        newest, what=what, more=f"一次保存，第 {lines[-1].entry.seq} 至 {newest.entry.seq} 条", act="一并认定"
    )


def _of_county(tx: Transaction, county: str) -> list[int]:
    return [
        record.id
        for record in tx.submissions.all()
        if county in record.division_name or record.division_code.startswith(county)
    ]


def _at(day: date | None, hour: time) -> datetime | None:
    return None if day is None else datetime.combine(day, hour, BEIJING)


def _administrators_only(by: Person) -> None:
    if by.role is not Role.ADMINISTRATOR:
        raise Refused("wrong_role", "只有系统管理员可以查看操作日志。")
