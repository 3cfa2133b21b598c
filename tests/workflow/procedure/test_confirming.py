"""一并确认: only rows that were never in question, only by what a desk suffices for, and one act in the log."""

from __future__ import annotations

import pytest

from storage.clock import local_date
from tests.workflow.office_room import (
    ADMINISTRATOR,
    COORDINATOR,
    NOW,
    PREFECTURE,
    PROVINCE,
    good_finding,
    head,
    opened_by,
    put_at,
    put_everywhere,
    put_returned,
    record_of,
    write,
)
from tests.workflow.story_steps import back_and_mended, mend
from workflow.errors import Refused
from workflow.log.audit_log import AuditQuery, act_label, audit_page, together
from workflow.procedure.confirming import TOGETHER, Confirmation, confirm, proposals, rows_in_question
from workflow.procedure.past import read_past
from workflow.procedure.reviewing import compare_levels
from workflow.states import State
from workflow.targets import Target

ROW = "3.3.2"
WANTING = {"finding": "needs_correction", "reason": "结算汇总未附分月明细，请补充", "date": "2018-07-02"}
DAY = local_date(NOW)


def offered(office, who=PREFECTURE, level="prefecture", *, number: int) -> set[str]:
    opened = opened_by(office, who, number)
    in_question = rows_in_question(read_past(office, who, number), level)
    return {one.row.id for one in proposals(opened, compare_levels(office, opened), level, in_question)}


def named_by_a_return(office, number: int) -> None:
    put_returned(office, number, ROW)
    put_at(office, number, State.SUBMITTED)


def found_wanting_and_taken_back(office, number: int) -> None:
    write(office, PREFECTURE, number, (Target.finding("prefecture", ROW), WANTING))
    write(office, PREFECTURE, number, (Target.finding("prefecture", ROW), None))


def changed_after_it_was_found_on(office, number: int) -> None:
    write(office, PREFECTURE, number, (Target.finding("prefecture", ROW), good_finding(ROW)))
    back_and_mended(office, number, ROW)


def changed_since_a_return_for_another(office, number: int) -> None:
    put_returned(office, number, "5.3.2", ROW)
    mend(office, number, ROW)
    with office.store.write("scene", NOW) as tx:
        tx.returns.close(number)
    put_at(office, number, State.SUBMITTED)


def doubted(office, number: int) -> None:
    doubt = {"reason": "汇总与医保部门公布的数字不一致", "settles": "医保部门盖章的分月结算明细"}
    write(office, PREFECTURE, number, (Target.doubt("prefecture", ROW), doubt))


def doubted_and_settled(office, number: int) -> None:
    doubted(office, number)
    body = opened_by(office, PREFECTURE, number).entries[Target.doubt("prefecture", ROW)].body
    settled = {**body, "resolved": {"reason": "已收到分月明细，逐月核对一致"}}
    write(office, PREFECTURE, number, (Target.doubt("prefecture", ROW), settled))


def not_met_as_computed(office, number: int) -> None:
    put_everywhere(office, number, {Target.answer(ROW): {"claim": "not_met", "note": "报销比例没有达到"}})


def found_on_already(office, number: int) -> None:
    write(office, PREFECTURE, number, (Target.finding("prefecture", ROW), good_finding(ROW)))


CAUSES = [
    named_by_a_return,
    found_wanting_and_taken_back,
    changed_after_it_was_found_on,
    changed_since_a_return_for_another,
    doubted,
    doubted_and_settled,
    not_met_as_computed,
    found_on_already,
]


@pytest.mark.parametrize("cause", CAUSES, ids=lambda cause: cause.__name__)
def test_a_row_in_question_is_neither_offered_nor_written(office, county, cause) -> None:
    assert ROW in offered(office, number=county)
    cause(office, county)
    assert ROW not in offered(office, number=county)
    assert "1.1.1" in offered(office, number=county)
    before = head(office)
    with pytest.raises(Refused, match=f"指标 {ROW} 不能一并确认"):
        confirm(
            office,
            PREFECTURE,
            county,
            Confirmation("prefecture", ("1.1.1", ROW), TOGETHER, DAY, record_of(office, county).version),
            NOW,
        )
    assert head(office) == before, "nothing of it was written"


def test_what_a_reviewer_found_met_and_took_back_is_offered_again(office, county) -> None:
    found_on_already(office, county)
    write(office, PREFECTURE, county, (Target.finding("prefecture", ROW), None))
    assert ROW in offered(office, number=county)


def test_what_the_prefecture_doubted_the_province_looks_at_by_itself(office, county) -> None:
    doubted_and_settled(office, county)
    put_at(office, county, State.PREFECTURE_RECOMMENDED)
    assert ROW not in offered(office, PROVINCE, "province", number=county)


@pytest.mark.parametrize("method", ["on_site_check", "site_visit", "resident_visit", "public_opinion_monitoring"])
def test_what_needs_a_visit_or_a_search_is_never_confirmed_in_bulk(office, county, method) -> None:
    before = head(office)
    with pytest.raises(Refused, match="不能一并写入"):
        confirm(
            office,
            PREFECTURE,
            county,
            Confirmation("prefecture", ("1.1.1",), (method,), DAY, record_of(office, county).version),
            NOW,
        )
    assert head(office) == before


def test_each_row_gets_the_methods_its_standards_print_and_the_lot_is_one_act(office, county) -> None:
    rows = tuple(sorted(offered(office, number=county)))
    confirm(
        office,
        PREFECTURE,
        county,
        Confirmation("prefecture", rows, TOGETHER, DAY, record_of(office, county).version),
        NOW,
    )
    findings = opened_by(office, PREFECTURE, county).content.findings["prefecture"]
    assert set(findings) == set(rows)
    assert not [row for row in rows if row.startswith("V")]
    printed = {
        m for row in findings for s in opened_by(office, PREFECTURE, county).standards for m in s.row(row).methods
    }
    assert {method for finding in findings.values() for method in finding.methods} == printed & set(TOGETHER)
    query = AuditQuery(submission_id=county, action="entry.put", actor=PREFECTURE.username)
    (line,) = together(audit_page(office, ADMINISTRATOR, query).lines)
    assert act_label(line) == "一并认定"
    assert line.what.startswith(f"市级认定 {len(rows)} 项：")
    assert record_of(office, county).state == State.SUBMITTED


def test_nobody_but_the_level_whose_turn_it_is_confirms(office, county) -> None:
    for who, level in ((PROVINCE, "province"), (PREFECTURE, "province"), (COORDINATOR, "prefecture")):
        with pytest.raises(Refused):
            confirm(
                office,
                who,
                county,
                Confirmation(level, ("1.1.1",), TOGETHER, DAY, record_of(office, county).version),
                NOW,
            )
