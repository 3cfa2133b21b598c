"""存疑: what it takes to doubt and to resolve, what becomes of it in a return, and that the county never reads it."""

from __future__ import annotations

import pytest

from tests.workflow.office_room import (
    COORDINATOR,
    COUNTY,
    DEPARTMENT,
    EARLIER,
    GOVERNMENT,
    OBSERVER,
    PREFECTURE,
    PROVINCE,
    opened_by,
    put_submission,
    write,
)
from workflow.errors import Refused
from workflow.procedure.doubts import doubts, open_doubts
from workflow.procedure.findings import correction_items
from workflow.states import State
from workflow.submission.tracing import history_of
from workflow.targets import Target

DOUBT = {"reason": "结算汇总与分月明细相差较大", "settles": "补齐分月的结算明细并逐月核对"}
RESOLVED = {**DOUBT, "resolved": {"reason": "已逐月核对分月明细，数目一致"}}
DOUBTED, OTHER = Target.doubt("prefecture", "3.3.2"), Target.doubt("prefecture", "1.1.1")


@pytest.fixture
def number(office) -> int:
    """甲县's submission with the prefecture, one row of it found 需补正."""
    finding = {"finding": "needs_correction", "reason": "会议纪要缺少签到和决定事项", "date": "2018-07-02"}
    with office.store.write("scene", EARLIER) as tx:
        bodies = {Target.finding("prefecture", "1.1.3"): finding, Target.finding("prefecture", "3.3.2"): finding}
        return put_submission(tx, COUNTY, State.SUBMITTED, bodies).id


@pytest.mark.parametrize(
    ("target", "body", "where"),
    [
        (DOUBTED, {"reason": "不对", "settles": DOUBT["settles"]}, ("reason",)),
        (DOUBTED, {"reason": DOUBT["reason"]}, ("settles",)),
        (DOUBTED, {**DOUBT, "resolved": {"reason": "达标"}}, ("resolved", "reason")),
        (DOUBTED, {**DOUBT, "resolved": {}}, ("resolved", "reason")),
        (DOUBTED, {**DOUBT, "resolved": True}, ("resolved", "reason")),
        (DOUBTED, {**DOUBT, "by": "某人"}, ()),
        (DOUBTED, "存疑", ()),
        (Target.doubt("prefecture", "9.9.9"), DOUBT, ()),
    ],
)
def test_a_doubt_says_what_is_doubted_and_what_would_settle_it(office, number, target, body, where) -> None:
    with pytest.raises(Refused) as caught:
        write(office, PREFECTURE, number, (target, body))
    assert caught.value.code == "malformed"
    assert (target, where) in caught.value.places
    assert caught.value.reasons[0].endswith("。")


def test_a_doubt_is_resolved_with_a_reason_and_never_just_taken_out(office, number) -> None:
    write(office, PREFECTURE, number, (OTHER, DOUBT), (DOUBTED, DOUBT))
    assert [doubt.row_id for doubt in open_doubts(opened_by(office, PREFECTURE, number), "prefecture")] == [
        "1.1.1",
        "3.3.2",
    ]
    with pytest.raises(Refused, match="写明理由后解除"):
        write(office, PREFECTURE, number, (DOUBTED, None))
    write(office, PREFECTURE, number, (DOUBTED, RESOLVED))
    seen = opened_by(office, PREFECTURE, number)
    assert [doubt.row_id for doubt in open_doubts(seen, "prefecture")] == ["1.1.1"]
    assert {doubt.row_id: doubt.resolved for doubt in doubts(seen, "prefecture")} == {
        "1.1.1": "",
        "3.3.2": RESOLVED["resolved"]["reason"],
    }
    write(office, PREFECTURE, number, (DOUBTED, DOUBT))  # doubted again
    assert len(open_doubts(opened_by(office, PREFECTURE, number), "prefecture")) == 2


def test_open_doubts_are_items_of_the_return_beside_what_wants_correction(office, number) -> None:
    write(office, PREFECTURE, number, (OTHER, DOUBT), (DOUBTED, DOUBT))
    found = "会议纪要缺少签到和决定事项"
    items = correction_items(opened_by(office, PREFECTURE, number), "prefecture")
    assert [(item.row_id, item.reason) for item in items] == [
        ("1.1.1", DOUBT["settles"]),
        ("1.1.3", found),
        ("3.3.2", f"{found}；{DOUBT['settles']}"),
    ]
    write(office, PREFECTURE, number, (DOUBTED, RESOLVED), (OTHER, RESOLVED))
    assert len(correction_items(opened_by(office, PREFECTURE, number), "prefecture")) == 2


def test_the_county_and_whoever_only_reads_see_no_doubt_nor_its_history(office, number) -> None:
    write(office, PREFECTURE, number, (DOUBTED, DOUBT))
    for who in (COORDINATOR, DEPARTMENT, GOVERNMENT, PROVINCE, OBSERVER):
        assert DOUBTED not in opened_by(office, who, number).entries
        assert open_doubts(opened_by(office, who, number), "prefecture") == ()
        assert history_of(office, who, number, [DOUBTED]) == ()
    assert len(history_of(office, PREFECTURE, number, [DOUBTED])) == 1


def test_what_is_found_wanting_is_an_item_of_the_return_too(office, number) -> None:
    lacking, raised = "抽查三个村都没有活动记录", "舆情检索到一起未处置的事件"
    found = {"finding": "not_met", "reason": lacking, "date": "2018-07-02"}
    with office.store.write("scene", EARLIER) as tx:
        tx.entries.put(number, *Target.finding("prefecture", "5.2.2"), found, 0)
        tx.entries.put(number, *Target.finding("prefecture", "1.1.1"), {"finding": "met", "date": "2018-07-02"}, 0)
        body = {"finding": "present", "reason": raised, "date": "2018-07-02"}
        tx.entries.put(number, *Target.finding("prefecture", "V1"), body, 0)
    items = {item.row_id: item.reason for item in correction_items(opened_by(office, PREFECTURE, number), "prefecture")}
    assert list(items) == ["1.1.3", "3.3.2", "5.2.2", "V1"]
    assert (items["5.2.2"], items["V1"]) == (lacking, raised)
