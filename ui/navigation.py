"""The pages and the roles each is for: menu, gate and screens ask this one table.

What a person may read or write is decided in `workflow`; this only spares people pages that have nothing for them.
"""

from __future__ import annotations

from dataclasses import dataclass

from workflow.people import COUNTY_ROLES, REVIEWER_LEVELS, Role
from workflow.permissions import ACCOUNT_MAKERS
from workflow.rounds.rehearsing import REHEARSERS

TITLE = "示范县申报评估"
EVERYONE = frozenset(Role)
_READING = COUNTY_ROLES | {Role.OBSERVER}
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
TRIAL = "试算"
BASIS = "依据"


@dataclass(frozen=True, slots=True)
class MenuPage:
    """A page of the menu.

    ``path``: its address, empty for the first page; ``script``: below ``ui/``; ``group``: the folded menu it is under,
    empty for none.
    """

    path: str
    script: str
    title: str
    roles: frozenset[Role] = EVERYONE
    group: str = ""


WORKBENCH = MenuPage("", "screens/workbench.py", "工作台")
# 县级：自评、材料、县情、申报表、分工、县政府意见、导入导出
ASSESS = MenuPage("assess", "screens/self_assessment.py", "自评", _READING)
FACTS = MenuPage("facts", "screens/facts.py", "县情", _READING)
REGISTER = MenuPage("register", "screens/register.py", "材料登记", _READING)
APPLICATION = MenuPage("application", "screens/application.py", "申报表", _READING)
ASSIGN = MenuPage(
    "assign", "screens/assignments.py", "分工", frozenset({Role.COUNTY_COORDINATOR, Role.COUNTY_GOVERNMENT})
)
GOVERNMENT = MenuPage("government", "screens/government.py", "县政府意见", COUNTY_ROLES)
LOCAL = MenuPage("local", "screens/local.py", "地方文件对照", _READING)
EXCHANGE = MenuPage("exchange", "screens/exchange.py", "导入导出", _READING)
# 评审：市级基础评价、省级实地评估；只读查看；辖区矩阵
APPRAISAL = MenuPage("appraisal", "screens/basic_appraisal.py", "基础评价", frozenset({Role.PREFECTURE_REVIEWER}))
FIELD = MenuPage("assessment", "screens/field_assessment.py", "实地评估", frozenset({Role.PROVINCE_REVIEWER}))
READING = MenuPage("reading", "screens/reading.py", "查看申报", EVERYONE - ADMINISTRATORS)
DIVIDING = MenuPage("dividing", "screens/reviewing/dividing.py", "评审分工", frozenset(REVIEWER_LEVELS))
MATRIX = MenuPage("matrix", "screens/matrix.py", "矩阵", frozenset({*REVIEWER_LEVELS, Role.OBSERVER}))
PENDING = MenuPage(
    "pending", "screens/pending.py", "待办汇总", EVERYONE - ADMINISTRATORS - frozenset({Role.COUNTY_DEPARTMENT})
)
# 管理：批次、账号（各级管下一级的）、日志
ROUNDS = MenuPage("rounds", "screens/rounds.py", "批次", ADMINISTRATORS)
ACCOUNTS = MenuPage("accounts", "screens/accounts.py", "账号", frozenset(ACCOUNT_MAKERS))
AUDIT = MenuPage("audit", "screens/audit_log.py", "操作日志", ADMINISTRATORS)
# 依据：标准和政策文件
STANDARDS = MenuPage("standards", "screens/standards.py", "标准", EVERYONE, BASIS)
POLICIES = MenuPage("policies", "screens/policies.py", "政策文件", EVERYONE, BASIS)
REHEARSAL = MenuPage("rehearsal", "screens/rehearsal.py", "规则预演", REHEARSERS, BASIS)
# 试算：在内存中评估一份文件，不进入申报
JUDGE = MenuPage("trial", "screens/trial/judge.py", "评估结果", EVERYONE, TRIAL)
INDICATOR = MenuPage("indicator", "screens/trial/indicator.py", "逐项填报", EVERYONE, TRIAL)
COUNTY = MenuPage("county", "screens/trial/county.py", "县情数据", EVERYONE, TRIAL)
EVIDENCE = MenuPage("evidence", "screens/trial/evidence.py", "佐证材料", EVERYONE, TRIAL)
FORM = MenuPage("form", "screens/trial/form.py", "申报表试印", EVERYONE, TRIAL)

PAGES: tuple[MenuPage, ...] = (
    WORKBENCH,
    ASSESS,
    FACTS,
    REGISTER,
    APPLICATION,
    ASSIGN,
    GOVERNMENT,
    LOCAL,
    EXCHANGE,
    APPRAISAL,
    FIELD,
    READING,
    DIVIDING,
    MATRIX,
    PENDING,
    ROUNDS,
    ACCOUNTS,
    AUDIT,
    STANDARDS,
    POLICIES,
    REHEARSAL,
    JUDGE,
    INDICATOR,
    COUNTY,
    EVIDENCE,
    FORM,
)

_COUNTY_PLACES = {
    "returned_items": ASSESS,
    "sent_back": ASSIGN,
    "rules_changed": ASSESS,
    "facts": FACTS,
    "unanswered": ASSESS,
    "unsure": ASSESS,
    "not_met": ASSESS,
    "release": GOVERNMENT,
    "move:release": GOVERNMENT,
    "read": ASSESS,
}
_REVIEW_PLACES: dict[Role, MenuPage] = {
    Role.PREFECTURE_REVIEWER: APPRAISAL,
    Role.PROVINCE_REVIEWER: FIELD,
    Role.OBSERVER: READING,
}


def pages_for(role: Role) -> tuple[MenuPage, ...]:
    """The pages of a role, in the menu's order."""
    return tuple(page for page in PAGES if role in page.roles)


def group_number(role: Role, path: str) -> int:
    """Number of the role's folded menu that holds the page at ``path``, counted from 1; 0 where none does."""
    groups = list(dict.fromkeys(page.group for page in pages_for(role) if page.group))
    group = next((page.group for page in PAGES if page.path == path), "")
    return groups.index(group) + 1 if group in groups else 0


def place_of(code: str, role: Role) -> MenuPage | None:
    """The page on which a waiting task (its code in `workflow.overview.waiting`) is done; None: on the workbench."""
    if role in COUNTY_ROLES:
        return _COUNTY_PLACES.get(code)
    return _REVIEW_PLACES.get(role)
