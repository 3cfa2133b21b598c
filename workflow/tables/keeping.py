"""Tables of who keeps the installation and of its rules: accounts, the log, rounds, a standard, a policy document."""

from __future__ import annotations

from indicators.model import Standard
from scoring.local.wording import promise
from scoring.spreadsheets.tables import CellValue, Table
from storage.clock import BEIJING
from workflow.accounts.accounts import accounts, failing_accounts
from workflow.divisions import full_name
from workflow.errors import Refused
from workflow.log.audit_log import AuditQuery, act_label, audit_page, together
from workflow.people import ROLE_LABELS, Role
from workflow.rounds.rounds import administrators_only, rounds
from workflow.tables.asked import Asked

Line = tuple[CellValue, ...]
_MOST_DIGITS = 15
LOG_FILTERS = ("submission", "actor", "action", "first", "last", "before", "county")


def accounts_table(asked: Asked) -> Table:
    """Every account that is this person's to manage; nothing of their passwords."""
    known = accounts(asked.office, asked.person)
    failing = failing_accounts(asked.office, asked.person, asked.now)
    lines: list[Line] = []
    for one in known:
        state = "已停用" if one.disabled else "待改初始密码" if one.must_change_password else "正常"
        failed = failing.get(one.username)
        limited = failed.until.astimezone(BEIJING) if failed is not None and failed.until is not None else None
        lines.append(
            (one.username, one.display_name, state, limited, failed.count if failed else None,
             ROLE_LABELS[Role(one.role)], one.division_code, full_name(one.division_code), one.unit,
             "演示" if one.demo else "", one.created_at.astimezone(BEIJING))
        )  # fmt: skip
    columns = (
        "用户名", "姓名或单位", "状态", "登录受限至", "一日内登录失败（次）", "角色", "行政区划代码", "行政区划",
        "部门", "演示", "建立时间",
    )  # fmt: skip
    return Table("账号", columns, lines, asked.notes())


def log_table(asked: Asked) -> Table:
    """A page of the log under the same filters as on the screen."""
    number, before = asked.text("submission"), asked.text("before")
    query = AuditQuery(
        submission_id=_number(number),
        actor=asked.text("actor") or None,
        action=asked.text("action") or None,
        first=asked.day("first"),
        last=asked.day("last"),
        before=_number(before),
        county=asked.text("county") or None,
    )
    lines: list[Line] = [
        (line.entry.seq, line.entry.at.astimezone(BEIJING), line.who, act_label(line), line.county,
         line.entry.submission_id, line.what, line.more)
        for line in together(audit_page(asked.office, asked.person, query).lines)
    ]  # fmt: skip
    columns = ("序号", "时间", "办理人", "操作", "县和批次", "申报编号", "对象", "说明")
    return Table("操作日志", columns, lines, asked.notes())


def rounds_table(asked: Asked) -> Table:
    """Every round with what it pins."""
    administrators_only(asked.person)
    known = rounds(asked.office)
    lines: list[Line] = [
        (one.id, one.title, "、".join(one.standards), one.period_first, one.period_last, one.apply_by, one.recommend_by,
         one.quota_per_prefecture, "已结束" if one.closed_at else "进行中", "演示" if one.demo else "")
        for one in known
    ]  # fmt: skip
    columns = (
        "编号", "名称", "标准", "申报期自", "申报期至", "申报截止", "考察推荐截止", "每市名额", "状态", "演示",
    )  # fmt: skip
    return Table("批次", columns, lines, asked.notes(*known))


def standard_table(asked: Asked) -> Table:
    """A standard's rows, verbatim."""
    standard = asked.office.library.standards.get(asked.text("id"))
    if standard is None:
        raise Refused("not_found")
    titles = {section.id: section.title for section in standard.sections}
    topics = {topic.id: topic.title for section in standard.sections for topic in section.topics}
    lines: list[Line] = [
        (row.id, titles.get(row.section, ""), topics.get(row.topic, ""), row.statement,
         "一票否决" if row.consequence == "veto" else "须达标",
         "、".join(asked.word("methods", method) for method in row.methods), "、".join(row.responsible_units),
         "；".join(basis.clause for basis in row.policy_basis))
        for row in standard.rows()
    ]  # fmt: skip
    columns: tuple[str, ...] = (
        "编号", "项目", "评估内容", "指标原文", "性质", "评估方法", "责任单位", "政策依据",
    )  # fmt: skip
    beside = asked.office.library.standards.get(asked.text("beside"))
    if beside is not None:
        columns += (f"{beside.short_name}原文", "是否相同")
        lines = [(*line, *_other(str(line[0]), str(line[3]), beside)) for line in lines]
    about = (("标准", standard.title), ("发布", f"{standard.issuer} {standard.date}"), ("指纹", standard.fingerprint))
    return Table(standard.short_name, columns, lines, (*about, *asked.notes()))


def _other(row_id: str, statement: str, beside: Standard) -> Line:
    """A row's words under the standard beside, and whether they are the same."""
    row = beside.row(row_id)
    return (None, "没有这一项") if row is None else (row.statement, "相同" if row.statement == statement else "不同")


def policy_table(asked: Asked) -> Table:
    """What a policy document commits itself to, clause by clause."""
    policy = asked.office.library.policies.get(asked.text("id"))
    if policy is None:
        raise Refused("not_found")
    lines: list[Line] = [
        (clause.id, one.object, asked.word("commitment_kinds", one.kind), promise(one), one.quote,
         "、".join(clause.responsible_units))
        for clause in policy.clauses
        for one in clause.commitments
    ]  # fmt: skip
    columns = ("条款", "承诺", "种类", "文件所印", "原文", "责任单位")
    return Table("文件承诺", columns, lines, (("文件", policy.title), *asked.notes()))


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS else None
