"""不属本单位: what a department sends back is the coordinator's to give to somebody else."""

from __future__ import annotations

import pytest

from tests.workflow.office_room import COORDINATOR, DEPARTMENT, LIBRARY, NOW, UNIT, head, opened_by, write
from workflow.errors import Refused
from workflow.log.audit_words import AuditReader
from workflow.overview.overview import workbench
from workflow.submission.assigning import assign, assigned_units, send_back, sent_back
from workflow.targets import Target

ROW, WHY, SCHOOLS = "4.1.1", "属教育部门职责，应由教育局办", "甲县教育局"


@pytest.fixture
def given(office, draft) -> int:
    assign(office, COORDINATOR, draft, {ROW: [UNIT, SCHOOLS], "3.1.1": [UNIT]}, NOW)
    return draft


def waiting(office) -> list[tuple[str, tuple[str, ...]]]:
    return [
        (one.text, one.row_ids)
        for one in workbench(office, COORDINATOR, NOW).cards[0].waiting
        if one.code == "sent_back"
    ]


def test_it_leaves_the_department_and_waits_on_the_coordinator_s_workbench(office, given):
    send_back(office, DEPARTMENT, given, {ROW: WHY}, NOW)
    assert opened_by(office, DEPARTMENT, given).context.assigned == {"3.1.1"}
    opened = opened_by(office, COORDINATOR, given)
    assert assigned_units(opened)[ROW] == (SCHOOLS,)
    assert sent_back(opened) == {ROW: {UNIT: WHY}}
    assert waiting(office) == [(f"{UNIT}退回分工 1 项（不属本单位），请看理由后重新分配。", (ROW,))]
    with office.store.read() as tx:
        newest = tx.audit.entries(limit=1)[0]
        assert AuditReader(tx, LIBRARY).line(newest).what == f"退回分工（不属本单位）：指标 {ROW}"
        assert newest.actor == DEPARTMENT.username


@pytest.mark.parametrize(("units", "assigned"), [([SCHOOLS], {"3.1.1"}), ([UNIT], {"3.1.1", ROW})])
def test_giving_it_to_somebody_or_to_the_same_again_settles_it(office, given, units, assigned):
    send_back(office, DEPARTMENT, given, {ROW: WHY}, NOW)
    assign(office, COORDINATOR, given, {ROW: units}, NOW)
    assert sent_back(opened_by(office, COORDINATOR, given)) == {}
    assert opened_by(office, DEPARTMENT, given).context.assigned == assigned
    assert waiting(office) == []


@pytest.mark.parametrize(
    ("who", "body", "words"),
    [
        (DEPARTMENT, {UNIT: " "}, "理由没有写"),
        (DEPARTMENT, {UNIT: "理" * 501}, "不超过500字"),
        (DEPARTMENT, {UNIT: WHY, SCHOOLS: WHY}, "只能退回分给自己的"),
        (DEPARTMENT, {SCHOOLS: WHY}, "只能退回分给自己的"),
        (DEPARTMENT, WHY, "理由没有写"),
        (DEPARTMENT, {UNIT: "不归我们管"}, "理由过于简单"),
        (COORDINATOR, {UNIT: WHY}, "只能退回分给自己的"),
        (DEPARTMENT, {UNIT: "请联系13812345678"}, "手机号码"),
    ],
)
def test_what_is_not_sent_back_so(office, given, who, body, words):
    before = head(office)
    with pytest.raises(Refused, match=words):
        write(office, who, given, (Target.sent_back(ROW), body))
    assert head(office) == before


def test_twice_is_once_and_others_rows_are_not_one_s_to_send(office, given):
    send_back(office, DEPARTMENT, given, {ROW: WHY}, NOW)
    for row in (ROW, "1.1.1"):
        with pytest.raises(Refused, match="没有分配给您的部门"):
            send_back(office, DEPARTMENT, given, {row: f"再说一遍：{WHY}"}, NOW)
