"""操作日志 in an official's words: who did what to which county's which row; the stored record stays beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from indicators.model import Library
from scoring.local.wording import document_name
from scoring.submission import FORM_LABELS
from scoring.wording import LEVEL_NAMES
from storage import acts
from storage.records import Account, AuditEntry, Move, RoundRecord, SubmissionRecord
from storage.store import Transaction
from workflow.divisions import full_name, has_prefecture
from workflow.log.field_labels import FIELD_LABELS, role_words, value_words
from workflow.log.reviewers_words import reviewers_words
from workflow.people import COUNTY_ROLES
from workflow.procedure.transitions import TRANSITIONS
from workflow.states import State, state_label
from workflow.submission.handing_back import restored
from workflow.submission.repins import ACTION as REPIN
from workflow.submission.repins import ROUND_RULES
from workflow.targets import FINDING_KINDS

_ACTORS = {"system": "系统（命令行）", "service": "系统（服务启动）", "anonymous": "未登录的人"}
_VOIDED = "作废认定"
_WRITTEN: frozenset[str] = frozenset({acts.ENTRY_PUT, acts.ENTRY_REMOVE})
_LEVELS = {**LEVEL_NAMES, "county_government": "县级人民政府"}
_PASSWORD = {True: "初始密码，下次登录须修改", False: "本人修改"}
_MOVES = {(row.move, row.source.value): row.label for row in TRANSITIONS}


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One entry in words. ``county`` is empty where the entry belongs to no submission.

    ``act``: what was done, where the action's own name would not say it; else empty.
    """

    entry: AuditEntry
    who: str
    county: str
    what: str
    more: str
    act: str = ""


class AuditReader:
    """Puts entries into words. Accounts, rounds and submissions are read once, when it is made, in ``tx``."""

    def __init__(self, tx: Transaction, library: Library) -> None:
        self._library = library
        self._tx = tx
        self._moves_of: dict[int, tuple[Move, ...]] = {}
        accounts = tx.accounts.all()
        self._by_name: Mapping[str, Account] = {account.username: account for account in accounts}
        self._by_id: Mapping[str, Account] = {str(account.id): account for account in accounts}
        self._rounds: Mapping[str, RoundRecord] = {record.id: record for record in tx.rounds.all()}
        self._submissions: Mapping[int, SubmissionRecord] = {record.id: record for record in tx.submissions.all()}

    def line(self, entry: AuditEntry) -> AuditLine:
        """The entry's line."""
        what, act = self._what(entry), self._act(entry)
        who = self._account(entry.actor)  # 登录那一刻还没有身份，记录写的是被登录的账号
        return AuditLine(entry, who, self._county(entry), what, self._more(entry), act)

    @cached_property
    def _changes_of_rules(self) -> Mapping[tuple[str, datetime], str]:
        """Who took the installed rules and when → the reason given: what was written then, nobody filled in."""
        repins = self._tx.audit.entries(action=acts.ROUND_REPIN, limit=None)
        begun = self._tx.audit.entries(action=acts.ROUND_REPINNING, limit=None)
        reasons = [(entry, entry.detail_as(acts.ROUND_REPIN)["reason"]) for entry in repins]
        reasons += [(entry, entry.detail_as(acts.ROUND_REPINNING)["reason"]) for entry in begun]
        return {(entry.actor, entry.at): reason or "未写" for entry, reason in reasons}

    def _by_rules(self, entry: AuditEntry) -> str | None:
        """The reason of the change of rules that wrote the entry; None where a person's save did."""
        if entry.action not in _WRITTEN:
            return None
        return self._changes_of_rules.get((entry.actor, entry.at))

    def _act(self, entry: AuditEntry) -> str:
        of_finding = entry.subject.startswith(tuple(FINDING_KINDS.values()))
        if self._by_rules(entry) is not None:
            return _VOIDED if of_finding else "移出填报"
        if entry.subject.startswith(("opinion.", "scan.")) and self._by_a_move(entry):
            return "作废意见" if entry.action == acts.ENTRY_REMOVE else "恢复意见"
        if entry.action != acts.ENTRY_REMOVE:
            return ""
        return _VOIDED if of_finding and self._of_county(entry.actor) else "删除内容"

    def _by_a_move(self, entry: AuditEntry) -> bool:
        """Whether a return or its taking back wrote the entry, and nobody's words were saved."""
        number = entry.submission_id or 0
        if number not in self._moves_of:
            self._moves_of[number] = self._tx.moves.all(number)
        moves, when = self._moves_of[number], (entry.actor, entry.at)
        back = restored(moves) if entry.action == acts.ENTRY_PUT else {(move.by, move.at) for move in moves}
        return when in back

    def _of_county(self, actor: str) -> bool:
        account = self._by_name.get(actor)
        return account is not None and account.role in COUNTY_ROLES

    def _account(self, username: str) -> str:
        account = self._by_name.get(username)
        return _ACTORS.get(username, username) if account is None else _person(account)

    def _county(self, entry: AuditEntry) -> str:
        record = None if entry.submission_id is None else self._submissions.get(entry.submission_id)
        if record is None:
            return ""
        return f"{record.division_name}　{self._round(record.round_id)}"

    def _what(self, entry: AuditEntry) -> str:
        kind, _, key = entry.subject.partition("/")
        if kind == "account":
            account = self._by_id.get(key)
            return f"账号 {_person(account)}" if account else f"账号 {key}"
        if kind == "round":
            return f"批次 {self._round(key)}"
        if kind == "submission":
            return "申报"
        if kind == "file":
            return "材料文件"
        return self._entry_name(kind, key)

    def _entry_name(self, kind: str, key: str) -> str:
        name, _, level = kind.partition(".")
        written, _, part = key.partition("/")
        given, of_level = f"地方文件 {self._local(key)}" if part else f"指标 {key}", _LEVELS.get(level, level)
        words = {
            "answer": f"指标 {key}",
            "veto": f"一票否决 {key}",
            "evidence": f"材料 {key}",
            "assignment": f"分工：{given}",
            "sent_back": f"退回分工（不属本单位）：{given}",
            "standard": "批次采用的标准", "policy": "批次采用的政策文件",
            "local": f"地方文件对照 {self._local(key)}",
            "fact": f"县情 {self._fact(key)}",
            "given": f"县情 {self._fact(key)}（上级给出）",
            "form": f"申报表 {FORM_LABELS.get(key, key)}",
            "finding": f"{of_level}认定 {key}", "doubt": f"{of_level}存疑 {key}", "opinion": f"{of_level}推荐意见",
            "scan": f"{of_level}推荐意见的盖章扫描件",
            "site_visit": f"{_LEVELS.get(written, '')}实地评估记录", "note": f"{of_level}备注 {key}",
            "visit_plan": f"{of_level}实地评估计划", "explanation": f"对提醒的说明（{part}）",
            "correction": f"第 {written} 次退回补正第 {part} 项的说明",
            "departments": f"部门名单 {full_name(key)}",
            "return": f"第 {key} 次退回补正",
            "rules": "本系统安装的规则", "store": "全部数据",
        }  # fmt: skip
        return words.get(name, f"其他内容 {key or kind}")

    def _fact(self, key: str) -> str:
        labels = (s.facts[key].label for s in self._library.standards.values() if key in s.facts)
        return next(labels, key)

    def _local(self, key: str) -> str:
        """文号 and the commitment's clause and object."""
        policy_id, answer, commitment_id = key.partition("/")
        if not answer:
            return "适用的文件"
        policy = self._library.policies.get(policy_id)
        if policy is None:
            return f"{policy_id}（规则中已没有这份文件）"
        promise = next(
            ((clause, commitment) for clause, commitment in policy.commitments() if commitment.id == commitment_id),
            None,
        )
        what = f" {promise[0].id} {promise[1].object}" if promise else ""
        return f"{document_name(policy)}{what}"

    def _round(self, round_id: str) -> str:
        record = self._rounds.get(round_id)
        return round_id if record is None else record.title

    def _more(self, entry: AuditEntry) -> str:
        words = _MORE.get(entry.action)
        return "" if words is None else words(self, entry)

    def _written(self, entry: AuditEntry, detail: acts.EntryDetail) -> str:
        version, reason = f"第 {detail['version']} 版", self._by_rules(entry)
        if reason is not None:
            return f"因换用现行规则，理由：{reason}；{version}"
        return f"因县里改动了所填内容；{version}" if self._act(entry) == _VOIDED else version

    def _account_added(self, entry: AuditEntry) -> str:
        detail = entry.detail_as(acts.ACCOUNT_ADD)
        parts = [role_words(detail["role"]), full_name(detail["division_code"]), detail["unit"]]
        return "，".join(part for part in (*parts, "演示账号" if detail["demo"] else "") if part)

    def _changed(self, changes: acts.ChangesDetail) -> str:
        parts = [
            f"{FIELD_LABELS.get(name, name)}：{value_words(name, change['from'])} → {value_words(name, change['to'])}"
            for name, change in changes.items()
            if name != acts.WHY
        ]
        return "；".join([*parts, *([f"理由：{changes[acts.WHY]['to']}"] if acts.WHY in changes else [])])

    def _round_added(self, entry: AuditEntry) -> str:
        detail = entry.detail_as(acts.ROUND_ADD)
        standards = "、".join(map(self._standard, detail["standards"]))
        return f"标准 {standards}，申报期 {detail['period_first']} 至 {detail['period_last']}"

    def _standard(self, standard_id: str) -> str:
        standard = self._library.standards.get(standard_id)
        return standard_id if standard is None else f"《{standard.title}》"

    def _policy(self, policy_id: str) -> str:
        policy = self._library.policies.get(policy_id)
        return policy_id if policy is None else document_name(policy)

    def _begun(self, entry: AuditEntry) -> str:
        detail = entry.detail_as(acts.SUBMISSION_ADD)
        return f"{detail['division_name']}，批次 {self._round(detail['round_id'])}"

    def _given_longer(self, entry: AuditEntry) -> str:
        detail = entry.detail_as(acts.SUBMISSION_EXTEND)
        return f"申报截止延至 {detail['to']}；理由：{detail['reason']}"

    def _moved(self, entry: AuditEntry) -> str:
        record, detail = self._submissions.get(entry.submission_id or 0), entry.detail_as(acts.SUBMISSION_MOVE)
        reviewed_twice = record is None or has_prefecture(record.division_code)
        source, target = (
            state_label(State(state), has_prefecture=reviewed_twice)
            for state in (detail["from_state"], detail["to_state"])
        )
        label = _MOVES.get((detail["move"], detail["from_state"]), "")
        return f"{label + '：' if label else ''}{source} → {target}"

    def _returned(self, entry: AuditEntry) -> str:
        detail = entry.detail_as(acts.RETURN_OPEN)
        due = f"，期限 {detail['due']}" if detail["due"] else ""
        return f"{_LEVELS.get(detail['level'], '')}退回，列明 {len(detail['items'])} 项{due}"

    def _extended(self, entry: AuditEntry) -> str:
        detail = entry.detail_as(acts.RETURN_EXTEND)
        return f"期限 {detail['from'] or '未定'} → {detail['to']}"

    def _given(self, entry: AuditEntry) -> str:
        gave = entry.detail_as(acts.ROUND_GIVE)
        said = "收回" if gave["value"] is None else f"给出 {gave['value']}"
        return f"{full_name(gave['division_code'])}：{self._fact(gave['fact'])}，{said}"

    def _rules_revised(self, entry: AuditEntry) -> str:
        ids = [str(row["row"]) for row in entry.detail_as(ROUND_RULES)["rows"]]
        return f"规则有改动、新增或取消的指标 {len(ids)} 项：{'、'.join(ids)}"

    def _repin_effect(self, entry: AuditEntry) -> str:
        # 看日志的是系统管理员：不看哪个县的结论怎样变。
        detail = entry.detail_as(REPIN)
        return f"作废认定 {len(detail['fallen'])} 项，移出填报 {detail['taken_out']} 处；结论的变化由本县和评审人员查看"

    def _served(self, entry: AuditEntry) -> str:
        rules = entry.detail_as(acts.RULES_SERVE).get("rules", {})
        return "、".join(f"{rules_id}（{digest[:16]}）" for rules_id, digest in rules.items())


_MORE: Mapping[str, Callable[[AuditReader, AuditEntry], str]] = {
    acts.ACCOUNT_ADD: AuditReader._account_added,
    acts.ACCOUNT_CHANGE: lambda reader, entry: reader._changed(entry.detail_as(acts.ACCOUNT_CHANGE)),
    acts.ACCOUNT_SET_PASSWORD: lambda _, entry: _PASSWORD[entry.detail_as(acts.ACCOUNT_SET_PASSWORD)["must_change"]],
    acts.ACCOUNT_UNLOCK: lambda _, entry: f"此前登录失败 {entry.detail_as(acts.ACCOUNT_UNLOCK)['failures']} 次",
    acts.ROUND_ADD: AuditReader._round_added,
    acts.ROUND_CHANGE: lambda reader, entry: reader._changed(entry.detail_as(acts.ROUND_CHANGE)),
    acts.ROUND_REPINNING: lambda _, entry: f"逐县换用；理由：{entry.detail_as(acts.ROUND_REPINNING)['reason']}",
    acts.ROUND_GIVE: AuditReader._given,
    acts.ROUND_REPIN: lambda _, e: f"改按现行规则评估；理由：{e.detail_as(acts.ROUND_REPIN)['reason'] or '未写'}",
    acts.SUBMISSION_ADD: AuditReader._begun,
    acts.SUBMISSION_MOVE: AuditReader._moved,
    acts.SUBMISSION_ASSIGN: lambda reader, entry: reviewers_words(entry, reader._library, reader._account),
    acts.SUBMISSION_EXTEND: AuditReader._given_longer,
    acts.ENTRY_PUT: lambda reader, entry: reader._written(entry, entry.detail_as(acts.ENTRY_PUT)),
    acts.ENTRY_REMOVE: lambda reader, entry: reader._written(entry, entry.detail_as(acts.ENTRY_REMOVE)),
    ROUND_RULES: AuditReader._rules_revised,
    REPIN: AuditReader._repin_effect,
    acts.DEPARTMENTS_LIST: lambda _, entry: f"{len(entry.detail_as(acts.DEPARTMENTS_LIST)['listed'])} 个部门",
    acts.STANDARD_KEEP: lambda reader, entry: reader._standard(entry.detail_as(acts.STANDARD_KEEP)["standard_id"]),
    acts.POLICY_KEEP: lambda reader, entry: reader._policy(entry.detail_as(acts.POLICY_KEEP)["policy_id"]),
    acts.RETURN_OPEN: AuditReader._returned,
    acts.RETURN_EXTEND: AuditReader._extended,
    acts.FILE_REGISTER: lambda _, entry: f"{entry.detail_as(acts.FILE_REGISTER)['size'] / 1024:.0f} KB",
    acts.RULES_SERVE: AuditReader._served,
    acts.STORE_BACKUP: lambda _, entry: entry.detail_as(acts.STORE_BACKUP)["file"],
    acts.STORE_RESTORE: lambda _, entry: entry.detail_as(acts.STORE_RESTORE)["file"],
}


def _person(account: Account) -> str:
    return f"{account.display_name}（{account.username}）"
